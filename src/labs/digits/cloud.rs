//! Digits as a cloud of points: test digits along the two widest directions of training digits.
//!
//! By iterating a subspace on the pictures themselves: the covariance of 784 pixels would take Jacobi's rotations half a
//! minute. Six directions are carried along so that the first two converge in a few rounds: the seventh of MNIST is half as
//! wide as the second.

use super::files::PIXELS;
use crate::kernel::{axpy, dot, scale, sum_rows};
use crate::probe::principal_axes;
use crate::rng::Rng;
use crate::train::Examples;

/// Training digits looked at.
const ROWS: usize = 1_000;
const CARRIED: usize = 6;
const ROUNDS: usize = 16;

/// Where the cloud is centred, its axes, and its points.
#[derive(Debug)]
pub struct Cloud {
    mean: Vec<f32>,
    /// `2 × 784`.
    axes: Vec<f32>,
    /// Share of the variance along each.
    pub share: [f32; 2],
    /// x, y, class.
    pub points: Vec<[f32; 3]>,
}

/// The search for it, a round at a time.
#[derive(Debug)]
pub struct Search {
    /// Training digits less their mean.
    x: Vec<f32>,
    mean: Vec<f32>,
    /// `6 × 784`.
    basis: Vec<f32>,
    rounds: usize,
}

impl Search {
    /// In the first rows of `train` (`N × 784`).
    pub fn new(train: &[f32]) -> Self {
        let mut x = train[..train.len().min(ROWS * PIXELS)].to_vec();
        let mut mean = vec![0.0; PIXELS];
        sum_rows(&x, &mut mean);
        scale(PIXELS as f32 / x.len() as f32, &mut mean);
        x.chunks_exact_mut(PIXELS).for_each(|row| axpy(-1.0, &mean, row));
        let mut rng = Rng::seeded(1);
        let mut basis: Vec<f32> = (0..CARRIED * PIXELS).map(|_| rng.normal()).collect();
        orthonormal(&mut basis);
        Self { x, mean, basis, rounds: 0 }
    }

    /// One round; whether it was the last.
    pub fn round(&mut self) -> bool {
        let share = PIXELS as f32 / self.x.len() as f32;
        let mut next = vec![0.0; self.basis.len()];
        for row in self.x.chunks_exact(PIXELS) {
            for (v, next) in self.basis.chunks_exact(PIXELS).zip(next.chunks_exact_mut(PIXELS)) {
                axpy(dot(v, row) * share, row, next);
            }
        }
        orthonormal(&mut next);
        self.basis = next;
        self.rounds += 1;
        self.rounds >= ROUNDS
    }

    /// The axes, and where `test` lies along them.
    pub fn end(&self, test: &Examples) -> Cloud {
        // Within the subspace the axes are those of six coordinates.
        let along = |row| self.basis.chunks_exact(PIXELS).map(move |v| dot(v, row));
        let inside: Vec<f32> = self.x.chunks_exact(PIXELS).flat_map(along).collect();
        let small = principal_axes(&inside, CARRIED, 2);
        let mut axes = vec![0.0; 2 * PIXELS];
        for (axis, mix) in axes.chunks_exact_mut(PIXELS).zip(small.directions.chunks_exact(CARRIED)) {
            mix.iter().zip(self.basis.chunks_exact(PIXELS)).for_each(|(m, v)| axpy(*m, v, axis));
            let largest = axis.iter().fold(0.0_f32, |most, v| if v.abs() > most.abs() { *v } else { most });
            if largest < 0.0 {
                scale(-1.0, axis);
            }
        }
        let (all, kept) = (dot(&self.x, &self.x), dot(&inside, &inside));
        let share = if all > 0.0 { kept / all } else { 0.0 };
        let share = [small.share[0] * share, small.share[1] * share];
        let mut cloud = Cloud { mean: self.mean.clone(), axes, share, points: Vec::with_capacity(test.len()) };
        for (row, &class) in test.x.chunks_exact(PIXELS).zip(&test.classes) {
            let [x, y] = cloud.place(row);
            cloud.points.push([x, y, class as f32]);
        }
        cloud
    }
}

impl Cloud {
    /// Where a picture lies along the axes.
    pub fn place(&self, picture: &[f32]) -> [f32; 2] {
        let along = |axis: &[f32]| {
            picture.iter().zip(&self.mean).zip(axis).map(|((x, m), a)| (x - m) * a).sum::<f32>()
        };
        [along(&self.axes[..PIXELS]), along(&self.axes[PIXELS..])]
    }
}

/// Makes the rows of `basis` orthonormal, one after the other (Gram & Schmidt).
fn orthonormal(basis: &mut [f32]) {
    for k in 0..basis.len() / PIXELS {
        let (before, rest) = basis.split_at_mut(k * PIXELS);
        let v = &mut rest[..PIXELS];
        for u in before.chunks_exact(PIXELS) {
            axpy(-dot(u, v), u, v);
        }
        let length = dot(v, v).sqrt();
        if length > 0.0 {
            scale(1.0 / length, v);
        }
    }
}
