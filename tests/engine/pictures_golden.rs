//! Layers of pictures, and bounds, against `tests/golden/pictures.json`, which JAX wrote (`tests/golden/pictures.py`).

use crate::common::distance;
use serde::Deserialize;
use uncrumple::nn::interval::Bounds;
use uncrumple::nn::{Mode, Network, NodeSpec, Spec, Trace};
use uncrumple::objective::{CrossEntropy, mean};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Batch, Shape, rows};

#[derive(Deserialize)]
struct Golden {
    networks: Vec<Case>,
    epsilon: f32,
    kappa: f32,
    bounds: Vec<Box>,
}

#[derive(Deserialize)]
struct Node {
    layer: Spec,
    inputs: Vec<usize>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    shape: Shape,
    nodes: Vec<Node>,
    params: Vec<f32>,
    x: Vec<f32>,
    labels: Vec<u32>,
    logits: Vec<f64>,
    dparams: Vec<f64>,
    dx: Vec<f64>,
}

#[derive(Deserialize)]
struct Box {
    name: String,
    shape: Shape,
    nodes: Vec<Node>,
    params: Vec<f32>,
    x: Vec<f32>,
    labels: Vec<u32>,
    low: Vec<f64>,
    high: Vec<f64>,
    worst: Vec<f64>,
    loss: f64,
    dparams: Vec<f64>,
}

const CLASSES: usize = 4;

fn golden() -> Golden {
    serde_json::from_str(include_str!("../golden/pictures.json")).expect("what pictures.py wrote")
}

fn network(shape: Shape, nodes: &[Node], params: &[f32]) -> Network {
    let specs: Vec<_> =
        nodes.iter().map(|n| NodeSpec { layer: n.layer.clone(), inputs: n.inputs.clone() }).collect();
    let mut net = Network::new(shape, &specs, &mut Rng::seeded(0)).expect("a fair network");
    net.params.copy_from_slice(params);
    net
}

fn batch(x: &[f32], width: usize) -> Batch {
    Batch::from_shape_vec((x.len() / width, width), x.to_vec()).expect("whole rows")
}

/// Fails where a number is further off than 1e-5, or than 1e-5 of the largest if that is more.
fn near(what: &str, got: &[f32], want: &[f64]) {
    let most = want.iter().fold(1.0, |m: f64, v| m.max(v.abs()));
    let off = distance(got, want) * want.iter().fold(1e-30, |m: f64, v| m.max(v.abs())) / most;
    assert!(off <= 1e-5, "{what}: {off:.1e}");
}

#[test]
fn pictures_give_the_logits_and_gradients_of_jax() {
    for case in golden().networks {
        let net = network(case.shape, &case.nodes, &case.params);
        let (mut trace, n) = (Trace::new(), case.labels.len());
        net.forward(batch(&case.x, case.shape.len()).view(), Mode::Eval, &mut trace);
        let y = rows(&trace.output()).to_vec();
        near(&format!("{}: logits", case.name), &y, &case.logits);
        let (mut values, mut dy) = (vec![0.0; n], vec![0.0; n * CLASSES]);
        mean(&CrossEntropy(&case.labels), &y, CLASSES, &mut values, &mut dy);
        let mut dparams = vec![0.0; net.params.len()];
        net.gradients(&mut trace, &dy, &mut dparams);
        let off = distance(&dparams, &case.dparams);
        assert!(off <= 1e-5, "{}: parameters, {off:.1e} of the largest", case.name);
        // The engine took the gradient of the mean over rows, JAX that of their sum.
        let dx: Vec<f32> = rows(&trace.input_gradient()).iter().map(|dx| dx * n as f32).collect();
        let off = distance(&dx, &case.dx);
        assert!(off <= 1e-5, "{}: inputs, {off:.1e} of the largest", case.name);
    }
}

#[test]
fn bounds_and_their_gradients_are_those_of_jax() {
    let Golden { epsilon, kappa, bounds, .. } = golden();
    for case in bounds {
        let net = network(case.shape, &case.nodes, &case.params);
        let (x, n) = (batch(&case.x, case.shape.len()), case.labels.len());
        let side = |way: f32| x.mapv(|x| (x + way * epsilon).clamp(0.0, 1.0));
        let mut bounds = Bounds::default();
        bounds.take(&net, side(-1.0).view(), side(1.0).view()).expect("layers with bounds");
        near(&format!("{}: low", case.name), rows(&bounds.low()), &case.low);
        near(&format!("{}: high", case.name), rows(&bounds.high()), &case.high);
        let mut z = vec![0.0; n * CLASSES];
        bounds.worst(&case.labels, &mut z);
        near(&format!("{}: worst", case.name), &z, &case.worst);

        let (mut trace, mut values, mut dy) = (Trace::new(), vec![0.0; n], vec![0.0; n * CLASSES]);
        let (loss, mut dparams) = (CrossEntropy(&case.labels), vec![0.0; net.params.len()]);
        net.forward(x.view(), Mode::Eval, &mut trace);
        let plain = mean(&loss, rows(&trace.output()), CLASSES, &mut values, &mut dy);
        dy.iter_mut().for_each(|dy| *dy *= kappa);
        net.param_gradient(&mut trace, &dy, &mut dparams);
        let worst = mean(&loss, &z, CLASSES, &mut values, &mut dy);
        dy.iter_mut().for_each(|dy| *dy *= 1.0 - kappa);
        bounds.worst_gradient(&net, &case.labels, &dy, &mut dparams);
        near(&format!("{}: loss", case.name), &[kappa * plain + (1.0 - kappa) * worst], &[case.loss]);
        let off = distance(&dparams, &case.dparams);
        assert!(off <= 1e-5, "{}: parameters, {off:.1e} of the largest", case.name);
    }
}
