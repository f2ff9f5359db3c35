//! The `digits` lab on stand-in pictures: what its channels hold, method by method, before and after it is supplied.
#![cfg(not(target_arch = "wasm32"))]

mod shipped;

use uncrumple::Error;
use uncrumple::labs::{Change, Frame, Run, Value, digits::Digits};

fn fresh(knobs: &[(&'static str, Value)]) -> Run {
    let few = [("network", Value::from("dense")), ("batch", 8.0.into()), ("rate", 0.01.into())];
    Run::new::<Digits>(few.iter().chain(knobs).cloned(), 3).expect("knobs within their ranges")
}

/// A run on the stand-ins, trained a little.
fn trained(knobs: &[(&'static str, Value)]) -> Run {
    let mut run = fresh(knobs);
    shipped::supply(&mut run).expect("pictures");
    run.step(200).expect("it trains");
    run
}

fn settled(run: &Run) -> Frame {
    while !run.measure(1_000) {}
    let mut frame = Frame::default();
    run.draw(&mut frame);
    frame
}

fn rows(frame: &Frame, name: &str) -> Vec<Vec<f32>> {
    let channel = frame.get(name).unwrap_or_else(|| panic!("no channel {name}"));
    channel.data.chunks(channel.dims[1].max(1)).map(<[f32]>::to_vec).collect()
}

fn readout(run: &Run, frame: &Frame, id: &str) -> f32 {
    let plain: Vec<_> = run.about().readouts.iter().filter(|r| r.by.is_none()).collect();
    frame.get("readouts").expect("a channel").data[plain.iter().position(|r| r.id == id).expect(id)]
}

fn lacking(assets: &str) -> Result<u32, Error> {
    Err(Error::NotSupplied { assets: assets.into() })
}

#[test]
fn before_it_is_supplied_there_is_nothing_to_see_and_no_step() {
    let mut run = fresh(&[]);
    assert_eq!(run.step(1), lacking("digits-train.bin digits-test.bin clothes-test.bin"));
    let frame = settled(&run);
    for channel in frame.iter() {
        match channel.name {
            "kernels" => {}
            "readouts" => {
                let step = channel.data.len() - 1;
                let measured = channel.data.iter().enumerate().filter(|(i, _)| *i != step && *i != 9);
                assert!(measured.into_iter().all(|(_, v)| v.is_nan()), "{:?}", channel.data);
            }
            "measured" => assert!(channel.data[0].is_nan()),
            name => assert_eq!(channel.data.len(), 0, "{name}"),
        }
    }
    // Two of three are not all; and another kind of file is none.
    run.supply("digits-train.bin", &shipped::file("digits-train.bin")).unwrap();
    run.supply("digits-test.bin", &shipped::file("digits-test.bin")).unwrap();
    assert_eq!(run.step(1), lacking("clothes-test.bin"));
    assert_eq!(run.supply("clothes-test.bin", b"UIMG").unwrap_err().code(), "image-file");
    assert_eq!(run.supply("cats.bin", b"").unwrap_err().code(), "unknown-asset");
    assert_eq!(run.ready(), lacking("clothes-test.bin").map(drop));
    run.supply("clothes-test.bin", &shipped::file("clothes-test.bin")).unwrap();
    run.ready().unwrap();
    run.step(1).unwrap();
    // It lacks nothing: what comes once more begins nothing again.
    run.supply("clothes-test.bin", &shipped::file("clothes-test.bin")).unwrap();
    assert_eq!(run.steps(), 1);
}

#[test]
fn every_method_has_its_way_its_curve_and_its_control() {
    let mut run = trained(&[]);
    let clean = readout(&run, &settled(&run), "testAccuracy");
    assert!(clean > 0.8, "the stand-ins are easy: {clean}");
    for method in ["fgsm", "pgd", "momentum", "pgd-l2", "deepfool", "carlini-wagner", "universal"] {
        run.set("method", method.into()).unwrap();
        let frame = settled(&run);
        let (push, at, answers) = (rows(&frame, "push"), rows(&frame, "pushAt"), rows(&frame, "answers"));
        assert!((1..=41).contains(&push.len()) && at.len() == push.len(), "{method}: {}", push.len());
        assert!(answers.len() == push.len() && at.windows(2).all(|w| w[0] < w[1]), "{method}: {at:?}");
        assert_eq!(push[0], rows(&frame, "shown")[0], "{method}: it begins at the digit");
        let last = push.last().unwrap();
        let whole = |v: f32| (v * 255.0 - (v * 255.0).round()).abs() < 1e-3 && (0.0..=1.0).contains(&v);
        assert!(last.iter().all(|v| whole(*v)), "{method}: 8 bits a pixel");
        let (linf, l2) = (readout(&run, &frame, "linf"), readout(&run, &frame, "l2"));
        match method {
            "pgd-l2" => assert!(l2 <= 1.5 + 1e-4, "{l2}"),
            "deepfool" | "carlini-wagner" => {
                assert_ne!(readout(&run, &frame, "predicted"), rows(&frame, "label")[0][0], "{method}");
            }
            _ => assert!(linf <= 0.1 + 1e-6, "{method}: {linf}"),
        }
        let curve = rows(&frame, "curve");
        assert_eq!(curve.len(), 12, "{method}");
        assert_eq!(curve[0][1..3], [clean, clean], "{method}: a push of nothing");
        assert!(curve[11][1] <= 0.2 && curve[11][1] <= curve[0][1], "{method}: {curve:?}");
        if !matches!(method, "fgsm" | "universal") {
            assert!(curve.windows(2).all(|w| w[1][1] <= w[0][1]), "{method}: {curve:?}");
        }
        for point in &curve {
            assert!(
                point[3].is_nan() || point[3] <= point[1],
                "{method}: proved beyond what stands: {point:?}"
            );
        }
        let share = readout(&run, &frame, "robust");
        let now = if matches!(method, "pgd-l2" | "deepfool" | "carlini-wagner") { 1.5 } else { 0.1 };
        let point = curve.iter().find(|p| (p[0] - now).abs() < 1e-6).unwrap();
        assert_eq!([share, readout(&run, &frame, "noise")], [point[1], point[2]], "{method}");
    }
}

#[test]
fn a_target_is_reached_and_more_tries_are_never_worse() {
    let mut run = trained(&[]);
    run.set("epsilon", 0.4.into()).unwrap();
    run.set("target", "6".into()).unwrap();
    let frame = settled(&run);
    assert_eq!(readout(&run, &frame, "predicted"), 6.0);
    run.set("target", "none".into()).unwrap();
    run.set("epsilon", 0.05.into()).unwrap();
    run.set("steps", 3.0.into()).unwrap();
    let robust = |run: &Run| readout(run, &settled(run), "robust");
    let once = robust(&run);
    run.set("restarts", 4.0.into()).unwrap();
    assert!(robust(&run) <= once);
}

#[test]
fn a_twin_is_shown_the_pushes_of_the_first() {
    let run = trained(&[("twin", true.into())]);
    let frame = settled(&run);
    let (transfer, own) = (rows(&frame, "transfer"), rows(&frame, "robustAccuracy"));
    assert_eq!((transfer.len(), own.len()), (12, 12));
    assert!(transfer[0][1] > 0.7, "the twin reads, too: {transfer:?}");
    let sum = |rows: &[Vec<f32>]| rows.iter().map(|r| r[1]).sum::<f32>();
    assert!(sum(&transfer) > sum(&own), "it withstands the pushes of another better");
    let now = rows(&frame, "twinAccuracy");
    assert!(now.len() == 1 && (now[0][0] - 0.1).abs() < 1e-6, "{now:?}");
}

#[test]
fn a_drawing_is_shown_pushed_asked_about_and_kept() {
    let mut run = trained(&[]);
    run.input("draw", &[0.5, 0.2, 0.5, 0.8]).unwrap();
    run.set("item", (-1.0).into()).unwrap();
    let frame = settled(&run);
    assert_eq!(rows(&frame, "label")[0], [-1.0, -1.0]);
    let shown = rows(&frame, "shown")[0].clone();
    assert_eq!(run.ask("item", &[-1.0]).unwrap(), shown);
    let read = run.ask("read", &[-1.0]).unwrap();
    assert_eq!(read, rows(&frame, "answers")[0]);
    let off = run.ask("off", &[1.0, 0.5, -1.0]).unwrap();
    assert_eq!((off.len(), &off[784..]), (794, &rows(&frame, "offAnswers")[0][..]));
    assert_eq!(run.ask("off", &[6.0, 1.0, 0.0]).unwrap()[..784], [0.0; 784]);
    for (kind, data) in
        [("item", &[20.0][..]), ("item", &[-12.0]), ("item", &[0.5]), ("off", &[7.0, 0.0, 0.0])]
    {
        assert!(run.ask(kind, data).is_err(), "{kind} {data:?}");
    }
    // A knob that starts a new run, and more or fewer digits, leave the drawing as it is.
    for (id, value) in [("shift", Value::from(false)), ("count", 500.0.into())] {
        assert_eq!(run.set(id, value).unwrap(), Change::Restarted);
        assert_eq!(run.ask("item", &[-1.0]).unwrap(), shown, "{id}");
        run.step(1).unwrap();
    }
    run.input("undo", &[]).unwrap();
    assert_eq!(run.ask("item", &[-1.0]).unwrap(), [0.0; 784]);
}

#[test]
fn a_network_comes_back_from_its_file_with_its_kind() {
    let run = trained(&[]);
    let file = run.export("network.safetensors").unwrap();
    let read = run.ask("read", &[4.0]).unwrap();
    let mut other = fresh(&[("network", "conv".into())]);
    shipped::supply(&mut other).unwrap();
    assert!(other.export("network.onnx").is_ok(), "convolutions, too");
    other.load("network.safetensors", &file).unwrap();
    assert_eq!(other.ask("read", &[4.0]).unwrap(), read);
    assert!(other.config().iter().any(|(id, value)| *id == "network" && *value == Value::from("dense")));
    assert!(run.export("network.onnx").is_ok() && run.export("network.json").is_ok());
}
