//! All activations and gradients of one pass: owned by the caller, reused from pass to pass.

use crate::tensor::{BatchView, batch};

/// Buffers of a forward and a backward pass. After the first pass of a given batch size nothing is allocated.
#[derive(Debug, Default)]
pub struct Trace {
    pub(super) rows: usize,
    /// `acts[0]` is the input, `acts[i + 1]` the output of node `i`; each `rows × width`.
    pub(super) acts: Vec<Vec<f32>>,
    pub(super) aux: Vec<Vec<f32>>,
    /// `dL/d acts[i]`, valid after a backward pass for whatever that pass was asked for.
    pub(super) grads: Vec<Vec<f32>>,
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

    /// Rows of the last pass.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Activation `index`, `rows × width`: 0 is the input, `i + 1` the output of node `i`.
    pub fn activation(&self, index: usize) -> BatchView<'_> {
        view(self.rows, &self.acts[index])
    }

    /// What the network answered.
    pub fn output(&self) -> BatchView<'_> {
        self.activation(self.acts.len() - 1)
    }

    /// `dL/d activation` of the last backward pass.
    pub fn gradient(&self, index: usize) -> BatchView<'_> {
        view(self.rows, &self.grads[index])
    }

    /// `dL/d input` of the last [`input_gradient`](super::Network::input_gradient).
    pub fn input_gradient(&self) -> BatchView<'_> {
        self.gradient(0)
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        let floats =
            [&self.acts, &self.aux, &self.grads].into_iter().flatten().map(Vec::capacity).sum::<usize>();
        4 * (floats + self.share.capacity() + self.work.capacity())
    }
}

fn view(rows: usize, data: &[f32]) -> BatchView<'_> {
    batch(data, data.len() / rows.max(1))
}
