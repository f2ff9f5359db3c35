//! What can be set on the `layers` lab, and what it reports.

use crate::error::Result;
use crate::labs::plane::{DATASETS, INPUTS};
use crate::labs::{About, Config, Group, Kind, Knob, Readout, Role, Scale, Unit, Value, parse_layers};
use crate::nn::{Activation, Init, Spec};
use crate::optim::{Rule, Schedule};
use crate::train::{Loss, Settings};

pub const MAX_LAYERS: usize = 8;
/// Wider ones would be drawn as a projection just as well, and cost a frame more than they show.
const MAX_UNITS: usize = 16;

pub fn about() -> About {
    use Group::{Data, Network, Training, View};
    let layers = Kind::Layers { max_layers: MAX_LAYERS, max_units: MAX_UNITS, activations: &Activation::NAMES };
    let layers = Knob { id: "layers", group: Network, kind: layers, default: Value::from("3,3"), unit: None, live: false };
    let penalty = Kind::Number { min: 0.0, max: 0.1, step: 0.0001, scale: Scale::Linear, integer: false };
    let penalty = Knob { id: "l2", group: Training, kind: penalty, default: Value::from(0.003), unit: None, live: true };
    let follow = Knob { id: "follow", group: View, kind: Kind::Flag, default: Value::from(false), unit: None, live: true };
    About {
        id: "layers",
        step: "update",
        knobs: vec![
            Knob::choice("dataset", Data, DATASETS, "circle"),
            Knob::count("count", Data, (20.0, 2000.0, 10.0), 400.0).unit("points"),
            Knob::number("noise", Data, (0.0, 0.5, 0.01), 0.03).unit("halfWidth"),
            Knob::number("split", Data, (0.1, 0.9, 0.05), 0.5).unit("share"),
            layers,
            Knob::choice("activation", Network, &Activation::NAMES, "tanh"),
            Knob::choice("init", Network, &["he", "xavier"], "he"),
            Knob::choice("optimizer", Training, &Rule::NAMES, "adam").live(),
            Knob::log("rate", Training, (1e-5, 10.0, 0.1), 0.02).live(),
            Knob::count("batch", Training, (1.0, 512.0, 1.0), 32.0).unit("points").live(),
            penalty,
            // How many layers the points have been carried through; beyond the last hidden one: through all.
            Knob::number("depth", View, (0.0, MAX_LAYERS as f64, 0.01), MAX_LAYERS as f64).live(),
            follow,
            Knob::number("x", View, (-1.0, 1.0, 0.01), 0.0).live(),
            Knob::number("y", View, (-1.0, 1.0, 0.01), 0.0).live(),
            Knob::count("resolution", View, (8.0, 60.0, 2.0), 24.0).live(),
        ],
        readouts: vec![
            Readout::new("lastProbe", Unit::Share, Role::Claim),
            Readout::new("rawProbe", Unit::Share, Role::Control),
            Readout::new("testAccuracy", Unit::Share, Role::Minor),
            Readout::new("maxStretch", Unit::Number, Role::Minor),
            Readout::new("minDeterminant", Unit::Number, Role::Minor),
            Readout::new("roundTripError", Unit::Number, Role::Minor),
            Readout::new("accuracy", Unit::Share, Role::Minor),
            Readout::new("loss", Unit::Number, Role::Minor),
            Readout::new("step", Unit::Count, Role::Minor),
            Readout::new("probe", Unit::Share, Role::Minor).by("layer"),
        ],
        inputs: INPUTS,
        questions: &["thumbnail"],
        assets: &["points.csv", "network.safetensors"],
        ships: &[],
        exports: &["points.csv", "history.csv", "network.safetensors", "network.json", "network.onnx"],
    }
}

/// Hidden layers, an affine map and a function each, then `classes` logits: nodes `2l` and `2l + 1` are layer `l`.
///
/// # Errors
/// As [`parse_layers`].
pub fn chain(config: &Config, classes: usize) -> Result<Vec<Spec>> {
    let init = if config.text("init") == "he" { Init::He } else { Init::Xavier };
    let function = Activation::from_name(config.text("activation"))?;
    let mut specs = Vec::new();
    for (units, own) in parse_layers("layers", config.text("layers"), MAX_LAYERS, MAX_UNITS)? {
        specs.push(Spec::Dense { units, init });
        specs.push(Spec::Activation { function: own.unwrap_or(function) });
    }
    specs.push(Spec::Dense { units: classes, init });
    Ok(specs)
}

/// Knobs that decide which network it is. A saved network takes them along.
pub const OF_NETWORK: &[&str] = &["layers", "activation", "init"];

/// What the trainer needs of the knobs.
pub fn settings(config: &Config) -> Settings {
    Settings {
        loss: Loss::CrossEntropy,
        rate: config.float("rate"),
        schedule: Schedule::Constant,
        batch: config.count("batch"),
        l1: 0.0,
        l2: config.float("l2"),
    }
}
