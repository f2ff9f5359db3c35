//! The `filters` and `dream` labs on stand-in files: what they lack, what they refuse, what is turned on the way, and the visitor's own.
#![cfg(not(target_arch = "wasm32"))]

mod shipped;

use uncrumple::Error;
use uncrumple::labs::{Change, Frame, Lab, Run, Value, dream::Dream, filters::Filters};

type Knobs<'a> = &'a [(&'static str, Value)];

fn run<L: Lab + 'static>(knobs: Knobs) -> Run {
    let mut run = Run::new::<L>(knobs.iter().cloned(), 2).expect("knobs within their ranges");
    shipped::supply(&mut run).expect("stand-ins");
    run
}

fn settled(run: &Run) -> Frame {
    while !run.measure(1_000) {}
    let mut frame = Frame::default();
    run.draw(&mut frame);
    frame
}

fn data<'a>(frame: &'a Frame, name: &str) -> &'a [f32] {
    &frame.get(name).unwrap_or_else(|| panic!("no channel {name}")).data
}

/// A layer of photographs, on pictures as small as they get.
fn of_photos(layer: &'static str, more: Knobs) -> Run {
    let layer = [("layer", layer.into()), ("size", 64.0.into())];
    run::<Filters>(&[&layer[..], more].concat())
}

fn lacks<L: Lab + 'static>(knobs: Knobs) -> String {
    let run = Run::new::<L>(knobs.iter().cloned(), 1).expect("knobs within their ranges");
    match run.ready() {
        Err(Error::NotSupplied { assets }) => assets,
        other => panic!("{other:?}: nothing was supplied"),
    }
}

#[test]
fn only_what_the_settings_need_is_asked_for() {
    assert_eq!(lacks::<Filters>(&[]), "digits-net.bin digits-train.bin digits-test.bin");
    let lite = ("layer", Value::from("lite0.b5.expand"));
    assert_eq!(lacks::<Filters>(std::slice::from_ref(&lite)), "lite0.bin");
    let begins = [lite, ("goal", "dream".into()), ("photo", "koala".into())];
    assert_eq!(lacks::<Filters>(&begins), "lite0.bin koala.bin");
    assert_eq!(lacks::<Dream>(&[("photo", "crab".into())]), "lite0.bin crab.bin");
    assert_eq!(lacks::<Dream>(&[("photo", "yours".into())]), "lite0.bin");
}

#[test]
fn what_goes_with_no_layer_of_its_kind_is_refused_and_the_run_stays() {
    let mut digits = run::<Filters>(&[]);
    digits.step(3).unwrap();
    let before = settled(&digits).hash();
    let unit = digits.set("unit", 10.0.into());
    assert!(
        matches!(unit, Err(Error::Parameter { ref name, max: 9.0, value: 10.0, .. }) if name == "unit"),
        "{unit:?}"
    );
    assert_eq!(digits.set("parametrisation", "fourier".into()), Err(Error::Refused { what: "waves-small" }));
    for (kind, data) in
        [("item", &[20.0][..]), ("item", &[0.5]), ("item", &[]), ("layers", &[1.0]), ("paint", &[])]
    {
        assert!(digits.ask(kind, data).is_err(), "{kind} {data:?}");
    }
    assert_eq!(digits.load("network.safetensors", b"no network").unwrap_err().code(), "network-file");
    assert_eq!(settled(&digits).hash(), before);
    // Ten classes, and sixteen channels before them.
    digits.set("layer", "digits.conv2".into()).unwrap();
    digits.set("unit", 15.0.into()).unwrap();
    assert_eq!(digits.set("layer", "digits.class".into()).unwrap_err().code(), "parameter");
    digits.step(1).unwrap();
    assert_eq!(settled(&digits).get("pictures").unwrap().dims, [16, 784]);
}

#[test]
fn a_picture_for_every_unit_of_digits_and_beside_each_the_digits_that_excite_it_most() {
    let mut run = run::<Filters>(&[("layer", "digits.conv1".into())]);
    run.step(20).unwrap();
    let frame = settled(&run);
    for (name, dims) in [
        ("pictures", [8, 784]),
        ("activations", [8, 1]),
        ("start", [1, 784]),
        ("answers", [1, 10]),
        ("startAnswers", [1, 10]),
        ("best", [8, 6 * 784]),
        ("bestActivation", [8, 6]),
        ("neighbour", [1, 784]),
        ("curve", [20, 2]),
    ] {
        assert_eq!(frame.get(name).unwrap_or_else(|| panic!("no channel {name}")).dims, dims, "{name}");
    }
    let best = data(&frame, "bestActivation");
    assert!(best.chunks(6).all(|row| row.windows(2).all(|pair| pair[0] >= pair[1])), "{best:?}");
    let activations = data(&frame, "activations");
    for (unit, (climbed, best)) in activations.iter().zip(best.chunks(6)).enumerate() {
        run.set("unit", (unit as f64).into()).unwrap();
        let frame = settled(&run);
        assert_eq!(data(&frame, "readouts")[..2], [*climbed, best[0]], "unit {unit}");
        assert!(data(&frame, "curve")[39] > data(&frame, "curve")[1], "unit {unit} has climbed");
    }
}

