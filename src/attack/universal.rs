//! One push for all rows: the stochastic gradient method of Shafahi et al. 2018 ("Universal adversarial training").
//!
//! `δ ← project(δ + α · steepest(Σ ∇ min(loss, cap)))` over minibatches. Capped, because a few rows far across the boundary would
//! otherwise lead the whole push. Chosen over Moosavi-Dezfooli et al. 2017, which adds up DeepFool pushes of single rows: one
//! gradient a row and step here, and a better push in the paper's comparison.

use super::look::Look;
use super::{Attack, Ball, Goal, Status, Task};
use crate::error::{Error, Result};
use crate::kernel;
use crate::nn::Network;
use crate::objective::CrossEntropy;
use crate::rng::Rng;
use crate::tensor::{BatchView, Scratch};

/// Rows looked at together.
const CHUNK: usize = 256;

/// How [`Universal`] climbs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UniversalSettings {
    /// Where the push may end.
    pub ball: Ball,
    /// Length α of one step, in the ball's norm.
    pub rate: f32,
    /// Minibatches looked at.
    pub steps: u32,
    /// Rows in one; more than there are means all.
    pub batch: usize,
    /// Cross-entropy beyond which a row no longer pulls.
    pub cap: f32,
}

impl UniversalSettings {
    /// Steps of ε / 10 on minibatches of 64, capped at the paper's 9.
    pub fn new(ball: Ball, steps: u32) -> Self {
        Self { ball, rate: ball.epsilon / 10.0, steps, batch: 64, cap: 9.0 }
    }
}

/// The attack: a look at all rows, `steps` minibatches, a look at all rows under the push. A row's status and size are those of
/// the last look; its point is always the present push, put into the box.
#[derive(Debug, Clone)]
pub struct Universal {
    task: Task,
    settings: UniversalSettings,
    rng: Rng,
    /// δ, one value a feature.
    push: Vec<f32>,
    x: Vec<f32>,
    sizes: Vec<f32>,
    status: Vec<Status>,
    /// An epoch's order, and how far it has come.
    order: Vec<u32>,
    at: usize,
    /// Looks taken.
    taken: u32,
    gradients: u64,
    scratch: Scratch<Buffers>,
}

#[derive(Debug, Default)]
struct Buffers {
    look: Look,
    batch: Vec<u32>,
    classes: Vec<u32>,
    direction: Vec<f32>,
    zeros: Vec<f32>,
}

impl Universal {
    /// An attack on `task`, begun at no push at all; the order of its rows is drawn from `rng`.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a negative or non-finite ε, α or cap, or an empty minibatch.
    pub fn new(task: Task, settings: UniversalSettings, rng: &Rng) -> Result<Self> {
        for (name, value, min) in [
            ("epsilon", f64::from(settings.ball.epsilon), 0.0),
            ("rate", f64::from(settings.rate), 0.0),
            ("cap", f64::from(settings.cap), 0.0),
            ("batch", settings.batch as f64, 1.0),
        ] {
            if !(min..=f64::from(f32::MAX)).contains(&value) {
                return Err(Error::Parameter { name: name.into(), min, max: f64::from(f32::MAX), value });
            }
        }
        let n = task.len();
        Ok(Self {
            settings,
            rng: rng.clone(),
            push: vec![0.0; task.width()],
            x: task.clean().to_vec(),
            sizes: vec![0.0; n],
            status: vec![Status::NotFound; n],
            order: (0..n as u32).collect(),
            at: n,
            taken: 0,
            gradients: 0,
            scratch: Scratch::default(),
            task,
        })
    }

    /// δ: what is added to every row before it is put into the box.
    pub fn push(&self) -> &[f32] {
        &self.push
    }

