//! Two closed curves on a grid of whole numbers: whether they cross, and whether one lies inside the other, exactly.
//!
//! A drawn curve is a ring of control points on a grid of 1/512; two rounds of corner cutting (Chaikin 1974) round it off,
//! and each multiplies the grid by four, so every point stays a whole number and every question about sides has an exact answer.

use crate::error::{Error, Result};
use crate::kernel;

/// Control points to a unit of the plane.
const GRID: f32 = 512.0;
/// Grid of the rounded curve, to a unit.
const FINE: f64 = 16.0 * 512.0;
/// Control points of one curve.
pub const POINTS: std::ops::RangeInclusive<usize> = 3..=48;
/// Control points stay this near the middle, so that ribbons stay inside the plot.
const REACH: f32 = 0.94;
/// Least area a curve encloses, in square units of the plane.
const AREA: f64 = 0.01;
/// Least distance between the two curves.
const GAP: f64 = 0.03;
/// Widest half of a ribbon.
const RIBBON: f64 = 0.05;

/// How two curves that do not meet lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// One is inside the other.
    Nested {
        /// Which.
        inner: usize,
    },
    /// Neither is, but no straight line parts them.
    Hooked,
    /// A straight line parts them.
    Parted,
}

type Point = [i64; 2];

/// A closed curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// As drawn, on the coarse grid.
    control: Vec<Point>,
    /// Rounded off, on the fine grid.
    points: Vec<Point>,
    /// Length of the way to each of `points`, and round.
    way: Vec<f64>,
}

/// Two curves, how they lie, and half the width of the ribbons around them.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Pair {
    pub curves: [Curve; 2],
    pub lie: Lie,
    pub ribbon: f64,
}

impl Pair {
    /// The pair `data` says: points of the first curve, then both curves' x, y.
    ///
    /// # Errors
    /// [`Error::Length`], [`Error::NonFinite`], or [`Error::Refused`] with what is wrong with the curves.
    pub fn read(data: &[f32]) -> Result<Self> {
        let first = data.first().map_or(0, |n| *n as usize);
        let rest = data.get(1..).unwrap_or_default();
        let count = rest.len() / 2;
        if rest.len() % 2 == 1 || first > count {
            return Err(Error::Length { what: "two curves", expected: 1 + 2 * count, got: data.len() });
        }
        if data.iter().any(|v| !v.is_finite()) {
            return Err(Error::NonFinite { name: "curves".into() });
        }
        let (a, b) = rest.split_at(2 * first);
        Self::new([Curve::new(a)?, Curve::new(b)?])
    }

    /// The numbers that [`Pair::read`] makes this pair of.
    pub fn write(&self) -> Vec<f32> {
        let points = self.curves.iter().flat_map(Curve::control).flatten();
        std::iter::once(self.curves[0].control.len() as f32).chain(points).collect()
    }

    fn new(curves: [Curve; 2]) -> Result<Self> {
        let [a, b] = &curves;
        if a.meets(b) {
            return Err(Error::Refused { what: "curves-cross" });
        }
        let gap = a.distance(b);
        if gap < GAP {
            return Err(Error::Refused { what: "curves-touch" });
        }
        let lie = match (b.encloses(a.points[0]), a.encloses(b.points[0]), a.parted(b)) {
            (true, ..) => Lie::Nested { inner: 0 },
            (_, true, _) => Lie::Nested { inner: 1 },
            (.., Some(room)) if room >= GAP => Lie::Parted,
            _ => Lie::Hooked,
        };
        let room = if lie == Lie::Parted { a.parted(b).map_or(gap, |room| if room < gap { room } else { gap }) } else { gap };
        let ribbon = if room / 3.0 < RIBBON { room / 3.0 } else { RIBBON };
        Ok(Self { curves, lie, ribbon })
    }

