//! What is done to a gradient before it is followed: smoothing, and the pull of total variation.

use crate::kernel;
use crate::tensor::Shape;

/// Blurs that are mixed in: of variance 1 and 3 pixels².
const NARROW: usize = 2;
const WIDE: usize = 6;

/// `g = (1 − share) g + share · ½ (blur(g) + blur³(g))`, blur the binomial of five: a Laplacian pyramid's lower levels count for more than in
/// the gradient itself, and what is finer than the layer's grid for less (Mordvintsev et al. 2015). At the edges the last pixel goes on.
pub fn smooth(g: &mut [f32], shape: Shape, share: f32, work: &mut [Vec<f32>; 2]) {
    if share == 0.0 {
        return;
    }
    let [blurred, line] = work;
    blurred.clear();
    blurred.extend_from_slice(g);
    line.resize(shape.len(), 0.0);
    kernel::scale(1.0 - share, g);
    for pass in 1..=WIDE {
        blur(blurred, shape, line);
        if pass == NARROW || pass == WIDE {
            kernel::axpy(0.5 * share, blurred, g);
        }
    }
}

/// ¼, ½, ¼ across and down.
fn blur(x: &mut [f32], shape: Shape, y: &mut [f32]) {
    let (line, channels) = (shape.width * shape.channels, shape.channels);
    for (x, y) in x.chunks_exact(line).zip(y.chunks_exact_mut(line)) {
        let end = line - channels;
        quarters(&x[..end], &x[channels..], &mut y[..end]);
        // y holds ¼ (own + right): with its left neighbour's it is the sum.
        let last = &x[end..];
        y[end..].iter_mut().zip(last).for_each(|(y, x)| *y = 0.5 * x);
        for i in (channels..line).rev() {
            y[i] += y[i - channels];
        }
        y[..channels].iter_mut().zip(x).for_each(|(y, x)| *y += 0.5 * x);
    }
    let lines = shape.height;
    for i in 0..lines {
        let (above, below) = (i.saturating_sub(1), (i + 1).min(lines - 1));
        let of = |i: usize| &y[i * line..][..line];
        let (own, above, below) = (of(i), of(above), of(below));
        let x = &mut x[i * line..][..line];
        quarters(above, below, x);
        kernel::axpy(0.5, own, x);
    }
}

/// `z = ¼ (x + y)`
fn quarters(x: &[f32], y: &[f32], z: &mut [f32]) {
    kernel::map2(x, y, z, |x, y| kernel::F32x4::splat(0.25) * (x + y));
}

/// Flatter than this a place has no edge: keeps the gradient finite.
const FLAT: f32 = 1e-4;

/// Total variation Σ √(Δdown² + Δacross² + FLAT²) of `x` (Rudin et al. 1992), and its gradient times `weight`, added to `g`.
pub fn vary(x: &[f32], shape: Shape, weight: f32, g: &mut [f32]) -> f32 {
    let (line, channels) = (shape.width * shape.channels, shape.channels);
    let mut sum = 0.0;
    for i in 0..x.len() {
        let right = if i % line + channels < line { i + channels } else { i };
        let down = if i + line < x.len() { i + line } else { i };
        let (across, below) = (x[right] - x[i], x[down] - x[i]);
        let size = (across * across + below * below + FLAT * FLAT).sqrt();
        sum += size;
        let share = weight / size;
        g[right] += share * across;
        g[down] += share * below;
        g[i] -= share * (across + below);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { height: 5, width: 7, channels: 3 };

    #[test]
    fn a_blur_spreads_a_point_as_the_binomial_and_leaves_a_plain_picture() {
        let mut x = vec![0.0; SHAPE.len()];
        x[(2 * 7 + 3) * 3 + 1] = 256.0;
        let mut line = vec![0.0; SHAPE.len()];
        blur(&mut x, SHAPE, &mut line);
        blur(&mut x, SHAPE, &mut line);
        let middle: Vec<f32> = (1..6).map(|j| x[(2 * 7 + j) * 3 + 1]).collect();
        assert_eq!(middle, [6.0, 24.0, 36.0, 24.0, 6.0]);
        let column: Vec<f32> = (0..5).map(|i| x[(i * 7 + 3) * 3 + 1]).collect();
        // Above and below the last row stands for what is beyond.
        assert_eq!(column, [6.0, 24.0, 36.0, 24.0, 6.0]);
        assert!(x.iter().skip(2).step_by(3).all(|v| *v == 0.0), "channels stay apart");
        let mut plain = vec![0.7; SHAPE.len()];
        smooth(&mut plain, SHAPE, 0.8, &mut [Vec::new(), Vec::new()]);
        assert!(plain.iter().all(|v| (v - 0.7).abs() < 1e-6), "{plain:?}");
    }

    #[test]
    fn the_gradient_of_total_variation_is_that_of_finite_differences() {
        let mut rng = crate::rng::Rng::seeded(2);
        let x: Vec<f32> = (0..SHAPE.len()).map(|_| 10.0 * rng.uniform()).collect();
        let mut g = vec![0.0; x.len()];
        vary(&x, SHAPE, 1.0, &mut g);
        for i in 0..x.len() {
            let moved = |by: f32| {
                let mut x = x.clone();
                x[i] += by;
                vary(&x, SHAPE, 0.0, &mut vec![0.0; x.len()])
            };
            let slope = (moved(1e-2) - moved(-1e-2)) / 2e-2;
            assert!((slope - g[i]).abs() < 2e-2, "{i}: {slope} {}", g[i]);
        }
    }
}