    /// Adds the push to rows the attack need not have seen (`N × d`, in place), and puts them into the box.
    ///
    /// # Errors
    /// [`Error::Length`] unless they divide into rows as wide as the task's.
    pub fn apply(&self, rows: &mut [f32]) -> Result<()> {
        let (width, got) = (self.task.width(), rows.len());
        if !got.is_multiple_of(width) {
            return Err(Error::Length { what: "rows to push", expected: got / width * width, got });
        }
        rows.chunks_exact_mut(width).for_each(|x| self.put(x));
        Ok(())
    }

    /// Pushes one clean row.
    fn put(&self, x: &mut [f32]) {
        for (x, push) in x.iter_mut().zip(&self.push) {
            let (low, high) = self.task.domain.bounds(*x);
            *x = kernel::clamp(*x + push, low, high);
        }
    }

    /// Puts every row where the push takes it.
    fn place(&mut self) {
        let mut x = std::mem::take(&mut self.x);
        x.copy_from_slice(self.task.clean());
        x.chunks_exact_mut(self.task.width()).for_each(|x| self.put(x));
        self.x = x;
    }

    /// Looks at every row where it is, some at a time: there may be thousands, and a network of pictures keeps much of each.
    fn judge(&mut self, net: &Network) {
        let Buffers { look, batch, .. } = &mut *self.scratch.get();
        let n = self.task.len();
        for from in (0..n).step_by(CHUNK) {
            batch.clear();
            batch.extend(from as u32..(from + CHUNK).min(n) as u32);
            look.forward(net, &self.task, &self.x, batch);
            for k in 0..batch.len() {
                let i = from + k;
                let there = self.task.goal.reached(look.logits(k), self.task.class(i));
                self.sizes[i] = self.task.size(self.settings.ball.norm, &self.x, i);
                if self.taken == 0 && there {
                    self.status[i] = Status::AlreadyWrong;
                } else if self.status[i] != Status::AlreadyWrong {
                    self.status[i] = if there { Status::Found } else { Status::NotFound };
                }
            }
        }
    }

    /// One minibatch, one step.
    fn climb(&mut self, net: &Network) {
        let scratch = std::mem::take(&mut self.scratch);
        {
            let Buffers { look, batch, classes, direction, zeros } = &mut *scratch.get();
            batch.clear();
            for _ in 0..self.settings.batch.min(self.task.len()) {
                if self.at == self.order.len() {
                    self.rng.shuffle(&mut self.order);
                    self.at = 0;
                }
                batch.push(self.order[self.at]);
                self.at += 1;
            }
            self.task.gather(batch, classes);
            look.forward(net, &self.task, &self.x, batch);
            look.evaluate(&CrossEntropy(classes));
            look.backward(net);
            self.gradients += batch.len() as u64;
            let up = if self.task.goal == Goal::Untargeted { 1.0 } else { -1.0 };
            direction.clear();
            direction.resize(self.push.len(), 0.0);
            for k in 0..batch.len() {
                // Towards a target it is the rows furthest from it that are to pull.
                if self.task.goal == Goal::Targeted || look.value(k) < self.settings.cap {
                    // As if the box were not there: a pixel that is black in every row would never come back to 0.
                    kernel::axpy(up, look.gradient(k), direction);
                }
            }
            self.settings.ball.norm.steepest(direction);
            kernel::axpy(self.settings.rate, direction, &mut self.push);
            zeros.resize(self.push.len(), 0.0);
            self.settings.ball.project(zeros, &mut self.push);
        }
        self.scratch = scratch;
    }
}

impl Attack for Universal {
    fn step(&mut self, net: &Network) -> bool {
        let last = self.settings.steps + 1;
        if self.taken > last {
            return true;
        }
        if self.taken == 0 || self.taken == last {
            self.judge(net);
        } else if !self.task.is_empty() {
            self.climb(net);
            self.place();
        }
        self.taken += 1;
        self.taken > last
    }

    fn adversarial(&self) -> BatchView<'_> {
        self.task.view(&self.x)
    }

    fn sizes(&self) -> &[f32] {
        &self.sizes
    }

    fn status(&self) -> &[Status] {
        &self.status
    }

    fn gradients_spent(&self) -> u64 {
        self.gradients
    }
}