    /// One of the pairs to start from: nested, hooked, parted.
    pub fn preset(which: usize) -> Self {
        let circle = |n: usize, middle: [f32; 2], radius: [f32; 2]| {
            let turn = move |k: usize| std::f32::consts::TAU * k as f32 / n as f32;
            (0..n).flat_map(move |k| {
                [middle[0] + radius[0] * libm::cosf(turn(k)), middle[1] + radius[1] * libm::sinf(turn(k))]
            })
        };
        let curves: [Vec<f32>; 2] = match which {
            0 => [circle(10, [0.08, -0.05], [0.3, 0.36]).collect(), circle(14, [0.0, 0.0], [0.84, 0.8]).collect()],
            1 => {
                let hook = [
                    -0.8, 0.7, -0.1, 0.8, 0.55, 0.7, 0.8, 0.3, 0.8, -0.3, 0.6, -0.7, 0.0, -0.8, -0.3, -0.6, 0.0, -0.45, 0.4,
                    -0.4, 0.52, 0.0, 0.4, 0.4, 0.0, 0.48, -0.7, 0.42,
                ];
                [circle(12, [-0.16, 0.02], [0.3, 0.24]).collect(), hook.to_vec()]
            }
            _ => [circle(12, [-0.48, 0.1], [0.34, 0.5]).collect(), circle(12, [0.5, -0.12], [0.3, 0.56]).collect()],
        };
        let [a, b] = curves.map(|c| Curve::new(&c).expect("a fair curve"));
        Self::new([a, b]).expect("they lie apart")
    }
}

impl Curve {
    fn new(control: &[f32]) -> Result<Self> {
        let snap = |v: f32| libm::roundf(GRID * kernel::clamp(v, -REACH, REACH)) as i64;
        let mut ring: Vec<Point> = control.chunks_exact(2).map(|p| [snap(p[0]), snap(p[1])]).collect();
        ring.dedup();
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if ring.len() < *POINTS.start() {
            return Err(Error::Refused { what: "curve-too-small" });
        }
        if ring.len() > *POINTS.end() {
            return Err(Error::TooMany { what: "points of a curve", max: *POINTS.end(), got: ring.len() });
        }
        let points = cut(&cut(&ring));
        let mut curve = Self { control: ring, points, way: Vec::new() };
        if curve.crosses_itself() {
            return Err(Error::Refused { what: "curve-crosses-itself" });
        }
        if curve.area() < AREA {
            return Err(Error::Refused { what: "curve-too-small" });
        }
        let mut way = vec![0.0];
        for (a, b) in curve.edges() {
            way.push(way[way.len() - 1] + length(sub(b, a)));
        }
        curve.way = way;
        Ok(curve)
    }

