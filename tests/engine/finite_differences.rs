//! Every gradient against central differences: f32 engine, h = 1e-2, rows summed in f64, within 2e-3 of max |g|.
//!
//! Each kind of layer under each loss and each attack goal, for parameters and inputs. A direction that crosses a kink
//! (of ReLU, of a hinge, of a margin's rival) between −h and +h is left out, and a test says how many may be.

use crate::common::{ACTIVATIONS, activation, chain, dense, graph, node, peak, points};
use ndarray::Array2;
use uncrumple::nn::layers::Term;
use uncrumple::nn::{Activation, Mode, Network, Spec, Trace};
use uncrumple::objective::{CrossEntropy, Hinge, Huber, Logit, LogitDifference, Margin, Mse, Objective};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Batch, rows};

const ROWS: usize = 6;
const CLASSES: usize = 4;
const H: f32 = 1e-2;
const BAR: f64 = 2e-3;
const LABELS: [u32; ROWS] = [0, 3, 1, 2, 2, 0];
const OTHERS: [u32; ROWS] = [1, 0, 3, 1, 0, 2];
const DELTA: f32 = 0.6;

/// What is differentiated, and where its kinks are.
#[derive(Clone, Copy, Debug)]
enum Goal {
    CrossEntropy,
    Mse,
    Huber,
    Hinge,
    Logit,
    LogitDifference,
    Margin,
}
const GOALS: [Goal; 7] = [
    Goal::CrossEntropy,
    Goal::Mse,
    Goal::Huber,
    Goal::Hinge,
    Goal::Logit,
    Goal::LogitDifference,
    Goal::Margin,
];

fn targets() -> Vec<f32> {
    rows(&points(ROWS, CLASSES, 5).view()).to_vec()
}

impl Goal {
    fn eval(self, y: &[f32], values: &mut [f32], dy: &mut [f32]) {
        let targets = targets();
        let of: &dyn Objective = match self {
            Goal::CrossEntropy => &CrossEntropy(&LABELS),
            Goal::Mse => &Mse(&targets),
            Goal::Huber => &Huber { targets: &targets, delta: DELTA },
            Goal::Hinge => &Hinge(&LABELS),
            Goal::Logit => &Logit(2),
            Goal::LogitDifference => &LogitDifference { from: &LABELS, to: &OTHERS },
            Goal::Margin => &Margin(&LABELS),
        };
        of.eval(y, CLASSES, values, dy);
    }

    /// On which piece of a piecewise goal each row stands.
    fn pieces(self, y: &[f32], pieces: &mut Vec<usize>) {
        let labelled = y.chunks_exact(CLASSES).zip(LABELS).map(|(row, label)| (row, label as usize));
        match self {
            Goal::Huber => {
                let e = y.iter().zip(targets()).map(|(y, t)| y - t);
                pieces.extend(e.map(|e| usize::from(e > DELTA) + 2 * usize::from(e < -DELTA)));
            }
            Goal::Hinge => pieces.extend(
                labelled.flat_map(|(row, l)| row.iter().map(move |z| usize::from(1.0 + z - row[l] > 0.0))),
            ),
            Goal::Margin => pieces.extend(labelled.map(|(row, l)| Margin::rival(row, l))),
            _ => {}
        }
    }
}

/// Sum over rows, and the piece on which everything with a kink stands.
fn value(net: &Network, x: &Batch, goal: Goal, trace: &mut Trace) -> (f64, Vec<usize>) {
    // One mask for all evaluations: the stream starts anew each time.
    net.forward(x.view(), Mode::Train(&mut Rng::seeded(9)), trace);
    let (mut values, mut dy) = ([0.0; ROWS], [0.0; ROWS * CLASSES]);
    let output = trace.output();
    let y = rows(&output);
    goal.eval(y, &mut values, &mut dy);
    let mut pieces = Vec::new();
    goal.pieces(y, &mut pieces);
    for i in (0..net.len()).filter(|&i| net.kind(i).ends_with("relu")) {
        // In a chain node i reads activation i.
        pieces.extend(trace.activation(i).iter().map(|v| usize::from(*v > 0.0)));
    }
    (values.iter().map(|v| f64::from(*v)).sum(), pieces)
}

/// How far the network's gradients are from central differences, as a share of the largest. Parameters, then inputs.
fn check(what: &str, net: &Network, goal: Goal) {
    let (mut net, mut x) = (net.clone(), points(ROWS, 2, 3));
    let mut trace = Trace::new();
    value(&net, &x, goal, &mut trace);
    let (mut values, mut dy) = ([0.0; ROWS], [0.0; ROWS * CLASSES]);
    goal.eval(rows(&trace.output()), &mut values, &mut dy);
    let mut dparams = vec![0.0; net.params.len()];
    net.gradients(&mut trace, &dy, &mut dparams);
    let dx = rows(&trace.input_gradient()).to_vec();
    let x0 = x.clone();
    let params: Vec<_> = (0..net.params.len())
        .map(|i| {
            central(net.params[i], |p| {
                net.params[i] = p;
                value(&net, &x, goal, &mut trace)
            })
        })
        .collect();
    let inputs: Vec<_> = (0..ROWS * 2)
        .map(|i| {
            central(x0[[i / 2, i % 2]], |v| {
                x[[i / 2, i % 2]] = v;
                value(&net, &x, goal, &mut trace)
            })
        })
        .collect();
    compare(&format!("{what}, {goal:?}, parameters"), &dparams, &params);
    compare(&format!("{what}, {goal:?}, inputs"), &dx, &inputs);
}

