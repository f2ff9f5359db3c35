//! `y[p, c] = Σ x[s p + t] w[t, c]`: convolution of one picture as a matrix product whose left side is never written out.
//!
//! Pictures are height × width × channels, so the pixels under one row of a window are one run of numbers. A tile of up
//! to five places by eight channels stays in registers while the runs of its window go by; each sum is taken in ascending
//! order of t whatever the tile, so a result never depends on its neighbours. Patches written out (im2col) were no faster
//! at nine taps a pixel and nine times the memory.

use super::lanes::{F32x4, HIGH, load_tile, madd_tile, madd_window, store_tile};
use super::tile::tile;
use super::vector::copy_few;
use crate::tensor::Shape;
use std::array::from_fn;

/// Where the numbers under a window stand in a picture whose zeros around are written out.
#[derive(Debug, Clone, Copy)]
pub struct Runs {
    /// Rows of the window.
    pub count: usize,
    /// Numbers in one of its rows: columns × channels.
    pub len: usize,
    /// From a row of pixels to the next.
    pub row: usize,
    /// From one place of the window to the next in its row, and from one row of places to the next.
    pub step: [usize; 2],
    /// Rows and columns of places.
    pub places: [usize; 2],
}

/// Copies a picture into a larger one, its first pixel to `at`. What falls beyond is left out.
pub fn place(x: &[f32], from: Shape, y: &mut [f32], to: Shape, at: [usize; 2]) {
    assert_eq!((x.len(), y.len()), (from.len(), to.len()), "pictures");
    let (rows, columns) = (from.height.min(to.height - at[0]), from.width.min(to.width - at[1]));
    let c = from.channels;
    for r in 0..rows {
        let x = &x[r * from.width * c..][..columns * c];
        copy_row(x, &mut y[((at[0] + r) * to.width + at[1]) * c..][..columns * c]);
    }
}

/// Zeros wherever [`place`] would not write.
pub fn frame(y: &mut [f32], to: Shape, from: Shape, at: [usize; 2]) {
    let c = to.channels;
    for (row, y) in y.chunks_exact_mut(to.width * c).enumerate() {
        if row < at[0] || row >= at[0] + from.height {
            y.fill(0.0);
        } else {
            y[..at[1] * c].fill(0.0);
            y[((at[1] + from.width).min(to.width)) * c..].fill(0.0);
        }
    }
}

/// A row of pixels: mostly short, and a copy of unknown length is a call out of wasm.
#[inline(always)]
fn copy_row(x: &[f32], y: &mut [f32]) {
    let ((xs, x_tail), (ys, y_tail)) = (x.as_chunks::<4>(), y.as_chunks_mut::<4>());
    for (x, y) in xs.iter().zip(ys) {
        F32x4::load(x).store(y);
    }
    copy_few(x_tail, y_tail);
}

/// Numbers that [`pack`] writes for `k × n` weights.
pub const fn packed_len(k: usize, n: usize) -> usize {
    k * n.next_multiple_of(4)
}

/// Weights `k × n` in panels of eight columns, the last of four if that is enough; `at(k, n)` is the weight.
pub fn pack(k: usize, n: usize, at: impl Fn(usize, usize) -> f32, panels: &mut [f32]) {
    let mut rest = &mut panels[..packed_len(k, n)];
    for j in (0..n).step_by(8) {
        let wide = (n - j).next_multiple_of(4).min(8);
        let (panel, after) = rest.split_at_mut(k * wide);
        for (p, row) in panel.chunks_exact_mut(wide).enumerate() {
            for (q, w) in row.iter_mut().enumerate() {
                *w = if j + q < n { at(p, j + q) } else { 0.0 };
            }
        }
        rest = after;
    }
}

/// Most numbers of k summed before `y` is touched: a panel of that height stays in the cache while places go by.
const BLOCK: usize = 512;

/// `y = x ∗ w + bias` for one picture. `x` with its zeros around, `panels` from [`pack`], `bias` one number a channel or
/// empty, `y: places × channels`.
pub fn correlate(x: &[f32], runs: &Runs, panels: &[f32], bias: &[f32], y: &mut [f32], channels: usize) {
    let [high, wide] = runs.places;
    assert_eq!(y.len(), high * wide * channels, "places of {high} × {wide}");
    correlate_to(x, runs, panels, bias, y, (channels, [channels, wide * channels]));
}

