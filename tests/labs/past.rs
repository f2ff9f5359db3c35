//! Time travel: any step of a run can be gone to, from anywhere, bit for bit, for few steps and within a budget.

use crate::common::{each, fresh, gestures, other, settled};
use uncrumple::labs::Run;

#[test]
fn going_back_gives_what_a_fresh_run_gives() {
    each(|id| {
        let mut run = fresh(id, 5);
        run.step(300).unwrap();
        for step in [0, 1, 57, 128, 299, 300, 12] {
            run.seek(step).unwrap();
            let mut anew = fresh(id, 5);
            anew.step(step as u32).unwrap();
            assert_eq!(settled(&run).hash(), settled(&anew).hash(), "{id} at step {step}");
            assert_eq!(run.last(), 300, "{id}");
        }
    });
}

#[test]
fn a_live_knob_turned_in_the_past_branches_from_there() {
    each(|id| {
        let Some(knob) = fresh(id, 4).about().knobs.iter().find(|k| k.live && k.id == "rate").cloned() else {
            return;
        };
        let mut straight = fresh(id, 4);
        straight.step(50).unwrap();
        straight.set(knob.id, 0.001.into()).unwrap();
        straight.step(50).unwrap();
        let mut detour = fresh(id, 4);
        detour.step(200).unwrap();
        detour.set(knob.id, 0.5.into()).unwrap();
        detour.step(20).unwrap();
        detour.seek(50).unwrap();
        detour.set(knob.id, 0.001.into()).unwrap();
        assert_eq!(detour.last(), 50, "{id}: the old future is gone");
        detour.step(50).unwrap();
        assert_eq!(settled(&straight).hash(), settled(&detour).hash(), "{id}");
        // And what was done on the way is done again on the way back.
        detour.seek(49).unwrap();
        detour.seek(100).unwrap();
        assert_eq!(settled(&straight).hash(), settled(&detour).hash(), "{id}");
    });
}

#[test]
fn what_was_done_on_the_way_is_done_again_from_every_side() {
    each(|id| {
        let act = |run: &mut Run, step| match step {
            20 | 60 => drop(gestures(run)),
            40 => drop(run.set("rate", 0.001.into())),
            70 => drop(run.set("rate", 0.05.into())),
            _ => {}
        };
        let to = |end: u64| {
            let mut run = fresh(id, 5);
            for step in 0..end {
                act(&mut run, step);
                run.step(1).unwrap();
            }
            act(&mut run, end);
            run
        };
        let mut run = to(100);
        // Down over the gestures, up over them, and from one between to the next.
        for step in [99, 70, 20, 0, 21, 60, 100, 41, 40, 69, 19, 100, 1] {
            run.seek(step).unwrap();
            let anew = to(step);
            assert_eq!(run.config(), anew.config(), "{id} at step {step}");
            assert_eq!(settled(&run).hash(), settled(&anew).hash(), "{id} at step {step}");
            assert_eq!(run.last(), 100, "{id}");
        }
    });
}

#[test]
fn after_ten_thousand_steps_a_seek_takes_fewer_steps_than_lie_between_two_kept_moments() {
    each(|id| {
        let mut run = fresh(id, 6);
        run.step(10_000).unwrap();
        assert!(run.stride() <= 100, "{id}: a moment every {} steps", run.stride());
        let mut taken = 0;
        // Places all over the run in no order, so that most moves are far ones: 7919 is prime.
        for i in 1..=100 {
            let to = i * 7_919 % 10_001;
            let steps = run.seek(to).unwrap();
            assert_eq!(run.steps(), to, "{id}");
            assert!(steps < run.stride(), "{id}: {steps} steps to {to}");
            taken += steps;
        }
        assert!(taken > 0, "{id}: the places are not the kept ones");
        assert_eq!(
            run.seek(10_000).unwrap(),
            10_000 % run.stride(),
            "{id}: also forward, from the nearest moment"
        );
    });
}

#[test]
fn a_look_changes_no_future_and_stays_through_time() {
    each(|id| {
        let looks = fresh(id, 4)
            .about()
            .knobs
            .iter()
            .filter(|k| k.live && k.group.looks())
            .cloned()
            .collect::<Vec<_>>();
        for knob in looks {
            let mut plain = fresh(id, 4);
            plain.step(20).unwrap();
            let mut looked = fresh(id, 4);
            looked.step(10).unwrap();
            looked.set(knob.id, other(&knob)).unwrap();
            looked.step(20).unwrap();
            looked.seek(5).unwrap();
            assert!(
                looked.config().iter().any(|(k, v)| *k == knob.id && *v == other(&knob)),
                "{id}: {}",
                knob.id
            );
            looked.set(knob.id, knob.default.clone()).unwrap();
            assert_eq!(looked.last(), 30, "{id}: {} is no deed", knob.id);
            looked.seek(20).unwrap();
            assert_eq!(settled(&plain).hash(), settled(&looked).hash(), "{id}: {}", knob.id);
        }
    });
}

#[test]
fn what_was_measured_in_one_future_is_not_taken_for_another() {
    each(|id| {
        let branch = |run: &mut Run| {
            run.seek(29).unwrap();
            run.set("rate", 0.5.into()).map(drop).unwrap_or_default();
            settled(run).hash()
        };
        let mut straight = fresh(id, 3);
        let expected = branch(&mut straight);
        let mut measured = fresh(id, 3);
        measured.step(30).unwrap();
        settled(&measured);
        assert_eq!(branch(&mut measured), expected, "{id}");
    });
}

#[test]
fn a_long_run_keeps_its_past_within_its_budget() {
    each(|id| {
        let mut run = fresh(id, 6);
        for _ in 0..20 {
            run.step(500).unwrap();
            gestures(&mut run);
            assert!(run.heap_bytes() < 40 << 20, "{id}: {} bytes at step {}", run.heap_bytes(), run.steps());
        }
        // Branching again and again reuses what it lets go.
        let before = run.heap_bytes();
        for i in 0..200 {
            run.seek(run.last() - 50).unwrap();
            run.set("rate", (0.001 + 0.0001 * f64::from(i)).into()).map(drop).unwrap_or_default();
            run.step(60).unwrap();
        }
        assert!(run.heap_bytes() < before + (1 << 20), "{id}: {before} bytes became {}", run.heap_bytes());
    });
}
