//! Files of pictures: read back as they were written, refused when they are anything else; and those that ship.
#![cfg(not(target_arch = "wasm32"))]

mod pictures;

use uncrumple::Error;
use uncrumple::data::Images;
use uncrumple::tensor::Shape;
use uncrumple::train::Examples;

/// CRC-32 bit by bit: not the reader's own.
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

/// A file with this header and body, its checksum right.
fn file(version: u8, kinds: u8, height: u16, width: u16, count: u32, body: &[u8]) -> Vec<u8> {
    let mut bytes = b"UIMG".to_vec();
    bytes.extend([version, kinds]);
    bytes.extend(height.to_le_bytes());
    bytes.extend(width.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend_from_slice(body);
    bytes.extend(crc32(&bytes).to_le_bytes());
    bytes
}

/// Two pictures of 2 × 3, of classes 4 and 0.
const BODY: [u8; 14] = [4, 0, 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6];

fn small() -> Vec<u8> {
    file(1, 5, 2, 3, 2, &BODY)
}

fn refusal(bytes: &[u8]) -> &'static str {
    match Images::read(bytes) {
        Err(Error::ImageFile { what, .. }) => what,
        other => panic!("{:?} is no refusal", other.map(|_| ())),
    }
}

#[test]
fn a_file_is_read_as_it_was_written() {
    let images = Images::read(&small()).unwrap();
    assert_eq!((images.len(), images.classes(), images.is_empty()), (2, 5, false));
    assert_eq!(images.shape(), Shape { height: 2, width: 3, channels: 1 });
    assert_eq!([images.class(0), images.class(1)], [4, 0]);
    assert_eq!(images.pixels(1), [1, 2, 3, 4, 5, 6]);
    let mut row = [9.0; 6];
    images.write(0, &mut row);
    assert_eq!(row, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
    assert_eq!(images.to_bytes(), small());
    let examples = Examples::of_images(&images, 1..2);
    assert_eq!((examples.len(), examples.width, &examples.classes[..]), (1, 6, &[0][..]));
    assert_eq!(examples.x[5], 6.0 / 255.0);
}

#[test]
fn a_file_cut_short_or_gone_on_is_refused_at_every_length() {
    let whole = small();
    for len in 0..whole.len() {
        assert_eq!(refusal(&whole[..len]), "length", "{len} bytes");
    }
    assert_eq!(refusal(&[&whole[..], &[0]].concat()), "length");
    assert_eq!(refusal(&[&whole[..], &whole[..]].concat()), "length");
}

#[test]
fn no_bit_can_change_unseen() {
    let whole = small();
    for bit in 0..8 * whole.len() {
        let mut altered = whole.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        let what = refusal(&altered);
        let expected: &[&str] = match bit / 8 {
            0..4 => &["magic"],
            4 => &["version"],
            6..14 => &["length", "size"],
            _ => &["checksum"],
        };
        assert!(expected.contains(&what), "bit {bit}: {what}");
    }
}

#[test]
fn what_it_says_of_itself_must_be_possible() {
    assert_eq!(refusal(&file(2, 5, 2, 3, 2, &BODY)), "version");
    assert_eq!(refusal(&file(1, 4, 2, 3, 2, &BODY)), "class");
    for (kinds, height, width, count) in [(0, 2, 3, 2), (5, 0, 3, 2), (5, 2, 0, 2), (5, 2, 3, 0)] {
        assert_eq!(refusal(&file(1, kinds, height, width, count, &[])), "size");
    }
    // As much as the header can say; nothing of it is allocated.
    assert_eq!(refusal(&file(1, 5, u16::MAX, u16::MAX, u32::MAX, &BODY)), "size");
    assert_eq!(refusal(&file(1, 5, 28, 28, 25_000, &BODY)), "size");
    assert_eq!(refusal(&file(1, 5, 28, 28, 20_000, &BODY)), "length");
    let Err(error) = Images::read(&file(1, 5, 2, 3, 9, &BODY)) else { panic!("it is read") };
    assert_eq!(error.code(), "image-file");
    assert_eq!(error, Error::ImageFile { what: "length", expected: 14 + 9 * 7 + 4, got: 32 });
}

#[test]
fn what_ships_has_as_many_pictures_of_every_class() {
    for (name, each) in [("digits-train", 1_200), ("digits-test", 200), ("clothes-test", 50)] {
        let images = pictures::images(name);
        assert_eq!((images.len(), images.classes()), (10 * each, 10), "{name}");
        assert_eq!(images.shape(), Shape { height: 28, width: 28, channels: 1 }, "{name}");
        let mut counts = [0; 10];
        (0..images.len()).for_each(|i| counts[images.class(i) as usize] += 1);
        assert_eq!(counts, [each; 10], "{name}");
    }
}

/// MNIST's training set begins 5 0 4 1 9 2 1 3 1 4, its test set 7 2 1 0 4 1 4 9 5 9; Fashion-MNIST's test set 9 2 1 1 6 1 4 6 5 7.
#[test]
fn what_ships_is_what_it_says() {
    for (name, first, mean) in [
        ("digits-train", [5, 0, 4, 1, 9, 2, 1, 3, 1, 4], 0.13..0.135),
        ("digits-test", [7, 2, 1, 0, 4, 1, 4, 9, 5, 9], 0.12..0.14),
        ("clothes-test", [9, 2, 1, 1, 6, 1, 4, 6, 5, 7], 0.26..0.31),
    ] {
        let images = pictures::images(name);
        let classes: Vec<u32> = (0..10).map(|i| images.class(i)).collect();
        assert_eq!(classes, first, "{name}");
        let sum: u64 = (0..images.len()).flat_map(|i| images.pixels(i)).map(|p| u64::from(*p)).sum();
        let share = sum as f64 / (images.len() * 784 * 255) as f64;
        println!("{name}: {share:.4} of white");
        assert!(mean.contains(&share), "{name}: {share}");
    }
}
