//! `κ · CE(z) + (1 − κ) · CE(ẑ)`: training against the worst that bounds allow inside a box (Gowal et al. 2018).

use super::{Buffers, Examples, Trainer, draw};
use crate::error::Result;
use crate::kernel::{self, Domain, clamp};
use crate::nn::Mode;
use crate::nn::interval::Bounds;
use crate::objective::{self, CrossEntropy};
use crate::tensor;

/// The boxes that are trained against, and how much they weigh.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Boxes {
    /// Half their side: ε of ‖·‖∞.
    pub epsilon: f32,
    /// κ, the share of the plain loss: 1 is plain training.
    pub kappa: f32,
    /// What a feature may be.
    pub domain: Domain,
}

/// Buffers of [`Trainer::step_bounded`], the caller's.
#[derive(Debug, Default)]
pub struct BoundedBuffers {
    bounds: Bounds,
    ends: [Vec<f32>; 2],
    z: Vec<f32>,
    dz: Vec<f32>,
}

impl Trainer {
    /// One update on the next minibatch, as [`Trainer::step`], on cross-entropy at the examples and at the worst logits
    /// anywhere in their boxes; returns the loss before the update. Dropout acts on the plain loss alone.
    ///
    /// # Errors
    /// As [`Trainer::step`], and [`Error::Choice`](crate::Error::Choice) for a network without bounds.
    ///
    /// # Panics
    /// As [`Trainer::step`].
    pub fn step_bounded(
        &mut self,
        examples: &Examples,
        boxes: Boxes,
        buffers: &mut BoundedBuffers,
    ) -> Result<f32> {
        let Buffers { trace, x, classes, values, dy, dparams, .. } = &mut *self.scratch.get();
        let BoundedBuffers { bounds, ends, z, dz } = buffers;
        let batch = self.settings.batch.min(examples.len());
        draw(&mut self.sampler, examples, batch, x, classes);
        let (loss, kappa) = (CrossEntropy(classes), boxes.kappa);

        let width = self.net.output().len();
        for room in [&mut *dy, z, dz] {
            room.resize(batch * width, 0.0);
        }
        values.resize(batch, 0.0);
        self.net.forward(tensor::batch(x, examples.width), Mode::Train(&mut self.rng), trace.closed());
        let plain = objective::mean(&loss, trace.answers(), width, values, dy);
        kernel::scale(kappa, dy);

        for (end, side) in ends.iter_mut().zip([-boxes.epsilon, boxes.epsilon]) {
            end.clear();
            end.extend(x.iter().map(|&x| {
                let (low, high) = boxes.domain.bounds(x);
                clamp(x + side, low, high)
            }));
        }
        let [low, high] = &*ends;
        bounds.take(&self.net, tensor::batch(low, examples.width), tensor::batch(high, examples.width))?;
        bounds.worst(classes, z);
        let worst = objective::mean(&loss, z, width, values, dz);
        kernel::scale(1.0 - kappa, dz);

        let total = kappa * plain + (1.0 - kappa) * worst;
        let rate = self.rate(total)?;
        dparams.clear();
        dparams.resize(self.net.params.len(), 0.0);
        self.net.param_gradient(trace, dy, dparams);
        bounds.worst_gradient(&self.net, classes, dz, dparams);
        let s = self.settings;
        crate::optim::penalise(&self.net.params, self.net.weights(), (s.l1, s.l2), dparams);
        self.optimizer.step(&mut self.net.params, dparams, rate);
        self.steps += 1;
        self.seen += batch as u64;
        Ok(total)
    }
}
