//! A picture saved as JPEG and opened again: what any page or camera does to one, and a control for attacks that hide in its last bits.
//!
//! RGB → YCbCr → 8 × 8 cosine transform → rounded to multiples of a table → and back, each step in libjpeg's own whole numbers, so that the
//! pixels are libjpeg's. What it writes between, without loss, is left out. Wallace 1991, *The JPEG still picture compression standard*.

use super::dct::{self, Block};
use crate::error::{Error, Result};

/// How finely the two channels of colour are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chroma {
    /// As finely as brightness: 4:4:4.
    Full,
    /// One for 2 × 2 pixels, smoothed on the way back: 4:2:0, libjpeg's default.
    Halved,
}

/// Annex K of the standard: brightness, colour.
#[rustfmt::skip]
const TABLES: [[u8; 64]; 2] = [
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ],
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ],
];

/// One number a pixel.
struct Plane {
    width: usize,
    height: usize,
    data: Vec<u8>,
}

/// `rgb` (`height × width × 3`) after saving at `quality` (1 to 100, libjpeg's) and opening.
///
/// # Errors
/// [`Error::Parameter`] for another quality; [`Error::Length`] unless there are three bytes a pixel, and at least one pixel.
pub fn resaved(rgb: &[u8], [height, width]: [usize; 2], quality: u32, chroma: Chroma) -> Result<Vec<u8>> {
    if !(1..=100).contains(&quality) {
        let (min, max, value) = (1.0, 100.0, quality.into());
        return Err(Error::Parameter { name: "quality".into(), min, max, value });
    }
    let expected = height.saturating_mul(width).saturating_mul(3);
    if rgb.is_empty() || rgb.len() != expected {
        return Err(Error::Length { what: "pixels", expected, got: rgb.len() });
    }
    let mut planes = [0, 1, 2].map(|c| {
        let data = rgb.as_chunks::<3>().0.iter().map(|pixel| luma_chroma(*pixel)[c]).collect();
        Plane { width, height, data }
    });
    for (c, plane) in planes.iter_mut().enumerate() {
        let table = TABLES[c.min(1)].map(|base| step(base, quality));
        if c > 0 && chroma == Chroma::Halved {
            let mut half = plane.halved();
            half.round(&table);
            *plane = half.doubled(width, height);
        } else {
            plane.round(&table);
        }
    }
    let [y, cb, cr] = &planes;
    Ok((0..width * height).flat_map(|i| colours([y.data[i], cb.data[i], cr.data[i]])).collect())
}

/// What a coefficient is a multiple of.
fn step(base: u8, quality: u32) -> i32 {
    let percent = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    ((u32::from(base) * percent + 50) / 100).clamp(1, 255) as i32
}

const HALF: i32 = 1 << 15;

// Coefficients of BT.601, in 2⁻¹⁶.
fn luma_chroma([r, g, b]: [u8; 3]) -> [u8; 3] {
    let [r, g, b] = [r, g, b].map(i32::from);
    let offset = (128 << 16) + HALF - 1;
    [
        19595 * r + 38470 * g + 7471 * b + HALF,
        -11059 * r - 21709 * g + 32768 * b + offset,
        32768 * r - 27439 * g - 5329 * b + offset,
    ]
    .map(|v| (v >> 16) as u8)
}

fn colours([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y), i32::from(cb) - 128, i32::from(cr) - 128);
    let red = (91881 * cr + HALF) >> 16;
    let green = (-22554 * cb - 46802 * cr + HALF) >> 16;
    let blue = (116130 * cb + HALF) >> 16;
    [red, green, blue].map(|v| byte(y + v))
}

fn byte(v: i32) -> u8 {
    v.clamp(0, 255) as u8
}

impl Plane {
    /// A pixel; beyond the edge the nearest.
    fn at(&self, x: usize, y: usize) -> i32 {
        self.data[y.min(self.height - 1) * self.width + x.min(self.width - 1)].into()
    }

    /// Every 8 × 8 block through the transform, rounded to multiples of `table`, and back.
    fn round(&mut self, table: &[i32; 64]) {
        for top in (0..self.height).step_by(8) {
            for left in (0..self.width).step_by(8) {
                let mut block: Block = std::array::from_fn(|i| self.at(left + i % 8, top + i / 8) - 128);
                dct::forward(&mut block);
                for (v, step) in block.iter_mut().zip(table) {
                    let divisor = 8 * step;
                    *v = (v.abs() + divisor / 2) / divisor * v.signum() * step;
                }
                dct::inverse(&mut block);
                for (y, row) in block.chunks_exact(8).enumerate().take(self.height - top) {
                    let line = &mut self.data[(top + y) * self.width + left..];
                    let wide = (self.width - left).min(8);
                    line[..wide].iter_mut().zip(row).for_each(|(to, v)| *to = byte(v + 128));
                }
            }
        }
    }

    /// Means of 2 × 2, rounded up and down in turn, as wide as whole blocks: libjpeg widens before it halves.
    fn halved(&self) -> Self {
        let (width, height) = (self.width.div_ceil(16) * 8, self.height.div_ceil(2));
        let mean = |x: usize, y: usize| {
            let sum = self.at(x, y) + self.at(x + 1, y) + self.at(x, y + 1) + self.at(x + 1, y + 1);
            ((sum + 1 + (x / 2 % 2) as i32) >> 2) as u8
        };
        let data = (0..width * height).map(|i| mean(2 * (i % width), 2 * (i / width))).collect();
        Self { width, height, data }
    }

    /// Three quarters of the nearest and one of the next, both ways.
    fn doubled(mut self, width: usize, height: usize) -> Self {
        let whole = self.width;
        let columns = width.div_ceil(2);
        let of = |x: usize, y: usize| i32::from(self.data[y * whole + x]);
        let down = |x: usize, y: usize| {
            let near = y / 2;
            let next =
                if y.is_multiple_of(2) { near.saturating_sub(1) } else { (near + 1).min(self.height - 1) };
            3 * of(x, near) + of(x, next)
        };
        let pixel = |x: usize, y: usize| {
            let near = x / 2;
            let sum = 3 * down(near, y);
            let v = match x % 2 {
                0 if near == 0 => sum + down(0, y) + 8,
                0 => sum + down(near - 1, y) + 8,
                _ if near + 1 == columns => sum + down(near, y) + 7,
                _ => sum + down(near + 1, y) + 7,
            };
            (v >> 4) as u8
        };
        let data = (0..width * height).map(|i| pixel(i % width, i / width)).collect();
        (self.width, self.height, self.data) = (width, height, data);
        self
    }
}
