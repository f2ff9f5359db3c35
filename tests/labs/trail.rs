//! What a link holds of a run: the same run comes back from it, and from anything else a refusal.

use crate::common::{each, fresh, gestures, settled};
use uncrumple::labs::Run;
use uncrumple::rng::Rng;

/// The run that the link of `run` opens.
fn opened(id: &str, run: &Run) -> Run {
    let trail = run.trail().expect("short enough");
    let mut other = fresh(id, run.seed());
    for (knob, value) in run.start().iter() {
        other.set(knob, value.clone()).unwrap();
    }
    other.restart(run.seed()).unwrap();
    other.follow(&trail).unwrap();
    other.seek(run.steps()).unwrap();
    other
}

fn assert_same(id: &str, what: &str, run: &Run) {
    let other = opened(id, run);
    assert_eq!(settled(run).hash(), settled(&other).hash(), "{id}: {what}");
    assert_eq!(run.config(), other.config(), "{id}: {what}");
    assert_eq!(run.trail(), other.trail(), "{id}: {what}: it is handed on as it came");
}

#[test]
fn a_run_in_which_nothing_was_done_leaves_no_trail() {
    each(|id| {
        let mut run = fresh(id, 3);
        run.step(20).unwrap();
        run.seek(7).unwrap();
        assert_eq!(run.trail(), Some(Vec::new()), "{id}");
        assert_same(id, "nothing done", &run);
    });
}

#[test]
fn the_link_of_a_run_with_gestures_and_turned_knobs_is_that_run() {
    each(|id| {
        let mut run = fresh(id, 3);
        gestures(&mut run);
        assert_same(id, "at the start", &run);
        run.step(30).unwrap();
        gestures(&mut run);
        drop(run.set("rate", 0.0123.into()));
        drop(run.set("optimizer", "sgd".into()));
        drop(run.set("epsilon", 0.3.into()));
        run.step(25).unwrap();
        assert_same(id, "on the way", &run);
        run.seek(31).unwrap();
        assert_same(id, "gone back to", &run);
        gestures(&mut run);
        run.step(10).unwrap();
        assert_same(id, "branched off", &run);
        run.restart(9).unwrap();
        run.step(12).unwrap();
        assert_same(id, "in a new run that adopted what was made", &run);
        gestures(&mut run);
        run.step(3).unwrap();
        assert_same(id, "and went on", &run);
    });
}

#[test]
fn points_painted_taken_back_and_read_from_a_file_come_back_by_link() {
    let mut run = fresh("boundary", 2);
    run.set("dataset", "yours".into()).unwrap();
    for i in 0..40u8 {
        let x = f32::from(i) / 40.0;
        run.input("paint", &[f32::from(i % 3), x - 0.5, 0.5 - x, 0.05]).unwrap();
    }
    for kind in ["undo", "undo", "undo", "redo"] {
        run.input(kind, &[]).unwrap();
    }
    assert_same("boundary", "painted", &run);
    let length = run.trail().unwrap().len();
    assert!(length < 40 * 9, "{length} bytes for 40 dabs");
    run.restart(5).unwrap();
    run.input("redo", &[]).unwrap();
    run.step(20).unwrap();
    assert_same("boundary", "undone before a restart, done again after it", &run);
    run.load("points.csv", b"0.1,0.25,0\n-0.3,0.7,1\n0.123456789,-0.4,1\n").unwrap();
    run.set("layers", "4".into()).unwrap();
    run.step(20).unwrap();
    assert_same("boundary", "from a file", &run);
}

#[test]
fn too_much_for_a_link_is_said_and_what_comes_after_can_be_short_again() {
    let mut run = fresh("boundary", 2);
    let lines: Vec<String> = (0..1_200u16).map(|i| format!("{},{},{}", i % 37, i % 41, i % 2)).collect();
    run.load("points.csv", lines.join("\n").as_bytes()).unwrap();
    assert_eq!(run.trail(), None);
    run.restart(3).unwrap();
    assert_eq!(run.trail(), None, "a new run has the same points");
    run.set("dataset", "moons".into()).unwrap();
    assert_eq!(run.trail(), Some(Vec::new()));
}

#[test]
fn whatever_is_in_a_link_is_a_run_or_a_refusal_that_changes_nothing() {
    each(|id| {
        let mut run = fresh(id, 3);
        gestures(&mut run);
        run.step(5).unwrap();
        drop(run.set("rate", 0.0123.into()));
        drop(run.set("optimizer", "sgd".into()));
        drop(run.set("target", "koala".into()));
        drop(run.set("stepSize", 0.6.into()));
        gestures(&mut run);
        let good = run.trail().unwrap();
        let mut target = fresh(id, 3);
        target.step(4).unwrap();
        let before = settled(&target).hash();
        let mut refused = 0;
        let mut tried = |bytes: &[u8]| match target.follow(bytes) {
            Err(error) => {
                assert!(!error.code().is_empty());
                assert_eq!(target.steps(), 4, "{id}");
                refused += 1;
            }
            Ok(()) => {
                // Steps may fail as they may in any run; they do not panic.
                let _ = target.step(8);
                target = fresh(id, 3);
                target.step(4).unwrap();
            }
        };
        for end in 0..good.len() {
            tried(&good[..end]);
        }
        tried(&[&good[..], &[0]].concat());
        let mut rng = Rng::seeded(11);
        for _ in 0..700 {
            let mut bytes = good.clone();
            for _ in 0..1 + rng.below(3) {
                let at = rng.below(bytes.len() as u32) as usize;
                bytes[at] = rng.below(256) as u8;
            }
            tried(&bytes);
            let noise: Vec<u8> =
                (0..rng.below(60)).map(|i| if i == 0 { 1 } else { rng.below(256) as u8 }).collect();
            tried(&noise);
        }
        tried(&[1; 6_001]);
        assert_eq!(settled(&target).hash(), before, "{id}");
        assert!(refused > good.len() + 700, "{id}: {refused} refused: cut short or noise, all of it");
    });
}
