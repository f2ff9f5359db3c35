//! Chance: the generator's reference numbers, its moments, its forks; starting weights; dropout.

use crate::common::{chain, dense, points};
use uncrumple::nn::{Init, Mode, Network, Spec, Trace};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Batch, Shape, rows};

/// O'Neill's pcg32 from its 64-bit definition, written out again.
struct Pcg {
    state: u64,
    increment: u64,
}

impl Pcg {
    fn new(seed: u64, stream: u64) -> Self {
        let mut pcg = Self { state: 0, increment: stream << 1 | 1 };
        pcg.next();
        pcg.state = pcg.state.wrapping_add(seed);
        pcg.next();
        pcg
    }

    fn next(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(self.increment);
        let xored = ((old >> 18 ^ old) >> 27) as u32;
        xored.rotate_right((old >> 59) as u32)
    }
}

#[test]
fn the_stream_is_pcg32() {
    // The demo of the reference implementation: pcg32_srandom(42, 54).
    let mut reference = Pcg::new(42, 54);
    let first = [0xa15c_02b7, 0x7b47_f409, 0xba1d_3330, 0x83d2_f293, 0xbfa4_784b, 0xcbed_606e];
    assert_eq!(first.map(|_| reference.next()), first);
    for seed in [0, 1, 42, u32::MAX] {
        let (mut ours, mut theirs) = (Rng::seeded(seed), Pcg::new(seed.into(), 0x0A02_BDBF_7BB3_C0A7));
        assert!((0..1_000).all(|_| ours.next_u32() == theirs.next()), "seed {seed}");
    }
}

/// Mean and variance.
fn moments(x: &[f64]) -> (f64, f64) {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    (mean, x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / x.len() as f64)
}

#[test]
fn uniform_numbers_have_the_moments_of_uniform_numbers() {
    let mut rng = Rng::seeded(1);
    let x: Vec<f64> = (0..200_000).map(|_| f64::from(rng.uniform())).collect();
    assert!(x.iter().all(|x| (0.0..1.0).contains(x)));
    let (mean, variance) = moments(&x);
    // Five standard errors: 0.2887 / √N, 0.0745 / √N.
    assert!((mean - 0.5).abs() < 5.0 * 0.2887 / 447.0, "{mean}");
    assert!((variance - 1.0 / 12.0).abs() < 5.0 * 0.0745 / 447.0, "{variance}");
    assert!((0..1_000).map(|_| rng.range(-2.0, 3.0)).all(|x| (-2.0..3.0).contains(&x)));
}

#[test]
fn normal_numbers_have_the_moments_of_normal_numbers() {
    let mut rng = Rng::seeded(2);
    let x: Vec<f64> = (0..200_000).map(|_| f64::from(rng.normal())).collect();
    let (mean, variance) = moments(&x);
    assert!(mean.abs() < 5.0 / 447.0, "{mean}");
    assert!((variance - 1.0).abs() < 5.0 * 2f64.sqrt() / 447.0, "{variance}");
    let fourth = x.iter().map(|x| x.powi(4)).sum::<f64>() / x.len() as f64;
    assert!((fourth - 3.0).abs() < 5.0 * 9.8 / 447.0, "kurtosis {fourth}");
    let within = x.iter().filter(|x| x.abs() < 1.96).count() as f64 / x.len() as f64;
    assert!((within - 0.95).abs() < 0.0025, "{within}");
}

#[test]
fn below_is_without_bias() {
    let mut rng = Rng::seeded(3);
    for n in [1u32, 2, 3, 7, 10] {
        let mut counts = vec![0f64; n as usize];
        (0..100_000).for_each(|_| counts[rng.below(n) as usize] += 1.0);
        let expected = 100_000.0 / f64::from(n);
        let chi2: f64 = counts.iter().map(|c| (c - expected) * (c - expected) / expected).sum();
        // 9 degrees of freedom exceed 28 once in a thousand.
        assert!(chi2 < 28.0, "below({n}): χ² = {chi2}");
    }
    // Multiplying without rejection would give every third of these numbers twice its share.
    let thirds = (0..100_000).filter(|_| rng.below(3 << 30).is_multiple_of(3)).count();
    assert!((thirds as f64 - 33_333.0).abs() < 5.0 * 149.0, "{thirds} of 100000");
}

#[test]
fn shuffling_gives_every_order_its_share() {
    let mut rng = Rng::seeded(4);
    let mut counts = std::collections::BTreeMap::new();
    for _ in 0..24_000 {
        let mut order = [0, 1, 2, 3];
        rng.shuffle(&mut order);
        *counts.entry(order).or_insert(0f64) += 1.0;
    }
    assert_eq!(counts.len(), 24);
    let chi2: f64 = counts.values().map(|c| (c - 1_000.0) * (c - 1_000.0) / 1_000.0).sum();
    assert!(chi2 < 50.0, "χ² = {chi2} with 23 degrees of freedom");
}

