//! The way back through a window that moves `stride` pixels at a time: stride × stride kinds of pixel, each seen by its own part of the window.
//!
//! A pixel gets its gradient from the places whose window was on it. Pixels a stride apart are seen by the same taps, so the gradient of one
//! kind is a plain correlation of `dy` with a part of the window, turned by half. Spreading `dy` out with zeros between, so that one correlation
//! does for all kinds, takes stride² times the work.

use super::Window;
use crate::kernel::Runs;
use crate::tensor::Shape;

/// One kind of pixel.
#[derive(Debug, Clone, Copy)]
pub struct Phase {
    /// The first pixel of the kind.
    pub at: [usize; 2],
    /// Rows and columns of such pixels.
    pub pixels: [usize; 2],
    /// The first tap that sees them; the others are a stride apart.
    first: [usize; 2],
    /// Rows and columns of such taps; none where the stride is longer than the window.
    pub taps: [usize; 2],
    /// Where in the frame the first pixel's first place is.
    corner: [usize; 2],
}

/// All kinds of pixel of a window's input.
#[derive(Debug, Clone, Copy)]
pub struct Phases {
    window: Window,
    /// Zeros before the places.
    pub around: [usize; 2],
    /// Rows and columns of the places with zeros around, which is what correlations read.
    pub frame: [usize; 2],
}

impl Phases {
    /// Of `window`.
    pub fn new(window: Window) -> Self {
        let around = window.sides.map(|side| side.div_ceil(window.stride) - 1);
        let sides = [window.input.height, window.input.width];
        let frame = [0, 1].map(|axis| {
            let last = (sides[axis] - 1 + window.before[axis]) / window.stride;
            around[axis] + window.places[axis].max(last + 1)
        });
        Self { window, around, frame }
    }

    /// The frame, `channels` deep.
    pub fn shape(&self, channels: usize) -> Shape {
        Shape { height: self.frame[0], width: self.frame[1], channels }
    }

    /// Every kind that has a pixel, row by row.
    pub fn iter(&self) -> impl Iterator<Item = Phase> + '_ {
        let stride = self.window.stride;
        (0..stride * stride)
            .map(move |i| self.phase([i / stride, i % stride]))
            .filter(|p| !p.pixels.contains(&0))
    }

    fn phase(&self, first: [usize; 2]) -> Phase {
        let Window { input, stride, before, sides, .. } = self.window;
        let lengths = [input.height, input.width];
        let at = [0, 1].map(|axis| (first[axis] + stride - before[axis] % stride) % stride);
        let pixels = [0, 1].map(|axis| lengths[axis].saturating_sub(at[axis]).div_ceil(stride));
        let taps = [0, 1].map(|axis| sides[axis].saturating_sub(first[axis]).div_ceil(stride));
        // The last of its places, by way of the first tap, is this one's.
        let last = [0, 1].map(|axis| (at[axis] + before[axis]) / stride + self.around[axis]);
        let corner = [0, 1].map(|axis| last[axis] + 1 - taps[axis].max(1));
        Phase { at, pixels, first, taps, corner }
    }

    /// The tap of the window that stands at `(q, p)` of a phase's own, turned by half.
    pub fn tap(&self, phase: &Phase, [q, p]: [usize; 2]) -> usize {
        let [row, column] = [(0, q), (1, p)]
            .map(|(axis, q)| phase.first[axis] + self.window.stride * (phase.taps[axis] - 1 - q));
        row * self.window.sides[1] + column
    }

    /// Where a phase's correlation begins in the frame, `channels` deep, and how it goes on.
    pub fn runs(&self, phase: &Phase, channels: usize) -> (usize, Runs) {
        let line = self.frame[1] * channels;
        let runs = Runs {
            count: phase.taps[0],
            len: phase.taps[1] * channels,
            row: line,
            step: [channels, line],
            places: phase.pixels,
        };
        (phase.corner[0] * line + phase.corner[1] * channels, runs)
    }

    /// Row and column of the first place that saw a phase's first pixel; less than zero where there is none such.
    pub fn first(&self, phase: &Phase) -> [isize; 2] {
        [0, 1].map(|axis| phase.corner[axis] as isize - self.around[axis] as isize)
    }

    /// Where a phase's first pixel begins in the input, `channels` deep, and the way to its next pixel and row of pixels.
    pub fn to(&self, phase: &Phase) -> (usize, [usize; 2]) {
        let Window { input, stride, .. } = self.window;
        let line = input.width * input.channels;
        (phase.at[0] * line + phase.at[1] * input.channels, [stride * input.channels, stride * line])
    }
}
