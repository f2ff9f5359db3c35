//! What the `filters` lab claims, on the files that ship: pictures that are no digit to anyone and a digit to the network beyond doubt.
//!
//! The network that ships is the `digits` lab's own, after its course. `LESSONS=all` (`./build.sh lessons`) trains it again and compares the bytes, and
//! prints the numbers.
#![cfg(not(target_arch = "wasm32"))]

mod pictures;

use uncrumple::labs::{Run, digits::Digits};

/// The network of the `digits` lab with every knob at its default, seed 1, after its course.
fn trained() -> Vec<u8> {
    let mut run = Run::new::<Digits>([], 1).expect("defaults");
    for name in ["digits-train", "digits-test", "clothes-test"] {
        run.supply(&format!("{name}.bin"), &pictures::unpacked(name)).expect("a file of pictures");
    }
    run.step(1_900).expect("it trains");
    run.export("network.safetensors").expect("a file")
}

/// Writes what `node www/tools/digits.js --network FILE` packs.
#[test]
#[ignore = "writes a file: cargo test --release --test lessons_filters -- --ignored"]
fn write_the_network_that_ships() {
    let to = concat!(env!("CARGO_MANIFEST_DIR"), "/target/digits-net.bin");
    std::fs::write(to, trained()).expect("a place for it");
}
