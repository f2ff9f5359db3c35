//! Small stand-ins for the files that labs ship with: ten kinds of bars and blobs of 28 × 28 pixels, photos of 16 × 16 and a network
//! of few layers that names them, drawn from a seed, so that tests run where there are no files. What a lab makes of the real ones is
//! for the lessons.

use uncrumple::Result;
use uncrumple::formats::safetensors;
use uncrumple::labs::{Lab, Run, Value};
use uncrumple::nn::{Activation, Init, Network, Padding, Spec};
use uncrumple::rng::Rng;
use uncrumple::tensor::Shape;

#[allow(dead_code)] // not every test begins a run
/// A fresh run of `L`, supplied. Where files are shipped its steps are lighter.
pub fn begin<L: Lab + 'static>(seed: u32) -> Result<Run> {
    let about = L::about();
    let ships = !about.ships.is_empty();
    let light = about.knobs.iter().filter(|_| ships).filter_map(|knob| lighter(knob.id));
    let mut run = Run::new::<L>(light, seed)?;
    supply(&mut run)?;
    Ok(run)
}

#[allow(dead_code)]
/// Gives `run` every file that its lab ships with.
pub fn supply(run: &mut Run) -> Result<()> {
    let (names, id) = (run.about().ships, run.about().id);
    let inner = ["filters", "dream"].contains(&id);
    names.iter().try_for_each(|name| match *name {
        "lite0.bin" if inner => run.supply(name, &network(&all_layers(), 1)),
        name => run.supply(name, &file(name)),
    })
}

/// Fewer and smaller steps than by default: the same code, less of it.
fn lighter(knob: &str) -> Option<(&'static str, Value)> {
    match knob {
        "batch" => Some(("batch", 2.0.into())),
        "perOctave" => Some(("perOctave", 5.0.into())),
        // One picture rather than one for every unit.
        "goal" => Some(("goal", "dream".into())),
        _ => None,
    }
}

/// The stand-in for the file `name`.
pub fn file(name: &str) -> Vec<u8> {
    match name {
        "digits-train.bin" => pictures(100, 1),
        "digits-test.bin" => pictures(20, 2),
        "clothes-test.bin" => pictures(10, 3),
        "digits-net.bin" | "digits-robust.bin" => reader(),
        // By this draw the first photo is a hen, and a push of one grey level makes it a gibbon.
        "lite0.bin" => network(&few_layers(), 361),
        "labels.txt" => NAMES.join("\n").into_bytes(),
        photo if photo.ends_with(".bin") => photo_of([16, 16], photo.len() as u32),
        _ => panic!("no stand-in for {name}"),
    }
}

/// Classes of the network; any lab's default target is among them.
const NAMES: [&str; 10] =
    ["hen", "ox", "gibbon", "ibex", "giant panda", "hare", "koala", "eel", "crane", "ant"];

/// A photo of noise in the format that `data::Photo` reads.
pub fn photo_of([height, width]: [u16; 2], seed: u32) -> Vec<u8> {
    let mut rng = Rng::seeded(seed);
    let mut bytes = b"UPIC\x01\x03".to_vec();
    bytes.extend(height.to_le_bytes());
    bytes.extend(width.to_le_bytes());
    bytes.extend((0..u32::from(height) * u32::from(width) * 3).map(|_| rng.below(256) as u8));
    bytes.extend(crc32(&bytes).to_le_bytes());
    bytes
}

/// Operation, side, stride, ReLU6, channels in, channels out, layer added.
type Layer = (String, [u8; 7]);

/// One block between a stem and a mean.
fn few_layers() -> Vec<Layer> {
    let layers = [
        ("stem", [0, 3, 2, 1, 3, 8, 0]),
        ("b0.dw", [1, 3, 1, 1, 8, 8, 0]),
        ("b0.project", [0, 1, 1, 0, 8, 8, 1]),
        ("head", [0, 1, 1, 1, 8, 16, 0]),
        ("pool", [2, 0, 0, 0, 16, 16, 0]),
        ("fc", [3, 1, 1, 0, 16, 10, 0]),
    ];
    layers.map(|(name, layer)| (name.into(), layer)).into()
}

