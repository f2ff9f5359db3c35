//! Numbers of foolbox 3.3.4 on the network of the `digits` lab and the digits that ship. `tests/golden/digits_attacks.py` made
//! them from the parameters that `writes_the_network_of_digits` exports.
//!
//! The network reads every one of these digits: those it misreads we leave alone, and foolbox would push.

use crate::foolbox::mean;
use crate::nets::{decisions, flat, logits};
use crate::pictures;
use serde::Deserialize;
use std::sync::LazyLock;
use uncrumple::attack::*;
use uncrumple::formats::safetensors;
use uncrumple::labs::{Run, digits::Digits};
use uncrumple::nn::{Activation, Init, Network, Padding, Spec};
use uncrumple::rng::Rng;
use uncrumple::tensor::Shape;
use uncrumple::train::Examples;

/// Digits of the smallest pushes by Carlini & Wagner.
const FEW: usize = 60;
const COURSE: u32 = 1_900;
const NETWORK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/digits_network.bin");

static GOLDEN: LazyLock<Golden> =
    LazyLock::new(|| serde_json::from_str(include_str!("../golden/digits_attacks.json")).unwrap());
static TEST: LazyLock<Examples> = LazyLock::new(|| pictures::examples("digits-test", 100));
static NET: LazyLock<Network> = LazyLock::new(|| {
    let (mut net, bytes) = (untrained(), std::fs::read(NETWORK).unwrap());
    assert_eq!(bytes.len(), 4 * net.params.len());
    for (p, bytes) in net.params.iter_mut().zip(bytes.chunks_exact(4)) {
        *p = f32::from_le_bytes(bytes.try_into().unwrap());
    }
    net
});

#[derive(Deserialize)]
struct Golden {
    clean: Read,
    pushes: Vec<Pushed>,
    deepfool: DeepFools,
    deepfool_boxed: Boxed,
    wagner: Wagners,
}

/// Class of each row, and by how much its logit leads.
#[derive(Deserialize)]
struct Read {
    classes: Vec<u32>,
    gaps: Vec<f32>,
}

#[derive(Deserialize)]
struct Pushed {
    epsilon: f32,
    fgsm: Read,
    pgd: Read,
    /// Accuracies under starts that foolbox drew.
    own: Vec<f32>,
}

#[derive(Deserialize)]
struct DeepFools {
    sizes: Vec<f32>,
    rho: f32,
}

#[derive(Deserialize)]
struct Boxed {
    rho: f32,
    /// Mean length over the first [`FEW`].
    mean: f32,
}

#[derive(Deserialize)]
struct Wagners {
    success: f32,
    mean: f32,
}

/// Lengths of DeepFool's pushes in the box of pictures.
static BOXED: LazyLock<Vec<f32>> = LazyLock::new(|| deepfool(Domain::IMAGE));

/// The lab's default network before its course.
fn untrained() -> Network {
    let init = Init::He;
    let conv = |channels| Spec::conv(channels, 3, 1, Padding::Same, init);
    let relu = || Spec::Activation { function: Activation::Relu };
    let pool = || Spec::max_pool(2, 2);
    let dense = Spec::Dense { units: 10, init };
    let layers = [conv(8), relu(), pool(), conv(16), relu(), pool(), dense];
    let shape = Shape { height: 28, width: 28, channels: 1 };
    Network::chain(shape, &layers, &mut Rng::seeded(1)).unwrap()
}

#[test]
#[ignore = "writes tests/golden/digits_network.bin, which tests/golden/digits_attacks.py reads"]
fn writes_the_network_of_digits() {
    let mut run = Run::new::<Digits>(std::iter::empty(), 1).unwrap();
    for name in ["digits-train", "digits-test", "clothes-test"] {
        run.supply(&format!("{name}.bin"), &pictures::unpacked(name)).unwrap();
    }
    run.step(COURSE).unwrap();
    let (mut net, file) = (untrained(), run.export("network.safetensors").unwrap());
    safetensors::File::read(&file).and_then(|file| file.fill(&mut net)).unwrap();
    std::fs::write(NETWORK, net.params.iter().flat_map(|p| p.to_le_bytes()).collect::<Vec<u8>>()).unwrap();
}

