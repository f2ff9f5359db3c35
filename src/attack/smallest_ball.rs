//! The smallest ball in which projected gradient ascent succeeds: doubling while it fails, then bisection, each row its own.

use super::{Attack, Domain, Norm, Pgd, PgdSettings, Status, Task};
use crate::error::Result;
use crate::nn::Network;
use crate::rng::Rng;
use crate::tensor::BatchView;

/// Rounds of ascent at most.
const ROUNDS: u64 = 16;
/// A ball known this closely (as a share of it) is known.
const CLOSE: f32 = 0.01;

/// The search.
#[derive(Debug, Clone)]
pub(super) struct SmallestBall {
    pgd: Pgd,
    best: Vec<f32>,
    sizes: Vec<f32>,
    status: Vec<Status>,
    /// Greatest radius known to fail, least known to succeed.
    fails: Vec<f32>,
    works: Vec<f32>,
    /// The next round's balls.
    radii: Vec<Option<f32>>,
    /// The box's whole size: no row needs a larger ball.
    greatest: f32,
    round: u64,
}

impl SmallestBall {
    /// A search that begins with balls of a thirty-second of the box. `settings` says all but their size.
    pub fn new(task: Task, mut settings: PgdSettings, rng: &Rng) -> Result<Self> {
        let greatest = diameter(settings.ball.norm, task.domain, &task);
        let share = settings.rate / settings.ball.epsilon;
        settings.ball.epsilon = greatest / 32.0;
        settings.rate = share * settings.ball.epsilon;
        let n = task.len();
        Ok(Self {
            best: task.clean().to_vec(),
            sizes: vec![0.0; n],
            status: vec![Status::NotFound; n],
            fails: vec![0.0; n],
            works: vec![f32::INFINITY; n],
            radii: Vec::with_capacity(n),
            greatest,
            round: 0,
            pgd: Pgd::new(task, settings, rng)?,
        })
    }

    /// Learns from a finished round; whether another is needed.
    fn learn(&mut self) -> bool {
        let mut open = false;
        for i in 0..self.status.len() {
            if self.settled(i) {
                continue;
            }
            match self.pgd.status()[i] {
                Status::Found => {
                    // The point found may lie well inside its ball.
                    self.works[i] = self.pgd.sizes()[i];
                    (self.sizes[i], self.status[i]) = (self.works[i], Status::Found);
                    let task = self.pgd.task();
                    let from = self.pgd.adversarial();
                    let row = from.row(i);
                    task.of_mut(&mut self.best, i).iter_mut().zip(row).for_each(|(b, x)| *b = *x);
                }
                Status::NotFound => self.fails[i] = self.pgd.radius(i),
                Status::AlreadyWrong => self.status[i] = Status::AlreadyWrong,
            }
            open |= !self.settled(i);
        }
        open
    }

    fn settled(&self, i: usize) -> bool {
        match self.status[i] {
            Status::AlreadyWrong => true,
            Status::Found => self.works[i] - self.fails[i] <= CLOSE * self.works[i],
            Status::NotFound => self.fails[i] >= self.greatest,
        }
    }

    fn next_radius(&self, i: usize) -> Option<f32> {
        if self.settled(i) {
            return None;
        }
        let doubled = 2.0 * self.fails[i];
        Some(if self.status[i] == Status::Found {
            0.5 * (self.fails[i] + self.works[i])
        } else if doubled < self.greatest {
            doubled
        } else {
            self.greatest
        })
    }

    pub fn step(&mut self, net: &Network) -> bool {
        if self.round == ROUNDS {
            return true;
        }
        if !self.pgd.step(net) {
            return false;
        }
        self.round = if self.learn() { self.round + 1 } else { ROUNDS };
        if self.round < ROUNDS {
            let mut radii = std::mem::take(&mut self.radii);
            radii.clear();
            radii.extend((0..self.status.len()).map(|i| self.next_radius(i)));
            self.pgd.again(&radii, self.round);
            self.radii = radii;
        }
        self.round == ROUNDS
    }

    pub fn adversarial(&self) -> BatchView<'_> {
        self.pgd.task().view(&self.best)
    }

    pub fn status(&self) -> &[Status] {
        &self.status
    }

    pub fn gradients_spent(&self) -> u64 {
        self.pgd.gradients_spent()
    }
}

/// The longest push inside the box.
fn diameter(norm: Norm, domain: Domain, task: &Task) -> f32 {
    let d = task.width() as f32;
    let side = task.clean().iter().fold(domain.high - domain.low, |most, &clean| {
        let (low, high) = domain.bounds(clean);
        if most < high - low { high - low } else { most }
    });
    match norm {
        Norm::One => side * d,
        Norm::Two => side * d.sqrt(),
        Norm::Inf => side,
    }
}
