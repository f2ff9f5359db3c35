//! Every layer of pictures, forward and back; bounds and training against them.

use crate::{Hash, hashed, same_bits};
use uncrumple::kernel::Domain;
use uncrumple::nn::interval::Bounds;
use uncrumple::nn::{Activation, Init, Mode, Network, NodeSpec, Padding, Spec, Trace};
use uncrumple::objective::{CrossEntropy, mean};
use uncrumple::optim::{Rule, Schedule};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Batch, Shape, rows};
use uncrumple::train::{BoundedBuffers, Boxes, Examples, Loss, Settings, Trainer};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

const ROWS: usize = 3;
const CLASSES: usize = 3;
const LABELS: [u32; ROWS] = [2, 0, 1];

fn conv(channels: usize, kernel: usize, stride: usize, padding: Padding) -> Spec {
    Spec::conv(channels, kernel, stride, padding, Init::He)
}

fn activation(function: Activation) -> Spec {
    Spec::Activation { function }
}

fn dense(units: usize) -> Spec {
    Spec::Dense { units, init: Init::Xavier }
}

/// Output and both gradients of `net`.
fn pass(net: &Network, hash: &mut Hash) {
    let mut rng = Rng::seeded(11);
    let x = Batch::from_shape_simple_fn((ROWS, net.input().len()), || rng.normal());
    let (mut trace, mut values, mut dy) = (Trace::new(), [0.0; ROWS], [0.0; ROWS * CLASSES]);
    let mut dparams = vec![0.0; net.params.len()];
    net.forward(x.view(), Mode::Eval, &mut trace);
    hash.numbers(rows(&trace.output()));
    mean(&CrossEntropy(&LABELS), rows(&trace.output()), CLASSES, &mut values, &mut dy);
    net.gradients(&mut trace, &dy, &mut dparams);
    hash.numbers(&values);
    hash.numbers(&dparams);
    hash.numbers(rows(&trace.input_gradient()));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_layer_of_pictures_is_the_same_to_the_bit() {
    let mut hashes = Vec::new();
    let mut put = |name: &str, input: [usize; 3], layers: &[Spec]| {
        let [height, width, channels] = input;
        let layers = [layers, &[dense(CLASSES)]].concat();
        let net = Network::chain(Shape { height, width, channels }, &layers, &mut Rng::seeded(4));
        hashes.push(hashed(name, |hash| pass(&net.expect("a fair network"), hash)));
    };
    let depthwise = |kernel, stride| Spec::depthwise(kernel, stride, Padding::Same, Init::He);
    // Channels in and out around the four of a vector and the eight of a panel; widths that fours do not fill.
    for (inputs, outputs) in [(1, 8), (2, 5), (3, 16), (4, 1), (8, 12), (5, 19)] {
        let layers = [conv(outputs, 3, 1, Padding::Same), conv(outputs + 1, 5, 2, Padding::Same)];
        put(&format!("conv {inputs} {outputs}"), [9, 7, inputs], &layers);
    }
    put("conv 1x1", [5, 6, 7], &[conv(9, 1, 1, Padding::Each(0)), conv(4, 1, 2, Padding::Each(0))]);
    put("conv bare", [11, 10, 2], &[conv(6, 4, 3, Padding::Each(0))]);
    put("conv of long sums", [6, 5, 32], &[conv(11, 5, 1, Padding::Same)]);
    put("depthwise", [9, 8, 6], &[depthwise(3, 1), depthwise(5, 2)]);
    put("max pool", [9, 8, 5], &[Spec::max_pool(2, 2), Spec::max_pool(3, 1)]);
    put("max pool of whole vectors", [9, 8, 12], &[Spec::max_pool(2, 2)]);
    put("average pool", [9, 8, 5], &[Spec::average_pool(3, 2), Spec::mean_pool()]);
    put("layer norm", [4, 5, 3], &[Spec::layer_norm(), Spec::flatten()]);
    put("relu6", [1, 1, 30], &[dense(20), Spec::relu6()]);
    same_bits("pictures", &hashes);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn bounds_are_the_same_to_the_bit() {
    let input = Shape { height: 7, width: 6, channels: 2 };
    let node = |layer, inputs: &[usize]| NodeSpec { layer, inputs: inputs.to_vec() };
    let nodes = [
        node(conv(8, 3, 1, Padding::Same), &[0]),
        node(Spec::relu6(), &[1]),
        node(Spec::depthwise(3, 1, Padding::Same, Init::He), &[2]),
        node(Spec::Add, &[2, 3]),
        node(Spec::max_pool(2, 2), &[4]),
        node(activation(Activation::Tanh), &[5]),
        node(dense(CLASSES), &[6]),
    ];
    let rng = Rng::seeded(13);
    let net = Network::new(input, &nodes, &mut rng.fork(1)).expect("a fair network");
    let mut pixels = rng.fork(2);
    let examples = Examples {
        x: (0..20 * input.len()).map(|_| pixels.uniform()).collect(),
        width: input.len(),
        classes: (0..20).map(|i| i % 3).collect(),
    };
    let hashes = [
        hashed("ends", |hash| {
            let mut bounds = Bounds::default();
            let (x, classes) = examples.rows(0, 20);
            bounds.take(&net, (&x - 0.02).view(), (&x + 0.03).view()).expect("layers with bounds");
            let (mut z, mut dparams) = (vec![0.0; 20 * CLASSES], vec![0.0; net.params.len()]);
            bounds.worst(classes, &mut z);
            bounds.worst_gradient(&net, classes, &z, &mut dparams);
            for numbers in [rows(&bounds.low()), rows(&bounds.high()), &z, &dparams] {
                hash.numbers(numbers);
            }
        }),
        hashed("training", |hash| {
            let settings = Settings {
                loss: Loss::CrossEntropy,
                rate: 0.01,
                schedule: Schedule::Cosine,
                batch: 8,
                l1: 1e-4,
                l2: 1e-3,
            };
            let mut trainer = Trainer::new(net.clone(), Rule::Adam, settings, &rng);
            let (boxes, mut buffers) =
                (Boxes { epsilon: 0.02, kappa: 0.5, domain: Domain::IMAGE }, BoundedBuffers::default());
            for _ in 0..30 {
                hash.numbers(&[trainer.step_bounded(&examples, boxes, &mut buffers).expect("a finite loss")]);
            }
            hash.numbers(&trainer.net.params);
        }),
    ];
    same_bits("bounds", &hashes);
}
