//! Numbers of foolbox 3.3.4 on a network trained here. `tests/golden/attacks.py` made them from what
//! `writes_the_network_that_foolbox_attacks` exports.

use crate::nets::{Trained, chain, decisions, flat, logits, trained_with};
use serde_json::{Value, json};
use uncrumple::attack::*;
use uncrumple::data::PlaneSet;
use uncrumple::nn::{Activation, Mode, Network, Trace};
use uncrumple::objective::{CrossEntropy, Objective};
use uncrumple::rng::Rng;
use uncrumple::tensor::BatchView;

const WIDTHS: [usize; 4] = [2, 12, 12, 3];

#[test]
#[ignore = "writes tests/golden/attacks_network.json, which tests/golden/attacks.py reads"]
fn writes_the_network_that_foolbox_attacks() {
    let Trained { net, x, .. } = trained_with(PlaneSet::Rings, &WIDTHS, Activation::Tanh, 60, 300);
    let (mut rng, mut noise) = (Rng::seeded(9), vec![0.0; x.len()]);
    noise.fill_with(|| rng.range(-0.1, 0.1));
    let labels = decisions(&net, &x);
    let out = json!({
        "about": "2-12-12-3, tanh between, trained by the engine on 60 points of `rings`; see tests/attacks/foolbox.rs",
        "widths": WIDTHS, "params": short(&net.params), "x": short(&x), "labels": labels, "noise": short(&noise),
        "epsilon": 0.15,
    });
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/attacks_network.json");
    std::fs::write(path, out.to_string() + "\n").unwrap();
}

/// The fewest digits that read back as the same f32.
fn short(values: &[f32]) -> Vec<f64> {
    values.iter().map(|v| v.to_string().parse().unwrap()).collect()
}

/// What foolbox was given, and what it made of it.
struct Golden {
    net: Network,
    x: Vec<f32>,
    labels: Vec<u32>,
    noise: Vec<f32>,
    epsilon: f32,
    results: Value,
}

fn floats(value: &Value) -> Vec<f32> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap() as f32).collect()
}

fn golden() -> Golden {
    let given: Value = serde_json::from_str(include_str!("../golden/attacks_network.json")).unwrap();
    let results: Value = serde_json::from_str(include_str!("../golden/attacks.json")).unwrap();
    let mut net = chain(&WIDTHS, Activation::Tanh, 1);
    net.params.copy_from_slice(&floats(&given["params"]));
    let labels = given["labels"].as_array().unwrap().iter().map(|v| v.as_u64().unwrap() as u32).collect();
    let epsilon = given["epsilon"].as_f64().unwrap() as f32;
    Golden { net, x: floats(&given["x"]), labels, noise: floats(&given["noise"]), epsilon, results }
}

impl Golden {
    fn task(&self, domain: Domain) -> Task {
        Task::new(&self.x, &self.labels, domain).unwrap()
    }

    fn targeted(&self) -> Task {
        let next: Vec<u32> = self.labels.iter().map(|c| (c + 1) % 3).collect();
        Task::new(&self.x, &next, Domain::PLANE).unwrap().targeted()
    }

    fn result(&self, name: &str) -> Vec<f32> {
        floats(&self.results[name])
    }

    /// Each row's ‖foolbox's point − clean‖.
    fn sizes(&self, name: &str, norm: Norm) -> Vec<f32> {
        let rows = self.result(name);
        rows.chunks(2).zip(self.x.chunks(2)).map(|(a, b)| norm.distance(a, b)).collect()
    }
}

fn largest_gap(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

pub fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len() as f32
}

#[test]
fn the_network_is_the_same_network() {
    let golden = golden();
    let ours: Vec<f32> = logits(&golden.net, &golden.x).concat();
    let gap = largest_gap(&ours, &golden.result("logits"));
    assert!(gap <= 1e-5, "logits {gap} apart");
    assert_eq!(decisions(&golden.net, &golden.x), golden.labels);
}

#[test]
fn the_fast_gradient_method_gives_the_same_points() {
    let golden = golden();
    let mut trace = Trace::new();
    golden.net.forward(BatchView::from_shape((60, 2), &golden.x).unwrap(), Mode::Eval, &mut trace);
    let (mut values, mut dy) = (vec![0.0; 60], vec![0.0; 180]);
    CrossEntropy(&golden.labels).eval(trace.output().as_slice().unwrap(), 3, &mut values, &mut dy);
    golden.net.input_gradient(&mut trace, &dy);
    let gradient = flat(trace.input_gradient());
    for (name, norm) in [("fgsm_linf", Norm::Inf), ("fgsm_l2", Norm::Two)] {
        let settings = PgdSettings::one_step(Ball { norm, epsilon: golden.epsilon });
        let mut attack = Pgd::new(golden.task(Domain::PLANE), settings, &Rng::seeded(1)).unwrap();
        attack.run(&golden.net);
        let (ours, theirs) = (flat(attack.adversarial()), golden.result(name));
        let mut compared = 0;
        for (i, g) in gradient.iter().enumerate().filter(|(_, g)| g.abs() > 1e-8) {
            assert!(
                (ours[i] - theirs[i]).abs() <= 1e-6,
                "{name} value {i}, gradient {g}: {} {}",
                ours[i],
                theirs[i]
            );
            compared += 1;
        }
        assert!(compared >= 110, "{name}: only {compared} of 120 have a gradient");
        assert_eq!(decisions(&golden.net, &ours), decisions(&golden.net, &theirs), "{name}");
        println!("{name}: {compared} values, {:e} apart at most", largest_gap(&ours, &theirs));
    }
}

