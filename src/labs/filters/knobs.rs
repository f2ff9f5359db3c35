//! What can be set on the `filters` lab, and what it reports.

use crate::labs::picture::layers::WITH_DIGITS;
use crate::labs::picture::{self, PHOTO, PHOTOS};
use crate::labs::{About, Config, Group, Knob, Readout, Role, Unit, network_file::NETWORK};
use crate::probe::Climb;

/// Networks that read digits, one for each of [`TRAININGS`].
pub const NETS: [&str; 2] = ["digits-net.bin", "digits-robust.bin"];
/// How they were trained: on digits as they are, or against pushes of up to ε = 0.3 on each.
pub const TRAININGS: &[&str] = &["plain", "adversarial"];
/// Digits they learned from, and others.
pub const DIGITS: [&str; 2] = ["digits-train.bin", "digits-test.bin"];
/// All that may be needed: that, the network that names photographs, the names of its classes, photographs.
const SHIPS: [&str; 22] = {
    let mut all = [NETS[0]; 22];
    let mut i = 1;
    while i < all.len() {
        all[i] = match i {
            1 => NETS[1],
            2 | 3 => DIGITS[i - 2],
            _ => picture::SHIPS[i - 4],
        };
        i += 1;
    }
    all
};
const START: Group = Group::Own("start");
const CLIMB: Group = Group::Own("climb");

pub fn about() -> About {
    About {
        id: "filters",
        step: "step",
        knobs: vec![
            Knob::choice("layer", Group::Network, WITH_DIGITS, "digits.class"),
            Knob::choice("training", Group::Network, TRAININGS, TRAININGS[0]),
            // No layer has more; how many the one at hand has, the lab tells.
            Knob::count("unit", Group::View, (0.0, 1279.0, 1.0), 0.0).live(),
            Knob::choice("goal", START, &["fooling", "adversarial", "dream"], "fooling"),
            Knob::choice("photo", Group::Data, PHOTOS, "panda"),
            Knob::count("item", Group::Data, (0.0, 1_999.0, 1.0), 0.0),
            Knob::count("epsilon", START, (0.0, 128.0, 1.0), 16.0).unit("levels").live(),
            Knob::choice("parametrisation", START, &["pixels", "fourier"], "pixels"),
            Knob::count("size", START, (64.0, 224.0, 16.0), 128.0).unit("pixels"),
            Knob::log("rate", CLIMB, (0.001, 0.5, 0.1), 0.02).live(),
            Knob::count("jitter", CLIMB, (0.0, 16.0, 1.0), 2.0).unit("pixels").live(),
            Knob::number("smoothing", CLIMB, (0.0, 1.0, 0.05), 0.0).live(),
            Knob::number("variation", CLIMB, (0.0, 2.0, 0.05), 0.0).live(),
        ],
        readouts: vec![
            Readout::new("activation", Unit::Number, Role::Claim),
            Readout::new("bestDatasetActivation", Unit::Number, Role::Control),
            Readout::new("confidence", Unit::Share, Role::Minor),
            Readout::new("nearestNeighbourDistance", Unit::Number, Role::Minor),
            Readout::new("highFrequencyShare", Unit::Share, Role::Minor),
            Readout::new("step", Unit::Count, Role::Minor),
        ],
        inputs: &[],
        questions: &["layers", "item"],
        assets: &[PHOTO, NETWORK],
        ships: &SHIPS,
        exports: &["history.csv"],
    }
}

/// What the picture is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// From noise, one unit.
    Fooling,
    /// From a picture, inside ε, one unit.
    Adversarial,
    /// From a picture, the whole layer.
    Dream,
}

pub fn goal(config: &Config) -> Goal {
    match config.text("goal") {
        "adversarial" => Goal::Adversarial,
        "dream" => Goal::Dream,
        _ => Goal::Fooling,
    }
}

/// How steps are taken, and how far they may lead from where they began, as a share of a pixel's range. No step is longer than a quarter of that.
pub fn climb(config: &Config) -> (Climb, f32) {
    let epsilon = config.float("epsilon") / 255.0;
    let (rate, most) = (config.float("rate"), 0.25 * epsilon);
    let bound = goal(config) == Goal::Adversarial && rate > most;
    let climb = Climb {
        rate: if bound { most } else { rate },
        jitter: config.count("jitter"),
        smoothing: config.float("smoothing"),
        variation: config.float("variation"),
    };
    (climb, epsilon)
}
