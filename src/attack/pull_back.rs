//! Bisection along the segment from clean to pushed: the end that is across, moved back to the boundary.

use super::Task;
use super::look::Look;
use crate::nn::Network;

/// Equal parts of the segment a thorough search looks at first: of several crossings the nearest of these is kept.
pub(super) const PARTS: u32 = 8;
/// Its halvings after that: 2⁻²⁵ of the segment is under half a digit of f32.
pub(super) const HALVINGS: u32 = 22;

/// The search, for the rows it was begun with.
#[derive(Debug, Clone, Default)]
pub(super) struct PullBack {
    /// Rows to pull back, ascending.
    rows: Vec<u32>,
    /// Share of the way known to fall short, and known to be enough; one a row in `rows`.
    short: Vec<f32>,
    enough: Vec<f32>,
    /// Parts the segment is first cut into; halvings of one of them.
    parts: u32,
    halvings: u32,
    looks: u32,
}

impl PullBack {
    /// Begins with `rows`, whose ends are across.
    pub fn begin(&mut self, rows: impl Iterator<Item = u32>, parts: u32, halvings: u32) {
        self.rows.clear();
        self.rows.extend(rows);
        self.short.clear();
        self.short.resize(self.rows.len(), 0.0);
        self.enough.clear();
        self.enough.resize(self.rows.len(), 1.0);
        (self.parts, self.halvings, self.looks) = (parts, halvings, 0);
    }

    /// One look at every row, part of the way to its end in `x`. When `true`, `x` holds the points pulled back.
    pub fn step(&mut self, net: &Network, task: &Task, x: &mut [f32], look: &mut Look) -> bool {
        if !self.rows.is_empty() && self.looks < self.parts - 1 + self.halvings {
            self.looks += 1;
            look.begin(task.width());
            for k in 0..self.rows.len() {
                let i = self.rows[k] as usize;
                look.push(task.of(x, i));
                between(task, i, self.share(k), look.last());
            }
            look.ask(net);
            for k in 0..self.rows.len() {
                let (i, share) = (self.rows[k] as usize, self.share(k));
                if task.goal.reached(look.logits(k), task.class(i)) {
                    self.enough[k] = share;
                } else if share < self.enough[k] {
                    self.short[k] = share;
                }
            }
            if self.looks < self.parts - 1 + self.halvings {
                return false;
            }
        }
        for (k, &i) in self.rows.iter().enumerate() {
            between(task, i as usize, self.enough[k], task.of_mut(x, i as usize));
        }
        self.rows.clear();
        true
    }

    /// Where row `k` is looked at next.
    fn share(&self, k: usize) -> f32 {
        let part = self.looks as f32 / self.parts as f32;
        if self.looks < self.parts && part < self.enough[k] {
            part
        } else {
            0.5 * (self.short[k] + self.enough[k])
        }
    }
}

/// Moves `x` to `share` of the way from clean row `i`. The whole way is `x` itself, to the bit.
fn between(task: &Task, i: usize, share: f32, x: &mut [f32]) {
    if share < 1.0 {
        for (x, clean) in x.iter_mut().zip(task.row(i)) {
            *x = clean + share * (*x - clean);
        }
    }
}
