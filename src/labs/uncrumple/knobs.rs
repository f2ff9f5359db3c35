//! What can be set on the `uncrumple` lab, and what it reports.

use crate::data::{MAX_FOLDS, SpaceSet};
use crate::error::Result;
use crate::labs::{About, Config, Group, Kind, Knob, Readout, Role, Unit, Value, parse_layers};
use crate::nn::{Activation, Init, Spec};
use crate::optim::{Rule, Schedule};
use crate::train::{Loss, Settings};

const MAX_LAYERS: usize = 8;
const MAX_UNITS: usize = 64;

pub fn about() -> About {
    use Group::{Data, Network, Training, View};
    let layers = Kind::Layers { max_layers: MAX_LAYERS, max_units: MAX_UNITS, activations: &Activation::NAMES };
    let layers =
        Knob { id: "layers", group: Network, kind: layers, default: Value::from("16,16,16,16"), unit: None, live: false };
    About {
        id: "uncrumple",
        step: "update",
        knobs: vec![
            Knob::choice("dataset", Data, &["sheets", "rings", "roll", "yours"], "sheets"),
            Knob::count("crumple", Data, (1.0, MAX_FOLDS as f64, 1.0), 4.0),
            Knob::number("crease", Data, (0.0, 0.99, 0.01), 0.9),
            Knob::count("count", Data, (100.0, 4000.0, 100.0), 4000.0).unit("points"),
            layers,
            Knob::choice("activation", Network, &Activation::NAMES, "tanh"),
            Knob::choice("optimizer", Training, &Rule::NAMES, "adam").live(),
            Knob::log("rate", Training, (1e-5, 10.0, 0.1), 0.01).live(),
            Knob::choice("schedule", Training, &Schedule::NAMES, "warmup").live(),
            Knob::count("batch", Training, (1.0, 512.0, 1.0), 128.0).unit("points").live(),
            Knob::count("fineness", View, (8.0, 96.0, 4.0), 40.0),
        ],
        readouts: vec![
            Readout::new("testAccuracy", Unit::Share, Role::Claim),
            Readout::new("rawProbe", Unit::Share, Role::Control),
            Readout::new("accuracy", Unit::Share, Role::Minor),
            Readout::new("loss", Unit::Number, Role::Minor),
            Readout::new("inverseProbe", Unit::Share, Role::Minor),
            Readout::new("step", Unit::Count, Role::Minor),
            Readout::new("probe", Unit::Share, Role::Minor).by("layer"),
        ],
        inputs: &[],
        questions: &["unfold", "thumbnail"],
        assets: &["network.safetensors"],
        ships: &[],
        exports: &["history.csv", "network.safetensors", "network.json", "network.onnx"],
    }
}

/// The surfaces behind `dataset`; your own photo is printed on the sheets.
pub fn space_set(config: &Config) -> SpaceSet {
    match config.text("dataset") {
        "rings" => SpaceSet::Rings,
        "roll" => SpaceSet::Roll,
        _ => SpaceSet::Sheets,
    }
}

/// The chain from a point of space to two logits.
///
/// # Errors
/// As [`parse_layers`].
pub fn chain(config: &Config) -> Result<Vec<Spec>> {
    let function = Activation::from_name(config.text("activation"))?;
    let mut specs = Vec::new();
    for (units, own) in parse_layers("layers", config.text("layers"), MAX_LAYERS, MAX_UNITS)? {
        specs.push(Spec::Dense { units, init: Init::He });
        specs.push(Spec::Activation { function: own.unwrap_or(function) });
    }
    specs.push(Spec::Dense { units: 2, init: Init::He });
    Ok(specs)
}

/// Knobs that decide which network it is. A saved network takes them along.
pub const OF_NETWORK: &[&str] = &["layers", "activation"];

/// What the trainer needs of the knobs.
///
/// # Errors
/// None for a checked config.
pub fn settings(config: &Config) -> Result<Settings> {
    Ok(Settings {
        loss: Loss::CrossEntropy,
        rate: config.float("rate"),
        schedule: Schedule::from_name(config.text("schedule"))?,
        batch: config.count("batch"),
        l1: 0.0,
        l2: 0.0,
    })
}
