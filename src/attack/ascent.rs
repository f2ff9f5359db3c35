//! One step uphill inside a ball: `x ← clip(project(x + α · steepest(∇)))`, of [`Pgd`](super::Pgd) and of whoever looks on between steps.

use super::{Ball, Domain};
use crate::kernel;

/// Moves `x` by a step of length `rate` in the ball's norm along the gradient in `direction` (against it if `rate` is negative), then to
/// the nearest point of the ball around `clean` and of the box. All three are as long; `direction` is left as the step of length 1.
pub fn ascend(ball: Ball, domain: Domain, clean: &[f32], rate: f32, direction: &mut [f32], x: &mut [f32]) {
    ball.norm.steepest(direction);
    kernel::axpy(rate, direction, x);
    ball.project(clean, x);
    domain.clip(clean, x);
}
