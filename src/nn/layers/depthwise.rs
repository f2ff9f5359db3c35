//! `y[p, c] = b[c] + Σ x[s p + t, c] w[t, c]`, t over a window: every channel convolved by itself (Howard et al. 2017).

use super::{Phases, Window};
use crate::kernel::{self, Runs};
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
    runs: Runs,
    phases: Phases,
}

impl Depthwise {
    /// One channel out for each channel in, at each place of `window`.
    pub fn new(window: Window, init: Init) -> Self {
        let ([height, width], channels, stride) = (window.seen(), window.input.channels, window.stride);
        let runs = Runs {
            count: window.sides[0],
            len: window.sides[1] * channels,
            row: width * channels,
            step: [stride * channels, stride * width * channels],
            places: window.places,
        };
        let seen = Shape { height, width, channels };
        Self { runs, phases: Phases::new(window), window, init, seen }
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

    fn input_gradient(&self, w: &[f32], dy: &[f32], dx: &mut [f32], work: &mut [f32]) {
        let (c, frame) = (self.seen.channels, self.phases.shape(self.seen.channels));
        let (framed, turned) = work.split_at_mut(frame.len());
        kernel::frame(framed, frame, self.output(), self.phases.around);
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
        let of = dy.chunks_exact(self.output().len()).zip(dx.chunks_exact_mut(self.window.input.len()));
        for (dy, dx) in of {
            kernel::place(dy, self.output(), framed, frame, self.phases.around);
            let mut turned = &*turned;
            for phase in self.phases.iter() {
                let (mine, after) = turned.split_at(phase.taps[0] * phase.taps[1] * c);
                let ((from, runs), (at, to)) = (self.phases.runs(&phase, c), self.phases.to(&phase));
                kernel::depthwise(&framed[from..], &runs, mine, &[], &mut dx[at..], (c, to));
                turned = after;
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
        self.seen.len().max(self.phases.shape(self.seen.channels).len() + self.weights().end)
    }

    fn forward(&self, params: &[f32], x: &[&[f32]], y: &mut [f32], room: Room, _: &mut Mode) {
        let (w, b) = params.split_at(self.weights().end);
        let (input, c) = (self.window.input, self.seen.channels);
        let seen = &mut room.work[..self.seen.len()];
        kernel::frame(seen, self.seen, input, self.window.before);
        let line = self.window.places[1] * c;
        let row = Runs { places: [1, self.window.places[1]], ..self.runs };
        for (x, y) in x[0].chunks_exact(input.len()).zip(y.chunks_exact_mut(self.output().len())) {
            kernel::place(x, input, seen, self.seen, self.window.before);
            for (i, y) in y.chunks_exact_mut(line).enumerate() {
                kernel::depthwise(&seen[i * row.step[1]..], &row, w, b, y, (c, [c, line]));
                if let Some(clip) = room.clip {
                    kernel::clip(y, clip);
                }
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
        let (input, c, w) = (self.window.input, self.seen.channels, &params[self.weights()]);
        if let Some(dparams) = dparams {
            kernel::bias_gradient(dy, &mut dparams[w.len()..]);
            let seen = &mut at.work[..self.seen.len()];
            kernel::frame(seen, self.seen, input, self.window.before);
            for (x, dy) in at.x[0].chunks_exact(input.len()).zip(dy.chunks_exact(self.output().len())) {
                kernel::place(x, input, seen, self.seen, self.window.before);
                self.each(|p, s, t| kernel::madd(&seen[s..s + c], &dy[p..p + c], &mut dparams[t..t + c]));
            }
        }
        if !dx[0].is_empty() {
            self.input_gradient(w, dy, dx[0], at.work);
        }
    }
}
