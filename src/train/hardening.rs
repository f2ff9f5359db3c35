//! What is done to a minibatch before it is learned from: pictures shifted, then pushed by an adversary.

use super::adversarial::Buffers;
use super::{Adversary, Examples, Shift, Trainer};
use crate::error::Result;
use crate::rng::Rng;
use crate::tensor::Scratch;

/// Beside a trainer, which is as it was where this is not used. Both parts act from the next update on; at first neither does.
#[derive(Debug, Clone)]
pub struct Hardening {
    /// Moves every picture.
    pub shift: Option<Shift>,
    /// Pushes every row to where its loss is high.
    pub adversary: Option<Adversary>,
    /// Streams of their own: either can be turned on and off without changing what the other, or the trainer, draws.
    shift_rng: Rng,
    adversary_rng: Rng,
    gradients: u64,
    scratch: Scratch<(Vec<f32>, Buffers)>,
}

impl Hardening {
    /// Nothing yet. May share `rng` with the trainer: it draws from other forks.
    pub fn new(rng: &Rng) -> Self {
        Self {
            shift: None,
            adversary: None,
            shift_rng: rng.fork(3),
            adversary_rng: rng.fork(4),
            gradients: 0,
            scratch: Scratch::default(),
        }
    }

    /// Input gradients that the adversary took, one a row each time.
    pub fn gradients_spent(&self) -> u64 {
        self.gradients
    }

    /// [`Trainer::step`] on the next minibatch, changed.
    ///
    /// # Errors
    /// As there.
    ///
    /// # Panics
    /// As there, and if a row is no picture of the shift's shape.
    pub fn step(&mut self, trainer: &mut Trainer, examples: &Examples) -> Result<f32> {
        let (example, buffers) = &mut *self.scratch.get();
        trainer.step_changed(examples, |net, loss, x, classes| {
            if let Some(shift) = self.shift {
                for row in x.chunks_exact_mut(examples.width) {
                    example.clear();
                    example.extend_from_slice(row);
                    shift.apply(example, shift.draw(&mut self.shift_rng), row);
                }
            }
            if let Some(adversary) = self.adversary {
                let with = (loss, classes);
                self.gradients += adversary.push(net, with, x, &mut self.adversary_rng, buffers);
            }
        })
    }
}
