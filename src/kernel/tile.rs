//! A tile of a result, held in registers while something is added to it.

use super::lanes::{F32x4, load_tile, store_tile};
use super::vector::copy_few;

/// `c[r · stride ..]`, `width` numbers of each of `MR` rows: what `run` makes of `start`, or, if that is none, of what is there.
#[inline(always)]
pub fn tile<const MR: usize, const NV: usize>(
    c: &mut [f32],
    stride: usize,
    width: usize,
    start: Option<&[f32; 8]>,
    run: impl FnOnce([[F32x4; NV]; MR]) -> [[F32x4; NV]; MR],
) {
    // Where a row is no whole vectors, the tile is made aside.
    let mut aside = (width < 4 * NV).then_some([0.0; 32]);
    if let (Some(aside), None) = (&mut aside, start) {
        rows::<MR>(c, stride, aside, 8, width);
    }
    let (to, stride_to) = match &mut aside {
        Some(aside) => (&mut aside[..], 8),
        None => (&mut *c, stride),
    };
    let sums = run(match start {
        Some(row) => [load_tile::<1, NV>(row, 0)[0]; MR],
        None => load_tile(to, stride_to),
    });
    store_tile(&sums, to, stride_to);
    if let Some(aside) = &aside {
        rows::<MR>(aside, 8, c, stride, width);
    }
}

#[inline(never)]
fn rows<const MR: usize>(x: &[f32], from: usize, y: &mut [f32], to: usize, width: usize) {
    for r in 0..MR {
        copy_few(&x[r * from..][..width], &mut y[r * to..][..width]);
    }
}
