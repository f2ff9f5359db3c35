//! `F32x4`: one type, two bodies. The only module that names a SIMD intrinsic; this file has the only `unsafe`.
//!
//! The portable body mimics the lanes (no fused multiply–add, the same reduction tree, `pmin`/`pmax` instead of
//! `f32::min`/`max`), so both give the same bits for every input that is not NaN.
#![allow(unsafe_code)]

#[cfg(not(target_feature = "simd128"))]
pub use portable::F32x4;
#[cfg(target_feature = "simd128")]
pub use simd128::F32x4;

#[cfg(target_feature = "simd128")]
use core::arch::wasm32::{v128, v128_load, v128_store};

#[cfg(target_feature = "relaxed-simd")]
compile_error!("relaxed SIMD gives different bits on different machines: build without it");

#[cfg(target_feature = "simd128")]
mod simd128;

#[cfg(not(target_feature = "simd128"))]
mod portable;

/// Four neighbours in memory.
#[cfg(target_feature = "simd128")]
#[inline(always)]
fn read(x: &[f32; 4]) -> v128 {
    // SAFETY: `x` is a reference to 16 readable bytes, and v128.load asks for no alignment.
    unsafe { v128_load(x.as_ptr().cast()) }
}

/// Writes four neighbours in memory.
#[cfg(target_feature = "simd128")]
#[inline(always)]
fn write(v: v128, x: &mut [f32; 4]) {
    // SAFETY: `x` is a unique reference to 16 writable bytes, and v128.store asks for no alignment.
    unsafe { v128_store(x.as_mut_ptr().cast(), v) }
}

/// Rows of a tile. Without SIMD a row of eight sums fills the registers, and more would only be more wasm.
pub const HIGH: usize =
    if cfg!(all(target_arch = "wasm32", not(target_feature = "simd128"))) { 1 } else { 4 };

/// `sums[r][v] += Σ_p a[r · row + p · col] · b[p · stride + 4 v ..]`, p ascending from 0 to `k`: the heart of `gemm`.
///
/// Bounds are checked once, here, rather than at each of the `k (MR + NV)` loads. The loop is not unrolled: V8 spills
/// the splats when it is.
///
/// # Panics
/// If the last element asked for lies outside `a` or `b`.
#[inline(always)]
pub fn madd_tile<const MR: usize, const NV: usize>(
    k: usize,
    a: &[f32],
    (row, col): (usize, usize),
    b: &[f32],
    stride: usize,
    sums: &mut [[F32x4; NV]; MR],
) {
    if k == 0 {
        return;
    }
    assert!((MR - 1) * row + (k - 1) * col < a.len(), "tile of A");
    assert!((k - 1) * stride + 4 * NV <= b.len(), "panel of B");
    // SAFETY: those are the last elements that are read.
    unsafe { madd(k, a.as_ptr(), (row, col), b.as_ptr(), stride, sums) }
}

/// [`madd_tile`], unchecked.
///
/// # Safety
/// For every r < MR and p < k, `a` must be readable at `r · row + p · col`, and `b` at the 4 NV numbers from `p · stride` on.
#[inline(always)]
unsafe fn madd<const MR: usize, const NV: usize>(
    k: usize,
    mut a: *const f32,
    (row, col): (usize, usize),
    mut b: *const f32,
    stride: usize,
    sums: &mut [[F32x4; NV]; MR],
) {
    for _ in 0..k {
        // SAFETY: b has gone p · stride with p < k: readable, says the caller. [f32; 4] is aligned as f32.
        let lanes: [F32x4; NV] =
            std::array::from_fn(|v| F32x4::load(unsafe { &*b.add(4 * v).cast::<[f32; 4]>() }));
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: a has gone p · col with p < k, and r < MR: readable, says the caller.
            let x = F32x4::splat(unsafe { *a.add(r * row) });
            for (sum, b) in sums.iter_mut().zip(lanes) {
                *sum = *sum + x * b;
            }
        }
        // The last step leaves both past what is read; wrapping, because that may be past the end of the slice too.
        (a, b) = (a.wrapping_add(col), b.wrapping_add(stride));
    }
}

/// A matrix anywhere in memory: its numbers, from a row to the next and from a column to the next.
pub type Strided<'a> = (&'a [f32], usize, usize);

