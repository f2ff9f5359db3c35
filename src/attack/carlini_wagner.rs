//! Carlini & Wagner's L2 attack (2017): Adam on w, `x = mid + half · tanh w`, minimising `‖x − clean‖² + c · max(κ − lead, 0)`.
//!
//! `lead` is by how much the goal's class wins. Each row has its own c, searched for: down after a success, up after a
//! failure. Further starts begin anywhere at the distance already reached, where another part of the boundary may be nearer;
//! without one, anywhere in the box.

use super::look::Look;
use super::{Attack, Ball, CarliniWagnerSettings, Domain, Goal, Norm, Status, Task};
use crate::error::{Error, Result};
use crate::kernel;
use crate::nn::Network;
use crate::objective::Margin;
use crate::optim::{Optimizer, Rule};
use crate::rng::Rng;
use crate::tensor::{BatchView, Scratch};

/// A row whose loss has not fallen by this factor over a tenth of a descent has arrived (as in the paper's code).
const PROGRESS: f32 = 0.9999;
/// Under ‖·‖∞ every component longer than this share of the longest is shortened: their τ.
const EDGE: f32 = 0.9;
/// Keeps the clean point inside the open interval that tanh reaches.
const INSIDE: f32 = 0.999_999;
/// No network here needs more.
const GREATEST_CONSTANT: f32 = 1e10;

/// The attack. Keeps for each row the smallest push seen that reached the goal.
#[derive(Debug, Clone)]
pub struct CarliniWagner {
    task: Task,
    settings: CarliniWagnerSettings,
    rng: Rng,
    /// `N × d`: where Adam is.
    w: Vec<f32>,
    adam: Optimizer,
    rows: Vec<Balance>,
    best: Vec<f32>,
    sizes: Vec<f32>,
    status: Vec<Status>,
    /// Rows still descending, ascending.
    active: Vec<u32>,
    phase: Phase,
    gradients: u64,
    scratch: Scratch<Buffers>,
}

/// The search for one row's c.
#[derive(Debug, Clone)]
struct Balance {
    c: f32,
    /// Greatest c known to fail, least known to succeed.
    fails: f32,
    works: f32,
    /// Whether this descent has been across.
    across: bool,
    /// Loss at the last check of progress.
    loss: f32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    /// Which rows are there before any push.
    Check,
    /// `taken` updates of descent `search` of start `start` are done.
    Descend {
        start: u32,
        search: u32,
        taken: u32,
    },
    Done,
}

#[derive(Debug, Default)]
struct Buffers {
    look: Look,
    classes: Vec<u32>,
    tanh: Vec<f32>,
    x: Vec<f32>,
    dw: Vec<f32>,
}

impl CarliniWagner {
    /// An attack on `task`; starts after the first draw from `rng`.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a setting that is not above zero, or a negative confidence.
    pub fn new(task: Task, settings: CarliniWagnerSettings, rng: &Rng) -> Result<Self> {
        for (name, value, min) in [
            ("confidence", f64::from(settings.confidence), 0.0),
            ("rate", settings.rate.into(), f64::from(f32::MIN_POSITIVE)),
            ("constant", settings.constant.into(), f64::from(f32::MIN_POSITIVE)),
            ("steps", settings.steps.into(), 1.0),
            ("searches", settings.searches.into(), 1.0),
            ("starts", settings.starts.into(), 1.0),
        ] {
            if !(min..=f64::from(f32::MAX)).contains(&value) {
                return Err(Error::Parameter { name: name.into(), min, max: f64::from(f32::MAX), value });
            }
        }
        let n = task.len();
        let fresh = Balance {
            c: settings.constant,
            fails: 0.0,
            works: f32::INFINITY,
            across: false,
            loss: f32::INFINITY,
        };
        Ok(Self {
            settings,
            rng: rng.clone(),
            w: vec![0.0; task.clean().len()],
            adam: Optimizer::new(Rule::Adam, task.clean().len()),
            rows: vec![fresh; n],
            best: task.clean().to_vec(),
            sizes: vec![0.0; n],
            status: vec![Status::NotFound; n],
            active: Vec::with_capacity(n),
            phase: Phase::Check,
            gradients: 0,
            scratch: Scratch::default(),
            task,
        })
    }

    fn check(&mut self, net: &Network) {
        let look = &mut self.scratch.get().look;
        self.active.extend(0..self.task.len() as u32);
        look.forward(net, &self.task, self.task.clean(), &self.active);
        for i in 0..self.task.len() {
            if self.task.goal.reached(look.logits(i), self.task.class(i)) {
                self.status[i] = Status::AlreadyWrong;
            }
        }
    }

    /// Puts every row at the beginning of a descent.
    fn begin(&mut self, start: u32, search: u32) {
        let status = &self.status;
        self.active.clear();
        self.active
            .extend((0..self.task.len() as u32).filter(|&i| status[i as usize] != Status::AlreadyWrong));
        if start == self.settings.starts || self.active.is_empty() {
            self.phase = Phase::Done;
            return;
        }
        self.phase = Phase::Descend { start, search, taken: 0 };
        self.adam.reset();
        let settings = self.settings;
        let mut rng = self.rng.fork(u64::from(start));
        for i in 0..self.task.len() {
            let (row, clean) = (&mut self.rows[i], self.task.row(i));
            (row.across, row.loss) = (false, f32::INFINITY);
            let w = self.task.of_mut(&mut self.w, i);
            w.copy_from_slice(clean);
            if start > 0 && self.status[i] == Status::Found {
                Ball { norm: settings.norm, epsilon: self.sizes[i] }.draw_surface(&mut rng, w);
                w.iter_mut().zip(clean).for_each(|(w, c)| *w += c);
                self.task.domain.clip(clean, w);
            } else if start > 0 {
                self.task.domain.draw(clean, &mut rng, w);
            }
            for (w, &clean) in w.iter_mut().zip(clean) {
                let (mid, half) = interval(self.task.domain, clean);
                *w = libm::atanhf(INSIDE * (*w - mid) / half);
            }
        }
    }

