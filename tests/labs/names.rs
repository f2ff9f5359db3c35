//! Names that links, pages and scripts of other people use: one that is gone breaks them, a new one beside them does not.

use crate::common::fresh;
use uncrumple::labs::{About, Kind};

fn about(id: &str) -> About {
    fresh(id, 1).about().clone()
}

fn choices(about: &About, knob: &str) -> &'static [&'static str] {
    match about.knobs.iter().find(|k| k.id == knob).map(|k| &k.kind) {
        Some(Kind::Choice { choices }) => choices,
        _ => panic!("{}: {knob} is no choice", about.id),
    }
}

fn assert_names(id: &str, knobs: &[&str], plain: &[&str], by_layer: &[&str]) {
    let about = about(id);
    for knob in knobs {
        assert!(about.knobs.iter().any(|k| k.id == *knob), "{id}: the knob {knob} is gone");
    }
    for readout in plain {
        assert!(
            about.readouts.iter().any(|r| r.id == *readout && r.by.is_none()),
            "{id}: the read-out {readout} is gone"
        );
    }
    for readout in by_layer {
        assert!(
            about.readouts.iter().any(|r| r.id == *readout && r.by == Some("layer")),
            "{id}: the read-out {readout}[layer] is gone"
        );
    }
}

#[test]
fn boundary_keeps_its_names() {
    let knobs = ["dataset", "layers", "optimizer", "rate", "batch", "epsilon"];
    let readouts = [
        "trainLoss",
        "testLoss",
        "trainAccuracy",
        "testAccuracy",
        "robustAccuracy",
        "noiseAccuracy",
        "meanPerturbation",
        "epoch",
        "step",
    ];
    assert_names("boundary", &knobs, &readouts, &[]);
}

#[test]
fn layers_keeps_its_names() {
    let readouts = ["loss", "accuracy", "maxStretch", "minDeterminant", "roundTripError"];
    assert_names("layers", &["dataset", "layers", "activation", "depth"], &readouts, &["probe"]);
}

#[test]
fn uncrumple_keeps_its_names() {
    let readouts = ["loss", "accuracy", "testAccuracy", "rawProbe", "inverseProbe"];
    assert_names("uncrumple", &["dataset", "crumple", "layers"], &readouts, &["probe"]);
    for set in ["sheets", "rings", "roll", "yours"] {
        assert!(choices(&about("uncrumple"), "dataset").contains(&set), "{set} is gone");
    }
}

#[test]
fn topology_keeps_its_names() {
    let readouts =
        ["trainAccuracy", "denseAccuracy", "witnessFound", "witnessX", "witnessY", "width", "depth"];
    assert_names("topology", &["dataset", "width", "depth", "activation", "weights"], &readouts, &[]);
    for function in ["tanh", "sigmoid", "relu", "leaky-relu", "gelu", "sine"] {
        assert!(choices(&about("topology"), "activation").contains(&function), "{function} is gone");
    }
}

#[test]
fn imagenet_keeps_its_names() {
    let readouts = [
        "confidence",
        "targetConfidence",
        "noiseConfidence",
        "top1",
        "jpegConfidence",
        "linf",
        "l2",
        "flippedAtStep",
        "step",
    ];
    assert_names("imagenet", &["photo", "target", "epsilon", "norm"], &readouts, &[]);
    for photo in ["panda", "gibbon", "giraffe", "yours"] {
        assert!(choices(&about("imagenet"), "photo").contains(&photo), "{photo} is gone");
    }
}

#[test]
fn filters_and_dream_keep_their_names() {
    let readouts = [
        "activation",
        "bestDatasetActivation",
        "confidence",
        "nearestNeighbourDistance",
        "highFrequencyShare",
        "step",
    ];
    let knobs = ["layer", "unit", "goal", "photo", "item", "epsilon", "parametrisation", "size", "jitter"];
    assert_names("filters", &knobs, &readouts, &[]);
    for layer in ["digits.conv1", "digits.conv2", "digits.class", "lite0.b5.expand", "lite0.class"] {
        assert!(choices(&about("filters"), "layer").contains(&layer), "{layer} is gone");
    }
    for goal in ["fooling", "adversarial", "dream"] {
        assert!(choices(&about("filters"), "goal").contains(&goal), "{goal} is gone");
    }
    let knobs = ["photo", "layer", "size", "octaves", "scale", "perOctave", "jitter"];
    let readouts = ["objective", "noiseObjective", "noiseShare", "octave", "step"];
    assert_names("dream", &knobs, &readouts, &[]);
    for layer in ["b7.expand", "b9.expand", "b10.expand", "b12.expand"] {
        assert!(choices(&about("dream"), "layer").contains(&layer), "{layer} is gone");
    }
}

/// Any planar dataset: what `boundary` trains on `layers` carries.
#[test]
fn sets_of_the_plane_keep_their_names_in_both_labs_that_draw_it() {
    let sets = ["circle", "xor", "gauss", "spiral", "moons", "rings", "pinwheel", "checkerboard", "yours"];
    for lab in ["boundary", "layers"] {
        for set in sets {
            assert!(choices(&about(lab), "dataset").contains(&set), "{lab}: {set} is gone");
        }
    }
}
