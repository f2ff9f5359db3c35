//! `y[p, c] = b[c] + Σ x[s p + t, c] w[t, c]`, t over a window: every channel convolved by itself (Howard et al. 2017).

use super::Window;
use crate::kernel;
use crate::nn::{Init, Layer, Mode, Room, Saved};
use crate::rng::Rng;
use crate::tensor::Shape;
use std::ops::Range;

/// A convolution of each channel. Parameters: w (rows × columns of the window × channels), then b (channels).
#[derive(Debug)]
pub struct Depthwise {
    window: Window,
    init: Init,
    /// The picture with its zeros around.
    seen: Shape,
}

impl Depthwise {
    /// One channel out for each channel in, at each place of `window`.
    pub fn new(window: Window, init: Init) -> Self {
        let [height, width] = window.seen();
        Self { window, init, seen: Shape { height, width, channels: window.input.channels } }
    }

    /// Calls `f` with each place's channels in `y` and each tap's in `seen` and in the weights, as where they begin.
    #[inline(always)]
    fn each(&self, mut f: impl FnMut(usize, usize, usize)) {
        let ([rows, columns], [high, wide]) = (self.window.sides, self.window.places);
        let (c, across, stride) = (self.seen.channels, self.seen.width, self.window.stride);
        for place in 0..high * wide {
            let corner = (place / wide * across + place % wide) * stride;
            for tap in 0..rows * columns {
                f(place * c, (corner + tap / columns * across + tap % columns) * c, tap * c);
            }
        }
    }
}

impl Layer for Depthwise {
    fn kind(&self) -> &'static str {
        "depthwise"
    }

    fn output(&self) -> Shape {
        self.window.output(self.window.input.channels)
    }

    fn param_len(&self) -> usize {
        (self.window.taps() + 1) * self.window.input.channels
    }

    fn weights(&self) -> Range<usize> {
        0..self.window.taps() * self.window.input.channels
    }

    fn init(&self, params: &mut [f32], rng: &mut Rng) {
        // A unit reads one window of one channel, and a pixel is read by as many units.
        let taps = self.window.taps() as f32;
        let variance = match self.init {
            Init::He => 2.0 / taps,
            Init::Xavier => 1.0 / taps,
        };
        let (w, b) = params.split_at_mut(self.weights().end);
        w.fill_with(|| variance.sqrt() * rng.normal());
        b.fill(0.0);
    }

    fn work_len(&self) -> usize {
        2 * self.seen.len()
    }

    fn forward(&self, params: &[f32], x: &[&[f32]], y: &mut [f32], room: Room, _: &mut Mode) {
        let (w, b) = params.split_at(self.weights().end);
        let (input, c) = (self.window.input, self.seen.channels);
        let seen = &mut room.work[..self.seen.len()];
        seen.fill(0.0);
        for (x, y) in x[0].chunks_exact(input.len()).zip(y.chunks_exact_mut(self.output().len())) {
            kernel::place(x, input, seen, self.seen, self.window.before, 1);
            kernel::fill_rows(b, y);
            self.each(|p, s, t| kernel::madd(&seen[s..s + c], &w[t..t + c], &mut y[p..p + c]));
        }
    }

    fn backward(
        &self,
        params: &[f32],
        at: Saved,
        dy: &[f32],
        dx: &mut [&mut [f32]],
        mut dparams: Option<&mut [f32]>,
    ) {
        let (input, c, w) = (self.window.input, self.seen.channels, &params[self.weights()]);
        let (seen, dseen) = at.work[..2 * self.seen.len()].split_at_mut(self.seen.len());
        seen.fill(0.0);
        if let Some(dparams) = &mut dparams {
            kernel::bias_gradient(dy, &mut dparams[w.len()..]);
        }
        let rows = at.x[0].chunks_exact(input.len()).zip(dy.chunks_exact(self.output().len()));
        for (n, (x, dy)) in rows.enumerate() {
            if let Some(dparams) = &mut dparams {
                kernel::place(x, input, seen, self.seen, self.window.before, 1);
                let add = |p, s, t| kernel::madd(&seen[s..s + c], &dy[p..p + c], &mut dparams[t..t + c]);
                self.each(add);
            }
            if !dx[0].is_empty() {
                dseen.fill(0.0);
                self.each(|p, s, t| kernel::madd(&dy[p..p + c], &w[t..t + c], &mut dseen[s..s + c]));
                let dx = &mut dx[0][n * input.len()..][..input.len()];
                kernel::cut_out(dseen, self.seen, self.window.before, dx, input);
            }
        }
    }
}
