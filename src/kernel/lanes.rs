//! `F32x4`: one type, two bodies. The only file that names a SIMD intrinsic, and the only `unsafe`.
//!
//! The portable body mimics the lanes (no fused multiply–add, the same reduction tree, `pmin`/`pmax` instead of
//! `f32::min`/`max`), so both give the same bits for every input that is not NaN.
#![allow(unsafe_code)]

#[cfg(not(target_feature = "simd128"))]
pub use portable::F32x4;
#[cfg(target_feature = "simd128")]
pub use simd128::F32x4;

#[cfg(target_feature = "relaxed-simd")]
compile_error!("relaxed SIMD gives different bits on different machines: build without it");

#[cfg(target_feature = "simd128")]
mod simd128 {
    use core::arch::wasm32::*;
    use core::ops::{Add, Div, Mul, Neg, Sub};

    /// Four `f32` worked on at once.
    #[derive(Clone, Copy, Debug)]
    #[repr(transparent)]
    pub struct F32x4(v128);

    impl F32x4 {
        /// `x` in all four lanes.
        #[inline(always)]
        pub fn splat(x: f32) -> Self {
            Self(f32x4_splat(x))
        }
        /// Four neighbours in memory.
        #[inline(always)]
        pub fn load(x: &[f32; 4]) -> Self {
            // SAFETY: `x` is a reference to 16 readable bytes, and v128.load asks for no alignment.
            Self(unsafe { v128_load(x.as_ptr().cast()) })
        }
        /// Writes the lanes to four neighbours in memory.
        #[inline(always)]
        pub fn store(self, x: &mut [f32; 4]) {
            // SAFETY: `x` is a unique reference to 16 writable bytes, and v128.store asks for no alignment.
            unsafe { v128_store(x.as_mut_ptr().cast(), self.0) }
        }
        /// Four rows of a square become its columns.
        #[inline(always)]
        pub fn transpose([a, b, c, d]: [Self; 4]) -> [Self; 4] {
            let (ab, cd) = (i32x4_shuffle::<0, 4, 1, 5>(a.0, b.0), i32x4_shuffle::<0, 4, 1, 5>(c.0, d.0));
            let (high_ab, high_cd) =
                (i32x4_shuffle::<2, 6, 3, 7>(a.0, b.0), i32x4_shuffle::<2, 6, 3, 7>(c.0, d.0));
            [
                Self(i32x4_shuffle::<0, 1, 4, 5>(ab, cd)),
                Self(i32x4_shuffle::<2, 3, 6, 7>(ab, cd)),
                Self(i32x4_shuffle::<0, 1, 4, 5>(high_ab, high_cd)),
                Self(i32x4_shuffle::<2, 3, 6, 7>(high_ab, high_cd)),
            ]
        }
        /// `(a₀ + a₁) + (a₂ + a₃)`.
        #[inline(always)]
        pub fn sum(self) -> f32 {
            (f32x4_extract_lane::<0>(self.0) + f32x4_extract_lane::<1>(self.0))
                + (f32x4_extract_lane::<2>(self.0) + f32x4_extract_lane::<3>(self.0))
        }
        /// The larger lane of each pair: `if self < rhs { rhs } else { self }`.
        #[inline(always)]
        pub fn max(self, rhs: Self) -> Self {
            Self(f32x4_pmax(self.0, rhs.0))
        }
        /// The smaller lane of each pair: `if rhs < self { rhs } else { self }`.
        #[inline(always)]
        pub fn min(self, rhs: Self) -> Self {
            Self(f32x4_pmin(self.0, rhs.0))
        }
        /// Absolute value.
        #[inline(always)]
        pub fn abs(self) -> Self {
            Self(f32x4_abs(self.0))
        }
        /// Correctly rounded square root.
        #[inline(always)]
        pub fn sqrt(self) -> Self {
            Self(f32x4_sqrt(self.0))
        }
        /// Where `self > limit`, `yes`; elsewhere `no`.
        #[inline(always)]
        pub fn select_gt(self, limit: Self, yes: Self, no: Self) -> Self {
            Self(v128_bitselect(yes.0, no.0, f32x4_gt(self.0, limit.0)))
        }
        /// Magnitude of `self` with the sign bit of `sign`.
        #[inline(always)]
        pub fn copysign(self, sign: Self) -> Self {
            Self(v128_bitselect(sign.0, self.0, i32x4_splat(i32::MIN)))
        }
        /// `self · 2ⁿ`, where the low bits of `n` (a float whose mantissa holds a whole number) are added to the exponent.
        #[inline(always)]
        pub fn add_exponent(self, n: Self) -> Self {
            Self(i32x4_add(self.0, i32x4_shl(n.0, 23)))
        }
        /// `self`, negated in lanes where the lowest bit of `n` is set.
        #[inline(always)]
        pub fn negate_if_odd(self, n: Self) -> Self {
            Self(v128_xor(self.0, i32x4_shl(n.0, 31)))
        }
        /// Splits a positive normal number: `(exponent, mantissa in [½, 1))`.
        #[inline(always)]
        pub fn split_exponent(self) -> (Self, Self) {
            let exponent = f32x4_convert_i32x4(i32x4_sub(i32x4_shr(self.0, 23), i32x4_splat(126)));
            let mantissa = v128_or(v128_and(self.0, i32x4_splat(0x007F_FFFF)), f32x4_splat(0.5));
            (Self(exponent), Self(mantissa))
        }
    }
    macro_rules! by_lane {
        ($($Operator:ident $name:ident $of:ident),*) => { $(
            impl $Operator for F32x4 {
                type Output = Self;
                #[inline(always)]
                fn $name(self, rhs: Self) -> Self {
                    Self($of(self.0, rhs.0))
                }
            }
        )* };
    }
    by_lane!(Add add f32x4_add, Sub sub f32x4_sub, Mul mul f32x4_mul, Div div f32x4_div);
    impl Neg for F32x4 {
        type Output = Self;
        #[inline(always)]
        fn neg(self) -> Self {
            Self(f32x4_neg(self.0))
        }
    }
}

