//! Chains of small dense layers and functions of one number, passed feature by feature: lane i of every row is example i.
//!
//! Layers of a few units then fill whole vectors, nothing is packed, and no layer is called through a table: in a step of
//! 2-4-2-1 those calls took longer than the arithmetic. What comes out is, to the bit, what the layers do row by row.

use super::{Activation, Network, Trace};
use crate::kernel;

/// A layer that can stand in a chain.
#[derive(Debug, Clone, Copy)]
pub enum Link {
    /// `y = x W + b`, W and then b in the parameters.
    Dense {
        /// Width of x.
        inputs: usize,
        /// Width of y.
        units: usize,
    },
    /// `yᵢ = f(xᵢ)`
    Each(Activation),
}

/// How many examples, and how many lanes they lie in: whole vectors. Lanes that are too many hold an input of zeros, whose
/// gradient is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) rows: usize,
    lanes: usize,
}

impl Columns {
    /// Room for `rows` examples.
    pub(super) fn new(rows: usize) -> Self {
        Self { rows, lanes: rows.next_multiple_of(4) }
    }

    /// Numbers of an activation: after its features a row of ones, whose weights are the biases.
    fn activation(self, width: usize) -> usize {
        self.lanes * (width + 1)
    }

    /// Rows behind the last activation: they are read in fours.
    fn slack(self) -> usize {
        3 * self.lanes
    }

    /// Numbers of a gradient, in fours of rows.
    fn gradient(self, width: usize) -> usize {
        self.lanes * width.next_multiple_of(4)
    }

    /// What the network answered, by row. Answers of one number lie so already.
    pub(super) fn answers(self, trace: &Trace) -> &[f32] {
        let acts = &trace.acts[0];
        match trace.answer.is_empty() {
            true => &acts[acts.len() - self.slack() - self.activation(1)..][..self.rows],
            false => &trace.answer,
        }
    }
}

impl Network {
    /// Makes room in `trace` for passes that lie so.
    pub(super) fn size_chain(&self, columns: Columns, trace: &mut Trace) {
        let Columns { rows, lanes } = columns;
        let (input, output) = (self.input.len(), self.output().len());
        let len = (0..=self.len()).map(|i| columns.activation(self.shape(i).len())).sum::<usize>();
        trace.acts.resize_with(1, Vec::new);
        trace.acts[0].resize(len + columns.slack(), 0.0);
        let mut end = 0;
        for i in 0..=self.len() {
            end += columns.activation(self.shape(i).len());
            trace.acts[0][end - lanes..end].fill(1.0);
        }
        for row in trace.acts[0][..lanes * input].chunks_exact_mut(lanes.max(1)) {
            row[rows..].fill(0.0);
        }
        // Two gradients, one more by row, and that of a layer's parameters.
        let parameters = (self.widest + 1) * self.widest.next_multiple_of(4);
        trace.work.resize(3 * columns.gradient(self.widest) + parameters, 0.0);
        trace.answer.resize(if output == 1 { 0 } else { rows * output }, 0.0);
        trace.slope.resize(rows * input, 0.0);
    }

    /// The activations of `x` (`rows × input`), then the answer by row.
    pub(super) fn run_chain(&self, x: &[f32], columns: Columns, trace: &mut Trace) {
        let (rows, lanes, width) = (columns.rows, columns.lanes, self.input.len());
        let (mut at, mut rest) = trace.acts[0].split_at_mut(columns.activation(width));
        kernel::turn(x, [rows, width], width, at, lanes);
        for node in self.nodes.iter() {
            let (y, more) = rest.split_at_mut(columns.activation(node.output.len()));
            match node.link {
                Some(Link::Dense { inputs, units }) => {
                    let (w, b) = self.params[node.params.clone()].split_at(inputs * units);
                    kernel::product((w, 1, units), b, at, y, [units, inputs, lanes]);
                }
                Some(Link::Each(f)) => {
                    let len = y.len() - lanes;
                    f.apply(&at[..len], &mut y[..len]);
                }
                None => {}
            }
            (at, rest) = (y, more);
        }
        let width = self.output().len();
        if width > 1 {
            kernel::turn(at, [width, rows], lanes, &mut trace.answer, width);
        }
    }

    /// Of [`Network::gradients`], those that are wanted.
    pub(super) fn back_chain(
        &self,
        columns: Columns,
        trace: &mut Trace,
        dy: &[f32],
        mut dparams: Option<&mut [f32]>,
        want_input: bool,
    ) {
        let (rows, lanes, width) = (columns.rows, columns.lanes, self.output().len());
        assert_eq!(dy.len(), rows * width, "gradient of the output");
        let gradient = columns.gradient(self.widest);
        let (from, work) = trace.work.split_at_mut(gradient);
        let (to, work) = work.split_at_mut(gradient);
        let (mut from, mut to) = (from, to);
        for unit in 0..width {
            for (lane, from) in from[unit * lanes..][..lanes].iter_mut().enumerate() {
                *from = dy.get(lane * width + unit).copied().unwrap_or(0.0);
            }
        }
        let all = &trace.acts[0][..];
        let mut acts = &all[..all.len() - columns.slack()];
        for (i, node) in self.nodes.iter().enumerate().rev() {
            let (before, y) = acts.split_at(acts.len() - columns.activation(node.output.len()));
            acts = before;
            let wanted = i > 0 || want_input;
            match node.link {
                Some(Link::Dense { inputs, units }) => {
                    if let Some(dparams) = &mut dparams {
                        let x = &all[before.len() - columns.activation(inputs)..];
                        let dparams = &mut dparams[node.params.clone()];
                        let size = [inputs + 1, units, lanes];
                        match units {
                            // Four weights at once rather than one.
                            1 => kernel::outer(from, x, dparams, [1, inputs + 1, lanes]),
                            2..=4 => kernel::outer(x, from, dparams, size),
                            _ => outer_by_row(x, from, dparams, size, work),
                        }
                    }
                    if wanted {
                        let w = (&self.params[node.params.clone()], units, 1);
                        kernel::product(w, &[], from, to, [inputs, units, lanes]);
                    }
                }
                Some(Link::Each(f)) if wanted => {
                    let (x, len) = (&before[before.len() - y.len()..], y.len() - lanes);
                    f.slope(&x[..len], &y[..len], &from[..len], &mut to[..len]);
                }
                _ => {}
            }
            (from, to) = (to, from);
        }
        if want_input {
            let width = self.input.len();
            kernel::turn(from, [width, rows], lanes, &mut trace.slope, width);
        }
    }
}

/// [`kernel::outer`] for larger matrices: `y` is turned once, for all rows of x.
fn outer_by_row(x: &[f32], y: &[f32], sum: &mut [f32], [m, n, lanes]: [usize; 3], work: &mut [f32]) {
    let wide = n.next_multiple_of(4);
    let (by_row, sums) = work.split_at_mut(lanes * wide);
    kernel::turn(y, [wide, lanes], lanes, by_row, wide);
    kernel::product((x, lanes, 1), &[], by_row, sums, [m, lanes, wide]);
    if wide == n {
        return kernel::axpy(1.0, &sums[..m * n], sum);
    }
    for (sums, sum) in sums.chunks_exact(wide).zip(sum.chunks_exact_mut(n)) {
        kernel::axpy(1.0, &sums[..n], sum);
    }
}
