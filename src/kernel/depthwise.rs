//! `y[p, c] = b[c] + Σ x[s p + t, c] w[t, c]` for one picture: every channel by itself, channels as lanes.
//!
//! No zeros are written around the picture: taps beyond its edges are left out. Each sum is taken in ascending order of t.

use super::lanes::{F32x4, madd_channels, store_tile};
use crate::tensor::Shape;
use std::array::from_fn;

/// A picture, and a window on every channel of it.
#[derive(Debug)]
pub struct Depthwise<'a> {
    /// The picture.
    pub x: &'a [f32],
    /// Its geometry.
    pub from: Shape,
    /// `taps × channels`
    pub w: &'a [f32],
    /// Rows and columns of the window.
    pub taps: [usize; 2],
    /// One number a channel, or empty.
    pub bias: &'a [f32],
    /// Pixels from one place to the next, both ways.
    pub stride: usize,
    /// Row and column of the pixel under the first place's first tap, less than zero before the picture's first.
    pub first: [isize; 2],
}

/// Places of a row that share what they load.
const WIDE: usize = 4;

/// The part of a window, along one axis, that is inside the picture.
#[derive(Clone, Copy)]
struct Part {
    /// The first tap inside, how many there are, and the pixel under the first.
    tap: usize,
    count: usize,
    pixel: usize,
}

/// Of `taps` that stand on a picture of `length` pixels from `at` on.
fn inside(at: isize, taps: usize, length: usize) -> Part {
    let (tap, pixel) = (taps.min((-at).max(0) as usize), length.min(at.max(0) as usize));
    Part { tap, count: (taps - tap).min(length - pixel), pixel }
}

impl Depthwise<'_> {
    /// Row `i` of places, `wide` of them, into `y`: `step` numbers from one to the next.
    pub fn row(&self, i: usize, y: &mut [f32], (wide, step): (usize, usize)) {
        let line = match (self.taps[1], self.stride) {
            (1, 1) => Self::line::<1, 1>,
            (2, 1) => Self::line::<2, 1>,
            (3, 1) => Self::line::<3, 1>,
            (5, 1) => Self::line::<5, 1>,
            (3, 2) => Self::line::<3, 2>,
            (5, 2) => Self::line::<5, 2>,
            _ => Self::line::<0, 0>,
        };
        line(self, i, y, (wide, step));
    }

    /// Of windows `K` columns wide and `S` pixels apart, which are the taps' and the stride if they are not 0.
    #[inline(never)]
    fn line<const K: usize, const S: usize>(&self, i: usize, y: &mut [f32], (wide, step): (usize, usize)) {
        let rows = inside(self.at(0, i), self.taps[0], self.from.height);
        let whole = |p: &usize| {
            let at = self.at(1, *p);
            at >= 0 && at as usize + K <= self.from.width
        };
        // Places whose windows reach beyond neither side.
        let low = (0..wide).find(whole).unwrap_or(wide);
        let high = low + (low..wide).take_while(whole).count();
        let mut p = 0;
        while p < wide {
            let tiled = K > 0 && (low..high).contains(&p) && high - low >= WIDE;
            if tiled {
                // The last tile may stand on places that are done: they are done again, to the same bits.
                let at = p.min(high - WIDE);
                let columns = Part { tap: 0, count: K, pixel: self.at(1, at) as usize };
                self.under(rows, columns, S).channels::<WIDE, 1>(0, &mut y[at * step..], step);
                p = at + WIDE;
            } else {
                self.place(rows, p, &mut y[p * step..]);
                p += 1;
            }
        }
        for j in self.from.channels / 4 * 4..self.from.channels {
            for p in 0..wide {
                let columns = inside(self.at(1, p), self.taps[1], self.from.width);
                y[p * step + j] = self.under(rows, columns, 0).one(j);
            }
        }
    }

    /// A place whose window may reach beyond a side.
    #[inline(never)]
    fn place(&self, rows: Part, p: usize, y: &mut [f32]) {
        let under = self.under(rows, inside(self.at(1, p), self.taps[1], self.from.width), 0);
        let j = under.channels::<1, 4>(0, y, 0);
        under.channels::<1, 1>(j, y, 0);
    }

    /// Where place `p` along an axis has its first tap.
    fn at(&self, axis: usize, p: usize) -> isize {
        self.first[axis] + (p * self.stride) as isize
    }

    /// What is under these rows and columns of the window, places being `stride` pixels apart.
    #[inline(always)]
    fn under(&self, rows: Part, columns: Part, stride: usize) -> Under<'_> {
        let (Shape { width, channels, .. }, across) = (self.from, self.taps[1]);
        let (pixel, tap) = (rows.pixel * width + columns.pixel, rows.tap * across + columns.tap);
        Under {
            x: self.x.get(pixel * channels..).unwrap_or_default(),
            w: self.w.get(tap * channels..).unwrap_or_default(),
            bias: self.bias,
            count: if columns.count == 0 { 0 } else { rows.count },
            len: columns.count,
            channels,
            step: stride * channels,
            row: [width * channels, across * channels],
        }
    }
}

/// Pixels and taps that meet, from the first of each on.
struct Under<'a> {
    x: &'a [f32],
    w: &'a [f32],
    bias: &'a [f32],
    /// Rows, and columns.
    count: usize,
    len: usize,
    channels: usize,
    /// From a place to the next in x.
    step: usize,
    /// From a row to the next in x and in w.
    row: [usize; 2],
}

impl Under<'_> {
    /// Of `P` places all whole groups of `NV` vectors of channels, from channel `j` on; gives the first that is left.
    #[inline(always)]
    fn channels<const P: usize, const NV: usize>(&self, mut j: usize, y: &mut [f32], step: usize) -> usize {
        let way = (self.step, self.row[0], self.channels);
        while self.channels - j >= 4 * NV {
            let begin: [F32x4; NV] = if self.bias.is_empty() {
                [F32x4::splat(0.0); NV]
            } else {
                let bias = self.bias[j..j + 4 * NV].as_chunks::<4>().0;
                from_fn(|v| F32x4::load(&bias[v]))
            };
            let (x, w) = (self.x.get(j..).unwrap_or_default(), self.w.get(j..).unwrap_or_default());
            let window = (self.count, self.len);
            let sums = madd_channels::<P, NV>(window, x, way, (w, self.row[1]), [begin; P]);
            store_tile(&sums, &mut y[j..], step);
            j += 4 * NV;
        }
        j
    }

    /// A channel that fills no vector: rare, and written once.
    #[inline(never)]
    fn one(&self, j: usize) -> f32 {
        let mut sum = if self.bias.is_empty() { 0.0 } else { self.bias[j] };
        for q in 0..self.count {
            for t in 0..self.len {
                let at = t * self.channels + j;
                sum += self.x[q * self.row[0] + at] * self.w[q * self.row[1] + at];
            }
        }
        sum
    }
}
