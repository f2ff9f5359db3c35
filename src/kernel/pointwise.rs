//! exp, ln, tanh, sigmoid, sin and GELU on four lanes: add, multiply and divide only, so the same bits everywhere.

use super::F32x4;

/// Adding and subtracting 1.5·2²³ rounds to the nearest whole number (ties to even) and leaves it in the low bits.
const ROUND: f32 = 12_582_912.0;

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
    let t = x * s(std::f32::consts::LOG2_E) + s(ROUND);
    let n = t - s(ROUND);
    // x − n ln 2, with ln 2 in two parts
    let r = x - n * s(0.693_359_375) - n * s(-2.121_944_4e-4);
    let p = polynomial(
        r,
        [1.987_569_2e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5.000_000_1e-1],
    );
    (p * (r * r) + r + s(1.0)).add_exponent(t)
}

/// Natural logarithm of positive normal numbers, to 1 ulp (Cephes `logf`).
#[inline(always)]
pub fn ln(x: F32x4) -> F32x4 {
    let s = F32x4::splat;
    let (e, m) = x.split_exponent();
    let half = s(std::f32::consts::FRAC_1_SQRT_2);
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
            3.333_333_1e-1,
        ],
    );
    let y = p * m * z + e * s(-2.121_944_4e-4) - s(0.5) * z;
    m + y + e * s(0.693_359_375)
}

/// Hyperbolic tangent, a 9/8 rational approximation clamped where tanh rounds to 1.
#[inline(always)]
pub fn tanh(x: F32x4) -> F32x4 {
    let s = F32x4::splat;
    let x = x.max(s(-TANH_CLAMP)).min(s(TANH_CLAMP));
    let z = x * x;
    let p = polynomial(z, [1.394_553_6e-8, 2.102_733_6e-5, 3.520_756_7e-3, 1.340_216_1e-1, 1.0]);
    let q = polynomial(z, [8.015_777e-7, 3.326_951_4e-4, 2.597_254_5e-2, 4.673_548_3e-1, 1.0]);
    x * p / q
}
const TANH_CLAMP: f32 = 8.0;

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
    let t = x * s(std::f32::consts::FRAC_1_PI) + s(ROUND);
    let n = t - s(ROUND);
    let r = x - n * s(3.140_625) - n * s(9.670_257_6e-4) - n * s(6.277_114e-7);
    let r = r.max(s(-1.6)).min(s(1.6));
    let z = r * r;
    let p = polynomial(z, [-2.505_210_8e-8, 2.755_731_9e-6, -1.984_127e-4, 8.333_333_3e-3, -1.666_666_7e-1]);
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
