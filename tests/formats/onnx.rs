//! ONNX: `tests/golden/onnx.json` holds files of ours and the logits of the networks they were written from. Here the
//! engine is held to both; `onnx.test.mjs` beside this has onnxruntime read the files and give the same logits.
//!
//! `ONNX=write cargo test --release --test formats` writes it anew.

use crate::{branching, nets};
use serde_json::json;
use std::fmt::Write;
use uncrumple::Error;
use uncrumple::formats::to_onnx;
use uncrumple::nn::{Mode, Network, Trace};
use uncrumple::rng::Rng;
use uncrumple::tensor::{batch, rows};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/onnx.json");

fn points() -> Vec<f32> {
    let mut rng = Rng::seeded(5);
    (0..64).map(|_| rng.range(-1.5, 1.5)).collect()
}

fn logits(net: &Network, points: &[f32]) -> Vec<f32> {
    let mut trace = Trace::default();
    net.forward(batch(points, 2), Mode::Eval, &mut trace);
    rows(&trace.output()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes everything");
        text
    })
}

#[test]
fn the_files_that_onnxruntime_is_tried_with_are_those_of_today() {
    let points = points();
    let cases: Vec<_> = nets()
        .iter()
        .map(|(name, net)| {
            let file = to_onnx(net).unwrap_or_else(|e| panic!("{name}: {e}"));
            json!({ "name": name, "file": hex(&file), "logits": logits(net, &points) })
        })
        .collect();
    let now = json!({ "points": points, "nets": cases }).to_string() + "\n";
    if std::env::var_os("ONNX").is_some_and(|v| v == "write") {
        std::fs::write(PATH, &now).expect("the tests folder can be written");
    }
    let then = std::fs::read_to_string(PATH).expect("it is part of the repository");
    assert!(now == then, "ONNX=write writes {PATH} anew; then look at what onnxruntime makes of it");
}

#[test]
fn a_network_that_is_no_chain_is_refused_and_told_where_to_go() {
    let error = to_onnx(&branching()).expect_err("no chain");
    assert_eq!(error, Error::NoOnnx { node: 2, kind: "add" });
    assert_eq!((error.code(), error.to_string().contains("safetensors")), ("no-onnx", true));
}
