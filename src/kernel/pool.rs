//! The largest or the mean number under each window of one picture, channel by channel, and the way back.
//!
//! Each has one body for windows of any size and for 2 × 2, whose loops the compiler unrolls: twice as fast there.

use super::lanes::F32x4;
use super::vector::copy_few;
use crate::tensor::Shape;

/// Where windows stand on a picture.
#[derive(Debug, Clone, Copy)]
pub struct Windows {
    /// The picture.
    pub input: Shape,
    /// Rows and columns of a window.
    pub sides: [usize; 2],
    /// Pixels from one window to the next, both ways.
    pub stride: usize,
    /// Rows and columns of windows.
    pub places: [usize; 2],
}

impl Windows {
    fn check(&self, x: usize, y: usize) {
        let [high, wide] = self.places;
        assert_eq!(
            (x, y),
            (self.input.len(), high * wide * self.input.channels),
            "a picture and its windows"
        );
    }

    /// Calls `f(place, corner, lanes)` for each window and each four channels, or the fewer that are left: where they
    /// begin in the output and in the picture.
    #[inline(always)]
    fn each(&self, mut f: impl FnMut(usize, usize, usize)) {
        let c = self.input.channels;
        for row in 0..self.places[0] {
            for column in 0..self.places[1] {
                let place = (row * self.places[1] + column) * c;
                let corner = (row * self.input.width + column) * self.stride * c;
                for j in (0..c / 4 * 4).step_by(4) {
                    f(place + j, corner + j, 4);
                }
                if !c.is_multiple_of(4) {
                    f(place + c / 4 * 4, corner + c / 4 * 4, c % 4);
                }
            }
        }
    }

    /// Calls `f` with the way from a window's corner to each of its pixels.
    #[inline(always)]
    fn taps<const SIDE: usize>(&self, mut f: impl FnMut(usize)) {
        let [rows, columns] = if SIDE > 0 { [SIDE; 2] } else { self.sides };
        for r in 0..rows {
            for q in 0..columns {
                f((r * self.input.width + q) * self.input.channels);
            }
        }
    }

    /// Zeros where a gradient is added up or never written.
    fn clear(&self, dx: &mut [f32]) {
        let tiled = |i: usize, length| self.sides[i] == self.stride && self.places[i] * self.stride == length;
        if !(tiled(0, self.input.height) && tiled(1, self.input.width)) {
            dx.fill(0.0);
        }
    }

    fn overlap(&self) -> bool {
        self.sides[0] > self.stride || self.sides[1] > self.stride
    }
}

/// `y = max`, window by window.
pub fn max_pool(x: &[f32], windows: &Windows, y: &mut [f32]) {
    windows.check(x.len(), y.len());
    match windows.sides {
        [2, 2] => max_of::<2>(x, windows, y),
        _ => max_of::<0>(x, windows, y),
    }
}

#[inline(never)]
fn max_of<const SIDE: usize>(x: &[f32], windows: &Windows, y: &mut [f32]) {
    windows.each(
        #[inline(always)]
        |place, corner, lanes| {
            let mut most = get(x, corner, lanes);
            // A NaN that comes later passes; the first would be lost, but with it the whole row is NaN by the next layer.
            windows.taps::<SIDE>(
                #[inline(always)]
                |t| most = get(x, corner + t, lanes).max(most),
            );
            put(most, y, place, lanes);
        },
    );
}

/// `dx` of [`max_pool`]: each window's gradient goes to the first of its largest numbers.
pub fn max_pool_back(x: &[f32], y: &[f32], windows: &Windows, dy: &[f32], dx: &mut [f32]) {
    windows.check(x.len(), y.len());
    windows.check(dx.len(), dy.len());
    windows.clear(dx);
    match (windows.sides, windows.overlap()) {
        ([2, 2], false) => max_back_of::<2, false>(x, y, windows, dy, dx),
        (_, false) => max_back_of::<0, false>(x, y, windows, dy, dx),
        (_, true) => max_back_of::<0, true>(x, y, windows, dy, dx),
    }
}

#[inline(never)]
fn max_back_of<const SIDE: usize, const ADD: bool>(
    x: &[f32],
    y: &[f32],
    windows: &Windows,
    dy: &[f32],
    dx: &mut [f32],
) {
    let zero = F32x4::splat(0.0);
    windows.each(
        #[inline(always)]
        |place, corner, lanes| {
            let (most, mut left) = (get(y, place, lanes), get(dy, place, lanes));
            windows.taps::<SIDE>(
                #[inline(always)]
                |t| {
                    let x = get(x, corner + t, lanes);
                    let (share, rest) = (most.select_gt(x, zero, left), most.select_gt(x, left, zero));
                    left = rest;
                    add_or_set::<ADD>(share, dx, corner + t, lanes);
                },
            );
        },
    );
}

/// `y = mean`, window by window.
pub fn mean_pool(x: &[f32], windows: &Windows, y: &mut [f32]) {
    windows.check(x.len(), y.len());
    let share = F32x4::splat(1.0 / (windows.sides[0] * windows.sides[1]) as f32);
    windows.each(
        #[inline(always)]
        |place, corner, lanes| {
            let mut sum = F32x4::splat(0.0);
            windows.taps::<0>(
                #[inline(always)]
                |t| sum = sum + get(x, corner + t, lanes),
            );
            put(sum * share, y, place, lanes);
        },
    );
}

/// `dx` of [`mean_pool`].
pub fn mean_pool_back(windows: &Windows, dy: &[f32], dx: &mut [f32]) {
    windows.check(dx.len(), dy.len());
    windows.clear(dx);
    let share = F32x4::splat(1.0 / (windows.sides[0] * windows.sides[1]) as f32);
    let overlap = windows.overlap();
    windows.each(
        #[inline(always)]
        |place, corner, lanes| {
            let each = get(dy, place, lanes) * share;
            windows.taps::<0>(
                #[inline(always)]
                |t| match overlap {
                    true => add_or_set::<true>(each, dx, corner + t, lanes),
                    false => add_or_set::<false>(each, dx, corner + t, lanes),
                },
            );
        },
    );
}

#[inline(always)]
fn get(x: &[f32], at: usize, lanes: usize) -> F32x4 {
    if lanes == 4 {
        return F32x4::load(x[at..].first_chunk().expect("four channels"));
    }
    let mut four = [0.0; 4];
    copy_few(&x[at..at + lanes], &mut four[..lanes]);
    F32x4::load(&four)
}

#[inline(always)]
fn put(v: F32x4, y: &mut [f32], at: usize, lanes: usize) {
    if lanes == 4 {
        return v.store(y[at..].first_chunk_mut().expect("four channels"));
    }
    let mut four = [0.0; 4];
    v.store(&mut four);
    copy_few(&four[..lanes], &mut y[at..at + lanes]);
}

#[inline(always)]
fn add_or_set<const ADD: bool>(v: F32x4, y: &mut [f32], at: usize, lanes: usize) {
    let v = if ADD { get(y, at, lanes) + v } else { v };
    put(v, y, at, lanes);
}
