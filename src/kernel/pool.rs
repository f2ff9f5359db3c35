//! The largest or the mean number under each window of one picture, channel by channel, and the way back.
//!
//! The largest of 2 × 2 has a body of its own: four times as fast as the one for windows of any size.

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
    fn taps(&self, mut f: impl FnMut(usize)) {
        let [rows, columns] = self.sides;
        for r in 0..rows {
            for q in 0..columns {
                f((r * self.input.width + q) * self.input.channels);
            }
        }
    }

    /// Zeros where a gradient is added up or never written.
    fn clear(&self, dx: &mut [f32]) {
        let tiled = [0, 1].map(|i| self.places[i] * 2) == [self.input.height, self.input.width];
        if !(self.is_plain() && tiled) {
            dx.fill(0.0);
        }
    }

    /// Whether they are 2 × 2, side by side, and channels fill whole vectors.
    fn is_plain(&self) -> bool {
        self.sides == [2, 2] && self.stride == 2 && self.input.channels.is_multiple_of(4)
    }

    /// The two rows of pixels under a row of plain windows.
    fn pair<'a>(&self, x: &'a [f32], row: usize) -> (&'a [f32], &'a [f32]) {
        let (across, seen) =
            (self.input.width * self.input.channels, 2 * self.places[1] * self.input.channels);
        (&x[2 * row * across..][..seen], &x[(2 * row + 1) * across..][..seen])
    }
}

/// `y = max`, window by window.
pub fn max_pool(x: &[f32], windows: &Windows, y: &mut [f32]) {
    windows.check(x.len(), y.len());
    if windows.is_plain() {
        return max_of_four(x, windows, y);
    }
    windows.each(
        #[inline(always)]
        |place, corner, lanes| {
            let mut most = get(x, corner, lanes);
            // A NaN that comes later passes; the first would be lost, but with it the whole row is NaN by the next layer.
            windows.taps(
                #[inline(always)]
                |t| most = get(x, corner + t, lanes).max(most),
            );
            put(most, y, place, lanes);
        },
    );
}

#[inline(never)]
fn max_of_four(x: &[f32], windows: &Windows, y: &mut [f32]) {
    let c = windows.input.channels;
    for (row, y) in y.chunks_exact_mut(windows.places[1] * c).enumerate() {
        let (upper, lower) = windows.pair(x, row);
        for ((a, b), y) in upper.chunks_exact(2 * c).zip(lower.chunks_exact(2 * c)).zip(y.chunks_exact_mut(c))
        {
            let (a, b, y) = (a.as_chunks::<4>().0, b.as_chunks::<4>().0, y.as_chunks_mut::<4>().0);
            let ((a0, a1), (b0, b1)) = (a.split_at(y.len()), b.split_at(y.len()));
            for ((((y, a0), a1), b0), b1) in y.iter_mut().zip(a0).zip(a1).zip(b0).zip(b1) {
                let most = F32x4::load(a1).max(F32x4::load(a0));
                F32x4::load(b1).max(F32x4::load(b0).max(most)).store(y);
            }
        }
    }
}

/// `dx` of [`max_pool`]: each window's gradient goes to the first of its largest numbers.
pub fn max_pool_back(x: &[f32], y: &[f32], windows: &Windows, dy: &[f32], dx: &mut [f32]) {
    windows.check(x.len(), y.len());
    windows.check(dx.len(), dy.len());
    windows.clear(dx);
    if windows.is_plain() {
        return max_of_four_back(x, y, windows, dy, dx);
    }
    let zero = F32x4::splat(0.0);
    windows.each(
        #[inline(always)]
        |place, corner, lanes| {
            let (most, mut left) = (get(y, place, lanes), get(dy, place, lanes));
            windows.taps(
                #[inline(always)]
                |t| {
                    let x = get(x, corner + t, lanes);
                    let share = most.select_gt(x, zero, left);
                    left = most.select_gt(x, left, zero);
                    put(get(dx, corner + t, lanes) + share, dx, corner + t, lanes);
                },
            );
        },
    );
}

#[inline(never)]
fn max_of_four_back(x: &[f32], y: &[f32], windows: &Windows, dy: &[f32], dx: &mut [f32]) {
    let (c, zero) = (windows.input.channels, F32x4::splat(0.0));
    let across = windows.input.width * c;
    let line = windows.places[1] * c;
    for (row, (y, dy)) in y.chunks_exact(line).zip(dy.chunks_exact(line)).enumerate() {
        let (upper, lower) = windows.pair(x, row);
        let (dx0, dx1) = dx[2 * row * across..][..2 * across].split_at_mut(across);
        let values = upper.chunks_exact(2 * c).zip(lower.chunks_exact(2 * c)).zip(y.chunks_exact(c));
        let slopes = dx0.chunks_exact_mut(2 * c).zip(dx1.chunks_exact_mut(2 * c)).zip(dy.chunks_exact(c));
        for (((a, b), y), ((da, db), dy)) in values.zip(slopes) {
            let (y, dy) = (y.as_chunks::<4>().0, dy.as_chunks::<4>().0);
            let ((a0, a1), (b0, b1)) = (a.split_at(c), b.split_at(c));
            let ((da0, da1), (db0, db1)) = (da.split_at_mut(c), db.split_at_mut(c));
            // The gradient goes on to the next pixel until one has taken it.
            for (j, (y, dy)) in y.iter().zip(dy).enumerate() {
                let most = F32x4::load(y);
                let mut left = F32x4::load(dy);
                let at = 4 * j..4 * j + 4;
                let pixels = [(a0, &mut *da0), (a1, &mut *da1), (b0, &mut *db0), (b1, &mut *db1)];
                for (x, dx) in pixels {
                    let x = F32x4::load(x[at.clone()].first_chunk().expect("four channels"));
                    let dx = dx[at.clone()].first_chunk_mut().expect("four channels");
                    most.select_gt(x, zero, left).store(dx);
                    left = most.select_gt(x, left, zero);
                }
            }
        }
    }
}

/// `y = mean`, window by window.
pub fn mean_pool(x: &[f32], windows: &Windows, y: &mut [f32]) {
    windows.check(x.len(), y.len());
    let share = F32x4::splat(1.0 / (windows.sides[0] * windows.sides[1]) as f32);
    windows.each(
        #[inline(always)]
        |place, corner, lanes| {
            let mut sum = F32x4::splat(0.0);
            windows.taps(
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
    dx.fill(0.0);
    let share = F32x4::splat(1.0 / (windows.sides[0] * windows.sides[1]) as f32);
    windows.each(
        #[inline(always)]
        |place, corner, lanes| {
            let each = get(dy, place, lanes) * share;
            windows.taps(
                #[inline(always)]
                |t| put(get(dx, corner + t, lanes) + each, dx, corner + t, lanes),
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
