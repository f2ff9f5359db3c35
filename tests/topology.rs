//! The `topology` lab through its front door: drawn curves, exact weights, what is refused, what survives.
#![cfg(not(target_arch = "wasm32"))]

use uncrumple::Error;
use uncrumple::labs::{Frame, Run, Value, topology::Topology};

fn run(knobs: &[(&'static str, &str)]) -> Run {
    let value = |text: &str| text.parse::<f64>().map_or(Value::from(text), Value::from);
    Run::new::<Topology>(knobs.iter().map(|(id, text)| (*id, value(text))), 1)
        .expect("knobs within their ranges")
}

fn frame(run: &Run) -> Frame {
    while !run.measure(1_000) {}
    let mut frame = Frame::default();
    run.draw(&mut frame);
    frame
}

fn readout(run: &Run, id: &str) -> f32 {
    let at = run.about().readouts.iter().position(|r| r.id == id).expect("a read-out");
    frame(run).get("readouts").expect("a channel").data[at]
}

fn needed(frame: &Frame) -> f32 {
    frame.get("theorem").expect("a channel").data[0]
}

/// A square and how many corners it has, as `curves` takes them.
fn squares(first: ([f32; 2], f32), second: ([f32; 2], f32)) -> Vec<f32> {
    let corners = |([x, y], half): ([f32; 2], f32)| {
        [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]
            .map(|[dx, dy]| [x + half * dx, y + half * dy])
            .concat()
    };
    [vec![4.0], corners(first), corners(second)].concat()
}

#[test]
fn the_width_that_two_curves_need_is_said_before_training() {
    let run = run(&[("dataset", "yours")]);
    let ask = |first, second| run.ask("judge", &squares(first, second));
    let nested = ask(([0.0, 0.0], 0.2), ([0.1, 0.0], 0.7)).expect("apart");
    assert_eq!(nested[..2], [3.0, 0.0]);
    assert_eq!(ask(([0.0, 0.0], 0.7), ([0.1, 0.0], 0.2)).expect("apart")[..2], [3.0, 1.0]);
    assert_eq!(ask(([-0.5, 0.0], 0.3), ([0.5, 0.0], 0.3)).expect("apart")[..2], [1.0, 3.0]);
    let crossing = ask(([0.0, 0.0], 0.4), ([0.4, 0.0], 0.4));
    assert_eq!(crossing, Err(Error::Refused { what: "curves-cross" }));
    assert!(matches!(run.ask("judge", &[4.0, 0.0]), Err(Error::Length { .. })));
    assert!(matches!(run.ask("judge", &[0.0, f32::NAN, 0.0]), Err(Error::NonFinite { .. })));
}

#[test]
fn drawn_curves_are_trained_on_and_survive_a_new_width_and_a_new_seed() {
    let mut run = run(&[("dataset", "yours"), ("width", "2")]);
    run.step(20).expect("it trains");
    run.input("curves", &squares(([-0.5, 0.0], 0.3), ([0.5, 0.0], 0.3))).expect("fair curves");
    assert_eq!((run.steps(), needed(&frame(&run))), (20, 1.0));
    run.step(600).expect("it trains");
    assert_eq!(readout(&run, "denseAccuracy"), 1.0);
    let outline = frame(&run).get("outline").expect("a channel").data.clone();
    run.set("width", 3.0.into()).expect("a width");
    assert_eq!(frame(&run).get("outline").expect("a channel").data, outline);
    run.restart(9).expect("another seed");
    assert_eq!(frame(&run).get("outline").expect("a channel").data, outline);
    run.set("dataset", "disc".into()).expect("a set");
    assert_ne!(frame(&run).get("outline").expect("a channel").data, outline);
}

#[test]
fn curves_that_say_nothing_are_refused_and_the_run_is_as_it_was() {
    let mut own = run(&[("dataset", "yours")]);
    own.step(10).expect("it trains");
    let before = frame(&own).hash();
    for bad in [
        squares(([0.0, 0.0], 0.4), ([0.4, 0.0], 0.4)),
        squares(([0.0, 0.0], 0.01), ([0.4, 0.0], 0.3)),
        vec![],
    ] {
        assert_eq!(
            own.input("curves", &bad).expect_err("nothing to tell apart").code(),
            "refused",
            "{bad:?}"
        );
    }
    assert_eq!(frame(&own).hash(), before);
    let mut disc = run(&[]);
    assert_eq!(disc.input("preset", &[1.0]), Err(Error::Refused { what: "not-yours" }));
}

#[test]
fn presets_need_three_two_and_one() {
    let mut own = run(&[("dataset", "yours")]);
    for (preset, width) in [(1.0, 2.0), (2.0, 1.0), (0.0, 3.0)] {
        own.input("preset", &[preset]).expect("a preset");
        assert_eq!(needed(&frame(&own)), width);
    }
    assert_eq!(needed(&frame(&run(&[("dataset", "tori")]))), 4.0);
}

#[test]
fn exact_weights_are_right_everywhere_say_their_own_size_and_stay_right_under_training() {
    for (activation, width) in [("relu", 3.0), ("tanh", 3.0), ("gelu", 2.0), ("sine", 2.0)] {
        let mut exact = run(&[("activation", activation), ("weights", "exact"), ("depth", "4")]);
        assert_eq!((readout(&exact, "width"), readout(&exact, "depth")), (width, 1.0), "{activation}");
        assert_eq!(
            (readout(&exact, "denseAccuracy"), readout(&exact, "witnessFound")),
            (1.0, 0.0),
            "{activation}"
        );
        exact.set("rate", 0.001.into()).expect("a rate");
        exact.step(50).expect("it trains");
        assert_eq!(readout(&exact, "wrong"), 0.0, "{activation}");
    }
    let none = run(&[("activation", "linear"), ("weights", "exact"), ("depth", "4")]);
    assert_eq!((readout(&none, "width"), readout(&none, "depth")), (2.0, 4.0), "none is known: by chance");
}

#[test]
fn what_must_fail_is_said_of_monotone_functions_only() {
    for (activation, must) in [("tanh", 1.0), ("relu", 1.0), ("linear", 1.0), ("gelu", 0.0), ("sine", 0.0)] {
        let must_fail = frame(&run(&[("activation", activation)])).get("theorem").expect("a channel").data[1];
        assert_eq!(must_fail, must, "{activation}");
    }
    assert_eq!(frame(&run(&[("width", "3")])).get("theorem").expect("a channel").data[1], 0.0);
    assert_eq!(
        frame(&run(&[("width", "3"), ("dataset", "tori")])).get("theorem").expect("a channel").data[1],
        1.0
    );
}

#[test]
fn the_corridor_leads_from_the_disc_to_the_witness_and_beyond() {
    let mut run = run(&[("depth", "2")]);
    run.step(500).expect("it trains");
    let frame = frame(&run);
    let corridor = &frame.get("corridor").expect("a channel").data;
    let witness = &frame.get("witness").expect("a channel").data;
    let radius = |p: &[f32]| (p[0] * p[0] + p[1] * p[1]).sqrt();
    assert!(radius(&corridor[..2]) < 1.0 / 3.0 && radius(&corridor[corridor.len() - 2..]) > 1.0);
    let near =
        corridor.chunks_exact(2).map(|p| radius(&[p[0] - witness[0], p[1] - witness[1]])).fold(9.0, f32::min);
    assert!(near < 0.05, "the witness is on the way: {near}");
    let longest =
        corridor.windows(4).step_by(2).map(|w| radius(&[w[2] - w[0], w[3] - w[1]])).fold(0.0, f32::max);
    assert!(longest < 0.1, "no jumps: {longest}");
}

#[test]
fn drawn_curves_come_back_by_link_and_through_time() {
    let mut own = run(&[("dataset", "yours"), ("width", "2")]);
    own.step(10).expect("it trains");
    own.input("curves", &squares(([-0.5, 0.0], 0.3), ([0.5, 0.0], 0.3))).expect("fair curves");
    own.step(15).expect("it trains");
    let apart = frame(&own);
    own.input("preset", &[0.0]).expect("a preset");
    own.step(5).expect("it trains");
    let nested = frame(&own);
    assert_eq!((needed(&apart), needed(&nested)), (1.0, 3.0));

    let trail = own.trail().expect("short enough for a link");
    let mut other = run(&[("dataset", "yours"), ("width", "2")]);
    other.follow(&trail).expect("what a link holds");
    for (step, then) in [(30, &nested), (24, &apart), (30, &nested)] {
        for run in [&mut own, &mut other] {
            run.seek(step).expect("on the way");
            let now = frame(run);
            let outline = |frame: &Frame| frame.get("outline").expect("a channel").data.clone();
            assert_eq!((needed(&now), outline(&now)), (needed(then), outline(then)), "step {step}");
        }
        assert_eq!(frame(&own).hash(), frame(&other).hash(), "step {step}");
    }
    assert_eq!(frame(&other).hash(), nested.hash());
}