fn rows(count: usize, domain: Domain) -> Task {
    Task::new(&TEST.x[..784 * count], &TEST.classes[..count], domain).unwrap()
}

/// Even in ±ε: of pixel i the finisher of MurmurHash3 of i + 1, its upper 24 bits.
fn noise(epsilon: f32) -> Vec<f32> {
    let even = |i: u32| {
        let h = (i ^ (i >> 16)).wrapping_mul(0x85EB_CA6B);
        let h = (h ^ (h >> 13)).wrapping_mul(0xC2B2_AE35);
        ((h ^ (h >> 16)) >> 8) as f32 / (1 << 24) as f32
    };
    (1..=TEST.x.len() as u32).map(|i| epsilon * (2.0 * even(i) - 1.0)).collect()
}

/// 40 steps of ε / 30: foolbox's default, and the lab's published setting.
fn published(epsilon: f32) -> PgdSettings {
    let ball = Ball { norm: Norm::Inf, epsilon };
    PgdSettings {
        rate: epsilon / 30.0,
        start: Start::Random,
        loss: Loss::CrossEntropy,
        stop: Stop::AtEnd,
        ..PgdSettings::new(ball, 40, 1)
    }
}

/// Asserts that `attack` leads every digit to the class that foolbox leads it to, where foolbox's two top logits are apart.
fn agree(name: &str, mut attack: Pgd, theirs: &Read) {
    attack.run(&NET);
    let ours = decisions(&NET, &flat(attack.adversarial()));
    let (mut compared, mut kept) = (0, 0);
    for (i, (&class, &gap)) in theirs.classes.iter().zip(&theirs.gaps).enumerate() {
        kept += u32::from(class == TEST.classes[i]);
        if gap > 1e-3 {
            assert_eq!(ours[i], class, "{name}, digit {i}, where foolbox's leads by {gap}");
            compared += 1;
        }
    }
    println!(
        "{name}: {compared} alike; {:.0} of 100 withstand, foolbox {kept}",
        100.0 * attack.robust_accuracy()
    );
    assert!(compared >= 90, "{name}: only {compared} compared");
}

#[test]
fn the_network_of_digits_reads_as_it_does_there() {
    let read = logits(&NET, &TEST.x);
    for (i, row) in read.iter().enumerate() {
        let mut sorted = row.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        let (gap, theirs) = (sorted[0] - sorted[1], GOLDEN.clean.gaps[i]);
        assert!((gap - theirs).abs() <= 1e-3 * theirs + 1e-4, "digit {i}: leads by {gap}, there {theirs}");
    }
    assert_eq!(decisions(&NET, &TEST.x), GOLDEN.clean.classes);
    assert_eq!(GOLDEN.clean.classes, TEST.classes, "not one of these is misread");
}

#[test]
fn one_step_leads_digits_where_it_leads_them_there() {
    for pushed in &GOLDEN.pushes {
        let settings = PgdSettings::one_step(Ball { norm: Norm::Inf, epsilon: pushed.epsilon });
        let attack = Pgd::new(rows(100, Domain::IMAGE), settings, &Rng::seeded(1)).unwrap();
        agree(&format!("FGSM {}", pushed.epsilon), attack, &pushed.fgsm);
    }
}

#[test]
fn forty_steps_from_the_same_noise_lead_digits_where_they_lead_them_there() {
    for pushed in &GOLDEN.pushes {
        let attack = Pgd::new(rows(100, Domain::IMAGE), published(pushed.epsilon), &Rng::seeded(1)).unwrap();
        let attack = attack.starting_at(&noise(pushed.epsilon)).unwrap();
        agree(&format!("PGD {}", pushed.epsilon), attack, &pushed.pgd);
    }
}

