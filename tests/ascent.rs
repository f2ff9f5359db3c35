//! Climbs in EfficientNet-Lite0: their gradients beside JAX's and finite differences, waves beside pixels, balls, tiles, octaves.
#![cfg(not(target_arch = "wasm32"))]

use flate2::read::GzDecoder;
use std::io::Read;
use std::rc::Rc;
use std::sync::OnceLock;
use uncrumple::data::Photo;
use uncrumple::formats::Quantized;
use uncrumple::kernel::{self, Domain};
use uncrumple::nn::Network;
use uncrumple::optim::{Optimizer, Rule};
use uncrumple::probe::{
    Aim, Ascent, AscentBuffers, Climb, Dream, Octaves, Slope, Spectrum, SpectrumWork, Start, rescaled,
};
use uncrumple::rng::Rng;
use uncrumple::tensor::Shape;

/// Bytes 0 and 255.
const DOMAIN: Domain = Domain { low: -127.0 / 128.0, high: 1.0 };
const CLIMB: Climb = Climb { rate: 0.02, jitter: 4, smoothing: 0.8, variation: 0.0 };

fn unpacked(name: &str) -> Vec<u8> {
    let path = format!("{}/www/assets/imagenet/{name}.bin.gz", env!("CARGO_MANIFEST_DIR"));
    let packed = std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).expect("gzip");
    bytes
}

fn lite() -> &'static Quantized {
    static NET: OnceLock<Quantized> = OnceLock::new();
    NET.get_or_init(|| Quantized::read(&unpacked("lite0"), [224; 2]).unwrap())
}

fn square(side: usize) -> Shape {
    Shape { height: side, width: side, channels: 3 }
}

/// The network on pictures of `side`, and the activation of a layer.
fn net(side: usize, layer: &str) -> (Network, usize) {
    let mut net = lite().net.clone();
    net.resize(square(side)).unwrap();
    (net, lite().node(layer).unwrap() + 1)
}

fn photo(name: &str, side: usize) -> Vec<f32> {
    let photo = Photo::read(&unpacked(name)).unwrap();
    let x: Vec<f32> = photo.pixels().iter().map(|v| (f32::from(*v) - 127.0) / 128.0).collect();
    rescaled(&x, photo.shape(), square(side))
}

