//! Interval bounds: no point of a box leaves them, their gradient is that of differences, and training shrinks them.

use crate::common::{activation, dense, node, points};
use uncrumple::kernel::Domain;
use uncrumple::nn::interval::Bounds;
use uncrumple::nn::{Activation, Init, Mode, Network, Padding, Spec, Trace};
use uncrumple::objective::{CrossEntropy, Objective, argmax};
use uncrumple::optim::{Rule, Schedule};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Batch, Shape};
use uncrumple::train::{BoundedBuffers, Boxes, Examples, Loss, Settings, Trainer};

const CLASSES: usize = 4;
const MONOTONE: [Activation; 5] =
    [Activation::Linear, Activation::Relu, Activation::LeakyRelu, Activation::Tanh, Activation::Sigmoid];

fn picture() -> Shape {
    Shape { height: 6, width: 5, channels: 2 }
}

/// Every kind of layer that has bounds, a residual add among them.
fn nets() -> Vec<Network> {
    let conv = |channels, stride| Spec::conv(channels, 3, stride, Padding::Same, Init::He);
    let mut nets: Vec<_> = MONOTONE
        .iter()
        .map(|&f| {
            let layers = [
                conv(5, 2),
                activation(f),
                Spec::Dropout { rate: 0.3 },
                dense(9),
                activation(f),
                dense(CLASSES),
            ];
            Network::chain(picture(), &layers, &mut Rng::seeded(1)).expect("a fair network")
        })
        .collect();
    let nodes = [
        node(conv(8, 1), &[0]),
        node(Spec::relu6(), &[1]),
        node(Spec::depthwise(3, 1, Padding::Same, Init::Xavier), &[2]),
        node(Spec::Add, &[2, 3]),
        node(Spec::max_pool(2, 2), &[4]),
        node(Spec::average_pool(2, 1), &[5]),
        node(Spec::flatten(), &[6]),
        node(dense(CLASSES), &[7]),
    ];
    nets.push(Network::new(picture(), &nodes, &mut Rng::seeded(2)).expect("a fair network"));
    for net in &mut nets {
        let mut rng = Rng::seeded(3);
        net.params.iter_mut().for_each(|p| *p += 0.1 * rng.normal());
    }
    nets
}

fn boxes(x: &Batch, epsilon: f32) -> (Batch, Batch) {
    (x - epsilon, x + epsilon)
}

#[test]
fn no_point_of_a_box_leaves_the_bounds() {
    for net in nets() {
        for epsilon in [0.0, 0.01, 0.1, 1.0] {
            let x = points(4, picture().len(), 5);
            let (low, high) = boxes(&x, epsilon);
            let mut bounds = Bounds::default();
            bounds.take(&net, low.view(), high.view()).expect("layers with bounds");
            let (mut trace, mut rng) = (Trace::new(), Rng::seeded(6));
            for draw in 0..200 {
                // Corners as often as points inside: that is where a linear layer is at its ends.
                let mut shift = || {
                    let u = rng.range(-1.0, 1.0);
                    if draw % 2 == 0 { epsilon * u } else { epsilon * u.signum() }
                };
                let inside = x.mapv(|x| x + shift());
                net.forward(inside.view(), Mode::Eval, &mut trace);
                let (y, low, high) = (trace.output(), bounds.low(), bounds.high());
                for ((y, low), high) in y.iter().zip(low).zip(high) {
                    let slack = 1e-5 * (1.0 + low.abs().max(high.abs()));
                    assert!(
                        low - slack <= *y && *y <= high + slack,
                        "ε {epsilon}: {y} outside {low} to {high}"
                    );
                }
            }
        }
    }
}