#[test]
fn forty_steps_from_our_own_noise_leave_as_many_digits_read() {
    for pushed in &GOLDEN.pushes {
        let ours = [1, 2, 3].map(|seed| {
            let task = rows(100, Domain::IMAGE);
            let mut attack = Pgd::new(task, published(pushed.epsilon), &Rng::seeded(seed)).unwrap();
            attack.run(&NET);
            attack.robust_accuracy()
        });
        println!("ε {}: {ours:?}, foolbox {:?}", pushed.epsilon, pushed.own);
        assert!((mean(&ours) - mean(&pushed.own)).abs() <= 0.015, "ε {}: {ours:?}", pushed.epsilon);
    }
}

/// ρ = mean ‖push‖ / ‖x‖, as in the paper.
fn rho(sizes: &[f32]) -> f32 {
    let lengths = TEST.x.chunks_exact(784).map(|x| Norm::Two.of(x));
    mean(&sizes.iter().zip(lengths).map(|(size, length)| size / length).collect::<Vec<_>>())
}

fn deepfool(domain: Domain) -> Vec<f32> {
    let mut attack = DeepFool::new(rows(100, domain), DeepFoolSettings::new(Norm::Two)).unwrap();
    attack.run(&NET);
    assert!(attack.status().iter().all(|s| *s != Status::NotFound));
    attack.sizes().to_vec()
}

/// Where pixels may be anything. In the box of pictures foolbox's sum of steps goes on outside it, and ours starts again at its
/// wall: that is the lab's, and it goes no further.
#[test]
fn deepfool_pushes_digits_as_far() {
    let wide = deepfool(Domain { low: -10.0, high: 10.0 });
    let apart = wide.iter().zip(&GOLDEN.deepfool.sizes).map(|(a, b)| (a - b).abs());
    let apart = apart.fold(0.0, f32::max);
    let (ours, theirs) = (rho(&wide), GOLDEN.deepfool.rho);
    println!("ρ {ours}, foolbox {theirs}; digits at most {apart:e} apart");
    assert!((ours / theirs - 1.0).abs() <= 1e-3, "ρ {ours}, foolbox {theirs}");
    assert!(apart <= 1e-4, "a digit differs by {apart}");
    let boxed = rho(&BOXED);
    println!("in the box: ρ {boxed}, foolbox {}", GOLDEN.deepfool_boxed.rho);
    assert!(boxed <= GOLDEN.deepfool_boxed.rho, "in the box: ρ {boxed}");
}

/// By foolbox's counts of descents and updates, and by the lab's, a fifth of them. Foolbox keeps its rate of 0.05; ours falls in a
/// line to a hundredth of its first, so 0.1 goes as far.
#[test]
fn carlini_wagner_pushes_digits_no_further_and_less_than_deepfool() {
    let (theirs, boxed) = (&GOLDEN.wagner, GOLDEN.deepfool_boxed.mean);
    assert_eq!(theirs.success, 1.0);
    let fool = mean(&BOXED[..FEW]);
    println!("foolbox: {}; DeepFool {fool}, foolbox's {boxed}", theirs.mean);
    for (name, searches, steps, rate, constant) in
        [("6 × 300", 6, 300, 0.1, 1.0), ("the lab's 4 × 100", 4, 100, 0.3, 0.5)]
    {
        let one = CarliniWagnerSettings::new(Norm::Two);
        let settings = CarliniWagnerSettings { rate, steps, searches, constant, ..one };
        let mut attack = CarliniWagner::new(rows(FEW, Domain::IMAGE), settings, &Rng::seeded(1)).unwrap();
        attack.run(&NET);
        println!("{name}: {}", attack.mean_size());
        assert_eq!(attack.status(), [Status::Found; FEW], "{name}");
        assert!(attack.mean_size() <= 1.05 * theirs.mean, "{name}: foolbox {}", theirs.mean);
        assert!(attack.mean_size() < fool.min(boxed), "{name}: DeepFool {fool}, foolbox's {boxed}");
    }
}
