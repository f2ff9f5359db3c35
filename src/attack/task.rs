//! What an attack is asked to do: these points, away from (or towards) these classes, without leaving this box.

use super::{Domain, Norm};
use crate::error::{Error, Result};
use crate::objective::argmax;
use crate::tensor::{BatchView, batch};
use std::sync::Arc;

/// Which way a row is to be pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Out of its class, anywhere.
    Untargeted,
    /// Into the class given for it.
    Targeted,
}

impl Goal {
    /// Whether logits `row` are where this goal wants them, for a row given `class`. An answer that is no number is nowhere.
    pub fn reached(self, row: &[f32], class: u32) -> bool {
        (argmax(row) == class as usize) == (self == Goal::Targeted) && row.iter().all(|z| z.is_finite())
    }
}

/// Clean rows, a class for each, a goal and a box. Shared between clones: an attack never changes it.
#[derive(Debug, Clone)]
pub struct Task {
    clean: Arc<[f32]>,
    classes: Arc<[u32]>,
    width: usize,
    /// What the classes mean.
    pub goal: Goal,
    /// Where pushed points may lie.
    pub domain: Domain,
}

impl Task {
    /// Pushes of `clean` (`N × d`) out of `classes` (`N`), inside `domain`.
    ///
    /// # Errors
    /// [`Error::Length`] unless `clean` divides into one row a class; [`Error::NonFinite`] for a clean value that is not.
    pub fn new(clean: &[f32], classes: &[u32], domain: Domain) -> Result<Self> {
        let width = clean.len().checked_div(classes.len()).unwrap_or(1);
        if width * classes.len() != clean.len() {
            return Err(Error::Length {
                what: "points under attack",
                expected: width * classes.len(),
                got: clean.len(),
            });
        }
        if !clean.iter().all(|v| v.is_finite()) {
            return Err(Error::NonFinite { name: "points under attack".into() });
        }
        Ok(Self { clean: clean.into(), classes: classes.into(), width, goal: Goal::Untargeted, domain })
    }

    /// The same, but into the classes instead of out of them.
    pub fn targeted(self) -> Self {
        Self { goal: Goal::Targeted, ..self }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there is nothing to attack.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// Features of a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Every clean point, `N × d`.
    pub fn clean(&self) -> &[f32] {
        &self.clean
    }

    /// Clean point `i`.
    pub fn row(&self, i: usize) -> &[f32] {
        self.of(&self.clean, i)
    }

    /// Class `i`: the one to leave, or the one to reach.
    pub fn class(&self, i: usize) -> u32 {
        self.classes[i]
    }

    /// The classes of rows `active`, into `classes`.
    pub(super) fn gather(&self, active: &[u32], classes: &mut Vec<u32>) {
        classes.clear();
        classes.extend(active.iter().map(|&i| self.class(i as usize)));
    }

    /// Row `i` of any `N × d`.
    pub(super) fn of<'a>(&self, x: &'a [f32], i: usize) -> &'a [f32] {
        &x[i * self.width..][..self.width]
    }

    /// Row `i` of any `N × d`, to write.
    pub(super) fn of_mut<'a>(&self, x: &'a mut [f32], i: usize) -> &'a mut [f32] {
        &mut x[i * self.width..][..self.width]
    }

    /// Any `N × d` as a batch.
    pub(super) fn view<'a>(&self, x: &'a [f32]) -> BatchView<'a> {
        batch(x, self.width)
    }

    /// How far row `i` of `x` is from its clean point.
    pub(super) fn size(&self, norm: Norm, x: &[f32], i: usize) -> f32 {
        norm.distance(self.of(x, i), self.row(i))
    }
}