#[test]
fn bounds_of_one_layer_are_reached_at_a_corner() {
    let net = Network::chain(Shape::flat(7), &[dense(3)], &mut Rng::seeded(4)).expect("a fair network");
    let x = points(1, 7, 5);
    let (low, high) = boxes(&x, 0.25);
    let mut bounds = Bounds::default();
    bounds.take(&net, low.view(), high.view()).expect("a dense layer has bounds");
    for unit in 0..3 {
        let corner = Batch::from_shape_fn((1, 7), |(_, i)| {
            if net.params[3 * i + unit] > 0.0 { high[[0, i]] } else { low[[0, i]] }
        });
        let mut trace = Trace::new();
        net.forward(corner.view(), Mode::Eval, &mut trace);
        let (top, y) = (bounds.high()[[0, unit]], trace.output()[[0, unit]]);
        assert!((top - y).abs() < 1e-6, "{top} {y}");
    }
}

/// Sum over rows of the cross-entropy at the worst logits.
fn value(net: &Network, low: &Batch, high: &Batch, labels: &[u32]) -> f64 {
    let mut bounds = Bounds::default();
    bounds.take(net, low.view(), high.view()).expect("layers with bounds");
    let (mut z, mut dz, mut values) =
        (vec![0.0; labels.len() * CLASSES], vec![0.0; labels.len() * CLASSES], vec![0.0; labels.len()]);
    bounds.worst(labels, &mut z);
    CrossEntropy(labels).eval(&z, CLASSES, &mut values, &mut dz);
    values.iter().map(|v| f64::from(*v)).sum()
}

#[test]
fn the_worst_logits_have_their_gradient() {
    let labels = [0, 3, 1];
    let conv = Spec::conv(5, 3, 2, Padding::Same, Init::He);
    let depthwise = Spec::depthwise(3, 1, Padding::Same, Init::Xavier);
    // Smooth all the way, so that only a weight's sign is a kink.
    let nodes = [
        node(conv, &[0]),
        node(activation(Activation::Tanh), &[1]),
        node(depthwise, &[2]),
        node(Spec::Add, &[2, 3]),
        node(Spec::average_pool(2, 1), &[4]),
        node(activation(Activation::Sigmoid), &[5]),
        node(dense(CLASSES), &[6]),
    ];
    let mut net = Network::new(picture(), &nodes, &mut Rng::seeded(7)).expect("a fair network");
    let mut rng = Rng::seeded(8);
    net.params.iter_mut().for_each(|p| *p += 0.1 * rng.normal());
    let (low, high) = boxes(&points(3, picture().len(), 9), 0.1);
    let mut bounds = Bounds::default();
    bounds.take(&net, low.view(), high.view()).expect("layers with bounds");
    let (mut z, mut dz, mut values) = ([0.0; 12], [0.0; 12], [0.0; 3]);
    bounds.worst(&labels, &mut z);
    CrossEntropy(&labels).eval(&z, CLASSES, &mut values, &mut dz);
    let mut dparams = vec![0.0; net.params.len()];
    bounds.worst_gradient(&net, &labels, &dz, &mut dparams);
    let most = crate::common::peak(&dparams);
    let (h, mut compared) = (1e-2f32, 0);
    for (i, &stated) in dparams.iter().enumerate() {
        let at = net.params[i];
        if at.abs() <= h {
            continue;
        }
        let mut shifted = |p: f32| {
            net.params[i] = p;
            value(&net, &low, &high, &labels)
        };
        let (up, down) = (at + h, at - h);
        let slope = (shifted(up) - shifted(down)) / (f64::from(up) - f64::from(down));
        net.params[i] = at;
        let off = (f64::from(stated) - slope).abs() / most;
        assert!(off <= 2e-3, "[{i}]: gradient {}, differences {slope}: {off:.1e} of {most}", stated);
        compared += 1;
    }
    assert!(4 * compared > 3 * net.params.len(), "{compared} of {}", net.params.len());
}

