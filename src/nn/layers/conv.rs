//! `y[p, o] = b[o] + Σ x[s p + t, i] w[t, i, o]`, t over a window: a convolution of pictures.

use super::{Phase, Phases, Window};
use crate::error::{Error, Result};
use crate::kernel::{self, Finish, Mat, Runs, Write, gemm, gemm_then};
use crate::nn::{Init, Layer, Mode, Room, Saved};
use crate::rng::Rng;
use crate::tensor::Shape;
use std::ops::Range;

/// A convolution. Parameters: w (rows × columns of the window × channels in × channels out), then b (channels out).
#[derive(Debug)]
pub struct Conv {
    window: Window,
    channels: usize,
    init: Init,
    /// The picture with its zeros around.
    seen: Shape,
    runs: Runs,
    phases: Phases,
}

/// More than any layer here needs; a message has to name some end of the range.
const MAX_CHANNELS: usize = 1 << 16;

impl Conv {
    /// `channels` out of each place of `window`.
    ///
    /// # Errors
    /// [`Error::Parameter`] unless `1 ≤ channels ≤ 65,536`.
    pub fn new(window: Window, channels: usize, init: Init) -> Result<Self> {
        if !(1..=MAX_CHANNELS).contains(&channels) {
            let (min, max, value) = (1.0, MAX_CHANNELS as f64, channels as f64);
            return Err(Error::Parameter { name: "channels".into(), min, max, value });
        }
        let (input, [rows, columns], [height, width]) = (window.input, window.sides, window.seen());
        let stride = window.stride * input.channels;
        let runs = Runs {
            count: rows,
            len: columns * input.channels,
            row: width * input.channels,
            step: [stride, stride * width],
            places: window.places,
        };
        let seen = Shape { height, width, channels: input.channels };
        Ok(Self { runs, phases: Phases::new(window), window, channels, init, seen })
    }

    /// Numbers under one window: the inner length of the product.
    fn reach(&self) -> usize {
        self.window.taps() * self.window.input.channels
    }

    /// Whether the way back to the input is better taken one channel at a time.
    fn is_narrow(&self) -> bool {
        self.window.input.channels <= 2 && self.window.stride == 1 && self.channels.is_multiple_of(4)
    }

    /// The weights as the way back to one kind of pixel reads them: taps turned by half, channels in and out exchanged.
    fn turned<'a>(&'a self, phase: &'a Phase, w: &'a [f32]) -> impl Fn(usize, usize) -> f32 + use<'a> {
        let (inputs, outputs, wide) = (self.window.input.channels, self.channels, phase.taps[1]);
        move |k, i| {
            let tap = self.phases.tap(phase, [k / outputs / wide, k / outputs % wide]);
            w[(tap * inputs + i) * outputs + k % outputs]
        }
    }

    fn input_gradient(&self, w: &[f32], dy: &[f32], dx: &mut [f32], finish: Finish, work: &mut [f32]) {
        let inputs = self.window.input.channels;
        let frame = self.phases.shape(self.channels);
        let reach = |phase: &Phase| phase.taps[0] * phase.taps[1] * self.channels;
        let (framed, panels) = work.split_at_mut(frame.len());
        kernel::frame(framed, frame, self.output(), self.phases.around);
        let mut rest = &mut *panels;
        for phase in self.phases.iter() {
            let (k, w) = (reach(&phase), self.turned(&phase, w));
            let (mine, after) = std::mem::take(&mut rest).split_at_mut(kernel::packed_len(k, inputs));
            if self.is_narrow() {
                for (i, w_of) in mine[..k * inputs].chunks_exact_mut(k).enumerate() {
                    w_of.iter_mut().enumerate().for_each(|(k, to)| *to = w(k, i));
                }
            } else {
                kernel::pack(k, inputs, w, mine);
            }
            rest = after;
        }
        let of = dy.chunks_exact(self.output().len()).zip(dx.chunks_exact_mut(self.window.input.len()));
        for (n, (dy, dx)) in of.enumerate() {
            kernel::place(dy, self.output(), framed, frame, self.phases.around);
            if self.phases.iter().any(|phase| phase.taps.contains(&0)) {
                // Pixels between windows.
                dx.fill(0.0);
            }
            let mut panels = &*panels;
            for phase in self.phases.iter().filter(|phase| !phase.taps.contains(&0)) {
                let k = reach(&phase);
                let (mine, after) = panels.split_at(kernel::packed_len(k, inputs));
                let ((from, runs), (at, to)) =
                    (self.phases.runs(&phase, self.channels), self.phases.to(&phase));
                if self.is_narrow() {
                    for (i, w) in mine[..k * inputs].chunks_exact(k).enumerate() {
                        kernel::correlate_one(&framed[from..], &runs, w, &mut dx[i..], inputs);
                    }
                } else {
                    kernel::correlate_to(&framed[from..], &runs, mine, &[], &mut dx[at..], (inputs, to));
                }
                panels = after;
            }
            finish.apply(n * dx.len(), dx);
        }
    }
}

