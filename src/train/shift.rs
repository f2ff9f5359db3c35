//! Pictures shifted by a few pixels before they are learned from: `y[r, c] = x[r − down, c − right]`, zeros from outside.

use crate::rng::Rng;
use crate::tensor::Shape;

/// How far each picture of a minibatch is moved, up or down and left or right, evenly among whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// How a row is laid out as a picture.
    pub shape: Shape,
    /// Most pixels either way.
    pub most: u32,
}

impl Shift {
    /// A draw, of −`most` to `most` pixels down and to the right.
    pub fn draw(self, rng: &mut Rng) -> (i32, i32) {
        let mut way = || rng.below(2 * self.most + 1) as i32 - self.most as i32;
        (way(), way())
    }

    /// `x` moved `down` and `right`, into `y`.
    ///
    /// # Panics
    /// If either is no picture of this shape.
    pub fn apply(self, x: &[f32], (down, right): (i32, i32), y: &mut [f32]) {
        let Shape { height, width, channels } = self.shape;
        assert!(x.len() == self.shape.len() && y.len() == x.len(), "a picture of {}", self.shape);
        y.fill(0.0);
        // Rows, then columns of y that something is moved to.
        let span = |by: i32, len: usize| {
            let len = len as i32;
            (by.clamp(0, len) as usize, (len + by).clamp(0, len) as usize)
        };
        let ((top, bottom), (left, end)) = (span(down, height), span(right, width));
        if left >= end {
            return;
        }
        for row in top..bottom {
            let from = (row as i32 - down) as usize * width + (left as i32 - right) as usize;
            let (from, to) = (from * channels, (row * width + left) * channels);
            let len = (end - left) * channels;
            y[to..to + len].copy_from_slice(&x[from..from + len]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { height: 4, width: 3, channels: 2 };

    #[test]
    fn every_pixel_goes_where_it_should_and_what_comes_in_is_black() {
        let x: Vec<f32> = (1..=24).map(|v| v as f32).collect();
        let (shift, mut y) = (Shift { shape: SHAPE, most: 2 }, vec![9.0; 24]);
        for down in -6..=6 {
            for right in -6..=6 {
                shift.apply(&x, (down, right), &mut y);
                for (i, &v) in y.iter().enumerate() {
                    let (row, column, channel) = ((i / 6) as i32, (i / 2 % 3) as i32, i % 2);
                    let (r, c) = (row - down, column - right);
                    let inside = (0..4).contains(&r) && (0..3).contains(&c);
                    let expected = if inside { x[(r * 6 + c * 2) as usize + channel] } else { 0.0 };
                    assert_eq!(v, expected, "({down}, {right}): ({row}, {column}, {channel})");
                }
            }
        }
    }

    #[test]
    fn every_shift_is_as_likely_as_any_other() {
        let (shift, mut rng, mut counts) = (Shift { shape: SHAPE, most: 2 }, Rng::seeded(1), [0u32; 25]);
        for _ in 0..25_000 {
            let (down, right) = shift.draw(&mut rng);
            counts[(5 * (down + 2) + right + 2) as usize] += 1;
        }
        assert!(counts.iter().all(|n| (850..1_150).contains(n)), "{counts:?}");
    }
}
