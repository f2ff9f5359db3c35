//! MI-FGSM: what its memory changes, and what it leaves as it is.

use crate::nets::{flat, trained};
use uncrumple::attack::*;
use uncrumple::data::PlaneSet;
use uncrumple::nn::Activation;
use uncrumple::rng::Rng;

fn iterative(task: Task, ball: Ball, steps: u32) -> Pgd {
    Pgd::new(task, PgdSettings::iterative(ball, steps), &Rng::seeded(1)).unwrap()
}

#[test]
fn without_memory_every_step_is_the_iterative_methods() {
    let moons = trained(PlaneSet::Moons, Activation::Tanh, 100, 600);
    for norm in [Norm::One, Norm::Two, Norm::Inf] {
        let ball = Ball { norm, epsilon: 0.2 };
        let mut plain = iterative(moons.task(), ball, 10);
        let mut none = iterative(moons.task(), ball, 10).with_momentum(0.0).unwrap();
        let mut full = iterative(moons.task(), ball, 10).with_momentum(1.0).unwrap();
        plain.run(&moons.net);
        none.run(&moons.net);
        full.run(&moons.net);
        // Equal but for the last digit of a direction: the gradient has been divided once.
        let gap = |a: &Pgd| {
            let pairs = flat(a.adversarial()).into_iter().zip(flat(plain.adversarial()));
            pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
        };
        assert!(gap(&none) < 1e-5, "{norm:?}: {} apart", gap(&none));
        assert!(gap(&full) > 1e-3, "{norm:?}: memory changes the way");
    }
}

#[test]
fn one_step_is_the_fast_gradient_method_whatever_the_memory() {
    let rings = trained(PlaneSet::Rings, Activation::Relu, 90, 600);
    for norm in [Norm::Two, Norm::Inf] {
        let ball = Ball { norm, epsilon: 0.15 };
        let settings = PgdSettings::one_step(ball);
        let mut fast = Pgd::new(rings.task(), settings, &Rng::seeded(1)).unwrap();
        let mut once = iterative(rings.task(), ball, 1).with_momentum(1.0).unwrap();
        fast.run(&rings.net);
        once.run(&rings.net);
        for (a, b) in flat(fast.adversarial()).iter().zip(flat(once.adversarial())) {
            assert!((a - b).abs() < 1e-6, "{norm:?}: {a} {b}");
        }
    }
}

#[test]
fn every_restart_begins_without_memory() {
    let moons = trained(PlaneSet::Moons, Activation::Tanh, 60, 600);
    let ball = Ball { norm: Norm::Inf, epsilon: 0.05 };
    let run = |restarts| {
        let settings =
            PgdSettings { restarts, stop: Stop::AtEnd, start: Start::Random, ..PgdSettings::new(ball, 6, 1) };
        let attack = Pgd::new(moons.task(), settings, &Rng::seeded(1)).unwrap();
        let mut attack = attack.with_momentum(1.0).unwrap();
        attack.run(&moons.net);
        attack
    };
    let (one, three) = (run(1), run(3));
    for (i, (one, three)) in one.status().iter().zip(three.status()).enumerate() {
        assert!(*one != Status::Found || *three == Status::Found, "row {i}");
    }
    assert!(three.gradients_spent() > one.gradients_spent());
}

#[test]
fn a_memory_that_cannot_be_is_refused() {
    let moons = trained(PlaneSet::Moons, Activation::Tanh, 20, 10);
    for decay in [-0.1, 11.0, f32::NAN, f32::INFINITY] {
        let attack = iterative(moons.task(), Ball { norm: Norm::Inf, epsilon: 0.1 }, 3);
        assert_eq!(attack.with_momentum(decay).map_err(|e| e.code()).err(), Some("parameter"), "{decay}");
    }
}
