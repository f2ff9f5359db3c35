//! ONNX: `tests/golden/onnx.json` holds files of ours and the logits of the networks they were written from. Here the
//! engine is held to both; `onnx.test.mjs` beside this has onnxruntime read the files and give the same logits.
//!
//! `ONNX=write cargo test --release --test formats` writes it anew.

use crate::{branching, nets, picture_nets};
use serde_json::json;
use std::fmt::Write;
use uncrumple::Error;
use uncrumple::formats::{pictures_to_onnx, to_onnx};
use uncrumple::nn::{Init, Mode, Network, Padding, Spec, Trace};
use uncrumple::rng::Rng;
use uncrumple::tensor::{batch, rows};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/onnx.json");

/// 32 rows of `width`.
fn points(width: usize) -> Vec<f32> {
    let mut rng = Rng::seeded(5);
    (0..32 * width).map(|_| rng.range(-1.5, 1.5)).collect()
}

fn logits(net: &Network, points: &[f32]) -> Vec<f32> {
    let mut trace = Trace::default();
    net.forward(batch(points, net.input().len()), Mode::Eval, &mut trace);
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
    let group = |nets: Vec<(&str, Network)>, write: fn(&Network) -> Result<Vec<u8>, Error>| {
        let points = points(nets[0].1.input().len());
        let cases = nets.iter().map(|(name, net)| {
            let file = write(net).unwrap_or_else(|e| panic!("{name}: {e}"));
            json!({ "name": name, "file": hex(&file), "logits": logits(net, &points) })
        });
        json!({ "nets": cases.collect::<Vec<_>>(), "points": points })
    };
    let groups = [group(nets(), to_onnx), group(picture_nets(), pictures_to_onnx)];
    let now = json!(groups).to_string() + "\n";
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
    let pool = crate::pictures(&[Spec::average_pool(2, 2)]);
    assert_eq!(pictures_to_onnx(&pool), Err(Error::NoOnnx { node: 0, kind: "average-pool" }));
    let conv = crate::pictures(&[Spec::conv(1, 3, 1, Padding::Same, Init::He)]);
    assert_eq!(to_onnx(&conv), Err(Error::NoOnnx { node: 0, kind: "conv" }), "whose labs show no pictures");
}
