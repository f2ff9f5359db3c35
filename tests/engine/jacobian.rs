//! Jacobians of a chain: against finite differences, against numpy (`tests/golden/jacobian.py`), and on matrices that
//! can be worked out by hand.

use serde::Deserialize;
use uncrumple::kernel::svd;
use uncrumple::nn::{Activation, Init, Mode, Network, Spec, Trace};
use uncrumple::probe::jacobian::{Jacobian, determinant, stretches, volume};
use uncrumple::probe::principal_axes;
use uncrumple::rng::Rng;
use uncrumple::tensor::{Shape, batch, rows};

#[derive(Deserialize)]
struct Golden {
    networks: Vec<Case>,
    axes: Vec<AxesCase>,
}

#[derive(Deserialize)]
struct Case {
    function: String,
    widths: Vec<usize>,
    params: Vec<f32>,
    points: Vec<f32>,
    jacobians: Vec<f64>,
    singular: Vec<f64>,
    determinants: Vec<f64>,
}

#[derive(Deserialize)]
struct AxesCase {
    width: usize,
    x: Vec<f32>,
    mean: Vec<f64>,
    directions: Vec<f64>,
    share: Vec<f64>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../golden/jacobian.json")).expect("what jacobian.py wrote")
}

fn chain(function: Activation, widths: &[usize]) -> Network {
    let layer = |&units: &usize| [Spec::Dense { units, init: Init::Xavier }, Spec::Activation { function }];
    let specs: Vec<Spec> = widths[1..].iter().flat_map(layer).collect();
    Network::chain(Shape::flat(widths[0]), &specs, &mut Rng::seeded(3)).expect("a chain")
}

fn largest<'a>(values: impl IntoIterator<Item = &'a f64>) -> f64 {
    values.into_iter().fold(0.0, |most: f64, v| most.max(v.abs()))
}

#[test]
fn jacobians_agree_with_numpy() {
    for case in golden().networks {
        let mut net = chain(Activation::from_name(&case.function).unwrap(), &case.widths);
        net.params.clone_from(&case.params);
        let mut trace = Trace::new();
        net.forward(batch(&case.points, case.widths[0]), Mode::Eval, &mut trace);
        let mut found = Jacobian::default();
        found.take(&net, &trace, 0, net.len());
        let (inputs, outputs) = (case.widths[0], *case.widths.last().unwrap());
        assert_eq!(found.len(), 5);
        let scale = largest(&case.jacobians);
        let smaller = inputs.min(outputs);
        for i in 0..5 {
            let j = found.at(i);
            let at = |k: usize| case.jacobians[i * inputs * outputs + k];
            for (k, v) in rows(&j).iter().enumerate() {
                assert!((f64::from(*v) - at(k)).abs() <= 1e-5 * scale, "{}: {v} {}", case.function, at(k));
            }
            for (p, sigma) in stretches(j).into_iter().take(smaller).enumerate() {
                let expected = case.singular[i * smaller + p];
                assert!((sigma - expected).abs() <= 1e-5 * scale, "{}: {sigma} {expected}", case.function);
            }
            if let Some(expected) = case.determinants.get(i) {
                let bound = 1e-5 * largest(&case.determinants);
                assert!((determinant(j) - expected).abs() <= bound, "{}: {expected}", case.function);
                assert!((volume(j) - expected.abs()).abs() <= bound, "{}: {expected}", case.function);
            }
        }
    }
}

#[test]
fn jacobians_agree_with_finite_differences_from_the_input_and_from_the_middle() {
    let net = chain(Activation::Gelu, &[2, 4, 3]);
    let point = [0.3, -0.45];
    let mut trace = Trace::new();
    net.forward(batch(&point, 2), Mode::Eval, &mut trace);
    // What follows activation 2, the output of the first layer, is a network of its own.
    let mut rest = chain(Activation::Gelu, &[4, 3]);
    rest.params.clone_from_slice(&net.params[12..]);
    let middle = rows(&trace.activation(2)).to_vec();
    for (part, from, x) in [(&net, 0, &point[..]), (&rest, 2, &middle[..])] {
        let mut found = Jacobian::default();
        found.take(&net, &trace, from, 4);
        let j = found.at(0);
        let h = 1e-2;
        for input in 0..x.len() {
            let shifted = |by: f32| {
                let mut moved = x.to_vec();
                moved[input] += by;
                let mut trace = Trace::new();
                part.forward(batch(&moved, moved.len()), Mode::Eval, &mut trace);
                rows(&trace.output()).to_vec()
            };
            for (output, (up, down)) in shifted(h).iter().zip(shifted(-h)).enumerate() {
                let slope = f64::from(up - down) / f64::from(2.0 * h);
                assert!((f64::from(j[[output, input]]) - slope).abs() < 2e-3, "{output} {input}: {slope}");
            }
        }
    }
}

