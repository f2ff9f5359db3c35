//! Layers of pictures: every gradient against central differences, every layer against plain loops in f64 or a known answer.

use crate::common::{activation, dense, node, peak, points};
use uncrumple::nn::{Activation, Init, Mode, Network, NodeSpec, Padding, Spec, Trace};
use uncrumple::objective::{CrossEntropy, Mse, Objective};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Batch, Shape, rows};

const ROWS: usize = 3;
const CLASSES: usize = 4;
const H: f32 = 1e-2;
const BAR: f64 = 2e-3;
const LABELS: [u32; ROWS] = [0, 3, 1];

fn shape(height: usize, width: usize, channels: usize) -> Shape {
    Shape { height, width, channels }
}

fn conv(channels: usize, kernel: usize, stride: usize, padding: Padding) -> Spec {
    Spec::conv(channels, kernel, stride, padding, Init::He)
}

fn depthwise(kernel: usize, stride: usize, padding: Padding) -> Spec {
    Spec::depthwise(kernel, stride, padding, Init::Xavier)
}

fn net(input: Shape, layers: &[Spec], seed: u32) -> Network {
    let mut net = Network::chain(input, layers, &mut Rng::seeded(seed)).expect("a fair network");
    let mut rng = Rng::seeded(seed).fork(77);
    net.params.iter_mut().for_each(|p| *p += 0.2 * rng.normal());
    net
}

/// Sum over rows, and on which piece everything with a kink stands: which numbers a ReLU passes, which a pool takes.
fn value(net: &Network, x: &Batch, loss: &dyn Objective, trace: &mut Trace) -> (f64, Vec<usize>) {
    net.forward(x.view(), Mode::Eval, trace);
    let (mut values, mut dy) = ([0.0; ROWS], [0.0; ROWS * CLASSES]);
    loss.eval(rows(&trace.output()), CLASSES, &mut values, &mut dy);
    let mut pieces = Vec::new();
    for i in 0..net.len() {
        let (before, after) = (trace.activation(i), trace.activation(i + 1));
        match net.kind(i) {
            "relu" => pieces.extend(before.iter().map(|v| usize::from(*v > 0.0))),
            "relu6" => pieces.extend(before.iter().map(|v| usize::from(*v > 0.0) + usize::from(*v > 6.0))),
            // Which input each output is: equal ones of neighbouring windows are the same number.
            "max-pool" => {
                for (x, y) in before.outer_iter().zip(after.outer_iter()) {
                    pieces.extend(y.iter().filter_map(|y| x.iter().position(|x| x == y)));
                }
            }
            _ => {}
        }
    }
    (values.iter().map(|v| f64::from(*v)).sum(), pieces)
}

fn check(what: &str, net: &Network) {
    let targets = rows(&points(ROWS, CLASSES, 5).view()).to_vec();
    let losses: [(&str, &dyn Objective); 2] =
        [("cross-entropy", &CrossEntropy(&LABELS)), ("mse", &Mse(&targets))];
    for (loss, of) in losses {
        let (mut net, mut x) = (net.clone(), points(ROWS, net.input().len(), 3));
        let mut trace = Trace::new();
        value(&net, &x, of, &mut trace);
        let (mut values, mut dy) = ([0.0; ROWS], [0.0; ROWS * CLASSES]);
        of.eval(rows(&trace.output()), CLASSES, &mut values, &mut dy);
        let mut dparams = vec![0.0; net.params.len()];
        net.gradients(&mut trace, &dy, &mut dparams);
        let dx = rows(&trace.input_gradient()).to_vec();
        let params: Vec<_> = (0..net.params.len())
            .map(|i| {
                central(net.params[i], |p| {
                    net.params[i] = p;
                    value(&net, &x, of, &mut trace)
                })
            })
            .collect();
        let width = net.input().len();
        let inputs: Vec<_> = (0..ROWS * width)
            .map(|i| {
                central(x[[i / width, i % width]], |v| {
                    x[[i / width, i % width]] = v;
                    value(&net, &x, of, &mut trace)
                })
            })
            .collect();
        compare(&format!("{what}, {loss}, parameters"), &dparams, &params);
        compare(&format!("{what}, {loss}, inputs"), &dx, &inputs);
    }
}

/// `(f(at + h) − f(at − h)) / 2h`, or nothing across a kink. `f` is left at `at`.
fn central(at: f32, mut f: impl FnMut(f32) -> (f64, Vec<usize>)) -> Option<f64> {
    let (up, down) = (at + H, at - H);
    let ((above, piece_above), (below, piece_below)) = (f(up), f(down));
    f(at);
    (piece_above == piece_below).then(|| (above - below) / (f64::from(up) - f64::from(down)))
}