fn furthest(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn mean_gap(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<f32>() / a.len() as f32
}

/// Value and gradient of `aim`.
fn slope(
    net: &Network,
    last: usize,
    x: &[f32],
    side: usize,
    aim: Aim,
    offset: [usize; 2],
) -> (f32, Vec<f32>) {
    let (mut value, mut g) = ([0.0], vec![0.0; x.len()]);
    let looks = (&[aim][..], &[offset][..]);
    Slope::default().eval(net, last, (x, square(side)), looks, (&mut value, &mut g));
    (value[0], g)
}

#[test]
fn its_values_and_gradients_are_those_of_jax() {
    // `tests/golden/ascent.py` says what is in it.
    let golden = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/ascent.bin")).unwrap();
    let number = |at: usize| f32::from_le_bytes(golden[at..at + 4].try_into().unwrap());
    let count = (224 * 224 * 3usize).div_ceil(6);
    let (panda, (net, last)) = (photo("panda", 224), net(224, "b7.expand"));
    for (k, aim) in [Aim::Layer, Aim::Channel(20)].into_iter().enumerate() {
        let (value, g) = slope(&net, last, &panda, 224, aim, [0, 0]);
        let at = 8 + k * (4 + 2 * count);
        let theirs: Vec<f64> = golden[at + 4..][..2 * count]
            .chunks(2)
            .map(|b| f64::from(i16::from_le_bytes([b[0], b[1]])) * f64::from(number(at)))
            .collect();
        let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
        for (a, b) in g.iter().step_by(6).zip(&theirs) {
            (ab, aa, bb) = (ab + f64::from(*a) * b, aa + f64::from(*a).powi(2), bb + b * b);
        }
        println!("{aim:?}: {value} {}, 1 - cosine {:e}", number(4 * k), 1.0 - ab / (aa * bb).sqrt());
        assert!((value / number(4 * k) - 1.0).abs() < 1e-5, "{value} {}", number(4 * k));
        assert!(ab / (aa * bb).sqrt() > 0.999_999 && (aa / bb - 1.0).abs() < 1e-3, "{aim:?}");
    }
}

#[test]
fn a_small_move_along_the_gradient_gains_what_it_says() {
    let (x, (net, last)) = (photo("cat", 96), net(96, "b5.expand"));
    for aim in [Aim::Layer, Aim::Channel(7)] {
        // Looked at from somewhere else, the gradient belongs to the same pixels.
        let (_, g) = slope(&net, last, &x, 96, aim, [5, 91]);
        let (size, mut moved) = (kernel::dot(&g, &g), [0.0f32; 2]);
        let h = 0.0005 / kernel::dot(&g, &g).sqrt();
        for (value, by) in moved.iter_mut().zip([h, -h]) {
            let x: Vec<f32> = x.iter().zip(&g).map(|(x, g)| x + by * g).collect();
            *value = slope(&net, last, &x, 96, aim, [5, 91]).0;
        }
        let gain = (moved[0] - moved[1]) / (2.0 * h);
        println!("{aim:?}: {gain} {size}");
        assert!((gain / size - 1.0).abs() < 0.02, "{aim:?}: {gain} {size}");
    }
}

#[test]
fn pixels_and_waves_can_both_become_a_photo() {
    let side = 64;
    let target = photo("kingfisher", side);
    let levels = |x: &[f32]| 128.0 * (mean_gap(x, &target));
    let mut rng = Rng::seeded(1);

    let mut pixels: Vec<f32> = target.iter().map(|_| 0.1 * rng.normal()).collect();
    for _ in 0..60 {
        pixels.iter_mut().zip(&target).for_each(|(x, t)| *x -= 0.2 * (*x - t));
    }
    println!("pixels: {} grey levels off on average", levels(&pixels));
    assert!(levels(&pixels) < 0.01);

    let spectrum = Spectrum::new(square(side), DOMAIN);
    let mut c: Vec<f32> = target.iter().map(|_| 0.01 * rng.normal()).collect();
    let (mut x, mut dc, mut work) = (target.clone(), target.clone(), SpectrumWork::default());
    let mut adam = Optimizer::new(Rule::Adam, c.len());
    for step in 0..500 {
        spectrum.render(&c, &mut x, &mut work);
        let dx: Vec<f32> = x.iter().zip(&target).map(|(x, t)| x - t).collect();
        spectrum.pull(&x, &dx, &mut dc, &mut work);
        adam.step(&mut c, &dc, if step < 300 { 0.15 } else { 0.05 });
    }
    println!("waves: {} grey levels off on average", levels(&x));
    assert!(levels(&x) < 1.5, "{}", levels(&x));

    // And without any search.
    spectrum.fit(&target, &mut c, &mut work);
    spectrum.render(&c, &mut x, &mut work);
    println!("waves fitted: {} at most", 128.0 * furthest(&x, &target));
    assert!(128.0 * furthest(&x, &target) < 0.51);
}

#[test]
fn the_gradient_of_waves_is_that_of_finite_differences() {
    let shape = Shape { height: 6, width: 9, channels: 3 };
    let (spectrum, mut rng) = (Spectrum::new(shape, DOMAIN), Rng::seeded(2));
    let mut draw = |scale: f32| (0..shape.len()).map(|_| scale * rng.normal()).collect::<Vec<f32>>();
    let (c, dx) = (draw(0.1), draw(1.0));
    let (mut x, mut dc, mut work) = (dx.clone(), dx.clone(), SpectrumWork::default());
    spectrum.render(&c, &mut x, &mut work);
    spectrum.pull(&x, &dx, &mut dc, &mut work);
    for i in 0..c.len() {
        let mut value = |by: f32| {
            let mut c = c.clone();
            c[i] += by;
            spectrum.render(&c, &mut x, &mut work);
            x.iter().zip(&dx).map(|(x, d)| f64::from(*x) * f64::from(*d)).sum::<f64>()
        };
        let slope = ((value(1e-2) - value(-1e-2)) / 2e-2) as f32;
        assert!((slope - dc[i]).abs() < 1e-2 * (1.0 + dc[i].abs()), "{i}: {slope} {}", dc[i]);
    }
}

#[test]
fn a_climb_from_a_picture_stays_inside_its_ball_and_gains_all_the_same() {
    let (side, epsilon) = (64, 3.0 / 128.0);
    let (x, (net, last)) = (photo("dog", side), net(side, "b3.expand"));
    for waves in [false, true] {
        let spectrum = waves.then(|| Rc::new(Spectrum::new(square(side), DOMAIN)));
        let start = Start::Within(x.clone().into(), epsilon);
        let mut ascent =
            Ascent::new((square(side), DOMAIN), [Aim::Channel(11)].into(), start, spectrum, Rng::seeded(3));
        let mut buffers = AscentBuffers::default();
        let climb = Climb { rate: 0.004, jitter: 0, smoothing: 0.0, variation: 0.0 };
        let mut first = f32::NAN;
        for _ in 0..12 {
            ascent.step(&net, last, &climb, &mut buffers).unwrap();
            let off = furthest(ascent.pictures(), &x);
            assert!(off <= epsilon + 1e-6, "waves {waves}: {off}");
            assert!(ascent.pictures().iter().all(|v| (DOMAIN.low..=DOMAIN.high).contains(v)));
            first = if first.is_nan() { ascent.values()[0] } else { first };
        }
        println!("waves {waves}: from {first} to {}", ascent.values()[0]);
        assert!(ascent.values()[0] > 1.1 * first, "waves {waves}");
        ascent.set_epsilon(1.0 / 128.0);
        assert!(furthest(ascent.pictures(), &x) <= 1.0 / 128.0 + 1e-6, "at once");
    }
}

/// How much rougher the change of a picture is between two columns than between most.
fn seam(change: &[f32], side: usize, at: usize) -> f32 {
    let rough = |column: usize| {
        (0..side)
            .map(|row| {
                let of = |column: usize| change[(row * side + column) * 3];
                (of(column) - of(column - 1)).abs()
            })
            .sum::<f32>()
    };
    let mut all: Vec<f32> = (1..side).map(rough).collect();
    all.sort_by(f32::total_cmp);
    rough(at) / all[side / 2]
}

#[test]
fn tiles_are_moved_so_that_no_seam_shows() {
    let (side, tile) = (128, 64);
    let (x, (net, last)) = (photo("jaguar", side), net(tile, "b7.expand"));
    let climbed = |moved: bool| {
        let mut ascent = Ascent::new(
            (square(side), DOMAIN),
            [Aim::Layer].into(),
            Start::Picture(x.clone().into()),
            None,
            Rng::seeded(4),
        );
        let mut still = x.clone();
        for _ in 0..24 {
            if moved {
                ascent
                    .step(&net, last, &Climb { smoothing: 0.0, ..CLIMB }, &mut AscentBuffers::default())
                    .unwrap();
            } else {
                let (_, mut g) = slope(&net, last, &still, side, Aim::Layer, [0, 0]);
                let mean = g.iter().map(|g| g.abs()).sum::<f32>() / g.len() as f32;
                kernel::scale(1.0 / mean, &mut g);
                kernel::axpy(2.0 * CLIMB.rate, &g, &mut still);
                still.iter_mut().for_each(|x| *x = kernel::clamp(*x, DOMAIN.low, DOMAIN.high));
            }
        }
        let end = if moved { ascent.pictures() } else { &still };
        end.iter().zip(&x).map(|(a, b)| a - b).collect::<Vec<f32>>()
    };
    let (moved, still) = (seam(&climbed(true), side, tile), seam(&climbed(false), side, tile));
    println!("roughness between tiles: {moved} of most columns', {still} where tiles stay");
    assert!(moved < 1.1, "{moved}");
    assert!(still > moved + 0.1, "the measure sees a seam: {still}");
}

#[test]
fn in_tiles_a_picture_has_the_mean_of_their_values() {
    let (side, tile) = (96, 64);
    let (x, (net, last)) = (photo("lemur", side), net(tile, "stem"));
    // Four tiles of 64 pixels cover 96, and go round.
    let (value, g) = slope(&net, last, &x, side, Aim::Layer, [0, 0]);
    let round = |i: usize| i % side;
    let (mut sum, mut corner) = (0.0, Vec::new());
    for (down, across) in [(0, 0), (0, 64), (64, 0), (64, 64)] {
        let pixel = |i: usize| &x[3 * (round(down + i / tile) * side + round(across + i % tile))..][..3];
        let piece: Vec<f32> = (0..tile * tile).flat_map(pixel).copied().collect();
        let (value, g) = slope(&net, last, &piece, tile, Aim::Layer, [0, 0]);
        sum += value;
        corner = g;
    }
    assert!((value - sum / 4.0).abs() < 1e-6, "{value} {}", sum / 4.0);
    assert_eq!(g[3 * (95 * side + 95)..], corner[3 * (31 * tile + 31)..][..3], "the last tile's own");
}

fn dream(name: &str, side: usize, octaves: Octaves) -> Dream {
    Dream::new(photo(name, side).into(), side, octaves, DOMAIN, Rng::seeded(1))
}

#[test]
fn a_dream_of_512_pixels_takes_little_memory() {
    let mut dream = dream("jaguar", 512, Octaves { count: 1, scale: 1.4, steps: 1 });
    let (mut net, last) = net(224, "b9.expand");
    let mut buffers = AscentBuffers::default();
    dream.step(&mut net, last, &CLIMB, &mut buffers).unwrap();
    let taken = buffers.heap_bytes() >> 20;
    println!("{taken} MB beside the network");
    assert_eq!(net.input(), square(256));
    assert!(taken < 170, "{taken} MB");
}

#[test]
fn what_a_step_of_a_dream_changes_is_bounded_and_its_end_is_its_end() {
    let octaves = Octaves { count: 2, scale: 1.4, steps: 3 };
    let (mut dream, (mut net, last)) = (dream("crab", 128, octaves), net(224, "b2.expand"));
    let mut buffers = AscentBuffers::default();
    let mut sides = Vec::new();
    while !dream.is_over() {
        let (before, side) = (dream.picture().to_vec(), dream.side());
        dream.step(&mut net, last, &CLIMB, &mut buffers).unwrap();
        sides.push(dream.side());
        if dream.side() == side {
            let change = mean_gap(dream.picture(), &before);
            // The range is 255 / 128.
            assert!(change > 0.0 && change <= CLIMB.rate * 1.993, "{change}");
        }
    }
    assert_eq!(sides, [91, 91, 91, 128, 128, 128]);
    let last_picture = dream.picture().to_vec();
    dream.step(&mut net, last, &CLIMB, &mut buffers).unwrap();
    assert_eq!((dream.picture(), dream.steps()), (&last_picture[..], 6));
    let far = mean_gap(&last_picture, dream.photo());
    assert!(far < 6.0 * CLIMB.rate * 1.993, "{far}");
}
