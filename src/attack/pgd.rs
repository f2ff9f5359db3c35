//! Projected gradient ascent inside a ball (Madry et al. 2018), with restarts; FGSM (Goodfellow et al. 2015) is its one step.
//!
//! `x ← clip(project(x + α · steepest(∇loss)))`; [`Pgd::with_momentum`] makes it MI-FGSM (Dong et al. 2018).

use super::ascent::ascend;
use super::look::Look;
use super::momentum::Momentum;
use super::{Attack, Ball, Goal, Loss, PgdSettings, Start, Status, Stop, Task};
use crate::error::{Error, Result};
use crate::nn::Network;
use crate::objective::{CrossEntropy, Margin};
use crate::rng::Rng;
use crate::tensor::{BatchView, Scratch};

/// The attack. Keeps for each row its first success, else the point of highest loss.
#[derive(Debug, Clone)]
pub struct Pgd {
    task: Task,
    settings: PgdSettings,
    rng: Rng,
    /// Start of the first try less its clean point, if the caller chose it.
    noise: Option<Vec<f32>>,
    /// Balls, one a row: they differ when the smallest is searched for.
    radii: Vec<f32>,
    x: Vec<f32>,
    best: Vec<f32>,
    best_loss: Vec<f32>,
    sizes: Vec<f32>,
    status: Vec<Status>,
    /// Rows of the present try that are still climbing, ascending.
    active: Vec<u32>,
    /// One step of one row, as it is made.
    direction: Vec<f32>,
    momentum: Option<Momentum>,
    phase: Phase,
    gradients: u64,
    watched: Option<Watched>,
    scratch: Scratch<(Look, Vec<u32>)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    /// Which rows are wrong before any push.
    Check,
    /// `taken` steps of try `restart` are done.
    Climb {
        restart: u32,
        taken: u32,
    },
    Done,
}

/// The way of one row.
#[derive(Debug, Clone)]
struct Watched {
    row: usize,
    /// The present try's points.
    trial: Vec<f32>,
    /// Those of the try whose end is kept.
    kept: Vec<f32>,
}

impl Pgd {
    /// An attack on `task`. Restarts draw from forks of `rng`: more of them leave the earlier ones as they were.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a negative or non-finite ε or α, or no restart.
    pub fn new(task: Task, settings: PgdSettings, rng: &Rng) -> Result<Self> {
        for (name, value, min) in [
            ("epsilon", f64::from(settings.ball.epsilon), 0.0),
            ("rate", f64::from(settings.rate), 0.0),
            ("restarts", f64::from(settings.restarts), 1.0),
        ] {
            if !(min..=f64::from(f32::MAX)).contains(&value) {
                return Err(Error::Parameter { name: name.into(), min, max: f64::from(f32::MAX), value });
            }
        }
        let n = task.len();
        Ok(Self {
            settings,
            rng: rng.clone(),
            noise: None,
            radii: vec![settings.ball.epsilon; n],
            x: task.clean().to_vec(),
            best: task.clean().to_vec(),
            best_loss: vec![f32::NEG_INFINITY; n],
            sizes: vec![0.0; n],
            status: vec![Status::NotFound; n],
            active: Vec::with_capacity(n),
            direction: Vec::with_capacity(task.width()),
            momentum: None,
            phase: Phase::Check,
            gradients: 0,
            watched: None,
            scratch: Scratch::default(),
            task,
        })
    }

    /// Starts the first try at `clean + noise` (`N × d`).
    ///
    /// # Errors
    /// [`Error::Length`] unless there is one value for each of the task's.
    pub fn starting_at(mut self, noise: &[f32]) -> Result<Self> {
        if noise.len() != self.task.clean().len() {
            return Err(Error::Length {
                what: "start noise",
                expected: self.task.clean().len(),
                got: noise.len(),
            });
        }
        self.noise = Some(noise.to_vec());
        Ok(self)
    }

