//! Supervised training, one update a step: minibatches of a shuffled order, a loss, a penalty, a rule, a schedule.

mod adversarial;
mod bounded;
mod examples;
mod hardening;
mod loss;
mod sampler;
mod shift;

pub use adversarial::Adversary;
pub use bounded::{BoundedBuffers, Boxes};
pub use examples::Examples;
pub use hardening::Hardening;
pub use loss::Loss;
pub use sampler::Sampler;
pub use shift::Shift;

use crate::error::{Error, Result};
use crate::kernel;
use crate::nn::{Mode, Network, Trace};
use crate::objective;
use crate::optim::{self, Optimizer, Rule, Schedule};
use crate::rng::Rng;
use crate::tensor::{self, BatchView, Scratch};

/// What may change between two updates of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// What is descended.
    pub loss: Loss,
    /// Size of one update, before the schedule.
    pub rate: f32,
    /// Its course.
    pub schedule: Schedule,
    /// Examples averaged in one update; more than there are means all.
    pub batch: usize,
    /// Weight of `Σ|w|`.
    pub l1: f32,
    /// Weight of `½ Σw²`.
    pub l2: f32,
}

/// A network being trained.
#[derive(Debug)]
pub struct Trainer {
    /// The network as it stands.
    pub net: Network,
    /// Acts from the next update on.
    pub settings: Settings,
    optimizer: Optimizer,
    sampler: Sampler,
    rng: Rng,
    steps: u64,
    seen: u64,
    scratch: Scratch<Buffers>,
}
crate::tensor::clone_by_field!(Trainer { net, settings, optimizer, sampler, rng, steps, seen, scratch });

#[derive(Debug, Default)]
struct Buffers {
    trace: Trace,
    x: Vec<f32>,
    classes: Vec<u32>,
    values: Vec<f32>,
    dy: Vec<f32>,
    targets: Vec<f32>,
    dparams: Vec<f32>,
}

impl Trainer {
    /// A trainer at step 0. Order of examples and dropout are drawn from `rng`.
    pub fn new(net: Network, rule: Rule, settings: Settings, rng: &Rng) -> Self {
        let optimizer = Optimizer::new(rule, net.params.len());
        let (sampler, rng) = (Sampler::new(rng.fork(1)), rng.fork(2));
        Self { net, settings, optimizer, sampler, rng, steps: 0, seen: 0, scratch: Scratch::default() }
    }

    /// Updates made.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Counts on from `steps`: this network replaces one that had come so far.
    pub fn continue_from(&mut self, steps: u64) {
        self.steps = steps;
    }

    /// Examples looked at, repetitions counted.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// The rule in use.
    pub fn rule(&self) -> Rule {
        self.optimizer.rule()
    }

    /// Goes on with another rule, its moments fresh.
    pub fn set_rule(&mut self, rule: Rule) {
        if rule != self.rule() {
            self.optimizer = Optimizer::new(rule, self.net.params.len());
        }
    }

    /// One update on the next minibatch; returns its mean loss before the update.
    ///
    /// # Errors
    /// [`Error::Diverged`] if that loss is not finite: the parameters are then as they were.
    ///
    /// # Panics
    /// If `examples` is empty or of another width than the network's input.
    pub fn step(&mut self, examples: &Examples) -> Result<f32> {
        self.step_changed(examples, |_, _, _, _| ())
    }