fn compare(what: &str, gradient: &[f32], differences: &[Option<f64>]) {
    let most = peak(gradient);
    assert!(most > 1e-2, "{what}: a gradient of nothing proves nothing");
    let kept = differences.iter().flatten().count();
    assert!(2 * kept >= gradient.len(), "{what}: only {kept} of {} lie clear of kinks", gradient.len());
    for (i, (g, d)) in gradient.iter().zip(differences).enumerate() {
        let Some(d) = d else { continue };
        let off = (f64::from(*g) - d).abs() / most;
        assert!(off <= BAR, "{what}[{i}]: gradient {g}, differences {d}: {off:.1e} of the largest {most}");
    }
}

#[test]
fn convolutions_have_their_gradients() {
    // Channels in and out on both sides of a vector and of a panel; windows of one, odd and even sides.
    let (same, none) = (Padding::Same, Padding::Each(0));
    for (what, input, spec) in [
        ("3×3 same", shape(5, 6, 2), conv(3, 3, 1, same)),
        ("3×3 of one channel", shape(6, 5, 1), conv(8, 3, 1, Padding::Each(1))),
        ("3×3 of five channels", shape(4, 5, 5), conv(9, 3, 1, same)),
        ("3×3 stride 2 same, even", shape(6, 6, 3), conv(4, 3, 2, same)),
        ("3×3 stride 2 same, odd", shape(5, 7, 1), conv(4, 3, 2, same)),
        ("5×5 padded", shape(5, 5, 2), conv(5, 5, 1, Padding::Each(2))),
        ("2×2 bare, stride 3", shape(6, 8, 2), conv(12, 2, 3, none)),
        ("1×1", shape(3, 4, 6), conv(7, 1, 1, none)),
        ("1×1 stride 2", shape(4, 5, 3), conv(2, 1, 2, none)),
    ] {
        check(what, &net(input, &[spec, activation(Activation::Tanh), dense(CLASSES)], 1));
    }
}

#[test]
fn depthwise_convolutions_have_their_gradients() {
    for (what, input, spec) in [
        ("3×3 same", shape(5, 4, 3), depthwise(3, 1, Padding::Same)),
        ("3×3 stride 2 same, even", shape(6, 6, 5), depthwise(3, 2, Padding::Same)),
        ("3×3 stride 2 same, odd", shape(5, 7, 4), depthwise(3, 2, Padding::Same)),
        ("5×5 stride 2 same", shape(8, 7, 2), depthwise(5, 2, Padding::Same)),
        ("2×2 bare", shape(4, 5, 8), depthwise(2, 1, Padding::Each(0))),
    ] {
        check(what, &net(input, &[spec, activation(Activation::Gelu), dense(CLASSES)], 2));
    }
}

#[test]
fn pools_have_their_gradients() {
    for (what, input, spec) in [
        ("max 2", shape(4, 6, 5), Spec::max_pool(2, 2)),
        ("max 2, a pixel left over", shape(5, 5, 4), Spec::max_pool(2, 2)),
        ("max 3 stride 2", shape(7, 5, 3), Spec::max_pool(3, 2)),
        ("mean 2", shape(4, 4, 4), Spec::average_pool(2, 2)),
        ("mean 3 stride 1", shape(5, 4, 3), Spec::average_pool(3, 1)),
        ("mean 2 stride 3", shape(6, 5, 2), Spec::average_pool(2, 3)),
        ("mean of all", shape(3, 5, 6), Spec::mean_pool()),
    ] {
        check(what, &net(input, &[spec, dense(CLASSES)], 3));
    }
}

#[test]
fn layer_norm_flatten_and_relu6_have_their_gradients() {
    check("layer norm", &net(Shape::flat(11), &[dense(9), Spec::layer_norm(), dense(CLASSES)], 4));
    let picture = [conv(6, 3, 1, Padding::Same), Spec::layer_norm(), Spec::flatten(), dense(CLASSES)];
    check("layer norm of a picture", &net(shape(4, 4, 2), &picture, 5));
    let steep = [dense(12), Spec::relu6(), dense(CLASSES)];
    let mut six = net(Shape::flat(7), &steep, 6);
    six.params[..84].iter_mut().for_each(|w| *w *= 6.0);
    check("ReLU6", &six);
}

