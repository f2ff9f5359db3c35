//! The discrete Hartley transform `X[k] = Σ x[n] cas(2π k n / N) / √N`, cas = cos + sin (Hartley 1942, Bracewell 1983), of rows and columns.
//!
//! Fourier's, with real numbers for real numbers, and its own inverse. Coefficients k and N − k hold together what Fourier's pair holds, so energies
//! by frequency are the same. As a product with a matrix: at the sizes of a figure that is a few milliseconds, whatever N's factors.

use super::{Mat, Write, gemm};
use std::f64::consts::TAU;

/// The transform of planes of `height × width` numbers.
#[derive(Debug, Clone)]
pub struct Hartley {
    height: usize,
    width: usize,
    /// `height × height`, and `width × width`; each is its own transpose.
    columns: Vec<f32>,
    rows: Vec<f32>,
}

/// `cas(2π k n / N) / √N`
fn matrix(n: usize) -> Vec<f32> {
    let norm = (n as f64).sqrt();
    let cas: Vec<f32> = (0..n)
        .map(|i| {
            let angle = TAU * i as f64 / n as f64;
            ((libm::cos(angle) + libm::sin(angle)) / norm) as f32
        })
        .collect();
    (0..n * n).map(|i| cas[(i / n) * (i % n) % n]).collect()
}

impl Hartley {
    /// For planes of that size.
    pub fn new(height: usize, width: usize) -> Self {
        Self { height, width, columns: matrix(height), rows: matrix(width) }
    }

    /// Transforms every plane of `x` (planes × height × width) into `y`, and `y` likewise into `x`. `work` is as long as a plane.
    ///
    /// # Panics
    /// If the lengths do not agree.
    pub fn apply(&self, x: &[f32], y: &mut [f32], work: &mut Vec<f32>) {
        let (h, w) = (self.height, self.width);
        work.resize(h * w, 0.0);
        for (x, y) in x.chunks_exact(h * w).zip(y.chunks_exact_mut(h * w)) {
            gemm(Mat::new(x, h, w), Mat::new(&self.rows, w, w), work, Write::Set);
            gemm(Mat::new(&self.columns, h, h), Mat::new(work, h, w), y, Write::Set);
        }
    }

    /// Frequency of coefficient `i` of a plane, in cycles a pixel: from 0 to √½.
    pub fn frequency(&self, i: usize) -> f32 {
        let along = |k: usize, n: usize| k.min(n - k) as f32 / n as f32;
        let (down, across) = (along(i / self.width, self.height), along(i % self.width, self.width));
        (down * down + across * across).sqrt()
    }

    /// The share of the energy of plane `x`, its mean left out, that lies above `frequency`; none of a plane of one colour.
    pub fn share_above(&self, frequency: f32, x: &[f32]) -> f32 {
        let mean = super::sum(x) / x.len() as f32;
        let x: Vec<f32> = x.iter().map(|x| x - mean).collect();
        let (mut y, mut above, mut all) = (vec![0.0; x.len()], 0.0, 0.0);
        self.apply(&x, &mut y, &mut Vec::new());
        for (i, y) in y.iter().enumerate().skip(1) {
            all += y * y;
            if self.frequency(i) > frequency {
                above += y * y;
            }
        }
        if all > 0.0 { above / all } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_its_own_inverse_at_any_size_and_keeps_the_energy() {
        for (h, w) in [(28, 28), (9, 14), (1, 5), (96, 96)] {
            let mut rng = crate::rng::Rng::seeded(1);
            let x: Vec<f32> = (0..2 * h * w).map(|_| rng.normal()).collect();
            let (mut y, mut back, mut work) = (x.clone(), x.clone(), Vec::new());
            let hartley = Hartley::new(h, w);
            hartley.apply(&x, &mut y, &mut work);
            hartley.apply(&y, &mut back, &mut work);
            let far = x.iter().zip(&back).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(far < 1e-5, "{h} × {w}: {far}");
            let energy = |x: &[f32]| x.iter().map(|v| v * v).sum::<f32>();
            assert!((energy(&x) / energy(&y) - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn a_wave_is_found_at_its_frequency() {
        let wave = |cycles: f32| -> Vec<f32> {
            (0..28 * 28)
                .map(|i| libm::sinf(std::f32::consts::TAU * cycles * (i % 28) as f32 / 28.0) + 3.0)
                .collect()
        };
        let hartley = Hartley::new(28, 28);
        assert!(hartley.share_above(0.25, &wave(6.0)) < 1e-6);
        assert!(hartley.share_above(0.25, &wave(9.0)) > 0.999);
        assert_eq!(hartley.share_above(0.25, &[0.5; 784]), 0.0);
    }
}
