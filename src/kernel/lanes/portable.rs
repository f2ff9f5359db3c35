//! The body of `F32x4` for targets without SIMD, and for native builds: four numbers, worked on one by one.

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
