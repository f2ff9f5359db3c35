//! What is measured, once for the native bench and for the browser's: a piece of work, its units and its operations.
//!
//! W1, W1b: a step of 2-8-8-1 or 2-4-2-1, tanh everywhere, ½ mean (o − t)², SGD 0.03, batch 10, 250 spiral points.
//! W2: a step of 2-64-64-64-2, ReLU, cross-entropy, Adam 0.001, batch 128. W4s, W4l: W1's network at 100² or 512² points.
//! W3t, W3i, W3bt, W3bi, W5: `pictures.rs`. W6f, W6b: `photos.rs`.
//! `gemm M K N`, `tanh`, `exp`, and `peak`: thirteen independent accumulators of four lanes, the most a core can do here.

mod photos;
mod pictures;

use std::hint::black_box;
use uncrumple::data::{PlaneSet, Points};
use uncrumple::kernel::{self, F32x4, Mat, Write, gemm};
use uncrumple::nn::{Activation, Init, Mode, Network, Spec, Trace};
use uncrumple::objective::{self, CrossEntropy, Mse, Objective};
use uncrumple::optim::{Optimizer, Rule};
use uncrumple::rng::Rng;
use uncrumple::tensor::{BatchView, Shape};

/// Shapes M, K, N of matrix products: hidden layers, a convolution's patches, thin outputs.
pub const GEMM: [[usize; 3]; 13] = [
    [128, 64, 64],
    [128, 784, 128],
    [256, 256, 256],
    [25088, 9, 8],
    [6272, 72, 16],
    [25088, 25, 32],
    [6272, 800, 64],
    [800, 6272, 64],
    [32, 3136, 512],
    [32, 784, 10],
    [3136, 32, 512],
    [3136, 240, 40],
    [49, 1152, 320],
];

/// A piece of work that can be done any number of times.
pub struct Workload {
    /// Units in one go: samples, points, elements.
    pub units: f64,
    /// Multiplications and additions in one go; 0 where nobody counts them.
    pub operations: f64,
    go: Box<dyn FnMut()>,
}

impl Workload {
    /// The work called `name`, if there is any.
    pub fn new(name: &str) -> Option<Self> {
        Some(match name {
            "W1" => training(&[8, 8, 1], 496.0),
            "W1b" => training(&[4, 2, 1], 92.0),
            "W2" => training(&[64, 64, 64, 2], 50_400.0),
            "W3t" => pictures::training(pictures::Size::Small),
            "W3i" => pictures::inference(pictures::Size::Small),
            "W3bt" => pictures::training(pictures::Size::Large),
            "W3bi" => pictures::inference(pictures::Size::Large),
            "W5" => pictures::attack(),
            "W6f" => photos::lite(false),
            "W6b" => photos::lite(true),
            "W4s" => field(100),
            "W4l" => field(512),
            "tanh" => pointwise(kernel::tanh),
            "exp" => pointwise(kernel::exp),
            "peak" => peak(),
            _ => {
                let mut sizes = name.strip_prefix("gemm ")?.split(' ').map(|n| n.parse().ok());
                product([sizes.next()??, sizes.next()??, sizes.next()??])
            }
        })
    }

    /// Does it `times` times.
    pub fn run(&mut self, times: u32) {
        for _ in 0..times {
            (self.go)();
        }
    }
}

fn spiral(count: usize) -> Points {
    PlaneSet::Spiral.sample(count, 0.03, &mut Rng::seeded(1))
}

/// The last width is the output's: one is tanh against ±1, two are logits of classes.
fn network(widths: &[usize]) -> Network {
    let logits = widths.ends_with(&[2]);
    let function = if logits { Activation::Relu } else { Activation::Tanh };
    let mut specs: Vec<Spec> = Vec::new();
    for &units in widths {
        specs.extend([Spec::Dense { units, init: Init::Xavier }, Spec::Activation { function }]);
    }
    specs.truncate(specs.len() - usize::from(logits));
    Network::chain(Shape::flat(2), &specs, &mut Rng::seeded(2)).expect("dense layers fit any width")
}

