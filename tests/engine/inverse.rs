//! Square layers undone: round trips, agreement with the f32 pass, and what cannot be undone.

use crate::common::{activation, dense};
use uncrumple::nn::{Activation, Mode, Network, Spec, Trace};
use uncrumple::probe::{Inverse, Obstacle};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Shape, batch, rows};

const INVERTIBLE: [Activation; 4] =
    [Activation::Linear, Activation::LeakyRelu, Activation::Tanh, Activation::Sigmoid];

fn chain(width: usize, layers: &[Spec]) -> Network {
    Network::chain(Shape::flat(width), layers, &mut Rng::seeded(5)).expect("a fair network")
}

fn points(count: usize, width: usize) -> Vec<f32> {
    let mut rng = Rng::seeded(9);
    (0..count * width).map(|_| rng.range(-1.0, 1.0)).collect()
}

fn square(width: usize, depth: usize, function: Activation) -> Network {
    let layers: Vec<Spec> = (0..depth).flat_map(|_| [dense(width), activation(function)]).collect();
    chain(width, &layers)
}

fn doubles(row: &[f32]) -> Vec<f64> {
    row.iter().map(|v| f64::from(*v)).collect()
}

#[test]
fn square_layers_come_back_to_a_millionth() {
    for function in INVERTIBLE {
        for (width, depth) in [(1, 1), (2, 1), (2, 4), (2, 8), (3, 4), (8, 2)] {
            // Eight leaks undone, a hundredfold each, take eight digits off whatever does not stay positive.
            if function == Activation::LeakyRelu && depth > 4 {
                continue;
            }
            let net = square(width, depth, function);
            let inverse = Inverse::new(&net, 0..net.len()).expect("every layer can be undone");
            for row in points(50, width).chunks_exact(width) {
                let off = inverse.round_trip(&doubles(row));
                assert!(off <= 1e-6, "{function:?} {width} × {depth}: {off}");
            }
        }
    }
}

#[test]
fn the_chain_in_f64_is_the_network_in_f32() {
    for function in INVERTIBLE {
        let net = square(3, 3, function);
        let inverse = Inverse::new(&net, 0..net.len()).expect("every layer can be undone");
        let (x, mut trace) = (points(40, 3), Trace::new());
        net.forward(batch(&x, 3), Mode::Eval, &mut trace);
        let output = trace.output();
        for (x, y) in x.chunks_exact(3).zip(rows(&output).chunks_exact(3)) {
            let mut ours = doubles(x);
            inverse.forward(&mut ours);
            for (a, b) in ours.iter().zip(y) {
                assert!((a - f64::from(*b)).abs() <= 2e-6, "{function:?}: {a} {b}");
            }
        }
    }
}

#[test]
fn what_is_nobodys_image_does_not_come_back() {
    let net = square(2, 1, Activation::Tanh);
    let inverse = Inverse::new(&net, 0..net.len()).expect("every layer can be undone");
    assert!(inverse.back(&mut [0.9, -0.9]));
    for outside in [[1.0, 0.0], [0.0, -1.0], [1.5, 0.0], [f64::NAN, 0.0]] {
        assert!(!inverse.back(&mut outside.clone()), "{outside:?}");
    }
    let net = square(2, 1, Activation::Sigmoid);
    let inverse = Inverse::new(&net, 0..net.len()).expect("every layer can be undone");
    assert!(inverse.back(&mut [0.5, 0.1]) && !inverse.back(&mut [0.5, 0.0]));
}

#[test]
fn what_cannot_be_undone_is_named() {
    let obstacle = |net: &Network| Inverse::new(net, 0..net.len()).expect_err("one layer cannot be undone");
    for function in [Activation::Relu, Activation::Gelu, Activation::Sine] {
        assert_eq!(obstacle(&square(2, 1, function)), Obstacle::ManyToOne { node: 1 });
    }
    let wide = chain(2, &[dense(2), activation(Activation::Tanh), dense(3)]);
    assert_eq!(obstacle(&wide), Obstacle::NotSquare { node: 2 });
    assert!(Inverse::new(&wide, 0..2).is_ok(), "the square part alone can be");

    let mut flat = square(2, 2, Activation::Tanh);
    let w = flat.params_of(2);
    flat.params[w][..4].copy_from_slice(&[1.0, 2.0, 2.0, 4.0]);
    assert_eq!(obstacle(&flat), Obstacle::Singular { node: 2 });
    flat.params[4..6].fill(0.0);
    flat.params[..4].fill(f32::NAN);
    assert_eq!(obstacle(&flat), Obstacle::Singular { node: 0 });
}
