//! The engine against `tests/golden/engine.json`, which JAX and numpy wrote (`tests/golden/engine.py`).

use crate::common::distance;
use ndarray::Array2;
use serde::Deserialize;
use std::collections::BTreeMap;
use uncrumple::nn::{Mode, Network, NodeSpec, Spec, Trace};
use uncrumple::objective::{CrossEntropy, Hinge, Huber, Mse, Objective, mean};
use uncrumple::optim::{Optimizer, Rule, Schedule, penalise};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Batch, Shape, rows};

#[derive(Deserialize)]
struct Golden {
    networks: Vec<Case>,
    rules: Rules,
    trainings: Trainings,
    penalty: Penalty,
    schedules: Schedules,
}

#[derive(Deserialize)]
struct Node {
    layer: Spec,
    inputs: Vec<usize>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    nodes: Vec<Node>,
    params: Vec<f32>,
    x: Vec<f32>,
    labels: Vec<u32>,
    targets: Vec<f32>,
    logits: Vec<f64>,
    losses: BTreeMap<String, Answer>,
}

#[derive(Deserialize)]
struct Answer {
    values: Vec<f64>,
    dparams: Vec<f64>,
    dx: Vec<f64>,
}

#[derive(Deserialize)]
struct Rules {
    start: Vec<f32>,
    gradients: Vec<f32>,
    rates: BTreeMap<String, f32>,
    ends: BTreeMap<String, Vec<f64>>,
}

#[derive(Deserialize)]
struct Trainings {
    nodes: Vec<Node>,
    start: Vec<f32>,
    x: Vec<f32>,
    labels: Vec<u32>,
    order: Vec<usize>,
    rates: BTreeMap<String, f32>,
    ends: BTreeMap<String, Vec<f64>>,
}

#[derive(Deserialize)]
struct Penalty {
    nodes: Vec<Node>,
    params: Vec<f32>,
    l1: f32,
    l2: f32,
    gradient: Vec<f64>,
}

#[derive(Deserialize)]
struct Schedules {
    steps: Vec<u64>,
    shares: BTreeMap<String, Vec<f64>>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../golden/engine.json")).expect("what engine.py wrote")
}

fn network(nodes: &[Node], params: &[f32]) -> Network {
    let specs: Vec<_> =
        nodes.iter().map(|n| NodeSpec { layer: n.layer.clone(), inputs: n.inputs.clone() }).collect();
    let mut net = Network::new(Shape::flat(2), &specs, &mut Rng::seeded(0)).expect("a fair network");
    net.params.copy_from_slice(params);
    net
}

fn batch(x: &[f32]) -> Batch {
    Array2::from_shape_vec((x.len() / 2, 2), x.to_vec()).expect("points of the plane")
}

#[test]
fn logits_are_those_of_jax() {
    let mut worst = 0f64;
    for case in golden().networks {
        let mut trace = Trace::new();
        network(&case.nodes, &case.params).forward(batch(&case.x).view(), Mode::Eval, &mut trace);
        for (got, want) in rows(&trace.output()).iter().zip(&case.logits) {
            let off = (f64::from(*got) - want).abs();
            assert!(off <= 1e-5, "{}: {got}, JAX {want}", case.name);
            worst = worst.max(off);
        }
    }
    println!("logits: {worst:.1e}");
}

#[test]
fn losses_and_gradients_are_those_of_jax() {
    let mut worst = [0f64; 3];
    let mut count = 0;
    for case in golden().networks {
        let net = network(&case.nodes, &case.params);
        let (mut trace, n) = (Trace::new(), case.labels.len());
        net.forward(batch(&case.x).view(), Mode::Eval, &mut trace);
        let y = rows(&trace.output()).to_vec();
        for (name, answer) in &case.losses {
            let loss: &dyn Objective = match name.as_str() {
                "cross-entropy" => &CrossEntropy(&case.labels),
                "mse" => &Mse(&case.targets),
                "huber" => &Huber { targets: &case.targets, delta: 0.6 },
                "hinge" => &Hinge(&case.labels),
                other => panic!("no loss is called {other}"),
            };
            let (mut values, mut dy, mut dparams) =
                (vec![0.0; n], vec![0.0; 3 * n], vec![0.0; net.params.len()]);
            loss.eval(&y, 3, &mut values, &mut dy);
            net.input_gradient(&mut trace, &dy);
            let dx = rows(&trace.input_gradient()).to_vec();
            mean(loss, &y, 3, &mut values, &mut dy);
            net.param_gradient(&mut trace, &dy, &mut dparams);
            let off = [
                distance(&values, &answer.values),
                distance(&dparams, &answer.dparams),
                distance(&dx, &answer.dx),
            ];
            assert!(
                off.iter().all(|d| *d <= 1e-5),
                "{} {name}: values, dparams, dx off by {off:?}",
                case.name
            );
            worst = std::array::from_fn(|i| worst[i].max(off[i]));
            count += 1;
        }
    }
    assert_eq!(count, 9 * 4, "every network under every loss");
    println!("values, dparams, dx: {:.1e} {:.1e} {:.1e} of the largest", worst[0], worst[1], worst[2]);
}

