//! What can be set on the `topology` lab, and what it reports.

use super::{exact, sets, sets::Sets};
use crate::error::Result;
use crate::labs::{About, Config, Group, Knob, Readout, Role, Unit};
use crate::nn::{Activation, Init, Spec};
use crate::optim::Schedule;
use crate::train::{Loss, Settings};

pub fn about() -> About {
    use Group::{Data, Network, Training, View};
    let minor = |id, unit| Readout::new(id, unit, Role::Minor);
    About {
        id: "topology",
        step: "update",
        knobs: vec![
            Knob::choice("dataset", Data, sets::NAMES, "disc"),
            Knob::count("count", Data, (100.0, 4000.0, 100.0), 1000.0).unit("points"),
            Knob::count("width", Network, (1.0, 8.0, 1.0), 2.0),
            Knob::count("depth", Network, (1.0, 8.0, 1.0), 1.0),
            Knob::choice("activation", Network, &Activation::NAMES, "tanh"),
            Knob::choice("weights", Network, &["random", "exact"], "random"),
            Knob::log("rate", Training, (1e-4, 1.0, 0.1), 0.03).live(),
            Knob::choice("schedule", Training, &Schedule::NAMES, "constant").live(),
            Knob::count("batch", Training, (1.0, 512.0, 1.0), 64.0).unit("points").live(),
            Knob::count("resolution", View, (16.0, 256.0, 4.0), 100.0).live(),
        ],
        readouts: vec![
            Readout::new("denseAccuracy", Unit::Share, Role::Claim),
            Readout::new("trainAccuracy", Unit::Share, Role::Control),
            minor("wrong", Unit::Count),
            minor("witnessFound", Unit::Count),
            minor("witnessX", Unit::Number),
            minor("witnessY", Unit::Number),
            minor("width", Unit::Count),
            minor("depth", Unit::Count),
            minor("trainLoss", Unit::Number),
            minor("step", Unit::Count),
        ],
        inputs: &["curves", "preset"],
        questions: &["judge", "thumbnail"],
        assets: &["network.safetensors"],
        ships: &[],
        exports: &["history.csv", "weights.csv", "network.safetensors", "network.json", "network.onnx"],
    }
}

pub fn activation(config: &Config) -> Result<Activation> {
    Activation::from_name(config.text("activation"))
}

/// Neurons of the exact network, where `weights` asks for it and one is known; elsewhere weights are drawn by chance.
pub fn exact_width(config: &Config, sets: &Sets) -> Result<Option<usize>> {
    let wanted = config.text("weights") == "exact";
    Ok(if wanted { exact::width(sets, activation(config)?) } else { None })
}

/// Hidden layers of one width, and two logits.
pub fn chain((width, depth): (usize, usize), function: Activation) -> Vec<Spec> {
    let dense = |units| Spec::Dense { units, init: Init::He };
    let hidden = (0..depth).flat_map(|_| [dense(width), Spec::Activation { function }]);
    hidden.chain([dense(2)]).collect()
}

/// Knobs that decide which network it is. A saved network takes them along.
pub const OF_NETWORK: &[&str] = &["width", "depth", "activation"];

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
