//! exp, ln, tanh, sigmoid, sin and GELU on four lanes: add, multiply and divide only, so the same bits everywhere.

use super::F32x4;
use std::f32::consts::{FRAC_1_PI, FRAC_1_SQRT_2, LOG2_E};

/// Adding and subtracting 1.5·2²³ rounds to the nearest whole number (ties to even) and leaves it in the low bits.
const ROUND: f32 = 12_582_912.0;

/// ln 2 in two parts; the first has so few bits that its products with an exponent are exact.
const LN2_HIGH: f32 = 355.0 / 512.0;
const LN2_LOW: f32 = -2.121_944_4e-4;

#[inline(always)]
fn polynomial<const N: usize>(x: F32x4, coefficients: [f32; N]) -> F32x4 {
    let mut p = F32x4::splat(coefficients[0]);
    for c in &coefficients[1..] {
        p = p * x + F32x4::splat(*c);
    }
    p
}

/// `eˣ` to 1 ulp for x in ±87; clamped outside (Cephes `expf`, degree 5).
#[inline(always)]
pub fn exp(x: F32x4) -> F32x4 {
    let s = F32x4::splat;
    let x = x.max(s(-87.3)).min(s(88.3));
    let t = x * s(LOG2_E) + s(ROUND);
    let n = t - s(ROUND);
    let r = x - n * s(LN2_HIGH) - n * s(LN2_LOW);
    let p =
        polynomial(r, [1.987_569_2e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5]);
    (p * (r * r) + r + s(1.0)).add_exponent(t)
}

/// Natural logarithm of positive normal numbers, to 1 ulp (Cephes `logf`).
#[inline(always)]
pub fn ln(x: F32x4) -> F32x4 {
    let s = F32x4::splat;
    let (e, m) = x.split_exponent();
    let half = s(FRAC_1_SQRT_2);
    let e = m.select_gt(half, e, e - s(1.0));
    let m = m.select_gt(half, m, m + m) - s(1.0);
    let z = m * m;
    let p = polynomial(
        m,
        [
            7.037_683_6e-2,
            -1.151_461e-1,
            1.167_699_9e-1,
            -1.242_014_1e-1,
            1.424_932_3e-1,
            -1.666_805_8e-1,
            2.000_071_5e-1,
            -2.499_999_4e-1,
            3.333_333e-1,
        ],
    );
    let y = p * m * z + e * s(LN2_LOW) - s(0.5) * z;
    m + y + e * s(LN2_HIGH)
}

/// Hyperbolic tangent to 3.5 ulp, and exactly ±1 from 8.8 on.
///
/// With a/b for tanh(x/2), a 5/6 rational in x, it is 2ab / (a² + b²). That form forgives the rounding of a and b where
/// tanh is near 1 and cannot exceed 1: one operation less than a 9/8 rational in x itself, which measured 5.3 ulp.
#[inline(always)]
pub fn tanh(x: F32x4) -> F32x4 {
    let s = F32x4::splat;
    let x = x.max(s(-TANH_CLAMP)).min(s(TANH_CLAMP));
    let z = x * x;
    let a = x * polynomial(z, [1.042_807_56e-4, 2.712_034_2e-2, 9.104_970_7e-1]);
    let b = polynomial(z, [2.248_783e-6, 2.199_529_4e-3, 2.059_901e-1, 1.820_994_1]);
    let ab = a * b;
    (ab + ab) / (a * a + b * b)
}
const TANH_CLAMP: f32 = 8.8;

/// `1 / (1 + e⁻ˣ)`
#[inline(always)]
pub fn sigmoid(x: F32x4) -> F32x4 {
    let one = F32x4::splat(1.0);
    one / (one + exp(-x))
}

/// Sine, to 2e-7 for |x| up to 10⁴ (three-part reduction by π, odd polynomial of degree 11).
#[inline(always)]
pub fn sin(x: F32x4) -> F32x4 {
    let s = F32x4::splat;
    let t = x * s(FRAC_1_PI) + s(ROUND);
    let n = t - s(ROUND);
    // π in three parts; the first two have few bits, so their products with n are exact up to n = 2¹³.
    let r = x - n * s(3.140_625) - n * s(9.675_026e-4) - n * s(1.509_958e-7);
    let r = r.max(s(-1.6)).min(s(1.6));
    let z = r * r;
    let p = polynomial(z, [-2.505_210_8e-8, 2.755_731_9e-6, -1.984_127e-4, 8.333_333e-3, -1.666_666_7e-1]);
    (r + r * z * p).negate_if_odd(t)
}

const GELU_SCALE: f32 = 0.797_884_6; // √(2/π)
const GELU_CUBIC: f32 = 0.044_715;

/// `½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))`, Hendrycks & Gimpel 2016.
#[inline(always)]
pub fn gelu(x: F32x4) -> F32x4 {
    let s = F32x4::splat;
    let inner = s(GELU_SCALE) * (x + s(GELU_CUBIC) * x * x * x);
    s(0.5) * x * (s(1.0) + tanh(inner))
}

/// d [`gelu`] / dx
#[inline(always)]
pub fn gelu_slope(x: F32x4) -> F32x4 {
    let s = F32x4::splat;
    let t = tanh(s(GELU_SCALE) * (x + s(GELU_CUBIC) * x * x * x));
    let d_inner = s(GELU_SCALE) * (s(1.0) + s(3.0 * GELU_CUBIC) * x * x);
    s(0.5) * (s(1.0) + t) + s(0.5) * x * (s(1.0) - t * t) * d_inner
}