#[test]
fn a_residual_net_of_pictures_has_its_gradients() {
    let nodes: [NodeSpec; 8] = [
        node(conv(4, 3, 1, Padding::Same), &[0]),
        node(Spec::relu6(), &[1]),
        node(depthwise(3, 1, Padding::Same), &[2]),
        node(conv(4, 1, 1, Padding::Each(0)), &[3]),
        node(Spec::Add, &[2, 4]),
        node(Spec::max_pool(2, 2), &[5]),
        node(Spec::mean_pool(), &[6]),
        node(dense(CLASSES), &[7]),
    ];
    let net = Network::new(shape(4, 4, 2), &nodes, &mut Rng::seeded(7)).expect("a fair network");
    check("residual", &net);
}

/// Forward in f64, straight from the definition.
fn convolved(
    x: &[f32],
    input: Shape,
    w: &[f32],
    (k, stride, before, out): (usize, usize, [usize; 2], Shape),
) -> Vec<f64> {
    let mut y = vec![0.0; out.len()];
    for (p, y) in y.iter_mut().enumerate() {
        let (o, column, row) = (p % out.channels, p / out.channels % out.width, p / out.channels / out.width);
        *y = f64::from(w[k * k * input.channels * out.channels + o]);
        for (r, q) in (0..k * k).map(|t| (t / k, t % k)) {
            let (Some(r0), Some(q0)) =
                ((row * stride + r).checked_sub(before[0]), (column * stride + q).checked_sub(before[1]))
            else {
                continue;
            };
            if r0 < input.height && q0 < input.width {
                for i in 0..input.channels {
                    let w = w[((r * k + q) * input.channels + i) * out.channels + o];
                    *y += f64::from(x[(r0 * input.width + q0) * input.channels + i]) * f64::from(w);
                }
            }
        }
    }
    y
}

#[test]
fn every_small_convolution_is_that_of_plain_loops() {
    let mut count = 0;
    for side in 1..=8 {
        for (k, stride) in [(1, 1), (2, 1), (3, 1), (3, 2), (5, 1), (5, 2), (4, 3)] {
            for (inputs, outputs) in [(1, 8), (2, 3), (3, 17), (4, 12)] {
                let input = shape(side, 9 - side, inputs);
                let spec = conv(outputs, k, stride, Padding::Same);
                let net = net(input, &[spec], 8);
                let out = net.output();
                assert_eq!((out.height, out.width), (side.div_ceil(stride), (9 - side).div_ceil(stride)));
                // TensorFlow: pad = max((⌈n/s⌉ − 1) s + k − n, 0), the smaller half in front.
                let around = |n: usize| ((n.div_ceil(stride) - 1) * stride + k).saturating_sub(n) / 2;
                let x = points(2, input.len(), 9);
                let mut trace = Trace::new();
                net.forward(x.view(), Mode::Eval, &mut trace);
                for (x, y) in x.outer_iter().zip(trace.output().outer_iter()) {
                    let before = [around(input.height), around(input.width)];
                    let want =
                        convolved(x.as_slice().expect("a row"), input, &net.params, (k, stride, before, out));
                    for (y, want) in y.iter().zip(want) {
                        assert!(
                            (f64::from(*y) - want).abs() < 1e-5,
                            "{input} {k}×{k}/{stride} to {outputs}: {y} for {want}"
                        );
                        count += 1;
                    }
                }
            }
        }
    }
    assert!(count > 10_000, "{count}");
}

#[test]
fn sums_longer_than_a_block_are_those_of_plain_loops() {
    let (input, out) = (shape(6, 7, 32), shape(6, 7, 9));
    let net = net(input, &[conv(9, 5, 1, Padding::Same)], 8);
    let x = points(1, input.len(), 9);
    let mut trace = Trace::new();
    net.forward(x.view(), Mode::Eval, &mut trace);
    let want = convolved(rows(&x.view()), input, &net.params, (5, 1, [2, 2], out));
    let off = crate::common::distance(rows(&trace.output()), &want);
    assert!(off < 1e-6, "{off:.1e}");
    // Long sums on the way there, then on the way back; small pictures, since every parameter is moved twice.
    for (inputs, outputs) in [(21, 1), (3, 21)] {
        let layers = [conv(outputs, 5, 1, Padding::Same), dense(CLASSES)];
        check("long sums", &self::net(shape(3, 2, inputs), &layers, 3));
    }
}

