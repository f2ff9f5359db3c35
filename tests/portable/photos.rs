//! A small network of the kind that names photographs, read from its file, and what is done to photos on the way to it.

use crate::{Hash, hashed, same_bits};
use uncrumple::data::{Chroma, resaved, square};
use uncrumple::formats::Quantized;
use uncrumple::nn::{Mode, Trace};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Shape, batch, rows};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

/// Operation, side, stride, ReLU6, channels in, channels out, layer added: two blocks, both ways of padding, channels that fill no vector.
const LAYERS: [[u8; 7]; 10] = [
    [0, 3, 2, 1, 3, 12, 0],
    [0, 1, 1, 1, 12, 24, 0],
    [1, 3, 1, 1, 24, 24, 0],
    [0, 1, 1, 0, 24, 12, 1],
    [0, 1, 1, 1, 12, 30, 0],
    [1, 5, 2, 1, 30, 30, 0],
    [0, 1, 1, 0, 30, 16, 0],
    [0, 1, 1, 1, 16, 40, 0],
    [2, 0, 0, 0, 40, 40, 0],
    [3, 1, 1, 0, 40, 7, 0],
];

fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = !0u32;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    !sum
}

fn file() -> Vec<u8> {
    let mut bytes = b"UQNT\x01\x03\x0A\x00".to_vec();
    for (i, layer) in LAYERS.iter().enumerate() {
        bytes.extend(&layer[..4]);
        layer[4..].iter().for_each(|v| bytes.extend([*v, 0]));
        bytes.extend([1, b'a' + i as u8]);
    }
    let mut rng = Rng::seeded(6);
    for [op, side, _, _, inputs, outputs, _] in LAYERS.map(|layer| layer.map(u32::from)) {
        let each = [side * side * inputs, side * side, 0, inputs][op as usize];
        if each > 0 {
            let scale = 2.0 / (127.0 * (each as f32).sqrt());
            (0..outputs).for_each(|_| bytes.extend((scale * rng.range(0.5, 1.5)).to_le_bytes()));
            (0..outputs).for_each(|_| bytes.extend(rng.range(-0.5, 0.5).to_le_bytes()));
            (0..each * outputs).for_each(|_| bytes.push(rng.below(256) as u8));
        }
    }
    bytes.extend(crc32(&bytes).to_le_bytes());
    bytes
}

fn bytes(hash: &mut Hash, bytes: &[u8]) {
    bytes.iter().for_each(|byte| hash.bits(u32::from(*byte)));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn photos_and_their_network_are_the_same_to_the_bit() {
    let mut rng = Rng::seeded(8);
    let pixels: Vec<u8> = (0..4 * 37 * 29).map(|_| rng.below(256) as u8).collect();
    let network = hashed("network", |hash| {
        let mut net = Quantized::read(&file(), [21, 18]).expect("a fair file");
        let inner = net.node("e").expect("the fifth") + 1;
        for side in [21, 32] {
            net.net.resize(Shape { height: side, width: side, channels: 3 }).expect("any size");
            let x: Vec<f32> = (0..side * side * 3).map(|_| rng.range(-1.0, 1.0)).collect();
            for last in [net.net.len(), inner] {
                let mut trace = Trace::new();
                net.net.forward_to(last, batch(&x, x.len()), Mode::Eval, &mut trace);
                hash.numbers(rows(&trace.output()));
                let dy: Vec<f32> = rows(&trace.output()).to_vec();
                net.net.input_gradient(&mut trace, &dy);
                hash.numbers(rows(&trace.input_gradient()));
            }
        }
    });
    let photos = hashed("photos", |hash| {
        for side in [8, 16, 50] {
            let photo = square(&pixels, [37, 29], side).expect("a fair picture");
            bytes(hash, photo.pixels());
            for chroma in [Chroma::Full, Chroma::Halved] {
                bytes(hash, &resaved(photo.pixels(), [side; 2], 75, chroma).expect("a fair picture"));
            }
        }
    });
    same_bits("named", &[network, photos]);
}
