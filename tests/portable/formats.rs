//! Files of a network: the same bytes everywhere.

use crate::{hashed, same_bits};
use uncrumple::labs::Run;
use uncrumple::labs::boundary::Boundary;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_network_is_the_same_file_everywhere_and_opens_as_the_same_run() {
    let knobs = [("features", "x,y,sinx".into()), ("layers", "6:gelu,5".into()), ("dropout", 0.15.into())];
    let mut run = Run::new::<Boundary>(knobs, 3).expect("sound knobs");
    run.step(100).expect("trains");
    let mut hashes: Vec<String> = ["network.safetensors", "network.json", "network.onnx"]
        .iter()
        .map(|kind| {
            let file = run.export(kind).expect("one of its exports");
            hashed(kind, |hash| file.iter().for_each(|byte| hash.bits(u32::from(*byte))))
        })
        .collect();
    let file = run.export("network.safetensors").expect("as above");
    let mut other = Run::new::<Boundary>([], 8).expect("defaults");
    other.load("network.safetensors", &file).expect("as many classes");
    other.step(50).expect("trains");
    let after = other.export("network.safetensors").expect("as above");
    hashes.push(hashed("trained on", |hash| after.iter().for_each(|byte| hash.bits(u32::from(*byte)))));
    same_bits("formats", &hashes);
}