    /// One update of every row that still descends.
    fn descend(&mut self, net: &Network, taken: u32) {
        let scratch = std::mem::take(&mut self.scratch);
        let mut active = std::mem::take(&mut self.active);
        {
            let buffers = &mut *scratch.get();
            buffers.tanh.resize(self.w.len(), 0.0);
            buffers.x.resize(self.w.len(), 0.0);
            buffers.dw.resize(self.w.len(), 0.0);
            kernel::map(&self.w, &mut buffers.tanh, kernel::tanh);
            for ((x, t), &clean) in buffers.x.iter_mut().zip(&buffers.tanh).zip(self.task.clean()) {
                let (mid, half) = interval(self.task.domain, clean);
                *x = kernel::clamp(mid + half * t, mid - half, mid + half);
            }
            buffers.look.forward(net, &self.task, &buffers.x, &active);
            self.task.gather(&active, &mut buffers.classes);
            buffers.look.evaluate(&Margin(&buffers.classes));
            buffers.look.backward(net);
            self.gradients += active.len() as u64;
            buffers.dw.fill(0.0);
            let due = taken.is_multiple_of(self.settings.steps.div_ceil(10));
            let mut k = 0;
            active.retain(|&i| {
                let goes_on = self.judge(i as usize, k, buffers, due);
                k += 1;
                goes_on
            });
            let left = 1.0 - 0.99 * taken as f32 / self.settings.steps as f32;
            self.adam.step(&mut self.w, &buffers.dw, self.settings.rate * left);
        }
        self.active = active;
        self.scratch = scratch;
    }

    /// Keeps row `i` where it is if that is the best yet, and writes its gradient; whether it goes on.
    fn judge(&mut self, i: usize, k: usize, buffers: &mut Buffers, due: bool) -> bool {
        let toward = if self.task.goal == Goal::Targeted { 1.0 } else { -1.0 };
        let lead = toward * buffers.look.value(k);
        let short = self.settings.confidence - lead;
        let size = self.task.size(self.settings.norm, &buffers.x, i);
        if self.task.goal.reached(buffers.look.logits(k), self.task.class(i)) && short <= 0.0 {
            self.rows[i].across = true;
            if self.status[i] != Status::Found || size < self.sizes[i] {
                self.status[i] = Status::Found;
                self.sizes[i] = size;
                self.task.of_mut(&mut self.best, i).copy_from_slice(self.task.of(&buffers.x, i));
            }
        }
        let row = &mut self.rows[i];
        let pull = if short > 0.0 { -toward * row.c } else { 0.0 };
        let loss = size * size + if short > 0.0 { row.c * short } else { 0.0 };
        if due {
            if loss > PROGRESS * row.loss {
                return false;
            }
            row.loss = loss;
        }
        let start = i * self.task.width();
        for (j, &g) in buffers.look.gradient(k).iter().enumerate() {
            let (at, clean) = (start + j, self.task.clean()[start + j]);
            let slope = interval(self.task.domain, clean).1 * (1.0 - buffers.tanh[at] * buffers.tanh[at]);
            let push = buffers.x[at] - clean;
            let shorten = match self.settings.norm {
                Norm::Inf if push.abs() > EDGE * size => 2.0 * size * kernel::sign(push),
                Norm::Inf => 0.0,
                _ => 2.0 * push,
            };
            buffers.dw[at] = slope * (shorten + pull * g);
        }
        true
    }

    /// A smaller c after a success, a larger one after a failure.
    fn rebalance(&mut self) {
        for row in &mut self.rows {
            if row.across {
                row.works = row.c;
            } else {
                row.fails = row.c;
            }
            row.c = if row.works == f32::INFINITY {
                (10.0 * row.c).min(GREATEST_CONSTANT)
            } else if row.fails == 0.0 {
                0.1 * row.c
            } else {
                (row.works * row.fails).sqrt()
            };
        }
    }
}

/// Middle and half length of what a feature may be.
fn interval(domain: Domain, clean: f32) -> (f32, f32) {
    let (low, high) = domain.bounds(clean);
    (0.5 * (low + high), 0.5 * (high - low))
}

impl Attack for CarliniWagner {
    fn step(&mut self, net: &Network) -> bool {
        match self.phase {
            Phase::Check => {
                self.check(net);
                self.begin(0, 0);
            }
            Phase::Descend { start, search, taken } => {
                self.descend(net, taken);
                let searches = if start == 0 { self.settings.searches } else { self.settings.searches_again };
                if taken + 1 < self.settings.steps && !self.active.is_empty() {
                    self.phase = Phase::Descend { start, search, taken: taken + 1 };
                } else {
                    self.rebalance();
                    let more = search + 1 < searches;
                    self.begin(start + u32::from(!more), if more { search + 1 } else { 0 });
                }
            }
            Phase::Done => {}
        }
        self.phase == Phase::Done
    }

    fn adversarial(&self) -> BatchView<'_> {
        self.task.view(&self.best)
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
