//! The two sets a network is to tell apart: whole regions, not samples of them, since the claim is about every point.

use super::curves::{Lie, Pair};
use crate::labs::Config;
use crate::nn::Activation;
use crate::rng::Rng;
use crate::train::Examples;
use std::f32::consts::TAU;

/// Names of the data sets, as in links.
pub const NAMES: &[&str] = &["disc", "tori", "hooks", "apart", "yours"];

/// Radii of the disc and of the ring around it (Olah 2014).
const DISC: f64 = 1.0 / 3.0;
const RING: [f64; 2] = [2.0 / 3.0, 1.0];
/// Two rings of space, each through the middle of the other: radius, and half thickness.
const TORUS: f64 = 0.56;
const TUBE: f64 = 0.14;

/// Two sets of the plane or of space.
#[derive(Debug, Clone, PartialEq)]
pub enum Sets {
    /// A disc, and a ring around it.
    Disc,
    /// Two solid tori, linked.
    Tori,
    /// Ribbons around two closed curves.
    Curves(Pair),
}

impl Sets {
    /// The sets that `dataset` names; `yours` begins as two nested curves.
    pub fn named(config: &Config) -> Self {
        match config.text("dataset") {
            "disc" => Sets::Disc,
            "tori" => Sets::Tori,
            "hooks" => Sets::Curves(Pair::preset(1)),
            "apart" => Sets::Curves(Pair::preset(2)),
            _ => Sets::Curves(Pair::preset(0)),
        }
    }

    /// Coordinates of a point.
    pub fn dims(&self) -> usize {
        if *self == Sets::Tori { 3 } else { 2 }
    }

    /// Which set the other one encloses.
    pub fn inner(&self) -> Option<usize> {
        match self {
            Sets::Disc => Some(0),
            Sets::Curves(Pair { lie: Lie::Nested { inner }, .. }) => Some(*inner),
            _ => None,
        }
    }

    /// Neurons that some layer needs, where the activation is monotone: with fewer in every layer no network tells the sets apart.
    pub fn needed(&self) -> usize {
        match self {
            Sets::Tori => 4,
            Sets::Disc => 3,
            Sets::Curves(pair) => match pair.lie {
                Lie::Nested { .. } => 3,
                Lie::Hooked => 2,
                Lie::Parted => 1,
            },
        }
    }

    /// Whether there must be a wrong point, whatever the weights: Johnson's theorem and its relatives ask for monotone
    /// functions. (What is not one-to-one, like ReLU, is a limit of what is, and the sets are apart.)
    pub fn must_fail(&self, width: usize, function: Activation) -> bool {
        width < self.needed() && !matches!(function, Activation::Gelu | Activation::Sine)
    }

    /// The point at `turn` (0 to 1) of a closed curve well inside set `class`.
    pub fn core(&self, class: usize, turn: f64) -> [f64; 3] {
        let [cos, sin] = direction(turn);
        match self {
            Sets::Disc => {
                let r = if class == 0 { 0.5 * DISC } else { 0.5 * (RING[0] + RING[1]) };
                [r * cos, r * sin, 0.0]
            }
            Sets::Tori if class == 0 => [TORUS * cos - 0.5 * TORUS, TORUS * sin, 0.0],
            Sets::Tori => [TORUS * cos + 0.5 * TORUS, 0.0, TORUS * sin],
            Sets::Curves(pair) => {
                let [x, y] = pair.curves[class].at(turn);
                [x, y, 0.0]
            }
        }
    }

    /// Whether `x` belongs to set `class`.
    pub fn holds(&self, class: usize, x: &[f32]) -> bool {
        let x: [f64; 3] = std::array::from_fn(|i| x.get(i).map_or(0.0, |v| f64::from(*v)));
        let r = (x[0] * x[0] + x[1] * x[1]).sqrt();
        match self {
            Sets::Disc if class == 0 => r < DISC,
            Sets::Disc => r > RING[0] && r < RING[1],
            Sets::Tori => torus_distance(class, x) < TUBE,
            Sets::Curves(pair) => pair.curves[class].distance_to([x[0], x[1]]) < pair.ribbon,
        }
    }