#[test]
fn another_unit_of_photographs_catches_up_with_all_that_was_turned() {
    let turn = |run: &mut Run| {
        run.step(3).unwrap();
        run.set("rate", 0.05.into()).unwrap();
        run.set("epsilon", 9.0.into()).unwrap();
        run.step(4).unwrap();
        run.set("epsilon", 5.0.into()).unwrap();
    };
    let ball = [("goal", Value::from("adversarial"))];
    let mut from_the_first = of_photos("lite0.b3.expand", &ball);
    from_the_first.set("unit", 5.0.into()).unwrap();
    turn(&mut from_the_first);
    let mut late = of_photos("lite0.b3.expand", &ball);
    turn(&mut late);
    late.set("unit", 5.0.into()).unwrap();
    assert_eq!(settled(&late).hash(), settled(&from_the_first).hash());
    let frame = settled(&late);
    let off = data(&frame, "pictures").iter().zip(data(&frame, "start"));
    assert_eq!(off.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max), 5.0);
    // Steps taken while it is behind, too; and the past shows the unit that is asked for now.
    late.set("unit", 2.0.into()).unwrap();
    late.step(6).unwrap();
    late.set("unit", 5.0.into()).unwrap();
    from_the_first.step(6).unwrap();
    assert_eq!(settled(&late).hash(), settled(&from_the_first).hash());
    late.seek(2).unwrap();
    from_the_first.seek(2).unwrap();
    assert_eq!(settled(&late).hash(), settled(&from_the_first).hash());
}

#[test]
fn every_goal_runs_in_pixels_and_in_waves() {
    for goal in ["fooling", "adversarial", "dream"] {
        for way in ["pixels", "fourier"] {
            let mut run = of_photos(
                "lite0.b5.expand",
                &[("goal", goal.into()), ("parametrisation", way.into()), ("jitter", 0.0.into())],
            );
            run.step(4).unwrap();
            let frame = settled(&run);
            let pictures = data(&frame, "pictures");
            assert!(pictures.iter().all(|v| *v == v.round() && (0.0..=255.0).contains(v)), "{goal} {way}");
            assert_eq!((pictures.len(), data(&frame, "answers").len()), (64 * 64 * 3, 10), "{goal} {way}");
            assert_eq!(data(&frame, "best").len() + data(&frame, "neighbour").len(), 0, "{goal} {way}");
            let curve = data(&frame, "curve");
            assert!(curve[7] > curve[1], "{goal} {way}: {curve:?}");
        }
    }
}

fn photo(side: u32) -> Vec<u8> {
    let mut bytes = [side.to_le_bytes(), side.to_le_bytes()].concat();
    bytes.extend((0..4 * side * side).map(|i| if i % 4 == 3 { 255 } else { (i * 7 % 256) as u8 }));
    bytes
}

#[test]
fn a_visitors_own_photo_is_dreamt_of_and_stays_with_new_settings() {
    let mut run = run::<Dream>(&[("size", 128.0.into()), ("perOctave", 2.0.into()), ("octaves", 2.0.into())]);
    run.set("photo", "yours".into()).unwrap();
    assert_eq!(run.step(1), Err(Error::Refused { what: "no-photo" }));
    assert_eq!(run.load("photo", &photo(90)[..100]).unwrap_err().code(), "length");
    run.load("photo", &photo(90)).unwrap();
    assert!(run.config().iter().any(|(id, value)| *id == "photo" && *value == Value::from("yours")));
    run.step(5).unwrap();
    let (frame, original) = (settled(&run), data(&settled(&run), "original").to_vec());
    // Two octaves of two steps; the fifth changed nothing.
    assert_eq!((data(&frame, "over"), data(&frame, "curve").len()), (&[1.0][..], 12));
    assert_eq!(frame.get("picture").unwrap().dims, [128, 3 * 128]);
    assert_eq!(run.set("layer", "b2.expand".into()), Ok(Change::Restarted));
    assert_eq!(data(&settled(&run), "original"), original);
    run.step(1).unwrap();
    let csv = String::from_utf8(run.export("history.csv").unwrap()).unwrap();
    assert!(
        csv.starts_with("step,octave,objective,noiseObjective\n0,1,") && csv.lines().count() == 2,
        "{csv}"
    );
    assert_eq!(run.ask("sizes", &[]).unwrap(), [91.0, 128.0]);
    assert_eq!(run.trail(), None, "no link holds a photo of 512 × 512");
}

#[test]
fn a_network_of_ones_own_is_looked_into() {
    let mut run = run::<Filters>(&[("layer", "digits.conv2".into())]);
    run.step(5).unwrap();
    let before = data(&settled(&run), "bestActivation").to_vec();
    // The one that ships, its second convolution's numbers doubled.
    let mut file = shipped::file("digits-net.bin");
    let at = file.len() - 4 * (7840 + 10 + 1168);
    for number in file[at..at + 4 * 1168].chunks_mut(4) {
        let twice = 2.0 * f32::from_le_bytes(number.try_into().unwrap());
        number.copy_from_slice(&twice.to_le_bytes());
    }
    run.load("network.safetensors", &file).unwrap();
    assert_eq!(data(&settled(&run), "curve").len(), 0, "it begins afresh");
    run.step(5).unwrap();
    let after = data(&settled(&run), "bestActivation").to_vec();
    assert!(before.iter().zip(&after).all(|(a, b)| (b / a - 2.0).abs() < 1e-4), "{before:?} {after:?}");
    // And stays with other settings of digits.
    run.set("layer", "digits.class".into()).unwrap();
    run.step(1).unwrap();
    run.set("layer", "digits.conv2".into()).unwrap();
    run.step(1).unwrap();
    assert_eq!(data(&settled(&run), "bestActivation"), after);
}
