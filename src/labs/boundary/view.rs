//! What the plane looks like to the network: class probabilities, every neuron's own field, gradients of the margin.

use crate::nn::{Mode, Network, Trace};
use crate::objective::{self, Margin, Objective};
use crate::tensor::{batch, rows};
use crate::train::CHUNK;

/// Cells a side of a neuron's field.
pub const NEURON_SIDE: usize = 24;
/// Arrows a side of the gradient field.
pub const GRADIENT_SIDE: usize = 16;

/// Activations of `net` that a diagram shows: what the first dense layer reads, every hidden layer after its
/// activation function, the logits.
pub fn shown(net: &Network) -> Vec<usize> {
    let features = usize::from(net.kind(0) == "features");
    let hidden = (features..net.len()).filter(|&i| !matches!(net.kind(i), "dense" | "dropout")).map(|i| i + 1);
    std::iter::once(features).chain(hidden).chain([net.len()]).collect()
}

/// Centre of cell `i` of `side × side`, row 0 at the top.
fn centre(i: usize, side: usize) -> [f32; 2] {
    let at = |k: usize| (k as f32 + 0.5) / side as f32 * 2.0 - 1.0;
    [at(i % side), -at(i / side)]
}

/// Buffers of the views.
#[derive(Debug, Default)]
pub struct Canvas {
    trace: Trace,
    x: Vec<f32>,
    shares: Vec<f32>,
    classes: Vec<u32>,
    values: Vec<f32>,
    dy: Vec<f32>,
}

impl Canvas {
    /// Calls `f(first cell, canvas)` for every chunk of a grid's cells; with `inside` its trace shows more than the two ends.
    fn sweep(&mut self, net: &Network, side: usize, inside: bool, mut f: impl FnMut(usize, &mut Self)) {
        for from in (0..side * side).step_by(CHUNK) {
            let to = (from + CHUNK).min(side * side);
            self.x.clear();
            self.x.extend((from..to).flat_map(|i| centre(i, side)));
            let trace = if inside { &mut self.trace } else { self.trace.closed() };
            net.forward(batch(&self.x, 2), Mode::Eval, trace);
            f(from, self);
        }
    }

    /// The logits of the last pass as shares, `rows × classes`.
    fn shares(&mut self, sharpness: f32) -> &[f32] {
        let y = self.trace.output();
        self.shares.clear();
        self.shares.extend(rows(&y).iter().map(|z| z * sharpness));
        objective::softmax(&mut self.shares, y.ncols());
        &self.shares
    }

    /// Class probabilities, `classes × side²`.
    pub fn field(&mut self, net: &Network, sharpness: f32, side: usize, out: &mut [f32]) {
        let classes = net.output().len();
        self.sweep(net, side, false, |from, canvas| {
            let shares = canvas.shares(sharpness);
            for (k, row) in out.chunks_exact_mut(side * side).enumerate() {
                for (cell, share) in row[from..].iter_mut().zip(shares[k..].iter().step_by(classes)) {
                    *cell = *share;
                }
            }
        });
    }

    /// Every shown unit's value, `units × side²`; class probabilities for the last layer.
    pub fn neurons(&mut self, net: &Network, sharpness: f32, side: usize, out: &mut [f32]) {
        let shown = shown(net);
        self.sweep(net, side, true, |from, canvas| {
            canvas.shares(sharpness);
            let mut unit = 0;
            for &index in &shown {
                let act = canvas.trace.activation(index);
                let width = act.ncols();
                let values = if index == net.len() { &canvas.shares[..] } else { rows(&act) };
                for k in 0..width {
                    let row = &mut out[unit * side * side..][..side * side];
                    for (cell, value) in row[from..].iter_mut().zip(values[k..].iter().step_by(width)) {
                        *cell = *value;
                    }
                    unit += 1;
                }
            }
        });
    }

    /// d margin / d point, `side² × 2`: margin of the winning class over the next.
    pub fn gradients(&mut self, net: &Network, side: usize, out: &mut [f32]) {
        let width = net.output().len();
        self.sweep(net, side, false, |from, canvas| {
            let Canvas { trace, classes, values, dy, .. } = canvas;
            let y = trace.output();
            let y = rows(&y);
            classes.clear();
            classes.extend(y.chunks_exact(width).map(|row| objective::argmax(row) as u32));
            values.resize(classes.len(), 0.0);
            dy.resize(y.len(), 0.0);
            Margin(classes).eval(y, width, values, dy);
            net.input_gradient(trace, dy);
            let dx = trace.input_gradient();
            out[2 * from..][..dx.len()].copy_from_slice(rows(&dx));
        });
    }

    /// Every shown unit's value at one point, in the order of [`Canvas::neurons`].
    pub fn at(&mut self, net: &Network, sharpness: f32, point: [f32; 2]) -> Vec<f32> {
        net.forward(batch(&point, 2), Mode::Eval, &mut self.trace);
        let mut values = Vec::new();
        for index in shown(net) {
            if index < net.len() {
                values.extend_from_slice(rows(&self.trace.activation(index)));
            }
        }
        values.extend_from_slice(self.shares(sharpness));
        values
    }
}