/// `y = a x + start`. `a: M × K`; `x: K × lanes` and `y: M × lanes` row-major, lanes in whole vectors; `start` one number a row or
/// empty. `size` is [M, K, lanes]. Every sum is taken in ascending k, whatever the tile.
///
/// Nothing is packed, there are no edges, and bounds are checked once, for all tiles: for matrices of a few numbers that is what
/// [`gemm`](super::gemm()) spends its time on.
///
/// # Panics
/// If a matrix is smaller than its size says.
// Without SIMD calls are not what takes the time, and copies of this would be more wasm.
#[cfg_attr(target_feature = "simd128", inline(always))]
#[cfg_attr(not(target_feature = "simd128"), inline(never))]
pub fn product((a, row, col): Strided, start: &[f32], x: &[f32], y: &mut [f32], size: [usize; 3]) {
    let [m, k, lanes] = size;
    assert!(lanes.is_multiple_of(4) && (start.is_empty() || start.len() >= m), "whole vectors");
    assert!(m == 0 || k == 0 || (m - 1) * row + (k - 1) * col < a.len(), "matrix");
    assert!(k * lanes <= x.len() && m * lanes <= y.len(), "rows");
    let (mut a, mut y, mut left) = (a.as_ptr(), y.as_mut_ptr(), m);
    let mut start = if start.is_empty() { std::ptr::null() } else { start.as_ptr() };
    while left > 0 {
        let high = if left < HIGH { left } else { HIGH };
        let of = (a, row, col);
        // SAFETY: these are rows m − left .. m − left + high of a, start and y, which the assertions found to be as large as said.
        unsafe {
            match high {
                4 if HIGH == 4 => strip::<4>(of, start, x.as_ptr(), y, k, lanes),
                3 if HIGH == 4 => strip::<3>(of, start, x.as_ptr(), y, k, lanes),
                2 if HIGH == 4 => strip::<2>(of, start, x.as_ptr(), y, k, lanes),
                _ => strip::<1>(of, start, x.as_ptr(), y, k, lanes),
            }
        }
        (a, y) = (a.wrapping_add(high * row), y.wrapping_add(high * lanes));
        if !start.is_null() {
            start = start.wrapping_add(high);
        }
        left -= high;
    }
}

/// `MR` rows of [`product`], in tiles of eight columns or four, held in registers while k runs.
///
/// # Safety
/// `a` must be readable as [`madd`] asks, `start` at `MR` numbers unless it is null, `x` at `k` rows of `lanes`; `y` writable at `MR` rows.
#[inline(always)]
unsafe fn strip<const MR: usize>(
    (a, row, col): (*const f32, usize, usize),
    start: *const f32,
    x: *const f32,
    y: *mut f32,
    k: usize,
    lanes: usize,
) {
    let mut j = 0;
    while j < lanes {
        let (x, y) = (x.wrapping_add(j), y.wrapping_add(j));
        // SAFETY: whole vectors are left from column j on: three if there are more than eight numbers, two if more than four.
        j += unsafe {
            match lanes - j {
                9.. if HIGH == 4 && MR < 4 => column::<MR, 3>((a, row, col), start, x, y, k, lanes),
                5.. => column::<MR, 2>((a, row, col), start, x, y, k, lanes),
                _ => column::<MR, 1>((a, row, col), start, x, y, k, lanes),
            }
        };
    }
}

/// One tile of [`strip`].
///
/// # Safety
/// As for [`strip`], for 4 NV columns from `x` and `y` on.
#[inline(always)]
unsafe fn column<const MR: usize, const NV: usize>(
    (a, row, col): (*const f32, usize, usize),
    start: *const f32,
    x: *const f32,
    y: *mut f32,
    k: usize,
    lanes: usize,
) -> usize {
    let mut sums = [[F32x4::splat(0.0); NV]; MR];
    if !start.is_null() {
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: r < MR.
            *sums = [F32x4::splat(unsafe { *start.add(r) }); NV];
        }
    }
    // SAFETY: as the caller says.
    unsafe { madd(k, a, (row, col), x, lanes, &mut sums) };
    for (r, sums) in sums.iter().enumerate() {
        for (v, sum) in sums.iter().enumerate() {
            // SAFETY: row r < MR, column 4 v < 4 NV. [f32; 4] is aligned as f32.
            sum.store(unsafe { &mut *y.add(r * lanes + 4 * v).cast::<[f32; 4]>() });
        }
    }
    4 * NV
}

