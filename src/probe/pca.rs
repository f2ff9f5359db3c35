//! Principal axes of a set of rows: the directions in which it is widest, as orthonormal columns of `rows × k`.

use crate::kernel::{column_norm, svd};

/// Where a set of rows is centred, its widest directions, and what share of its variance each of them holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Axes {
    /// Mean of every column.
    pub mean: Vec<f32>,
    /// `k × width`, one direction a row.
    pub directions: Vec<f32>,
    /// Share of the whole variance, largest first.
    pub share: Vec<f32>,
}

/// The `k` principal axes of `x` (`N × width`). Each is turned so that its largest component is positive: the sign of an
/// axis means nothing, and a picture should not flip.
///
/// # Panics
/// If `k > width`, or `x` is no whole number of rows.
pub fn principal_axes(x: &[f32], width: usize, k: usize) -> Axes {
    assert!(k <= width && x.len().is_multiple_of(width), "{k} axes of rows of {width}");
    let n = (x.len() / width).max(1) as f64;
    let mut mean = vec![0.0; width];
    for row in x.chunks_exact(width) {
        mean.iter_mut().zip(row).for_each(|(m, v)| *m += f64::from(*v) / n);
    }
    let mut covariance = vec![0.0; width * width];
    for row in x.chunks_exact(width) {
        for (i, line) in covariance.chunks_exact_mut(width).enumerate() {
            let left = f64::from(row[i]) - mean[i];
            for (j, c) in line.iter_mut().enumerate() {
                *c += left * (f64::from(row[j]) - mean[j]) / n;
            }
        }
    }
    // Symmetric and positive: its singular vectors are its eigenvectors.
    let mut v = vec![0.0; width * width];
    svd(&mut covariance, width, &mut v);
    let variance: Vec<f64> = (0..width).map(|p| column_norm(&covariance, width, p)).collect();
    let all: f64 = variance.iter().sum();
    let direction = |p: usize| {
        let column: Vec<f64> = v.chunks_exact(width).map(|row| row[p]).collect();
        let largest = column.iter().fold(0.0_f64, |most, c| if c.abs() > most.abs() { *c } else { most });
        let sign = if largest < 0.0 { -1.0 } else { 1.0 };
        column.into_iter().map(move |c| (sign * c) as f32)
    };
    Axes {
        mean: mean.iter().map(|m| *m as f32).collect(),
        directions: (0..k).flat_map(direction).collect(),
        share: variance[..k].iter().map(|s| if all > 0.0 { (s / all) as f32 } else { 0.0 }).collect(),
    }
}
