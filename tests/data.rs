//! Sets of points: what a generator promises, what an edit does and undoes.

#![allow(missing_docs)]

use uncrumple::Error;
use uncrumple::data::{Edits, MAX_POINTS, PlaneSet, Points, split};
use uncrumple::rng::Rng;

fn counts(points: &Points) -> Vec<usize> {
    (0..points.classes()).map(|c| points.class.iter().filter(|&&k| k as usize == c).count()).collect()
}

fn radius([x, y]: [f32; 2]) -> f32 {
    x.hypot(y)
}

/// The class by the set's own rule, written without looking at the generator.
fn rule(set: PlaneSet, at: [f32; 2]) -> u32 {
    let ([x, y], r) = (at, radius(at));
    let turns = |angle: f32| angle / std::f32::consts::TAU;
    let angle = y.atan2(x);
    match set {
        PlaneSet::Circle => u32::from(r > 0.5),
        PlaneSet::Xor => u32::from(x * y < 0.0),
        PlaneSet::Gauss => u32::from(x + y > 0.0),
        // How far round the arm's end still is from where this radius was reached: 0 for the first arm, ½ for the second.
        PlaneSet::Spiral => (2.0 * (turns(angle) - 1.75 * r / 0.9)).round().rem_euclid(2.0) as u32,
        // On the upper circle's upper half, or not.
        PlaneSet::Moons => u32::from((radius([x + 0.3, y + 0.15]) - 0.6).abs() > 1e-4 || y < -0.15 - 1e-4),
        PlaneSet::Rings => u32::from(r > 0.33) + u32::from(r > 0.66),
        PlaneSet::Pinwheel => {
            (5.0 * (turns(angle) - turns(0.25 * (r / 0.53).exp()))).round().rem_euclid(5.0) as u32
        }
        PlaneSet::Checkerboard => {
            let cell = |v: f32| (v / 0.46).floor() as i32;
            (cell(x) + cell(y)).rem_euclid(2) as u32
        }
    }
}

#[test]
fn every_set_has_exactly_as_many_points_as_asked_for() {
    for set in PlaneSet::ALL {
        for count in [0, 1, 20, 397, 2000] {
            assert_eq!(set.sample(count, 0.03, &mut Rng::seeded(1)).len(), count, "{set:?}");
        }
    }
}

#[test]
fn every_set_is_balanced_and_has_all_its_classes() {
    for set in PlaneSet::ALL {
        let counts = counts(&set.sample(403, 0.03, &mut Rng::seeded(1)));
        assert_eq!(counts.len(), set.classes(), "{set:?}");
        assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{set:?}: {counts:?}");
    }
    assert_eq!(PlaneSet::ALL.map(PlaneSet::classes), [2, 2, 2, 2, 2, 3, 5, 2]);
}

#[test]
fn every_set_stays_inside_the_plot_at_any_noise_and_spreads_over_it() {
    for set in PlaneSet::ALL {
        for noise in [0.0, 0.03, 0.5, 1e9, f32::NAN] {
            let points = set.sample(500, noise, &mut Rng::seeded(3));
            assert!(points.x.iter().all(|v| v.abs() <= 1.0), "{set:?} at {noise}");
            let reach = points.x.iter().fold(0.0f32, |m, v| m.max(v.abs()));
            assert!(reach > 0.7, "{set:?} at {noise} reaches only {reach}");
        }
    }
}

#[test]
fn a_set_is_a_function_of_its_seed() {
    for set in PlaneSet::ALL {
        let draw = |seed| set.sample(100, 0.03, &mut Rng::seeded(seed));
        assert_eq!(draw(5), draw(5), "{set:?}");
        assert_ne!(draw(5).x, draw(6).x, "{set:?}");
    }
}

#[test]
fn without_noise_the_rule_of_a_set_tells_its_classes_apart() {
    for set in PlaneSet::ALL {
        let points = set.sample(2000, 0.0, &mut Rng::seeded(11));
        let wrong = (0..points.len()).filter(|&i| rule(set, points.at(i)) != points.class[i]).count();
        assert_eq!(wrong, 0, "{set:?}");
    }
}

#[test]
fn at_the_default_noise_the_nearest_neighbour_is_almost_always_of_the_same_class() {
    for set in PlaneSet::ALL {
        let points = set.sample(800, set.default_noise(), &mut Rng::seeded(2));
        let nearest = |i: usize| {
            let away =
                |j: &usize| radius([points.at(i)[0] - points.at(*j)[0], points.at(i)[1] - points.at(*j)[1]]);
            let others = (0..points.len()).filter(|&j| j != i);
            others.min_by(|a, b| away(a).total_cmp(&away(b))).unwrap()
        };
        let same = (0..800).filter(|&i| points.class[i] == points.class[nearest(i)]).count();
        let least = if set == PlaneSet::Checkerboard { 680 } else { 784 };
        assert!(same >= least, "{set:?}: {same} of 800");
    }
}

