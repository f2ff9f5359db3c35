//! Minimal pushes against brute force in the plane: the distance that is really there.

use crate::nets::{Trained, chain, decisions, flat, trained, trained_with};
use std::sync::LazyLock;
use uncrumple::attack::*;
use uncrumple::data::PlaneSet;
use uncrumple::nn::Activation;
use uncrumple::probe::Boundary;
use uncrumple::rng::Rng;

/// Sizes found over true distances, ascending, of the rows that were right.
fn ratios(trained: &Trained, attack: &impl Attack, truth: &[f32]) -> Vec<f32> {
    let mut ratios = Vec::new();
    for (i, &distance) in truth.iter().enumerate() {
        match attack.status()[i] {
            Status::AlreadyWrong => assert_eq!(distance, 0.0, "row {i}"),
            Status::Found => ratios.push(attack.sizes()[i] / distance),
            Status::NotFound => panic!("row {i} at {:?} withstands", &trained.x[2 * i..2 * i + 2]),
        }
    }
    ratios.sort_by(f32::total_cmp);
    ratios
}

fn truth(trained: &Trained, norm: Norm) -> Vec<f32> {
    let mut truth = Boundary::new(&trained.x, &trained.classes, norm, (-1.0, 1.0)).unwrap();
    truth.run(&trained.net);
    truth.distances().to_vec()
}

/// Brute force is slow: each subject's distances are measured once, for both tests.
static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| {
    let with_truth = |(name, trained): (&'static str, Trained)| {
        let (two, inf) = (truth(&trained, Norm::Two), truth(&trained, Norm::Inf));
        Subject { name, trained, two, inf }
    };
    subjects().into_iter().map(with_truth).collect()
});

struct Subject {
    name: &'static str,
    trained: Trained,
    two: Vec<f32>,
    inf: Vec<f32>,
}

/// Least, median, and share within 2 %.
fn summary(ratios: &[f32]) -> (f32, f32, f32) {
    let within = ratios.iter().filter(|r| **r <= 1.02).count();
    (ratios[0], ratios[ratios.len() / 2], within as f32 / ratios.len() as f32)
}

fn subjects() -> Vec<(&'static str, Trained)> {
    vec![
        ("circle, tanh", trained(PlaneSet::Circle, Activation::Tanh, 100, 1_000)),
        ("spiral, tanh", trained(PlaneSet::Spiral, Activation::Tanh, 100, 2_000)),
        (
            "spiral, ReLU, overtrained",
            trained_with(PlaneSet::Spiral, &[2, 32, 32, 2], Activation::Relu, 60, 3_000),
        ),
        ("moons, ReLU", trained(PlaneSet::Moons, Activation::Relu, 100, 1_000)),
        ("rings, GELU, 3 classes", trained(PlaneSet::Rings, Activation::Gelu, 99, 1_000)),
    ]
}

#[test]
fn carlini_wagner_is_close_to_brute_force_and_closer_from_eight_starts() {
    for Subject { name, trained: subject, two, .. } in &*SUBJECTS {
        for (starts, share) in [(1, 0.85), (8, 0.95)] {
            let settings = CarliniWagnerSettings { starts, ..CarliniWagnerSettings::new(Norm::Two) };
            let attack = MinimalPush::carlini_wagner(subject.task(), settings, &Rng::seeded(3));
            let mut attack = attack.unwrap().turning(0);
            attack.run(&subject.net);
            let (least, median, within) = summary(&ratios(subject, &attack, two));
            println!("{name}, {starts} starts: least {least:.5}, median {median:.5}, {within:.3} within 2 %");
            assert!(least >= 0.999, "{name}, {starts} starts: brute force missed {least}");
            assert!(median <= 1.01, "{name}, {starts} starts: median {median}");
            assert!(within >= share, "{name}, {starts} starts: {within} within 2 %");
        }
    }
}

/// By itself: no search where it failed, no pull-back.
#[test]
fn carlini_wagner_from_eight_starts_succeeds_everywhere_unaided() {
    for Subject { name, trained: subject, .. } in &*SUBJECTS {
        let settings = CarliniWagnerSettings { starts: 8, ..CarliniWagnerSettings::new(Norm::Two) };
        let mut attack = CarliniWagner::new(subject.task(), settings, &Rng::seeded(3)).unwrap();
        attack.run(&subject.net);
        assert!(attack.status().iter().all(|s| *s != Status::NotFound), "{name}");
    }
}

#[test]
fn every_method_finds_every_row_and_none_beats_brute_force() {
    for Subject { name, trained: subject, two, inf } in &*SUBJECTS {
        for (norm, truth) in [(Norm::Two, two), (Norm::Inf, inf)] {
            for method in [Method::DeepFool, Method::CarliniWagner, Method::Pgd] {
                let mut attack = MinimalPush::new(subject.task(), method, norm, &Rng::seeded(3)).unwrap();
                attack.run(&subject.net);
                let (least, median, within) = summary(&ratios(subject, &attack, truth));
                println!(
                    "{name}, {method:?} {norm:?}: least {least:.5}, median {median:.5}, {within:.3} within 2 %"
                );
                assert!(least >= 0.999, "{name}, {method:?} {norm:?}: brute force missed {least}");
                assert!(median <= 1.01, "{name}, {method:?} {norm:?}: median {median}");
                let bar = if method == Method::DeepFool { 0.5 } else { 0.9 };
                assert!(within >= bar, "{name}, {method:?} {norm:?}: {within} within 2 %");
            }
        }
    }
}

