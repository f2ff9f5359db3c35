//! Deep dream: a picture is made to excite a whole layer, coarse before fine: an octave at a time (Mordvintsev et al. 2015).
//!
//! Each octave is larger than the one before. What was dreamt so far, as a difference from the photo at that size, is enlarged and laid over the photo
//! at the next: its fine detail is the photo's again each time. Beside it the control: the photo changed by as much at random.

mod noise;

use super::ascent::Buffers;
use super::{Aim, Ascent, Climb, Start};
use crate::error::Result;
use crate::kernel::{Domain, Mat, Write, axpy, clamp, gemm};
use crate::nn::Network;
use crate::rng::Rng;
use crate::tensor::{Shape, clone_by_field};
use std::rc::Rc;

/// Longest side that is looked at in one piece: at 512 pixels a gradient would hold some 300 MB of activations, in tiles it is a quarter of that.
const TILE: usize = 288;

/// Sizes of the picture on its way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Octaves {
    /// How many; at least 1.
    pub count: usize,
    /// How many times larger than the one before each is.
    pub scale: f32,
    /// Steps in each; at least 1.
    pub steps: u64,
}

impl Octaves {
    /// Side of octave `k` (from 0) of a picture whose side is `side`; none is under 64 pixels.
    pub fn side(&self, k: usize, side: usize) -> usize {
        let smaller = (k + 1..self.count).fold(side as f32, |side, _| side / self.scale);
        ((smaller + 0.5) as usize).max(LEAST).min(side)
    }
}

/// A square dream of three colours.
#[derive(Debug)]
pub struct Dream {
    photo: Rc<[f32]>,
    side: usize,
    octaves: Octaves,
    domain: Domain,
    /// Shared with clones until the next step.
    ascent: Rc<Ascent>,
    octave: usize,
    steps: u64,
    /// What the layer answered to the control at the last step; NaN where that was not asked.
    noisy: f32,
    rng: Rng,
}
clone_by_field!(Dream { photo, side, octaves, domain, ascent, octave, steps, noisy, rng });

/// Under this an octave shows nothing: the layers' grids are up to 32 pixels wide.
pub const LEAST: usize = 64;

fn square(side: usize) -> Shape {
    Shape { height: side, width: side, channels: 3 }
}

impl Dream {
    /// Of `photo`, `side × side × 3` numbers of `domain`.
    ///
    /// # Panics
    /// If it is of another size.
    pub fn new(photo: Rc<[f32]>, side: usize, octaves: Octaves, domain: Domain, rng: Rng) -> Self {
        assert_eq!(photo.len(), square(side).len(), "a photo of {side} × {side}");
        let first = octaves.side(0, side);
        let picture = rescaled(&photo, square(side), square(first)).into();
        let ascent = climb(picture, first, domain, rng.fork(0));
        Self {
            photo,
            side,
            octaves,
            domain,
            ascent: Rc::new(ascent),
            octave: 0,
            steps: 0,
            noisy: f32::NAN,
            rng,
        }
    }

    /// One step, the first of an octave on a picture of the next size; none once the last is done. `net` is put to the size it takes.
    ///
    /// # Errors
    /// As [`Ascent::step`], and what the network finds wrong with the size; nothing has moved then.
    pub fn step(
        &mut self,
        net: &mut Network,
        last: usize,
        climb: &Climb,
        buffers: &mut Buffers,
    ) -> Result<()> {
        if self.is_over() {
            return Ok(());
        }
        let next = (self.ascent.steps() == self.octaves.steps).then(|| self.larger());
        let side = next.as_ref().map_or(self.side(), |ascent| ascent.shape().height);
        let tile = side.div_ceil(side.div_ceil(TILE));
        if net.input() != square(tile) {
            net.resize(square(tile))?;
        }
        let now = next.as_ref().unwrap_or(&self.ascent);
        let noisy = if self.octaves.asks_about_noise(now.steps()) {
            self.answer_under_noise(now, net, last, climb, buffers)
        } else {
            f32::NAN
        };
        if let Some(mut ascent) = next {
            ascent.step(net, last, climb, buffers)?;
            self.ascent = Rc::new(ascent);
            self.octave += 1;
        } else {
            Rc::make_mut(&mut self.ascent).step(net, last, climb, buffers)?;
        }
        self.noisy = noisy;
        self.steps += 1;
        Ok(())
    }

    /// The next octave, its picture the photo of that size and on it what was dreamt.
    fn larger(&self) -> Ascent {
        let (from, to) = (self.side(), self.octaves.side(self.octave + 1, self.side));
        let mut dreamt = self.ascent.pictures().to_vec();
        axpy(-1.0, &self.photo_at(from), &mut dreamt);
        let mut picture = self.photo_at(to);
        axpy(1.0, &rescaled(&dreamt, square(from), square(to)), &mut picture);
        picture.iter_mut().for_each(|x| *x = clamp(*x, self.domain.low, self.domain.high));
        climb(picture.into(), to, self.domain, self.rng.fork(self.octave as u64 + 1))
    }