/// [`correlate`] whose place (i, j) is written from `i · to[1] + j · to[0]` of `y` on.
pub fn correlate_to(
    x: &[f32],
    runs: &Runs,
    panels: &[f32],
    bias: &[f32],
    y: &mut [f32],
    (channels, to): (usize, [usize; 2]),
) {
    let k = runs.count * runs.len;
    let at_once = (BLOCK / runs.len).clamp(1, runs.count);
    for j in (0..channels).step_by(8) {
        let (columns, y) = ((channels - j).min(8), &mut y[j..]);
        let lanes = if columns <= 4 { 4 } else { 8 };
        let mut begin = [0.0; 8];
        if !bias.is_empty() {
            copy_few(&bias[j..j + columns], &mut begin[..columns]);
        }
        for r in (0..runs.count).step_by(at_once) {
            let part = Runs { count: at_once.min(runs.count - r), ..*runs };
            let strip = Strip {
                x: &x[r * runs.row..],
                runs: part,
                panel: &panels[j * k + r * runs.len * lanes..][..part.count * runs.len * lanes],
                begin: (r == 0).then_some(&begin),
                columns,
                to,
            };
            if lanes == 4 {
                strip.tiles::<1>(y);
            } else {
                strip.tiles::<2>(y);
            }
        }
    }
}

/// All places under one panel.
struct Strip<'a> {
    x: &'a [f32],
    runs: Runs,
    panel: &'a [f32],
    /// What sums begin with, if not with what `y` holds.
    begin: Option<&'a [f32; 8]>,
    /// How many of the channels.
    columns: usize,
    to: [usize; 2],
}

impl Strip<'_> {
    /// In tiles of four: along the rows, then down the columns that are left over. Of tiles of five, LLVM keeps seventeen
    /// vectors alive where V8 has fifteen registers: 48 % of the peak instead of 77 at 14 × 14.
    #[inline(never)]
    fn tiles<const NV: usize>(&self, y: &mut [f32]) {
        let [high, wide] = self.runs.places;
        let across = (self.runs.step[0], self.to[0]);
        let down = (self.runs.step[1], self.to[1]);
        let from =
            |row: usize, column: usize| (row * down.0 + column * across.0, row * down.1 + column * across.1);
        for row in 0..high {
            for column in (0..wide / HIGH * HIGH).step_by(HIGH) {
                self.tile::<HIGH, NV>(y, from(row, column), across);
            }
        }
        for column in wide / HIGH * HIGH..wide {
            for row in (0..high / HIGH * HIGH).step_by(HIGH) {
                self.tile::<HIGH, NV>(y, from(row, column), down);
            }
            for row in high / HIGH * HIGH..high {
                self.tile::<1, NV>(y, from(row, column), down);
            }
        }
    }

    /// `P` places × `NV` vectors of channels, held in registers. `from`: where the first place begins in x and y, `step`: from
    /// each to the next.
    #[inline(always)]
    fn tile<const P: usize, const NV: usize>(
        &self,
        y: &mut [f32],
        from: (usize, usize),
        step: (usize, usize),
    ) {
        let (window, x) = ((self.runs.count, self.runs.len), &self.x[from.0..]);
        let run = |sums| madd_window::<P, NV>(window, x, (step.0, self.runs.row), self.panel, sums);
        tile(&mut y[from.1..], step.1, self.columns, self.begin, run);
    }
}

/// `db += Σ` of the places of `dy` (`places × channels`), in the order of `sum_rows`, but with the sums in registers: a
/// fifth of the time at eight channels.
pub fn bias_gradient(dy: &[f32], db: &mut [f32]) {
    let channels = db.len();
    let mut j = 0;
    while channels - j >= 8 {
        let mut sums: [F32x4; 2] = [lane(&db[j..]), lane(&db[j + 4..])];
        for row in dy.chunks_exact(channels) {
            let [a, b] = &mut sums;
            (*a, *b) = (*a + lane(&row[j..]), *b + lane(&row[j + 4..]));
        }
        store(&sums, &mut db[j..j + 8]);
        j += 8;
    }
    for row in dy.chunks_exact(channels) {
        for (sum, dy) in db[j..].iter_mut().zip(&row[j..]) {
            *sum += dy;
        }
    }
}