/// Without box and pull-back, each step trusts a slope that saturation has made tiny.
#[test]
fn deepfool_fools_every_row_of_saturated_networks_where_raw_it_overshoots() {
    for (name, mut subject) in subjects() {
        subject.net.params.iter_mut().for_each(|p| *p *= 12.0);
        subject.classes = decisions(&subject.net, &subject.x);
        for norm in [Norm::Two, Norm::Inf] {
            let mut attack =
                MinimalPush::new(subject.task(), Method::DeepFool, norm, &Rng::seeded(3)).unwrap();
            attack.run(&subject.net);
            assert_eq!(attack.status(), vec![Status::Found; subject.classes.len()], "{name} {norm:?}");
            assert!(flat(attack.adversarial()).iter().all(|v| v.abs() <= 1.0), "{name} {norm:?}");
        }
        let wide = Domain { low: -1e6, high: 1e6 };
        let task = Task::new(&subject.x, &subject.classes, wide).unwrap();
        let mut raw = DeepFool::new(task, DeepFoolSettings::new(Norm::Two)).unwrap();
        raw.run(&subject.net);
        let furthest = raw.sizes().iter().copied().fold(0.0, f32::max);
        println!("{name}: raw DeepFool goes as far as {furthest:.1}");
        assert!(!name.ends_with("tanh") || furthest > 100.0, "{name}: raw, only {furthest}");
    }
}

/// z₁ − z₀ = 100 (tanh(40 (x − 0.5)) − 0.98): beyond the wall at x ≈ 0.56, and flat, to the last bit, where the points are.
#[test]
fn a_push_is_found_where_no_gradient_leads_to_it() {
    let mut net = chain(&[2, 1, 2], Activation::Tanh, 1);
    net.params.copy_from_slice(&[40.0, 0.0, -20.0, -50.0, 50.0, 49.0, -49.0]);
    let x = [-0.9, 0.0, -0.5, 0.7, 0.0, -0.3];
    let task = Task::new(&x, &[0, 0, 0], Domain::PLANE).unwrap();
    let mut raw = DeepFool::new(task.clone(), DeepFoolSettings::new(Norm::Two)).unwrap();
    raw.run(&net);
    assert_eq!(raw.status(), [Status::NotFound; 3], "there is no slope to follow");
    for norm in [Norm::Two, Norm::Inf] {
        let mut truth = Boundary::new(&x, &[0, 0, 0], norm, (-1.0, 1.0)).unwrap();
        truth.run(&net);
        for method in [Method::DeepFool, Method::CarliniWagner, Method::Pgd] {
            let mut attack = MinimalPush::new(task.clone(), method, norm, &Rng::seeded(1)).unwrap();
            attack.run(&net);
            assert_eq!(attack.status(), [Status::Found; 3], "{method:?} {norm:?}");
            for (size, distance) in attack.sizes().iter().zip(truth.distances()) {
                assert!(
                    (0.9999..1.001).contains(&(size / distance)),
                    "{method:?} {norm:?}: {size} for {distance}"
                );
            }
        }
    }
}

#[test]
fn brute_force_is_exact_where_the_distance_is_known() {
    // A line: z₁ > z₀ where 3x + 4y > 1.
    let mut line = chain(&[2, 2], Activation::Linear, 1);
    line.params.copy_from_slice(&[0.0, 3.0, 0.0, 4.0, 0.0, -1.0]);
    let x = [0.0, 0.0, -0.3, 0.2, -0.9, -0.9, 0.5, 0.5];
    for (norm, length) in [(Norm::Two, 5.0), (Norm::Inf, 7.0), (Norm::One, 4.0)] {
        let mut truth = Boundary::new(&x, &[0, 0, 0, 0], norm, (-1.0, 1.0)).unwrap();
        truth.run(&line);
        for (p, distance) in x.chunks(2).zip(truth.distances()) {
            let expected = ((1.0 - 3.0 * p[0] - 4.0 * p[1]) / length).max(0.0);
            assert!(
                (distance - expected).abs() <= 2e-5 * expected,
                "{norm:?} {p:?}: {distance}, not {expected}"
            );
        }
    }
    // A corner: class 1 where both |x − 0.5| and |y| are under 0.01, a square of four grid cells.
    let mut small = chain(&[2, 4, 2], Activation::Relu, 1);
    small.params.copy_from_slice(&[
        100.0, -100.0, 0.0, 0.0, 0.0, 0.0, 100.0, -100.0, // W: relu of ±100 (x − ½) and ±100 y
        -50.0, 50.0, 0.0, 0.0, // b
        1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, // z₀ = 100 (|x − ½| + |y|), z₁ = 1
    ]);
    let mut truth = Boundary::new(&[-0.5, 0.02], &[0], Norm::Two, (-1.0, 1.0)).unwrap();
    truth.run(&small);
    // The diamond |x − ½| + |y| < 0.01 has its nearest tip at (0.49, 0).
    let expected = (0.99_f32 * 0.99 + 0.02 * 0.02).sqrt();
    let found = truth.distances()[0];
    assert!((found / expected - 1.0).abs() < 1e-3, "{found}, not {expected}");
    let tip = truth.nearest();
    assert!((tip[0] - 0.49).abs() < 2e-3 && tip[1].abs() < 2e-3, "{tip:?}");
}

#[test]
fn brute_force_knows_when_there_is_no_other_class() {
    let mut net = chain(&[2, 2], Activation::Linear, 1);
    net.params.copy_from_slice(&[0.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
    let mut truth = Boundary::new(&[0.2, 0.1, 0.0, 0.0], &[0, 1], Norm::Two, (-1.0, 1.0)).unwrap();
    truth.run(&net);
    assert_eq!(truth.distances(), [f32::INFINITY, 0.0]);
    assert_eq!(truth.nearest(), [0.2, 0.1, 0.0, 0.0]);
}