#[test]
fn projected_gradient_descent_ends_at_the_same_points() {
    let golden = golden();
    for (name, norm, task) in [
        ("pgd_linf", Norm::Inf, golden.task(Domain::PLANE)),
        ("pgd_l2", Norm::Two, golden.task(Domain::PLANE)),
        ("pgd_targeted", Norm::Two, golden.targeted()),
    ] {
        let settings = PgdSettings {
            ball: Ball { norm, epsilon: golden.epsilon },
            rate: golden.epsilon / 10.0,
            steps: 40,
            restarts: 1,
            start: Start::Random,
            loss: Loss::CrossEntropy,
            stop: Stop::AtEnd,
        };
        let attack = Pgd::new(task, settings, &Rng::seeded(1)).unwrap().starting_at(&golden.noise);
        let mut attack = attack.unwrap();
        attack.run(&golden.net);
        let (ours, theirs) = (flat(attack.adversarial()), golden.result(name));
        let gap = largest_gap(&ours, &theirs);
        println!("{name}: {gap:e} apart at most, robust accuracy {}", attack.robust_accuracy());
        assert_eq!(decisions(&golden.net, &ours), decisions(&golden.net, &theirs), "{name}");
        assert!(gap <= 1e-5, "{name}: {gap}");
    }
}

/// Not foolbox's, whose own leaves out a division: the paper's equations in jax.
#[test]
fn the_iterative_method_with_momentum_ends_at_the_same_points() {
    let golden = golden();
    for (name, norm, steps, decay) in [
        ("momentum_linf", Norm::Inf, 10, 1.0),
        ("momentum_l2", Norm::Two, 10, 1.0),
        ("momentum_half_l2", Norm::Two, 7, 0.5),
    ] {
        let settings = PgdSettings::iterative(Ball { norm, epsilon: golden.epsilon }, steps);
        let attack = Pgd::new(golden.task(Domain::PLANE), settings, &Rng::seeded(1)).unwrap();
        let mut attack = attack.with_momentum(decay).unwrap();
        attack.run(&golden.net);
        let (ours, theirs) = (flat(attack.adversarial()), golden.result(name));
        let gap = largest_gap(&ours, &theirs);
        println!("{name}: {gap:e} apart at most, robust accuracy {}", attack.robust_accuracy());
        assert_eq!(decisions(&golden.net, &ours), decisions(&golden.net, &theirs), "{name}");
        assert!(gap <= 1e-5, "{name}: {gap}");
    }
}

#[test]
fn deepfool_pushes_as_far() {
    let golden = golden();
    for (name, norm) in [("deepfool_l2", Norm::Two), ("deepfool_linf", Norm::Inf)] {
        let wide = Domain { low: -10.0, high: 10.0 };
        let mut attack = DeepFool::new(golden.task(wide), DeepFoolSettings::new(norm)).unwrap();
        attack.run(&golden.net);
        assert_eq!(attack.status(), [Status::Found; 60]);
        let theirs = golden.sizes(name, norm);
        let apart = attack.sizes().iter().zip(&theirs).map(|(a, b)| (a / b - 1.0).abs()).fold(0.0, f32::max);
        // ρ = E ‖push‖ / ‖x‖, as in the paper.
        let lengths: Vec<f32> = golden.x.chunks(2).map(|x| norm.of(x)).collect();
        let rho = |sizes: &[f32]| mean(&sizes.iter().zip(&lengths).map(|(s, l)| s / l).collect::<Vec<_>>());
        let (ours, theirs) = (rho(attack.sizes()), rho(&theirs));
        println!("{name}: ρ {ours} and {theirs}; rows at most {apart:e} apart");
        assert!((ours / theirs - 1.0).abs() <= 1e-3, "{name}: ρ {ours}, foolbox {theirs}");
        assert!(apart <= 1e-3, "{name}: a row differs by {apart}");
    }
}

#[test]
fn carlini_wagner_pushes_no_further_and_less_than_deepfool() {
    let golden = golden();
    for (name, task) in
        [("carlini_wagner", golden.task(Domain::PLANE)), ("carlini_wagner_targeted", golden.targeted())]
    {
        let theirs = golden.sizes(name, Norm::Two);
        let one = CarliniWagnerSettings::new(Norm::Two);
        let settings = CarliniWagnerSettings { rate: 0.01, steps: 300, searches: 9, constant: 1e-3, ..one };
        let mut attack = CarliniWagner::new(task.clone(), settings, &Rng::seeded(1)).unwrap();
        attack.run(&golden.net);
        assert_eq!(attack.status(), [Status::Found; 60], "{name}");
        let (ours, theirs) = (mean(attack.sizes()), mean(&theirs));
        let mut deepfool = DeepFool::new(task, DeepFoolSettings::new(Norm::Two)).unwrap();
        deepfool.run(&golden.net);
        println!("{name}: mean {ours}, foolbox {theirs}, DeepFool {}", deepfool.mean_size());
        assert!(ours <= 1.05 * theirs, "{name}: {ours}, foolbox {theirs}");
        assert!(ours < deepfool.mean_size(), "{name}: {ours}, DeepFool {}", deepfool.mean_size());
    }
}
