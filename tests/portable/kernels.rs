//! Every one-dimensional kernel and every function of the lanes, at every length from 0 to 67.

use crate::{hashed, same_bits};
use uncrumple::kernel::{self, F32x4, Norm};
use uncrumple::rng::Rng;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn normals(len: usize, rng: &mut Rng) -> Vec<f32> {
    (0..len).map(|_| rng.normal()).collect()
}

/// `f(x, y, room)` for 68 lengths; numbers of size 1, and of all sizes.
fn lengths(name: &str, f: impl Fn(&[f32], &[f32], &mut [f32])) -> String {
    hashed(name, |hash| {
        let mut rng = Rng::seeded(1);
        for len in 0..68 {
            for spread in [1.0, 30.0] {
                let (mut x, y) = (normals(len, &mut rng), normals(len, &mut rng));
                x.iter_mut().for_each(|x| *x *= spread);
                let mut out = y.clone();
                f(&x, &y, &mut out);
                hash.numbers(&out);
            }
        }
    })
}

fn map(name: &str, f: impl Fn(F32x4) -> F32x4) -> String {
    lengths(name, |x, _, out| kernel::map(x, out, &f))
}

fn map2(name: &str, f: impl Fn(F32x4, F32x4) -> F32x4) -> String {
    lengths(name, |x, y, out| kernel::map2(x, y, out, &f))
}

/// A number of each length.
fn number(name: &str, f: impl Fn(&[f32], &[f32]) -> f32) -> String {
    lengths(name, |x, y, out| out.iter_mut().take(1).for_each(|out| *out = f(x, y)))
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn lanes_are_the_same_to_the_bit() {
    let hashes = [
        map2("add", |x, y| x + y),
        map2("sub", |x, y| x - y),
        map2("mul", |x, y| x * y),
        map2("div", |x, y| x / y),
        map2("max", F32x4::max),
        map2("min", F32x4::min),
        map2("copysign", F32x4::copysign),
        map2("select", |x, y| x.select_gt(y, x * x, y * y)),
        map("neg", |x| -x),
        map("abs", F32x4::abs),
        map("sqrt", |x| x.abs().sqrt()),
        map("sum", |x| F32x4::splat(x.sum())),
        map("exponent", |x| x.abs().split_exponent().0),
        map("mantissa", |x| x.abs().split_exponent().1),
    ];
    same_bits("lanes", &hashes);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn functions_are_the_same_to_the_bit() {
    let hashes = [
        map("exp", kernel::exp),
        map("ln", |x| kernel::ln(x.abs())),
        map("tanh", kernel::tanh),
        map("sigmoid", kernel::sigmoid),
        map("sin", kernel::sin),
        map("gelu", kernel::gelu),
        map("gelu slope", kernel::gelu_slope),
    ];
    same_bits("functions", &hashes);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn vectors_are_the_same_to_the_bit() {
    let hashes = [
        lengths("axpy", |x, _, out| kernel::axpy(0.3, x, out)),
        lengths("scale", |_, _, out| kernel::scale(-1.7, out)),
        number("sum", |x, _| kernel::sum(x)),
        number("dot", kernel::dot),
        number("squared distance", kernel::squared_distance),
        number("all finite", |x, _| f32::from(u8::from(kernel::all_finite(x)))),
        number("norm 1", |x, _| Norm::One.of(x)),
        number("norm 2", |x, _| Norm::Two.of(x)),
        number("norm inf", |x, _| Norm::Inf.of(x)),
        hashed("rows", |hash| {
            let mut rng = Rng::seeded(2);
            for width in 1..68 {
                let (mut x, row) = (normals(5 * width, &mut rng), normals(width, &mut rng));
                let mut total = row.clone();
                kernel::sum_rows(&x, &mut total);
                kernel::fill_rows(&row, &mut x);
                hash.numbers(&total);
                hash.numbers(&x);
            }
        }),
    ];
    same_bits("vectors", &hashes);
}

/// Zeros of both signs, infinities, NaN, the smallest and largest numbers: where instruction sets differ.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn edges_are_the_same_to_the_bit() {
    let tiny = f32::from_bits(1);
    let odd = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        2.5,
        -3.5,
        f32::MIN_POSITIVE,
        tiny,
        -tiny,
        f32::MAX,
        f32::MIN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
        88.5,
        -88.5,
        1e9,
    ];
    let each = |name: &str, f: &dyn Fn(F32x4, F32x4) -> F32x4| {
        hashed(name, |hash| {
            for x in odd {
                for y in odd {
                    let mut out = [0.0; 4];
                    f(F32x4::splat(x), F32x4::splat(y)).store(&mut out);
                    hash.numbers(&out);
                }
            }
        })
    };
    let hashes = [
        each("add", &|x, y| x + y),
        each("mul", &|x, y| x * y),
        each("div", &|x, y| x / y),
        each("max", &F32x4::max),
        each("min", &F32x4::min),
        each("select", &|x, y| x.select_gt(y, x, y)),
        each("copysign", &F32x4::copysign),
        each("sqrt", &|x, _| x.sqrt()),
        each("exp", &|x, _| kernel::exp(x)),
        each("tanh", &|x, _| kernel::tanh(x)),
        each("sigmoid", &|x, _| kernel::sigmoid(x)),
        each("sin", &|x, _| kernel::sin(x)),
        each("gelu", &|x, _| kernel::gelu(x)),
        each("gelu slope", &|x, _| kernel::gelu_slope(x)),
    ];
    same_bits("edges", &hashes);
}
