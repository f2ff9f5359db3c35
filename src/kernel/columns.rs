//! Products whose right side lies in rows of whole vectors, and what turns rows into columns.
//!
//! Nothing is packed and there are no edges: for matrices of a few numbers that is what [`gemm`](super::gemm()) spends its time on.

use super::lanes::{F32x4, HIGH, load_tile, madd_tile, store_tile};

/// A matrix anywhere in memory: its numbers, from a row to the next and from a column to the next.
pub type Strided<'a> = (&'a [f32], usize, usize);

/// `y = a x + start`. `a: M × K`; `x: K × lanes` and `y: M × lanes` row-major, lanes in whole vectors; `start` one number a row or
/// empty. `size` is [M, K, lanes]. Every sum is taken in ascending k, whatever the tile.
#[inline(never)]
pub fn product(a: Strided, start: &[f32], x: &[f32], y: &mut [f32], size: [usize; 3]) {
    let [m, _, lanes] = size;
    assert!(lanes.is_multiple_of(4) && (start.is_empty() || start.len() == m), "whole vectors");
    let mut i = 0;
    while i < m {
        let high = if m - i >= HIGH { HIGH } else { 1 };
        let mut j = 0;
        while j < lanes {
            j += match (high, lanes - j) {
                (HIGH, 4) => tile::<HIGH, 1>(a, start, x, y, size, [i, j]),
                (HIGH, _) => tile::<HIGH, 2>(a, start, x, y, size, [i, j]),
                (_, 4) => tile::<1, 1>(a, start, x, y, size, [i, j]),
                _ => tile::<1, 2>(a, start, x, y, size, [i, j]),
            };
        }
        i += high;
    }
}

/// `MR` rows × `NV` vectors of y from `at` on, held in registers while k runs; gives how many columns.
#[inline(always)]
fn tile<const MR: usize, const NV: usize>(
    (a, row, column): Strided,
    start: &[f32],
    x: &[f32],
    y: &mut [f32],
    [_, k, lanes]: [usize; 3],
    [i, j]: [usize; 2],
) -> usize {
    let mut sums = [[F32x4::splat(0.0); NV]; MR];
    if !start.is_empty() {
        for (sums, start) in sums.iter_mut().zip(&start[i..i + MR]) {
            *sums = [F32x4::splat(*start); NV];
        }
    }
    madd_tile(k, &a[i * row..], (row, column), &x[j..], lanes, &mut sums);
    store_tile(&sums, &mut y[i * lanes + j..], lanes);
    4 * NV
}

/// Sums of the columns of `x` (`N × y.len()`), whole vectors, in the order of its rows.
#[inline(always)]
pub fn totals(x: &[f32], y: &mut [f32]) {
    let wide = y.len();
    for (j, y) in y.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let (mut sum, mut at) = (F32x4::splat(0.0), 4 * j);
        while at < x.len() {
            sum = sum + F32x4::load(x[at..].first_chunk().expect("whole vectors"));
            at += wide;
        }
        sum.store(y);
    }
}

/// Writes the columns of `x` as rows of `y`. `x` has `size[0]` rows of `size[1]` numbers, `from` apart; the rows of `y` are `to`
/// apart, and what lies between them is left alone.
#[inline(never)]
pub fn turn(x: &[f32], size: [usize; 2], from: usize, y: &mut [f32], to: usize) {
    let [rows, columns] = size;
    let even = if columns.is_multiple_of(4) { rows / 4 * 4 } else { 0 };
    for i in (0..even).step_by(4) {
        for j in (0..columns).step_by(4) {
            let square = F32x4::transpose(load_tile::<4, 1>(&x[i * from + j..], from).map(|[row]| row));
            store_tile(&square.map(|column| [column]), &mut y[j * to + i..], to);
        }
    }
    for i in even..rows {
        let mut at = i;
        for x in &x[i * from..][..columns] {
            y[at] = *x;
            at += to;
        }
    }
}