/// `(f(at + h) − f(at − h)) / 2h`, or nothing across a kink. `f` is left at `at`.
fn central(at: f32, mut f: impl FnMut(f32) -> (f64, Vec<usize>)) -> Option<f64> {
    let (up, down) = (at + H, at - H);
    let ((above, piece_above), (below, piece_below)) = (f(up), f(down));
    f(at);
    (piece_above == piece_below).then(|| (above - below) / (f64::from(up) - f64::from(down)))
}

fn compare(what: &str, gradient: &[f32], differences: &[Option<f64>]) {
    assert_eq!(gradient.len(), differences.len());
    let most = peak(gradient);
    assert!(most > 1e-2 || gradient.is_empty(), "{what}: a gradient of nothing proves nothing");
    let kept = differences.iter().flatten().count();
    assert!(2 * kept >= gradient.len(), "{what}: only {kept} of {} lie clear of kinks", gradient.len());
    for (i, (g, d)) in gradient.iter().zip(differences).enumerate() {
        let Some(d) = d else { continue };
        let off = (f64::from(*g) - d).abs() / most;
        assert!(off <= BAR, "{what}[{i}]: gradient {g}, differences {d}: {off:.1e} of the largest {most}");
    }
}

fn under_every_goal(what: &str, net: &Network) {
    for goal in GOALS {
        check(what, net, goal);
    }
}

#[test]
fn dense_layers_have_their_gradients() {
    under_every_goal("dense", &chain(&[dense(CLASSES)], 1));
    under_every_goal("dense to one unit and back", &chain(&[dense(9), dense(1), dense(CLASSES)], 2));
}

#[test]
fn every_activation_has_its_gradient() {
    for function in ACTIVATIONS {
        let what = format!("{function:?}");
        under_every_goal(&what, &chain(&[dense(7), activation(function), dense(CLASSES)], 3));
        let twice = [dense(5), activation(function), dense(6), activation(function), dense(CLASSES)];
        under_every_goal(&format!("{what} twice"), &chain(&twice, 8));
    }
}

#[test]
fn dropout_has_the_gradient_of_its_mask() {
    let layers = [dense(12), activation(Activation::Tanh), Spec::Dropout { rate: 0.4 }, dense(CLASSES)];
    under_every_goal("dropout", &chain(&layers, 6));
}

#[test]
fn every_feature_of_the_plane_has_its_gradient() {
    under_every_goal("features", &chain(&[Spec::Features { terms: Term::ALL.to_vec() }, dense(CLASSES)], 7));
}

#[test]
fn gradients_of_shared_activations_add_up() {
    // 1: z = x W; 2: tanh z; 3: V tanh z; 4: z + V tanh z, so z has two readers.
    let residual = graph(
        &[
            node(dense(6), &[0]),
            node(activation(Activation::Tanh), &[1]),
            node(dense(6), &[2]),
            node(Spec::Add, &[1, 3]),
            node(dense(CLASSES), &[4]),
        ],
        4,
    );
    under_every_goal("residual add", &residual);
    // The input itself has three readers, and the sum of two is read twice.
    let woven = graph(
        &[
            node(dense(2), &[0]),
            node(activation(Activation::Sine), &[0]),
            node(Spec::Add, &[1, 2]),
            node(Spec::Add, &[3, 0]),
            node(activation(Activation::Gelu), &[3]),
            node(Spec::Add, &[4, 5]),
            node(dense(CLASSES), &[6]),
        ],
        5,
    );
    under_every_goal("woven adds", &woven);
}

#[test]
fn gradients_do_not_depend_on_which_are_asked_for() {
    let net = chain(&[dense(5), activation(Activation::Gelu), dense(CLASSES)], 2);
    let x = points(ROWS, 2, 3);
    let mut trace = Trace::new();
    net.forward(x.view(), Mode::Eval, &mut trace);
    let dy: Vec<f32> = rows(&points(ROWS, CLASSES, 8).view()).to_vec();
    let (mut both, mut alone) = (vec![0.0; net.params.len()], vec![0.0; net.params.len()]);
    net.gradients(&mut trace, &dy, &mut both);
    let dx: Array2<f32> = trace.input_gradient().to_owned();
    net.param_gradient(&mut trace, &dy, &mut alone);
    assert_eq!(both, alone);
    net.forward(x.view(), Mode::Eval, &mut trace);
    net.input_gradient(&mut trace, &dy);
    assert_eq!(trace.input_gradient(), dx);
    // Parameter gradients are added to what is there.
    net.param_gradient(&mut trace, &dy, &mut both);
    let twice: Vec<f64> = alone.iter().map(|g| 2.0 * f64::from(*g)).collect();
    assert!(crate::common::distance(&both, &twice) < 1e-6);
}
