//! What attacks and the brute-force probe find: points, sizes, status and gradients spent.

use crate::{Hash, hashed, same_bits};
use uncrumple::attack::*;
use uncrumple::nn::{Activation, Init, Mode, Network, Spec, Trace};
use uncrumple::objective::argmax;
use uncrumple::probe::Boundary;
use uncrumple::rng::Rng;
use uncrumple::tensor::{BatchView, Shape};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

/// A network no one trained, and nine points with the classes it gives them.
fn subject() -> (Network, Vec<f32>, Vec<u32>) {
    let dense = |units| Spec::Dense { units, init: Init::Xavier };
    let layers = [dense(7), Spec::Activation { function: Activation::Tanh }, dense(3)];
    let mut net = Network::chain(Shape::flat(2), &layers, &mut Rng::seeded(8)).expect("a fair network");
    net.params.iter_mut().for_each(|p| *p *= 3.0);
    let mut rng = Rng::seeded(9);
    let x: Vec<f32> = (0..18).map(|_| rng.range(-0.9, 0.9)).collect();
    let mut trace = Trace::new();
    net.forward(BatchView::from_shape((9, 2), &x).expect("9 × 2"), Mode::Eval, &mut trace);
    let logits = trace.output();
    let classes = logits.rows().into_iter().map(|row| argmax(&row.to_vec()) as u32).collect();
    (net, x, classes)
}

fn write(hash: &mut Hash, mut attack: impl Attack, net: &Network) {
    attack.run(net);
    hash.numbers(&attack.adversarial().into_iter().copied().collect::<Vec<_>>());
    hash.numbers(attack.sizes());
    attack.status().iter().for_each(|status| hash.bits(*status as u32));
    hash.bits(attack.gradients_spent() as u32);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_push_is_the_same_to_the_bit() {
    let (net, x, classes) = subject();
    let task = Task::new(&x, &classes, Domain::PLANE).expect("a fair task");
    let next: Vec<u32> = classes.iter().map(|c| (c + 1) % 3).collect();
    let next = Task::new(&x, &next, Domain::PLANE).expect("a fair task").targeted();
    let (rng, mut found) = (Rng::seeded(4), Vec::new());
    for norm in [Norm::One, Norm::Two, Norm::Inf] {
        let ball = Ball { norm, epsilon: 0.2 };
        for loss in [Loss::CrossEntropy, Loss::Margin] {
            let settings = PgdSettings { loss, start: Start::Random, ..PgdSettings::new(ball, 8, 2) };
            let attack = Pgd::new(task.clone(), settings, &rng).expect("fair settings");
            found.push(hashed(&format!("pgd {loss:?} {norm:?}"), |hash| write(hash, attack, &net)));
        }
        for draw in [Draw::Surface, Draw::Ball] {
            let noise = Noise::new(task.clone(), ball, draw, 3, &rng).expect("fair settings");
            found.push(hashed(&format!("noise {draw:?} {norm:?}"), |hash| write(hash, noise, &net)));
        }
    }
    for norm in [Norm::Two, Norm::Inf] {
        for method in [Method::DeepFool, Method::CarliniWagner, Method::Pgd] {
            for task in [&task, &next] {
                let push = MinimalPush::new(task.clone(), method, norm, &rng).expect("fair settings");
                let name = format!("minimal {method:?} {norm:?} {:?}", task.goal);
                found.push(hashed(&name, |hash| write(hash, push, &net)));
            }
        }
    }
    for norm in [Norm::Two, Norm::Inf] {
        let truth = Boundary::new(&x[..6], &classes[..3], norm, (-1.0, 1.0));
        let mut truth = truth.expect("three points");
        truth.run(&net);
        found.push(hashed(&format!("brute force {norm:?}"), |hash| {
            hash.numbers(truth.distances());
            hash.numbers(truth.nearest());
        }));
    }
    same_bits("attacks", &found);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn pushes_with_memory_and_pushes_for_all_are_the_same_to_the_bit() {
    let (net, x, classes) = subject();
    let task = Task::new(&x, &classes, Domain::PLANE).expect("a fair task");
    let (rng, mut found) = (Rng::seeded(4), Vec::new());
    for norm in [Norm::One, Norm::Two, Norm::Inf] {
        let ball = Ball { norm, epsilon: 0.2 };
        let attack = Pgd::new(task.clone(), PgdSettings::iterative(ball, 8), &rng).expect("fair settings");
        let attack = attack.with_momentum(0.9).expect("a fair memory");
        found.push(hashed(&format!("momentum {norm:?}"), |hash| write(hash, attack, &net)));
        let settings = UniversalSettings { batch: 4, ..UniversalSettings::new(ball, 20) };
        let attack = Universal::new(task.clone(), settings, &rng).expect("fair settings");
        found.push(hashed(&format!("universal {norm:?}"), |hash| write(hash, attack, &net)));
        let noise = Noise::new(task.clone(), ball, Draw::Surface, 3, &rng).expect("fair settings");
        let noise = noise.at_walls(Wall::Stop);
        found.push(hashed(&format!("noise stopped {norm:?}"), |hash| write(hash, noise, &net)));
    }
    same_bits("pushes", &found);
}