#[test]
fn rules_are_those_of_torch_over_a_hundred_given_gradients() {
    let golden = golden().rules;
    for name in Rule::NAMES {
        let (mut w, rule) = (golden.start.clone(), Rule::from_name(name).expect("a rule"));
        let mut optimizer = Optimizer::new(rule, w.len());
        golden.gradients.chunks(w.len()).for_each(|g| optimizer.step(&mut w, g, golden.rates[name]));
        let off = distance(&w, &golden.ends[name]);
        println!("{name}: {off:.1e}");
        assert!(off <= 1e-4, "{name}: {off}");
    }
}

#[test]
fn a_hundred_steps_of_training_end_where_they_should() {
    let golden = golden().trainings;
    for name in Rule::NAMES {
        let mut net = network(&golden.nodes, &golden.start);
        let mut optimizer = Optimizer::new(Rule::from_name(name).expect("a rule"), net.params.len());
        let mut trace = Trace::new();
        let mut grads = vec![0.0; net.params.len()];
        for order in golden.order.chunks(8) {
            let x: Vec<f32> = order.iter().flat_map(|&i| golden.x[2 * i..][..2].to_vec()).collect();
            let labels: Vec<u32> = order.iter().map(|&i| golden.labels[i]).collect();
            net.forward(batch(&x).view(), Mode::Eval, &mut trace);
            let (mut values, mut dy) = ([0.0; 8], [0.0; 24]);
            mean(&CrossEntropy(&labels), rows(&trace.output()), 3, &mut values, &mut dy);
            grads.fill(0.0);
            net.param_gradient(&mut trace, &dy, &mut grads);
            optimizer.step(&mut net.params, &grads, golden.rates[name]);
        }
        let off = distance(&net.params, &golden.ends[name]);
        let moved = distance(&golden.start, &golden.ends[name]);
        println!("{name}: {off:.1e} after moving {moved:.2}");
        assert!(moved > 0.1 && off <= 1e-4, "{name}: {off}");
    }
}

#[test]
fn penalties_pull_weights_and_leave_biases() {
    let golden = golden().penalty;
    let net = network(&golden.nodes, &golden.params);
    let mut grads = vec![0.0; net.params.len()];
    penalise(&net.params, net.weights(), (golden.l1, golden.l2), &mut grads);
    assert!(distance(&grads, &golden.gradient) <= 1e-6);
    assert_eq!(grads[3], 0.0, "a weight at zero is not pulled");
    assert!(grads[10..15].iter().all(|g| *g == 0.0), "biases");
}

#[test]
fn schedules_are_their_closed_forms() {
    let golden = golden().schedules;
    assert_eq!(golden.shares.len(), Schedule::NAMES.len());
    for (name, shares) in &golden.shares {
        let schedule = Schedule::from_name(name).expect("a schedule");
        for (&step, want) in golden.steps.iter().zip(shares) {
            let got = schedule.at(step);
            assert!((f64::from(got) - want).abs() <= 1e-6 * want, "{name} at {step}: {got}, not {want}");
            assert!(got > 0.0 && got <= 1.0);
        }
    }
}

#[test]
fn names_in_links_are_told_apart() {
    assert_eq!(Rule::from_name("adagrad").expect_err("no such rule").code(), "choice");
    assert_eq!(Schedule::from_name("linear").expect_err("no such schedule").code(), "choice");
    for name in Rule::NAMES {
        let rule = Rule::from_name(name).expect("a rule");
        assert_eq!(format!("{rule:?}").to_lowercase(), name);
    }
}