/// `dw += xᵀ dy` for one picture. `dw: taps × channels`, `x` with its zeros around, `dy: places × channels`.
pub fn weight_gradient(x: &[f32], runs: &Runs, dy: &[f32], dw: &mut [f32], channels: usize) {
    assert_eq!(dy.len(), runs.places[0] * runs.places[1] * channels, "gradient of the places");
    assert_eq!(dw.len(), runs.count * runs.len * channels, "gradient of the weights");
    let even = channels / 4 * 4;
    for r in 0..runs.count {
        let mut t = 0;
        while t < runs.len {
            let (x, dw) = (&x[r * runs.row + t..], &mut dw[(r * runs.len + t) * channels..]);
            t += match runs.len - t {
                1 => taps::<1>(x, runs, dy, dw, (even, channels)),
                2 => taps::<2>(x, runs, dy, dw, (even, channels)),
                3 => taps::<3>(x, runs, dy, dw, (even, channels)),
                _ => taps::<4>(x, runs, dy, dw, (even, channels)),
            };
        }
        // Channels that fill no vector: rare, and written once.
        for j in even..channels {
            for t in 0..runs.len {
                let dw = &mut dw[(r * runs.len + t) * channels + j];
                for (p, dy) in dy.iter().skip(j).step_by(channels).enumerate() {
                    let (row, column) = (p / runs.places[1], p % runs.places[1]);
                    *dw += x[row * runs.step[1] + r * runs.row + column * runs.step[0] + t] * dy;
                }
            }
        }
    }
}

/// `T` taps × all whole vectors of channels; gives `T`.
#[inline(never)]
fn taps<const T: usize>(
    x: &[f32],
    runs: &Runs,
    dy: &[f32],
    dw: &mut [f32],
    (even, channels): (usize, usize),
) -> usize {
    let mut j = 0;
    while j < even {
        let dw = &mut dw[j..];
        j += match even - j {
            4 => taps_tile::<T, 1>(x, runs, &dy[j..], dw, channels),
            _ => taps_tile::<T, 2>(x, runs, &dy[j..], dw, channels),
        };
    }
    T
}

#[inline(always)]
fn taps_tile<const T: usize, const NV: usize>(
    x: &[f32],
    runs: &Runs,
    dy: &[f32],
    dw: &mut [f32],
    channels: usize,
) -> usize {
    let [high, wide] = runs.places;
    let mut sums = load_tile::<T, NV>(dw, channels);
    for row in 0..high {
        let (x, dy) = (&x[row * runs.step[1]..], &dy[row * wide * channels..]);
        madd_tile(wide, x, (1, runs.step[0]), dy, channels, &mut sums);
    }
    store_tile(&sums, dw, channels);
    4 * NV
}

/// [`correlate`] for one channel out of many, where a panel would be three quarters zeros: lanes are channels in, summed at
/// the end. `w: taps`, its runs divisible by four; writes every `channels`-th number of `y`.
pub fn correlate_one(x: &[f32], runs: &Runs, w: &[f32], y: &mut [f32], channels: usize) {
    let [high, wide] = runs.places;
    assert!(runs.len.is_multiple_of(4) && w.len() == runs.count * runs.len, "whole vectors under a window");
    for row in 0..high {
        let x = &x[row * runs.step[1]..];
        let mut i = 0;
        while i < wide {
            let (x, y) = (&x[i * runs.step[0]..], &mut y[(row * wide + i) * channels..]);
            i += match wide - i {
                8.. => dots::<8>(x, runs, w, y, channels),
                4..=7 => dots::<4>(x, runs, w, y, channels),
                _ => dots::<1>(x, runs, w, y, channels),
            };
        }
    }
}

#[inline(always)]
fn dots<const P: usize>(x: &[f32], runs: &Runs, w: &[f32], y: &mut [f32], channels: usize) -> usize {
    let mut sums = [F32x4::splat(0.0); P];
    for (r, w) in w.chunks_exact(runs.len).enumerate() {
        let w = w.as_chunks::<4>().0;
        let x: [&[[f32; 4]]; P] =
            from_fn(|p| &x[r * runs.row + p * runs.step[0]..][..runs.len].as_chunks::<4>().0[..w.len()]);
        for (t, w) in w.iter().enumerate() {
            let w = F32x4::load(w);
            for (sum, x) in sums.iter_mut().zip(x) {
                *sum = *sum + F32x4::load(&x[t]) * w;
            }
        }
    }
    for (p, sum) in sums.into_iter().enumerate() {
        y[p * channels] = sum.sum();
    }
    P
}

#[inline(always)]
fn lane(x: &[f32]) -> F32x4 {
    F32x4::load(x.first_chunk().expect("four numbers"))
}

#[inline(always)]
fn store<const NV: usize>(sums: &[F32x4; NV], y: &mut [f32]) {
    for (sum, y) in sums.iter().zip(y.as_chunks_mut::<4>().0) {
        sum.store(y);
    }
}
