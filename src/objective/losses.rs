//! Training losses. Classes are whole numbers; regression targets are rows.

use super::Objective;
use crate::kernel;

/// Softmax cross-entropy from logits: `log Σ eᶻ − z_label`, by log-sum-exp. Softmax-then-log would saturate and fake robustness.
#[derive(Debug, Clone, Copy)]
pub struct CrossEntropy<'a>(
    /// One class a row.
    pub &'a [u32],
);

/// Turns rows of logits into `eᶻ⁻ᵐᵃˣ`: all of a batch at once, because rows are often shorter than a vector.
pub(super) fn exponentials(z: &mut [f32], width: usize) {
    for row in z.chunks_exact_mut(width) {
        let max = maximum(row);
        row.iter_mut().for_each(|v| *v -= max);
    }
    kernel::map_in_place(z, kernel::exp);
}

fn maximum(row: &[f32]) -> f32 {
    row.iter().fold(f32::NEG_INFINITY, |m, &v| if m < v { v } else { m })
}

/// The kernel reads the bits of a normal number; what is none stays what it is.
fn ln(x: f32) -> f32 {
    if !x.is_finite() {
        return x;
    }
    kernel::each(x, kernel::ln)
}

impl Objective for CrossEntropy<'_> {
    fn eval(&self, y: &[f32], width: usize, values: &mut [f32], dy: &mut [f32]) {
        check(y, width, values, dy, self.0.len());
        dy.copy_from_slice(y);
        exponentials(dy, width);
        let rows = dy.chunks_exact_mut(width).zip(y.chunks_exact(width));
        for (((dy, y), value), &label) in rows.zip(values).zip(self.0) {
            let sum = kernel::sum(dy);
            kernel::scale(1.0 / sum, dy);
            // Apart, because log Σ eᶻ as one number has lost the first part's digits when logits are large.
            *value = ln(sum) + (maximum(y) - y[label as usize]);
            // p − 1 would lose every digit of a confident row; what the others have keeps them.
            dy[label as usize] = 0.0;
            dy[label as usize] = -kernel::sum(dy);
        }
    }
}

/// Mean over the row of `(y − target)²`.
#[derive(Debug, Clone, Copy)]
pub struct Mse<'a>(
    /// `N × width`.
    pub &'a [f32],
);

impl Objective for Mse<'_> {
    fn eval(&self, y: &[f32], width: usize, values: &mut [f32], dy: &mut [f32]) {
        check(y, width, values, dy, self.0.len() / width);
        let share = 1.0 / width as f32;
        if width < 4 {
            // Mostly one number or two: calls would take longer than the work.
            let mut errors = y.iter().zip(self.0).zip(dy);
            for value in values {
                let sum = errors.by_ref().take(width).fold(0.0, |sum, ((y, t), dy)| {
                    let e = y - t;
                    *dy = 2.0 * share * e;
                    sum + e * e
                });
                *value = share * sum;
            }
            return;
        }
        kernel::map2(y, self.0, dy, |y, t| y - t);
        for (dy, value) in dy.chunks_exact(width).zip(values) {
            *value = share * kernel::dot(dy, dy);
        }
        kernel::scale(2.0 * share, dy);
    }
}

/// Mean over the row of `½ e²` where `|e| ≤ delta`, `delta (|e| − ½ delta)` beyond (Huber 1964), `e = y − target`.
#[derive(Debug, Clone, Copy)]
pub struct Huber<'a> {
    /// `N × width`.
    pub targets: &'a [f32],
    /// Where the parabola becomes a line, above 0.
    pub delta: f32,
}

impl Objective for Huber<'_> {
    fn eval(&self, y: &[f32], width: usize, values: &mut [f32], dy: &mut [f32]) {
        check(y, width, values, dy, self.targets.len() / width);
        let (share, delta) = (1.0 / width as f32, self.delta);
        let rows = y.chunks_exact(width).zip(self.targets.chunks_exact(width));
        for (((y, t), dy), value) in rows.zip(dy.chunks_exact_mut(width)).zip(values) {
            *value = 0.0;
            for ((y, t), dy) in y.iter().zip(t).zip(dy) {
                let e = y - t;
                let inside = e.abs() <= delta;
                *value += share * if inside { 0.5 * e * e } else { delta * (e.abs() - 0.5 * delta) };
                *dy = share * kernel::clamp(e, -delta, delta);
            }
        }
    }
}

/// Multi-class hinge: mean over all classes of `max(0, 1 + z_i − z_label)`, i ≠ label (Weston & Watkins 1999).
#[derive(Debug, Clone, Copy)]
pub struct Hinge<'a>(
    /// One class a row.
    pub &'a [u32],
);

impl Objective for Hinge<'_> {
    fn eval(&self, y: &[f32], width: usize, values: &mut [f32], dy: &mut [f32]) {
        check(y, width, values, dy, self.0.len());
        let share = 1.0 / width as f32;
        let rows = y.chunks_exact(width).zip(dy.chunks_exact_mut(width));
        for (((y, dy), value), &label) in rows.zip(values).zip(self.0) {
            let label = label as usize;
            (*value, dy[label]) = (0.0, 0.0);
            for i in (0..width).filter(|&i| i != label) {
                let violation = 1.0 + y[i] - y[label];
                // A NaN counts, so that a run that diverged does not look finished.
                let violated = violation > 0.0 || violation.is_nan();
                dy[i] = if violated { share } else { 0.0 };
                if violated {
                    *value += share * violation;
                    dy[label] -= share;
                }
            }
        }
    }
}

fn check(y: &[f32], width: usize, values: &[f32], dy: &[f32], rows: usize) {
    assert_eq!(y.len(), rows * width, "one target a row");
    assert_eq!(y.len(), dy.len(), "gradient");
    assert_eq!(values.len(), rows, "values");
}