    /// The photo it began with.
    pub fn photo(&self) -> &[f32] {
        &self.photo
    }

    /// The photo at another size.
    pub fn photo_at(&self, side: usize) -> Vec<f32> {
        rescaled(&self.photo, square(self.side), square(side))
    }

    /// Whether the last octave is done.
    pub fn is_over(&self) -> bool {
        self.octave + 1 == self.octaves.count && self.ascent.steps() >= self.octaves.steps
    }

    /// The picture, [`Dream::side`]² × 3.
    pub fn picture(&self) -> &[f32] {
        self.ascent.pictures()
    }

    /// Its side now.
    pub fn side(&self) -> usize {
        self.ascent.shape().height
    }

    /// The objective before the last step; NaN before the first.
    pub fn objective(&self) -> f32 {
        self.ascent.values()[0]
    }

    /// What the layer answered to the photo changed by as much at random, when [`Dream::objective`] was looked at; NaN where that was not
    /// asked: it is at an octave's first and last step and at every seventh between.
    pub fn under_noise(&self) -> f32 {
        self.noisy
    }

    /// The octave it is in, from 0.
    pub fn octave(&self) -> usize {
        self.octave
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Heap bytes of a clone that a step lies between; clones share the photo, and without one all.
    pub fn heap_bytes(&self) -> usize {
        self.ascent.heap_bytes()
    }
}

fn climb(picture: Rc<[f32]>, side: usize, domain: Domain, rng: Rng) -> Ascent {
    Ascent::new((square(side), domain), Rc::new([Aim::Layer]), Start::Picture(picture), None, rng)
}

/// `x` (of shape `from`) at the size of `to`, by a triangle filter as wide as the scale; of as many channels.
pub fn rescaled(x: &[f32], from: Shape, to: Shape) -> Vec<f32> {
    if from == to {
        return x.to_vec();
    }
    let channels = from.channels;
    let (down, across) = (taps(from.height, to.height), taps(from.width, to.width));
    let mut low = vec![0.0; to.height * from.width * channels];
    gemm(
        Mat::new(&down, to.height, from.height),
        Mat::new(x, from.height, from.width * channels),
        &mut low,
        Write::Set,
    );
    let mut out = vec![0.0; to.len()];
    let lines = low.chunks_exact(from.width * channels).zip(out.chunks_exact_mut(to.width * channels));
    for (line, out) in lines {
        gemm(Mat::new(&across, to.width, from.width), Mat::new(line, from.width, channels), out, Write::Set);
    }
    out
}

/// What each of `to` places takes of each of `from`: `to × from`, every row's sum 1.
fn taps(from: usize, to: usize) -> Vec<f32> {
    let scale = from as f32 / to as f32;
    let wide = if scale > 1.0 { scale } else { 1.0 };
    let mut taps = vec![0.0; to * from];
    for (i, row) in taps.chunks_exact_mut(from).enumerate() {
        let centre = (i as f32 + 0.5) * scale - 0.5;
        for (k, tap) in row.iter_mut().enumerate() {
            let far = (k as f32 - centre).abs() / wide;
            *tap = if far < 1.0 { 1.0 - far } else { 0.0 };
        }
        let sum: f32 = row.iter().sum();
        row.iter_mut().for_each(|tap| *tap /= sum);
    }
    taps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rescaled_ramp_is_a_ramp_and_a_plain_picture_stays_plain() {
        let shape = |side| Shape { height: side, width: side, channels: 1 };
        let ramp: Vec<f32> = (0..64).map(|i| (i % 8) as f32).collect();
        let twice = rescaled(&ramp, shape(8), shape(16));
        for (i, v) in twice[..16].iter().enumerate().skip(1).take(14) {
            assert!((v - (i as f32 * 0.5 - 0.25)).abs() < 1e-5, "{i}: {v}");
        }
        for side in [5, 8, 11, 23] {
            assert!(rescaled(&[0.3; 64], shape(8), shape(side)).iter().all(|v| (v - 0.3).abs() < 1e-6));
        }
    }

    #[test]
    fn octaves_end_at_the_size_asked_for() {
        let octaves = Octaves { count: 4, scale: 1.4, steps: 14 };
        let sides = [0, 1, 2, 3].map(|k| octaves.side(k, 288));
        assert_eq!(sides, [105, 147, 206, 288]);
        assert_eq!(octaves.side(0, 128), 64);
    }
}