    /// Whether `x` has not yet got as far out as the core of the enclosing set.
    pub fn enclosed(&self, x: [f64; 2]) -> bool {
        match self {
            Sets::Curves(Pair { lie: Lie::Nested { inner }, curves, .. }) => curves[1 - inner].contains(x),
            _ => {
                let r = 0.5 * (RING[0] + RING[1]);
                x[0] * x[0] + x[1] * x[1] < r * r
            }
        }
    }

    /// A point of set `class`, evenly.
    pub fn draw(&self, class: usize, rng: &mut Rng) -> [f32; 3] {
        loop {
            let x = self.try_draw(class, rng).map(|v| v as f32);
            if self.holds(class, &x[..self.dims()]) {
                return x;
            }
        }
    }

    fn try_draw(&self, class: usize, rng: &mut Rng) -> [f64; 3] {
        let mut uniform = || f64::from(rng.uniform());
        let turn = uniform();
        let [cos, sin] = direction(turn);
        match self {
            Sets::Disc => {
                let [least, most] = if class == 0 { [0.0, DISC] } else { RING };
                let r = (least * least + (most * most - least * least) * uniform()).sqrt();
                [r * cos, r * sin, 0.0]
            }
            Sets::Tori => {
                // Outside there is more room than inside: a share of the draws is thrown away by `holds`.
                let (r, z) = (TORUS + TUBE * (2.0 * uniform() - 1.0), TUBE * (2.0 * uniform() - 1.0));
                if uniform() * (TORUS + TUBE) > r {
                    return [2.0; 3];
                }
                let shift = if class == 0 { -0.5 * TORUS } else { 0.5 * TORUS };
                if class == 0 { [r * cos + shift, r * sin, z] } else { [r * cos + shift, z, r * sin] }
            }
            Sets::Curves(pair) => {
                let [x, y] = pair.curves[class].at(turn);
                [x + pair.ribbon * (2.0 * uniform() - 1.0), y + pair.ribbon * (2.0 * uniform() - 1.0), 0.0]
            }
        }
    }

    /// `count` points, the sets in turn.
    pub fn sample(&self, count: usize, rng: &mut Rng) -> Examples {
        let width = self.dims();
        let mut examples = Examples { width, ..Examples::default() };
        for i in 0..count {
            examples.x.extend_from_slice(&self.draw(i % 2, rng)[..width]);
            examples.classes.push(i as u32 % 2);
        }
        examples
    }

    /// Lines that show the sets: each a list of points of the plane, and whose it is.
    pub fn outlines(&self) -> Vec<(usize, Vec<[f32; 2]>)> {
        let circle = |r: f64| {
            (0..=120).map(|k| direction(f64::from(k) / 120.0).map(|v| (r * v) as f32)).collect()
        };
        match self {
            Sets::Disc => vec![(0, circle(DISC)), (1, circle(RING[0])), (1, circle(RING[1]))],
            Sets::Tori => Vec::new(),
            Sets::Curves(pair) => {
                let closed = |k: usize| {
                    let ring = || pair.curves[k].corners().map(|p| p.map(|v| v as f32));
                    ring().chain(ring().take(1)).collect()
                };
                vec![(0, closed(0)), (1, closed(1))]
            }
        }
    }
}

/// The unit vector at `turn` (0 to 1) round the circle, to 24 bits: f64's sine and cosine would be 3 KB more.
pub fn direction(turn: f64) -> [f64; 2] {
    let angle = TAU * turn as f32;
    [f64::from(libm::cosf(angle)), f64::from(libm::sinf(angle))]
}

/// How far a point is from the middle of one of the tori.
fn torus_distance(class: usize, [x, y, z]: [f64; 3]) -> f64 {
    let (x, y, z) = if class == 0 { (x + 0.5 * TORUS, y, z) } else { (x - 0.5 * TORUS, z, y) };
    let out = (x * x + y * y).sqrt() - TORUS;
    (out * out + z * z).sqrt()
}
