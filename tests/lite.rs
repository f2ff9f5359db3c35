//! EfficientNet-Lite0 as it ships: the answers and gradients of PyTorch. What can be done to it: `tests/lessons_imagenet.rs`.
#![cfg(not(target_arch = "wasm32"))]

use flate2::read::GzDecoder;
use std::io::Read;
use std::sync::OnceLock;
use uncrumple::Error;
use uncrumple::data::Photo;
use uncrumple::formats::Quantized;
use uncrumple::nn::{Mode, Network, Trace};
use uncrumple::objective::{CrossEntropy, Objective, argmax};
use uncrumple::tensor::{batch, rows};

const GIBBON: usize = 368;
const PANDA: usize = 388;
const SIDE: usize = 224;
/// Every name in the order of the manifest, and the class the net gives it.
const PHOTOS: [(&str, usize); 16] = [
    ("bison", 347),
    ("cat", 285),
    ("crab", 119),
    ("crocodile", 49),
    ("dog", 235),
    ("gibbon", GIBBON),
    ("giraffe", 293),
    ("jaguar", 290),
    ("kingfisher", 95),
    ("koala", 105),
    ("lemur", 383),
    ("moose", 295),
    ("panda", PANDA),
    ("polar-bear", 296),
    ("red-panda", 387),
    ("sheep", 348),
];

fn unpacked(name: &str) -> Vec<u8> {
    let path = format!("{}/www/assets/imagenet/{name}.bin.gz", env!("CARGO_MANIFEST_DIR"));
    let packed = std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).expect("gzip");
    bytes
}

fn lite() -> &'static Quantized {
    static NET: OnceLock<Quantized> = OnceLock::new();
    NET.get_or_init(|| Quantized::read(&unpacked("lite0"), [SIDE; 2]).unwrap())
}

fn normalized(pixels: &[u8]) -> Vec<f32> {
    pixels.iter().map(|&v| (f32::from(v) - 127.0) / 128.0).collect()
}

fn photo(name: &str) -> Vec<f32> {
    normalized(Photo::read(&unpacked(name)).unwrap().pixels())
}

fn logits(net: &Network, x: &[f32]) -> Vec<f32> {
    let mut trace = Trace::new();
    net.forward(batch(x, x.len()), Mode::Eval, &mut trace);
    rows(&trace.output()).to_vec()
}

fn probabilities(x: &[f32]) -> Vec<f32> {
    let z = logits(&lite().net, x);
    let most = z[argmax(&z)];
    let e: Vec<f32> = z.iter().map(|z| (z - most).exp()).collect();
    let sum: f32 = e.iter().sum();
    e.iter().map(|e| e / sum).collect()
}

/// PyTorch's numbers; `tests/golden/lite0.py` says which.
struct Golden(Vec<u8>);

impl Golden {
    fn new() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/lite0.bin");
        Self(std::fs::read(path).unwrap())
    }

    fn numbers(&self, at: usize, count: usize) -> Vec<f32> {
        let numbers = self.0[at..][..4 * count].as_chunks::<4>().0;
        numbers.iter().map(|b| f32::from_le_bytes(*b)).collect()
    }

    /// Gradient `k`: every sixth number, in units of no matter what.
    fn gradient(&self, k: usize) -> Vec<f32> {
        let count = (SIDE * SIDE * 3).div_ceil(6);
        let at = 12_000 + 12 * PHOTOS.len() + k * (4 + 2 * count) + 4;
        let numbers = self.0[at..][..2 * count].as_chunks::<2>().0;
        numbers.iter().map(|b| i16::from_le_bytes(*b).into()).collect()
    }
}

