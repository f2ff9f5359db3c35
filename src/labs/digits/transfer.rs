//! Transfer: pushes of their full size made on one network and shown to its twin (Szegedy et al. 2014).

use super::curve::{CHUNK, DIGITS};
use super::files::{Data, PIXELS};
use super::pushing::{Method, Push};
use crate::attack::{Attack, Stop};
use crate::error::Result;
use crate::nn::Network;
use crate::rng::Rng;
use crate::train::{Evaluation, Loss, evaluate_rows};
use std::fmt;

/// Test digits whose pushes are shown.
const SHOWN: usize = DIGITS / 3;

/// The measuring, a unit at a time.
pub struct Transfer {
    push: Push,
    rng: Rng,
    /// Size, and what the twin reads right.
    pub points: Vec<[f32; 2]>,
    at: usize,
    from: usize,
    under: Option<Box<dyn Attack>>,
    pub gradients: u64,
    evaluation: Evaluation,
}

impl fmt::Debug for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transfer").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Transfer {
    /// For pushes of these sizes. A method that looks for the smallest push has no pushes of a size.
    pub fn new(push: Push, sizes: impl Iterator<Item = f32>, rng: &Rng) -> Self {
        let sizes = sizes.filter(|_| !push.is_minimal());
        Self {
            push,
            rng: rng.clone(),
            points: sizes.map(|size| [size, 0.0]).collect(),
            at: 0,
            from: 0,
            under: None,
            gradients: 0,
            evaluation: Evaluation::default(),
        }
    }

    /// One unit; `true` once everything is there.
    ///
    /// # Errors
    /// None for checked rows and settings.
    pub fn step(&mut self, net: &Network, twin: &Network, data: &Data) -> Result<bool> {
        let Some(&[size, _]) = self.points.get(self.at) else { return Ok(true) };
        let all = data.test.len().min(SHOWN);
        let rows = self.from..(self.from + CHUNK).min(all);
        let classes = &data.test.classes[rows.clone()];
        let Some(attack) = &mut self.under else {
            let task = self.push.task(&data.test.x[rows.start * PIXELS..rows.end * PIXELS], classes)?;
            let rng = self.rng.fork(rows.start as u64);
            self.under = Some(if self.push.method == Method::Universal {
                Box::new(self.push.universal(task, size, &rng)?)
            } else {
                Box::new(self.push.climb(task, size, Stop::AtEnd, &rng)?)
            });
            return Ok(false);
        };
        if !attack.step(net) {
            return Ok(false);
        }
        self.gradients += attack.gradients_spent();
        let pushed = (attack.adversarial(), classes);
        let right = evaluate_rows(twin, Loss::CrossEntropy, pushed, &mut self.evaluation).1;
        self.points[self.at][1] += right * rows.len() as f32 / all as f32;
        self.under = None;
        (self.at, self.from) = if rows.end < all { (self.at, rows.end) } else { (self.at + 1, 0) };
        Ok(self.at == self.points.len())
    }
}