fn training(widths: &'static [usize], operations_a_row: f64) -> Workload {
    let (mut net, width) = (network(widths), widths[widths.len() - 1]);
    let (batch, count) = if width == 1 { (10, 250) } else { (128, 1280) };
    // The gradient of (o − t)² is twice that of ½ (o − t)².
    let (rule, rate) = if width == 1 { (Rule::Sgd, 0.5 * 0.03) } else { (Rule::Adam, 0.001) };
    let points = spiral(count);
    let targets: Vec<f32> = points.class.iter().map(|&c| 2.0 * c as f32 - 1.0).collect();
    let mut optimizer = Optimizer::new(rule, net.params.len());
    let (mut trace, mut dparams) = (Trace::new(), vec![0.0; net.params.len()]);
    let (mut values, mut dy, mut at) = (vec![0.0; batch], vec![0.0; batch * width], 0);
    let go = move || {
        let x = BatchView::from_shape((batch, 2), &points.x[2 * at..2 * (at + batch)]).expect("two a point");
        net.forward(x, Mode::Eval, trace.closed());
        let (mse, entropy) = (Mse(&targets[at..at + batch]), CrossEntropy(&points.class[at..at + batch]));
        let loss: &dyn Objective = if width == 1 { &mse } else { &entropy };
        black_box(objective::mean(loss, trace.answers(), width, &mut values, &mut dy));
        dparams.fill(0.0);
        net.param_gradient(&mut trace, &dy, &mut dparams);
        optimizer.step(&mut net.params, &dparams, rate);
        at = (at + batch) % count;
    };
    Workload { units: batch as f64, operations: operations_a_row * batch as f64, go: Box::new(go) }
}

fn field(side: usize) -> Workload {
    let (net, mut trace) = (network(&[8, 8, 1]), Trace::new());
    let at = move |k: usize| (k as f32 + 0.5) / side as f32 * 2.0 - 1.0;
    let x: Vec<f32> = (0..side * side).flat_map(|i| [at(i % side), -at(i / side)]).collect();
    let mut out = vec![0.0; side * side];
    let go = move || {
        for (x, out) in x.chunks(2 * 256).zip(out.chunks_mut(256)) {
            let x = BatchView::from_shape((out.len(), 2), x).expect("two a point");
            net.forward(x, Mode::Eval, trace.closed());
            out.copy_from_slice(trace.answers());
        }
        black_box(&out);
    };
    let points = (side * side) as f64;
    Workload { units: 1.0, operations: 176.0 * points, go: Box::new(go) }
}

fn noise(len: usize) -> Vec<f32> {
    let mut rng = Rng::seeded(3);
    (0..len).map(|_| rng.range(-4.0, 4.0)).collect()
}

fn pointwise(f: impl Fn(F32x4) -> F32x4 + Copy + 'static) -> Workload {
    let (x, mut y) = (noise(4096), vec![0.0; 4096]);
    let go = move || {
        kernel::map(black_box(&x), &mut y, f);
        black_box(&y);
    };
    Workload { units: 4096.0, operations: 0.0, go: Box::new(go) }
}

fn product([m, k, n]: [usize; 3]) -> Workload {
    let (a, b, mut c) = (noise(m * k), noise(k * n), vec![0.0; m * n]);
    let go = move || {
        gemm(Mat::new(black_box(&a), m, k), Mat::new(&b, k, n), &mut c, Write::Set);
        black_box(&c);
    };
    Workload { units: 1.0, operations: 2.0 * (m * k * n) as f64, go: Box::new(go) }
}

fn peak() -> Workload {
    const TURNS: usize = 20_000;
    let go = || {
        let (x, y) = (F32x4::splat(black_box(0.999)), F32x4::splat(black_box(0.001)));
        let mut sums: [F32x4; 13] = std::array::from_fn(|i| F32x4::splat(i as f32 * 0.01));
        for _ in 0..TURNS {
            for sum in &mut sums {
                *sum = *sum * x + y;
            }
        }
        black_box(sums.into_iter().reduce(|a, b| a + b).map(F32x4::sum));
    };
    Workload { units: 1.0, operations: (2 * 4 * 13 * TURNS) as f64, go: Box::new(go) }
}
