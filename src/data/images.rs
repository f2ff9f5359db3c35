//! Grey pictures with a class each, as one file: `UIMG`, made by `www/tools/digits.js`.
//!
//! Magic `UIMG`, version 1, classes (a byte each), height, width (16 bits), count (32 bits), a class a picture (a byte), its
//! pixels row by row (a byte), CRC-32 of all before it. Little-endian. The checksum is the file's own because the page can
//! compare SHA-256 only where its address is secure, and here it must hold everywhere; it is gzip's, so any tool can tell it.

use super::checksum::crc32;
use crate::error::{Error, Result};
use crate::tensor::Shape;

const MAGIC: &[u8; 4] = b"UIMG";
const VERSION: u8 = 1;
const HEADER: usize = 14;
/// More than any lab trains on: 20,000 pictures of 28 × 28.
const MAX_BYTES: usize = 16 << 20;

/// N pictures of one size, as they came: a byte a pixel, a quarter of what they take as rows of a network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Images {
    height: usize,
    width: usize,
    kinds: usize,
    /// A class each.
    classes: Vec<u8>,
    /// `N × height × width`.
    pixels: Vec<u8>,
}

fn bad(what: &'static str, expected: usize, got: usize) -> Error {
    Error::ImageFile { what, expected, got }
}

impl Images {
    /// The pictures of a file. Nothing is allocated before its length and its checksum are those it states.
    ///
    /// # Errors
    /// [`Error::ImageFile`]: `magic` for another kind of file, `version`, `size` for none or too many pixels, `length` for a
    /// file cut short or gone on, `checksum` for one that was altered, `class` for a class it says it has not.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let Some((head, _)) = bytes.split_at_checked(HEADER) else {
            return Err(bad("length", HEADER, bytes.len()));
        };
        if !head.starts_with(MAGIC) {
            let word = |at: &[u8]| u32::from_le_bytes([at[0], at[1], at[2], at[3]]) as usize;
            return Err(bad("magic", word(MAGIC), word(head)));
        }
        if head[4] != VERSION {
            return Err(bad("version", VERSION.into(), head[4].into()));
        }
        let kinds = usize::from(head[5]);
        let [height, width] = [6, 8].map(|at| usize::from(u16::from_le_bytes([head[at], head[at + 1]])));
        let count = u32::from_le_bytes([head[10], head[11], head[12], head[13]]);
        // A byte for the class, too. 2³² pictures of (2¹⁶ − 1)² + 1 bytes are just under 2⁶⁴.
        let body = u64::from(count) * (height as u64 * width as u64 + 1);
        if count == 0 || height == 0 || width == 0 || kinds == 0 {
            return Err(bad("size", 1, 0));
        }
        if body > MAX_BYTES as u64 {
            return Err(bad("size", MAX_BYTES, usize::try_from(body).unwrap_or(usize::MAX)));
        }
        let (count, end) = (count as usize, HEADER + body as usize);
        if bytes.len() != end + 4 {
            return Err(bad("length", end + 4, bytes.len()));
        }
        let (stated, sum) = (&bytes[end..], crc32(&bytes[..end]));
        let stated = u32::from_le_bytes([stated[0], stated[1], stated[2], stated[3]]);
        if stated != sum {
            return Err(bad("checksum", stated as usize, sum as usize));
        }
        let (classes, pixels) = bytes[HEADER..end].split_at(count);
        if let Some(&class) = classes.iter().find(|&&class| usize::from(class) >= kinds) {
            return Err(bad("class", kinds - 1, class.into()));
        }
        Ok(Self { height, width, kinds, classes: classes.into(), pixels: pixels.into() })
    }

    /// The file that [`Images::read`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([VERSION, self.kinds as u8]);
        bytes.extend((self.height as u16).to_le_bytes());
        bytes.extend((self.width as u16).to_le_bytes());
        bytes.extend((self.classes.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&self.classes);
        bytes.extend_from_slice(&self.pixels);
        let sum = crc32(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    /// Number of pictures.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// Geometry of one.
    pub fn shape(&self) -> Shape {
        Shape { height: self.height, width: self.width, channels: 1 }
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.kinds
    }

    /// Class of picture `i`.
    pub fn class(&self, i: usize) -> u32 {
        self.classes[i].into()
    }

    /// Pixels of picture `i`, row by row.
    pub fn pixels(&self, i: usize) -> &[u8] {
        let len = self.height * self.width;
        &self.pixels[i * len..][..len]
    }

    /// Picture `i` as a row of a network: 0 is black, 1 is 255.
    ///
    /// # Panics
    /// If `row` is not as long as a picture.
    pub fn write(&self, i: usize, row: &mut [f32]) {
        let pixels = self.pixels(i);
        assert_eq!(row.len(), pixels.len(), "a picture of {}", self.shape());
        row.iter_mut().zip(pixels).for_each(|(v, &pixel)| *v = f32::from(pixel) / 255.0);
    }

    /// Heap bytes of a clone.
    pub fn heap_bytes(&self) -> usize {
        self.classes.len() + self.pixels.len()
    }
}
