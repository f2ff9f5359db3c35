//! Losses at the edge of f32: logits of ±1e4, logits that agree, numbers that are none.

use crate::common::{ACTIVATIONS, activation, chain, dense};
use uncrumple::nn::{Mode, Trace};
use uncrumple::objective::{CrossEntropy, Hinge, Huber, Margin, Mse, Objective, argmax, mean, softmax};
use uncrumple::tensor::Batch;

fn cross_entropy(z: [f32; 3], label: u32) -> (f32, [f32; 3]) {
    let (mut value, mut dz) = ([0.0], [0.0; 3]);
    CrossEntropy(&[label]).eval(&z, 3, &mut value, &mut dz);
    (value[0], dz)
}

#[test]
fn cross_entropy_is_finite_and_right_at_logits_of_ten_thousand() {
    let (value, dz) = cross_entropy([1e4, -1e4, 0.0], 0);
    assert!(value == 0.0 && dz.iter().all(|g| g.abs() < 1e-37), "{value}, {dz:?}");
    let (value, dz) = cross_entropy([1e4, -1e4, 0.0], 1);
    assert_eq!(value, 2e4);
    assert!((dz[0] - 1.0).abs() < 1e-6 && (dz[1] + 1.0).abs() < 1e-6 && dz[2].abs() < 1e-6);
}

#[test]
fn cross_entropy_keeps_its_digits_whatever_is_added_to_all_logits() {
    for shift in [0.0, 1e3, -1e3, 8192.0, -8192.0] {
        // log(e^0 + e^1 + e^-1) − 1 and its kin.
        for (label, want) in [(0u32, 1.407_605_964), (1, 0.407_605_964), (2, 2.407_605_964)] {
            let (value, dz) = cross_entropy([shift, shift + 1.0, shift - 1.0], label);
            assert!((f64::from(value) - want).abs() < 5e-7, "{value} for {want} at {shift}");
            assert!(dz.iter().sum::<f32>().abs() < 1e-6, "the gradient of a shift is zero");
        }
    }
}

#[test]
fn cross_entropy_of_one_class_is_nothing() {
    let (mut value, mut dz) = ([1.0], [1.0]);
    CrossEntropy(&[0]).eval(&[3.0], 1, &mut value, &mut dz);
    assert_eq!((value, dz), ([0.0], [0.0]));
}

#[test]
fn softmax_gives_probabilities_at_any_logits() {
    let cases: [[f32; 4]; 5] = [
        [1e4, -1e4, 0.0, 1.0],
        [-1e4, -1e4, -1e4, -1e4],
        [f32::MAX, f32::MIN, 0.0, 0.0],
        [1e-20, -1e-20, 0.0, 0.0],
        [3.0, 1.0, -2.0, 0.5],
    ];
    for mut z in cases {
        let top = argmax(&z);
        softmax(&mut z, 4);
        assert!(
            (z.iter().sum::<f32>() - 1.0).abs() < 1e-6 && z.iter().all(|p| (0.0..=1.0).contains(p)),
            "{z:?}"
        );
        assert_eq!(argmax(&z), top);
    }
    let mut z = [3.0, 1.0, -2.0, 0.5];
    softmax(&mut z, 4);
    let exact = [3.0f64, 1.0, -2.0, 0.5].map(f64::exp);
    for (p, e) in z.iter().zip(exact) {
        assert!((f64::from(*p) - e / exact.iter().sum::<f64>()).abs() < 2e-7, "{z:?}");
    }
}

#[test]
fn every_loss_reports_a_number_that_is_none() {
    let z = [f32::NAN, 1.0, 2.0];
    let zeros = [0.0; 3];
    let losses: [&dyn Objective; 4] =
        [&CrossEntropy(&[1]), &Mse(&zeros), &Huber { targets: &zeros, delta: 1.0 }, &Hinge(&[0])];
    for loss in losses {
        let (mut value, mut dz) = ([0.0], [0.0; 3]);
        assert!(mean(loss, &z, 3, &mut value, &mut dz).is_nan());
    }
}

#[test]
fn no_layer_hides_a_number_that_is_none() {
    for function in ACTIVATIONS {
        let net = chain(&[dense(5), activation(function), dense(3)], 1);
        let mut trace = Trace::new();
        net.forward(Batch::from_elem((1, 2), f32::NAN).view(), Mode::Eval, &mut trace);
        assert!(trace.output().iter().all(|y| y.is_nan()), "{function:?}");
    }
}

#[test]
fn losses_are_what_their_formulas_say_of_a_small_case() {
    let (mut value, mut dy) = ([0.0], [0.0; 3]);
    Mse(&[1.0, 0.0, 0.5]).eval(&[2.0, -1.0, 0.5], 3, &mut value, &mut dy);
    assert!((value[0] - 2.0 / 3.0).abs() < 1e-7);
    Huber { targets: &[0.0; 3], delta: 1.0 }.eval(&[3.0, -0.5, 0.0], 3, &mut value, &mut dy);
    assert!((value[0] - (2.5 + 0.125) / 3.0).abs() < 1e-7);
    assert!((dy[0] - 1.0 / 3.0).abs() < 1e-7 && (dy[1] + 0.5 / 3.0).abs() < 1e-7);
    Hinge(&[1]).eval(&[0.5, 1.0, -2.0], 3, &mut value, &mut dy);
    assert!((value[0] - 0.5 / 3.0).abs() < 1e-7);
    assert_eq!(dy, [1.0 / 3.0, -1.0 / 3.0, 0.0]);
    Margin(&[1]).eval(&[0.5, 1.0, -2.0], 3, &mut value, &mut dy);
    assert_eq!((value[0], dy), (0.5, [-1.0, 1.0, 0.0]));
}

#[test]
fn the_mean_is_over_rows_and_so_is_its_gradient() {
    let (mut values, mut dy) = ([0.0; 2], [0.0; 2]);
    let value = mean(&Mse(&[0.0, 0.0]), &[1.0, 3.0], 1, &mut values, &mut dy);
    assert_eq!((value, values, dy), (5.0, [1.0, 9.0], [1.0, 3.0]));
}
