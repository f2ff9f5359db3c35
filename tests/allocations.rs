//! Steady-state training allocates nothing: an allocator that counts, and loops that may not call it.
#![cfg(not(target_arch = "wasm32"))]
// A global allocator is an unsafe trait; the crate itself keeps to `kernel/lanes.rs` and its folder.
#![allow(unsafe_code)]

mod shipped;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use uncrumple::attack::{Ball, Domain, Norm};
use uncrumple::labs::{Config, Frame, Lab, Run, boundary::Boundary, digits::Digits};
use uncrumple::nn::{Activation, Init, Mode, Network, NodeSpec, Padding, Spec, Trace};
use uncrumple::objective::{CrossEntropy, mean};
use uncrumple::optim::{Optimizer, Rule, Schedule, penalise};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Batch, Shape, rows};
use uncrumple::train::{
    Adversary, BoundedBuffers, Boxes, Examples, Hardening, Loss, Settings, Shift, Trainer,
};

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on unchanged to the system's allocator; the counter is a plain number of this thread
// that needs no allocation and no destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|c| c.set(c.get() + 1));
        // SAFETY: the caller's promises are those `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: `at` came from `System` with this layout.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNT.with(|c| c.set(c.get() + 1));
        // SAFETY: `at` came from `System` with this layout.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Allocations that `f` makes.
fn allocations(f: impl FnOnce()) -> usize {
    let before = COUNT.with(Cell::get);
    f();
    COUNT.with(Cell::get) - before
}

fn dense(units: usize) -> Spec {
    Spec::Dense { units, init: Init::He }
}

fn activation(function: Activation) -> Spec {
    Spec::Activation { function }
}

fn toy(rows: usize) -> Examples {
    let mut rng = Rng::seeded(1);
    let mut toy = Examples { width: 2, ..Examples::default() };
    for i in 0..rows {
        toy.x.extend([rng.normal(), rng.normal()]);
        toy.classes.push(i as u32 % 3);
    }
    toy
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(vec![1.0f32; 10]))), 1);
    assert_eq!(allocations(|| ()), 0);
}

#[test]
fn a_pass_and_an_update_allocate_nothing() {
    let node = |layer, inputs: &[usize]| NodeSpec { layer, inputs: inputs.to_vec() };
    let nodes = [
        node(dense(33), &[0]),
        node(activation(Activation::Tanh), &[1]),
        node(dense(33), &[2]),
        node(Spec::Dropout { rate: 0.2 }, &[3]),
        node(Spec::Add, &[1, 4]),
        node(activation(Activation::Gelu), &[5]),
        node(dense(3), &[6]),
    ];
    for name in Rule::NAMES {
        let mut rng = Rng::seeded(2);
        let mut net = Network::new(Shape::flat(2), &nodes, &mut rng).expect("a fair network");
        let mut optimizer = Optimizer::new(Rule::from_name(name).expect("a rule"), net.params.len());
        let (x, labels) = (Batch::from_shape_simple_fn((30, 2), || rng.normal()), [1; 30]);
        let (mut trace, mut values, mut dy) = (Trace::new(), [0.0; 30], [0.0; 90]);
        let mut grads = vec![0.0; net.params.len()];
        // The last batch of an epoch is shorter: going back and forth allocates nothing either.
        let mut step = |n: usize| {
            let (values, dy) = (&mut values[..n], &mut dy[..3 * n]);
            net.forward(x.slice(ndarray::s![..n, ..]), Mode::Train(&mut rng), &mut trace);
            mean(&CrossEntropy(&labels[..n]), rows(&trace.output()), 3, values, dy);
            grads.fill(0.0);
            net.gradients(&mut trace, dy, &mut grads);
            penalise(&net.params, net.weights(), (1e-4, 1e-4), &mut grads);
            optimizer.step(&mut net.params, &grads, 0.01);
        };
        assert!(allocations(|| step(30)) > 0, "{name}: the first pass makes its buffers");
        assert_eq!(allocations(|| (0..50).for_each(|i| step(if i % 4 == 3 { 7 } else { 30 }))), 0, "{name}");
    }
}

#[test]
fn a_trainer_allocates_nothing_after_its_first_step() {
    let layers = [dense(16), activation(Activation::Sine), Spec::Dropout { rate: 0.1 }, dense(3)];
    let toy = toy(100);
    for name in Loss::NAMES {
        let rng = Rng::seeded(3);
        let net = Network::chain(Shape::flat(2), &layers, &mut rng.fork(1)).expect("a fair network");
        let settings = Settings {
            loss: Loss::from_name(name).expect("a loss"),
            rate: 0.01,
            schedule: Schedule::Cosine,
            batch: 32,
            l1: 1e-4,
            l2: 1e-4,
        };
        let mut trainer = Trainer::new(net, Rule::Adam, settings, &rng);
        let mut step = || assert!(trainer.step(&toy).is_ok());
        step();
        assert_eq!(allocations(|| (0..200).for_each(|_| step())), 0, "{name}");
    }
}

#[test]
fn shifts_and_an_adversary_allocate_nothing_after_their_first_step() {
    let rng = Rng::seeded(3);
    let shape = Shape { height: 1, width: 2, channels: 1 };
    let layers = [dense(16), activation(Activation::Tanh), dense(3)];
    let net = Network::chain(shape, &layers, &mut rng.fork(1)).expect("a fair network");
    let loss = Loss::CrossEntropy;
    let settings = Settings { loss, rate: 0.01, schedule: Schedule::Cosine, batch: 32, l1: 0.0, l2: 0.0 };
    for norm in [Norm::One, Norm::Two, Norm::Inf] {
        let mut trainer = Trainer::new(net.clone(), Rule::Adam, settings, &rng);
        let mut hardening = Hardening::new(&rng);
        hardening.shift = Some(Shift { shape, most: 1 });
        hardening.adversary = Some(Adversary::new(Ball { norm, epsilon: 0.1 }, Domain::PLANE, 3));
        let toy = toy(100);
        let mut step = || assert!(hardening.step(&mut trainer, &toy).is_ok());
        step();
        assert_eq!(allocations(|| (0..200).for_each(|_| step())), 0, "{norm:?}");
    }
}