    /// The control points, x and y in turn.
    pub fn control(&self) -> impl Iterator<Item = [f32; 2]> + '_ {
        self.control.iter().map(|p| p.map(|v| v as f32 / GRID))
    }

    /// The rounded curve's corners.
    pub fn corners(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        self.points.iter().map(|p| p.map(|v| v as f64 / FINE))
    }

    /// The point at `turn` (0 to 1) of the way round.
    pub fn at(&self, turn: f64) -> [f64; 2] {
        let n = self.points.len();
        let along = turn * self.way[n];
        let k = self.way.partition_point(|w| *w <= along).clamp(1, n) - 1;
        let (a, b) = (self.points[k], self.points[(k + 1) % n]);
        let share = (along - self.way[k]) / (self.way[k + 1] - self.way[k]);
        std::array::from_fn(|i| (a[i] as f64 + share * (b[i] - a[i]) as f64) / FINE)
    }

    /// How far `x` is from the curve.
    pub fn distance_to(&self, x: [f64; 2]) -> f64 {
        let x = x.map(|v| v * FINE);
        let all = self.edges().map(|(a, b)| to_segment(x, a, b));
        all.fold(f64::INFINITY, |least, d| if d < least { d } else { least }) / FINE
    }

    /// Whether `x` is inside.
    pub fn contains(&self, x: [f64; 2]) -> bool {
        let [px, py] = x.map(|v| v * FINE);
        let crossed = self.edges().filter(|(a, b)| {
            let ([ax, ay], [bx, by]) = (a.map(|v| v as f64), b.map(|v| v as f64));
            (ay > py) != (by > py) && px < ax + (py - ay) / (by - ay) * (bx - ax)
        });
        crossed.count() % 2 == 1
    }

    fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        let n = self.points.len();
        (0..n).map(move |i| (self.points[i], self.points[(i + 1) % n]))
    }

    fn area(&self) -> f64 {
        let twice: i64 = self.edges().map(|(a, b)| cross(a, b)).sum();
        0.5 * twice.abs() as f64 / (FINE * FINE)
    }

    fn crosses_itself(&self) -> bool {
        let n = self.points.len();
        let edges: Vec<_> = self.edges().collect();
        let apart = |i: usize, j: usize| j > i + 1 && !(i == 0 && j == n - 1);
        (0..n).any(|i| (i..n).any(|j| apart(i, j) && meet(edges[i], edges[j])))
    }

    fn meets(&self, other: &Self) -> bool {
        self.edges().any(|a| other.edges().any(|b| meet(a, b)))
    }

    /// Whether a corner of another curve, which does not meet this one, is inside. Exact.
    fn encloses(&self, p: Point) -> bool {
        let crossed = self.edges().filter(|&(a, b)| {
            let (low, high) = if a[1] < b[1] { (a, b) } else { (b, a) };
            (a[1] > p[1]) != (b[1] > p[1]) && cross(sub(high, low), sub(p, low)) > 0
        });
        crossed.count() % 2 == 1
    }

    /// The least distance to another curve: one end of it is a corner.
    fn distance(&self, other: &Self) -> f64 {
        let all = other.corners().map(|x| self.distance_to(x)).chain(self.corners().map(|x| other.distance_to(x)));
        all.fold(f64::INFINITY, |least, d| if d < least { d } else { least })
    }

    /// The widest strip along an edge of either hull that has the two curves on its two sides; none if no line parts them.
    fn parted(&self, other: &Self) -> Option<f64> {
        let (a, b) = (hull(&self.points), hull(&other.points));
        let widest = |hull: &[Point], others: &[Point]| {
            (0..hull.len()).filter_map(|i| {
                let along = sub(hull[(i + 1) % hull.len()], hull[i]);
                // The hull itself lies to the left: others are parted from it where all lie to the right.
                let nearest = others.iter().map(|p| -cross(along, sub(*p, hull[i]))).min()?;
                (nearest > 0).then(|| nearest as f64 / length(along) / FINE)
            }).fold(None, |most: Option<f64>, d| Some(most.map_or(d, |m| if d > m { d } else { m })))
        };
        match (widest(&a, &b), widest(&b, &a)) {
            (Some(x), Some(y)) => Some(if x > y { x } else { y }),
            (one, other) => one.or(other),
        }
    }
}

/// Every corner cut off at a quarter of its edges, on a grid four times as fine.
fn cut(ring: &[Point]) -> Vec<Point> {
    let between = |a: Point, b: Point| std::array::from_fn(|i| 3 * a[i] + b[i]);
    let n = ring.len();
    (0..n).flat_map(|i| [between(ring[i], ring[(i + 1) % n]), between(ring[(i + 1) % n], ring[i])]).collect()
}

fn sub(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1]]
}

fn cross(a: Point, b: Point) -> i64 {
    a[0] * b[1] - a[1] * b[0]
}

fn length(v: Point) -> f64 {
    ((v[0] * v[0] + v[1] * v[1]) as f64).sqrt()
}

/// Whether two closed segments have a point in common.
fn meet((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let side = |a: Point, b: Point, p: Point| cross(sub(b, a), sub(p, a)).signum();
    let (c_side, d_side, a_side, b_side) = (side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b));
    let within = |a: Point, b: Point, p: Point| (0..2).all(|i| (a[i].min(b[i])..=a[i].max(b[i])).contains(&p[i]));
    (c_side * d_side < 0 && a_side * b_side < 0)
        || (c_side == 0 && within(a, b, c))
        || (d_side == 0 && within(a, b, d))
        || (a_side == 0 && within(c, d, a))
        || (b_side == 0 && within(c, d, b))
}

