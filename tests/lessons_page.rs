//! What the essay says beside its figures, over five seeds and at the settings that its buttons set: a sentence that is no longer
//! true fails here. What the labs' own lessons hold is not repeated.
#![cfg(not(target_arch = "wasm32"))]

use uncrumple::labs::boundary::Boundary;
use uncrumple::labs::topology::Topology;
use uncrumple::labs::uncrumple::Uncrumple;
use uncrumple::labs::{Frame, Lab, Run, Value};

const SEEDS: std::ops::RangeInclusive<u32> = 1..=5;

fn run<L: Lab + 'static>(knobs: &[(&'static str, Value)], seed: u32, steps: u32) -> Run {
    let mut run = Run::new::<L>(knobs.iter().cloned(), seed).expect("settings of the page");
    run.step(steps).expect("it trains");
    run
}

fn read<const N: usize>(run: &Run, ids: [&str; N]) -> [f32; N] {
    while !run.measure(1_000) {}
    let mut frame = Frame::default();
    run.draw(&mut frame);
    let plain: Vec<&str> = run.about().readouts.iter().filter(|r| r.by.is_none()).map(|r| r.id).collect();
    let data = &frame.get("readouts").expect("a channel").data;
    ids.map(|id| data[plain.iter().position(|p| *p == id).expect(id)])
}

#[test]
fn a_random_push_leaves_most_points_and_the_worst_of_twice_its_size_almost_none() {
    for seed in SEEDS {
        let mut learnt = run::<Boundary>(&[], seed, 1_000);
        let [robust, noise] = read(&learnt, ["robustAccuracy", "noiseAccuracy"]);
        assert!(noise >= 0.8 && robust <= noise - 0.2, "seed {seed}: {robust}, by chance {noise}");
        learnt.set("epsilon", 0.2.into()).expect("a size");
        let [robust, noise] = read(&learnt, ["robustAccuracy", "noiseAccuracy"]);
        assert!(noise > 0.5 && robust <= 0.1, "seed {seed}, doubled: {robust}, by chance {noise}");
    }
}

#[test]
fn the_more_the_boundary_winds_the_closer_it_passes_and_a_circle_keeps_its_distance() {
    let ids = ["testAccuracy", "meanPerturbation"];
    for seed in SEEDS {
        let [early, late] = [20, 1_000].map(|steps| read(&run::<Boundary>(&[], seed, steps), ids));
        assert!(late[0] > early[0] + 0.2, "seed {seed}: right {} and {}", early[0], late[0]);
        assert!(late[1] < early[1] / 2.0, "seed {seed}: pushes of {} and {}", early[1], late[1]);
        let circle = run::<Boundary>(&[("dataset", "circle".into())], seed, 1_000);
        let [robust] = read(&circle, ["robustAccuracy"]);
        assert!(robust >= 0.8, "circle, seed {seed}: {robust}");
    }
}

/// The last is the seed of the title's figure.
#[test]
fn three_wide_layers_fall_short_and_sixteen_wide_ones_part_linked_rings() {
    for seed in [1, 2, 3, 4, 8] {
        let narrow = run::<Uncrumple>(&[("layers", "3,3,3,3".into())], seed, 3_000);
        let [narrow] = read(&narrow, ["testAccuracy"]);
        assert!(narrow <= 0.95, "seed {seed}: {narrow}");
        let rings = run::<Uncrumple>(&[("dataset", "rings".into())], seed, 3_000);
        let [rings, inverse] = read(&rings, ["testAccuracy", "inverseProbe"]);
        assert!(rings >= 0.99 && inverse <= 0.8, "rings, seed {seed}: {rings}, by the inverse {inverse}");
    }
}

/// "Whether training finds it is another matter": four neurons part the tori for some seeds and not for others.
#[test]
fn four_neurons_part_linked_tori_for_some_seeds_only() {
    let size = [("width", Value::from(4.0)), ("depth", Value::from(2.0))];
    let knobs = [&[("dataset", Value::from("tori"))], &size[..]].concat();
    let parted =
        SEEDS.filter(|&seed| read(&run::<Topology>(&knobs, seed, 1_000), ["wrong"]) == [0.0]).count();
    assert!((1..5).contains(&parted), "{parted} of 5");
}
