//! One look at a frozen network: the rows still under attack gathered, their logits, a value and an input gradient each.

use super::Task;
use crate::nn::{Mode, Network, Trace};
use crate::objective::Objective;
use crate::tensor::batch;

/// Buffers of a look: scratch, never state.
#[derive(Debug, Default)]
pub(super) struct Look {
    trace: Trace,
    /// Rows gathered, `n × d`.
    x: Vec<f32>,
    values: Vec<f32>,
    dy: Vec<f32>,
    rows: usize,
    width: usize,
    outputs: usize,
}

impl Look {
    /// Asks the network, without chance, about rows `active` of `x` (`N × d` of `task`).
    pub fn forward(&mut self, net: &Network, task: &Task, x: &[f32], active: &[u32]) {
        self.begin(task.width());
        for &i in active {
            self.push(task.of(x, i as usize));
        }
        self.ask(net);
    }

    /// Forgets the rows; new ones are `width` wide.
    pub fn begin(&mut self, width: usize) {
        (self.rows, self.width) = (0, width);
        self.x.clear();
    }

    /// Adds a row.
    pub fn push(&mut self, x: &[f32]) {
        self.x.extend_from_slice(x);
        self.rows += 1;
    }

    /// The row added last, to be moved before the network is asked.
    pub fn last(&mut self) -> &mut [f32] {
        let start = self.x.len() - self.width;
        &mut self.x[start..]
    }

    /// Asks the network, without chance, about the rows added, if there are any.
    pub fn ask(&mut self, net: &Network) {
        if self.rows == 0 {
            return;
        }
        self.outputs = net.output().len();
        let x = batch(&self.x, self.width);
        net.forward(x, Mode::Eval, self.trace.closed());
    }

    /// Gathered row `k`.
    pub fn row(&self, k: usize) -> &[f32] {
        &self.x[k * self.width..][..self.width]
    }

    /// What the network answered to gathered row `k`.
    pub fn logits(&self, k: usize) -> &[f32] {
        let logits = self.trace.answers();
        &logits[k * self.outputs..][..self.outputs]
    }

    /// `objective` of every gathered row's logits: see [`Look::value`].
    pub fn evaluate(&mut self, objective: &dyn Objective) {
        self.values.resize(self.rows, 0.0);
        self.dy.resize(self.rows * self.outputs, 0.0);
        objective.eval(self.trace.answers(), self.outputs, &mut self.values, &mut self.dy);
    }

    /// The objective's value for gathered row `k`.
    pub fn value(&self, k: usize) -> f32 {
        self.values[k]
    }

    /// Takes what [`Look::evaluate`] left back to the input: see [`Look::gradient`].
    pub fn backward(&mut self, net: &Network) {
        net.input_gradient(&mut self.trace, &self.dy);
    }

    /// d value / d input of gathered row `k`.
    pub fn gradient(&self, k: usize) -> &[f32] {
        let gradient = self.trace.input_gradient().to_slice().expect("batches are row-major");
        &gradient[k * self.width..][..self.width]
    }
}