#[test]
fn forks_are_independent_of_each_other_and_of_their_parent() {
    let parent = Rng::seeded(5);
    let mut streams: Vec<Rng> = (0..12).map(|purpose| parent.fork(purpose)).collect();
    streams.push(parent.clone());
    streams.push(Rng::seeded(6));
    streams.push(Rng::seeded(6).fork(0));
    streams.push(parent.fork(0).fork(0));
    let drawn: Vec<Vec<f64>> =
        streams.iter_mut().map(|s| (0..10_000).map(|_| f64::from(s.uniform()) - 0.5).collect()).collect();
    for i in 0..drawn.len() {
        for j in 0..i {
            for lag in 0..3 {
                let pairs = drawn[i].iter().zip(&drawn[j][lag..]);
                let correlation = pairs.map(|(x, y)| 12.0 * x * y).sum::<f64>() / 10_000.0;
                assert!(correlation.abs() < 0.05, "streams {i} and {j}, lag {lag}: {correlation}");
            }
        }
    }
}

#[test]
fn drawing_from_a_fork_shifts_no_other_stream() {
    let mut parent = Rng::seeded(7);
    let before = parent.clone();
    parent.fork(1).normal();
    assert_eq!(parent, before);
    assert_eq!(parent.fork(2), before.fork(2));
    parent.next_u32();
    assert_ne!(parent.fork(2), before.fork(2));
}

#[test]
fn starting_weights_have_the_variance_they_are_named_for() {
    for (init, expected) in [(Init::He, 2.0 / 300.0), (Init::Xavier, 2.0 / 500.0)] {
        let spec = Spec::Dense { units: 200, init };
        let net = Network::chain(Shape::flat(300), &[spec], &mut Rng::seeded(8)).expect("a layer");
        let (w, b) = net.params.split_at(60_000);
        let (mean, variance) = moments(&w.iter().map(|w| f64::from(*w)).collect::<Vec<_>>());
        assert!(mean.abs() < 5.0 * (expected / 60_000.0f64).sqrt(), "{init:?}: mean {mean}");
        assert!((variance / expected - 1.0).abs() < 5.0 * (2.0 / 60_000.0f64).sqrt(), "{init:?}: {variance}");
        assert!(b.iter().all(|b| *b == 0.0), "biases start at zero");
    }
}

fn dropped(rate: f32, mode: Mode) -> (Vec<f32>, Trace, Network) {
    let spec = Spec::Dropout { rate };
    let net = Network::chain(Shape::flat(200), &[spec], &mut Rng::seeded(9)).expect("a layer");
    let mut trace = Trace::new();
    net.forward(Batch::from_elem((100, 200), 3.0).view(), mode, &mut trace);
    (rows(&trace.output()).to_vec(), trace, net)
}

#[test]
fn dropout_keeps_the_mean_and_drops_its_share() {
    for rate in [0.1f32, 0.5, 0.9] {
        let (y, mut trace, net) = dropped(rate, Mode::Train(&mut Rng::seeded(10)));
        let kept = 3.0 / (1.0 - rate);
        assert!(y.iter().all(|y| *y == 0.0 || (y - kept).abs() < 1e-5), "each is dropped or scaled");
        let share = y.iter().filter(|y| **y == 0.0).count() as f64 / y.len() as f64;
        let error = (f64::from(rate * (1.0 - rate)) / y.len() as f64).sqrt();
        assert!((share - f64::from(rate)).abs() < 5.0 * error, "{share} dropped, not {rate}");
        let mean = y.iter().map(|y| f64::from(*y)).sum::<f64>() / y.len() as f64;
        assert!((mean - 3.0).abs() < 5.0 * error * f64::from(kept), "mean {mean}");
        // What was dropped has no gradient either.
        net.input_gradient(&mut trace, &vec![1.0; y.len()]);
        assert!(rows(&trace.input_gradient()).iter().zip(&y).all(|(g, y)| (3.0 * g - y).abs() < 1e-5));
    }
}

#[test]
fn dropout_does_nothing_when_it_is_looked_at() {
    let (y, mut trace, net) = dropped(0.5, Mode::Eval);
    assert!(y.iter().all(|y| *y == 3.0));
    net.input_gradient(&mut trace, &vec![1.0; y.len()]);
    assert!(trace.input_gradient().iter().all(|g| *g == 1.0));
    let mut rng = Rng::seeded(11);
    let (y, ..) = dropped(0.0, Mode::Train(&mut rng));
    assert!(y.iter().all(|y| *y == 3.0));
    assert_eq!(rng, Rng::seeded(11), "a rate of zero draws nothing");
}

#[test]
fn evaluating_is_the_expectation_of_training() {
    let spec = [Spec::Dropout { rate: 0.3 }, dense(3)];
    let net = chain(&spec, 12);
    let x = points(1, 2, 13);
    let (mut trace, mut rng) = (Trace::new(), Rng::seeded(14));
    net.forward(x.view(), Mode::Eval, &mut trace);
    let eval = rows(&trace.output()).to_vec();
    let mut sums = [0f64; 3];
    for _ in 0..40_000 {
        net.forward(x.view(), Mode::Train(&mut rng), &mut trace);
        sums.iter_mut().zip(trace.output()).for_each(|(s, y)| *s += f64::from(*y));
    }
    for (sum, eval) in sums.iter().zip(eval) {
        assert!((sum / 40_000.0 - f64::from(eval)).abs() < 0.02, "{} for {eval}", sum / 40_000.0);
    }
}
