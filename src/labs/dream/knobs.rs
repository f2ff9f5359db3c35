//! What can be set on the `dream` lab, and what it reports.

use crate::labs::picture::layers::LAYERS;
use crate::labs::picture::{PHOTO, PHOTOS, SHIPS};
use crate::labs::{About, Config, Group, Knob, Readout, Role, Unit};
use crate::probe::{Climb, Octaves};

const OCTAVES: Group = Group::Own("octaves");
const CLIMB: Group = Group::Own("climb");

pub fn about() -> About {
    About {
        id: "dream",
        step: "step",
        knobs: vec![
            Knob::choice("photo", Group::Data, PHOTOS, "jaguar"),
            Knob::choice("layer", Group::Network, LAYERS, "b9.expand"),
            Knob::count("size", OCTAVES, (128.0, 512.0, 16.0), 288.0).unit("pixels"),
            Knob::count("octaves", OCTAVES, (1.0, 6.0, 1.0), 4.0),
            Knob::number("scale", OCTAVES, (1.2, 1.6, 0.05), 1.4),
            Knob::count("perOctave", OCTAVES, (1.0, 100.0, 1.0), 14.0),
            Knob::log("rate", CLIMB, (0.001, 0.5, 0.1), 0.012).live(),
            Knob::count("jitter", CLIMB, (0.0, 32.0, 1.0), 12.0).unit("pixels").live(),
            Knob::number("smoothing", CLIMB, (0.0, 1.0, 0.05), 0.85).live(),
        ],
        readouts: vec![
            Readout::new("objective", Unit::Number, Role::Claim),
            Readout::new("noiseObjective", Unit::Number, Role::Control),
            Readout::new("noiseShare", Unit::Share, Role::Minor),
            Readout::new("octave", Unit::Count, Role::Minor),
            Readout::new("step", Unit::Count, Role::Minor),
        ],
        inputs: &[],
        questions: &["sizes", "layers"],
        assets: &[PHOTO],
        ships: &SHIPS,
        exports: &["history.csv"],
    }
}

pub fn octaves(config: &Config) -> Octaves {
    Octaves {
        count: config.count("octaves"),
        scale: config.float("scale"),
        steps: config.count("perOctave") as u64,
    }
}

pub fn climb(config: &Config) -> Climb {
    Climb {
        rate: config.float("rate"),
        jitter: config.count("jitter"),
        smoothing: config.float("smoothing"),
        variation: 0.0,
    }
}
