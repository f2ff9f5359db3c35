//! What the visitor did to a set, as a list: applied from the start every time, so that it can be undone and redone.

use super::{MAX_CLASSES, MAX_POINTS, Points, split};
use crate::error::{Error, Result};
use crate::rng::Rng;
use std::sync::Arc;

/// One painted point has about this square to itself.
const SPACING: f32 = 0.04;

/// More than an afternoon of strokes; replaying them stays a matter of milliseconds.
const MAX_EDITS: usize = 10_000;

/// Where a brush touches the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Disc {
    /// Its middle.
    pub middle: [f32; 2],
    /// Its radius.
    pub radius: f32,
}

impl Disc {
    fn contains(&self, at: [f32; 2]) -> bool {
        let (dx, dy) = (at[0] - self.middle[0], at[1] - self.middle[1]);
        dx * dx + dy * dy <= self.radius * self.radius
    }
}

/// One thing done to a set.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each is the method of that name
pub enum Edit {
    Paint { class: u32, brush: Disc },
    Erase(Disc),
    Hole(Disc),
    Clear,
    Replace(Arc<Points>),
}

/// Edits done, and those undone that can be done again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edits {
    done: Vec<Edit>,
    undone: Vec<Edit>,
}

impl Edits {
    /// One dab: points of `class` up to an even density under the brush, and one at least.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a class or radius out of range, [`Error::NonFinite`] for a number that is not.
    pub fn paint(&mut self, class: f32, at: [f32; 2], radius: f32) -> Result<()> {
        let highest = MAX_CLASSES as f32 - 1.0;
        // A class that is no whole number is off by its own value from one that is.
        if !(0.0..=highest).contains(&class) || class != class.trunc() {
            return Err(parameter("class", 0.0, highest, class));
        }
        let brush = disc(at, radius)?;
        self.push(Edit::Paint { class: class as u32, brush })
    }

    /// Takes every point under the brush away.
    ///
    /// # Errors
    /// As [`Edits::paint`].
    pub fn erase(&mut self, at: [f32; 2], radius: f32) -> Result<()> {
        let brush = disc(at, radius)?;
        self.push(Edit::Erase(brush))
    }

    /// Takes the training points under the brush away and leaves the held-out ones: training and test then differ.
    ///
    /// # Errors
    /// As [`Edits::paint`].
    pub fn hole(&mut self, at: [f32; 2], radius: f32) -> Result<()> {
        let brush = disc(at, radius)?;
        self.push(Edit::Hole(brush))
    }

    /// Takes every point away.
    ///
    /// # Errors
    /// [`Error::TooMany`] edits.
    pub fn clear(&mut self) -> Result<()> {
        self.push(Edit::Clear)
    }

    /// Puts `points` in place of what there is. Where none of them is held out, the usual share will be.
    ///
    /// # Errors
    /// [`Error::TooMany`] points or edits.
    pub fn replace(&mut self, points: Points) -> Result<()> {
        within("points", MAX_POINTS, points.len())?;
        self.push(Edit::Replace(Arc::new(points)))
    }

    /// Takes the last edit back; false if there is none.
    pub fn undo(&mut self) -> bool {
        let edit = self.done.pop();
        let any = edit.is_some();
        self.undone.extend(edit);
        any
    }

    /// Does the edit last taken back again; false if there is none.
    pub fn redo(&mut self) -> bool {
        let edit = self.undone.pop();
        let any = edit.is_some();
        self.done.extend(edit);
        any
    }

    /// Every edit, those taken back last, and how many of them are taken back: done again in this order, they are these.
    pub fn all(&self) -> (impl Iterator<Item = &Edit>, usize) {
        (self.done.iter().chain(self.undone.iter().rev()), self.undone.len())
    }

    /// Whether nothing has been done.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// `base` with every edit done to it; of the painted points `share` is held out.
    ///
    /// # Errors
    /// [`Error::TooMany`] points.
    pub fn apply(&self, base: &Points, share: f32, rng: &Rng) -> Result<Points> {
        let fresh = |edit: &Edit| matches!(edit, Edit::Clear | Edit::Replace(_));
        let first = self.done.iter().rposition(fresh).unwrap_or(0);
        let mut points =
            if self.done.get(first).is_some_and(fresh) { Points::default() } else { base.clone() };
        let mut painted = [0u32; MAX_CLASSES];
        for (i, edit) in self.done.iter().enumerate().skip(first) {
            // A stream for each edit: undoing one moves no point of another.
            let mut rng = rng.fork(i as u64);
            match edit {
                Edit::Paint { class, brush } => {
                    dab(&mut points, *class, brush, share, &mut painted[*class as usize], &mut rng);
                }
                Edit::Erase(brush) | Edit::Hole(brush) => {
                    let spares = matches!(edit, Edit::Hole(_));
                    points.retain(|at, held_out| spares && held_out || !brush.contains(at));
                }
                Edit::Clear => points = Points::default(),
                Edit::Replace(new) => {
                    points = Points::clone(new);
                    if !points.held_out.contains(&true) {
                        split(&mut points, share, &mut rng);
                    }
                }
            }
            within("points", MAX_POINTS, points.len())?;
        }
        Ok(points)
    }

    fn push(&mut self, edit: Edit) -> Result<()> {
        within("edits", MAX_EDITS, self.done.len() + 1)?;
        self.undone.clear();
        self.done.push(edit);
        Ok(())
    }
}

fn dab(points: &mut Points, class: u32, brush: &Disc, share: f32, painted: &mut u32, rng: &mut Rng) {
    let room = std::f32::consts::PI * brush.radius * brush.radius / (SPACING * SPACING);
    let there =
        (0..points.len()).filter(|&i| points.class[i] == class && brush.contains(points.at(i))).count();
    for _ in 0..(room as usize).saturating_sub(there).max(1) {
        let [dx, dy] = in_disc(rng);
        let at = [brush.middle[0] + brush.radius * dx, brush.middle[1] + brush.radius * dy];
        if at.iter().all(|v| v.abs() <= 1.0) {
            // Held out whenever the running share passes a whole number: exact however short the strokes.
            let before = (*painted as f32 * share) as u32;
            *painted += 1;
            points.push(at, class, (*painted as f32 * share) as u32 > before);
        }
    }
}

/// Uniform in the unit disc, without an angle.
fn in_disc(rng: &mut Rng) -> [f32; 2] {
    loop {
        let at = [rng.range(-1.0, 1.0), rng.range(-1.0, 1.0)];
        if at[0] * at[0] + at[1] * at[1] <= 1.0 {
            return at;
        }
    }
}

fn disc(middle: [f32; 2], radius: f32) -> Result<Disc> {
    if !middle.iter().all(|v| v.is_finite()) {
        return Err(Error::NonFinite { name: "brush".into() });
    }
    if !(0.0..=1.0).contains(&radius) {
        return Err(parameter("radius", 0.0, 1.0, radius));
    }
    Ok(Disc { middle, radius })
}

fn parameter(name: &str, min: f32, max: f32, value: f32) -> Error {
    Error::Parameter { name: name.into(), min: min.into(), max: max.into(), value: value.into() }
}

fn within(what: &'static str, max: usize, got: usize) -> Result<()> {
    if got > max { Err(Error::TooMany { what, max, got }) } else { Ok(()) }
}
