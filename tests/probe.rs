//! The linear probe against `tests/golden/probe.json`, which scikit-learn wrote (`tests/golden/probe.py`).
#![cfg(not(target_arch = "wasm32"))]

use serde::Deserialize;
use uncrumple::probe::Linear;
use uncrumple::tensor::batch;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    name: String,
    classes: usize,
    features: usize,
    x: Vec<f32>,
    class: Vec<u32>,
    fit: usize,
    weights: Vec<f64>,
    accuracy: f32,
    new_accuracy: f32,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("golden/probe.json")).expect("what probe.py wrote")
}

fn probe(case: &Case) -> Linear {
    let x = batch(&case.x[..case.fit * case.features], case.features);
    Linear::new(x, &case.class[..case.fit], case.classes).fitted()
}

/// A number added to every bias of a softmax changes no answer: scikit-learn's and ours are compared without it.
fn centred(weights: &[f64], columns: usize) -> Vec<f64> {
    let rows = weights.len() / columns;
    let mean = weights.iter().skip(columns - 1).step_by(columns).sum::<f64>() / rows as f64;
    let shift = |k: usize| if rows > 1 && (k + 1).is_multiple_of(columns) { mean } else { 0.0 };
    weights.iter().enumerate().map(|(k, w)| w - shift(k)).collect()
}

#[test]
fn weights_are_scikit_learns() {
    for case in cases() {
        let (ours, theirs) = (probe(&case).weights().to_vec(), &case.weights);
        assert_eq!(ours.len(), theirs.len(), "{}", case.name);
        let largest = theirs.iter().fold(0.0f64, |m, w| m.max(w.abs()));
        let (ours, theirs) = (centred(&ours, case.features + 1), centred(theirs, case.features + 1));
        let worst = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(worst <= 1e-4 * largest, "{}: {worst} of {largest}", case.name);
    }
}

#[test]
fn accuracy_is_scikit_learns_within_half_a_point() {
    for case in cases() {
        let (probe, at) = (probe(&case), case.fit * case.features);
        let rows = |from: usize, to: usize| batch(&case.x[from..to], case.features);
        let fit = probe.accuracy(rows(0, at), &case.class[..case.fit]);
        let new = probe.accuracy(rows(at, case.x.len()), &case.class[case.fit..]);
        assert!((fit - case.accuracy).abs() <= 0.005, "{}: {fit} and {}", case.name, case.accuracy);
        assert!((new - case.new_accuracy).abs() <= 0.005, "{}: {new} and {}", case.name, case.new_accuracy);
    }
}

#[test]
fn a_probe_begun_again_in_old_memory_is_the_same_as_a_new_one() {
    let cases = cases();
    let mut used = probe(&cases[3]);
    let next = &cases[0];
    used.begin(batch(&next.x[..next.fit * 2], 2), &next.class[..next.fit], 2);
    assert_eq!(used.fitted().weights(), probe(next).weights());
}

#[test]
fn points_of_one_class_and_features_that_never_change_are_fitted_too() {
    let x = [1.0f32, 2.0, 1.0, 3.0, 1.0, -1.0];
    let probe = Linear::new(batch(&x, 2), &[1, 1, 1], 2).fitted();
    assert!(probe.weights().iter().all(|w| w.is_finite()), "{:?}", probe.weights());
    assert_eq!(probe.accuracy(batch(&x, 2), &[1, 1, 1]), 1.0);
}
