//! Rows of the plane carried through the hidden layers: where every one of them is at every stop.
//!
//! Stops are the input, then for every hidden layer `z = a W + b` and `f(z)`. What lies between two stops is drawn by
//! whoever draws: a straight line, along which `W` grows out of the identity and `f` out of it too.

use crate::labs::Frame;
use crate::nn::{Mode, Network, Trace};
use crate::probe::principal_axes;
use crate::tensor::{batch, rows};
use crate::train::CHUNK;

/// Wider spaces are not drawn as they are.
const SEEN: usize = 3;

/// Hidden layers of `net`.
pub fn hidden(net: &Network) -> usize {
    net.len() / 2
}

/// Activation that hidden layer `l` ends with; `l = 0` is the input.
pub fn after(layer: usize) -> usize {
    2 * layer
}

/// Vertex `i` of `side × side` over the whole plane, row 0 at the top.
pub fn vertex(i: usize, side: usize) -> [f32; 2] {
    let at = |k: usize| k as f32 / (side - 1) as f32 * 2.0 - 1.0;
    [at(i % side), -at(i / side)]
}

/// Buffers.
#[derive(Debug, Default)]
pub struct Carrier {
    trace: Trace,
    shares: Vec<f32>,
    last: Vec<f32>,
}

impl Carrier {
    /// Writes the channel `name`, N × (sum of all stops' widths); with `field`, class probabilities too (classes × N).
    pub fn carry(&mut self, net: &Network, x: &[f32], name: &'static str, field: Option<&'static str>, frame: &mut Frame) {
        let n = x.len() / 2;
        let stops = after(hidden(net)) + 1;
        let columns: usize = (0..stops).map(|i| net.shape(i).len()).sum();
        let classes = net.output().len();
        frame.channel(name, n, columns);
        if let Some(field) = field {
            frame.channel(field, classes, n);
        }
        for (chunk, from) in x.chunks(2 * CHUNK).zip((0..).step_by(CHUNK)) {
            net.forward(batch(chunk, 2), Mode::Eval, &mut self.trace);
            let out = &mut frame.channel(name, n, columns)[from * columns..];
            let mut column = 0;
            for stop in 0..stops {
                let act = self.trace.activation(stop);
                let width = act.ncols();
                for (row, values) in out.chunks_exact_mut(columns).zip(rows(&act).chunks_exact(width)) {
                    row[column..column + width].copy_from_slice(values);
                }
                column += width;
            }
            if let Some(field) = field {
                let y = self.trace.output();
                self.shares.clear();
                self.shares.extend_from_slice(rows(&y));
                crate::objective::softmax(&mut self.shares, classes);
                let out = frame.channel(field, classes, n);
                for (k, row) in out.chunks_exact_mut(n).enumerate() {
                    for (cell, share) in row[from..].iter_mut().zip(self.shares[k..].iter().step_by(classes)) {
                        *cell = *share;
                    }
                }
            }
        }
    }

    /// Writes `axes`: for every hidden layer four rows of `widest + 1` numbers, what a projection of it subtracts and
    /// the three directions it keeps, each followed by its share of the variance (of the points `x` after that layer).
    /// Layers of up to three units are kept as they are, with shares of 1.
    pub fn axes(&mut self, net: &Network, x: &[f32], frame: &mut Frame) {
        let layers = hidden(net);
        let widest = (1..=layers).map(|l| net.shape(after(l)).len()).fold(SEEN, usize::max);
        let stride = widest + 1;
        let out = frame.channel("axes", 4 * layers, stride);
        out.fill(0.0);
        for (l, rows_of) in (1..=layers).zip(out.chunks_exact_mut(4 * stride)) {
            let width = net.shape(after(l)).len();
            if width <= SEEN {
                (0..SEEN).for_each(|k| rows_of[(k + 1) * stride + k] = 1.0);
                (0..4).for_each(|k| rows_of[k * stride + widest] = 1.0);
                continue;
            }
            self.last.clear();
            for chunk in x.chunks(2 * CHUNK) {
                net.forward(batch(chunk, 2), Mode::Eval, &mut self.trace);
                self.last.extend_from_slice(rows(&self.trace.activation(after(l))));
            }
            let axes = principal_axes(&self.last, width, SEEN);
            rows_of[..width].copy_from_slice(&axes.mean);
            rows_of[widest] = axes.share.iter().sum();
            for (k, direction) in axes.directions.chunks_exact(width).enumerate() {
                rows_of[(k + 1) * stride..][..width].copy_from_slice(direction);
                rows_of[(k + 1) * stride + widest] = axes.share[k];
            }
        }
    }
}