#[cfg(not(target_feature = "simd128"))]
mod portable {
    use core::ops::{Add, Div, Mul, Neg, Sub};

    /// Four `f32` worked on at once.
    #[derive(Clone, Copy, Debug)]
    pub struct F32x4([f32; 4]);

    impl F32x4 {
        /// `x` in all four lanes.
        #[inline(always)]
        pub fn splat(x: f32) -> Self {
            Self([x; 4])
        }
        /// Four neighbours in memory.
        #[inline(always)]
        pub fn load(x: &[f32; 4]) -> Self {
            Self(*x)
        }
        /// Writes the lanes to four neighbours in memory.
        #[inline(always)]
        pub fn store(self, x: &mut [f32; 4]) {
            *x = self.0;
        }
        /// Four rows of a square become its columns.
        #[inline(always)]
        pub fn transpose(rows: [Self; 4]) -> [Self; 4] {
            let column = |i: usize| Self([rows[0].0[i], rows[1].0[i], rows[2].0[i], rows[3].0[i]]);
            [column(0), column(1), column(2), column(3)]
        }
        /// `(a₀ + a₁) + (a₂ + a₃)`.
        #[inline(always)]
        pub fn sum(self) -> f32 {
            (self.0[0] + self.0[1]) + (self.0[2] + self.0[3])
        }
        // Written out: without link-time optimisation `array::from_fn` and `array::map` made every lane a call.
        #[inline(always)]
        fn each(self, f: impl Fn(f32) -> f32) -> Self {
            let [a, b, c, d] = self.0;
            Self([f(a), f(b), f(c), f(d)])
        }
        #[inline(always)]
        fn zip(self, rhs: Self, f: impl Fn(f32, f32) -> f32) -> Self {
            let ([a, b, c, d], [p, q, r, s]) = (self.0, rhs.0);
            Self([f(a, p), f(b, q), f(c, r), f(d, s)])
        }
        /// The larger lane of each pair: `if self < rhs { rhs } else { self }`.
        #[inline(always)]
        pub fn max(self, rhs: Self) -> Self {
            self.zip(rhs, |a, b| if a < b { b } else { a })
        }
        /// The smaller lane of each pair: `if rhs < self { rhs } else { self }`.
        #[inline(always)]
        pub fn min(self, rhs: Self) -> Self {
            self.zip(rhs, |a, b| if b < a { b } else { a })
        }
        /// Absolute value.
        #[inline(always)]
        pub fn abs(self) -> Self {
            self.each(f32::abs)
        }
        /// Correctly rounded square root.
        #[inline(always)]
        pub fn sqrt(self) -> Self {
            self.each(f32::sqrt)
        }
        /// Where `self > limit`, `yes`; elsewhere `no`.
        #[inline(always)]
        pub fn select_gt(self, limit: Self, yes: Self, no: Self) -> Self {
            let pick = |i: usize| if self.0[i] > limit.0[i] { yes.0[i] } else { no.0[i] };
            Self([pick(0), pick(1), pick(2), pick(3)])
        }
        /// Magnitude of `self` with the sign bit of `sign`.
        #[inline(always)]
        pub fn copysign(self, sign: Self) -> Self {
            self.zip(sign, f32::copysign)
        }
        /// `self · 2ⁿ`, where the low bits of `n` (a float whose mantissa holds a whole number) are added to the exponent.
        #[inline(always)]
        pub fn add_exponent(self, n: Self) -> Self {
            self.zip(n, |a, n| f32::from_bits(a.to_bits().wrapping_add(n.to_bits() << 23)))
        }
        /// `self`, negated in lanes where the lowest bit of `n` is set.
        #[inline(always)]
        pub fn negate_if_odd(self, n: Self) -> Self {
            self.zip(n, |a, n| f32::from_bits(a.to_bits() ^ (n.to_bits() << 31)))
        }
        /// Splits a positive normal number: `(exponent, mantissa in [½, 1))`.
        #[inline(always)]
        pub fn split_exponent(self) -> (Self, Self) {
            let exponent = self.each(|a| ((a.to_bits() as i32 >> 23) - 126) as f32);
            let mantissa = self.each(|a| f32::from_bits((a.to_bits() & 0x007F_FFFF) | 0.5f32.to_bits()));
            (exponent, mantissa)
        }
    }
    macro_rules! by_lane {
        ($($Operator:ident $name:ident $of:tt),*) => { $(
            impl $Operator for F32x4 {
                type Output = Self;
                #[inline(always)]
                fn $name(self, rhs: Self) -> Self {
                    self.zip(rhs, |a, b| a $of b)
                }
            }
        )* };
    }
    by_lane!(Add add +, Sub sub -, Mul mul *, Div div /);
    impl Neg for F32x4 {
        type Output = Self;
        #[inline(always)]
        fn neg(self) -> Self {
            self.each(|a| -a)
        }
    }
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
    let (mut pa, mut pb) = (a.as_ptr(), b.as_ptr());
    for _ in 0..k {
        let lanes: [F32x4; NV] = std::array::from_fn(|v| {
            // SAFETY: pb is b + p · stride with p < k, so the 4 floats from 4 v on end at or before
            // (k − 1) · stride + 4 NV, which the second assertion found to be inside `b`. [f32; 4] is aligned as f32.
            F32x4::load(unsafe { &*pb.add(4 * v).cast::<[f32; 4]>() })
        });
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: pa is a + p · col with p < k and r < MR, so this is at or before element
            // (MR − 1) · row + (k − 1) · col, which the first assertion found to be inside `a`.
            let x = F32x4::splat(unsafe { *pa.add(r * row) });
            for (sum, b) in sums.iter_mut().zip(lanes) {
                *sum = *sum + x * b;
            }
        }
        // The last step leaves both past what is read; wrapping, because that may be past the end of the slice too.
        (pa, pb) = (pa.wrapping_add(col), pb.wrapping_add(stride));
    }
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
    b: &[f32],
    mut sums: [[F32x4; NV]; MR],
) -> [[F32x4; NV]; MR] {
    if count == 0 || len == 0 {
        return sums;
    }
    assert!((MR - 1) * step + (count - 1) * row + (len - 1) * col + 4 * NV <= a.len(), "window of A");
    assert!((count * len - 1) * col + 4 * NV <= b.len(), "taps of B");
    let (mut run, mut pb) = (a.as_ptr(), b.as_ptr());
    for _ in 0..count {
        let mut pa = run;
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
        run = run.wrapping_add(row);
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