fn to_segment(x: [f64; 2], a: Point, b: Point) -> f64 {
    let (ab, ax) = ([(b[0] - a[0]) as f64, (b[1] - a[1]) as f64], [x[0] - a[0] as f64, x[1] - a[1] as f64]);
    let share = (ab[0] * ax[0] + ab[1] * ax[1]) / (ab[0] * ab[0] + ab[1] * ab[1]);
    let share = if share < 0.0 { 0.0 } else { share };
    let share = if share > 1.0 { 1.0 } else { share };
    let (dx, dy) = (ax[0] - share * ab[0], ax[1] - share * ab[1]);
    (dx * dx + dy * dy).sqrt()
}

/// The convex hull, anticlockwise (Andrew 1979).
fn hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    kernel::sort_few(&mut sorted, |a, b| a < b);
    let half = |points: &mut dyn Iterator<Item = &Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for &p in points {
            while chain.len() > 1 && cross(sub(chain[chain.len() - 1], chain[chain.len() - 2]), sub(p, chain[chain.len() - 1])) <= 0 {
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut lower = half(&mut sorted.iter());
    lower.extend(half(&mut sorted.iter().rev()));
    lower
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(middle: [f32; 2], half: f32) -> Vec<f32> {
        let corner = |(x, y): (f32, f32)| [middle[0] + half * x, middle[1] + half * y];
        [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].into_iter().flat_map(corner).collect()
    }

    fn pair(a: &[f32], b: &[f32]) -> Result<Pair> {
        Pair::read(&[&[a.len() as f32 / 2.0], a, b].concat())
    }

    fn refusal(a: &[f32], b: &[f32]) -> &'static str {
        match pair(a, b) {
            Err(Error::Refused { what }) => what,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn nesting_hooks_and_lines_are_told_apart() {
        let (small, large) = (square([0.1, 0.0], 0.2), square([0.0, 0.0], 0.7));
        assert_eq!(pair(&small, &large).unwrap().lie, Lie::Nested { inner: 0 });
        assert_eq!(pair(&large, &small).unwrap().lie, Lie::Nested { inner: 1 });
        assert_eq!(pair(&square([-0.5, 0.0], 0.3), &square([0.5, 0.1], 0.3)).unwrap().lie, Lie::Parted);
        let presets: Vec<Lie> = (0..3).map(|k| Pair::preset(k).lie).collect();
        assert_eq!(presets, [Lie::Nested { inner: 0 }, Lie::Hooked, Lie::Parted]);
    }

    #[test]
    fn curves_that_cross_or_touch_or_enclose_nothing_are_refused() {
        let (small, large) = (square([0.1, 0.0], 0.3), square([0.4, 0.0], 0.3));
        assert_eq!(refusal(&small, &large), "curves-cross");
        assert_eq!(refusal(&small, &small), "curves-cross");
        assert_eq!(refusal(&square([-0.305, 0.0], 0.3), &square([0.305, 0.0], 0.3)), "curves-touch");
        assert_eq!(refusal(&square([-0.5, 0.0], 0.02), &large), "curve-too-small");
        assert_eq!(refusal(&[0.1, 0.1, 0.1, 0.1, 0.2, 0.2], &large), "curve-too-small");
        let eight = [-0.9, -0.3, -0.5, 0.3, -0.5, -0.3, -0.9, 0.3];
        assert_eq!(refusal(&eight, &large), "curve-crosses-itself");
    }

    #[test]
    fn every_point_of_the_way_round_is_on_the_curve() {
        let pair = Pair::preset(1);
        for curve in &pair.curves {
            for k in 0..100 {
                let x = curve.at(k as f64 / 100.0);
                assert!(curve.distance_to(x) < 1e-12);
            }
        }
        assert!(pair.ribbon > 0.01 && pair.ribbon <= RIBBON);
    }
}
