//! What every lab promises, tried on every lab of the table.

use crate::common::{each, fresh, settled};
use uncrumple::Error;
use uncrumple::labs::{Change, Frame, Kind, Readout, Unit, Value};

#[test]
fn the_same_seed_gives_the_same_bits_and_another_seed_others() {
    each(|id| {
        let hash = |seed| {
            let mut run = fresh(id, seed);
            run.step(60).unwrap();
            settled(&run).hash()
        };
        assert_eq!(hash(7), hash(7), "{id}");
        assert_ne!(hash(7), hash(8), "{id}: the seed matters");
    });
}

#[test]
fn interleaved_measuring_changes_nothing() {
    each(|id| {
        let (mut calm, mut busy) = (fresh(id, 3), fresh(id, 3));
        calm.step(40).unwrap();
        for _ in 0..40 {
            busy.step(1).unwrap();
            busy.measure(7);
            busy.draw(&mut Frame::default());
        }
        assert_eq!(settled(&calm).hash(), settled(&busy).hash(), "{id}");
    });
}

#[test]
fn every_number_drawn_is_finite_once_measured() {
    each(|id| {
        let mut run = fresh(id, 1);
        run.step(30).unwrap();
        for channel in settled(&run).iter() {
            assert!(channel.data.iter().all(|v| v.is_finite()), "{id}: {}", channel.name);
            assert_eq!(channel.data.len(), channel.dims[0] * channel.dims[1], "{id}: {}", channel.name);
        }
    });
}

#[test]
fn channels_are_the_same_at_every_step() {
    each(|id| {
        let mut run = fresh(id, 1);
        let names = |frame: &Frame| frame.iter().map(|c| c.name).collect::<Vec<_>>();
        let before = names(&settled(&run));
        run.step(20).unwrap();
        assert_eq!(before, names(&settled(&run)), "{id}");
        let frame = settled(&run);
        let (texts, numbers): (Vec<Readout>, Vec<_>) =
            run.about().readouts.iter().copied().partition(|r| r.unit == Unit::Text);
        let (keyed, plain): (Vec<_>, Vec<_>) = numbers.into_iter().partition(|r| r.by.is_some());
        assert_eq!(frame.get("readouts").unwrap().data.len(), plain.len(), "{id}");
        for readout in keyed {
            assert_eq!(frame.get(readout.id).expect(readout.id).dims[1], 2, "{id}: {}", readout.id);
        }
        for readout in texts {
            assert!(frame.get_text(readout.id).is_some_and(|text| !text.is_empty()), "{id}: {}", readout.id);
        }
    });
}

#[test]
fn a_refused_value_leaves_the_run_as_it_was() {
    each(|id| {
        let mut run = fresh(id, 2);
        run.step(10).unwrap();
        let before = settled(&run).hash();
        for knob in run.about().knobs.clone() {
            let bad: Vec<Value> = match &knob.kind {
                Kind::Number { min, max, .. } => {
                    vec![
                        f64::NAN.into(),
                        f64::INFINITY.into(),
                        (min - 1.0).into(),
                        (max + 1.0).into(),
                        "banana".into(),
                    ]
                }
                Kind::Choice { .. } => vec!["banana".into(), 3.0.into(), true.into()],
                Kind::Flag => vec!["banana".into(), 1.0.into()],
                Kind::Layers { .. } => {
                    vec![
                        "0".into(),
                        "banana".into(),
                        "8,8,8,8,8,8,8,8,8".into(),
                        "9999".into(),
                        "8:banana".into(),
                        8.0.into(),
                    ]
                }
                Kind::Subset { .. } => vec!["".into(), "banana".into(), 1.0.into()],
                Kind::Name { max } => {
                    vec![Value::Text("-".repeat(max + 1)), "no such name".into(), 1.0.into()]
                }
            };
            for value in bad {
                let error = run.set(knob.id, value.clone()).expect_err(knob.id);
                assert!(!error.code().is_empty() && error.to_string().contains(knob.id), "{id}: {error}");
            }
        }
        assert!(matches!(run.set("banana", 1.0.into()), Err(Error::UnknownKnob { .. })), "{id}");
        assert!(matches!(run.input("banana", &[]), Err(Error::UnknownInput { .. })), "{id}");
        assert!(matches!(run.load("banana", &[]), Err(Error::UnknownAsset { .. })), "{id}");
        assert!(matches!(run.export("banana"), Err(Error::UnknownExport { .. })), "{id}");
        assert_eq!(before, settled(&run).hash(), "{id}");
    });
}

#[test]
fn every_choice_and_every_end_of_a_slider_runs() {
    each(|id| {
        for knob in fresh(id, 2).about().knobs.clone() {
            let values: Vec<Value> = match &knob.kind {
                Kind::Number { min, max, .. } => vec![(*min).into(), (*max).into()],
                Kind::Choice { choices } => choices.iter().map(|c| Value::from(*c)).collect(),
                Kind::Flag => vec![true.into(), false.into()],
                Kind::Layers { .. } => vec!["".into(), "1".into(), "16:relu,8:sine".into()],
                Kind::Subset { choices } => vec![choices[0].into(), Value::Text(choices.join(","))],
                // Which names there are only the lab's own tests know.
                Kind::Name { .. } => vec![knob.default.clone()],
            };
            for value in values {
                let mut run = fresh(id, 2);
                run.step(2).unwrap();
                let change = match run.set(knob.id, value.clone()) {
                    Ok(change) => change,
                    // Beside the other settings a value may be impossible: then nothing has changed.
                    Err(Error::Refused { .. } | Error::Parameter { .. }) => {
                        assert_eq!(run.steps(), 2, "{id}: {}", knob.id);
                        continue;
                    }
                    Err(error) => panic!("{id} {value:?}: {error}"),
                };
                assert!(knob.live == (change == Change::Live) || run.steps() == 2, "{id}: {}", knob.id);
                match run.step(5) {
                    Ok(_) => {}
                    // An empty canvas, a photo not chosen yet and a rate of ten are allowed to say so.
                    Err(Error::EmptyClass { .. } | Error::Refused { .. } | Error::Diverged { .. }) => {}
                    Err(other) => panic!("{id}: {} = {value:?}: {other}", knob.id),
                }
                settled(&run);
            }
        }
    });
}
