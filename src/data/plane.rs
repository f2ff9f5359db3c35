//! The classic sets of the plane, drawn from a seed inside [−1, 1]².
//!
//! Circle, XOR, Gaussians and spiral after TensorFlow Playground, moons and rings after scikit-learn, the pinwheel after
//! Johnson et al. (2016), all fitted to one frame. Every set without noise is told apart by its own rule, with a gap.

use super::Points;
use crate::error::{Result, choice};
use crate::rng::Rng;
use std::f32::consts::{PI, TAU};

/// A set of points that can be drawn in any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaneSet {
    /// A disc in a ring.
    Circle,
    /// Opposite quadrants.
    Xor,
    /// Two round clusters.
    Gauss,
    /// Two arms of 1¾ turns.
    Spiral,
    /// Two half circles hooked into each other.
    Moons,
    /// Three concentric rings.
    Rings,
    /// Five bent arms.
    Pinwheel,
    /// Four by four fields.
    Checkerboard,
}

impl PlaneSet {
    /// Every set.
    pub const ALL: [PlaneSet; 8] = [
        PlaneSet::Circle,
        PlaneSet::Xor,
        PlaneSet::Gauss,
        PlaneSet::Spiral,
        PlaneSet::Moons,
        PlaneSet::Rings,
        PlaneSet::Pinwheel,
        PlaneSet::Checkerboard,
    ];
    /// Its name, in the order of [`PlaneSet::ALL`].
    pub const NAMES: [&'static str; 8] =
        ["circle", "xor", "gauss", "spiral", "moons", "rings", "pinwheel", "checkerboard"];

    /// The set called `name`.
    ///
    /// # Errors
    /// [`Error::Choice`](crate::Error::Choice) if none is.
    pub fn from_name(name: &str) -> Result<Self> {
        Ok(Self::ALL[choice("dataset", name, &Self::NAMES)?])
    }

    /// How many classes it has.
    pub fn classes(self) -> usize {
        match self {
            PlaneSet::Rings => 3,
            PlaneSet::Pinwheel => 5,
            _ => 2,
        }
    }

    /// Scatter that leaves the classes apart: the same for all, so that a change of set changes the shape alone.
    pub fn default_noise(self) -> f32 {
        0.03
    }

    /// `count` points, classes in turn, each moved by a normal step of standard deviation `noise` a coordinate.
    /// A step that leaves the plot is drawn again, and given up after sixteen tries.
    pub fn sample(self, count: usize, noise: f32, rng: &mut Rng) -> Points {
        let (classes, mut points) = (self.classes(), Points::default());
        for i in 0..count {
            let class = i % classes;
            let at = match self {
                PlaneSet::Circle => {
                    polar(if class == 0 { disc(0.0, 0.4, rng) } else { disc(0.62, 0.92, rng) }, rng)
                }
                PlaneSet::Xor => xor(class, rng),
                PlaneSet::Gauss => gauss(class, rng),
                PlaneSet::Spiral => spiral(class, rng),
                PlaneSet::Moons => moon(class, rng),
                PlaneSet::Rings => polar([0.17, 0.5, 0.83][class] + rng.range(-0.05, 0.05), rng),
                PlaneSet::Pinwheel => pinwheel(class, rng),
                PlaneSet::Checkerboard => field(class, i / classes, rng),
            };
            points.push(shaken(at, noise, rng), class as u32, false);
        }
        points
    }
}

/// A radius from `inner` to `outer` that covers the area between evenly.
fn disc(inner: f32, outer: f32, rng: &mut Rng) -> f32 {
    rng.range(inner * inner, outer * outer).sqrt()
}

/// A point `radius` from the middle.
fn polar(radius: f32, rng: &mut Rng) -> [f32; 2] {
    let angle = TAU * rng.uniform();
    [radius * libm::cosf(angle), radius * libm::sinf(angle)]
}

/// Class 0: x and y of one sign.
fn xor(class: usize, rng: &mut Rng) -> [f32; 2] {
    let mut side = || rng.range(0.08, 0.92);
    let (x, y) = (side(), side());
    let (right, same) = (rng.below(2) == 0, class == 0);
    [if right { x } else { -x }, if right == same { y } else { -y }]
}

/// Two clusters cut off at three deviations, less than half their distance.
fn gauss(class: usize, rng: &mut Rng) -> [f32; 2] {
    let sign = if class == 0 { -1.0 } else { 1.0 };
    let (x, y) = (bounded(3.0, rng), bounded(3.0, rng));
    if x * x + y * y > 9.0 {
        return gauss(class, rng);
    }
    [sign * 0.42 + 0.16 * x, sign * 0.38 + 0.16 * y]
}

/// Even along the arm: the square root gives the outer turns the points their length asks for.
fn spiral(class: usize, rng: &mut Rng) -> [f32; 2] {
    let u = rng.range(0.01, 1.0).sqrt();
    let angle = 1.75 * TAU * u + PI * class as f32;
    [0.9 * u * libm::cosf(angle), 0.9 * u * libm::sinf(angle)]
}

/// scikit-learn's pair, its middle put into ours.
fn moon(class: usize, rng: &mut Rng) -> [f32; 2] {
    let angle = PI * rng.uniform();
    let (x, y) = (libm::cosf(angle) - 0.5, libm::sinf(angle) - 0.25);
    if class == 0 { [0.6 * x, 0.6 * y] } else { [-0.6 * x, -0.6 * y] }
}

/// A radial cloud along the x axis, turned by a fifth a class and further the further out.
fn pinwheel(class: usize, rng: &mut Rng) -> [f32; 2] {
    let (along, across) = (1.0 + 0.3 * bounded(2.4, rng), 0.05 * bounded(3.0, rng));
    let angle = TAU * class as f32 / 5.0 + 0.25 * libm::expf(along);
    let (sin, cos) = (libm::sinf(angle), libm::cosf(angle));
    [0.53 * (along * cos - across * sin), 0.53 * (along * sin + across * cos)]
}

/// The class's eight fields of sixteen in turn, even within one.
fn field(class: usize, turn: usize, rng: &mut Rng) -> [f32; 2] {
    let row = turn % 8 / 2;
    let column = turn % 2 * 2 + (row + class) % 2;
    let mut place = |cell: usize| 0.46 * (cell as f32 - 2.0 + rng.range(0.03, 0.97));
    [place(column), place(row)]
}

/// Standard normal, drawn again until within `most`.
fn bounded(most: f32, rng: &mut Rng) -> f32 {
    loop {
        let x = rng.normal();
        if x.abs() <= most {
            return x;
        }
    }
}

fn shaken(at: [f32; 2], noise: f32, rng: &mut Rng) -> [f32; 2] {
    if noise == 0.0 {
        return at;
    }
    for _ in 0..16 {
        let moved = at.map(|v| v + noise * rng.normal());
        if moved.iter().all(|v| v.abs() <= 1.0) {
            return moved;
        }
    }
    at
}
