//! Networks as files, against the crate that defines safetensors, a runtime that defines ONNX, and hostile bytes.
#![cfg(not(target_arch = "wasm32"))]

mod hostile;
mod onnx;
mod opened;
mod safetensors;

use uncrumple::nn::layers::Term;
use uncrumple::nn::{Activation, Init, Network, NodeSpec, Padding, Spec};
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

/// A chain on pictures of 6 × 5 pixels and two channels, its biases such that they matter.
fn pictures(specs: &[Spec]) -> Network {
    let mut rng = Rng::seeded(12);
    let mut net = Network::chain(PICTURE, specs, &mut rng).expect("a sound chain");
    net.params.iter_mut().for_each(|p| *p += 0.3 * rng.normal());
    net
}

const PICTURE: Shape = Shape { height: 6, width: 5, channels: 2 };

/// Windows of even and odd sides, with zeros around, on one side more than on the other, and without; pools that leave a rim out.
fn picture_nets() -> Vec<(&'static str, Network)> {
    let init = Init::He;
    let conv = |channels, kernel, stride, padding| Spec::conv(channels, kernel, stride, padding, init);
    let bend = |function| Spec::Activation { function };
    let (relu, tanh, dense) =
        (bend(Activation::Relu), bend(Activation::Tanh), Spec::Dense { units: 3, init });
    let (same, each) = (Padding::Same, Padding::Each);
    vec![
        (
            "as the lab's",
            pictures(&[
                conv(4, 3, 1, same),
                relu.clone(),
                Spec::max_pool(2, 2),
                conv(3, 2, 1, same),
                tanh,
                dense.clone(),
            ]),
        ),
        (
            "strides",
            pictures(&[
                conv(5, 3, 2, each(1)),
                relu.clone(),
                conv(3, 2, 2, each(0)),
                Spec::flatten(),
                dense.clone(),
            ]),
        ),
        ("ends as a picture", pictures(&[Spec::max_pool(3, 1), conv(2, 2, 1, each(0))])),
        ("dense", pictures(&[dense])),
    ]
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