/// `sum += x yᵀ`. `x: M × lanes, y: N × lanes, sum: M × N`, row-major, lanes in whole vectors and their products added in ascending
/// order. `size` is [M, N, lanes]. Rows of y are read in fours, there or not.
///
/// # Panics
/// If a matrix is smaller than its size says.
#[inline(never)]
pub fn outer(x: &[f32], y: &[f32], sum: &mut [f32], [m, n, lanes]: [usize; 3]) {
    assert!(lanes.is_multiple_of(4), "whole vectors");
    assert!(m * lanes <= x.len() && n.next_multiple_of(4) * lanes <= y.len(), "rows");
    for j in (0..n).step_by(4) {
        let (y, mut i) = (y.as_ptr().wrapping_add(j * lanes), 0);
        while i < m {
            let (x, mut sums) = (x.as_ptr().wrapping_add(i * lanes), [[0.0; 4]; 4]);
            // SAFETY: rows i .. i + high of x and j .. j + 4 of y are there, say the assertions.
            let high = unsafe {
                match m - i {
                    4.. if HIGH == 4 => square::<4>(x, y, lanes, &mut sums),
                    3 if HIGH == 4 => square::<3>(x, y, lanes, &mut sums),
                    2 if HIGH == 4 => square::<2>(x, y, lanes, &mut sums),
                    _ => square::<1>(x, y, lanes, &mut sums),
                }
            };
            for more in &sums[..high] {
                let row = &mut sum[i * n + j..(i + 1) * n];
                match row.first_chunk_mut() {
                    Some(four) => (F32x4::load(four) + F32x4::load(more)).store(four),
                    None => row.iter_mut().zip(more).for_each(|(sum, more)| *sum += more),
                }
                i += 1;
            }
        }
    }
}

/// `sums = x yᵀ` for `MR` rows of x and four of y; gives `MR`.
///
/// # Safety
/// `x` must be readable at `MR` rows of `lanes` numbers, in whole vectors, and `y` at four.
#[inline(always)]
unsafe fn square<const MR: usize>(
    mut x: *const f32,
    mut y: *const f32,
    lanes: usize,
    to: &mut [[f32; 4]; 4],
) -> usize {
    let mut sums = [F32x4::splat(0.0); MR];
    for _ in 0..lanes / 4 {
        // SAFETY: y has gone to a vector of the lanes, in each of four rows. [f32; 4] is aligned as f32.
        let rows = std::array::from_fn(|r| F32x4::load(unsafe { &*y.add(r * lanes).cast::<[f32; 4]>() }));
        let [a, b, c, d] = F32x4::transpose(rows);
        for (r, sum) in sums.iter_mut().enumerate() {
            // SAFETY: x has gone to the same lanes, and r < MR.
            let x = |k| F32x4::splat(unsafe { *x.add(r * lanes + k) });
            *sum = *sum + x(0) * a + x(1) * b + x(2) * c + x(3) * d;
        }
        (x, y) = (x.wrapping_add(4), y.wrapping_add(4));
    }
    for (sum, to) in sums.into_iter().zip(to) {
        sum.store(to);
    }
    MR
}

/// [`madd_tile`] for a convolution: `sums[r][v] += Σ_q Σ_p a[r · step + q · row + p] · b[(q · len + p) · 4 NV + 4 v ..]`, q ascending
/// from 0 to `count` and p from 0 to `len`. Runs of a window are often three numbers long: bounds checked at each cost a third.
/// By value: through a reference LLVM writes every sum to memory at every step.
///
/// # Panics
/// If the last element asked for lies outside `a` or `b`.
#[inline(always)]
pub fn madd_window<const MR: usize, const NV: usize>(
    (count, len): (usize, usize),
    a: &[f32],
    (step, row): (usize, usize),
    b: &[f32],
    mut sums: [[F32x4; NV]; MR],
) -> [[F32x4; NV]; MR] {
    if count == 0 || len == 0 {
        return sums;
    }
    assert!((MR - 1) * step + (count - 1) * row + len <= a.len(), "window of A");
    assert!(count * len * 4 * NV <= b.len(), "panel of B");
    let (mut run, mut pb) = (a.as_ptr(), b.as_ptr());
    for _ in 0..count {
        let mut pa = run;
        for _ in 0..len {
            let lanes: [F32x4; NV] = std::array::from_fn(|v| {
                // SAFETY: pb is b + (q · len + p) · 4 NV with q < count and p < len, so the 4 floats from 4 v on end at or
                // before count · len · 4 NV, which the second assertion found to be inside `b`. [f32; 4] is aligned as f32.
                F32x4::load(unsafe { &*pb.add(4 * v).cast::<[f32; 4]>() })
            });
            for (r, sums) in sums.iter_mut().enumerate() {
                // SAFETY: pa is a + q · row + p with q < count, p < len and r < MR, so this is at or before element
                // (MR − 1) · step + (count − 1) · row + len − 1, which the first assertion found to be inside `a`.
                let x = F32x4::splat(unsafe { *pa.add(r * step) });
                for (sum, b) in sums.iter_mut().zip(lanes) {
                    *sum = *sum + x * b;
                }
            }
            (pa, pb) = (pa.wrapping_add(1), pb.wrapping_add(4 * NV));
        }
        run = run.wrapping_add(row);
    }
    sums
}

