//! All activations and gradients of one pass: owned by the caller, reused from pass to pass.

use super::chain::Columns;
use super::network::Node;
use crate::tensor::{BatchView, batch};
use std::sync::Arc;

/// Buffers of a forward and a backward pass. After the first pass of a given batch size nothing is allocated.
#[derive(Debug, Default)]
pub struct Trace {
    /// Nodes that the buffers fit.
    pub(super) of: Option<Arc<[Node]>>,
    pub(super) rows: usize,
    /// The next pass is closed; the last one was.
    pub(super) asked: bool,
    pub(super) closed: bool,
    /// The activation that the pass went to.
    pub(super) last: usize,
    /// How the last pass lies, if not row by row.
    pub(super) columns: Option<Columns>,
    /// Output and gradient of the input by row, where the pass lies in columns.
    pub(super) answer: Vec<f32>,
    pub(super) slope: Vec<f32>,
    /// `acts[0]` is the input, `acts[i + 1]` the output of node `i`; each `rows × width`. Of a pass in columns one holds all.
    pub(super) acts: Vec<Vec<f32>>,
    pub(super) aux: Vec<Vec<f32>>,
    /// `dL/d acts[i]` begins `grads[slots[i]]`, valid after a backward pass for whatever that pass was asked for; no slots before the
    /// first. In a closed pass they take turns.
    pub(super) grads: Vec<Vec<f32>>,
    pub(super) slots: Vec<usize>,
    /// Where a second reader of one activation puts its share before it is added.
    pub(super) share: Vec<f32>,
    /// Working memory of one layer at a time.
    pub(super) work: Vec<f32>,
}

impl Trace {
    /// A trace with no buffers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks of the next pass only the output and the gradient of the input. What is between may then lie feature by feature
    /// (as in `chain.rs`), or be left out where a layer clips its own output. The same results, to the bit (gradients of parameters:
    /// added to zeros).
    pub fn closed(&mut self) -> &mut Self {
        self.asked = true;
        self
    }

    /// Rows of the last pass.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Activation `index`, `rows × width`: 0 is the input, `i + 1` the output of node `i`.
    ///
    /// # Panics
    /// If the pass was closed.
    pub fn activation(&self, index: usize) -> BatchView<'_> {
        assert!(!self.closed, "a closed pass");
        view(self.rows, &self.acts[index])
    }

    /// What the network answered.
    pub fn output(&self) -> BatchView<'_> {
        view(self.rows, self.answers())
    }

    /// The same as one slice, row after row.
    pub fn answers(&self) -> &[f32] {
        match self.columns {
            Some(columns) => columns.answers(self),
            None => &self.acts[self.last],
        }
    }

    /// `dL/d activation` of the last backward pass.
    ///
    /// # Panics
    /// If the pass was closed.
    pub fn gradient(&self, index: usize) -> BatchView<'_> {
        assert!(!self.closed, "a closed pass");
        view(self.rows, &self.grads[self.slots[index]][..self.acts[index].len()])
    }

    /// `dL/d input` of the last [`input_gradient`](super::Network::input_gradient).
    pub fn input_gradient(&self) -> BatchView<'_> {
        let by_row = || &self.grads[self.slots[0]][..self.acts[0].len()];
        view(self.rows, if self.columns.is_some() { &self.slope } else { by_row() })
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        let floats = [&self.acts, &self.aux, &self.grads]
            .into_iter()
            .flatten()
            .chain([&self.answer, &self.slope])
            .map(Vec::capacity)
            .sum::<usize>();
        4 * (floats + self.share.capacity() + self.work.capacity())
    }
}

fn view(rows: usize, data: &[f32]) -> BatchView<'_> {
    batch(data, data.len() / rows.max(1))
}
