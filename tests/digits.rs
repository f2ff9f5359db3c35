//! Digits learned by a small network of plain layers, and pushed: training by adversary and by shifts, one push for all, transfer.
#![cfg(not(target_arch = "wasm32"))]

mod pictures;

use std::sync::LazyLock;
use uncrumple::attack::*;
use uncrumple::nn::{Activation, Init, Network, Spec};
use uncrumple::optim::{Rule, Schedule};
use uncrumple::probe::zero_gradients;
use uncrumple::rng::Rng;
use uncrumple::tensor::Shape;
use uncrumple::train::{
    Adversary, Evaluation, Examples, Hardening, Loss, Settings, Shift, Trainer, evaluate, evaluate_rows,
};

const PICTURE: Shape = Shape { height: 28, width: 28, channels: 1 };

static TRAIN: LazyLock<Examples> = LazyLock::new(|| pictures::examples("digits-train", 6_000));
static TEST: LazyLock<Examples> = LazyLock::new(|| pictures::examples("digits-test", 500));

fn trainer(seed: u32) -> (Trainer, Hardening) {
    let rng = Rng::seeded(seed);
    let dense = |units| Spec::Dense { units, init: Init::He };
    let layers = [dense(48), Spec::Activation { function: Activation::Relu }, dense(10)];
    let net = Network::chain(PICTURE, &layers, &mut rng.fork(1)).unwrap();
    let settings = Settings {
        loss: Loss::CrossEntropy,
        rate: 0.003,
        schedule: Schedule::Constant,
        batch: 64,
        l1: 0.0,
        l2: 0.0,
    };
    (Trainer::new(net, Rule::Adam, settings, &rng), Hardening::new(&rng))
}

/// Each step by the hardening, which does nothing unless `change` tells it to.
fn trained(seed: u32, steps: u32, change: impl Fn(&mut Hardening)) -> (Trainer, Hardening) {
    let (mut trainer, mut hardening) = trainer(seed);
    change(&mut hardening);
    for _ in 0..steps {
        hardening.step(&mut trainer, &TRAIN).unwrap();
    }
    (trainer, hardening)
}

static PLAIN: LazyLock<[Network; 2]> = LazyLock::new(|| [1, 2].map(|seed| trained(seed, 500, |_| ()).0.net));

fn accuracy(net: &Network, examples: &Examples) -> f32 {
    evaluate(net, Loss::CrossEntropy, examples, &mut Evaluation::default()).1
}

fn inf(epsilon: f32) -> Ball {
    Ball { norm: Norm::Inf, epsilon }
}

fn task(examples: &Examples) -> Task {
    Task::new(&examples.x, &examples.classes, Domain::IMAGE).unwrap()
}

/// The worst of 20 steps of projected ascent.
fn pushed(net: &Network, epsilon: f32) -> Pgd {
    let mut attack = Pgd::new(task(&TEST), PgdSettings::new(inf(epsilon), 20, 1), &Rng::seeded(1)).unwrap();
    attack.run(net);
    attack
}

/// Accuracy under random signs of this size.
fn noise(net: &Network, epsilon: f32, wall: Wall) -> f32 {
    let noise = Noise::new(task(&TEST), inf(epsilon), Draw::Surface, 5, &Rng::seeded(1)).unwrap();
    let mut noise = noise.at_walls(wall);
    noise.run(net);
    noise.accuracy()
}

#[test]
fn a_plain_network_reads_digits_and_withstands_noise_and_no_push() {
    let net = &PLAIN[0];
    let clean = accuracy(net, &TEST);
    let worst = pushed(net, 0.1).robust_accuracy();
    let [random, turned] = [Wall::Stop, Wall::Turn].map(|wall| noise(net, 0.1, wall));
    println!("plain: clean {clean}, pushed {worst}, noise {random}, turned at the walls {turned}");
    assert!(clean > 0.9, "clean {clean}");
    assert!(worst < 0.2, "pushed {worst}");
    assert!(random > 0.8, "noise {random}");
    assert!(turned < random, "a background that only grows lighter is more than noise: {turned}");
}