#[test]
fn an_output_never_depends_on_its_neighbours() {
    // The same window in a wide picture and alone: tiles of five, four and fewer must sum alike.
    let (wide, alone) = (shape(3, 14, 3), shape(3, 3, 3));
    let spec = [conv(16, 3, 1, Padding::Each(0))];
    let (of_wide, of_alone) = (net(wide, &spec, 1), net(alone, &spec, 1));
    let x = points(1, wide.len(), 2);
    let (mut trace, mut one) = (Trace::new(), Trace::new());
    of_wide.forward(x.view(), Mode::Eval, &mut trace);
    for column in 0..12 {
        let cut: Vec<f32> = (0..27).map(|i| x[[0, (i / 9 * 14 + column + i / 3 % 3) * 3 + i % 3]]).collect();
        of_alone.forward(uncrumple::tensor::batch(&cut, 27), Mode::Eval, &mut one);
        let all = rows(&trace.output())[column * 16..][..16].to_vec();
        assert_eq!(rows(&one.output()), all, "place {column}");
    }
}

#[test]
fn pools_take_what_they_say() {
    let x: Vec<f32> = [[1.0, 5.0, 2.0], [3.0, 4.0, 9.0], [7.0, 0.0, 8.0]].concat();
    let answer = |spec: Spec| {
        let net = net(shape(3, 3, 1), &[spec], 1);
        let mut trace = Trace::new();
        net.forward(uncrumple::tensor::batch(&x, 9), Mode::Eval, &mut trace);
        rows(&trace.output()).to_vec()
    };
    assert_eq!(answer(Spec::max_pool(2, 1)), [5.0, 9.0, 7.0, 9.0]);
    assert_eq!(answer(Spec::max_pool(2, 2)), [5.0]);
    assert_eq!(answer(Spec::average_pool(2, 1)), [3.25, 5.0, 3.5, 5.25]);
    assert_eq!(answer(Spec::mean_pool()), [39.0 / 9.0]);
    assert_eq!(answer(Spec::flatten()), x);
}

#[test]
fn equal_numbers_under_a_window_share_no_gradient() {
    let net = net(shape(2, 2, 1), &[Spec::max_pool(2, 2)], 1);
    let mut trace = Trace::new();
    net.forward(uncrumple::tensor::batch(&[1.0, 2.0, 2.0, 2.0], 4), Mode::Eval, &mut trace);
    net.input_gradient(&mut trace, &[3.0]);
    assert_eq!(rows(&trace.input_gradient()), [0.0, 3.0, 0.0, 0.0]);
}

#[test]
fn windows_that_fit_nowhere_are_refused() {
    let refused = |spec: Spec| {
        Network::chain(shape(4, 4, 1), &[spec], &mut Rng::seeded(1)).map(|_| ()).unwrap_err().to_string()
    };
    assert_eq!(refused(conv(1, 5, 1, Padding::Each(0))), "node 0 (conv) cannot take an input of 4×4×1");
    assert_eq!(refused(Spec::max_pool(5, 1)), "node 0 (max-pool) cannot take an input of 4×4×1");
    assert_eq!(refused(conv(1, 3, 0, Padding::Same)), "`stride` must be between 1 and 1024, got 0");
    assert_eq!(refused(conv(1, 0, 1, Padding::Same)), "`window` must be between 1 and 1024, got 0");
    assert_eq!(refused(conv(0, 3, 1, Padding::Same)), "`channels` must be between 1 and 65536, got 0");
    assert_eq!(refused(conv(1, 3, 1, Padding::Each(3))), "`padding` must be between 0 and 2, got 3");
}

#[test]
fn settings_survive_being_written_and_read() {
    for spec in [
        conv(3, 5, 2, Padding::Same),
        conv(3, 5, 2, Padding::Each(1)),
        depthwise(3, 2, Padding::Same),
        Spec::max_pool(2, 2),
        Spec::average_pool(3, 1),
        Spec::mean_pool(),
        Spec::relu6(),
        Spec::flatten(),
        Spec::layer_norm(),
        Spec::Add,
        dense(3),
    ] {
        let text = serde_json::to_string(&spec).expect("plain data");
        assert_eq!(serde_json::from_str::<Spec>(&text).expect("what was written"), spec, "{text}");
        // What goes into a file is what serde would write.
        if let Spec::Planar(_) = spec {
            let net = Network::chain(shape(6, 6, 2), &[spec], &mut Rng::seeded(1)).expect("a fair network");
            assert!(uncrumple::formats::to_json(&net).contains(&text[..text.len() - 1]), "{text}");
        }
    }
    assert!(serde_json::from_str::<Spec>(r#"{"kind":"max-pool","window":2,"stride":2,"more":1}"#).is_err());
}
