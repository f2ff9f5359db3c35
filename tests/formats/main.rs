//! Networks as files, against the crate that defines safetensors, a runtime that defines ONNX, and hostile bytes.
#![cfg(not(target_arch = "wasm32"))]

mod hostile;
mod onnx;
mod opened;
mod safetensors;

use uncrumple::nn::layers::Term;
use uncrumple::nn::{Activation, Init, Network, NodeSpec, Spec};
use uncrumple::rng::Rng;
use uncrumple::tensor::Shape;

/// `terms → 5 → 4 → 3` with dropout between, biases that matter, and an activation of each layer's own.
fn chain(terms: &[Term], functions: [Activation; 2]) -> Network {
    let dense = |units| Spec::Dense { units, init: Init::He };
    let mut specs = vec![
        dense(5),
        Spec::Activation { function: functions[0] },
        Spec::Dropout { rate: 0.25 },
        dense(4),
        Spec::Activation { function: functions[1] },
        dense(3),
    ];
    if !terms.is_empty() {
        specs.insert(0, Spec::Features { terms: terms.to_vec() });
    }
    let mut rng = Rng::seeded(11);
    let mut net = Network::chain(Shape::flat(2), &specs, &mut rng).expect("a sound chain");
    net.params.iter_mut().for_each(|p| *p += 0.3 * rng.normal());
    net
}

/// A network that is no chain: `y = a(x) + b(a(x))`.
fn branching() -> Network {
    let dense = |reads| NodeSpec { layer: Spec::Dense { units: 2, init: Init::Xavier }, inputs: vec![reads] };
    let add = NodeSpec { layer: Spec::Add, inputs: vec![1, 2] };
    Network::new(Shape::flat(2), &[dense(0), dense(1), add], &mut Rng::seeded(3)).expect("a sound network")
}

fn every_term() -> Network {
    chain(&Term::ALL, [Activation::Tanh, Activation::Relu])
}

/// Every activation, with and without features.
fn nets() -> Vec<(&'static str, Network)> {
    use Activation::*;
    vec![
        ("plain tanh", chain(&[], [Tanh, Tanh])),
        ("relu, leaky", chain(&[Term::X, Term::XY], [Relu, LeakyRelu])),
        ("sigmoid, linear", chain(&[Term::Y2, Term::X2], [Sigmoid, Linear])),
        ("gelu, sine", chain(&[Term::SinY, Term::X, Term::SinX], [Gelu, Sine])),
        ("every term", every_term()),
    ]
}