#[test]
fn noise_moves_points_by_its_standard_deviation() {
    let (clean, noisy) = (Rng::seeded(9), Rng::seeded(9));
    // The first point of a set is drawn from the same numbers with and without noise.
    let first = |set: PlaneSet, noise, rng: &Rng| set.sample(1, noise, &mut rng.clone()).at(0);
    let mut sum = 0.0;
    for k in 0..4000 {
        let (a, b) =
            (first(PlaneSet::Circle, 0.0, &clean.fork(k)), first(PlaneSet::Circle, 0.1, &noisy.fork(k)));
        sum += (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2);
    }
    let deviation = (sum / 8000.0).sqrt();
    assert!((0.096..0.104).contains(&deviation), "{deviation}");
}

#[test]
fn an_unknown_set_is_refused_with_its_name() {
    let error = PlaneSet::from_name("donut").unwrap_err();
    assert_eq!(error, Error::Choice { name: "dataset".into(), value: "donut".into() });
    for (set, name) in PlaneSet::ALL.into_iter().zip(PlaneSet::NAMES) {
        assert_eq!(PlaneSet::from_name(name), Ok(set));
    }
}

#[test]
fn a_split_holds_out_its_share_of_every_class() {
    for (share, expected) in [(0.5, [40; 5]), (0.2, [16; 5]), (0.9, [72; 5]), (1.0, [79; 5]), (0.0, [1; 5])] {
        let mut points = PlaneSet::Pinwheel.sample(400, 0.03, &mut Rng::seeded(1));
        split(&mut points, share, &mut Rng::seeded(2));
        let held: Vec<usize> = (0..5)
            .map(|c| (0..400).filter(|&i| points.class[i] == c && points.held_out[i]).count())
            .collect();
        assert_eq!(held, expected, "share {share}");
    }
}

#[test]
fn a_split_is_a_function_of_its_seed_and_replaces_the_one_before() {
    let mut a = PlaneSet::Circle.sample(100, 0.03, &mut Rng::seeded(1));
    split(&mut a, 0.5, &mut Rng::seeded(2));
    let mut b = a.clone();
    split(&mut b, 0.5, &mut Rng::seeded(3));
    assert_ne!(a.held_out, b.held_out);
    split(&mut b, 0.5, &mut Rng::seeded(2));
    assert_eq!(a, b);
}

#[test]
fn a_single_point_is_trained_on() {
    let mut points = Points::default();
    points.push([0.0, 0.0], 4, true);
    split(&mut points, 0.9, &mut Rng::seeded(1));
    assert_eq!(points.held_out, [false]);
}

fn spiral() -> Points {
    let mut points = PlaneSet::Spiral.sample(400, 0.03, &mut Rng::seeded(7));
    split(&mut points, 0.5, &mut Rng::seeded(8));
    points
}

fn apply(edits: &Edits, base: &Points) -> Points {
    edits.apply(base, 0.5, &Rng::seeded(4)).unwrap()
}

#[test]
fn no_edit_leaves_the_set_as_it_was() {
    assert_eq!(apply(&Edits::default(), &spiral()), spiral());
}

#[test]
fn a_dab_fills_its_disc_evenly_with_its_class_and_holds_out_the_share() {
    let mut edits = Edits::default();
    edits.paint(2.0, [0.3, -0.2], 0.2).unwrap();
    let points = apply(&edits, &Points::default());
    assert_eq!(points.len(), 78); // π · 0.2² / 0.04²
    assert!(points.class.iter().all(|&c| c == 2));
    assert!((0..78).all(|i| radius([points.at(i)[0] - 0.3, points.at(i)[1] + 0.2]) <= 0.2));
    let inner = (0..78).filter(|&i| radius([points.at(i)[0] - 0.3, points.at(i)[1] + 0.2]) <= 0.1414).count();
    assert!((27..=51).contains(&inner), "{inner} of 78 in the inner half of the area");
    assert_eq!(points.held_out.iter().filter(|&&h| h).count(), 39);
}

#[test]
fn a_stroke_is_as_dense_as_a_dab_and_its_share_is_exact() {
    let mut edits = Edits::default();
    for k in 0..200 {
        edits.paint(0.0, [-0.5 + 0.005 * k as f32, 0.0], 0.05).unwrap();
    }
    let points = edits.apply(&Points::default(), 0.2, &Rng::seeded(4)).unwrap();
    // 0.108 of area at one point in 0.0016 would be 67; every dab adds one at least.
    assert!((200..=260).contains(&points.len()), "{}", points.len());
    let held = points.held_out.iter().filter(|&&h| h).count();
    assert_eq!(held, points.len() / 5);
}

#[test]
fn paint_never_leaves_the_plot() {
    let mut edits = Edits::default();
    edits.paint(0.0, [1.0, 1.0], 0.3).unwrap();
    edits.paint(0.0, [7.0, 0.0], 0.3).unwrap();
    let points = apply(&edits, &Points::default());
    assert!(points.x.iter().all(|v| v.abs() <= 1.0) && (20..80).contains(&points.len()), "{}", points.len());
}

