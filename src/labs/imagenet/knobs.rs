//! What can be set on the `imagenet` lab, and what it reports.

use crate::attack::{Ball, Norm};
use crate::labs::picture::{PHOTO, PHOTOS, SHIPS};
use crate::labs::{About, Config, Group, Knob, Readout, Role, Unit};

/// The target that is none: out of the class it is in, anywhere.
pub const UNTARGETED: &str = "none";
const LONGEST_NAME: usize = 80;

pub fn about() -> About {
    use Group::{Data, View};
    // They change the run, which the common group of pushes does not.
    let attack = Group::Own("attack");
    About {
        id: "imagenet",
        step: "push",
        knobs: vec![
            Knob::choice("photo", Data, PHOTOS, "panda"),
            Knob::name("target", attack, LONGEST_NAME, "gibbon").live(),
            Knob::number("epsilon", attack, (0.0, 16.0, 0.25), 1.0).unit("levels").live(),
            Knob::choice("norm", attack, &["inf", "l2"], "inf"),
            Knob::choice("method", attack, &["pgd", "fgsm"], "pgd"),
            Knob::number("stepSize", attack, (0.0, 16.0, 0.05), 0.5).unit("levels").live(),
            Knob::number("momentum", attack, (0.0, 1.0, 0.05), 0.0).live(),
            Knob::count("quality", View, (1.0, 100.0, 1.0), 75.0).live(),
        ],
        readouts: vec![
            Readout::new("confidence", Unit::Share, Role::Minor),
            Readout::new("targetConfidence", Unit::Share, Role::Claim),
            Readout::new("noiseConfidence", Unit::Share, Role::Control),
            Readout::new("top1", Unit::Text, Role::Claim),
            Readout::new("jpegConfidence", Unit::Share, Role::Control),
            Readout::new("linf", Unit::Number, Role::Minor),
            Readout::new("l2", Unit::Number, Role::Minor),
            Readout::new("flippedAtStep", Unit::Count, Role::Minor),
            Readout::new("gradientEvaluations", Unit::Count, Role::Minor),
            Readout::new("step", Unit::Count, Role::Minor),
        ],
        inputs: &[],
        questions: &[],
        assets: &[PHOTO],
        ships: &SHIPS,
        exports: &["history.csv"],
    }
}

/// How steps are taken, in the units of what the network gets, of which 1 is 128 grey levels.
#[derive(Debug, Clone, Copy)]
pub struct Push {
    pub ball: Ball,
    pub rate: f32,
    /// μ of MI-FGSM; 0: every step follows its own gradient.
    pub momentum: f32,
}

impl Push {
    /// For a picture of `len` numbers: under ‖·‖₂ sizes are root mean squares.
    pub fn new(config: &Config, len: usize) -> Self {
        let (norm, unit) = match config.text("norm") {
            "l2" => (Norm::Two, (len as f32).sqrt() / 128.0),
            _ => (Norm::Inf, 1.0 / 128.0),
        };
        let epsilon = config.float("epsilon") * unit;
        if config.text("method") == "fgsm" {
            return Self { ball: Ball { norm, epsilon }, rate: epsilon, momentum: 0.0 };
        }
        Self {
            ball: Ball { norm, epsilon },
            rate: config.float("stepSize") * unit,
            momentum: config.float("momentum"),
        }
    }
}
