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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_directions_are_found_and_their_shares() {
        let mut rng = Rng::seeded(4);
        let mut directions: Vec<f32> = (0..2 * PIXELS).map(|_| rng.normal()).collect();
        orthonormal(&mut directions);
        let (u, v) = directions.split_at(PIXELS);
        let mut x = Vec::new();
        for _ in 0..400 {
            let (a, b) = (4.0 * rng.normal(), 2.0 * rng.normal());
            x.extend(u.iter().zip(v).map(|(u, v)| 0.3 + a * u + b * v + 0.02 * rng.normal()));
        }
        let mut search = Search::new(&x);
        while !search.round() {}
        let test = Examples { x: x[..3 * PIXELS].to_vec(), width: PIXELS, classes: vec![5, 6, 7] };
        let cloud = search.end(&test);
        for (axis, truth) in cloud.axes.chunks(PIXELS).zip([u, v]) {
            assert!(dot(axis, truth).abs() > 0.999, "{}", dot(axis, truth));
            assert!((dot(axis, axis) - 1.0).abs() < 1e-4);
        }
        // Variances 16, 4, and 784 · 0.0004.
        let [a, b] = cloud.share;
        assert!((a - 16.0 / 20.3).abs() < 0.04 && (b - 4.0 / 20.3).abs() < 0.04, "{a} {b}");
        assert_eq!(cloud.points.len(), 3);
        assert_eq!((cloud.points[1][2], cloud.place(&x[PIXELS..2 * PIXELS])[0]), (6.0, cloud.points[1][0]));
    }
}
