//! The `imagenet` lab on a stand-in network: what its channels hold, what its knobs do on the way, whose photo it is about.
#![cfg(not(target_arch = "wasm32"))]

mod shipped;

use uncrumple::Error;
use uncrumple::attack::{Attack, Ball, Domain, Loss, Norm, Pgd, PgdSettings, Start, Stop, Task};
use uncrumple::data::{Chroma, Photo, resaved};
use uncrumple::formats::Quantized;
use uncrumple::labs::{Change, Frame, Run, Value, imagenet::Imagenet};
use uncrumple::rng::Rng;
use uncrumple::tensor::rows;

const GIBBON: u32 = 2;

fn bare(knobs: &[(&'static str, Value)]) -> Run {
    Run::new::<Imagenet>(knobs.iter().cloned(), 3).expect("knobs within their ranges")
}

fn fresh(knobs: &[(&'static str, Value)]) -> Run {
    let mut run = bare(knobs);
    shipped::supply(&mut run).expect("fair files");
    run
}

fn settled(run: &Run) -> Frame {
    while !run.measure(1_000) {}
    drawn(run)
}

fn drawn(run: &Run) -> Frame {
    let mut frame = Frame::default();
    run.draw(&mut frame);
    frame
}

fn channel<'a>(frame: &'a Frame, name: &str) -> &'a [f32] {
    &frame.get(name).unwrap_or_else(|| panic!("no channel {name}")).data
}

fn pairs(frame: &Frame, name: &str) -> Vec<[f32; 2]> {
    channel(frame, name).as_chunks::<2>().0.to_vec()
}

fn way(frame: &Frame) -> Vec<[f32; 5]> {
    channel(frame, "way").as_chunks::<5>().0.to_vec()
}

fn readout(run: &Run, frame: &Frame, id: &str) -> f32 {
    let numbers: Vec<_> = run.about().readouts.iter().filter(|r| r.id != "top1").collect();
    channel(frame, "readouts")[numbers.iter().position(|r| r.id == id).expect(id)]
}

fn push(frame: &Frame) -> Vec<f32> {
    channel(frame, "pushed").iter().zip(channel(frame, "original")).map(|(a, b)| a - b).collect()
}

fn largest(push: &[f32]) -> f32 {
    push.iter().fold(0.0, |most, v| most.max(v.abs()))
}

/// Root mean square.
fn size(push: &[f32]) -> f64 {
    (push.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / push.len() as f64).sqrt()
}

fn rgba(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let mut bytes = [width.to_le_bytes(), height.to_le_bytes()].concat();
    (0..height).for_each(|y| (0..width).for_each(|x| bytes.extend(pixel(x, y))));
    bytes
}

#[test]
fn it_waits_for_the_files_it_needs_and_for_no_others() {
    let mut run = bare(&[]);
    assert_eq!(run.ready(), Err(Error::NotSupplied { assets: "lite0.bin labels.txt panda.bin".into() }));
    assert!(matches!(run.step(1), Err(Error::NotSupplied { .. })));
    let empty = settled(&run);
    for channel in empty.iter().filter(|c| c.name != "readouts") {
        assert_eq!(channel.data.len(), 0, "{}", channel.name);
    }
    let numbers = channel(&empty, "readouts");
    assert!(numbers[..8].iter().all(|v| v.is_nan()) && numbers[8] == 0.0, "{numbers:?}");
    for name in ["panda.bin", "lite0.bin", "labels.txt"] {
        run.supply(name, &shipped::file(name)).unwrap();
    }
    run.step(3).unwrap();
    let before = settled(&run).hash();
    // Another photo is another run: refused, with what it takes, until that is there.
    let refused = Error::NotSupplied { assets: "koala.bin".into() };
    assert_eq!(run.set("photo", "koala".into()), Err(refused));
    assert_eq!((settled(&run).hash(), run.steps()), (before.clone(), 3));
    run.supply("koala.bin", &shipped::file("koala.bin")).unwrap();
    assert_eq!((settled(&run).hash(), run.steps()), (before, 3), "a file that waits to be needed");
    assert_eq!(run.set("photo", "koala".into()), Ok(Change::Restarted));
    run.step(1).unwrap();
}

#[test]
fn files_that_are_not_what_they_should_be_are_refused() {
    let mut run = bare(&[]);
    for (name, code) in [("lite0.bin", "network-file"), ("panda.bin", "image-file"), ("labels.txt", "csv")] {
        let whole = shipped::file(name);
        assert_eq!(run.supply(name, &[]).unwrap_err().code(), code, "{name}");
        if name != "labels.txt" {
            assert_eq!(run.supply(name, &whole[..whole.len() / 2]).unwrap_err().code(), code, "{name}");
        }
    }
    assert_eq!(run.supply("unicorn.bin", &[]).unwrap_err().code(), "unknown-asset");
    run.supply("lite0.bin", &shipped::file("lite0.bin")).unwrap();
    let short = Error::Length { what: "class names", expected: 10, got: 2 };
    assert_eq!(run.supply("labels.txt", b"hen\nox\n"), Err(short));
}

#[test]
fn what_is_told_is_told_of_bytes() {
    for norm in ["inf", "l2"] {
        for epsilon in [0.0, 0.5, 1.0, 2.75] {
            let mut run =
                fresh(&[("norm", norm.into()), ("epsilon", epsilon.into()), ("stepSize", 0.7.into())]);
            for _ in 0..12 {
                run.step(1).unwrap();
                let frame = settled(&run);
                let (pushed, by) = (channel(&frame, "pushed"), push(&frame));
                assert!(pushed.iter().all(|v| v.fract() == 0.0 && (0.0..=255.0).contains(v)));
                let inside = if norm == "inf" { f64::from(largest(&by)) } else { size(&by) };
                assert!(inside <= epsilon, "{norm}: {inside} of {epsilon}");
                assert_eq!(readout(&run, &frame, "linf"), largest(&by));
                let l2 = f64::from(readout(&run, &frame, "l2"));
                assert!((l2 - size(&by) * (by.len() as f64).sqrt() / 255.0).abs() < 1e-6);
                let noise = channel(&frame, "noisy").iter().zip(channel(&frame, "original"));
                let noise: Vec<f32> = noise.map(|(a, b)| a - b).collect();
                let inside = if norm == "inf" { f64::from(largest(&noise)) } else { size(&noise) };
                assert!(
                    inside <= epsilon && (epsilon < 1.0 || inside > 0.8 * epsilon.floor()),
                    "noise: {inside}"
                );
            }
            let moved = largest(&push(&drawn(&run)));
            assert_eq!(moved > 0.0, epsilon >= 1.0 || (norm == "l2" && epsilon > 0.0), "{norm} {epsilon}");
        }
    }
}

#[test]
fn its_channels_agree_with_one_another() {
    let mut run = fresh(&[("quality", 40.0.into())]);
    run.step(9).unwrap();
    let frame = settled(&run);
    assert_eq!(frame.get("pushed").unwrap().dims, [16, 48]);
    let (before, now, goal) = (pairs(&frame, "before"), pairs(&frame, "now"), pairs(&frame, "goal"));
    for name in ["before", "now", "underNoise", "afterJpeg"] {
        let top = pairs(&frame, name);
        assert!(top.len() == 5 && top.windows(2).all(|w| w[0][1] >= w[1][1]), "{name}: {top:?}");
    }
    assert_eq!(goal, [[before[0][0], GIBBON as f32]]);
    let way = way(&frame);
    assert_eq!(
        way.iter().map(|row| row[0]).collect::<Vec<_>>(),
        (0..=9).map(|i| i as f32).collect::<Vec<_>>()
    );
    assert_eq!(way[0][1..], [before[0][1], way[0][2], before[0][0], before[0][1]]);
    assert_eq!(way[9][3..], now[0]);
    assert_eq!(readout(&run, &frame, "confidence"), now[0][1]);
    assert_eq!(readout(&run, &frame, "targetConfidence"), way[9][2]);
    assert_eq!(readout(&run, &frame, "gradientEvaluations"), 9.0);
    assert_eq!(readout(&run, &frame, "step"), 9.0);
    let flipped = way.iter().find(|row| row[3] == GIBBON as f32).expect("the stand-in gives in")[0];
    assert_eq!(readout(&run, &frame, "flippedAtStep"), flipped);
    assert_eq!(frame.get_text("top1"), Some("gibbon"));
    let history = channel(&frame, "history").as_chunks::<3>().0;
    assert!(history.iter().zip(&way).all(|(h, w)| *h == [w[0], w[2], w[1]]));
    let pushed: Vec<u8> = channel(&frame, "pushed").iter().map(|v| *v as u8).collect();
    let expected = resaved(&pushed, [16, 16], 40, Chroma::Halved).unwrap();
    assert!(channel(&frame, "resaved").iter().zip(&expected).all(|(a, b)| *a == f32::from(*b)));
    let csv = String::from_utf8(run.export("history.csv").unwrap()).unwrap();
    assert!(csv.starts_with("step,original,goal,top,topProbability\n0,"), "{csv}");
    assert!(csv.lines().count() == 11 && csv.lines().last().unwrap().contains(",\"gibbon\","), "{csv}");
}

/// The attack of the library, with the same settings, ends at the same point.
#[test]
fn without_momentum_it_is_pgd() {
    let lite = Quantized::read(&shipped::file("lite0.bin"), [16, 16]).unwrap();
    let photo = Photo::read(&shipped::file("panda.bin")).unwrap();
    let clean: Vec<f32> = photo.pixels().iter().map(|v| (f32::from(*v) - 127.0) / 128.0).collect();
    let domain = Domain { low: -127.0 / 128.0, high: 1.0 };
    for (name, norm, unit) in [("inf", Norm::Inf, 1.0), ("l2", Norm::Two, (clean.len() as f32).sqrt())] {
        let task = Task::new(&clean, &[GIBBON], domain).unwrap().targeted();
        let ball = Ball { norm, epsilon: 3.0 * unit / 128.0 };
        let settings = PgdSettings {
            rate: 0.5 * unit / 128.0,
            loss: Loss::CrossEntropy,
            start: Start::Clean,
            stop: Stop::AtEnd,
            ..PgdSettings::new(ball, 15, 1)
        };
        let mut pgd = Pgd::new(task, settings, &Rng::seeded(1)).unwrap();
        pgd.run(&lite.net);
        let expected = pgd.adversarial();
        let knobs = [("norm", name.into()), ("epsilon", 3.0.into()), ("momentum", 0.0.into())];
        let mut run = fresh(&knobs);
        run.step(15).unwrap();
        let frame = drawn(&run);
        let far = rows(&expected).iter().zip(channel(&frame, "pushed"));
        let far = far.map(|(x, byte)| (x * 128.0 + 127.0 - byte).abs()).fold(0.0, f32::max);
        // Where it was rounded to: half a grey level at most, or as much more as keeps it in the ball.
        assert!(far <= if name == "inf" { 0.5 } else { 0.75 }, "{name}: {far}");
        assert_eq!(readout(&run, &frame, "gradientEvaluations"), pgd.gradients_spent() as f32);
    }
}

#[test]
fn momentum_goes_another_way_and_its_end_forgets_it() {
    let end = |knobs: &[(&'static str, Value)]| {
        let mut run = fresh(knobs);
        run.set("epsilon", 4.0.into()).unwrap();
        run.step(8).unwrap();
        run
    };
    let plain = push(&drawn(&end(&[])));
    let mut with = end(&[("momentum", 0.9.into())]);
    assert_ne!(push(&drawn(&with)), plain);
    let heavy = with.heap_bytes();
    with.set("momentum", 0.0.into()).unwrap();
    with.step(1).unwrap();
    assert!(with.heap_bytes() < heavy + 16 * 16 * 3 * 4 + 4_096);
}

#[test]
fn untargeted_it_leaves_its_class() {
    let mut run = fresh(&[("target", "none".into()), ("epsilon", 2.0.into())]);
    let class = pairs(&drawn(&run), "before")[0][0];
    run.step(20).unwrap();
    let frame = settled(&run);
    assert_eq!(pairs(&frame, "goal"), [[class, -1.0]]);
    assert_ne!(pairs(&frame, "now")[0][0], class);
    for row in way(&frame) {
        assert!((row[1] + row[2] - 1.0).abs() < 1e-6, "{row:?}");
    }
    assert!(readout(&run, &frame, "targetConfidence") > 0.5 && readout(&run, &frame, "flippedAtStep") >= 1.0);
}

#[test]
fn a_single_step_is_the_same_however_often_it_is_taken() {
    let mut run = fresh(&[("method", "fgsm".into()), ("epsilon", 3.0.into())]);
    run.step(1).unwrap();
    let once = push(&drawn(&run));
    let whole = once.iter().filter(|v| v.abs() == 3.0).count();
    // A pixel that is black or white has nowhere to go, and one that nothing depends on stays.
    assert!(largest(&once) == 3.0 && whole > once.len() / 2, "{whole} of {}", once.len());
    run.step(7).unwrap();
    assert_eq!(push(&drawn(&run)), once);
    assert_eq!(readout(&run, &drawn(&run), "gradientEvaluations"), 8.0);
    run.set("epsilon", 1.0.into()).unwrap();
    assert_eq!(largest(&push(&drawn(&run))), 1.0, "the ball is entered at once");
    run.set("epsilon", 5.0.into()).unwrap();
    run.step(1).unwrap();
    assert_eq!(largest(&push(&drawn(&run))), 5.0);
}

#[test]
fn its_goal_and_its_ball_may_change_on_the_way() {
    let mut run = fresh(&[("epsilon", 4.0.into())]);
    run.step(10).unwrap();
    let frame = drawn(&run);
    assert_eq!(frame.get_text("top1"), Some("gibbon"));
    assert_eq!(run.set("target", "hen".into()), Ok(Change::Live));
    let turned = drawn(&run);
    assert_eq!(channel(&turned, "pushed"), channel(&frame, "pushed"), "it goes on from where it is");
    assert!(readout(&run, &turned, "flippedAtStep").is_nan());
    run.step(20).unwrap();
    let frame = drawn(&run);
    assert_eq!(frame.get_text("top1"), Some("hen"));
    assert!(readout(&run, &frame, "flippedAtStep") > 10.0);
    run.set("epsilon", 2.0.into()).unwrap();
    let frame = settled(&run);
    assert_eq!((largest(&push(&frame)), way(&frame).len()), (2.0, 31));
    assert_eq!(way(&frame)[30][4], pairs(&frame, "now")[0][1], "the last row is of the smaller push");
    // And all of it again, from a link and through time.
    let (hash, trail) = (frame.hash(), run.trail().expect("a few knobs"));
    run.seek(4).unwrap();
    run.seek(30).unwrap();
    assert_eq!(settled(&run).hash(), hash);
    let mut linked = fresh(&[("epsilon", 4.0.into())]);
    linked.follow(&trail).unwrap();
    linked.seek(30).unwrap();
    assert_eq!(settled(&linked).hash(), hash);
}

#[test]
fn a_target_that_no_class_is_called_by_is_refused() {
    let mut run = fresh(&[]);
    run.step(2).unwrap();
    let before = settled(&run).hash();
    let unknown = Error::Choice { name: "target".into(), value: "unicorn".into() };
    assert_eq!(run.set("target", "unicorn".into()), Err(unknown.clone()));
    assert_eq!(settled(&run).hash(), before);
    let mut run = bare(&[("target", "unicorn".into())]);
    run.supply("lite0.bin", &shipped::file("lite0.bin")).unwrap();
    assert_eq!(run.supply("labels.txt", &shipped::file("labels.txt")), Err(unknown));
    assert_eq!(run.set("target", "x".repeat(500).as_str().into()).unwrap_err().code(), "too-many");
}

#[test]
fn what_is_measured_of_noise_is_measured_once_and_of_jpeg_at_every_step() {
    let mut run = fresh(&[]);
    run.step(1).unwrap();
    let units = |run: &Run| (1..).find(|_| run.measure(1)).unwrap();
    assert_eq!(units(&run), 4);
    let noise = channel(&drawn(&run), "noisy").to_vec();
    run.step(1).unwrap();
    assert_eq!(units(&run), 1);
    assert_eq!(channel(&drawn(&run), "noisy"), noise);
    run.set("quality", 10.0.into()).unwrap();
    assert_eq!(units(&run), 1);
    run.set("epsilon", 3.0.into()).unwrap();
    assert_eq!(units(&run), 4);
    assert_ne!(channel(&drawn(&run), "noisy"), noise);
}

#[test]
fn a_photo_of_the_visitors_takes_the_place_of_the_shipped_one() {
    let mut run = fresh(&[("photo", "yours".into())]);
    assert_eq!(run.step(1), Err(Error::Refused { what: "no-photo" }));
    assert_eq!(channel(&settled(&run), "original").len(), 0);
    let mut run = fresh(&[]);
    run.step(2).unwrap();
    let photo = rgba(3_000, 2_600, |x, y| [x as u8, y as u8, (x * y) as u8, if x < 300 { 0 } else { 255 }]);
    run.load("photo", &photo).unwrap();
    assert_eq!((run.steps(), run.config().get("photo")), (2, &Value::from("yours")));
    let frame = settled(&run);
    assert_eq!(frame.get("original").unwrap().dims, [224, 672]);
    assert_eq!((largest(&push(&frame)), way(&frame).len()), (0.0, 1));
    assert_eq!(channel(&frame, "original")[..3], [255.0; 3], "what shines through is white");
    assert!(
        run.heap_bytes() < 6 << 20,
        "of a large photo a small one is remembered: {} bytes",
        run.heap_bytes()
    );
    run.step(2).unwrap();
    let (hash, kept) = (settled(&run).hash(), channel(&drawn(&run), "original").to_vec());
    run.seek(1).unwrap();
    assert_eq!(drawn(&run).get("original").unwrap().dims, [16, 48], "before it was loaded");
    run.seek(4).unwrap();
    assert_eq!(settled(&run).hash(), hash);
    // It stays with the visitor: through another photo, and a new run.
    run.set("photo", "koala".into()).unwrap();
    run.set("photo", "yours".into()).unwrap();
    run.restart(9).unwrap();
    assert_eq!(channel(&drawn(&run), "original"), kept);
    assert_eq!(run.steps(), 0);
    assert_eq!(run.trail(), None, "too much for a link");
}

#[test]
fn what_is_no_photo_is_refused_and_changes_nothing() {
    let mut run = fresh(&[]);
    run.step(2).unwrap();
    let before = settled(&run).hash();
    let whole = rgba(20, 20, |x, y| [x as u8, y as u8, 0, 255]);
    for (bytes, code) in [
        (&whole[..0], "image-file"),
        (&whole[..7], "image-file"),
        (&whole[..8], "length"),
        (&whole[..whole.len() - 1], "length"),
        (&[whole.as_slice(), &[0]].concat(), "length"),
        (&rgba(0, 20, |_, _| [0; 4]), "image-file"),
        (&rgba(20, 0, |_, _| [0; 4]), "image-file"),
        (&[&10_001u32.to_le_bytes()[..], &10_000u32.to_le_bytes(), &[0; 64]].concat(), "too-many"),
        (&[0xFF; 64], "too-many"),
    ] {
        assert_eq!(run.load("photo", bytes).unwrap_err().code(), code, "{} bytes", bytes.len());
    }
    assert_eq!(run.load("picture", &whole).unwrap_err().code(), "unknown-asset");
    assert_eq!((settled(&run).hash(), run.config().get("photo")), (before, &Value::from("panda")));
}

/// At the true size: 200 steps with momentum and a point each, all kept moments counted.
#[test]
fn the_past_of_two_hundred_steps_stays_within_its_budget() {
    let mut run = bare(&[("momentum", 0.5.into())]);
    for name in ["lite0.bin", "labels.txt"] {
        run.supply(name, &shipped::file(name)).unwrap();
    }
    run.supply("panda.bin", &shipped::photo_of([224, 224], 1)).unwrap();
    for _ in 0..200 {
        run.step(1).unwrap();
        assert!(run.heap_bytes() < 40 << 20, "{} bytes at step {}", run.heap_bytes(), run.steps());
    }
    println!("{} bytes, a moment every {} steps", run.heap_bytes(), run.stride());
    assert!(run.stride() <= 8, "{} steps to go back to a moment", run.stride());
}
