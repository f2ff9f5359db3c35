//! One-dimensional loops: `y += a x`, sums, maps. Sums run in four interleaved lanes on every target.

use super::F32x4;

/// `y = f(x)`, four lanes at a time; the tail is padded with ones, so a lane of `f` never sees stale memory.
#[inline(always)]
pub fn map(x: &[f32], y: &mut [f32], f: impl Fn(F32x4) -> F32x4) {
    map2(x, x, y, |x, _| f(x));
}

/// `x = f(x)`, as [`map`].
#[inline(always)]
pub fn map_in_place(x: &mut [f32], f: impl Fn(F32x4) -> F32x4) {
    let (xs, tail) = x.as_chunks_mut::<4>();
    for x in xs {
        f(F32x4::load(x)).store(x);
    }
    if !tail.is_empty() {
        let mut last = [1.0; 4];
        copy_tail(tail, &mut last);
        f(F32x4::load(&last)).store(&mut last);
        copy_tail(&last, tail);
    }
}

/// `y = f(x, y)`, as [`map`].
#[inline(always)]
pub fn map2_in_place(x: &[f32], y: &mut [f32], f: impl Fn(F32x4, F32x4) -> F32x4) {
    assert_eq!(x.len(), y.len());
    let ((xs, x_tail), (ys, y_tail)) = (x.as_chunks::<4>(), y.as_chunks_mut::<4>());
    for (x, y) in xs.iter().zip(ys) {
        f(F32x4::load(x), F32x4::load(y)).store(y);
    }
    for (x, y) in x_tail.iter().zip(y_tail) {
        *y = each(*y, |y| f(F32x4::splat(*x), y));
    }
}

/// `f(x)` of one number.
pub fn each(x: f32, f: impl Fn(F32x4) -> F32x4) -> f32 {
    let mut lanes = [0.0; 4];
    f(F32x4::splat(x)).store(&mut lanes);
    lanes[0]
}