    /// Follows the sum of the gradients so far, each in shares of its ‖·‖₁ and worth `decay` (μ) of itself a step later.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a μ outside 0 to 10; the paper's is 1.
    pub fn with_momentum(mut self, decay: f32) -> Result<Self> {
        let (min, max) = (0.0, 10.0);
        if !(min..=max).contains(&f64::from(decay)) {
            return Err(Error::Parameter { name: "momentum".into(), min, max, value: decay.into() });
        }
        self.momentum = Some(Momentum::new(decay, self.task.clean().len()));
        Ok(self)
    }

    /// Records the way of `row`: see [`Pgd::path`].
    pub fn watching(mut self, row: usize) -> Self {
        let room = (self.settings.steps as usize + 2) * self.task.width();
        let (trial, kept) = (Vec::with_capacity(room), Vec::with_capacity(room));
        self.watched = (row < self.task.len()).then_some(Watched { row, trial, kept });
        self
    }

    /// The watched row's way to the point that is kept, `k × d`, from its clean point on; empty if none is watched.
    pub fn path(&self) -> &[f32] {
        self.watched.as_ref().map_or(&[], |w| if w.kept.is_empty() { &w.trial } else { &w.kept })
    }

    /// What the attack was asked to do.
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// Radius of row `i`'s ball.
    pub(super) fn radius(&self, i: usize) -> f32 {
        self.radii[i]
    }

    /// Begins again with other balls; rows without one rest.
    pub(super) fn again(&mut self, radii: &[Option<f32>], purpose: u64) {
        self.best.copy_from_slice(self.task.clean());
        self.best_loss.fill(f32::NEG_INFINITY);
        self.sizes.fill(0.0);
        for ((status, radius), next) in self.status.iter_mut().zip(&mut self.radii).zip(radii) {
            if *status != Status::AlreadyWrong {
                *status = if next.is_some() { Status::NotFound } else { Status::Found };
            }
            *radius = next.unwrap_or(*radius);
        }
        self.rng = self.rng.fork(purpose);
        self.begin(0);
    }

    /// Puts every row that withstands at the start of try `restart`.
    fn begin(&mut self, restart: u32) {
        let (settings, status) = (self.settings, &self.status);
        self.active.clear();
        self.active.extend((0..self.task.len() as u32).filter(|&i| status[i as usize] == Status::NotFound));
        if restart == settings.restarts || self.active.is_empty() {
            self.phase = Phase::Done;
            return;
        }
        self.phase = Phase::Climb { restart, taken: 0 };
        self.x.copy_from_slice(self.task.clean());
        if let Some(momentum) = &mut self.momentum {
            momentum.reset();
        }
        let mut rng = self.rng.fork(u64::from(restart));
        let drawn = restart > 0 || (settings.start == Start::Random && self.noise.is_none());
        // Every row draws, under attack or not: what a row draws does not depend on the others' fate.
        for i in 0..self.task.len() {
            let (clean, x) = (self.task.row(i), self.task.of_mut(&mut self.x, i));
            if drawn {
                let ball = Ball { epsilon: self.radii[i], ..settings.ball };
                ball.draw_inside(self.task.domain, clean, &mut rng, x);
            } else if let Some(noise) = self.noise.as_ref().filter(|_| restart == 0) {
                x.iter_mut().zip(self.task.of(noise, i)).for_each(|(x, n)| *x += n);
                self.task.domain.clip(clean, x);
            }
        }
        if let Some(w) = &mut self.watched {
            w.trial.clear();
            w.trial.extend_from_slice(self.task.row(w.row));
            if self.task.of(&self.x, w.row) != self.task.row(w.row) {
                w.trial.extend_from_slice(self.task.of(&self.x, w.row));
            }
        }
    }

    /// Finds the rows that are wrong before any push.
    fn check(&mut self, net: &Network) {
        let (look, _) = &mut *self.scratch.get();
        self.active.extend(0..self.task.len() as u32);
        look.forward(net, &self.task, self.task.clean(), &self.active);
        for i in 0..self.task.len() {
            if self.task.goal.reached(look.logits(i), self.task.class(i)) {
                self.status[i] = Status::AlreadyWrong;
            }
        }
    }

