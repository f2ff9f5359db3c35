//! Update rules over one flat slice of parameters, and the rate as a function of the step.

mod rules;
mod schedule;

pub use rules::{Optimizer, Rule};
pub use schedule::Schedule;

use crate::kernel;
use std::ops::Range;

/// Adds the gradients of `l1 Σ|w| + ½ l2 Σw²` over `weights` (biases are left alone) to `grads`.
pub fn penalise(
    params: &[f32],
    weights: impl Iterator<Item = Range<usize>>,
    (l1, l2): (f32, f32),
    grads: &mut [f32],
) {
    if l1 == 0.0 && l2 == 0.0 {
        return;
    }
    for range in weights {
        let (w, g) = (&params[range.clone()], &mut grads[range]);
        if l2 != 0.0 {
            kernel::axpy(l2, w, g);
        }
        if l1 != 0.0 {
            for (g, &w) in g.iter_mut().zip(w) {
                // 0.signum() is 1 in Rust: a weight at zero is not pulled.
                *g += if w == 0.0 { 0.0 } else { l1 * w.signum() };
            }
        }
    }
}
