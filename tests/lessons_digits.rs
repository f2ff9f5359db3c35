//! What the `digits` lab claims, on the digits that ship: what its networks read, what pushes do to them, what training against
//! pushes and bounds gains.
//!
//! Beside it `tests/golden/digits.json`: PyTorch's training of the same network by the same recipe (`tests/golden/digits.py`).
//! A seed or two in every test run, five when `LESSONS=all` (`./build.sh lessons`), which also prints the numbers.
#![cfg(not(target_arch = "wasm32"))]

mod pictures;

use serde::Deserialize;
use std::sync::LazyLock;
use uncrumple::attack::*;
use uncrumple::formats::safetensors::File;
use uncrumple::kernel::clamp;
use uncrumple::labs::{Run, Value, digits::Digits};
use uncrumple::nn::interval::Bounds;
use uncrumple::nn::{Activation, Init, Network, Padding, Spec};
use uncrumple::objective::argmax;
use uncrumple::probe::zero_gradients;
use uncrumple::rng::Rng;
use uncrumple::tensor::{Shape, batch};
use uncrumple::train::{self, Evaluation, Examples, evaluate};

type Knobs<'a> = &'a [(&'a str, Value)];

static FILES: LazyLock<[(&str, Vec<u8>); 3]> = LazyLock::new(|| {
    ["digits-train", "digits-test", "clothes-test"].map(|name| (name, pictures::unpacked(name)))
});
/// All 2,000 test digits, and the 300 that the lab's curves are taken on.
static TEST: LazyLock<Examples> = LazyLock::new(|| pictures::examples("digits-test", 2_000));
static FEW: LazyLock<Examples> = LazyLock::new(|| pictures::examples("digits-test", 300));
/// The default network after its course.
static STANDARD: LazyLock<Network> = LazyLock::new(|| trained(&[], 1));

fn seeds(few: u32) -> std::ops::RangeInclusive<u32> {
    1..=if std::env::var_os("LESSONS").is_some_and(|v| v == "all") { 5 } else { few }
}

/// A run of the lab, supplied.
fn run(knobs: Knobs, seed: u32) -> Run {
    let mut run = Run::new::<Digits>(knobs.iter().cloned(), seed).expect("knobs within their ranges");
    for (name, bytes) in &*FILES {
        run.supply(&format!("{name}.bin"), bytes).expect("a file of pictures");
    }
    run
}

/// The network of a run after its course.
fn trained(knobs: Knobs, seed: u32) -> Network {
    let mut run = run(knobs, seed);
    let setting = |id| run.config().iter().find(|(k, _)| *k == id).expect("a knob").1.clone();
    let (Value::Number(course), Value::Text(kind)) = (setting("course"), setting("network")) else {
        panic!("other knobs")
    };
    run.step(course as u32).expect("it trains");
    let init = Init::He;
    let conv = |channels| Spec::conv(channels, 3, 1, Padding::Same, init);
    let relu = || Spec::Activation { function: Activation::Relu };
    let channels = if kind == "large" { 16 } else { 8 };
    let pool = || Spec::max_pool(2, 2);
    let dense = Spec::Dense { units: 10, init };
    let layers = [conv(channels), relu(), pool(), conv(2 * channels), relu(), pool(), dense];
    let shape = Shape { height: 28, width: 28, channels: 1 };
    let mut net = Network::chain(shape, &layers, &mut Rng::seeded(1)).expect("a fair network");
    let file = run.export("network.safetensors").expect("a file");
    File::read(&file).and_then(|file| file.fill(&mut net)).expect("this network's file");
    net
}

fn accuracy(net: &Network, examples: &Examples) -> f32 {
    evaluate(net, train::Loss::CrossEntropy, examples, &mut Evaluation::default()).1
}

fn task() -> Task {
    Task::new(&FEW.x, &FEW.classes, Domain::IMAGE).expect("a class a row")
}

fn inf(epsilon: f32) -> Ball {
    Ball { norm: Norm::Inf, epsilon }
}

fn robust(net: &Network, settings: PgdSettings) -> f32 {
    let mut attack = Pgd::new(task(), settings, &Rng::seeded(1)).expect("fair settings");
    attack.run(net);
    attack.robust_accuracy()
}

/// k steps of 2.5 ε / k from the clean picture.
fn pushed(net: &Network, epsilon: f32, steps: u32) -> f32 {
    robust(net, PgdSettings::new(inf(epsilon), steps, 1))
}

fn noise(net: &Network, epsilon: f32, draw: Draw) -> f32 {
    let noise = Noise::new(task(), inf(epsilon), draw, 5, &Rng::seeded(1)).expect("fair settings");
    let mut noise = noise.at_walls(Wall::Stop);
    noise.run(net);
    noise.accuracy()
}

/// Share of digits whose class no picture within ε changes, by interval bounds.
fn certified(net: &Network, epsilon: f32) -> f32 {
    let end = |by: f32| FEW.x.iter().map(|v| clamp(v + by, 0.0, 1.0)).collect::<Vec<f32>>();
    let (low, high) = (end(-epsilon), end(epsilon));
    let (mut bounds, mut z) = (Bounds::default(), vec![0.0; 10 * FEW.len()]);
    bounds.take(net, batch(&low, 784), batch(&high, 784)).expect("layers with bounds");
    bounds.worst(&FEW.classes, &mut z);
    let kept = z.chunks(10).zip(&FEW.classes).filter(|(z, class)| argmax(z) == **class as usize).count();
    kept as f32 / FEW.len() as f32
}

#[derive(Deserialize)]
struct Golden {
    rate: f64,
    batch: f64,
    steps: f64,
    shift: u32,
    accuracies: Vec<f32>,
}

fn sorted(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    values
}

#[test]
fn the_default_network_reads_digits_as_well_as_one_of_pytorch() {
    let golden: Golden = serde_json::from_str(include_str!("golden/digits.json")).expect("digits.py's");
    let about = run(&[], 1);
    for (id, value) in [("rate", golden.rate), ("batch", golden.batch), ("course", golden.steps)] {
        let knob = about.config().iter().find(|(k, _)| *k == id).expect("a knob");
        assert_eq!(knob.1, Value::from(value), "{id}: the golden was made with another");
    }
    assert_eq!(golden.shift, 2);
    let mut ours = vec![accuracy(&STANDARD, &TEST)];
    ours.extend(seeds(2).skip(1).map(|seed| accuracy(&trained(&[], seed), &TEST)));
    println!("default: {ours:?}, PyTorch {:?}", golden.accuracies);
    let (ours, theirs) = (sorted(ours), sorted(golden.accuracies));
    let median = |v: &[f32]| v[v.len() / 2];
    assert!(median(&ours) >= 0.97 && ours[0] >= 0.96, "{ours:?}");
    assert!(median(&ours) >= median(&theirs) - 0.01, "{ours:?}, PyTorch {theirs:?}");
}

/// It wants a longer course than the default's: after 1,900 steps two seeds of five are at 0.979.
#[test]
fn a_larger_network_reads_more() {
    for seed in seeds(1) {
        let large = trained(&[("network", "large".into()), ("course", 3000.0.into())], seed);
        let large = accuracy(&large, &TEST);
        println!("large, seed {seed}: {large}");
        assert!(large >= 0.98, "{large}");
    }
}

/// The published setting: ε 0.3, 40 steps of 0.01 from anywhere in the ball.
#[test]
fn the_default_network_withstands_noise_and_no_push_of_that_size() {
    let net = &*STANDARD;
    let madry = PgdSettings {
        rate: 0.01,
        start: Start::Random,
        loss: Loss::CrossEntropy,
        stop: Stop::AtEnd,
        ..PgdSettings::new(inf(0.3), 40, 1)
    };
    let (worst, signs, even) =
        (robust(net, madry), noise(net, 0.3, Draw::Surface), noise(net, 0.3, Draw::Ball));
    println!("ε 0.3: pushed {worst}, random signs {signs}, even noise {even}");
    assert!(worst <= 0.02, "pushed {worst}");
    assert!(signs >= 0.7, "random signs {signs}");
    assert!(even >= 0.9, "even noise {even}");
}

/// Carlini et al. 2019: what must hold where gradients are not masked.
#[test]
fn gradients_are_not_masked() {
    let net = &*STANDARD;
    let mut before = 1.0;
    for epsilon in [0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3] {
        let iterated = pushed(net, epsilon, 20);
        let once = robust(net, PgdSettings::one_step(inf(epsilon)));
        let proved = certified(net, epsilon);
        println!("ε {epsilon}: {iterated} after 20 steps, {once} after one, {proved} proved");
        assert!(iterated <= before + 0.01, "ε {epsilon}: {iterated} after {before}");
        assert!(iterated <= once + 0.005, "ε {epsilon}: 20 steps {iterated}, one {once}");
        assert!(proved <= iterated, "ε {epsilon}: proved {proved}, pushed {iterated}");
        assert!(epsilon < 0.02 || proved <= 0.02, "ε {epsilon}: intervals prove {proved} of a plain network");
        before = iterated;
    }
    assert_eq!(pushed(net, 1.0, 20), 0.0, "any picture can be reached");
    let tries = [1, 3].map(|tries| robust(net, PgdSettings::new(inf(0.05), 20, tries)));
    println!("ε 0.05: one try {}, three {}", tries[0], tries[1]);
    assert!(tries[1] <= tries[0]);
    let zeros = zero_gradients(net, &FEW.x, &FEW.classes);
    println!("zero gradients: {zeros:?}");
    assert!(zeros.rows <= 0.01, "{zeros:?}");
}

#[test]
fn the_smallest_pushes_are_found_for_every_digit() {
    let (net, n) = (&*STANDARD, 60);
    let task = || Task::new(&FEW.x[..n * 784], &FEW.classes[..n], Domain::IMAGE).expect("a class a row");
    let mut fool = DeepFool::new(task(), DeepFoolSettings::new(Norm::Two)).expect("fair settings");
    fool.run(net);
    let settings = CarliniWagnerSettings {
        rate: 0.3,
        steps: 100,
        searches: 4,
        constant: 0.5,
        ..CarliniWagnerSettings::new(Norm::Two)
    };
    let mut wagner = CarliniWagner::new(task(), settings, &Rng::seeded(1)).expect("fair settings");
    wagner.run(net);
    println!("mean ‖·‖₂: DeepFool {}, Carlini & Wagner {}", fool.mean_size(), wagner.mean_size());
    assert_eq!((fool.robust_accuracy(), wagner.robust_accuracy()), (0.0, 0.0), "all are found");
    assert!(wagner.mean_size() <= fool.mean_size());
}

#[test]
fn training_against_pushes_withstands_them() {
    let knobs = [
        ("training", Value::from("adversarial")),
        ("trainEpsilon", 0.2.into()),
        ("course", ADVERSARIAL.into()),
    ];
    for seed in seeds(1) {
        let net = trained(&knobs, seed);
        let [clean, worst, further] = [accuracy(&net, &TEST), pushed(&net, 0.2, 40), pushed(&net, 0.3, 40)];
        println!("adversarial  seed {seed}: clean {clean:.4}, PGD-40 at 0.2 {worst:.3}, at 0.3 {further:.3}");
        assert!(worst >= 0.65, "pushed {worst}");
        assert!(clean >= 0.93, "clean {clean}");
        let zeros = zero_gradients(&net, &FEW.x, &FEW.classes);
        assert!(zeros.rows <= 0.02, "it is no blindness: {zeros:?}");
    }
}

#[test]
fn training_against_bounds_proves_what_it_withstands() {
    let knobs = [("training", Value::from("certified")), ("trainEpsilon", CERTIFIED_EPSILON.into())];
    for seed in seeds(1) {
        let net = trained(&knobs, seed);
        let (clean, proved, worst) = (accuracy(&net, &TEST), certified(&net, 0.1), pushed(&net, 0.1, 40));
        println!("certified    seed {seed}: clean {clean:.4}, at 0.1 proved {proved:.3}, PGD-40 {worst:.3}");
        assert!(proved >= 0.6, "proved {proved}");
        assert!(clean >= 0.93, "clean {clean}");
        assert!(proved <= worst, "a proof that an attack refutes: {proved}, {worst}");
    }
}

/// A digit of the test set, brought as a picture of twice its size and off its place, is put back as MNIST puts digits.
#[test]
fn a_picture_of_a_digit_is_made_into_that_digit() {
    let mut run = run(&[], 1);
    let (mut same, mut least) = (0, 1.0_f32);
    for i in 0..40 {
        let digit = run.ask("item", &[i as f32]).expect("a test digit");
        let (right, down) = (i % 9, (7 * i) % 9);
        let mut file = vec![64, 64];
        file.extend((0..64 * 64).map(|p| {
            let (x, y) = ((p % 64 - right) / 2, (p / 64 - down) / 2);
            let inside = p % 64 >= right && p / 64 >= down && x < 28 && y < 28;
            if inside { (digit[(28 * y + x) as usize] * 255.0) as u8 } else { 0 }
        }));
        run.load("picture.grey", &file).expect("a picture");
        let again = run.ask("item", &[-1.0]).expect("the drawing");
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let cosine = dot(&digit, &again) / (dot(&digit, &digit) * dot(&again, &again)).sqrt();
        least = least.min(cosine);
        let [a, b] = [digit, again].map(|x| {
            let one = Examples { x, width: 784, classes: vec![FEW.classes[i as usize]] };
            accuracy(&STANDARD, &one)
        });
        same += u32::from(a == b);
    }
    println!("brought as pictures: {same} of 40 read alike, least cosine {least}");
    assert!(same >= 39 && least > 0.85, "{same} of 40, least cosine {least}");
}

/// A length of course that reaches the bars in a test's time; the lab's own default reaches them too, by further. Against bounds it takes
/// the whole: after 1,200 steps one seed of three has a clean accuracy of 0.9275.
const ADVERSARIAL: f64 = 700.0;
const CERTIFIED_EPSILON: f64 = 0.12;
