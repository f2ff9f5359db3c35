//! `y[p, c] = b[c] + Σ x[s p + t, c] w[t, c]` for one picture: every channel by itself, channels as lanes.
//!
//! A tile of four places by eight channels stays in registers while the window goes by. Each sum is taken in ascending order of t.

use super::conv::Runs;
use super::lanes::{F32x4, madd_channels, store_tile};

/// `x` with its zeros around, `w: taps × channels`, `bias` a number a channel or empty; place (i, j) is written from
/// `i · to[1] + j · to[0]` of `y` on.
pub fn depthwise(
    x: &[f32],
    runs: &Runs,
    w: &[f32],
    bias: &[f32],
    y: &mut [f32],
    (channels, to): (usize, [usize; 2]),
) {
    let [high, wide] = runs.places;
    let window = (runs.count, runs.len / channels);
    let taps = Taps { x, row: runs.row, window, w, bias, channels, step: (runs.step[0], to[0]) };
    for row in 0..high {
        let mut column = 0;
        while column < wide {
            let at = (row * runs.step[1] + column * runs.step[0], row * to[1] + column * to[0]);
            column += match wide - column {
                4.. => taps.strip::<4>(at, y),
                2..4 => taps.strip::<2>(at, y),
                _ => taps.strip::<1>(at, y),
            };
        }
    }
}

struct Taps<'a> {
    x: &'a [f32],
    /// From a row of pixels to the next.
    row: usize,
    /// Rows and columns of the window.
    window: (usize, usize),
    w: &'a [f32],
    bias: &'a [f32],
    channels: usize,
    /// From one place to the next in x and in y.
    step: (usize, usize),
}

impl Taps<'_> {
    /// All channels of `P` places that begin at `at` in x and in y; gives `P`.
    #[inline(never)]
    fn strip<const P: usize>(&self, at: (usize, usize), y: &mut [f32]) -> usize {
        let mut j = 0;
        while self.channels - j >= 8 {
            self.tile::<P, 2>(at, j, y);
            j += 8;
        }
        while self.channels - j >= 4 {
            self.tile::<P, 1>(at, j, y);
            j += 4;
        }
        for j in j..self.channels {
            for p in 0..P {
                y[at.1 + p * self.step.1 + j] = self.one(at.0 + p * self.step.0 + j, j);
            }
        }
        P
    }

    #[inline(always)]
    fn tile<const P: usize, const NV: usize>(&self, at: (usize, usize), j: usize, y: &mut [f32]) {
        let begin = if self.bias.is_empty() {
            [F32x4::splat(0.0); NV]
        } else {
            let bias = self.bias[j..j + 4 * NV].as_chunks::<4>().0;
            std::array::from_fn(|v| F32x4::load(&bias[v]))
        };
        let (window, way) = (self.window, (self.step.0, self.row, self.channels));
        let sums = madd_channels::<P, NV>(window, &self.x[at.0 + j..], way, &self.w[j..], [begin; P]);
        store_tile(&sums, &mut y[at.1 + j..], self.step.1);
    }

    /// A channel that fills no vector: rare, and written once.
    #[inline(never)]
    fn one(&self, x: usize, j: usize) -> f32 {
        let (rows, columns) = self.window;
        let mut sum = if self.bias.is_empty() { 0.0 } else { self.bias[j] };
        for tap in 0..rows * columns {
            let from = x + tap / columns * self.row + tap % columns * self.channels;
            sum += self.x[from] * self.w[tap * self.channels + j];
        }
        sum
    }
}
