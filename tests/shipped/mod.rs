//! Small stand-ins for the files that labs ship with: ten kinds of bars and blobs of 28 × 28 pixels, photos of 16 × 16 and a network
//! of few layers that names them, drawn from a seed, so that tests run where there are no files. What a lab makes of the real ones is
//! for the lessons.

use uncrumple::Result;
use uncrumple::labs::{Lab, Run, Value};
use uncrumple::rng::Rng;

#[allow(dead_code)] // not every test begins a run
/// A fresh run of `L`, supplied. Where files are shipped its minibatches are small: the same code, less of it.
pub fn begin<L: Lab + 'static>(seed: u32) -> Result<Run> {
    let about = L::about();
    let trains = !about.ships.is_empty() && about.knobs.iter().any(|knob| knob.id == "batch");
    let batch = trains.then_some(("batch", Value::from(2.0)));
    let mut run = Run::new::<L>(batch, seed)?;
    supply(&mut run)?;
    Ok(run)
}

#[allow(dead_code)]
/// Gives `run` every file that its lab ships with.
pub fn supply(run: &mut Run) -> Result<()> {
    let names = run.about().ships;
    names.iter().try_for_each(|name| run.supply(name, &file(name)))
}

/// The stand-in for the file `name`.
pub fn file(name: &str) -> Vec<u8> {
    match name {
        "digits-train.bin" => pictures(100, 1),
        "digits-test.bin" => pictures(20, 2),
        "clothes-test.bin" => pictures(10, 3),
        "lite0.bin" => network(),
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

/// Operation, side, stride, ReLU6, channels in, channels out, layer added: one block between a stem and a mean.
const LAYERS: [(&str, [u8; 7]); 6] = [
    ("stem", [0, 3, 2, 1, 3, 8, 0]),
    ("b0.dw", [1, 3, 1, 1, 8, 8, 0]),
    ("b0.project", [0, 1, 1, 0, 8, 8, 1]),
    ("head", [0, 1, 1, 1, 8, 16, 0]),
    ("pool", [2, 0, 0, 0, 16, 16, 0]),
    ("fc", [3, 1, 1, 0, 16, 10, 0]),
];

/// Such a network, of the kind that `formats::Quantized` reads.
fn network() -> Vec<u8> {
    let mut bytes = b"UQNT\x01\x03\x06\x00".to_vec();
    for (name, layer) in &LAYERS {
        bytes.extend(&layer[..4]);
        layer[4..].iter().for_each(|v| bytes.extend([*v, 0]));
        bytes.push(name.len() as u8);
        bytes.extend(name.as_bytes());
    }
    // By this draw the first photo is a hen, and a push of one grey level makes it a gibbon.
    let mut rng = Rng::seeded(361);
    for (_, [op, side, _, _, inputs, outputs, _]) in LAYERS.map(|(name, layer)| (name, layer.map(u32::from)))
    {
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
