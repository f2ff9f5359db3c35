//! Three steps of the `imagenet` lab on the network and the photo that ship, and its controls: as large as pictures get in the browser.

use crate::same_bits;
use flate2::read::GzDecoder;
use std::io::Read;
use uncrumple::labs::{Frame, Run, imagenet::Imagenet};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

const LITE: &[u8] = include_bytes!("../../www/assets/imagenet/lite0.bin.gz");
const PANDA: &[u8] = include_bytes!("../../www/assets/imagenet/panda.bin.gz");
const LABELS: &[u8] = include_bytes!("../../www/assets/imagenet/labels.txt");

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes).expect("gzip");
    bytes
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_network_that_ships_is_pushed_and_asked_to_the_same_bits() {
    let mut run =
        Run::new::<Imagenet>([("norm", "l2".into()), ("momentum", 0.5.into())], 1).expect("defaults");
    for (name, bytes) in
        [("lite0.bin", unpacked(LITE)), ("labels.txt", LABELS.into()), ("panda.bin", unpacked(PANDA))]
    {
        run.supply(name, &bytes).expect("a file that ships");
    }
    run.step(3).expect("it steps");
    while !run.measure(1) {}
    let mut frame = Frame::default();
    run.draw(&mut frame);
    assert_eq!(frame.get_text("top1"), Some("gibbon"));
    same_bits("lite", &[format!("imagenet {}", frame.hash())]);
}
