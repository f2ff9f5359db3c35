//! What attacks and probes find, to the last bit: the same native, in wasm simd and in wasm scalar.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

use uncrumple::attack::*;
use uncrumple::nn::{Activation, Init, Mode, Network, Spec, Trace};
use uncrumple::objective::argmax;
use uncrumple::probe::Boundary;
use uncrumple::rng::Rng;
use uncrumple::tensor::{BatchView, Shape};

/// FNV-1a over the bits.
fn hash(values: impl Iterator<Item = f32>) -> u64 {
    let bytes = values.flat_map(|v| v.to_bits().to_le_bytes());
    bytes.fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01B3))
}

/// A network no one trained, and nine points with the classes it gives them.
fn subject() -> (Network, Vec<f32>, Vec<u32>) {
    let dense = |units| Spec::Dense { units, init: Init::Xavier };
    let layers = [dense(7), Spec::Activation { function: Activation::Tanh }, dense(3)];
    let mut net = Network::chain(Shape::flat(2), &layers, &mut Rng::seeded(8)).unwrap();
    net.params.iter_mut().for_each(|p| *p *= 3.0);
    let mut rng = Rng::seeded(9);
    let x: Vec<f32> = (0..18).map(|_| rng.range(-0.9, 0.9)).collect();
    let mut trace = Trace::new();
    net.forward(BatchView::from_shape((9, 2), &x).unwrap(), Mode::Eval, &mut trace);
    let logits = trace.output();
    let classes = logits.rows().into_iter().map(|row| argmax(row.as_slice().unwrap()) as u32);
    (net, x, classes.collect())
}

fn found(attack: &mut impl Attack, net: &Network) -> String {
    attack.run(net);
    let status = attack.status().iter().map(|s| *s as u8 as f32);
    let all = attack.adversarial().into_iter().copied().chain(attack.sizes().iter().copied()).chain(status);
    format!("{:016x} {}", hash(all), attack.gradients_spent())
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_attack_is_the_same_to_the_bit() {
    let (net, x, classes) = subject();
    let task = Task::new(&x, &classes, Domain::PLANE).unwrap();
    let next: Vec<u32> = classes.iter().map(|c| (c + 1) % 3).collect();
    let next = Task::new(&x, &next, Domain::PLANE).unwrap().targeted();
    let rng = Rng::seeded(4);
    let mut results = Vec::new();
    for norm in [Norm::One, Norm::Two, Norm::Inf] {
        let ball = Ball { norm, epsilon: 0.2 };
        for loss in [Loss::CrossEntropy, Loss::Margin] {
            let settings = PgdSettings { loss, start: Start::Random, ..PgdSettings::new(ball, 8, 2) };
            results.push(found(&mut Pgd::new(task.clone(), settings, &rng).unwrap(), &net));
        }
        results.push(found(&mut Noise::new(task.clone(), ball, Draw::Surface, 3, &rng).unwrap(), &net));
        results.push(found(&mut Noise::new(task.clone(), ball, Draw::Ball, 3, &rng).unwrap(), &net));
    }
    for norm in [Norm::Two, Norm::Inf] {
        for method in [Method::DeepFool, Method::CarliniWagner, Method::Pgd] {
            for task in [task.clone(), next.clone()] {
                results.push(found(&mut MinimalPush::new(task, method, norm, &rng).unwrap(), &net));
            }
        }
    }
    let expected = [
        "6221ddfb946ab3e2 109",
        "c7fbdd74c75f2df6 109",
        "dd772eee660608a2 0",
        "78fa31a861b5778e 0",
        "6470b18e9a65b093 109",
        "20f1f168269183bc 125",
        "cc3171b8f9e90a03 0",
        "87c8856842c723a4 0",
        "cfeb1a33476b06d9 80",
        "b4e393d1f394b166 80",
        "98f0a15977985d84 0",
        "30ab4142ecafc786 0",
        "2ae93ba5d77b97a6 72",
        "dad996e550502579 54",
        "8c73c1a935925955 4556",
        "6b68175c252cd4eb 4714",
        "09fdda7e94d7b0cc 1300",
        "88090ebee2d77f88 1269",
        "7698edc5f3cb2a2f 54",
        "4846f91963abfe08 54",
        "f97d95a8fb78eff4 4436",
        "e1b84e7e552ed7f0 4634",
        "5e85c82ef6f6acc6 1305",
        "719b4df0f8376080 1287",
    ];
    assert_eq!(results, expected);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn brute_force_is_the_same_to_the_bit() {
    let (net, x, classes) = subject();
    let results = [Norm::Two, Norm::Inf].map(|norm| {
        let mut truth = Boundary::new(&x[..6], &classes[..3], norm, (-1.0, 1.0)).unwrap();
        truth.run(&net);
        format!("{:016x}", hash(truth.distances().iter().chain(truth.nearest()).copied()))
    });
    assert_eq!(results, ["a68efdb9da50e6e6", "1b42634293460047"]);
}
