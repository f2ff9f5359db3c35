//! What the network makes of the plane: its answer everywhere, the last hidden layer, and its lead round each set's core.

use super::sets::Sets;
use super::witness::Search;
use crate::nn::{Mode, Network, Trace};
use crate::objective;
use crate::tensor::{batch, rows};
use crate::train::CHUNK;

/// Lines of the grid in each direction, and points on each.
const LINES: usize = 13;
const ON_LINE: usize = 97;
/// Points round a core.
pub const ROUND: usize = 256;

/// Buffers of the views.
#[derive(Debug, Default)]
pub struct Canvas {
    trace: Trace,
    shares: Vec<f32>,
}

impl Canvas {
    /// Class probabilities over the plane, `2 × side²`, row 0 at the top.
    pub fn field(&mut self, net: &Network, side: usize, out: &mut [f32]) {
        let at = |k: usize| (k as f32 + 0.5) / side as f32 * 2.0 - 1.0;
        for from in (0..side * side).step_by(CHUNK) {
            let to = (from + CHUNK).min(side * side);
            let x: Vec<f32> = (from..to).flat_map(|i| [at(i % side), -at(i / side)]).collect();
            net.forward(batch(&x, 2), Mode::Eval, self.trace.closed());
            self.shares.clear();
            self.shares.extend_from_slice(self.trace.answers());
            objective::softmax(&mut self.shares, 2);
            for (i, pair) in (from..to).zip(self.shares.chunks_exact(2)) {
                (out[i], out[side * side + i]) = (pair[0], pair[1]);
            }
        }
    }

    /// The last hidden layer at every row of `x`, `rows × width`.
    pub fn hidden(&mut self, net: &Network, x: &[f32], out: &mut [f32]) {
        let (dims, width) = (net.input().len(), net.shape(net.len() - 1).len());
        for (x, out) in x.chunks(dims * CHUNK).zip(out.chunks_mut(width * CHUNK)) {
            net.forward(batch(x, dims), Mode::Eval, &mut self.trace);
            out.copy_from_slice(rows(&self.trace.activation(net.len() - 1)));
        }
    }

    /// The network's lead for set 1 round the core of each set, `2 × ROUND`.
    pub fn round(&mut self, net: &Network, sets: &Sets, out: &mut [f32]) {
        let mut search = Search { net, sets, trace: &mut self.trace };
        for (class, row) in out.chunks_exact_mut(ROUND).enumerate() {
            let point = |k: usize| sets.core(class, k as f64 / ROUND as f64);
            let x: Vec<f32> =
                (0..ROUND).flat_map(|k| point(k).into_iter().take(sets.dims())).map(|v| v as f32).collect();
            row.copy_from_slice(&search.leads(&x));
        }
    }
}

/// The grid printed on the plane: `LINES` lines across and as many down, `ON_LINE` points each.
pub fn sheet() -> Vec<f32> {
    let along = |k: usize| 2.0 * k as f32 / (ON_LINE - 1) as f32 - 1.0;
    let apart = |k: usize| 2.0 * k as f32 / (LINES - 1) as f32 - 1.0;
    let line = |k: usize| (0..ON_LINE).map(move |i| (apart(k), along(i)));
    let across = (0..LINES).flat_map(line).flat_map(|(y, x)| [x, y]);
    let down = (0..LINES).flat_map(line).flat_map(|(x, y)| [x, y]);
    across.chain(down).collect()
}

/// Points on each line of [`sheet`].
pub const fn on_line() -> usize {
    ON_LINE
}