fn furthest(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Of every sixth number of `whole` and `some`.
fn cosine(whole: &[f32], some: &[f32]) -> f64 {
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in whole.iter().step_by(6).zip(some).map(|(a, b)| (f64::from(*a), f64::from(*b))) {
        (ab, aa, bb) = (ab + a * b, aa + a * a, bb + b * b);
    }
    ab / (aa * bb).sqrt()
}

#[test]
fn it_answers_what_pytorch_answers_at_three_sizes() {
    let (golden, panda) = (Golden::new(), photo("panda"));
    let mut net = lite().net.clone();
    for (k, side) in [SIDE, 160, 288].into_iter().enumerate() {
        // The middle, or with its edges repeated around.
        let from = |i: usize| (i + SIDE / 2).saturating_sub(side / 2).min(SIDE - 1);
        let pixel = |i: usize| &panda[3 * (from(i / side) * SIDE + from(i % side))..][..3];
        let x: Vec<f32> = (0..side * side).flat_map(pixel).copied().collect();
        net.resize(uncrumple::tensor::Shape { height: side, width: side, channels: 3 }).unwrap();
        let error = furthest(&logits(&net, &x), &golden.numbers(4_000 * k, 1000));
        println!("{side}: {error:e}");
        assert!(error < 1e-4, "{side} pixels: {error}");
    }
}

#[test]
fn its_gradients_are_those_of_pytorch() {
    let (golden, panda) = (Golden::new(), photo("panda"));
    let Quantized { net, .. } = lite();
    let (mut trace, mut value, mut dy) = (Trace::new(), [0.0], vec![0.0; 1000]);
    net.forward(batch(&panda, panda.len()), Mode::Eval, &mut trace);
    CrossEntropy(&[GIBBON as u32]).eval(rows(&trace.output()), 1000, &mut value, &mut dy);
    dy.iter_mut().for_each(|dy| *dy = -*dy);
    net.input_gradient(&mut trace, &dy);
    let same = cosine(rows(&trace.input_gradient()), &golden.gradient(0));
    println!("log p(gibbon): 1 - {:e}", 1.0 - same);
    assert!(same > 0.999_999, "{same}");

    // As a dream is made: the mean square of what one layer answers above zero.
    let (inner, mut trace) = (lite().node("b5.expand").unwrap() + 1, Trace::new());
    for _ in 0..2 {
        net.forward_to(inner, batch(&panda, panda.len()), Mode::Eval, &mut trace);
        let dy: Vec<f32> = rows(&trace.output()).iter().map(|y| 2.0 * y.max(0.0)).collect();
        net.input_gradient(&mut trace, &dy);
        let same = cosine(rows(&trace.input_gradient()), &golden.gradient(1));
        println!("b5.expand: 1 - {:e}", 1.0 - same);
        assert!(same > 0.999_999, "{same}");
    }
}

#[test]
fn every_photo_is_what_pytorch_says_it_is() {
    let golden = Golden::new().numbers(12_000, 3 * PHOTOS.len());
    for ((name, class), golden) in PHOTOS.into_iter().zip(golden.as_chunks::<3>().0) {
        let p = probabilities(&photo(name));
        println!("{name}: class {} with {:.4}", argmax(&p), p[argmax(&p)]);
        assert_eq!((argmax(&p), golden[2] as usize), (class, class), "{name}");
        assert!(furthest(&[p[GIBBON], p[PANDA]], &golden[..2]) < 1e-4, "{name}");
    }
}

#[test]
fn its_layers_have_names() {
    let lite = lite();
    assert_eq!(lite.names().count(), 51);
    assert_eq!(
        (lite.node("stem"), lite.node("b5.expand").is_some(), lite.node("b0.expand")),
        (Some(0), true, None)
    );
    let kinds = ["stem", "b3.dw", "pool", "fc"].map(|name| lite.net.kind(lite.node(name).unwrap()));
    assert_eq!(kinds, ["conv", "depthwise", "average-pool", "dense"]);
    assert_eq!(lite.net.specs().iter().filter(|node| node.inputs.len() == 2).count(), 9);
    assert_eq!(lite.net.params.len(), 4_631_000);
}

fn refusal(bytes: &[u8]) -> String {
    match Quantized::read(bytes, [SIDE; 2]) {
        Err(Error::NetworkFile { what }) => what,
        other => panic!("{:?} is no refusal", other.map(|_| ())),
    }
}

#[test]
fn a_network_cut_short_or_altered_is_refused() {
    let whole = unpacked("lite0");
    for len in (0..1000).chain((1000..whole.len()).step_by(9_973)) {
        assert_eq!(refusal(&whole[..len]), "length", "{len} bytes");
    }
    assert_eq!(refusal(&[&whole[..], &[0]].concat()), "length");
    for at in (0..900).step_by(13).chain((900..whole.len()).step_by(250_007)) {
        let mut altered = whole.clone();
        altered[at] ^= 1;
        let what = refusal(&altered);
        assert!(
            ["magic", "version", "layers", "length", "checksum"].contains(&what.as_str()),
            "{at}: {what}"
        );
    }
    let mut huge = whole.clone();
    huge[8..8 + 10].fill(0xFE);
    assert_eq!(refusal(&huge), "layers");
    let no_place = Quantized::read(&whole, [0, 5]);
    assert!(matches!(no_place, Err(Error::Geometry { node: 0, .. })));
}

#[test]
fn a_photo_cut_short_or_altered_is_refused() {
    let whole = unpacked("panda");
    let refusal = |bytes: &[u8]| match Photo::read(bytes) {
        Err(Error::ImageFile { what, .. }) => what,
        other => panic!("{:?} is no refusal", other.map(|_| ())),
    };
    for len in (0..100).chain((100..whole.len()).step_by(997)) {
        assert_eq!(refusal(&whole[..len]), "length", "{len} bytes");
    }
    for (at, expected) in
        [(0, "magic"), (4, "version"), (5, "size"), (6, "length"), (9, "size"), (77, "checksum")]
    {
        let mut altered = whole.clone();
        altered[at] ^= if at == 9 { 0xF0 } else { 1 };
        assert_eq!(refusal(&altered), expected, "byte {at}");
    }
}
