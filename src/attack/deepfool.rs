//! DeepFool (Moosavi-Dezfooli et al. 2016): step to the nearest boundary of the linearised network until across it.
//!
//! `x = clean + (1 + overshoot) Σ |f_k| ∇f_k / ‖∇f_k‖²`, f_k = z_k − z_class, k the nearest class; under ‖·‖∞
//! `|f_k| sign(∇f_k) / ‖∇f_k‖₁`. Constants as in foolbox 3.3, which the goldens compare with.

use super::look::Look;
use super::{Attack, DeepFoolSettings, Goal, Norm, Status, Task};
use crate::error::{Error, Result};
use crate::kernel;
use crate::nn::Network;
use crate::objective::{LogitDifference, Margin};
use crate::tensor::{BatchView, Scratch};

/// Keeps divisions by a gradient's length finite, and every step a step (as in foolbox).
const TINY_GRADIENT: f32 = 1e-8;
const TINY_DISTANCE: f32 = 1e-4;

/// The attack. It ends where the last step crossed: usually too far. [`super::MinimalPush`] pulls it back.
#[derive(Debug, Clone)]
pub struct DeepFool {
    task: Task,
    settings: DeepFoolSettings,
    /// Sum of a row's steps.
    push: Vec<f32>,
    x: Vec<f32>,
    sizes: Vec<f32>,
    status: Vec<Status>,
    /// Rows not across yet, ascending.
    active: Vec<u32>,
    /// Each row's rival classes, likeliest first, at its clean point.
    rivals: Vec<u32>,
    /// Rivals of a row.
    compared: usize,
    /// Looks taken.
    taken: u32,
    gradients: u64,
    scratch: Scratch<Buffers>,
}

#[derive(Debug, Default)]
struct Buffers {
    look: Look,
    from: Vec<u32>,
    to: Vec<u32>,
    /// Distance to the nearest linearised boundary so far.
    nearest: Vec<f32>,
    /// The step to it, one row an active row.
    steps: Vec<f32>,
}

impl DeepFool {
    /// An attack on `task`.
    ///
    /// # Errors
    /// [`Error::Choice`] for ‖·‖₁; [`Error::Parameter`] for fewer than two candidates or a negative overshoot.
    pub fn new(task: Task, settings: DeepFoolSettings) -> Result<Self> {
        if settings.norm == Norm::One {
            return Err(Error::Choice { name: "norm".into(), value: Norm::NAMES[0].into() });
        }
        for (name, value, min) in
            [("candidates", settings.candidates as f64, 2.0), ("overshoot", settings.overshoot.into(), 0.0)]
        {
            if !(min..=f64::from(f32::MAX)).contains(&value) {
                return Err(Error::Parameter { name: name.into(), min, max: f64::from(f32::MAX), value });
            }
        }
        let n = task.len();
        Ok(Self {
            settings,
            push: vec![0.0; task.clean().len()],
            x: task.clean().to_vec(),
            sizes: vec![0.0; n],
            status: vec![Status::NotFound; n],
            active: (0..n as u32).collect(),
            rivals: Vec::new(),
            compared: 0,
            taken: 0,
            gradients: 0,
            scratch: Scratch::default(),
            task,
        })
    }

    /// Which classes each row is compared with, fixed at its clean point.
    fn rank(&mut self, look: &Look, outputs: usize) {
        self.compared = match self.task.goal {
            Goal::Targeted => 1,
            Goal::Untargeted => self.settings.candidates.min(outputs) - 1,
        };
        self.rivals.reserve_exact(self.task.len() * self.compared);
        let mut order: Vec<u32> = Vec::with_capacity(outputs);
        for i in 0..self.task.len() {
            let (z, class) = (look.logits(i), self.task.class(i));
            order.clear();
            match self.task.goal {
                Goal::Targeted => order.push(class),
                Goal::Untargeted => order.extend((0..outputs as u32).filter(|&k| k != class)),
            }
            kernel::sort_few(&mut order, |&a, &b| z[a as usize] > z[b as usize]);
            self.rivals.extend_from_slice(&order[..self.compared]);
        }
    }