#[test]
fn passes_that_end_early_allocate_nothing_after_the_first() {
    let conv = |channels, kernel, stride| Spec::conv(channels, kernel, stride, Padding::Same, Init::He);
    let node = |layer, inputs: &[usize]| NodeSpec { layer, inputs: inputs.to_vec() };
    let specs = [
        node(conv(8, 3, 2), &[0]),
        node(Spec::depthwise(5, 2, Padding::Same, Init::He), &[1]),
        node(conv(8, 1, 1), &[2]),
        node(Spec::Add, &[2, 3]),
    ];
    let input = Shape { height: 16, width: 16, channels: 3 };
    let net = Network::new(input, &specs, &mut Rng::seeded(1)).unwrap();
    let (x, mut trace) = (Batch::ones((1, input.len())), Trace::new());
    let dy = vec![1.0; net.shape(3).len()];
    let mut pass = || {
        net.forward_to(3, x.view(), Mode::Eval, &mut trace);
        net.input_gradient(&mut trace, &dy);
    };
    pass();
    assert_eq!(allocations(pass), 0);
}

#[test]
fn pictures_and_bounds_allocate_nothing_after_the_first_step() {
    let relu = || activation(Activation::Relu);
    let layers = [
        Spec::conv(8, 3, 1, Padding::Same, Init::He),
        relu(),
        Spec::max_pool(2, 2),
        Spec::depthwise(3, 2, Padding::Same, Init::He),
        Spec::conv(5, 1, 1, Padding::Each(0), Init::He),
        Spec::Dropout { rate: 0.1 },
        Spec::average_pool(2, 1),
        Spec::flatten(),
        dense(3),
    ];
    let mut rng = Rng::seeded(5);
    let input = Shape { height: 8, width: 8, channels: 2 };
    let net = Network::chain(input, &layers, &mut rng).expect("a fair network");
    let examples = Examples {
        x: (0..40 * input.len()).map(|_| rng.uniform()).collect(),
        width: input.len(),
        classes: (0..40).map(|i| i % 3).collect(),
    };
    let settings = Settings {
        loss: Loss::CrossEntropy,
        rate: 0.01,
        schedule: Schedule::Constant,
        batch: 16,
        l1: 0.0,
        l2: 1e-4,
    };
    let mut trainer = Trainer::new(net, Rule::Adam, settings, &rng);
    let boxes = Boxes { epsilon: 0.01, kappa: 0.5, domain: Domain::IMAGE };
    let mut buffers = BoundedBuffers::default();
    assert!(trainer.step(&examples).is_ok());
    assert_eq!(allocations(|| (0..20).for_each(|_| assert!(trainer.step(&examples).is_ok()))), 0);
    let mut bounded = || assert!(trainer.step_bounded(&examples, boxes, &mut buffers).is_ok());
    bounded();
    assert_eq!(allocations(|| (0..20).for_each(|_| bounded())), 0);
}

#[test]
fn a_lab_allocates_only_for_the_history_it_keeps() {
    let about = Boundary::about();
    let mut lab = Boundary::new(&Config::defaults(&about.knobs), 1).expect("defaults work");
    let mut step = || assert!(lab.step().is_ok());
    (0..200).for_each(|_| step());
    let count = allocations(|| (0..1_000).for_each(|_| step()));
    // A vector that doubles grows at most twice from 200 steps to 1,200.
    assert!(count <= 2, "{count} allocations in 1,000 steps");
}

#[test]
fn a_lab_of_pictures_allocates_only_for_the_history_it_keeps_however_it_trains() {
    let about = Digits::about();
    for training in ["plain", "adversarial", "certified"] {
        let knobs = [("training", training.into()), ("batch", 2.0.into()), ("twin", true.into())];
        let config = Config::with(&about.knobs, &mut knobs.into_iter()).expect("within their ranges");
        let mut lab = Digits::new(&config, 1).expect("defaults work");
        about.ships.iter().for_each(|name| lab.supply(name, &shipped::file(name)).expect("pictures"));
        let mut step = || assert!(lab.step().is_ok());
        (0..100).for_each(|_| step());
        let count = allocations(|| (0..100).for_each(|_| step()));
        assert!(count <= 1, "{training}: {count} allocations in 100 steps");
    }
}

#[test]
fn a_run_that_keeps_its_past_allocates_rarely() {
    let mut run = Run::new::<Boundary>([], 1).expect("defaults work");
    run.step(500).expect("defaults train");
    let count = allocations(|| {
        run.step(1_000).expect("defaults train");
    });
    println!("{count} allocations in 1,000 steps of a run");
    // About 160 moments are kept, in the memory of those let go; the curve in each has grown since.
    assert!(count <= 200, "{count} allocations in 1,000 steps");
}

#[test]
fn drawing_into_the_same_frame_allocates_next_to_nothing() {
    let mut run = Run::new::<Boundary>([], 1).expect("defaults work");
    run.step(10).expect("defaults train");
    let mut frame = Frame::default();
    (0..3).for_each(|_| run.draw(&mut frame));
    let count = allocations(|| (0..100).for_each(|_| run.draw(&mut frame)));
    println!("{} allocations a frame", count as f64 / 100.0);
    assert!(count <= 800, "{count} allocations in 100 frames");
}
