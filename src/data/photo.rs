//! A photograph in colours, as one file: `UPIC`, made by `www/tools/imagenet.js`.
//!
//! Magic `UPIC`, version 1, channels (a byte each), height, width (16 bits), then every byte less what Paeth's filter expects of it from
//! its neighbours to the left and above (as in PNG: a third less once gzipped), CRC-32 of all before it. Little-endian.

use super::checksum::crc32;
use crate::error::{Error, Result};
use crate::tensor::Shape;

const MAGIC: &[u8; 4] = b"UPIC";
const VERSION: u8 = 1;
const HEADER: usize = 10;
const CHANNELS: usize = 3;
/// Pixels in red, green and blue, a byte each, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    height: usize,
    width: usize,
    pixels: Vec<u8>,
}

fn bad(what: &'static str, expected: usize, got: usize) -> Error {
    Error::ImageFile { what, expected, got }
}

impl Photo {
    /// More than any photo that ships.
    pub const MAX_SIDE: usize = 1024;

    /// `pixels` are `height × width × 3`.
    pub(super) fn new(height: usize, width: usize, pixels: Vec<u8>) -> Self {
        Self { height, width, pixels }
    }

    /// The photo of a file. Nothing is allocated before its length and its checksum are those it states.
    ///
    /// # Errors
    /// [`Error::ImageFile`]: `magic` for another kind of file, `version`, `size` for none or too many pixels or no colours, `length` for
    /// a file cut short or gone on, `checksum` for one that was altered.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let Some((head, _)) = bytes.split_at_checked(HEADER) else {
            return Err(bad("length", HEADER, bytes.len()));
        };
        if !head.starts_with(MAGIC) {
            return Err(bad("magic", word(MAGIC), word(head)));
        }
        if head[4] != VERSION {
            return Err(bad("version", VERSION.into(), head[4].into()));
        }
        let [height, width] = [6, 8].map(|at| usize::from(u16::from_le_bytes([head[at], head[at + 1]])));
        for side in [height, width] {
            if !(1..=Self::MAX_SIDE).contains(&side) {
                return Err(bad("size", Self::MAX_SIDE, side));
            }
        }
        if usize::from(head[5]) != CHANNELS {
            return Err(bad("size", CHANNELS, head[5].into()));
        }
        let end = HEADER + height * width * CHANNELS;
        if bytes.len() != end + 4 {
            return Err(bad("length", end + 4, bytes.len()));
        }
        let (stated, sum) = (word(&bytes[end..]), crc32(&bytes[..end]) as usize);
        if stated != sum {
            return Err(bad("checksum", stated, sum));
        }
        let mut pixels = bytes[HEADER..end].to_vec();
        unfilter(&mut pixels, width * CHANNELS);
        Ok(Self { height, width, pixels })
    }

    /// Geometry.
    pub fn shape(&self) -> Shape {
        Shape { height: self.height, width: self.width, channels: CHANNELS }
    }

    /// All pixels, `height × width × 3`.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }
}

fn word(at: &[u8]) -> usize {
    u32::from_le_bytes([at[0], at[1], at[2], at[3]]) as usize
}

/// Adds to every byte what was expected of it, from the first on.
fn unfilter(pixels: &mut [u8], line: usize) {
    for i in 0..pixels.len() {
        let (left, above) = (i % line >= CHANNELS, i >= line);
        let at = |there: bool, back: usize| if there { i32::from(pixels[i - back]) } else { 0 };
        let (a, b) = (at(left, CHANNELS), at(above, line));
        let c = at(left && above, line + CHANNELS);
        let (pa, pb, pc) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
        let expected = if pa <= pb && pa <= pc {
            a
        } else if pb <= pc {
            b
        } else {
            c
        };
        pixels[i] = pixels[i].wrapping_add(expected as u8);
    }
}