#[test]
fn what_turns_back_has_no_bounds() {
    for (layer, kind) in [
        (activation(Activation::Gelu), "gelu"),
        (activation(Activation::Sine), "sine"),
        (Spec::layer_norm(), "layer-norm"),
    ] {
        let net = Network::chain(Shape::flat(3), &[layer, dense(2)], &mut Rng::seeded(1)).expect("fair");
        let x = points(1, 3, 1);
        let refused = Bounds::default().take(&net, x.view(), x.view()).unwrap_err();
        assert_eq!(refused.to_string(), format!("`a layer with bounds` has no choice `{kind}`"));
    }
}

/// Pictures of one bright quarter, which is the class.
fn quarters(count: usize) -> Examples {
    let mut rng = Rng::seeded(10);
    let mut examples = Examples { width: 64, ..Examples::default() };
    for i in 0..count {
        let class = i as u32 % 4;
        for p in 0..64u32 {
            let lit = (p / 32, p % 8 / 4) == (class / 2, class % 2);
            examples.x.push(if lit { 0.8 } else { 0.2 } + 0.1 * rng.range(-1.0, 1.0));
        }
        examples.classes.push(class);
    }
    examples
}

fn trainer() -> Trainer {
    let rng = Rng::seeded(11);
    let relu = || activation(Activation::Relu);
    let layers = [Spec::conv(4, 3, 2, Padding::Same, Init::He), relu(), dense(12), relu(), dense(4)];
    let input = Shape { height: 8, width: 8, channels: 1 };
    let net = Network::chain(input, &layers, &mut rng.fork(1)).expect("a fair network");
    let settings = Settings {
        loss: Loss::CrossEntropy,
        rate: 0.01,
        schedule: Schedule::Constant,
        batch: 16,
        l1: 0.0,
        l2: 0.0,
    };
    Trainer::new(net, Rule::Adam, settings, &rng)
}

/// Share of rows whose class wins everywhere in their box.
fn certified(net: &Network, examples: &Examples, epsilon: f32) -> f32 {
    let (x, classes) = examples.rows(0, examples.len());
    let mut bounds = Bounds::default();
    bounds.take(net, (&x - epsilon).view(), (&x + epsilon).view()).expect("layers with bounds");
    let mut z = vec![0.0; classes.len() * 4];
    bounds.worst(classes, &mut z);
    let kept = z.chunks_exact(4).zip(classes).filter(|(z, c)| argmax(z) == **c as usize).count();
    kept as f32 / classes.len() as f32
}

#[test]
fn training_against_bounds_certifies_what_plain_training_does_not() {
    let (examples, epsilon) = (quarters(64), 0.15);
    let run = |kappa| {
        let (mut trainer, mut buffers) = (trainer(), BoundedBuffers::default());
        for step in 0..400 {
            // As in the paper ε grows from zero: from the start, bounds are so wide that only a constant answer pays.
            let epsilon = epsilon * (step as f32 / 200.0).min(1.0);
            let boxes = Boxes { epsilon, kappa, domain: Domain::IMAGE };
            trainer.step_bounded(&examples, boxes, &mut buffers).expect("a finite loss");
        }
        trainer.net
    };
    let (plain, bounded) =
        (certified(&run(1.0), &examples, epsilon), certified(&run(0.5), &examples, epsilon));
    println!("certified: plain {plain}, bounded {bounded}");
    assert!(plain < 0.5, "plain training certifies {plain}");
    assert!(bounded > 0.95, "training against bounds certifies {bounded}");
}

#[test]
fn training_with_no_weight_on_bounds_is_plain_training() {
    let (examples, mut buffers) = (quarters(40), BoundedBuffers::default());
    let (mut plain, mut bounded) = (trainer(), trainer());
    let boxes = Boxes { epsilon: 0.1, kappa: 1.0, domain: Domain::IMAGE };
    for _ in 0..20 {
        let (a, b) = (plain.step(&examples), bounded.step_bounded(&examples, boxes, &mut buffers));
        assert_eq!(a, b);
    }
    assert_eq!(plain.net.params, bounded.net.params);
}
