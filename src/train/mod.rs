//! Supervised training, one update a step: minibatches of a shuffled order, a loss, a penalty, a rule, a schedule.

mod bounded;
mod loss;
mod sampler;

pub use bounded::{BoundedBuffers, Boxes};
pub use loss::Loss;
pub use sampler::Sampler;

use crate::data::Points;
use crate::error::{Error, Result};
use crate::kernel;
use crate::nn::{Mode, Network, Trace};
use crate::objective;
use crate::optim::{self, Optimizer, Rule, Schedule};
use crate::rng::Rng;
use crate::tensor::{self, BatchView, Scratch};

/// Labelled rows: `x` is `N × width`, `classes` has N entries.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Examples {
    pub x: Vec<f32>,
    pub width: usize,
    pub classes: Vec<u32>,
}

impl Examples {
    /// Those of `points` that are held out, or the others.
    pub fn of_plane(points: &Points, held_out: bool) -> Self {
        let mut examples = Self { width: 2, ..Self::default() };
        for i in (0..points.len()).filter(|&i| points.held_out[i] == held_out) {
            examples.x.extend(points.at(i));
            examples.classes.push(points.class[i]);
        }
        examples
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// Rows `from .. to`.
    pub fn rows(&self, from: usize, to: usize) -> (BatchView<'_>, &[u32]) {
        let x = &self.x[from * self.width..to * self.width];
        (tensor::batch(x, self.width), &self.classes[from..to])
    }
}

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
        let Buffers { trace, x, classes, values, dy, targets, dparams } = &mut *self.scratch.get();
        let s = self.settings;
        let batch = s.batch.min(examples.len());
        draw(&mut self.sampler, examples, batch, x, classes);
        self.net.forward(tensor::batch(x, examples.width), Mode::Train(&mut self.rng), trace);

        let width = self.net.output().len();
        values.resize(batch, 0.0);
        dy.resize(batch * width, 0.0);
        let loss = s.loss.with(classes, width, targets, |objective| {
            let y = trace.output();
            objective::mean(objective, tensor::rows(&y), width, values, dy)
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
    let (mut total, mut right, width) = (0.0, 0, net.output().len());
    let Evaluation { trace, values, dy, targets } = buffers;
    for from in (0..examples.len()).step_by(CHUNK) {
        let (x, classes) = examples.rows(from, (from + CHUNK).min(examples.len()));
        net.forward(x, Mode::Eval, trace);
        let out = trace.output();
        let y = tensor::rows(&out);
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
    let n = examples.len() as f32;
    (total / n, right as f32 / n)
}
