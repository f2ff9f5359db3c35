//! The pictures that ship, for tests and lessons: `www/assets/digits`, unpacked.

use flate2::read::GzDecoder;
use std::io::Read;
use uncrumple::data::Images;
use uncrumple::train::Examples;

/// What is inside `name`.bin.gz.
pub fn unpacked(name: &str) -> Vec<u8> {
    let path = format!("{}/www/assets/digits/{name}.bin.gz", env!("CARGO_MANIFEST_DIR"));
    let packed = std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).expect("gzip");
    bytes
}

/// Its pictures: `digits-train` (12,000), `digits-test` (2,000) or `clothes-test` (500).
pub fn images(name: &str) -> Images {
    Images::read(&unpacked(name)).expect("pictures")
}

/// Its first `count`. They are the source's first: of every class about as many.
#[allow(dead_code)] // not every test trains
pub fn examples(name: &str, count: usize) -> Examples {
    Examples::of_images(&images(name), 0..count)
}
