//! The rate as a share of the one chosen, by step: constant, halving, exponential, cosine, warm-up.

use crate::error::{Result, choice};
use crate::kernel;
use std::f32::consts::PI;

/// How the rate changes over a run. Lengths are in steps; after its last step a schedule stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// 1 throughout.
    Constant,
    /// Halves every 1,000 steps.
    Step,
    /// Falls by the factor e every 1,000 steps.
    Exponential,
    /// Half a cosine from 1 to 0.01 over 3,000 steps (Loshchilov & Hutter 2017, without restarts).
    Cosine,
    /// Rises in a line over 100 steps, then falls like [`Schedule::Cosine`].
    Warmup,
}

impl Schedule {
    /// Every choice, as it is written in links.
    pub const NAMES: [&'static str; 5] = ["constant", "step", "exponential", "cosine", "warmup"];
    /// Steps over which the cosine falls.
    pub const HORIZON: u64 = 3_000;
    const WARMUP: u64 = 100;

    /// The schedule called `name`.
    pub fn from_name(name: &str) -> Result<Self> {
        use Schedule::*;
        let all = [Constant, Step, Exponential, Cosine, Warmup];
        Ok(all[choice("schedule", name, &Self::NAMES)?])
    }

    /// Share of the rate at `step` (0 is the first update), in `(0, 1]`.
    pub fn at(self, step: u64) -> f32 {
        match self {
            Schedule::Constant => 1.0,
            Schedule::Step => 1.0 / (1u32 << (step / 1_000).min(20)) as f32,
            Schedule::Exponential => kernel::each(-(step.min(20_000) as f32) / 1_000.0, kernel::exp),
            Schedule::Cosine => cosine(step),
            Schedule::Warmup if step < Self::WARMUP => (step + 1) as f32 / Self::WARMUP as f32,
            Schedule::Warmup => cosine(step - Self::WARMUP),
        }
    }
}

fn cosine(step: u64) -> f32 {
    let t = step.min(Schedule::HORIZON) as f32 / Schedule::HORIZON as f32;
    0.01 + 0.99 * 0.5 * (1.0 + libm::cosf(PI * t))
}
