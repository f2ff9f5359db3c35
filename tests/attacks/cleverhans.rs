//! CleverHans 4.0.0, cleverhans/torch/tests/test_attacks.py: what it asserts of its attacks on its two small models.

use crate::nets::{agreement, chain, decisions, flat, logits, simple_model};
use uncrumple::attack::*;
use uncrumple::nn::{Activation, Network};
use uncrumple::rng::Rng;

/// Its `clip_min`, `clip_max`.
const WIDE: Domain = Domain { low: -5.0, high: 5.0 };

/// 100 points, uniform in the unit square.
fn points() -> Vec<f32> {
    let mut rng = Rng::seeded(2017);
    (0..200).map(|_| rng.uniform()).collect()
}

/// The model's own answers: what an untargeted attack is measured against.
fn setting() -> (Network, Vec<f32>, Vec<u32>) {
    let (net, x) = (simple_model(), points());
    let labels = decisions(&net, &x);
    (net, x, labels)
}

fn random_targets() -> Vec<u32> {
    let mut rng = Rng::seeded(5);
    (0..100).map(|_| rng.below(2)).collect()
}

fn agreeing(net: &Network, attack: &impl Attack, labels: &[u32]) -> f32 {
    agreement(&decisions(net, &flat(attack.adversarial())), labels)
}

fn madry(norm: Norm, epsilon: f32, rate: f32, steps: u32) -> PgdSettings {
    let ball = Ball { norm, epsilon };
    let loss = Loss::CrossEntropy;
    PgdSettings { ball, rate, steps, restarts: 1, start: Start::Random, loss, stop: Stop::AtEnd }
}

#[test]
fn the_fast_gradient_method_changes_most_answers_in_every_norm() {
    let (net, x, labels) = setting();
    for norm in [Norm::Inf, Norm::One, Norm::Two] {
        let settings = PgdSettings::one_step(Ball { norm, epsilon: 0.5 });
        let task = Task::new(&x, &labels, WIDE).unwrap();
        let mut attack = Pgd::new(task, settings, &Rng::seeded(1)).unwrap();
        attack.run(&net);
        let left = agreeing(&net, &attack, &labels);
        assert!(left < 0.5, "{norm:?}: {left} agree still");
        assert!(attack.sizes().iter().all(|s| *s <= 0.5001), "{norm:?}");

        let targets = random_targets();
        let task = Task::new(&x, &targets, WIDE).unwrap().targeted();
        let mut attack = Pgd::new(task, settings, &Rng::seeded(1)).unwrap();
        attack.run(&net);
        let reached = agreeing(&net, &attack, &targets);
        assert!(reached > 0.7, "{norm:?}: {reached} reach their target");
    }
}

#[test]
fn projected_gradient_descent_changes_most_answers() {
    let (net, x, labels) = setting();
    for norm in [Norm::Inf, Norm::Two] {
        let task = Task::new(&x, &labels, WIDE).unwrap();
        let mut attack = Pgd::new(task, madry(norm, 0.5, 0.05, 20), &Rng::seeded(1)).unwrap();
        attack.run(&net);
        let left = agreeing(&net, &attack, &labels);
        assert!(left < 0.5, "{norm:?}: {left} agree still");
        assert!(attack.sizes().iter().all(|s| *s <= 0.5001), "{norm:?}");

        let targets = random_targets();
        let task = Task::new(&x, &targets, WIDE).unwrap().targeted();
        let mut attack = Pgd::new(task, madry(norm, 0.5, 0.05, 20), &Rng::seeded(1)).unwrap();
        attack.run(&net);
        let reached = agreeing(&net, &attack, &targets);
        assert!(reached > 0.7, "{norm:?}: {reached} reach their target");
    }
}

/// `test_attack_strength`, which guards against clipping only at the end. Their points lie outside that box, so that
/// clipping alone moves them; ours begin inside it.
#[test]
fn a_large_ball_in_a_small_box_leaves_almost_no_answer() {
    let net = simple_model();
    let x: Vec<f32> = points().iter().map(|v| 0.5 + 0.2 * v).collect();
    let labels = decisions(&net, &x);
    let task = Task::new(&x, &labels, Domain { low: 0.5, high: 0.7 }).unwrap();
    let mut attack = Pgd::new(task, madry(Norm::Inf, 1.0, 0.05, 5), &Rng::seeded(1)).unwrap();
    attack.run(&net);
    let left = agreeing(&net, &attack, &labels);
    assert!(left < 0.1, "{left} agree still");
    assert!(flat(attack.adversarial()).iter().all(|v| (0.5..=0.7).contains(v)));
}

