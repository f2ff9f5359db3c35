//! A picture of any size made a small square: the middle of it, by a triangle filter as wide as the scale (every pixel counts), in whole numbers.
//!
//! Pillow's bilinear to the bit. A browser's own is another in each browser and each version, and a net's answer would be, too.

use super::Photo;
use crate::error::{Error, Result};

/// A hundred million: more than a camera's picture has.
const MAX_PIXELS: usize = 100_000_000;
/// Weights are in 2⁻²².
const BITS: u32 = 22;

/// The middle square of `rgba` (`height × width × 4`), made `side × side`. What shines through is white.
///
/// # Errors
/// [`Error::TooMany`] for more than 100,000,000 pixels; [`Error::Length`] unless there are four bytes a pixel, and at least one pixel;
/// [`Error::Parameter`] for a side outside 1 to 1,024.
pub fn square(rgba: &[u8], [height, width]: [usize; 2], side: usize) -> Result<Photo> {
    let count = height.saturating_mul(width);
    if count > MAX_PIXELS {
        return Err(Error::TooMany { what: "pixels", max: MAX_PIXELS, got: count });
    }
    if rgba.is_empty() || rgba.len() != 4 * count {
        return Err(Error::Length { what: "pixels", expected: 4 * count, got: rgba.len() });
    }
    if !(1..=Photo::MAX_SIDE).contains(&side) {
        let (min, max, value) = (1.0, Photo::MAX_SIDE as f64, side as f64);
        return Err(Error::Parameter { name: "side".into(), min, max, value });
    }
    let whole = height.min(width);
    let (top, left) = ((height - whole) / 2, (width - whole) / 2);
    let taps = Taps::new(whole, side);
    // Columns first, row by row, so that no second picture of the full size is held.
    let (mut line, mut narrow) = (vec![0; 3 * whole], vec![0; 3 * whole * side]);
    for (y, narrow) in narrow.chunks_exact_mut(3 * side).enumerate() {
        let from = &rgba[4 * ((top + y) * width + left)..][..4 * whole];
        line.as_chunks_mut::<3>()
            .0
            .iter_mut()
            .zip(from.as_chunks::<4>().0)
            .for_each(|(to, from)| *to = on_white(*from));
        let pixels = line.as_chunks::<3>().0;
        for (to, (first, weights)) in narrow.as_chunks_mut::<3>().0.iter_mut().zip(taps.each()) {
            *to = mix(pixels[first..].iter(), weights);
        }
    }
    let (pixels, mut out) = (narrow.as_chunks::<3>().0, Vec::with_capacity(3 * side * side));
    for (first, weights) in taps.each() {
        for x in 0..side {
            out.extend(mix(pixels[first * side + x..].iter().step_by(side), weights));
        }
    }
    Ok(Photo::new(side, side, out))
}

fn on_white([r, g, b, alpha]: [u8; 4]) -> [u8; 3] {
    let alpha = u32::from(alpha);
    [r, g, b].map(|v| ((u32::from(v) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
}

fn mix<'a>(pixels: impl Iterator<Item = &'a [u8; 3]>, weights: &[i32]) -> [u8; 3] {
    let mut sums = [1 << (BITS - 1); 3];
    for (pixel, weight) in pixels.zip(weights) {
        for (sum, v) in sums.iter_mut().zip(pixel) {
            *sum += i32::from(*v) * weight;
        }
    }
    sums.map(|sum| (sum >> BITS).clamp(0, 255) as u8)
}

/// For each place, the first number read and what it and those after it are worth.
struct Taps {
    begin: Vec<usize>,
    /// Where each place's weights end.
    ends: Vec<usize>,
    weights: Vec<i32>,
}

impl Taps {
    fn new(from: usize, to: usize) -> Self {
        let scale = from as f64 / to as f64;
        let wide = if scale > 1.0 { scale } else { 1.0 };
        let mut taps = Self { begin: Vec::new(), ends: Vec::new(), weights: Vec::new() };
        let mut shares = Vec::new();
        for i in 0..to {
            let centre = (i as f64 + 0.5) * scale;
            // Below zero a cast to usize gives zero.
            let first = (centre - wide + 0.5) as usize;
            let end = ((centre + wide + 0.5) as usize).min(from);
            shares.clear();
            shares.extend((first..end).map(|k| {
                let t = ((k as f64 - centre + 0.5) * (1.0 / wide)).abs();
                if t < 1.0 { 1.0 - t } else { 0.0 }
            }));
            let sum: f64 = shares.iter().sum();
            let whole = f64::from(1 << BITS);
            taps.weights.extend(shares.iter().map(|share| (share / sum * whole + 0.5) as i32));
            taps.begin.push(first);
            taps.ends.push(taps.weights.len());
        }
        taps
    }

    fn each(&self) -> impl Iterator<Item = (usize, &[i32])> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let spans = starts.zip(&self.ends).map(|(start, end)| &self.weights[*start..*end]);
        self.begin.iter().copied().zip(spans)
    }
}
