//! Looking at pictures through a network: probabilities of its answers.

use super::files::{CLASSES, PIXELS};
use crate::nn::{Mode, Network, Trace};
use crate::objective::softmax;
use crate::tensor::{batch, rows};

/// Buffers of a look.
#[derive(Debug, Default)]
pub struct Look {
    pub trace: Trace,
    shares: Vec<f32>,
}

impl Look {
    /// Probabilities, `N × 10`, of pictures `x` (`N × 784`).
    pub fn answers(&mut self, net: &Network, x: &[f32]) -> &[f32] {
        self.shares.clear();
        if x.is_empty() {
            return &self.shares;
        }
        net.forward(batch(x, PIXELS), Mode::Eval, &mut self.trace);
        self.shares.extend_from_slice(self.trace.answers());
        softmax(&mut self.shares, CLASSES);
        &self.shares
    }

    /// Channels of the activation after convolution number `which`, one row a channel; empty where there is none.
    pub fn maps(&self, net: &Network, which: usize) -> (usize, Vec<f32>) {
        let convs = (0..net.len()).filter(|&i| net.kind(i) == "conv");
        let Some(i) = convs.clone().nth(which) else { return (0, Vec::new()) };
        let shape = net.shape(i + 2);
        let act = self.trace.activation(i + 2);
        let act = &rows(&act)[..shape.len()];
        let maps = (0..shape.channels).flat_map(|c| act[c..].iter().step_by(shape.channels).copied()).collect();
        (shape.channels, maps)
    }
}

/// First layer's weights, one row a unit or channel, at most 16; each row is a square.
pub fn kernels(net: &Network) -> (usize, Vec<f32>) {
    let Some(w) = net.weights().next() else { return (0, Vec::new()) };
    let (units, weights) = (net.shape(1).channels, &net.params[w]);
    let shown = units.min(16);
    let column = |unit: usize| weights[unit..].iter().step_by(units).copied();
    (shown, (0..shown).flat_map(column).collect())
}
