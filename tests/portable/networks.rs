//! Every kind of layer under every objective, forward and back; every update rule.

use crate::{Hash, hashed, same_bits};
use uncrumple::nn::layers::Term;
use uncrumple::nn::{Activation, Init, Mode, Network, NodeSpec, Padding, Spec, Trace};
use uncrumple::objective::{
    CrossEntropy, Hinge, Huber, Logit, LogitDifference, Margin, Mse, Objective, mean, softmax,
};
use uncrumple::optim::{Optimizer, Rule, penalise};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Batch, Shape, batch, rows};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

const ROWS: usize = 13;
const CLASSES: usize = 3;

fn dense(units: usize, init: Init) -> Spec {
    Spec::Dense { units, init }
}

/// Output, parameter gradient and input gradient of `net` under each objective.
fn passes(net: &Network, hash: &mut Hash) {
    let mut rng = Rng::seeded(11);
    let x = Batch::from_shape_simple_fn((ROWS, 2), || rng.normal());
    let targets: Vec<f32> = (0..ROWS * CLASSES).map(|_| rng.normal()).collect();
    let mut labels = |_| rng.below(CLASSES as u32);
    let (from, to): (Vec<u32>, Vec<u32>) =
        ((0..ROWS).map(&mut labels).collect(), (0..ROWS).map(labels).collect());
    let objectives: [&dyn Objective; 7] = [
        &CrossEntropy(&from),
        &Mse(&targets),
        &Huber { targets: &targets, delta: 0.7 },
        &Hinge(&from),
        &Logit(1),
        &LogitDifference { from: &from, to: &to },
        &Margin(&from),
    ];
    let (mut trace, mut values, mut dy) = (Trace::new(), [0.0; ROWS], [0.0; ROWS * CLASSES]);
    let mut dparams = vec![0.0; net.params.len()];
    for objective in objectives {
        net.forward(x.view(), Mode::Train(&mut Rng::seeded(12)), &mut trace);
        let y = rows(&trace.output()).to_vec();
        hash.numbers(&y);
        hash.numbers(&[mean(objective, &y, CLASSES, &mut values, &mut dy)]);
        net.gradients(&mut trace, &dy, &mut dparams);
        hash.numbers(&values);
        hash.numbers(&dparams);
        hash.numbers(rows(&trace.input_gradient()));
    }
    penalise(&net.params, net.weights(), (0.01, 0.1), &mut dparams);
    hash.numbers(&dparams);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_layer_is_the_same_to_the_bit() {
    let chain = |name: &str, layers: &[Spec]| {
        let net = Network::chain(Shape::flat(2), layers, &mut Rng::seeded(4)).expect("a fair network");
        hashed(name, |hash| passes(&net, hash))
    };
    let mut hashes = Vec::from(Activation::NAMES.map(|name| {
        let middle = Spec::Activation { function: Activation::from_name(name).expect("a function") };
        chain(
            name,
            &[dense(19, Init::He), middle.clone(), dense(6, Init::Xavier), middle, dense(CLASSES, Init::He)],
        )
    }));
    let last = dense(CLASSES, Init::Xavier);
    hashes.push(chain("dropout", &[dense(21, Init::He), Spec::Dropout { rate: 0.3 }, last.clone()]));
    hashes.push(chain("features", &[Spec::Features { terms: Term::ALL.to_vec() }, last.clone()]));
    let node = |layer, inputs: &[usize]| NodeSpec { layer, inputs: inputs.to_vec() };
    let nodes = [
        node(dense(2, Init::He), &[0]),
        node(Spec::Add, &[0, 1]),
        node(Spec::Add, &[1, 2]),
        node(last, &[3]),
    ];
    let residual = Network::new(Shape::flat(2), &nodes, &mut Rng::seeded(4)).expect("a fair network");
    hashes.push(hashed("add", |hash| passes(&residual, hash)));
    same_bits("layers", &hashes);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_rule_is_the_same_to_the_bit_at_every_length() {
    let hashes = Rule::NAMES.map(|name| {
        hashed(name, |hash| {
            let mut rng = Rng::seeded(8);
            for len in 0..68 {
                let mut w: Vec<f32> = (0..len).map(|_| rng.normal()).collect();
                let mut optimizer = Optimizer::new(Rule::from_name(name).expect("a rule"), len);
                for _ in 0..10 {
                    let g: Vec<f32> = (0..len).map(|_| rng.normal()).collect();
                    optimizer.step(&mut w, &g, 0.03);
                }
                hash.numbers(&w);
            }
        })
    });
    same_bits("rules", &hashes);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn softmax_is_the_same_to_the_bit_at_every_width() {
    let hash = hashed("softmax", |hash| {
        let mut rng = Rng::seeded(9);
        for width in 1..68 {
            for size in [1.0, 1e3, 1e-3] {
                let mut z: Vec<f32> = (0..2 * width).map(|_| size * rng.normal()).collect();
                softmax(&mut z, width);
                hash.numbers(&z);
            }
        }
    });
    same_bits("softmax", &[hash]);
}

/// Output, both gradients, of a pass over the first `count` rows of `x`.
fn pass(net: &Network, trace: &mut Trace, x: &[f32], count: usize) -> [Vec<f32>; 3] {
    let (width, outputs) = (net.input().len(), net.output().len());
    let dy: Vec<f32> = x.iter().cycle().take(count * outputs).copied().collect();
    net.forward(batch(&x[..count * width], width), Mode::Eval, trace);
    let mut dparams = vec![0.0; net.params.len()];
    net.gradients(trace, &dy, &mut dparams);
    [rows(&trace.output()).to_vec(), dparams, rows(&trace.input_gradient()).to_vec()]
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_closed_pass_gives_the_same_bits() {
    let of = |function| Spec::Activation { function };
    let (he, same) = (Init::He, Padding::Same);
    let flat = |layers: &[Spec]| Network::chain(Shape::flat(5), layers, &mut Rng::seeded(4)).expect("fair");
    let picture = Shape { height: 7, width: 6, channels: 3 };
    let node = |layer, inputs: &[usize]| NodeSpec { layer, inputs: inputs.to_vec() };
    let block = [
        node(Spec::conv(12, 3, 2, same, he), &[0]),
        node(Spec::relu6(), &[1]),
        node(Spec::conv(20, 1, 1, same, he), &[2]),
        node(of(Activation::Relu), &[3]),
        node(Spec::depthwise(3, 1, same, he), &[4]),
        node(Spec::relu6(), &[5]),
        node(Spec::conv(12, 1, 1, same, he), &[6]),
        node(Spec::Add, &[2, 7]),
        // Read twice: it cannot be clipped on its way.
        node(Spec::conv(12, 3, 1, same, he), &[8]),
        node(Spec::relu6(), &[9]),
        node(Spec::Add, &[9, 10]),
        node(dense(3, he), &[11]),
    ];
    // Every layer that can goes back through the clip before it: a window with a stride, one of all channels, one pixel.
    let back = [
        Spec::conv(18, 1, 1, same, he),
        Spec::relu6(),
        Spec::depthwise(5, 2, same, he),
        Spec::relu6(),
        Spec::conv(5, 3, 1, same, he),
        Spec::relu6(),
        Spec::conv(6, 1, 1, same, he),
        dense(3, he),
    ];
    let nets = [
        flat(&[dense(8, he), of(Activation::Tanh), dense(8, he), of(Activation::Tanh), dense(1, he)]),
        flat(&[dense(7, he), of(Activation::LeakyRelu), dense(2, he), of(Activation::Gelu), dense(3, he)]),
        flat(&[dense(64, he), of(Activation::Relu), dense(13, he)]),
        flat(&[dense(6, he), Spec::Dropout { rate: 0.5 }, dense(3, he)]),
        Network::new(picture, &block, &mut Rng::seeded(5)).expect("fair"),
        Network::chain(picture, &back, &mut Rng::seeded(7)).expect("fair"),
    ];
    let mut rng = Rng::seeded(6);
    let x: Vec<f32> = (0..33 * 126).map(|_| 3.0 * rng.normal()).collect();
    // One trace for all: what one network left must not reach the next.
    let mut trace = Trace::new();
    for count in [10, 1, 33, 4, 3] {
        for (i, net) in nets.iter().enumerate() {
            let found = pass(net, trace.closed(), &x, count);
            assert_eq!(found, pass(net, &mut Trace::new(), &x, count), "network {i}, {count} rows");
        }
    }
}
