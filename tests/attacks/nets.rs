//! Networks under attack: trained here on the plane's own data, or CleverHans' eight numbers.

use uncrumple::attack::{Domain, Task};
use uncrumple::data::PlaneSet;
use uncrumple::nn::{Activation, Init, Mode, Network, Spec, Trace};
use uncrumple::objective::{CrossEntropy, argmax, mean};
use uncrumple::optim::{Optimizer, Rule};
use uncrumple::rng::Rng;
use uncrumple::tensor::{BatchView, Shape};

/// A network, points it answers, and their classes.
pub struct Trained {
    pub net: Network,
    pub x: Vec<f32>,
    pub classes: Vec<u32>,
}

impl Trained {
    pub fn task(&self) -> Task {
        Task::new(&self.x, &self.classes, Domain::PLANE).unwrap()
    }

    /// The same, under attack into the next class.
    pub fn targeted(&self) -> Task {
        let outputs = self.net.output().len() as u32;
        let next: Vec<u32> = self.classes.iter().map(|c| (c + 1) % outputs).collect();
        Task::new(&self.x, &next, Domain::PLANE).unwrap().targeted()
    }
}

pub fn chain(widths: &[usize], function: Activation, seed: u32) -> Network {
    let mut layers = Vec::new();
    for (i, &units) in widths[1..].iter().enumerate() {
        if i > 0 {
            layers.push(Spec::Activation { function });
        }
        layers.push(Spec::Dense { units, init: Init::Xavier });
    }
    Network::chain(Shape::flat(widths[0]), &layers, &mut Rng::seeded(seed)).unwrap()
}

/// `count` points of `set` and two hidden layers of 16 trained on all of them, `steps` whole-batch updates of Adam.
pub fn trained(set: PlaneSet, function: Activation, count: usize, steps: usize) -> Trained {
    trained_with(set, &[2, 16, 16, set.classes()], function, count, steps)
}

pub fn trained_with(
    set: PlaneSet,
    widths: &[usize],
    function: Activation,
    count: usize,
    steps: usize,
) -> Trained {
    let points = set.sample(count, set.default_noise(), &mut Rng::seeded(1));
    let (x, classes) = (points.x, points.class);
    let mut net = chain(widths, function, 1);
    let (mut adam, mut trace) = (Optimizer::new(Rule::Adam, net.params.len()), Trace::new());
    let outputs = net.output().len();
    let (mut values, mut dy) = (vec![0.0; count], vec![0.0; count * outputs]);
    let mut dparams = vec![0.0; net.params.len()];
    for _ in 0..steps {
        net.forward(BatchView::from_shape((count, 2), &x).unwrap(), Mode::Eval, &mut trace);
        mean(&CrossEntropy(&classes), trace.output().as_slice().unwrap(), outputs, &mut values, &mut dy);
        dparams.fill(0.0);
        net.param_gradient(&mut trace, &dy, &mut dparams);
        adam.step(&mut net.params, &dparams, 0.01);
    }
    Trained { net, x, classes }
}

/// What `net` answers to `x`, row by row.
pub fn logits(net: &Network, x: &[f32]) -> Vec<Vec<f32>> {
    let (width, mut trace) = (net.input().len(), Trace::new());
    net.forward(BatchView::from_shape((x.len() / width, width), x).unwrap(), Mode::Eval, &mut trace);
    trace.output().rows().into_iter().map(|row| row.to_vec()).collect()
}

pub fn decisions(net: &Network, x: &[f32]) -> Vec<u32> {
    logits(net, x).iter().map(|row| argmax(row) as u32).collect()
}

/// CleverHans' `SimpleModel` (cleverhans/torch/tests/test_attacks.py): sigmoid(x W1) W2, without biases.
pub fn simple_model() -> Network {
    let mut net = chain(&[2, 2, 2], Activation::Sigmoid, 1);
    net.params.copy_from_slice(&[1.5, 0.3, -2.0, 0.3, 0.0, 0.0, -2.4, 1.2, 0.5, -2.3, 0.0, 0.0]);
    net
}

pub fn flat(view: BatchView) -> Vec<f32> {
    view.iter().copied().collect()
}

/// Share of places where `a` and `b` agree.
pub fn agreement(a: &[u32], b: &[u32]) -> f32 {
    a.iter().zip(b).filter(|(a, b)| a == b).count() as f32 / a.len() as f32
}
