//! The matrix product: every small shape and some large ones, plain and transposed, set and added.

use crate::{hashed, same_bits};
use uncrumple::kernel::{Mat, Write, gemm};
use uncrumple::rng::Rng;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn products(name: &str, transposed: (bool, bool), write: Write) -> String {
    let small = (0..10).flat_map(|m| (0..10).flat_map(move |k| (0..10).map(move |n| (m, k, n))));
    let large = [(17, 255, 13), (5, 256, 31), (3, 257, 66), (33, 600, 1), (1, 513, 67), (67, 65, 64)];
    hashed(name, |hash| {
        let mut rng = Rng::seeded(3);
        let mut normals = |len: usize| (0..len).map(|_| rng.normal()).collect::<Vec<f32>>();
        for (m, k, n) in small.chain(large) {
            let (a, b, mut c) = (normals(m * k), normals(k * n), normals(m * n));
            let a = if transposed.0 { Mat::new(&a, k, m).t() } else { Mat::new(&a, m, k) };
            let b = if transposed.1 { Mat::new(&b, n, k).t() } else { Mat::new(&b, k, n) };
            gemm(a, b, &mut c, write);
            hash.numbers(&c);
        }
    })
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn products_are_the_same_to_the_bit() {
    let hashes = [
        products("A B", (false, false), Write::Set),
        products("A Bt", (false, true), Write::Set),
        products("At B", (true, false), Write::Set),
        products("C + A B", (false, false), Write::Add),
        products("C + A Bt", (false, true), Write::Add),
        products("C + At B", (true, false), Write::Add),
    ];
    same_bits("gemm", &hashes);
}