/// `x` between `low` and `high`; NaN stays. `f32::clamp` would print its bounds if they were the wrong way round, and
/// that brings 20 KB of float printing.
#[inline(always)]
pub fn clamp(x: f32, low: f32, high: f32) -> f32 {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

/// Sorts a handful of items in place, equals in their old order: std's sort is 7 KB of wasm for each type.
pub fn sort_few<T>(items: &mut [T], before: impl Fn(&T, &T) -> bool) {
    for i in 1..items.len() {
        let mut at = i;
        while at > 0 && before(&items[at], &items[at - 1]) {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// `z = f(x, y)`, four lanes at a time, as [`map`].
#[inline(always)]
pub fn map2(x: &[f32], y: &[f32], z: &mut [f32], f: impl Fn(F32x4, F32x4) -> F32x4) {
    assert!(x.len() == y.len() && y.len() == z.len());
    let (xs, x_tail) = x.as_chunks::<4>();
    let (ys, y_tail) = y.as_chunks::<4>();
    let (zs, z_tail) = z.as_chunks_mut::<4>();
    map_fours(xs, ys, zs, &f);
    if !x_tail.is_empty() {
        let (mut a, mut b, mut c) = ([1.0; 4], [1.0; 4], [0.0; 4]);
        copy_tail(x_tail, &mut a);
        copy_tail(y_tail, &mut b);
        map_fours(&[a], &[b], std::array::from_mut(&mut c), &f);
        copy_tail(&c, z_tail);
    }
}

/// Called for the tail too rather than inlined twice: an `f` on four lanes is long, without SIMD above all.
#[inline(never)]
fn map_fours(x: &[[f32; 4]], y: &[[f32; 4]], z: &mut [[f32; 4]], f: &impl Fn(F32x4, F32x4) -> F32x4) {
    for ((x, y), z) in x.iter().zip(y).zip(z) {
        f(F32x4::load(x), F32x4::load(y)).store(z);
    }
}

/// `y = x`, for rows that are often short: a copy of unknown length is a call out of wasm, 20 ns for 8 bytes.
#[inline(always)]
pub fn copy_few(x: &[f32], y: &mut [f32]) {
    match (x, y) {
        ([a], [b]) => *b = *a,
        ([a, c], [b, d]) => (*b, *d) = (*a, *c),
        ([a, c, e], [b, d, f]) => (*b, *d, *f) = (*a, *c, *e),
        (x, y) => y.copy_from_slice(x),
    }
}

/// `y = x` as far as the shorter goes, at most three numbers: what whole vectors leave.
#[inline(never)]
pub fn copy_tail(x: &[f32], y: &mut [f32]) {
    for i in 0..3 {
        if i < x.len() && i < y.len() {
            y[i] = x[i];
        }
    }
}

/// `y += a x`
pub fn axpy(a: f32, x: &[f32], y: &mut [f32]) {
    assert_eq!(x.len(), y.len());
    let (xs, x_tail) = x.as_chunks::<4>();
    let (ys, y_tail) = y.as_chunks_mut::<4>();
    let a4 = F32x4::splat(a);
    for (x, y) in xs.iter().zip(ys) {
        (F32x4::load(y) + a4 * F32x4::load(x)).store(y);
    }
    for (x, y) in x_tail.iter().zip(y_tail) {
        *y += a * x;
    }
}

/// `z += x y`, number by number.
pub fn madd(x: &[f32], y: &[f32], z: &mut [f32]) {
    assert!(x.len() == y.len() && y.len() == z.len());
    let (xs, x_tail) = x.as_chunks::<4>();
    let (ys, y_tail) = y.as_chunks::<4>();
    let (zs, z_tail) = z.as_chunks_mut::<4>();
    for ((x, y), z) in xs.iter().zip(ys).zip(zs) {
        (F32x4::load(z) + F32x4::load(x) * F32x4::load(y)).store(z);
    }
    for ((x, y), z) in x_tail.iter().zip(y_tail).zip(z_tail) {
        *z += x * y;
    }
}

/// `x *= a`
pub fn scale(a: f32, x: &mut [f32]) {
    for x in x {
        *x *= a;
    }
}

/// `Σ xᵢ yᵢ`
pub fn dot(x: &[f32], y: &[f32]) -> f32 {
    assert_eq!(x.len(), y.len());
    let (xs, x_tail) = x.as_chunks::<4>();
    let (ys, y_tail) = y.as_chunks::<4>();
    let mut acc = F32x4::splat(0.0);
    for (x, y) in xs.iter().zip(ys) {
        acc = acc + F32x4::load(x) * F32x4::load(y);
    }
    let mut sum = acc.sum();
    for (x, y) in x_tail.iter().zip(y_tail) {
        sum += x * y;
    }
    sum
}

/// `Σ xᵢ`
pub fn sum(x: &[f32]) -> f32 {
    let (xs, tail) = x.as_chunks::<4>();
    let mut acc = F32x4::splat(0.0);
    for x in xs {
        acc = acc + F32x4::load(x);
    }
    tail.iter().fold(acc.sum(), |sum, x| sum + x)
}

/// `Σ (xᵢ − yᵢ)²`
pub fn squared_distance(x: &[f32], y: &[f32]) -> f32 {
    assert_eq!(x.len(), y.len());
    let (xs, x_tail) = x.as_chunks::<4>();
    let (ys, y_tail) = y.as_chunks::<4>();
    let mut acc = F32x4::splat(0.0);
    for (x, y) in xs.iter().zip(ys) {
        let d = F32x4::load(x) - F32x4::load(y);
        acc = acc + d * d;
    }
    x_tail.iter().zip(y_tail).fold(acc.sum(), |sum, (x, y)| sum + (x - y) * (x - y))
}

/// Copies `row` into every row of `y`. `y: N × row.len()`
pub fn fill_rows(row: &[f32], y: &mut [f32]) {
    for y in y.chunks_exact_mut(row.len()) {
        y.copy_from_slice(row);
    }
}

/// `total += Σ` of the rows of `x`. `x: N × total.len()`
pub fn sum_rows(x: &[f32], total: &mut [f32]) {
    for row in x.chunks_exact(total.len()) {
        axpy(1.0, row, total);
    }
}

/// Whether no value is NaN or infinite.
pub fn all_finite(x: &[f32]) -> bool {
    // Zero times anything finite is zero; times NaN or infinity it is NaN, and NaN survives a sum.
    let (xs, tail) = x.as_chunks::<4>();
    let (mut acc, zero) = (F32x4::splat(0.0), F32x4::splat(0.0));
    for x in xs {
        acc = acc + F32x4::load(x) * zero;
    }
    acc.sum() == 0.0 && tail.iter().all(|x| x.is_finite())
}
