//! Two hundred steps of training on a toy set: parameters and losses on the way.

use crate::{hashed, same_bits};
use uncrumple::attack::{Ball, Domain, Norm};
use uncrumple::nn::{Activation, Init, Network, Spec};
use uncrumple::optim::{Rule, Schedule};
use uncrumple::rng::Rng;
use uncrumple::tensor::Shape;
use uncrumple::train::{
    Adversary, Evaluation, Examples, Hardening, Loss, Settings, Shift, Trainer, evaluate,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

/// Points of the square; the class is the quadrant of the product, as in exclusive or.
fn toy() -> Examples {
    let mut rng = Rng::seeded(21);
    let mut toy = Examples { width: 2, ..Examples::default() };
    for _ in 0..150 {
        let (x, y) = (rng.range(-1.0, 1.0), rng.range(-1.0, 1.0));
        toy.x.extend([x, y]);
        toy.classes.push(u32::from(x * y > 0.0));
    }
    toy
}

fn run(rule: &str, function: &str, loss: &str, schedule: &str) -> String {
    let activation = || Spec::Activation { function: Activation::from_name(function).expect("a function") };
    let dense = |units| Spec::Dense { units, init: Init::He };
    let layers = [dense(16), activation(), Spec::Dropout { rate: 0.1 }, dense(9), activation(), dense(2)];
    let rng = Rng::seeded(22);
    let net = Network::chain(Shape::flat(2), &layers, &mut rng.fork(1)).expect("a fair network");
    let settings = Settings {
        loss: Loss::from_name(loss).expect("a loss"),
        rate: if rule.contains("ad") || rule == "rmsprop" { 0.01 } else { 0.1 },
        schedule: Schedule::from_name(schedule).expect("a schedule"),
        batch: 10,
        l1: 1e-4,
        l2: 1e-3,
    };
    let mut trainer = Trainer::new(net, Rule::from_name(rule).expect("a rule"), settings, &rng);
    let toy = toy();
    hashed(&format!("{rule} {function} {loss} {schedule}"), |hash| {
        for _ in 0..200 {
            let loss = trainer.step(&toy).expect("a finite loss");
            hash.numbers(&[loss]);
        }
        hash.numbers(&trainer.net.params);
        let (loss, accuracy) = evaluate(&trainer.net, settings.loss, &toy, &mut Evaluation::default());
        hash.numbers(&[loss, accuracy]);
    })
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn two_hundred_steps_end_at_the_same_bits() {
    let hashes = [
        run("sgd", "tanh", "cross-entropy", "constant"),
        run("momentum", "relu", "mse", "step"),
        run("nesterov", "leaky-relu", "huber", "exponential"),
        run("rmsprop", "sigmoid", "hinge", "cosine"),
        run("adam", "gelu", "cross-entropy", "warmup"),
        run("adamw", "sine", "cross-entropy", "constant"),
    ];
    same_bits("training", &hashes);
}

/// The same points as pictures of 1 × 2, shifted, and pushed by an adversary.
fn hardened(norm: Norm, steps: u32, most: u32) -> String {
    let dense = |units| Spec::Dense { units, init: Init::He };
    let layers = [dense(16), Spec::Activation { function: Activation::Tanh }, dense(2)];
    let (rng, shape) = (Rng::seeded(23), Shape { height: 1, width: 2, channels: 1 });
    let net = Network::chain(shape, &layers, &mut rng.fork(1)).expect("a fair network");
    let (loss, schedule) = (Loss::CrossEntropy, Schedule::Constant);
    let settings = Settings { loss, rate: 0.01, schedule, batch: 10, l1: 0.0, l2: 0.0 };
    let mut trainer = Trainer::new(net, Rule::Adam, settings, &rng);
    let mut hardening = Hardening::new(&rng);
    hardening.shift = (most > 0).then_some(Shift { shape, most });
    hardening.adversary = Some(Adversary::new(Ball { norm, epsilon: 0.1 }, Domain::PLANE, steps));
    let toy = toy();
    hashed(&format!("{norm:?} {steps} steps, shifts of {most}"), |hash| {
        for _ in 0..100 {
            hash.numbers(&[hardening.step(&mut trainer, &toy).expect("a finite loss")]);
        }
        hash.numbers(&trainer.net.params);
        hash.bits(hardening.gradients_spent() as u32);
    })
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_hundred_steps_against_an_adversary_end_at_the_same_bits() {
    let hashes = [
        hardened(Norm::Inf, 5, 0),
        hardened(Norm::Two, 3, 1),
        hardened(Norm::One, 2, 0),
        hardened(Norm::Inf, 0, 1),
    ];
    same_bits("hardened", &hashes);
}
