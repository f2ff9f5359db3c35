//! Lengths of vectors, ‖v‖₁, ‖v‖₂ and ‖v‖∞, and the unit vector that follows a gradient furthest.

use super::dot;
use crate::error::{Error, Result};

/// How the length of a vector is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Norm {
    /// Σ |vᵢ|
    One,
    /// √Σ vᵢ²
    Two,
    /// max |vᵢ|
    Inf,
}

impl Norm {
    /// Every choice, as it is written in links.
    pub const NAMES: [&'static str; 3] = ["l1", "l2", "linf"];

    /// The norm called `name`.
    pub fn from_name(name: &str) -> Result<Self> {
        let all = [Norm::One, Norm::Two, Norm::Inf];
        let found = Self::NAMES.iter().position(|n| *n == name).map(|i| all[i]);
        found.ok_or_else(|| Error::Choice { name: "norm".into(), value: name.into() })
    }

    /// The norm that bounds `g·v` for ‖v‖ ≤ 1.
    pub fn dual(self) -> Self {
        match self {
            Norm::One => Norm::Inf,
            Norm::Two => Norm::Two,
            Norm::Inf => Norm::One,
        }
    }

    /// ‖v‖. The squares of a vector of very small numbers would vanish, so it is measured in units of its largest.
    pub fn of(self, v: &[f32]) -> f32 {
        match self {
            Norm::One => v.iter().fold(0.0, |sum, v| sum + v.abs()),
            Norm::Inf => largest(v),
            Norm::Two => {
                let squared = dot(v, v);
                if squared > 1e-20 && squared < 1e30 {
                    return squared.sqrt();
                }
                let unit = largest(v);
                if unit == 0.0 {
                    return 0.0;
                }
                unit * v.iter().fold(0.0, |sum, v| sum + (v / unit) * (v / unit)).sqrt()
            }
        }
    }

    /// ‖a − b‖
    pub fn distance(self, a: &[f32], b: &[f32]) -> f32 {
        assert_eq!(a.len(), b.len());
        let gaps = a.iter().zip(b).map(|(a, b)| a - b);
        match self {
            Norm::One => gaps.fold(0.0, |sum, d| sum + d.abs()),
            Norm::Two => gaps.fold(0.0, |sum, d| sum + d * d).sqrt(),
            Norm::Inf => gaps.fold(0.0, |most, d| if most < d.abs() { d.abs() } else { most }),
        }
    }

    /// Turns a gradient into the step of length 1 that follows it furthest: `g·v = ‖g‖` in the dual norm. A zero or
    /// infinite gradient gives no step, and so does each zero entry of it under ‖·‖∞ (`0.signum()` is 1); under ‖·‖₁ entries that
    /// tie for the largest share the step, as in CleverHans' `optimize_linear`.
    pub fn steepest(self, g: &mut [f32]) {
        let most = largest(g);
        if most == 0.0 || most == f32::INFINITY {
            return g.fill(0.0);
        }
        match self {
            Norm::Inf => g.iter_mut().for_each(|g| *g = sign(*g)),
            Norm::Two => {
                let share = 1.0 / (self.of(g) / most);
                g.iter_mut().for_each(|g| *g = *g / most * share);
            }
            Norm::One => {
                let share = 1.0 / g.iter().filter(|g| g.abs() == most).count() as f32;
                g.iter_mut().for_each(|g| *g = if g.abs() == most { share * sign(*g) } else { 0.0 });
            }
        }
    }
}

/// −1, 0 or 1.
pub fn sign(x: f32) -> f32 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else {
        0.0
    }
}

fn largest(v: &[f32]) -> f32 {
    v.iter().fold(0.0, |most, v| if most < v.abs() { v.abs() } else { most })
}