    /// Settles the rows that are across; the first time, those had been wrong all along.
    fn settle(&mut self, look: &Look, active: &[u32]) {
        let across = if self.taken == 0 { Status::AlreadyWrong } else { Status::Found };
        for (k, &i) in active.iter().enumerate() {
            if self.task.goal.reached(look.logits(k), self.task.class(i as usize)) {
                self.status[i as usize] = across;
            }
        }
    }

    /// The step of each active row to its nearest linearised boundary, into `buffers.steps`.
    fn linearise(&mut self, net: &Network, buffers: &mut Buffers, active: &[u32]) {
        let Buffers { look, from, to, nearest, steps } = buffers;
        let width = self.task.width();
        nearest.clear();
        nearest.resize(active.len(), f32::INFINITY);
        steps.clear();
        steps.resize(active.len() * width, 0.0);
        for rank in 0..self.compared {
            from.clear();
            to.clear();
            for (k, &i) in active.iter().enumerate() {
                let (row, class) = (i as usize, self.task.class(i as usize));
                to.push(self.rivals[row * self.compared + rank]);
                // A targeted row is led away from whoever wins now.
                let now = || Margin::rival(look.logits(k), class as usize) as u32;
                from.push(if self.task.goal == Goal::Targeted { now() } else { class });
            }
            look.evaluate(&LogitDifference { from, to });
            look.backward(net);
            self.gradients += active.len() as u64;
            for k in 0..active.len() {
                let (gap, g) = (look.value(k).abs(), look.gradient(k));
                let length = self.settings.norm.dual().of(g) + TINY_GRADIENT;
                if gap / length < nearest[k] {
                    nearest[k] = gap / length;
                    let size = gap / length + TINY_DISTANCE;
                    for (step, &g) in steps[k * width..][..width].iter_mut().zip(g) {
                        *step = if self.settings.norm == Norm::Inf {
                            size * kernel::sign(g)
                        } else {
                            size / length * g
                        };
                    }
                }
            }
        }
    }

    /// Moves row `i` by `step`. Where the box stops it, what lies outside is forgotten: the next step starts at the wall.
    fn advance(&mut self, i: usize, step: &[f32]) {
        let (longer, domain) = (1.0 + self.settings.overshoot, self.task.domain);
        let clean = self.task.row(i);
        let (push, x) = (self.task.of_mut(&mut self.push, i), self.task.of_mut(&mut self.x, i));
        for (((x, &clean), push), step) in x.iter_mut().zip(clean).zip(push).zip(step) {
            *push += step;
            let (low, high) = domain.bounds(clean);
            let free = clean + longer * *push;
            *x = kernel::clamp(free, low, high);
            if *x != free {
                *push = (*x - clean) / longer;
            }
        }
        self.sizes[i] = self.task.size(self.settings.norm, &self.x, i);
    }
}

impl Attack for DeepFool {
    fn step(&mut self, net: &Network) -> bool {
        if self.active.is_empty() || self.taken > self.settings.steps {
            return true;
        }
        let scratch = std::mem::take(&mut self.scratch);
        let mut active = std::mem::take(&mut self.active);
        {
            let buffers = &mut *scratch.get();
            buffers.look.forward(net, &self.task, &self.x, &active);
            if self.taken == 0 {
                self.rank(&buffers.look, net.output().len());
            }
            self.settle(&buffers.look, &active);
            let left = active.iter().any(|&i| self.status[i as usize] == Status::NotFound);
            if left && self.taken < self.settings.steps {
                self.linearise(net, buffers, &active);
                let steps = buffers.steps.chunks_exact(self.task.width());
                for (step, &i) in steps.zip(&active) {
                    if self.status[i as usize] == Status::NotFound {
                        self.advance(i as usize, step);
                    }
                }
            }
            self.taken += 1;
            active.retain(|&i| self.status[i as usize] == Status::NotFound);
        }
        self.active = active;
        self.scratch = scratch;
        self.active.is_empty() || self.taken > self.settings.steps
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