/// Every layer that the network that ships has, each of few channels, for labs that look into it.
fn all_layers() -> Vec<Layer> {
    let mut layers = vec![("stem".into(), [0, 3, 2, 1, 3, 8, 0])];
    for block in 0..16 {
        let before = layers.len() as u8;
        if block > 0 {
            layers.push((format!("b{block}.expand"), [0, 1, 1, 1, 8, 8, 0]));
        }
        let stride = if [1, 3, 5, 11].contains(&block) { 2 } else { 1 };
        layers.push((format!("b{block}.dw"), [1, 3, stride, 1, 8, 8, 0]));
        let added = if stride == 1 { before } else { 0 };
        layers.push((format!("b{block}.project"), [0, 1, 1, 0, 8, 8, added]));
    }
    layers.extend(few_layers().into_iter().skip(3));
    layers
}

/// Such a network, of the kind that `formats::Quantized` reads.
fn network(layers: &[Layer], seed: u32) -> Vec<u8> {
    let mut bytes = vec![b'U', b'Q', b'N', b'T', 1, 3, layers.len() as u8, 0];
    for (name, layer) in layers {
        bytes.extend(&layer[..4]);
        layer[4..].iter().for_each(|v| bytes.extend([*v, 0]));
        bytes.push(name.len() as u8);
        bytes.extend(name.as_bytes());
    }
    let mut rng = Rng::seeded(seed);
    for (_, layer) in layers {
        let [op, side, _, _, inputs, outputs, _] = layer.map(u32::from);
        let each = [side * side * inputs, side * side, 0, inputs][op as usize];
        if each > 0 {
            // The last layer's are larger: answers of noise are close to one another.
            let scale = if op == 3 { 20.0 } else { 3.0 } / (127.0 * (each as f32).sqrt());
            (0..outputs).for_each(|_| bytes.extend((scale * rng.range(0.5, 1.5)).to_le_bytes()));
            (0..outputs).for_each(|_| bytes.extend(rng.range(-0.1, 0.1).to_le_bytes()));
            (0..each * outputs).for_each(|_| bytes.push(rng.below(256) as u8));
        }
    }
    bytes.extend(crc32(&bytes).to_le_bytes());
    bytes
}

/// A network of digits that has learned nothing.
fn reader() -> Vec<u8> {
    let (init, relu) = (Init::He, || Spec::Activation { function: Activation::Relu });
    let conv = |channels| Spec::conv(channels, 3, 1, Padding::Same, init);
    let pool = || Spec::max_pool(2, 2);
    let chain = [conv(8), relu(), pool(), conv(16), relu(), pool(), Spec::Dense { units: 10, init }];
    let shape = Shape { height: 28, width: 28, channels: 1 };
    let net = Network::chain(shape, &chain, &mut Rng::seeded(5)).expect("a fair network");
    safetensors::write(&net, &[("network", "conv")])
}

/// `count` pictures in the format that `data::Images` reads.
fn pictures(count: u32, seed: u32) -> Vec<u8> {
    let mut rng = Rng::seeded(seed);
    let mut bytes = b"UIMG\x01\x0a".to_vec();
    bytes.extend([28, 0, 28, 0]);
    bytes.extend(count.to_le_bytes());
    bytes.extend((0..count).map(|i| (i % 10) as u8));
    for i in 0..count {
        let (dx, dy) = (rng.range(-3.0, 3.0), rng.range(-3.0, 3.0));
        for pixel in 0..784 {
            let (x, y) = ((pixel % 28) as f32 - 13.5 - dx, (pixel / 28) as f32 - 13.5 - dy);
            let ink = if shape(i % 10, x, y) { 0.8 } else { 0.0 };
            let ink = ink + rng.range(0.0, 0.2);
            bytes.push((ink * 255.0) as u8);
        }
    }
    bytes.extend(crc32(&bytes).to_le_bytes());
    bytes
}

/// Whether kind `kind` has ink at this place from its middle.
fn shape(kind: u32, x: f32, y: f32) -> bool {
    let (ax, ay, square) = (x.abs(), y.abs(), x * x + y * y);
    match kind {
        0 => (16.0..64.0).contains(&square),
        1 => ax < 1.5 && ay < 8.0,
        2 => ay < 1.5 && ax < 8.0,
        3 => (x - y).abs() < 2.0 && square < 64.0,
        4 => (x + y).abs() < 2.0 && square < 64.0,
        5 => (ax < 1.5 || ay < 1.5) && square < 64.0,
        6 => square < 16.0,
        7 => (ay - 5.0).abs() < 1.5 && ax < 7.0,
        8 => (ax - 5.0).abs() < 1.5 && ay < 7.0,
        _ => ((x - y).abs() < 2.0 || (x + y).abs() < 2.0) && square < 64.0,
    }
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = !0u32;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    !sum
}