impl Layer for Conv {
    fn kind(&self) -> &'static str {
        "conv"
    }

    fn output(&self) -> Shape {
        self.window.output(self.channels)
    }

    fn param_len(&self) -> usize {
        (self.reach() + 1) * self.channels
    }

    fn weights(&self) -> Range<usize> {
        0..self.reach() * self.channels
    }

    fn init(&self, params: &mut [f32], rng: &mut Rng) {
        let variance = match self.init {
            Init::He => 2.0 / self.reach() as f32,
            Init::Xavier => 2.0 / (self.reach() + self.window.taps() * self.channels) as f32,
        };
        let (w, b) = params.split_at_mut(self.reach() * self.channels);
        w.fill_with(|| variance.sqrt() * rng.normal());
        b.fill(0.0);
    }

    fn clips(&self) -> bool {
        true
    }

    fn work_len(&self) -> usize {
        if self.window.is_pixel() {
            return 0;
        }
        let panels = kernel::packed_len(self.reach(), self.channels);
        let turned = kernel::packed_len(self.window.taps() * self.channels, self.window.input.channels);
        (self.seen.len() + panels).max(self.phases.shape(self.channels).len() + turned)
    }

    fn forward(&self, params: &[f32], x: &[&[f32]], y: &mut [f32], room: Room, _: &mut Mode) {
        let (w, b) = params.split_at(self.reach() * self.channels);
        if self.window.is_pixel() {
            let (k, n) = (self.reach(), self.channels);
            let x = Mat::new(x[0], y.len() / n, k);
            let then = |at: usize, y: &mut [f32]| room.finish.apply(at, y);
            return gemm_then(x, Mat::new(w, k, n), y, Write::Onto(b), &then);
        }
        let (seen, panels) = room.work.split_at_mut(self.seen.len());
        let input = self.window.input;
        kernel::frame(seen, self.seen, input, self.window.before);
        kernel::pack(self.reach(), self.channels, |k, o| w[k * self.channels + o], panels);
        let of = x[0].chunks_exact(input.len()).zip(y.chunks_exact_mut(self.output().len()));
        for (n, (x, y)) in of.enumerate() {
            kernel::place(x, input, seen, self.seen, self.window.before);
            kernel::correlate(seen, &self.runs, panels, b, y, self.channels);
            room.finish.apply(n * y.len(), y);
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
        let (k, n, input) = (self.reach(), self.channels, self.window.input);
        let w = &params[..k * n];
        let pixels = dy.len() / n;
        if let Some(dparams) = dparams {
            let (dw, db) = dparams.split_at_mut(k * n);
            kernel::bias_gradient(dy, db);
            if self.window.is_pixel() {
                gemm(Mat::new(at.x[0], pixels, k).t(), Mat::new(dy, pixels, n), dw, Write::Add);
            } else {
                let seen = &mut at.work[..self.seen.len()];
                kernel::frame(seen, self.seen, input, self.window.before);
                for (x, dy) in at.x[0].chunks_exact(input.len()).zip(dy.chunks_exact(self.output().len())) {
                    kernel::place(x, input, seen, self.seen, self.window.before);
                    kernel::weight_gradient(seen, &self.runs, dy, dw, n);
                }
            }
        }
        if dx[0].is_empty() {
            return;
        }
        if self.window.is_pixel() {
            let then = |from: usize, dx: &mut [f32]| at.finish.apply(from, dx);
            gemm_then(Mat::new(dy, pixels, n), Mat::new(w, k, n).t(), dx[0], Write::Set, &then);
        } else {
            self.input_gradient(w, dy, dx[0], at.finish, at.work);
        }
    }
}
