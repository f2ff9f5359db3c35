//! EfficientNet-Lite0 at 224 × 224, one picture. W6f: forward. W6b: forward and the gradient of one logit with respect to the pixels.
//!
//! Its weights are drawn, not those that ship: what the net knows takes no time.

use super::Workload;
use std::hint::black_box;
use uncrumple::nn::{Init, Mode, Network, NodeSpec, Padding, Spec, Trace};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Shape, batch};

/// Blocks, side of the window, stride of the first, widening, channels out.
const STAGES: [[usize; 5]; 7] = [
    [1, 3, 1, 1, 16],
    [2, 3, 2, 6, 24],
    [2, 5, 2, 6, 40],
    [3, 3, 2, 6, 80],
    [3, 5, 1, 6, 112],
    [4, 5, 2, 6, 192],
    [1, 3, 1, 6, 320],
];

fn network() -> Network {
    let mut nodes: Vec<NodeSpec> = Vec::new();
    let mut then = |layer, inputs: &[usize]| {
        nodes.push(NodeSpec { layer, inputs: inputs.to_vec() });
        nodes.len()
    };
    let conv = |channels, kernel, stride| Spec::conv(channels, kernel, stride, Padding::Same, Init::He);
    let mut x = then(conv(32, 3, 2), &[0]);
    x = then(Spec::relu6(), &[x]);
    let mut channels = 32;
    for [blocks, kernel, stride, widening, out] in STAGES {
        for block in 0..blocks {
            let (read, stride) = (x, if block == 0 { stride } else { 1 });
            if widening > 1 {
                x = then(conv(widening * channels, 1, 1), &[x]);
                x = then(Spec::relu6(), &[x]);
            }
            x = then(Spec::depthwise(kernel, stride, Padding::Same, Init::He), &[x]);
            x = then(Spec::relu6(), &[x]);
            x = then(conv(out, 1, 1), &[x]);
            if stride == 1 && channels == out {
                x = then(Spec::Add, &[read, x]);
            }
            channels = out;
        }
    }
    x = then(conv(1280, 1, 1), &[x]);
    x = then(Spec::relu6(), &[x]);
    x = then(Spec::mean_pool(), &[x]);
    then(Spec::Dense { units: 1000, init: Init::Xavier }, &[x]);
    let input = Shape { height: 224, width: 224, channels: 3 };
    Network::new(input, &nodes, &mut Rng::seeded(2)).expect("a fair network")
}

pub fn lite(back: bool) -> Workload {
    let (net, mut rng, mut trace) = (network(), Rng::seeded(3), Trace::new());
    let x: Vec<f32> = (0..net.input().len()).map(|_| rng.range(-1.0, 1.0)).collect();
    let mut dy = vec![0.0; 1000];
    dy[7] = 1.0;
    let go = move || {
        net.forward(batch(black_box(&x), x.len()), Mode::Eval, trace.closed());
        if back {
            net.input_gradient(&mut trace, &dy);
            black_box(trace.input_gradient());
        }
        black_box(trace.output());
    };
    Workload { units: 1.0, operations: if back { 1.54e9 } else { 0.77e9 }, go: Box::new(go) }
}
