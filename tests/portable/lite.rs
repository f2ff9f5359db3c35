//! A few steps of each lab of photographs on the network and the photo that ship: of `imagenet` with its controls, as large as pictures get in
//! the browser; of `filters` in pixels, in waves, and inside a ball; of `dream` through an octave to the next.

use crate::same_bits;
use flate2::read::GzDecoder;
use std::io::Read;
use uncrumple::labs::{Frame, Lab, Run, Value, dream::Dream, filters::Filters, imagenet::Imagenet};
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

/// What a lab draws after two steps with these settings.
fn climbed<L: Lab + 'static>(knobs: &[(&'static str, Value)]) -> String {
    let mut run = Run::new::<L>(knobs.iter().cloned(), 1).expect("fair settings");
    for (name, bytes) in [("lite0.bin", unpacked(LITE)), ("panda.bin", unpacked(PANDA))] {
        run.supply(name, &bytes).expect("a file that ships");
    }
    run.step(2).expect("it climbs");
    while !run.measure(1) {}
    let mut frame = Frame::default();
    run.draw(&mut frame);
    assert!(frame.iter().find(|c| c.name == "curve").is_some_and(|curve| curve.dims[0] == 2));
    format!("{} {}", run.about().id, frame.hash())
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn climbs_in_the_network_that_ships_come_to_the_same_bits() {
    let smooth = [("size", 64.0.into()), ("smoothing", 0.8.into()), ("variation", 0.2.into())];
    let with = |more: &[(&'static str, Value)]| climbed::<Filters>(&[&smooth[..], more].concat());
    let found = [
        with(&[("layer", "lite0.b5.expand".into())]),
        with(&[("layer", "lite0.b2.project".into()), ("parametrisation", "fourier".into())]),
        with(&[("layer", "lite0.class".into()), ("goal", "adversarial".into()), ("unit", 368.0.into())]),
        climbed::<Dream>(&[
            ("photo", "panda".into()),
            ("size", 128.0.into()),
            ("octaves", 2.0.into()),
            ("perOctave", 1.0.into()),
        ]),
    ];
    same_bits("climbs", &found);
}
