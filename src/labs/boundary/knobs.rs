//! What can be set on the `boundary` lab, and what it reports.

use crate::attack::Method;
use crate::error::Result;
use crate::labs::plane::{DATASETS, INPUTS};
use crate::labs::{About, Config, Group, Kind, Knob, Readout, Role, Scale, Unit, Value, parse_layers};
use crate::nn::layers::Term;
use crate::nn::{Activation, Init, Spec};
use crate::optim::{Rule, Schedule};
use crate::train::{Loss, Settings};

const MAX_LAYERS: usize = 8;
const MAX_UNITS: usize = 64;

pub fn about() -> About {
    use Group::{Data, Network, Push, Training, View};
    let layers = Kind::Layers { max_layers: MAX_LAYERS, max_units: MAX_UNITS, activations: &Activation::NAMES };
    let layers = Knob { id: "layers", group: Network, kind: layers, default: Value::from("16,16"), unit: None, live: false };
    let penalty = |id| {
        let kind = Kind::Number { min: 0.0, max: 0.1, step: 0.0001, scale: Scale::Linear, integer: false };
        Knob { id, group: Training, kind, default: Value::from(0.0), unit: None, live: true }
    };
    About {
        id: "boundary",
        step: "update",
        knobs: vec![
            Knob::choice("dataset", Data, DATASETS, "spiral"),
            Knob::count("count", Data, (20.0, 2000.0, 10.0), 400.0).unit("points"),
            Knob::number("noise", Data, (0.0, 0.5, 0.01), 0.03).unit("halfWidth"),
            Knob::number("split", Data, (0.1, 0.9, 0.05), 0.5).unit("share"),
            Knob::subset("features", Data, &Term::NAMES, "x,y"),
            layers,
            Knob::choice("activation", Network, &Activation::NAMES, "tanh"),
            Knob::choice("init", Network, &["he", "xavier"], "he"),
            Knob::choice("loss", Training, &Loss::NAMES, "cross-entropy").live(),
            Knob::choice("optimizer", Training, &Rule::NAMES, "adam").live(),
            Knob::log("rate", Training, (1e-5, 10.0, 0.1), 0.02).live(),
            Knob::choice("schedule", Training, &Schedule::NAMES, "constant").live(),
            Knob::count("batch", Training, (1.0, 512.0, 1.0), 32.0).unit("points").live(),
            penalty("l1"),
            penalty("l2"),
            Knob::number("dropout", Training, (0.0, 0.9, 0.05), 0.0).unit("share").live(),
            Knob::number("epsilon", Push, (0.0, 0.5, 0.01), 0.1).unit("halfWidth").live(),
            Knob::choice("norm", Push, &["l2", "linf"], "l2").live(),
            Knob::choice("method", Push, &Method::NAMES, "pgd").live(),
            Knob::count("selected", View, (-1.0, 10_000.0, 1.0), -1.0).live(),
            Knob::count("resolution", View, (16.0, 512.0, 4.0), 100.0).live(),
        ],
        readouts: vec![
            Readout::new("robustAccuracy", Unit::Share, Role::Claim),
            Readout::new("noiseAccuracy", Unit::Share, Role::Control),
            Readout::new("testAccuracy", Unit::Share, Role::Minor),
            Readout::new("trainAccuracy", Unit::Share, Role::Minor),
            Readout::new("testLoss", Unit::Number, Role::Minor),
            Readout::new("trainLoss", Unit::Number, Role::Minor),
            Readout::new("meanPerturbation", Unit::Number, Role::Minor),
            Readout::new("gradients", Unit::Count, Role::Minor),
            Readout::new("epoch", Unit::Count, Role::Minor),
            Readout::new("step", Unit::Count, Role::Minor),
        ],
        inputs: INPUTS,
        questions: &["at", "thumbnail"],
        assets: &["points.csv", "network.safetensors"],
        ships: &[],
        exports: &["points.csv", "history.csv", "network.safetensors", "network.json", "network.onnx"],
    }
}

/// The terms the network reads.
pub fn terms(config: &Config) -> Vec<Term> {
    let chosen: Vec<&str> = config.text("features").split(',').collect();
    Term::ALL.into_iter().zip(Term::NAMES).filter(|(_, name)| chosen.contains(name)).map(|(t, _)| t).collect()
}

/// The chain from a point of the plane to `classes` logits.
///
/// # Errors
/// As [`parse_layers`].
pub fn chain(config: &Config, classes: usize) -> Result<Vec<Spec>> {
    let init = if config.text("init") == "he" { Init::He } else { Init::Xavier };
    let function = Activation::from_name(config.text("activation"))?;
    let (terms, dropout) = (terms(config), config.float("dropout"));
    let mut specs = Vec::new();
    if terms != [Term::X, Term::Y] {
        specs.push(Spec::Features { terms });
    }
    for (units, own) in parse_layers("layers", config.text("layers"), MAX_LAYERS, MAX_UNITS)? {
        specs.push(Spec::Dense { units, init });
        specs.push(Spec::Activation { function: own.unwrap_or(function) });
        if dropout > 0.0 {
            specs.push(Spec::Dropout { rate: dropout });
        }
    }
    specs.push(Spec::Dense { units: classes, init });
    Ok(specs)
}

/// Knobs that decide which network it is. A saved network takes them along.
pub const OF_NETWORK: &[&str] = &["features", "layers", "activation", "init", "dropout"];

/// What the trainer needs of the knobs.
///
/// # Errors
/// None for a checked config.
pub fn settings(config: &Config) -> Result<Settings> {
    Ok(Settings {
        loss: Loss::from_name(config.text("loss"))?,
        rate: config.float("rate"),
        schedule: Schedule::from_name(config.text("schedule"))?,
        batch: config.count("batch"),
        l1: config.float("l1"),
        l2: config.float("l2"),
    })
}
