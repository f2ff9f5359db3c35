//! A push turned towards the shortest: to where the boundary, linearised at its end, is nearest to the clean point.
//!
//! The projection of Croce & Hein's FAB (2020), with their box. A turn counts if a point a little closer than before is
//! still across; if not, the next one is half as far.

use super::look::Look;
use super::pull_back::PullBack;
use super::{Goal, Norm, Status, Task};
use crate::kernel;
use crate::nn::Network;
use crate::objective::Margin;

/// How much closer a turned push must be.
const CLOSER: f32 = 0.999;
/// Halvings along a turned push; the last pull-back is finer.
const HALVINGS: u32 = 8;

/// The search.
#[derive(Debug, Clone, Default)]
pub(super) struct Turn {
    /// Rows to turn, ascending, and the share of the turn each tries next.
    rows: Vec<u32>,
    shares: Vec<f32>,
    /// Pushes on trial, `N × d`.
    trial: Vec<f32>,
    stage: Stage,
    rounds: u32,
    pull: PullBack,
    classes: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Stage {
    #[default]
    Aim,
    Try,
    PullBack,
}

impl Turn {
    /// Begins with the rows that were found; `rounds` turns each.
    pub fn begin(&mut self, task: &Task, status: &[Status], rounds: u32) {
        self.rows.clear();
        self.rows.extend((0..task.len() as u32).filter(|&i| status[i as usize] == Status::Found));
        self.shares.clear();
        self.shares.resize(self.rows.len(), 1.0);
        self.trial.clear();
        self.trial.extend_from_slice(task.clean());
        self.rounds = rounds;
        self.stage = Stage::Aim;
    }

    /// One look. When `true`, `x` holds the pushes turned. Also the number of gradients it took.
    pub fn step(
        &mut self,
        net: &Network,
        (task, norm): (&Task, Norm),
        x: &mut [f32],
        look: &mut Look,
    ) -> (bool, u64) {
        if self.rounds == 0 || self.rows.is_empty() {
            return (true, 0);
        }
        let mut gradients = 0;
        match self.stage {
            Stage::Aim => {
                self.aim(net, (task, norm), x, look);
                gradients = self.rows.len() as u64;
                self.stage = Stage::Try;
            }
            Stage::Try => {
                look.forward(net, task, &self.trial, &self.rows);
                for (k, &i) in self.rows.iter().enumerate() {
                    let i = i as usize;
                    let better = task.goal.reached(look.logits(k), task.class(i));
                    self.shares[k] = if better { 1.0 } else { 0.5 * self.shares[k] };
                    if better {
                        task.of_mut(x, i).copy_from_slice(task.of(&self.trial, i));
                    }
                }
                let better = self.rows.iter().zip(&self.shares).filter(|(_, share)| **share == 1.0);
                self.pull.begin(better.map(|(i, _)| *i), 1, HALVINGS);
                self.stage = Stage::PullBack;
            }
            Stage::PullBack => {
                if self.pull.step(net, task, x, look) {
                    self.stage = Stage::Aim;
                    self.rounds -= 1;
                }
            }
        }
        (self.rounds == 0, gradients)
    }

    /// Sets up every row's next trial.
    fn aim(&mut self, net: &Network, (task, norm): (&Task, Norm), x: &[f32], look: &mut Look) {
        look.forward(net, task, x, &self.rows);
        task.gather(&self.rows, &mut self.classes);
        look.evaluate(&Margin(&self.classes));
        look.backward(net);
        let toward = if task.goal == Goal::Targeted { 1.0 } else { -1.0 };
        for (k, &i) in self.rows.iter().enumerate() {
            let (i, end) = (i as usize, task.of(x, i as usize));
            let (clean, g) = (task.row(i), look.gradient(k));
            let trial = task.of_mut(&mut self.trial, i);
            // The plane is `toward · g · (x − clean) = rise`.
            let rise = toward
                * (g.iter().zip(end).zip(clean).map(|((g, e), c)| g * (e - c)).sum::<f32>() - look.value(k));
            nearest_on_plane((task, norm), (clean, g, toward), rise, trial);
            for (t, &e) in trial.iter_mut().zip(end) {
                *t = e + self.shares[k] * (*t - e);
            }
            let (now, then) = (norm.distance(end, clean), norm.distance(trial, clean));
            let stretch = if then > 0.0 { CLOSER * now / then } else { 0.0 };
            for (t, &c) in trial.iter_mut().zip(clean) {
                *t = c + stretch * (*t - c);
            }
            task.domain.clip(clean, trial);
        }
    }
}

/// The nearest point to `clean`, in the box, where `toward · g · (x − clean) = rise`: `clean + λ · direction`, clipped, with λ
/// found by bisection. Without a gradient, the clean point.
fn nearest_on_plane(
    (task, norm): (&Task, Norm),
    (clean, g, toward): (&[f32], &[f32], f32),
    rise: f32,
    x: &mut [f32],
) {
    let length = norm.dual().of(g);
    let slope = if norm == Norm::Inf { length } else { length * length };
    if rise <= 0.0 || slope <= 0.0 {
        return x.copy_from_slice(clean);
    }
    let put = |lambda: f32, x: &mut [f32]| {
        for ((x, &c), &g) in x.iter_mut().zip(clean).zip(g) {
            *x = c + toward * lambda * if norm == Norm::Inf { kernel::sign(g) } else { g };
        }
        task.domain.clip(clean, x);
        g.iter().zip(&*x).zip(clean).map(|((g, x), c)| toward * g * (x - c)).sum::<f32>()
    };
    // Free of the box this is exact; against a wall the rest has to go further.
    let (mut low, mut high) = (rise / slope, 16.0 * rise / slope);
    if put(low, x) >= 0.999 * rise {
        return;
    }
    for _ in 0..20 {
        let middle = 0.5 * (low + high);
        if put(middle, x) < rise {
            low = middle;
        } else {
            high = middle;
        }
    }
}
