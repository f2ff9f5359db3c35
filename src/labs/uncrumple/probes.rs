//! The costly measuring: fresh points, and how much of the classes a flat cut reads off every layer, off the crumpled paper, and
//! off the paper as the exact inverse lays it out. It works on a frozen copy of the network while training may go on.

use super::paper::Paper;
use super::{Uncrumple, view};
use crate::nn::{Mode, Network, Trace};
use crate::probe::Linear;
use crate::tensor::{batch, rows};
use crate::train::{CHUNK, Evaluation, Loss, evaluate};
use std::sync::Arc;

/// Points a probe is fitted to; it is judged on all the fresh ones.
const FITTED: usize = 2_000;

/// Measuring under way, and what the last one found.
#[derive(Debug, Default)]
pub struct Probes {
    job: Option<Job>,
    fixed: Fixed,
    found: Found,
    evaluation: Evaluation,
    linear: Linear,
}

/// What depends on the paper alone.
#[derive(Debug, Default, Clone, Copy)]
struct Fixed {
    raw: Option<f32>,
    inverse: Option<f32>,
}

/// About the state of `revision`.
#[derive(Debug, Default)]
struct Found {
    revision: Option<u64>,
    step: u64,
    test: f32,
    /// After each hidden layer.
    probe: Vec<f32>,
}

#[derive(Debug)]
struct Job {
    net: Network,
    paper: Arc<Paper>,
    found: Found,
    probing: Option<Probing>,
}

/// A probe being fitted, and the fresh points it will be judged by.
#[derive(Debug)]
struct Probing {
    what: What,
    test: Vec<f32>,
    width: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Raw,
    Inverse,
    Layer(usize),
}

impl Probes {
    /// One unit of work; whether what is published belongs to the present state.
    pub fn measure(&mut self, lab: &Uncrumple) -> bool {
        if self.found.revision == Some(lab.revision.get()) {
            return true;
        }
        let Self { job, fixed, evaluation, linear, .. } = self;
        let running = job.get_or_insert_with(|| Job::new(lab, evaluation));
        if running.advance(fixed, linear) {
            self.found = self.job.take().expect("just advanced").found;
        }
        self.found.revision == Some(lab.revision.get())
    }

    /// Accuracy on fresh points.
    pub fn test(&self) -> f32 {
        self.found.revision.map_or(f32::NAN, |_| self.found.test)
    }

    /// What a flat cut makes of the paper as it lies.
    pub fn raw(&self) -> f32 {
        self.fixed.raw.unwrap_or(f32::NAN)
    }

    /// And after the exact inverse.
    pub fn inverse(&self) -> f32 {
        self.fixed.inverse.unwrap_or(f32::NAN)
    }

    /// After hidden layer `k`, from 0.
    pub fn after(&self, k: usize) -> f32 {
        self.found.probe.get(k).copied().unwrap_or(f32::NAN)
    }

    /// The step that all this belongs to.
    pub fn step(&self) -> f32 {
        self.found.revision.map_or(f32::NAN, |_| self.found.step as f32)
    }
}

impl Job {
    fn new(lab: &Uncrumple, evaluation: &mut Evaluation) -> Self {
        let (net, paper) = (lab.trainer.net.clone(), lab.paper.clone());
        let (_, test) = evaluate(&net, Loss::CrossEntropy, &paper.test, evaluation);
        let found = Found { revision: Some(lab.revision.get()), step: lab.trainer.steps(), test, probe: Vec::new() };
        Self { net, paper, found, probing: None }
    }

    /// A share of a fit, or the points for the next; true once there is none left.
    fn advance(&mut self, fixed: &mut Fixed, linear: &mut Linear) -> bool {
        let Some(probing) = &self.probing else {
            let Some(what) = self.next(fixed) else { return true };
            self.probing = Some(self.begin(what, linear));
            return false;
        };
        if linear.step() {
            let accuracy = linear.accuracy(batch(&probing.test, probing.width), &self.paper.test.classes);
            match probing.what {
                What::Raw => fixed.raw = Some(accuracy),
                What::Inverse => fixed.inverse = Some(accuracy),
                What::Layer(_) => self.found.probe.push(accuracy),
            }
            self.probing = None;
        }
        false
    }

    fn next(&self, fixed: &Fixed) -> Option<What> {
        let after = view::layers(&self.net).get(self.found.probe.len() + 1).copied();
        match fixed {
            Fixed { raw: None, .. } => Some(What::Raw),
            Fixed { inverse: None, .. } => Some(What::Inverse),
            _ => after.map(What::Layer),
        }
    }

    fn begin(&self, what: What, linear: &mut Linear) -> Probing {
        let (train, test) = (&self.paper.train, &self.paper.test);
        let fitted = train.len().min(FITTED);
        let seen = |x: &[f32]| match what {
            What::Raw => x.to_vec(),
            What::Inverse => self.paper.laid_flat(x),
            What::Layer(index) => self.activations(index, x),
        };
        let width = match what {
            What::Layer(index) => self.net.shape(index).len(),
            _ => 3,
        };
        linear.begin(batch(&seen(&train.x[..3 * fitted]), width), &train.classes[..fitted], 2);
        Probing { what, test: seen(&test.x), width }
    }

    fn activations(&self, index: usize, x: &[f32]) -> Vec<f32> {
        let (mut trace, mut all) = (Trace::new(), Vec::new());
        for chunk in x.chunks(3 * CHUNK) {
            self.net.forward(batch(chunk, 3), Mode::Eval, &mut trace);
            all.extend_from_slice(rows(&trace.activation(index)));
        }
        all
    }
}
