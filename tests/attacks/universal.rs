//! One push for all rows: that it is one, that it works, and that noise of its size does not.

use crate::nets::{Trained, agreement, decisions, flat, trained_with};
use std::sync::LazyLock;
use uncrumple::attack::*;
use uncrumple::data::PlaneSet;
use uncrumple::nn::Activation;
use uncrumple::rng::Rng;

/// Two round clusters: one push takes one of them across, and what it costs there it does not gain on the other side.
static BLOBS: LazyLock<Trained> =
    LazyLock::new(|| trained_with(PlaneSet::Gauss, &[2, 16, 16, 2], Activation::Tanh, 160, 600));

fn universal(task: Task, ball: Ball, steps: u32, seed: u32) -> Universal {
    let settings = UniversalSettings { batch: 40, ..UniversalSettings::new(ball, steps) };
    Universal::new(task, settings, &Rng::seeded(seed)).unwrap()
}

fn ball(norm: Norm) -> Ball {
    Ball { norm, epsilon: 0.6 }
}

#[test]
fn every_row_gets_the_same_push_but_for_the_box() {
    let task = BLOBS.task();
    for norm in [Norm::One, Norm::Two, Norm::Inf] {
        let mut attack = universal(task.clone(), ball(norm), 40, 1);
        while !attack.step(&BLOBS.net) {
            let push = attack.push().to_vec();
            assert!(norm.of(&push) <= 0.6 + 1e-6, "{norm:?}: {push:?}");
            for (x, clean) in flat(attack.adversarial()).chunks(2).zip(task.clean().chunks(2)) {
                for k in 0..2 {
                    let (low, high) = Domain::PLANE.bounds(clean[k]);
                    assert_eq!(x[k], (clean[k] + push[k]).clamp(low, high));
                }
            }
        }
        assert_eq!(attack.gradients_spent(), 40 * 40, "one a row of a minibatch and step");
    }
}

/// Under ‖·‖₂ alone: of the four corners that noise under ‖·‖∞ has in the plane, two are the worst push there is. What holds
/// under ‖·‖∞ where there are many features is tried on digits (tests/digits.rs).
#[test]
fn it_beats_noise_of_the_same_size() {
    let ball = ball(Norm::Two);
    for seed in 1..4 {
        let mut attack = universal(BLOBS.task(), ball, 100, seed);
        let mut noise = Noise::new(BLOBS.task(), ball, Draw::Surface, 20, &Rng::seeded(seed)).unwrap();
        attack.run(&BLOBS.net);
        noise.run(&BLOBS.net);
        let (worst, random) = (attack.robust_accuracy(), noise.accuracy());
        println!("seed {seed}: {worst} under one push, {random} under noise");
        assert!(worst + 0.1 < random, "seed {seed}: {worst} against {random}");
    }
}

#[test]
fn towards_a_target_it_brings_more_rows_there_than_were_there() {
    for target in 0..2 {
        let targets = vec![target; BLOBS.classes.len()];
        let task = Task::new(&BLOBS.x, &targets, Domain::PLANE).unwrap().targeted();
        let mut attack = universal(task, ball(Norm::Two), 100, 1);
        attack.run(&BLOBS.net);
        let before = agreement(&decisions(&BLOBS.net, &BLOBS.x), &targets);
        let after = agreement(&decisions(&BLOBS.net, &flat(attack.adversarial())), &targets);
        assert!(after > before + 0.2, "class {target}: {before} before, {after} after");
    }
}

#[test]
fn rows_it_has_not_seen_can_be_pushed_too() {
    let mut attack = universal(BLOBS.task(), ball(Norm::Inf), 60, 1);
    attack.run(&BLOBS.net);
    let mut all = BLOBS.x.clone();
    attack.apply(&mut all).unwrap();
    assert_eq!(all, flat(attack.adversarial()), "those it has seen end where they stand");
    let mut wall = [1.0, -1.0];
    attack.apply(&mut wall).unwrap();
    assert!(wall.iter().all(|v| v.abs() <= 1.0), "{wall:?}");
    assert_eq!(attack.apply(&mut [0.0; 3]).map_err(|e| e.code()), Err("length"));
}

#[test]
fn a_row_far_across_no_longer_pulls() {
    // With a cap of nothing no row pulls, and nothing moves.
    let settings = UniversalSettings { cap: 0.0, ..UniversalSettings::new(ball(Norm::Inf), 10) };
    let mut attack = Universal::new(BLOBS.task(), settings, &Rng::seeded(1)).unwrap();
    attack.run(&BLOBS.net);
    assert_eq!(attack.push(), [0.0, 0.0]);
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let fair = UniversalSettings::new(ball(Norm::Inf), 10);
    for settings in [
        UniversalSettings { ball: Ball { norm: Norm::Inf, epsilon: -0.1 }, ..fair },
        UniversalSettings { rate: f32::NAN, ..fair },
        UniversalSettings { batch: 0, ..fair },
        UniversalSettings { cap: f32::INFINITY, ..fair },
    ] {
        let attack = Universal::new(BLOBS.task(), settings, &Rng::seeded(1));
        assert_eq!(attack.map_err(|e| e.code()).err(), Some("parameter"), "{settings:?}");
    }
}
