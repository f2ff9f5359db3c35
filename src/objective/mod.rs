//! Scalars of a network's output, row by row: training losses and attack goals are the same thing.

mod goals;
mod losses;

pub use goals::{Logit, LogitDifference, Margin};
pub use losses::{CrossEntropy, Hinge, Huber, Mse};

use crate::kernel;

/// A value per row and its gradient. Rows never mix: an attack needs them apart, and a trainer takes the [`mean`].
pub trait Objective {
    /// For each row of `y` (`N × width`): its value into `values` (`N`), and d value / d row into `dy` (`N × width`).
    ///
    /// # Panics
    /// If the lengths do not agree.
    fn eval(&self, y: &[f32], width: usize, values: &mut [f32], dy: &mut [f32]);
}

/// The batch mean of `objective`; `dy` is left holding the gradient of that mean.
pub fn mean(objective: &dyn Objective, y: &[f32], width: usize, values: &mut [f32], dy: &mut [f32]) -> f32 {
    objective.eval(y, width, values, dy);
    let share = 1.0 / values.len() as f32;
    kernel::scale(share, dy);
    kernel::sum(values) * share
}

/// Index of the largest entry; the first of equals.
pub fn argmax(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, v) in row.iter().enumerate() {
        if *v > row[best] {
            best = i;
        }
    }
    best
}

/// Softmax of each row of `z` (`N × width`), in place, by subtracting the row's maximum.
pub fn softmax(z: &mut [f32], width: usize) {
    losses::exponentials(z, width);
    for row in z.chunks_exact_mut(width) {
        kernel::scale(1.0 / kernel::sum(row), row);
    }
}