fn two_searches(constant: f32) -> CarliniWagnerSettings {
    CarliniWagnerSettings { searches: 2, constant, ..CarliniWagnerSettings::new(Norm::Two) }
}

#[test]
fn carlini_wagner_changes_nearly_every_answer() {
    let (net, x, labels) = setting();
    let task = Task::new(&x, &labels, WIDE).unwrap();
    let mut attack = CarliniWagner::new(task, two_searches(1.0), &Rng::seeded(1)).unwrap();
    attack.run(&net);
    let left = agreeing(&net, &attack, &labels);
    assert!(left < 0.1, "{left} agree still");

    let targets = random_targets();
    let task = Task::new(&x, &targets, WIDE).unwrap().targeted();
    let mut attack = CarliniWagner::new(task, two_searches(1.0), &Rng::seeded(1)).unwrap();
    attack.run(&net);
    let reached = agreeing(&net, &attack, &targets);
    assert!(reached > 0.9, "{reached} reach their target");
}

/// Its `TrivialModel`: z = (x, −x).
#[test]
fn carlini_wagner_reaches_its_confidence_and_hardly_more() {
    let mut net = chain(&[1, 2], Activation::Linear, 1);
    net.params.copy_from_slice(&[1.0, -1.0, 0.0, 0.0]);
    let (mut rng, confidence) = (Rng::seeded(6), 3.2);
    let x: Vec<f32> = (0..1_000).map(|_| rng.range(-0.5, 0.5)).collect();
    for (targeted, sign) in [(false, 1.0), (true, -1.0)] {
        let labels = decisions(&net, &x);
        let other: Vec<u32> = labels.iter().map(|l| 1 - l).collect();
        let task = Task::new(&x, if targeted { &other } else { &labels }, WIDE).unwrap();
        let task = if targeted { task.targeted() } else { task };
        let one = CarliniWagnerSettings::new(Norm::Two);
        let settings = CarliniWagnerSettings { confidence, constant: 1.0, rate: 0.01, ..one };
        let mut attack = CarliniWagner::new(task, settings, &Rng::seeded(1)).unwrap();
        attack.run(&net);
        let (answers, class) =
            (logits(&net, &flat(attack.adversarial())), if targeted { &other } else { &labels });
        for (z, &class) in answers.iter().zip(class) {
            let lead = -sign * (z[class as usize] - z[1 - class as usize]);
            assert!((lead - confidence).abs() < 0.1, "targeted {targeted}: leads by {lead}");
        }
    }
}

#[test]
fn a_ball_of_nothing_leaves_the_points_as_they_are() {
    let (net, x, labels) = setting();
    for norm in [Norm::Inf, Norm::One, Norm::Two] {
        for settings in [PgdSettings::one_step(Ball { norm, epsilon: 0.0 }), madry(norm, 0.0, 0.05, 20)] {
            let task = Task::new(&x, &labels, WIDE).unwrap();
            let mut attack = Pgd::new(task, settings, &Rng::seeded(1)).unwrap();
            attack.run(&net);
            assert_eq!(flat(attack.adversarial()), x, "{norm:?}");
        }
    }
}

#[test]
fn no_point_leaves_a_narrow_box() {
    let (net, x, labels) = setting();
    let narrow = Domain { low: -0.1, high: 0.6 };
    let x: Vec<f32> = x.iter().map(|v| 0.6 * v).collect();
    let task = Task::new(&x, &labels, narrow).unwrap();
    for norm in [Norm::Inf, Norm::One, Norm::Two] {
        let mut attack = Pgd::new(task.clone(), madry(norm, 0.5, 0.1, 10), &Rng::seeded(1)).unwrap();
        attack.run(&net);
        assert!(flat(attack.adversarial()).iter().all(|v| (-0.1..=0.6).contains(v)), "{norm:?}");
    }
    let mut attack = CarliniWagner::new(task, two_searches(1.0), &Rng::seeded(1)).unwrap();
    attack.run(&net);
    assert!(flat(attack.adversarial()).iter().all(|v| (-0.1..=0.6).contains(v)));
}