#[test]
fn the_eraser_takes_all_points_and_the_hole_only_those_of_training() {
    let inside = |p: &Points, held: bool| {
        (0..p.len()).filter(|&i| radius(p.at(i)) <= 0.4 && p.held_out[i] == held).count()
    };
    let (mut erased, mut holed, base) = (Edits::default(), Edits::default(), spiral());
    erased.erase([0.0, 0.0], 0.4).unwrap();
    holed.hole([0.0, 0.0], 0.4).unwrap();
    let (train, test) = (inside(&base, false), inside(&base, true));
    assert!(train > 20 && test > 20);
    let (erased, holed) = (apply(&erased, &base), apply(&holed, &base));
    assert_eq!((inside(&erased, false), inside(&erased, true), erased.len()), (0, 0, 400 - train - test));
    assert_eq!((inside(&holed, false), inside(&holed, true), holed.len()), (0, test, 400 - train));
}

#[test]
fn undo_and_redo_lead_back_and_forth_through_the_same_sets() {
    let (mut edits, base) = (Edits::default(), spiral());
    let mut seen = vec![apply(&edits, &base)];
    for k in 0..12 {
        let at = [0.1 * k as f32 - 0.5, 0.3];
        match k % 6 {
            0 | 1 => edits.paint((k % 5) as f32, at, 0.1).unwrap(),
            2 => edits.erase(at, 0.2).unwrap(),
            3 => edits.hole(at, 0.2).unwrap(),
            4 => edits.replace(PlaneSet::Moons.sample(50, 0.0, &mut Rng::seeded(k))).unwrap(),
            _ => edits.clear().unwrap(),
        }
        seen.push(apply(&edits, &base));
    }
    for state in seen.iter().rev().skip(1) {
        assert!(edits.undo());
        assert_eq!(&apply(&edits, &base), state);
    }
    assert!(!edits.undo() && edits.is_empty());
    for state in &seen[1..] {
        assert!(edits.redo());
        assert_eq!(&apply(&edits, &base), state);
    }
    assert!(!edits.redo());
}

#[test]
fn a_new_edit_forgets_what_was_undone() {
    let mut edits = Edits::default();
    edits.clear().unwrap();
    edits.undo();
    edits.paint(0.0, [0.0, 0.0], 0.1).unwrap();
    assert!(!edits.redo());
}

#[test]
fn undoing_one_edit_moves_no_point_of_another() {
    let mut edits = Edits::default();
    edits.paint(0.0, [-0.5, 0.0], 0.2).unwrap();
    let before = apply(&edits, &Points::default());
    edits.paint(1.0, [0.5, 0.0], 0.2).unwrap();
    let after = apply(&edits, &Points::default());
    assert_eq!(after.x[..before.x.len()], before.x[..]);
}

#[test]
fn put_in_points_are_split_unless_they_say_which_are_held_out() {
    let mut edits = Edits::default();
    edits.replace(PlaneSet::Moons.sample(80, 0.0, &mut Rng::seeded(1))).unwrap();
    assert_eq!(apply(&edits, &spiral()).held_out.iter().filter(|&&h| h).count(), 40);
    let mut own = PlaneSet::Moons.sample(80, 0.0, &mut Rng::seeded(1));
    own.held_out[3] = true;
    edits.replace(own.clone()).unwrap();
    assert_eq!(apply(&edits, &spiral()), own);
}

#[test]
fn impossible_brushes_are_refused_and_change_nothing() {
    let mut edits = Edits::default();
    for class in [-1.0, 5.0, 0.5, f32::NAN] {
        assert_eq!(edits.paint(class, [0.0, 0.0], 0.1).unwrap_err().code(), "parameter", "{class}");
    }
    for radius in [-0.1, 1.1, f32::NAN, f32::INFINITY] {
        assert_eq!(edits.erase([0.0, 0.0], radius).unwrap_err().code(), "parameter", "{radius}");
    }
    for at in [[f32::NAN, 0.0], [0.0, f32::INFINITY]] {
        assert_eq!(edits.hole(at, 0.1).unwrap_err().code(), "non-finite");
    }
    assert!(edits.is_empty());
}

#[test]
fn there_is_an_end_to_points_and_to_edits() {
    let mut edits = Edits::default();
    for class in 0..3 {
        edits.paint(class as f32, [0.0, 0.0], 1.0).unwrap();
    }
    match edits.apply(&Points::default(), 0.5, &Rng::seeded(1)) {
        Err(Error::TooMany { what: "points", max: 5000, got }) => {
            assert!((5001..=5889).contains(&got), "{got}")
        }
        other => panic!("{other:?}"),
    }
    let many = PlaneSet::Circle.sample(MAX_POINTS + 1, 0.0, &mut Rng::seeded(1));
    assert_eq!(edits.replace(many), Err(Error::TooMany { what: "points", max: 5000, got: 5001 }));
    let mut edits = Edits::default();
    let refused = (0..20_000).find_map(|_| edits.clear().err());
    assert_eq!(refused, Some(Error::TooMany { what: "edits", max: 10_000, got: 10_001 }));
}
