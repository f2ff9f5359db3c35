//! What several of these tests need: seeded batches, small networks, distances.

use ndarray::Array2;
use uncrumple::nn::{Activation, Init, Network, NodeSpec, Spec};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Batch, Shape};

pub const ACTIVATIONS: [Activation; 7] = [
    Activation::Linear,
    Activation::Relu,
    Activation::LeakyRelu,
    Activation::Tanh,
    Activation::Sigmoid,
    Activation::Gelu,
    Activation::Sine,
];

pub fn dense(units: usize) -> Spec {
    Spec::Dense { units, init: Init::Xavier }
}

pub fn activation(function: Activation) -> Spec {
    Spec::Activation { function }
}

pub fn node(layer: Spec, inputs: &[usize]) -> NodeSpec {
    NodeSpec { layer, inputs: inputs.to_vec() }
}

/// `rows` points, each coordinate normal.
pub fn points(rows: usize, cols: usize, seed: u32) -> Batch {
    let mut rng = Rng::seeded(seed);
    Array2::from_shape_simple_fn((rows, cols), || rng.normal())
}

/// A chain on the plane whose biases are not zero either, so that no gradient is right by luck.
pub fn chain(layers: &[Spec], seed: u32) -> Network {
    stir(Network::chain(Shape::flat(2), layers, &mut Rng::seeded(seed)).expect("a fair network"), seed)
}

/// As [`chain`], for any wiring.
pub fn graph(nodes: &[NodeSpec], seed: u32) -> Network {
    stir(Network::new(Shape::flat(2), nodes, &mut Rng::seeded(seed)).expect("a fair network"), seed)
}

fn stir(mut net: Network, seed: u32) -> Network {
    let mut rng = Rng::seeded(seed).fork(77);
    net.params.iter_mut().for_each(|p| *p += 0.2 * rng.normal());
    net
}

/// Largest magnitude.
pub fn peak(x: &[f32]) -> f64 {
    x.iter().fold(0.0, |m: f64, v| m.max(f64::from(*v).abs()))
}

/// How far `got` is from `want`, as a share of the largest `want`.
pub fn distance(got: &[f32], want: &[f64]) -> f64 {
    assert_eq!(got.len(), want.len());
    let most = want.iter().fold(1e-30, |m: f64, v| m.max(v.abs()));
    let diffs = got.iter().zip(want).map(|(g, w)| (f64::from(*g) - w).abs());
    diffs.fold(0.0, |m, d| if d.is_nan() { f64::INFINITY } else { m.max(d) }) / most
}
