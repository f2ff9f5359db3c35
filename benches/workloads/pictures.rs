//! Work on pictures of 28 × 28, in batches of 32.
//!
//! W3t, W3i: training and inference of conv 3×3×8, ReLU, pool 2, conv 3×3×16, ReLU, pool 2, dense 10, cross-entropy, Adam.
//! W3bt, W3bi: the same of conv 5×5×32 and 5×5×64, dense 512, ReLU, dense 10. W5: forty steps of PGD on W3's network,
//! ε 0.3, α 0.01, pixels in [0, 1].

use super::Workload;
use std::hint::black_box;
use uncrumple::attack::{Attack, Ball, Domain, Loss, Norm, Pgd, PgdSettings, Stop, Task};
use uncrumple::nn::{Activation, Init, Mode, Network, Padding, Spec, Trace};
use uncrumple::objective::{self, CrossEntropy, argmax};
use uncrumple::optim::{Optimizer, Rule};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Shape, batch};

const BATCH: usize = 32;
const BATCHES: usize = 4;
const PIXELS: usize = 28 * 28;

/// Which network.
#[derive(Clone, Copy)]
pub enum Size {
    /// Of W3 and W5.
    Small,
    /// Of W3b.
    Large,
}

fn network(size: Size) -> Network {
    let relu = || Spec::Activation { function: Activation::Relu };
    let dense = |units| Spec::Dense { units, init: Init::He };
    let block = |channels, kernel| {
        let padding = Padding::Each(kernel / 2);
        [Spec::conv(channels, kernel, 1, padding, Init::He), relu(), Spec::max_pool(2, 2)]
    };
    let specs = match size {
        Size::Small => [&block(8, 3)[..], &block(16, 3), &[dense(10)]].concat(),
        Size::Large => [&block(32, 5)[..], &block(64, 5), &[dense(512), relu(), dense(10)]].concat(),
    };
    let input = Shape { height: 28, width: 28, channels: 1 };
    Network::chain(input, &specs, &mut Rng::seeded(2)).expect("a fair network")
}

/// Pictures whose pixels are noise: what is in them takes no time.
fn pictures() -> (Vec<f32>, Vec<u32>) {
    let mut rng = Rng::seeded(3);
    let x = (0..BATCHES * BATCH * PIXELS).map(|_| rng.uniform()).collect();
    (x, (0..BATCHES * BATCH).map(|_| rng.below(10)).collect())
}

pub fn training(size: Size) -> Workload {
    let (mut net, (x, classes)) = (network(size), pictures());
    let mut optimizer = Optimizer::new(Rule::Adam, net.params.len());
    let (mut trace, mut dparams) = (Trace::new(), vec![0.0; net.params.len()]);
    let (mut values, mut dy, mut at) = (vec![0.0; BATCH], vec![0.0; BATCH * 10], 0);
    let go = move || {
        net.forward(batch(&x[at * BATCH * PIXELS..][..BATCH * PIXELS], PIXELS), Mode::Eval, trace.closed());
        let loss = CrossEntropy(&classes[at * BATCH..][..BATCH]);
        black_box(objective::mean(&loss, trace.answers(), 10, &mut values, &mut dy));
        dparams.fill(0.0);
        net.param_gradient(&mut trace, &dy, &mut dparams);
        optimizer.step(&mut net.params, &dparams, 0.001);
        at = (at + 1) % BATCHES;
    };
    let each = match size {
        Size::Small => 1.63e6,
        Size::Large => 72.4e6,
    };
    Workload { units: BATCH as f64, operations: each * BATCH as f64, go: Box::new(go) }
}

pub fn inference(size: Size) -> Workload {
    let (net, (x, _), mut trace) = (network(size), pictures(), Trace::new());
    let go = move || {
        net.forward(batch(&x[..BATCH * PIXELS], PIXELS), Mode::Eval, trace.closed());
        black_box(trace.output());
    };
    let each = match size {
        Size::Small => 0.58e6,
        Size::Large => 24.5e6,
    };
    Workload { units: BATCH as f64, operations: each * BATCH as f64, go: Box::new(go) }
}

pub fn attack() -> Workload {
    let (net, (x, _), mut trace) = (network(Size::Small), pictures(), Trace::new());
    let x = &x[..BATCH * PIXELS];
    // Its own answers: a row that is wrong before any push would not be pushed.
    net.forward(batch(x, PIXELS), Mode::Eval, trace.closed());
    let classes: Vec<u32> = trace.output().outer_iter().map(|row| argmax(&row.to_vec()) as u32).collect();
    let task = Task::new(x, &classes, Domain::IMAGE).expect("a picture a class");
    let ball = Ball { norm: Norm::Inf, epsilon: 0.3 };
    // The textbook's: every row takes every step.
    let settings = PgdSettings {
        rate: 0.01,
        loss: Loss::CrossEntropy,
        stop: Stop::AtEnd,
        ..PgdSettings::new(ball, 40, 1)
    };
    let go = move || {
        let mut pgd = Pgd::new(task.clone(), settings, &Rng::seeded(1)).expect("settings in range");
        pgd.run(&net);
        black_box(pgd.adversarial());
    };
    Workload { units: BATCH as f64, operations: 46.4e6 * BATCH as f64, go: Box::new(go) }
}