    /// Judges every climbing row where it is and, unless this is the `last` look, moves those that go on.
    fn climb(&mut self, net: &Network, last: bool) {
        let scratch = std::mem::take(&mut self.scratch);
        let mut active = std::mem::take(&mut self.active);
        {
            let (look, classes) = &mut *scratch.get();
            look.forward(net, &self.task, &self.x, &active);
            self.task.gather(&active, classes);
            match self.settings.loss {
                Loss::CrossEntropy => look.evaluate(&CrossEntropy(classes)),
                Loss::Margin => look.evaluate(&Margin(classes)),
            }
            // Cross-entropy grows away from its class, the margin towards it.
            let away = (self.settings.loss == Loss::CrossEntropy) == (self.task.goal == Goal::Untargeted);
            let up = if away { 1.0 } else { -1.0 };
            if !last {
                look.backward(net);
                self.gradients += active.len() as u64;
            }
            let mut k = 0;
            active.retain(|&i| {
                let stays = self.judge(i as usize, look.logits(k), up * look.value(k), last);
                if stays {
                    self.advance(i as usize, look.gradient(k), up);
                }
                k += 1;
                stays
            });
        }
        self.active = active;
        self.scratch = scratch;
    }

    /// Keeps row `i` where it is if that counts; whether it climbs on.
    fn judge(&mut self, i: usize, logits: &[f32], loss: f32, last: bool) -> bool {
        let won = self.task.goal.reached(logits, self.task.class(i));
        if won && (last || self.settings.stop == Stop::AtSuccess) {
            self.status[i] = Status::Found;
            self.keep(i, loss);
            return false;
        }
        if last && loss > self.best_loss[i] {
            self.keep(i, loss);
        }
        !last
    }

    fn keep(&mut self, i: usize, loss: f32) {
        self.best_loss[i] = loss;
        self.sizes[i] = self.task.size(self.settings.ball.norm, &self.x, i);
        self.task.of_mut(&mut self.best, i).copy_from_slice(self.task.of(&self.x, i));
        if let Some(w) = self.watched.as_mut().filter(|w| w.row == i) {
            w.kept.clone_from(&w.trial);
        }
    }

    /// One step of row `i` along `gradient`, or against it if `up` is −1.
    fn advance(&mut self, i: usize, gradient: &[f32], up: f32) {
        let (ball, rate) = (Ball { epsilon: self.radii[i], ..self.settings.ball }, self.rate(i));
        let (clean, x) = (self.task.row(i), self.task.of_mut(&mut self.x, i));
        let mut direction = std::mem::take(&mut self.direction);
        direction.clear();
        direction.extend_from_slice(gradient);
        if let Some(momentum) = &mut self.momentum {
            momentum.take(i, &mut direction);
        }
        ascend(ball, self.task.domain, clean, up * rate, &mut direction, x);
        if let Some(w) = self.watched.as_mut().filter(|w| w.row == i) {
            w.trial.extend_from_slice(x);
        }
        self.direction = direction;
    }

    /// α of row `i`: the settings' share of its own ball.
    fn rate(&self, i: usize) -> f32 {
        let (rate, whole) = (self.settings.rate, self.settings.ball.epsilon);
        if self.radii[i] == whole { rate } else { rate / whole * self.radii[i] }
    }
}

impl Attack for Pgd {
    fn step(&mut self, net: &Network) -> bool {
        match self.phase {
            Phase::Check => {
                self.check(net);
                self.begin(0);
            }
            Phase::Climb { restart, taken } => {
                let last = taken == self.settings.steps;
                self.climb(net, last);
                if last || self.active.is_empty() {
                    self.begin(restart + 1);
                } else {
                    self.phase = Phase::Climb { restart, taken: taken + 1 };
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