/// Every channel by itself: `sums[r][v] += Σ_q Σ_p a[r · step + q · row + p · col + 4 v ..] · b[(q · len + p) · col + 4 v ..]`, lane by lane, q
/// ascending from 0 to `count` and p from 0 to `len`. By value, as [`madd_window`].
///
/// # Panics
/// If the last element asked for lies outside `a` or `b`.
#[inline(always)]
pub fn madd_channels<const MR: usize, const NV: usize>(
    (count, len): (usize, usize),
    a: &[f32],
    (step, row, col): (usize, usize, usize),
    (b, row_b): (&[f32], usize),
    mut sums: [[F32x4; NV]; MR],
) -> [[F32x4; NV]; MR] {
    if count == 0 || len == 0 {
        return sums;
    }
    assert!((MR - 1) * step + (count - 1) * row + (len - 1) * col + 4 * NV <= a.len(), "window of A");
    assert!((count - 1) * row_b + (len - 1) * col + 4 * NV <= b.len(), "taps of B");
    let (mut run, mut run_b) = (a.as_ptr(), b.as_ptr());
    for _ in 0..count {
        let (mut pa, mut pb) = (run, run_b);
        for _ in 0..len {
            for v in 0..NV {
                // SAFETY: pb is b + (q · len + p) · col with q < count and p < len, so the 4 floats from 4 v on end at or before
                // (count · len − 1) · col + 4 NV, which the second assertion found to be inside `b`. [f32; 4] is aligned as f32.
                let w = F32x4::load(unsafe { &*pb.add(4 * v).cast::<[f32; 4]>() });
                for (r, sums) in sums.iter_mut().enumerate() {
                    // SAFETY: pa is a + q · row + p · col with q < count, p < len and r < MR, so the 4 floats from 4 v on end at or
                    // before (MR − 1) · step + (count − 1) · row + (len − 1) · col + 4 NV: inside `a`, says the first assertion.
                    let x = F32x4::load(unsafe { &*pa.add(r * step + 4 * v).cast::<[f32; 4]>() });
                    sums[v] = sums[v] + x * w;
                }
            }
            (pa, pb) = (pa.wrapping_add(col), pb.wrapping_add(col));
        }
        (run, run_b) = (run.wrapping_add(row), run_b.wrapping_add(row_b));
    }
    sums
}

/// `c[r · stride + 4 v ..]` for each r and v.
///
/// # Panics
/// If the last of them lies outside `c`.
#[inline(always)]
pub fn load_tile<const MR: usize, const NV: usize>(c: &[f32], stride: usize) -> [[F32x4; NV]; MR] {
    assert!((MR - 1) * stride + 4 * NV <= c.len(), "tile of C");
    // SAFETY: the 4 floats end at or before (MR − 1) · stride + 4 NV: inside `c`, says the assertion. [f32; 4] is aligned as f32.
    let at = |r, v| F32x4::load(unsafe { &*c.as_ptr().add(r * stride + 4 * v).cast::<[f32; 4]>() });
    std::array::from_fn(|r| std::array::from_fn(|v| at(r, v)))
}

/// Writes `sums[r][v]` to `c[r · stride + 4 v ..]`.
///
/// # Panics
/// If the last of them lies outside `c`.
#[inline(always)]
pub fn store_tile<const MR: usize, const NV: usize>(sums: &[[F32x4; NV]; MR], c: &mut [f32], stride: usize) {
    assert!((MR - 1) * stride + 4 * NV <= c.len(), "tile of C");
    for (r, sums) in sums.iter().enumerate() {
        for (v, sum) in sums.iter().enumerate() {
            // SAFETY: inside `c`, as in `load_tile`, and borrowed mutably here.
            sum.store(unsafe { &mut *c.as_mut_ptr().add(r * stride + 4 * v).cast::<[f32; 4]>() });
        }
    }
}