    /// The same, after `change` has had its way with the minibatch: network, loss, rows and their classes. Handed in rather than
    /// kept: what a lab does not use weighs nothing in its wasm (1.9 KB gzip, as fields).
    fn step_changed(
        &mut self,
        examples: &Examples,
        change: impl FnOnce(&Network, Loss, &mut [f32], &[u32]),
    ) -> Result<f32> {
        let Buffers { trace, x, classes, values, dy, targets, dparams } = &mut *self.scratch.get();
        let s = self.settings;
        let batch = s.batch.min(examples.len());
        draw(&mut self.sampler, examples, batch, x, classes);
        change(&self.net, s.loss, x, classes);
        self.net.forward(tensor::batch(x, examples.width), Mode::Train(&mut self.rng), trace.closed());

        let width = self.net.output().len();
        values.resize(batch, 0.0);
        dy.resize(batch * width, 0.0);
        let loss = s.loss.with(classes, width, targets, |objective| {
            objective::mean(objective, trace.answers(), width, values, dy)
        });
        let rate = self.rate(loss)?;
        dparams.clear();
        dparams.resize(self.net.params.len(), 0.0);
        self.net.param_gradient(trace, dy, dparams);
        optim::penalise(&self.net.params, self.net.weights(), (s.l1, s.l2), dparams);
        self.optimizer.step(&mut self.net.params, dparams, rate);
        self.steps += 1;
        self.seen += batch as u64;
        Ok(loss)
    }

    /// Size of the next update, after this loss.
    #[inline(always)]
    fn rate(&self, loss: f32) -> Result<f32> {
        let rate = self.settings.rate * self.settings.schedule.at(self.steps);
        if !loss.is_finite() {
            return Err(Error::Diverged { step: self.steps, rate });
        }
        Ok(rate)
    }

    /// Heap bytes of a clone.
    pub fn heap_bytes(&self) -> usize {
        self.net.heap_bytes() + self.optimizer.heap_bytes() + self.sampler.heap_bytes()
    }
}

/// The next `batch` of `examples`, into `x` and `classes`.
#[inline(always)]
fn draw(sampler: &mut Sampler, examples: &Examples, batch: usize, x: &mut Vec<f32>, classes: &mut Vec<u32>) {
    x.resize(batch * examples.width, 0.0);
    classes.clear();
    for row in x.chunks_exact_mut(examples.width) {
        let i = sampler.next(examples.len());
        kernel::copy_few(&examples.x[i * examples.width..][..examples.width], row);
        classes.push(examples.classes[i]);
    }
}

/// Rows evaluated at a time: activations stay in the cache.
pub const CHUNK: usize = 256;

/// Buffers of [`evaluate`].
#[derive(Debug, Default)]
pub struct Evaluation {
    trace: Trace,
    values: Vec<f32>,
    dy: Vec<f32>,
    targets: Vec<f32>,
}

/// Mean loss and accuracy of `net` on `examples`, without chance. No examples: NaN.
pub fn evaluate(net: &Network, loss: Loss, examples: &Examples, buffers: &mut Evaluation) -> (f32, f32) {
    let (x, classes) = examples.rows(0, examples.len());
    evaluate_rows(net, loss, (x, classes), buffers)
}

/// The same of any rows `x` (`N × input`) and a class for each. With the adversarial rows of an attack on another network it is
/// how well that attack transfers.
///
/// # Panics
/// If there are not as many rows as classes.
pub fn evaluate_rows(
    net: &Network,
    loss: Loss,
    (x, classes): (BatchView<'_>, &[u32]),
    buffers: &mut Evaluation,
) -> (f32, f32) {
    assert_eq!(x.nrows(), classes.len(), "a class a row");
    let (mut total, mut right, width) = (0.0, 0, net.output().len());
    let (input, x) = (x.ncols(), tensor::rows(&x));
    let Evaluation { trace, values, dy, targets } = buffers;
    for (k, classes) in classes.chunks(CHUNK).enumerate() {
        let x = &x[k * CHUNK * input..][..classes.len() * input];
        net.forward(tensor::batch(x, input), Mode::Eval, trace.closed());
        let y = trace.answers();
        values.resize(classes.len(), 0.0);
        dy.resize(y.len(), 0.0);
        loss.with(classes, width, targets, |objective| objective.eval(y, width, values, dy));
        total += kernel::sum(values);
        right += y
            .chunks_exact(width)
            .zip(classes)
            .filter(|(row, class)| objective::argmax(row) == **class as usize)
            .count();
    }
    let n = classes.len() as f32;
    (total / n, right as f32 / n)
}
