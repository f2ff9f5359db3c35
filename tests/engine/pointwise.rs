//! exp, ln, tanh, sigmoid, sin and GELU against f64 on dense grids, in units of the last place.

use uncrumple::kernel::{self, F32x4};

fn at(f: impl Fn(F32x4) -> F32x4, x: f32) -> f32 {
    let mut out = [0.0; 4];
    f(F32x4::splat(x)).store(&mut out);
    out[0]
}

/// Distance between two neighbours of type f32 at `y`.
fn ulp(y: f64) -> f64 {
    let y = (y.abs() as f32).max(f32::MIN_POSITIVE);
    f64::from(f32::from_bits(y.to_bits() + 1)) - f64::from(y)
}

/// The worst error in ulp of `f` over `grid`, and where.
fn worst(
    f: impl Fn(F32x4) -> F32x4,
    exact: impl Fn(f64) -> f64,
    grid: impl Iterator<Item = f32>,
    error: impl Fn(f64) -> f64,
) -> (f64, f32) {
    let mut worst = (0.0, 0.0);
    for x in grid {
        let want = exact(f64::from(x));
        let off = (f64::from(at(&f, x)) - want).abs() / error(want);
        assert!(!off.is_nan(), "NaN at {x}");
        if off > worst.0 {
            worst = (off, x);
        }
    }
    println!("worst {:.3} at {:e}", worst.0, worst.1);
    worst
}

/// A million points in a line, and as many magnitudes, of both signs.
fn grid(limit: f32) -> impl Iterator<Item = f32> {
    let line = (0..=1_000_000).map(move |i| limit * (i as f32 / 5e5 - 1.0));
    let magnitudes = (f32::MIN_POSITIVE.to_bits()..=limit.to_bits()).step_by(4_099).map(f32::from_bits);
    line.chain(magnitudes.flat_map(|x| [x, -x]))
}

#[test]
fn exp_is_within_1_ulp() {
    let (worst, x) = worst(kernel::exp, f64::exp, grid(87.0), ulp);
    assert!(worst <= 1.0, "{worst} ulp at {x}");
    // Outside it stays where it was: never infinite, never zero.
    assert!(at(kernel::exp, 1e4).is_finite() && at(kernel::exp, f32::INFINITY).is_finite());
    assert!(at(kernel::exp, -1e4) > 0.0 && at(kernel::exp, -1e4) < 2e-38);
}

#[test]
fn ln_is_within_1_ulp() {
    let positive = (f32::MIN_POSITIVE.to_bits()..=f32::MAX.to_bits()).step_by(1_009).map(f32::from_bits);
    let near_one = (0.5f32.to_bits()..2.0f32.to_bits()).step_by(61).map(f32::from_bits);
    let (worst, x) = worst(kernel::ln, f64::ln, positive.chain(near_one), ulp);
    assert!(worst <= 1.0, "{worst} ulp at {x}");
    assert_eq!(at(kernel::ln, 1.0), 0.0);
}

#[test]
fn tanh_is_within_4_ulp_and_ends_at_1() {
    let (worst, x) = worst(kernel::tanh, f64::tanh, grid(12.0), ulp);
    assert!(worst <= 4.0, "{worst} ulp at {x}");
    for x in grid(12.0) {
        let y = at(kernel::tanh, x);
        assert!(y.abs() <= 1.0, "tanh {x} = {y}");
        assert_eq!(at(kernel::tanh, -x), -y, "tanh is odd");
    }
    for x in [9.1, 20.0, 1e4, f32::MAX, f32::INFINITY] {
        assert_eq!((at(kernel::tanh, x), at(kernel::tanh, -x)), (1.0, -1.0));
    }
}

#[test]
fn sigmoid_is_within_3_ulp() {
    let (worst, x) = worst(kernel::sigmoid, |x| 1.0 / (1.0 + (-x).exp()), grid(80.0), ulp);
    assert!(worst <= 3.0, "{worst} ulp at {x}");
    assert_eq!((at(kernel::sigmoid, 0.0), at(kernel::sigmoid, 1e4)), (0.5, 1.0));
    assert!(at(kernel::sigmoid, -1e4) < 1e-37);
}

#[test]
fn sin_is_within_2e_7_up_to_ten_thousand() {
    for limit in [std::f32::consts::PI, 100.0, 1e4] {
        let (worst, x) = worst(kernel::sin, f64::sin, grid(limit), |_| 1.0);
        assert!(worst <= 2e-7, "{worst} at {x}");
    }
    for x in [1e6, 1e9, f32::MAX] {
        assert!(at(kernel::sin, x).abs() <= 1.0 + 1e-6, "far away it is wrong, yet no larger than a sine");
    }
}

fn exact_gelu(x: f64) -> f64 {
    0.5 * x * (1.0 + inner(x).tanh())
}

fn inner(x: f64) -> f64 {
    (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044715 * x * x * x)
}

/// `1 + tanh` cancels on the left, so there the error is counted in ulp of x.
#[test]
fn gelu_and_its_slope_are_within_4_ulp_of_what_they_are_made_of() {
    let mut off: (f64, f64) = (0.0, 0.0);
    for x in grid(12.0) {
        let exact = f64::from(x);
        let (y, slope) = (at(kernel::gelu, x), at(kernel::gelu_slope, x));
        off.0 = off.0.max((f64::from(y) - exact_gelu(exact)).abs() / ulp(exact));
        let t = inner(exact).tanh();
        let d_inner = (2.0 / std::f64::consts::PI).sqrt() * (1.0 + 3.0 * 0.044715 * exact * exact);
        let exact_slope = 0.5 * (1.0 + t) + 0.5 * exact * (1.0 - t * t) * d_inner;
        off.1 = off.1.max((f64::from(slope) - exact_slope).abs());
    }
    println!("gelu {:.3} ulp of x, slope {:.2e}", off.0, off.1);
    assert!(off.0 <= 4.0, "{} ulp of x", off.0);
    assert!(off.1 <= 4e-6, "slope off by {}", off.1);
}

#[test]
fn a_number_that_is_none_stays_none() {
    let functions =
        [kernel::exp, kernel::tanh, kernel::sigmoid, kernel::sin, kernel::gelu, kernel::gelu_slope];
    for f in functions {
        assert!(at(f, f32::NAN).is_nan());
    }
}