#[test]
fn one_push_for_all_does_more_than_noise_also_to_digits_it_never_saw() {
    let net = &PLAIN[0];
    let mut seen = TRAIN.clone();
    seen.x.truncate(1_000 * 784);
    seen.classes.truncate(1_000);
    let ball = inf(0.1);
    let attack = Universal::new(task(&seen), UniversalSettings::new(ball, 100), &Rng::seeded(1));
    let mut attack = attack.unwrap();
    attack.run(net);
    let mut unseen = TEST.clone();
    attack.apply(&mut unseen.x).unwrap();
    let (there, here, random) =
        (attack.robust_accuracy(), accuracy(net, &unseen), noise(net, ball.epsilon, Wall::Stop));
    println!("one push: {there} on those it saw, {here} on others, {random} under noise");
    assert!(here < random - 0.25, "{here} against {random}");
    assert!((there - here).abs() < 0.15, "{there} on those it saw, {here} on others");
    assert!(unseen.x.iter().all(|v| (0.0..=1.0).contains(v)));
}

#[test]
fn a_push_made_on_one_network_reaches_another_less_with_memory_or_without() {
    let [a, b] = &*PLAIN;
    let ball = inf(0.1);
    let transferred = |attack: &Pgd| {
        evaluate_rows(
            b,
            Loss::CrossEntropy,
            (attack.adversarial(), &TEST.classes),
            &mut Evaluation::default(),
        )
        .1
    };
    let random = noise(b, ball.epsilon, Wall::Stop);
    for decay in [None, Some(1.0)] {
        let attack = Pgd::new(task(&TEST), PgdSettings::iterative(ball, 10), &Rng::seeded(1)).unwrap();
        let mut attack = if let Some(decay) = decay { attack.with_momentum(decay).unwrap() } else { attack };
        attack.run(a);
        let (own, other) = (attack.robust_accuracy(), transferred(&attack));
        println!("memory {decay:?}: {own} on its own network, {other} on another, noise {random}");
        assert!(own < other, "white-box is the stronger: {own}, {other}");
        assert!(other < random - 0.2, "it transfers: {other}, noise {random}");
        assert!(own < 0.2, "{own} on its own network");
    }
}

#[test]
fn training_against_an_adversary_withstands_what_plain_training_does_not() {
    let adversary = Adversary::new(inf(0.1), Domain::IMAGE, 5);
    let (hard, hardening) = trained(1, 500, |h| h.adversary = Some(adversary));
    assert_eq!(hardening.gradients_spent(), 500 * 64 * 5);
    let (plain, robust) =
        (pushed(&PLAIN[0], 0.1).robust_accuracy(), pushed(&hard.net, 0.1).robust_accuracy());
    let clean = accuracy(&hard.net, &TEST);
    println!("trained against an adversary: clean {clean}, pushed {robust}, plain pushed {plain}");
    assert!(robust > plain + 0.4, "{robust}, plain {plain}");
    assert!(clean > 0.85, "clean {clean}");
    // It is no blindness: hardly a gradient is gone.
    let zeros = zero_gradients(&hard.net, &TEST.x, &TEST.classes);
    println!("zero gradients: {zeros:?}");
    assert!(zeros.rows == 0.0 && zeros.values < 0.01, "{zeros:?}");
}

#[test]
fn an_adversary_can_be_set_while_training_runs() {
    let (mut trainer, mut hardening) = self::trainer(1);
    hardening.adversary = Some(Adversary::new(inf(0.0), Domain::IMAGE, 3));
    let (mut plain, _) = self::trainer(1);
    for _ in 0..20 {
        assert_eq!(
            hardening.step(&mut trainer, &TRAIN),
            plain.step(&TRAIN),
            "a ball of nothing changes nothing"
        );
    }
    assert_eq!((&trainer.net.params, hardening.gradients_spent()), (&plain.net.params, 0));
    if let Some(adversary) = &mut hardening.adversary {
        adversary.ball.epsilon = 0.2;
    }
    let (pushed, loss) = (hardening.step(&mut trainer, &TRAIN).unwrap(), plain.step(&TRAIN).unwrap());
    assert!(pushed > loss + 0.2, "the same minibatch, pushed: {pushed}, not {loss}");
    assert_eq!(hardening.gradients_spent(), 3 * 64);
}

#[test]
fn shifts_make_a_network_that_reads_shifted_digits() {
    let shift = Shift { shape: PICTURE, most: 2 };
    let (moved, _) = trained(1, 500, |h| h.shift = Some(shift));
    let (mut shifted, mut rng) = (TEST.clone(), Rng::seeded(3));
    for (row, clean) in shifted.x.chunks_exact_mut(784).zip(TEST.x.chunks_exact(784)) {
        shift.apply(clean, shift.draw(&mut rng), row);
    }
    let (plain, moved) = (accuracy(&PLAIN[0], &shifted), accuracy(&moved.net, &shifted));
    println!("shifted by up to 2: {plain} after plain training, {moved} after shifted");
    assert!(moved > plain + 0.1, "{moved}, plain {plain}");
}
