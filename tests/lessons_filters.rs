//! What the `filters` lab claims, on the files that ship: pictures that are no digit to anyone and a digit to the network beyond doubt.
//!
//! The networks that ship are the `digits` lab's own, after its course. `LESSONS=all` (`./build.sh lessons`) trains them again and compares the bytes, and
//! prints the numbers.
#![cfg(not(target_arch = "wasm32"))]

mod pictures;

use uncrumple::labs::{Run, Value, digits::Digits};

/// The networks that ship, and the pushes they were trained against; every other knob of the `digits` lab is at its default, the seed is 1.
const NETS: [(&str, Option<f64>); 2] = [("digits-net", None), ("digits-robust", Some(0.3))];

/// The network of the `digits` lab after its course.
fn trained(against: Option<f64>) -> Vec<u8> {
    let settings = |epsilon| [("training", "adversarial".into()), ("trainEpsilon", Value::Number(epsilon))];
    let mut run = Run::new::<Digits>(against.into_iter().flat_map(settings), 1).expect("knobs of the lab");
    for name in ["digits-train", "digits-test", "clothes-test"] {
        run.supply(&format!("{name}.bin"), &pictures::unpacked(name)).expect("a file of pictures");
    }
    run.step(1_900).expect("it trains");
    run.export("network.safetensors").expect("a file")
}

/// Writes what `node www/tools/digits.js --network FILE` packs, twice.
#[test]
#[ignore = "writes a file: cargo test --release --test lessons_filters -- --ignored"]
fn write_the_networks_that_ship() {
    for (name, against) in NETS {
        let to = format!("{}/target/{name}.bin", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(to, trained(against)).expect("a place for it");
    }
}
