//! Space crumpled by shears, `x ← x + a f(w·x + φ) d` with `d ⟂ w`: no shear changes its own `w·x`, so each is undone exactly
//! by its negative, keeps every volume, and no two points ever meet. What was crumpled so can be uncrumpled.
//!
//! The wave is `f(s) = asin(K sin s) / asin K`: K = 0 is a sine, K → 1 folds as sharp as paper's. The directions of each shear are
//! turned from those before; a rotation between two shears would only say the same in other axes.

use crate::rng::Rng;
use std::f64::consts::TAU;

/// A point of space.
pub type Point = [f64; 3];

/// More shears than this no network here has begun to undo.
pub const MAX_FOLDS: usize = 8;

#[derive(Debug, Clone, PartialEq)]
struct Shear {
    /// Direction of the wave times its frequency.
    w: Point,
    /// Where it moves points to; a unit vector across `w`.
    d: Point,
    amplitude: f64,
    phase: f64,
    /// K.
    crease: f64,
}

/// A row of shears.
#[derive(Debug, Clone, PartialEq)]
pub struct Crumple(Vec<Shear>);

impl Crumple {
    /// `folds` shears with creases of sharpness `crease` in `[0, 1)`, drawn from `rng`. Up to four move points by up to 0.5, more
    /// by more: eight by 0.8.
    pub fn new(folds: usize, crease: f64, rng: &mut Rng) -> Self {
        let amplitude = 0.5 + 0.075 * folds.saturating_sub(4) as f64;
        let first = f64::from(rng.uniform()) * TAU;
        let shear = |i: usize| {
            // In turn, waves along the paper lift it, and waves across it slide it: neither alone would crumple.
            let angle = first + 2.4 * i as f64 + 0.4 * f64::from(rng.range(-1.0, 1.0));
            let tilt = f64::from(rng.range(-0.25, 0.25));
            let along = [libm::cos(angle), libm::sin(angle), tilt];
            let up = [tilt * libm::sin(angle), -tilt * libm::cos(angle), 1.0];
            let (w, d) = if i.is_multiple_of(2) { (unit(along), up) } else { (unit(up), along) };
            let d = unit(add(d, -dot(d, w), w));
            let frequency = f64::from(rng.range(2.9, 3.7));
            let phase = f64::from(rng.uniform()) * TAU;
            Shear { w: w.map(|v| frequency * v), d, amplitude, phase, crease }
        };
        Self((0..folds).map(shear).collect())
    }

    /// How many shears there are.
    pub fn folds(&self) -> usize {
        self.0.len()
    }

    /// Where `x` is after the first `folds` of the shears.
    pub fn fold(&self, x: Point, folds: usize) -> Point {
        self.0.iter().take(folds).fold(x, |x, shear| add(x, shear.shift(x), shear.d))
    }

    /// Where the point that all shears brought to `x` came from.
    pub fn unfold(&self, x: Point) -> Point {
        self.0.iter().rev().fold(x, |x, shear| add(x, -shear.shift(x), shear.d))
    }
}

impl Shear {
    fn shift(&self, x: Point) -> f64 {
        let s = libm::sin(dot(self.w, x) + self.phase);
        let wave = if self.crease > 0.0 { libm::asin(self.crease * s) / libm::asin(self.crease) } else { s };
        self.amplitude * wave
    }
}

fn dot(a: Point, b: Point) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// `x + a d`
fn add(x: Point, a: f64, d: Point) -> Point {
    [x[0] + a * d[0], x[1] + a * d[1], x[2] + a * d[2]]
}

fn unit(x: Point) -> Point {
    let length = dot(x, x).sqrt();
    x.map(|v| v / length)
}

/// Where a sheet rolled up has its inner edge, how far a whole turn moves it out, and how many turns there are.
const ROLL_INNER: f64 = 0.35;
const ROLL_PITCH: f64 = 0.4;
const ROLL_TURNS: f64 = 1.75;
/// Half the distance of the two sheets.
const GAP: f64 = 0.12;

/// Two surfaces in space, one a class, each with paper coordinates u and v in `[−1, 1]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpaceSet {
    /// Two sheets, one over the other.
    Sheets,
    /// Two closed tubes, linked like a chain.
    Rings,
    /// The two sheets rolled up together.
    Roll,
}

impl SpaceSet {
    /// The point (u, v) of the surface `class`, before any crumpling.
    pub fn at(self, class: usize, u: f64, v: f64) -> Point {
        let z = if class == 0 { GAP } else { -GAP };
        match self {
            SpaceSet::Sheets => [u, v, z],
            SpaceSet::Roll => {
                let angle = ROLL_TURNS * TAU * (u + 1.0) / 2.0;
                let radius = ROLL_INNER + ROLL_PITCH * angle / TAU + z / 2.0;
                [radius * libm::cos(angle), v, radius * libm::sin(angle)]
            }
            SpaceSet::Rings => {
                let (round, tube) = (TAU * u / 2.0, TAU * v / 2.0);
                let radius = 0.62 + 0.14 * libm::cos(tube);
                let (x, y, z) =
                    (radius * libm::cos(round), radius * libm::sin(round), 0.14 * libm::sin(tube));
                if class == 0 { [x - 0.31, y, z] } else { [x + 0.31, z, y] }
            }
        }
    }

