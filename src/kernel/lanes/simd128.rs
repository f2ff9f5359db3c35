//! The body of `F32x4` for wasm with SIMD: one intrinsic or two for each of its operations.

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
        Self(super::read(x))
    }
    /// Writes the lanes to four neighbours in memory.
    #[inline(always)]
    pub fn store(self, x: &mut [f32; 4]) {
        super::write(self.0, x);
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