#[test]
fn the_jacobian_of_nothing_is_the_identity() {
    let net = chain(Activation::Tanh, &[2, 3, 2]);
    let mut trace = Trace::new();
    net.forward(batch(&[0.1, 0.2, 0.3, 0.4], 2), Mode::Eval, &mut trace);
    let mut found = Jacobian::default();
    found.take(&net, &trace, 2, 2);
    assert_eq!(found.len(), 2);
    assert_eq!(rows(&found.at(1)), [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn determinants_and_stretches_are_those_worked_out_by_hand() {
    let matrix = |data: &'static [f32], cols| batch(data, cols);
    assert_eq!(determinant(matrix(&[3.0, 1.0, 4.0, 2.0], 2)), 2.0);
    // Two rows exchanged: the sign turns.
    assert_eq!(determinant(matrix(&[0.0, 1.0, 1.0, 0.0], 2)), -1.0);
    assert_eq!(determinant(matrix(&[1.0, 2.0, 0.0, 2.0, 4.0, 0.0, 0.0, 0.0, 1.0], 3)), 0.0);
    // A mirror keeps areas; a shear by 1 stretches by the golden ratio and by its inverse.
    assert_eq!(volume(matrix(&[0.0, 1.0, 1.0, 0.0], 2)), 1.0);
    let shear = stretches(matrix(&[1.0, 1.0, 0.0, 1.0], 2));
    let golden = (1.0 + 5.0_f64.sqrt()) / 2.0;
    assert!((shear[0] - golden).abs() < 1e-12 && (shear[1] - 1.0 / golden).abs() < 1e-12, "{shear:?}");
    // The plane laid into space: lengths 3 and 4, at a right angle.
    assert_eq!(stretches(matrix(&[0.0, 4.0, 3.0, 0.0, 0.0, 0.0], 2)), [4.0, 3.0]);
    assert_eq!(volume(matrix(&[0.0, 4.0, 3.0, 0.0, 0.0, 0.0], 2)), 12.0);
    // Space flattened to a plane has lost a direction.
    let flat = stretches(matrix(&[1.0, 0.0, 0.0, 0.0, 1.0, 0.0], 3));
    assert_eq!(flat, [1.0, 1.0, 0.0]);
}

#[test]
fn a_decomposition_gives_its_matrix_back() {
    let mut rng = Rng::seeded(12);
    let (rows, cols) = (7, 5);
    let a: Vec<f64> = (0..rows * cols).map(|_| f64::from(rng.normal())).collect();
    let (mut us, mut v) = (a.clone(), vec![0.0; cols * cols]);
    svd(&mut us, cols, &mut v);
    for i in 0..rows {
        for j in 0..cols {
            let back: f64 = (0..cols).map(|p| us[i * cols + p] * v[j * cols + p]).sum();
            assert!((back - a[i * cols + j]).abs() < 1e-12, "{i} {j}");
        }
    }
    for p in 0..cols {
        for q in 0..cols {
            let product: f64 = (0..cols).map(|i| v[i * cols + p] * v[i * cols + q]).sum();
            assert!((product - f64::from(u8::from(p == q))).abs() < 1e-12, "V is orthogonal");
        }
    }
}

#[test]
fn principal_axes_agree_with_numpy() {
    for case in golden().axes {
        let found = principal_axes(&case.x, case.width, 3);
        let close = |found: &[f32], expected: &[f64], bound: f64| {
            assert_eq!(found.len(), expected.len());
            for (f, e) in found.iter().zip(expected) {
                assert!((f64::from(*f) - e).abs() < bound, "{f} {e}");
            }
        };
        close(&found.mean, &case.mean, 1e-5);
        close(&found.directions, &case.directions, 1e-4);
        close(&found.share, &case.share, 1e-5);
    }
}

#[test]
fn rows_that_are_all_alike_have_axes_and_no_variance() {
    let found = principal_axes(&[1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 4.0], 4, 3);
    assert_eq!(found.mean, [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(found.share, [0.0; 3]);
    assert!(found.directions.iter().all(|d| d.is_finite()));
}