    /// The surfaces laid flat, where that can be done: the inverse of [`SpaceSet::at`] for sheets. Linked rings stay what they
    /// are, because no move of space unlinks them.
    pub fn flatten(self, x: Point) -> Point {
        if self != SpaceSet::Roll {
            return x;
        }
        let (radius, angle) = ((x[0] * x[0] + x[2] * x[2]).sqrt(), libm::atan2(x[2], x[0]));
        let middle = |angle: f64| ROLL_INNER + ROLL_PITCH * angle / TAU;
        let turns = libm::round((radius - middle(angle)) / ROLL_PITCH);
        let angle = angle + turns * TAU;
        [2.0 * angle / (ROLL_TURNS * TAU) - 1.0, x[1], 2.0 * (radius - middle(angle))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::FRAC_PI_2;

    fn points(set: SpaceSet) -> impl Iterator<Item = Point> {
        (0..882).map(move |i| {
            let (u, v) = ((i / 2 % 21) as f64 / 10.0 - 1.0, (i / 42) as f64 / 10.0 - 1.0);
            set.at(i % 2, 0.999 * u, 0.999 * v)
        })
    }

    fn distance(a: Point, b: Point) -> f64 {
        let d = add(a, -1.0, b);
        dot(d, d).sqrt()
    }

    #[test]
    fn every_crumple_is_undone() {
        for seed in 0..20 {
            for (folds, crease) in [(1, 0.0), (4, 0.0), (4, 0.98), (8, 0.0), (8, 0.98)] {
                let crumple = Crumple::new(folds, crease, &mut Rng::seeded(seed));
                for x in points(SpaceSet::Sheets) {
                    let error = distance(crumple.unfold(crumple.fold(x, folds)), x);
                    assert!(error <= 1e-9, "seed {seed}, {folds} folds: {error}");
                }
            }
        }
    }

    #[test]
    fn a_point_kept_in_32_bits_comes_back_too() {
        for seed in 0..20 {
            let crumple = Crumple::new(4, 0.0, &mut Rng::seeded(seed));
            for x in points(SpaceSet::Sheets) {
                let kept = crumple.fold(x, 4).map(|v| f64::from(v as f32));
                let error = distance(crumple.unfold(kept), x);
                assert!(error <= 1e-5, "seed {seed}: {error}");
            }
        }
    }

    #[test]
    fn shears_keep_volumes() {
        let crumple = Crumple::new(8, 0.9, &mut Rng::seeded(3));
        let h = 1e-6;
        for x in points(SpaceSet::Sheets).step_by(17) {
            let column = |k: usize| {
                let mut step = [0.0; 3];
                step[k] = h;
                let (from, to) = (crumple.fold(add(x, -1.0, step), 8), crumple.fold(add(x, 1.0, step), 8));
                add(to, -1.0, from).map(|v| v / (2.0 * h))
            };
            let [a, b, c] = [column(0), column(1), column(2)];
            let cross = [b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0]];
            assert!((dot(a, cross) - 1.0).abs() < 1e-3, "{}", dot(a, cross));
        }
    }

    #[test]
    fn the_roll_is_unrolled() {
        for (i, x) in points(SpaceSet::Roll).enumerate() {
            let flat = points(SpaceSet::Sheets).nth(i).expect("as many");
            assert!(distance(SpaceSet::Roll.flatten(x), flat) <= 1e-9, "{flat:?}");
        }
    }

    #[test]
    fn linked_rings_are_linked_and_do_not_touch() {
        let ring = |class| {
            (0..900).map(move |i| SpaceSet::Rings.at(class, (i % 30) as f64 / 15.0, (i / 30) as f64 / 15.0))
        };
        let nearest = ring(0)
            .flat_map(|a| ring(1).map(move |b| distance(a, b)))
            .fold(f64::MAX, |m, d| if d < m { d } else { m });
        assert!(nearest > 0.1, "{nearest}");
        // The second ring's middle circle crosses the disc that the first one spans exactly once.
        let middle = |i: usize| SpaceSet::Rings.at(1, i as f64 / 500.0 - 0.77, 0.5);
        let through = |i: &usize| {
            let (a, b) = (middle(*i), middle(*i + 1));
            (a[2] > 0.0) != (b[2] > 0.0) && (a[0] + 0.31).hypot(a[1]) < 0.62
        };
        assert_eq!((0..1000).filter(through).count(), 1);
    }

    #[test]
    fn a_sharp_crease_leaves_the_paper_flat_between_folds() {
        // A crease of almost 1 is a triangle: between folds the paper stays flat.
        let crumple = Crumple::new(1, 0.999, &mut Rng::seeded(5));
        let shear = &crumple.0[0];
        let at = |s: f64| {
            shear.shift(shear.w.map(|v| v * (s - shear.phase) / dot(shear.w, shear.w))) / shear.amplitude
        };
        for s in [-1.2, -0.6, 0.3, 0.9] {
            assert!((at(s) - s / FRAC_PI_2).abs() < 0.03, "{s}: {}", at(s));
        }
    }
}
