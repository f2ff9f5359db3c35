//! What happens to photos on their way: JPEG and scaling, to the bit as libjpeg and Pillow do them.
#![cfg(not(target_arch = "wasm32"))]

use uncrumple::Error;
use uncrumple::data::{Chroma, resaved, square};

const SIZE: [usize; 2] = [45, 61];
const LEN: usize = 45 * 61 * 3;

/// `tests/golden/photos.py` says what is in it.
fn golden() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/photos.bin")).unwrap()
}

fn differences(a: &[u8], b: &[u8]) -> (u8, usize) {
    assert_eq!(a.len(), b.len());
    let gaps = || a.iter().zip(b).map(|(a, b)| a.abs_diff(*b));
    (gaps().max().unwrap(), gaps().filter(|gap| *gap > 0).count())
}

fn rgba(rgb: &[u8]) -> Vec<u8> {
    rgb.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect()
}

#[test]
fn a_picture_saved_as_jpeg_is_what_libjpeg_makes_of_it() {
    let golden = golden();
    let (piece, mut rest) = golden.split_at(LEN);
    for quality in [30, 75, 90, 100] {
        for chroma in [Chroma::Full, Chroma::Halved] {
            let (expected, after) = rest.split_at(LEN);
            let (most, count) = differences(&resaved(piece, SIZE, quality, chroma).unwrap(), expected);
            println!("quality {quality}, {chroma:?}: {count} differ, by {most} at most");
            assert_eq!(most, 0, "quality {quality}, {chroma:?}: {count} differ");
            rest = after;
        }
    }
}

#[test]
fn a_picture_made_smaller_is_what_pillow_makes_of_it() {
    let golden = golden();
    let (piece, mut rest) = (rgba(&golden[..LEN]), &golden[9 * LEN..]);
    for side in [16, 60] {
        let (expected, after) = rest.split_at(3 * side * side);
        let photo = square(&piece, SIZE, side).unwrap();
        let (most, count) = differences(photo.pixels(), expected);
        println!("{side} pixels: {count} differ, by {most} at most");
        assert_eq!(most, 0, "{side} pixels: {count} differ");
        rest = after;
    }
    assert!(rest.is_empty());
}

#[test]
fn a_picture_of_its_own_size_stays_and_what_shines_through_is_white() {
    let pixels = [10, 20, 30, 255, 9, 9, 9, 0, 200, 100, 0, 128, 1, 2, 3, 255];
    assert_eq!(
        square(&pixels, [2, 2], 2).unwrap().pixels(),
        [10, 20, 30, 255, 255, 255, 227, 177, 127, 1, 2, 3]
    );
    let tall = [[7, 7, 7, 255], [1, 2, 3, 255], [8, 8, 8, 255]].concat();
    assert_eq!(square(&tall, [3, 1], 1).unwrap().pixels(), [1, 2, 3]);
}

#[test]
fn a_large_picture_of_one_colour_keeps_it() {
    let photo = square(&[[12, 200, 77, 255]; 3000 * 2000].concat(), [3000, 2000], 224).unwrap();
    assert!(photo.pixels().as_chunks::<3>().0.iter().all(|pixel| *pixel == [12, 200, 77]));
}

#[test]
fn what_is_no_picture_is_refused() {
    assert!(matches!(square(&[0; 16], [2, 3], 2), Err(Error::Length { expected: 24, got: 16, .. })));
    assert!(matches!(square(&[], [0, 0], 2), Err(Error::Length { .. })));
    assert!(matches!(square(&[0; 16], [2, 2], 0), Err(Error::Parameter { .. })));
    assert!(matches!(square(&[0; 16], [2, 2], 2000), Err(Error::Parameter { .. })));
    assert!(matches!(square(&[0; 16], [10_001, 10_000], 2), Err(Error::TooMany { .. })));
    assert!(matches!(square(&[0; 16], [usize::MAX, 2], 2), Err(Error::TooMany { .. })));
    assert!(matches!(resaved(&[0; 11], [2, 2], 75, Chroma::Full), Err(Error::Length { expected: 12, .. })));
    for quality in [0, 101] {
        assert!(matches!(resaved(&[0; 12], [2, 2], quality, Chroma::Full), Err(Error::Parameter { .. })));
    }
    assert_eq!(resaved(&[128; 3], [1, 1], 75, Chroma::Halved), Ok(vec![128; 3]));
}
