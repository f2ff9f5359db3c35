//! The share of input gradients that are exactly zero, on networks where it is known.
#![cfg(not(target_arch = "wasm32"))]

use uncrumple::nn::{Activation, Init, Network, Spec};
use uncrumple::probe::zero_gradients;
use uncrumple::rng::Rng;
use uncrumple::tensor::Shape;

fn net(function: Activation, params: &[f32]) -> Network {
    let dense = |units| Spec::Dense { units, init: Init::He };
    let layers = [dense(1), Spec::Activation { function }, dense(2)];
    let mut net = Network::chain(Shape::flat(2), &layers, &mut Rng::seeded(1)).unwrap();
    net.params.copy_from_slice(params);
    net
}

#[test]
fn a_unit_that_is_off_and_an_input_no_one_reads_have_no_gradient() {
    // One unit, relu(2 x₀): x₁ is read by no one, and where x₀ < 0 the unit is off.
    let net = net(Activation::Relu, &[2.0, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0]);
    let x = [0.5, 0.3, -0.5, 0.3, -0.2, 0.1, 0.7, -0.4];
    let zeros = zero_gradients(&net, &x, &[0, 1, 0, 1]);
    assert_eq!((zeros.values, zeros.rows), (0.75, 0.5));
    let zeros = zero_gradients(&net, &x[..2], &[0]);
    assert_eq!((zeros.values, zeros.rows), (0.5, 0.0));
}

#[test]
fn saturation_so_deep_that_no_slope_is_left_is_seen() {
    let saturated = net(Activation::Tanh, &[500.0, 500.0, 0.0, 1.0, -1.0, 0.0, 0.0]);
    assert_eq!(zero_gradients(&saturated, &[0.5, 0.5, -0.9, -0.1], &[0, 1]).rows, 1.0);
    let healthy = net(Activation::Tanh, &[1.0, 1.0, 0.0, 1.0, -1.0, 0.0, 0.0]);
    assert_eq!(zero_gradients(&healthy, &[0.5, 0.5, -0.9, -0.1], &[0, 1]).values, 0.0);
}

#[test]
fn more_rows_than_one_look_takes_are_counted_alike() {
    let net = net(Activation::Relu, &[2.0, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0]);
    let x: Vec<f32> = (0..600).flat_map(|i| [if i % 3 == 0 { 1.0 } else { -1.0 }, 0.2]).collect();
    let zeros = zero_gradients(&net, &x, &[0; 600]);
    assert_eq!(zeros.rows, 2.0 / 3.0);
    assert!(zero_gradients(&net, &[], &[]).rows.is_nan());
}
