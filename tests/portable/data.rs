//! The points a seed draws, to the last bit: the same native, in wasm simd and in wasm scalar.

#![allow(missing_docs)]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

use uncrumple::data::{Edits, PlaneSet, Points, csv, split};
use uncrumple::rng::Rng;

/// FNV-1a over every bit of the points.
fn hash(points: &Points) -> u64 {
    let words = points.x.iter().map(|v| v.to_bits()).chain(points.class.iter().copied());
    let words = words.chain(points.held_out.iter().map(|&h| u32::from(h)));
    let bytes = words.flat_map(u32::to_le_bytes);
    bytes.fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01B3))
}

fn drawn(set: PlaneSet) -> Points {
    let mut points = set.sample(400, 0.03, &mut Rng::seeded(7));
    split(&mut points, 0.5, &mut Rng::seeded(7).fork(2));
    points
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_set_is_the_same_to_the_bit() {
    let hashes =
        PlaneSet::ALL.map(|set| format!("{} {:016x}", PlaneSet::NAMES[set as usize], hash(&drawn(set))));
    let expected = [
        "circle 6931d801abdb3fcf",
        "xor 3f61533565ec0d2b",
        "gauss 0d03cf1b18196636",
        "spiral 0247400e72700996",
        "moons 75df87ef32f8e8d9",
        "rings 47d2f4eb780f41b1",
        "pinwheel cb1310c774cb9922",
        "checkerboard 41128cae95391047",
    ];
    assert_eq!(hashes, expected);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn edits_are_the_same_to_the_bit() {
    let mut edits = Edits::default();
    edits.paint(1.0, [0.2, -0.4], 0.2).unwrap();
    edits.erase([0.5, 0.5], 0.3).unwrap();
    edits.paint(3.0, [0.9, 0.9], 0.15).unwrap();
    edits.hole([-0.3, 0.0], 0.25).unwrap();
    let points = edits.apply(&drawn(PlaneSet::Spiral), 0.5, &Rng::seeded(7)).unwrap();
    assert_eq!((points.len(), format!("{:016x}", hash(&points))), (439, "8f31fdd6ca7e278d".to_owned()));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn points_survive_a_file_to_the_bit() {
    for set in PlaneSet::ALL {
        let points = drawn(set);
        let back = csv::parse(csv::to_csv(&points).as_bytes(), csv::Bad::Refuse).unwrap();
        assert_eq!((hash(&back.points), back.scaled), (hash(&points), false), "{set:?}");
    }
}
