//! The memory of MI-FGSM (Dong et al. 2018): `g ← μ g + ∇ / ‖∇‖₁`, and the step follows g instead of ∇.

use crate::kernel::{Norm, axpy, scale};

/// One g a row. What a row climbs does not depend on the others.
#[derive(Debug, Clone)]
pub struct Momentum {
    /// μ: what is left of g a step later.
    pub decay: f32,
    /// `N × d`.
    sums: Vec<f32>,
}

impl Momentum {
    /// `len` zeros.
    pub fn new(decay: f32, len: usize) -> Self {
        Self { decay, sums: vec![0.0; len] }
    }

    /// Forgets: a new try begins.
    pub fn reset(&mut self) {
        self.sums.fill(0.0);
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        4 * self.sums.capacity()
    }

    /// Adds the gradient of row `i` and leaves the row's g in its place. Without a gradient g only fades.
    pub fn take(&mut self, i: usize, gradient: &mut [f32]) {
        let sum = &mut self.sums[i * gradient.len()..][..gradient.len()];
        scale(self.decay, sum);
        let length = Norm::One.of(gradient);
        if length > 0.0 && length.is_finite() {
            // Divided rather than multiplied: the inverse of a vanishing length is infinite.
            gradient.iter_mut().for_each(|g| *g /= length);
            axpy(1.0, gradient, sum);
        }
        gradient.copy_from_slice(sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_sum_what_they_saw_in_shares_of_the_first_norm() {
        let mut momentum = Momentum::new(0.5, 4);
        let mut g = [3.0, -1.0];
        momentum.take(1, &mut g);
        assert_eq!(g, [0.75, -0.25]);
        let mut g = [0.0, -8.0];
        momentum.take(1, &mut g);
        assert_eq!(g, [0.375, -1.125]);
        let mut g = [0.0, 0.0];
        momentum.take(1, &mut g);
        assert_eq!(g, [0.1875, -0.5625], "without a gradient it fades");
        let mut other = [1e-40, 0.0];
        momentum.take(0, &mut other);
        assert_eq!(other, [1.0, 0.0], "rows do not share, and the smallest numbers have a direction");
        for wrong in [f32::NAN, f32::INFINITY] {
            let mut g = [wrong, 1.0];
            momentum.take(1, &mut g);
            assert!(g.iter().all(|g| g.is_finite()), "{wrong}");
        }
        momentum.reset();
        let mut g = [1.0, 1.0];
        momentum.take(1, &mut g);
        assert_eq!(g, [0.5, 0.5]);
    }
}
