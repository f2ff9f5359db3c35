//! What the default network learns: each set of points, five seeds, 3,000 steps, only `dataset` changed.
//!
//! Beside it `tests/golden/lessons.json`: scikit-learn's MLPClassifier of the same shape, rule, rate, batch and number of
//! updates on the same points (`tests/golden/lessons.py`). `./build.sh lessons` prints the table
//! and tries twenty seeds (`LESSONS=all`): the first five must all reach the bar, of twenty one may miss it.
#![cfg(not(target_arch = "wasm32"))]

use serde::Deserialize;
use std::collections::BTreeMap;
use uncrumple::labs::{Frame, Run, Value, boundary::Boundary};

/// Sets and the share of test points that must be told apart.
const BARS: [(&str, f32); 5] =
    [("spiral", 0.97), ("circle", 0.99), ("xor", 0.99), ("moons", 0.99), ("pinwheel", 0.97)];
/// Seeds that scikit-learn was given too, and that every test run tries.
const SEEDS: u32 = 5;
const ALL_SEEDS: u32 = 20;
const STEPS: u32 = 3_000;

fn run(dataset: &str, seed: u32) -> Run {
    Run::new::<Boundary>([("dataset", Value::from(dataset))], seed).expect("a set of the table")
}

fn readout(run: &Run, id: &str) -> f32 {
    let mut frame = Frame::default();
    run.draw(&mut frame);
    let at = run.about().readouts.iter().position(|r| r.id == id).expect("a read-out");
    frame.get("readouts").expect("a channel").data[at]
}

#[derive(Deserialize)]
struct Reference {
    /// FNV-1a of the points as a file.
    points: String,
    accuracy: f32,
}

/// By set, then by seed.
fn references() -> BTreeMap<String, Vec<Reference>> {
    serde_json::from_str(include_str!("golden/lessons.json")).expect("what lessons.py wrote")
}

fn fnv(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01B3));
    format!("{hash:016x}")
}

/// Writes the points of every lesson for `lessons.py` when `POINTS` names a folder.
#[test]
fn points_are_those_scikit_learn_saw() {
    let mut stale = Vec::new();
    for (dataset, _) in BARS {
        for seed in 1..=SEEDS {
            let points = run(dataset, seed).export("points.csv").expect("a file");
            if let Some(folder) = std::env::var_os("POINTS") {
                let path = std::path::Path::new(&folder).join(format!("{dataset}-{seed}.csv"));
                std::fs::write(path, points).expect("a folder to write to");
            } else if references()[dataset][seed as usize - 1].points != fnv(&points) {
                stale.push(format!("{dataset} {seed}"));
            }
        }
    }
    assert!(stale.is_empty(), "run tests/golden/lessons.py again: other points now for {}", stale.join(", "));
}

#[test]
fn the_default_network_learns_every_set_as_well_as_scikit_learns() {
    let (references, mut faults) = (references(), Vec::new());
    let seeds = if std::env::var_os("LESSONS").is_some_and(|v| v == "all") { ALL_SEEDS } else { SEEDS };
    println!(
        "test accuracy after {STEPS} steps, seeds 1 to {seeds}; mean and scikit-learn: seeds 1 to {SEEDS}"
    );
    println!(
        "{:10} {:>5} {:>6} {:>6} {:>6} {:>8}  of each seed",
        "set", "bar", "least", "median", "mean", "sklearn"
    );
    for (dataset, bar) in BARS {
        let accuracies: Vec<f32> = (1..=seeds)
            .map(|seed| {
                let mut run = run(dataset, seed);
                run.step(STEPS).expect("defaults train");
                readout(&run, "testAccuracy")
            })
            .collect();
        let common = SEEDS as usize;
        let mean = accuracies[..common].iter().sum::<f32>() / SEEDS as f32;
        let theirs = references[dataset].iter().map(|r| r.accuracy).sum::<f32>() / SEEDS as f32;
        let each = accuracies.iter().map(|a| format!("{a:.3}")).collect::<Vec<_>>().join(" ");
        let mut sorted = accuracies.clone();
        sorted.sort_by(f32::total_cmp);
        let (least, median) = (sorted[0], sorted[sorted.len() / 2]);
        println!("{dataset:10} {bar:5.2} {least:6.3} {median:6.3} {mean:6.3} {theirs:8.3}  {each}");
        let under = |some: &[f32]| some.iter().filter(|a| **a < bar).count();
        if under(&accuracies[..common]) > 0 || under(&accuracies) > 1 {
            faults.push(format!("{dataset}: {each}, bar {bar}"));
        }
        if mean < theirs - 0.01 {
            faults.push(format!("{dataset}: {mean} where scikit-learn has {theirs}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The bars can fail: a network without a hidden layer cannot bend its boundary around a circle.
#[test]
fn a_straight_line_does_not_learn_a_circle() {
    let values = [("dataset", Value::from("circle")), ("layers", Value::from(""))];
    let mut run = Run::new::<Boundary>(values, 1).expect("a network of one layer");
    run.step(STEPS).expect("defaults train");
    assert!(readout(&run, "testAccuracy") < 0.8);
}
