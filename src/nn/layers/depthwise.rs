//! `y[p, c] = b[c] + Σ x[s p + t, c] w[t, c]`, t over a window: every channel convolved by itself (Howard et al. 2017).

use super::{Phases, Window};
use crate::kernel::{self, Finish};
use crate::nn::{Init, Layer, Mode, Room, Saved};
use crate::rng::Rng;
use crate::tensor::Shape;
use std::ops::Range;

/// A convolution of each channel. Parameters: w (rows × columns of the window × channels), then b (channels).
#[derive(Debug)]
pub struct Depthwise {
    window: Window,
    init: Init,
    phases: Phases,
}

impl Depthwise {
    /// One channel out for each channel in, at each place of `window`.
    pub fn new(window: Window, init: Init) -> Self {
        Self { phases: Phases::new(window), window, init }
    }

    /// Calls `f` with each place's channels in `y` and each tap's in `x` and in the weights, as where they begin.
    #[inline(always)]
    fn each(&self, mut f: impl FnMut(usize, usize, usize)) {
        let Window { input, sides: [rows, columns], stride, before, places: [high, wide] } = self.window;
        for place in 0..high * wide {
            for tap in 0..rows * columns {
                // Pixels above and to the left of the picture wrap around to far beyond it.
                let row = (place / wide * stride + tap / columns).wrapping_sub(before[0]);
                let column = (place % wide * stride + tap % columns).wrapping_sub(before[1]);
                if row < input.height && column < input.width {
                    let c = input.channels;
                    f(place * c, (row * input.width + column) * c, tap * c);
                }
            }
        }
    }

    fn input_gradient(&self, w: &[f32], dy: &[f32], dx: &mut [f32], finish: Finish, turned: &mut [f32]) {
        let (input, c) = (self.window.input, self.window.input.channels);
        let mut rest = &mut *turned;
        for phase in self.phases.iter() {
            for q in 0..phase.taps[0] {
                for p in 0..phase.taps[1] {
                    let (tap, after) = std::mem::take(&mut rest).split_at_mut(c);
                    tap.copy_from_slice(&w[self.phases.tap(&phase, [q, p]) * c..][..c]);
                    rest = after;
                }
            }
        }
        let of = dy.chunks_exact(self.output().len()).zip(dx.chunks_exact_mut(input.len()));
        let line = input.width * c;
        for (n, (x, dx)) in of.enumerate() {
            for (row, dx) in dx.chunks_exact_mut(line).enumerate() {
                let mut turned = &*turned;
                for phase in self.phases.iter() {
                    let (taps, first) = (phase.taps, self.phases.first(&phase));
                    let (w, after) = turned.split_at(taps[0] * taps[1] * c);
                    turned = after;
                    if row % self.window.stride == phase.at[0] {
                        let way = kernel::Depthwise {
                            x,
                            from: self.output(),
                            w,
                            taps,
                            bias: &[],
                            stride: 1,
                            first,
                        };
                        let places = (phase.pixels[1], self.window.stride * c);
                        way.row(row / self.window.stride, &mut dx[phase.at[1] * c..], places);
                    }
                }
                finish.apply((n * input.height + row) * line, dx);
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

    fn clips(&self) -> bool {
        true
    }

    fn work_len(&self) -> usize {
        self.weights().end
    }

    fn forward(&self, params: &[f32], x: &[&[f32]], y: &mut [f32], room: Room, _: &mut Mode) {
        let (w, b) = params.split_at(self.weights().end);
        let (from, [high, wide]) = (self.window.input, self.window.places);
        let line = wide * from.channels;
        let first = self.window.before.map(|zeros| -(zeros as isize));
        let of = x[0].chunks_exact(from.len()).zip(y.chunks_exact_mut(self.output().len()));
        for (n, (x, y)) in of.enumerate() {
            let (taps, stride) = (self.window.sides, self.window.stride);
            let way = kernel::Depthwise { x, from, w, taps, bias: b, stride, first };
            for (i, y) in y.chunks_exact_mut(line).enumerate() {
                way.row(i, y, (wide, from.channels));
                room.finish.apply((n * high + i) * line, y);
            }
        }
    }

    fn backward(
        &self,
        params: &[f32],
        at: Saved,
        dy: &[f32],
        dx: &mut [&mut [f32]],
        dparams: Option<&mut [f32]>,
    ) {
        let (input, c, w) = (self.window.input, self.window.input.channels, &params[self.weights()]);
        if let Some(dparams) = dparams {
            kernel::bias_gradient(dy, &mut dparams[w.len()..]);
            for (x, dy) in at.x[0].chunks_exact(input.len()).zip(dy.chunks_exact(self.output().len())) {
                self.each(|p, s, t| kernel::madd(&x[s..s + c], &dy[p..p + c], &mut dparams[t..t + c]));
            }
        }
        if !dx[0].is_empty() {
            self.input_gradient(w, dy, dx[0], at.finish, at.work);
        }
    }
}
