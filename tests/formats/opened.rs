//! A saved network opened in a figure: it comes with its layers, takes its place on the timeline, or changes nothing.

use uncrumple::labs::boundary::Boundary;
use uncrumple::labs::{Frame, Run, Value};

const NETWORK: &str = "network.safetensors";

fn run(knobs: &[(&'static str, Value)], seed: u32) -> Run {
    Run::new::<Boundary>(knobs.iter().cloned(), seed).expect("sound knobs")
}

fn weights(run: &Run) -> Vec<u32> {
    let mut frame = Frame::default();
    run.draw(&mut frame);
    frame.get("weights").expect("drawn").data.iter().map(|w| w.to_bits()).collect()
}

fn hash(run: &Run) -> String {
    while !run.measure(1_000) {}
    let mut frame = Frame::default();
    run.draw(&mut frame);
    frame.hash()
}

fn knob(run: &Run, id: &str) -> Value {
    run.config().iter().find(|(k, _)| *k == id).expect("a knob").1.clone()
}

#[test]
fn an_opened_network_brings_its_layers_features_and_numbers() {
    let cases: [&[(&'static str, Value)]; 4] = [
        &[("layers", "8,5".into()), ("activation", "gelu".into()), ("init", "xavier".into())],
        &[("layers", "7:relu,3:sine".into()), ("features", "x,xy,siny".into()), ("dropout", 0.35.into())],
        &[("layers", "".into()), ("features", "x2,y2".into())],
        &[],
    ];
    for knobs in cases {
        let mut saved = run(knobs, 4);
        saved.step(50).expect("trains");
        let file = saved.export(NETWORK).expect("every network can be saved");
        let mut other =
            run(&[("dataset", "moons".into()), ("layers", "4".into()), ("dropout", 0.2.into())], 9);
        other.step(20).expect("trains");
        other.load(NETWORK, &file).unwrap_or_else(|e| panic!("{knobs:?}: {e}"));
        assert_eq!(weights(&other), weights(&saved), "{knobs:?}");
        assert_eq!(other.steps(), 20, "the figure stands where it stood");
        for id in ["layers", "features", "activation", "init", "dropout"] {
            assert_eq!(knob(&other, id), knob(&saved, id), "{knobs:?}: {id}");
        }
        assert_eq!(knob(&other, "dataset"), "moons".into(), "the data are the figure's");
        other.step(30).expect("and trains on");
        assert_ne!(weights(&other), weights(&saved));
    }
}

#[test]
fn what_was_before_is_gone_back_to_and_what_came_after_comes_again() {
    let mut figure = run(&[], 1);
    figure.step(40).expect("trains");
    let file = run(&[("layers", "6,6,6".into())], 2).export(NETWORK).expect("saved");
    figure.load(NETWORK, &file).expect("opens");
    figure.step(40).expect("trains");
    let after = hash(&figure);
    figure.seek(39).expect("back");
    assert_eq!(knob(&figure, "layers"), "16,16".into(), "the settings go back too");
    figure.seek(80).expect("and forth");
    assert_eq!((hash(&figure), knob(&figure, "layers")), (after, "6,6,6".into()));
    figure.seek(39).expect("back");
    let mut fresh = run(&[], 1);
    fresh.step(39).expect("trains");
    assert_eq!(hash(&figure), hash(&fresh), "as if nothing had been opened yet");
    figure.restart(1).expect("again");
    assert_eq!((figure.steps(), knob(&figure, "layers")), (0, "16,16".into()));
}

#[test]
fn opening_what_was_just_saved_changes_no_number() {
    let mut figure = run(&[], 1);
    figure.step(25).expect("trains");
    let numbers = weights(&figure);
    let file = figure.export(NETWORK).expect("saved");
    figure.load(NETWORK, &file).expect("opens");
    assert_eq!((weights(&figure), figure.export(NETWORK)), (numbers, Ok(file)));
}

#[test]
fn a_network_that_does_not_fit_is_refused_and_nothing_changes() {
    let mut figure = run(&[], 1);
    figure.step(30).expect("trains");
    let before = hash(&figure);
    let mut three = run(&[("dataset", "pinwheel".into())], 1);
    three.step(1).expect("trains");
    let error = figure.load(NETWORK, &three.export(NETWORK).expect("saved")).expect_err("other classes");
    assert_eq!(error.to_string(), "tensor `4.weight`: expected 2×16, got 5×16");
    let bytes = figure.export(NETWORK).expect("saved");
    for end in (0..bytes.len()).step_by(97) {
        assert_eq!(figure.load(NETWORK, &bytes[..end]).expect_err("cut").code(), "network-file");
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    for (from, to, code) in [
        // As long as what it replaces, so that the header's length still holds.
        ("\"layers\":\"16,16\"", "\"layers\":\"99,16\"", "parameter"),
        ("\"layers\":\"16,16\"", "\"layers\":\"16,17\"", "tensor"),
        ("\"layers\":\"16,16\"", "\"layers\":\"16,wx\"", "wrong-type"),
        ("\"activation\":\"tanh\"", "\"activation\":\"tann\"", "choice"),
        ("\"dropout\":\"0\"", "\"dropout\":\"9\"", "parameter"),
        ("\"dropout\":\"0\"", "\"dropout\":\"x\"", "wrong-type"),
        ("\"features\":\"x,y\"", "\"features\":\"xy\" ", "network-file"),
    ] {
        assert!(text.contains(from), "{from}");
        let at = bytes.windows(from.len()).position(|w| w == from.as_bytes()).expect("as above");
        let mut wrong = bytes.clone();
        wrong[at..at + from.len()].copy_from_slice(to.as_bytes());
        let error = figure.load(NETWORK, &wrong).expect_err(to);
        assert_eq!(error.code(), code, "{to}: {error}");
    }
    assert_eq!((hash(&figure), figure.last()), (before, 30), "and the future is still there");
}
