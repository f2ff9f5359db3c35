//! Bounds on what a network answers anywhere in a box: interval bound propagation (Gowal et al. 2018).
//!
//! A linear layer carries the box's centre and radius, `c' = W c + b` and `r' = |W| r`; a monotone one carries its two ends.
//! No layer knows of this: `|W|` is the same layer with other parameters. Sums are rounded to nearest like all others here,
//! so a bound holds up to some 10⁻⁶ of what it is made of.

use super::network::Node;
use super::{Activation, MAX_INPUTS, Mode, Network, Planar, Room, Saved, Spec};
use crate::error::{Error, Result};
use crate::kernel::{self, Finish};
use crate::tensor::{BatchView, batch, rows};

/// How a layer carries a box.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Linear,
    Monotone,
}

/// None for what turns back (GELU, sine, squares of features) or divides (layer norm).
fn way(layer: &Spec) -> Option<Way> {
    match layer {
        Spec::Dense { .. } => Some(Way::Linear),
        Spec::Activation { function: Activation::Gelu | Activation::Sine } | Spec::Features { .. } => None,
        Spec::Activation { .. } | Spec::Dropout { .. } | Spec::Add => Some(Way::Monotone),
        Spec::Planar(picture) => match picture.settings() {
            Planar::Conv { .. } | Planar::Depthwise { .. } => Some(Way::Linear),
            Planar::LayerNorm => None,
            _ => Some(Way::Monotone),
        },
    }
}

/// The ends of every activation over a box, and the buffers to come back through them. After the first box of a given
/// number of rows nothing is allocated.
#[derive(Debug, Default)]
pub struct Bounds {
    rows: usize,
    /// `rows × width` for each activation, as in a [`Trace`](super::Trace).
    ends: [Vec<Vec<f32>>; 2],
    slopes: [Vec<Vec<f32>>; 2],
    /// Centre and radius of one layer's input, then of its output.
    inside: [Vec<f32>; 2],
    outside: [Vec<f32>; 2],
    /// What one layer gives back to each of its inputs.
    shares: [Vec<f32>; MAX_INPUTS],
    /// |W|, and the gradient with respect to it.
    magnitudes: Vec<f32>,
    dmagnitudes: Vec<f32>,
    aux: Vec<f32>,
    work: Vec<f32>,
}

impl Bounds {
    /// Bounds of `net` over the boxes `low ≤ x ≤ high`, one a row (both `N × input`). Dropout passes everything.
    ///
    /// # Errors
    /// [`Error::Choice`] for a layer that carries no box.
    ///
    /// # Panics
    /// If the two have different shapes, or another width than the network's input.
    pub fn take(&mut self, net: &Network, low: BatchView, high: BatchView) -> Result<()> {
        let without = (0..net.len()).find(|&i| way(&net.specs()[i].layer).is_none());
        if let Some(i) = without {
            return Err(Error::Choice { name: "a layer with bounds".into(), value: net.kind(i).into() });
        }
        assert_eq!(low.dim(), high.dim(), "two ends");
        assert_eq!(low.ncols(), net.input().len(), "input width");
        self.size(net, low.nrows());
        self.ends[0][0].copy_from_slice(rows(&low));
        self.ends[1][0].copy_from_slice(rows(&high));
        for (i, node) in net.nodes.iter().enumerate() {
            match way(&net.specs()[i].layer) {
                Some(Way::Linear) => self.carry_linear(net, i, node),
                _ => (0..2).for_each(|end| self.carry_end(end, i, node)),
            }
        }
        Ok(())
    }

    /// The least each output can be, `N × output`.
    pub fn low(&self) -> BatchView<'_> {
        self.end(0)
    }

    /// The most each output can be, `N × output`.
    pub fn high(&self) -> BatchView<'_> {
        self.end(1)
    }

    fn end(&self, end: usize) -> BatchView<'_> {
        let last = self.ends[end].last().map_or(&[][..], Vec::as_slice);
        batch(last, last.len() / self.rows.max(1))
    }

    /// The answer of an adversary who may choose each logit within its bounds: its least for the row's class, its most for
    /// every other. Into `z`, `N × output`. A row whose `z` is largest at its class keeps it all over its box.
    ///
    /// # Panics
    /// Unless there is one class a row, and room for each output.
    pub fn worst(&self, classes: &[u32], z: &mut [f32]) {
        assert_eq!(classes.len(), self.rows, "one class a row");
        let width = z.len() / self.rows.max(1);
        z.copy_from_slice(rows(&self.high()));
        let low = self.low();
        for ((z, low), &class) in z.chunks_exact_mut(width).zip(rows(&low).chunks_exact(width)).zip(classes) {
            z[class as usize] = low[class as usize];
        }
    }

    /// `dL/d params`, added into `dparams`, for `dL/d z` of [`Bounds::worst`] in `dz`.
    ///
    /// # Panics
    /// If a slice has the wrong length, or `net` is of another make than the one bounds were taken of.
    pub fn worst_gradient(&mut self, net: &Network, classes: &[u32], dz: &[f32], dparams: &mut [f32]) {
        let width = net.output().len();
        for slopes in self.slopes.iter_mut().flatten() {
            slopes.fill(0.0);
        }
        let last = net.len();
        self.slopes[1][last].copy_from_slice(dz);
        for (row, &class) in classes.iter().enumerate() {
            let at = row * width + class as usize;
            (self.slopes[0][last][at], self.slopes[1][last][at]) = (dz[at], 0.0);
        }
        self.gradient(net, dparams);
    }

    /// Back from `slopes` of the last activation.
    fn gradient(&mut self, net: &Network, dparams: &mut [f32]) {
        assert_eq!(dparams.len(), net.params.len(), "parameter gradient");
        assert_eq!(self.ends[0].len(), net.len() + 1, "bounds of this network");
        for (i, node) in net.nodes.iter().enumerate().rev() {
            match way(&net.specs()[i].layer) {
                Some(Way::Linear) => self.return_linear(net, i, node, &mut dparams[node.params.clone()]),
                _ => (0..2).for_each(|end| self.return_end(end, i, node)),
            }
        }
    }

    /// Centre and radius of the activation that linear node `i` reads, and |W|.
    fn open(&mut self, net: &Network, node: &Node) {
        let [low, high] = [0, 1].map(|end| &self.ends[end][node.inputs[0]]);
        let half = kernel::F32x4::splat(0.5);
        for inside in &mut self.inside {
            inside.resize(low.len(), 0.0);
        }
        kernel::map2(low, high, &mut self.inside[0], |low, high| half * (low + high));
        kernel::map2(low, high, &mut self.inside[1], |low, high| half * (high - low));
        let weights = node.layer.weights();
        self.magnitudes.clear();
        self.magnitudes.resize(node.params.len(), 0.0);
        kernel::map(
            &net.params[node.params.clone()][weights.clone()],
            &mut self.magnitudes[weights],
            kernel::F32x4::abs,
        );
    }

    fn carry_linear(&mut self, net: &Network, i: usize, node: &Node) {
        self.open(net, node);
        let len = self.rows * node.output.len();
        for (k, params) in [&net.params[node.params.clone()], &self.magnitudes].into_iter().enumerate() {
            self.outside[k].resize(len, 0.0);
            let room = Room { aux: &mut [], finish: Finish::Plain, work: &mut self.work };
            node.layer.forward(params, &[&self.inside[k]], &mut self.outside[k], room, &mut Mode::Eval);
        }
        let [centre, radius] = &self.outside;
        kernel::map2(centre, radius, &mut self.ends[0][i + 1], |c, r| c - r);
        kernel::map2(centre, radius, &mut self.ends[1][i + 1], |c, r| c + r);
    }

    fn return_linear(&mut self, net: &Network, i: usize, node: &Node, dparams: &mut [f32]) {
        self.open(net, node);
        let [dlow, dhigh] = [0, 1].map(|end| &self.slopes[end][i + 1]);
        for outside in &mut self.outside {
            outside.resize(dlow.len(), 0.0);
        }
        kernel::map2(dlow, dhigh, &mut self.outside[0], |low, high| low + high);
        kernel::map2(dlow, dhigh, &mut self.outside[1], |low, high| high - low);
        self.dmagnitudes.clear();
        self.dmagnitudes.resize(node.params.len(), 0.0);
        let params = &net.params[node.params.clone()];
        let from = node.inputs[0];
        // The input's own box is given: no gradient is wanted there.
        let len = if from == 0 { 0 } else { self.inside[0].len() };
        for (k, params) in [params, &self.magnitudes].into_iter().enumerate() {
            self.shares[k].resize(len, 0.0);
            let at = Saved {
                x: &[&self.inside[k]],
                y: &[],
                aux: &[],
                finish: Finish::Plain,
                work: &mut self.work,
            };
            let into = if k == 0 { &mut *dparams } else { &mut self.dmagnitudes[..] };
            node.layer.backward(params, at, &self.outside[k], &mut [&mut self.shares[k][..]], Some(into));
        }
        for w in node.layer.weights() {
            dparams[w] += kernel::sign(params[w]) * self.dmagnitudes[w];
        }
        if from > 0 {
            let [dcentre, dradius, ..] = &self.shares;
            for (end, sign) in [(0, -0.5), (1, 0.5)] {
                kernel::axpy(0.5, dcentre, &mut self.slopes[end][from]);
                kernel::axpy(sign, dradius, &mut self.slopes[end][from]);
            }
        }
    }

    /// One end through a monotone node, which has no parameters.
    fn carry_end(&mut self, end: usize, i: usize, node: &Node) {
        let (before, after) = self.ends[end].split_at_mut(i + 1);
        let mut xs: [&[f32]; MAX_INPUTS] = [&[]; MAX_INPUTS];
        for (x, &a) in xs.iter_mut().zip(&node.inputs) {
            *x = &before[a];
        }
        self.aux.resize(self.rows * node.aux_len, 0.0);
        let room = Room { aux: &mut self.aux, finish: Finish::Plain, work: &mut self.work };
        node.layer.forward(&[], &xs[..node.inputs.len()], &mut after[0], room, &mut Mode::Eval);
    }

    fn return_end(&mut self, end: usize, i: usize, node: &Node) {
        if node.aux_len > 0 {
            self.carry_end(end, i, node);
        }
        let count = node.inputs.len();
        let mut xs: [&[f32]; MAX_INPUTS] = [&[]; MAX_INPUTS];
        for ((x, share), &a) in xs.iter_mut().zip(&mut self.shares).zip(&node.inputs) {
            *x = &self.ends[end][a];
            share.resize(if a == 0 { 0 } else { x.len() }, 0.0);
        }
        let [a, b, c] = &mut self.shares;
        let mut into = [&mut a[..], &mut b[..], &mut c[..]];
        let (y, aux) = (&self.ends[end][i + 1], &self.aux[..self.rows * node.aux_len]);
        let at = Saved { x: &xs[..count], y, aux, finish: Finish::Plain, work: &mut self.work };
        node.layer.backward(&[], at, &self.slopes[end][i + 1], &mut into[..count], None);
        for (share, &a) in self.shares.iter().zip(&node.inputs).filter(|(_, a)| **a > 0) {
            kernel::axpy(1.0, share, &mut self.slopes[end][a]);
        }
    }

    fn size(&mut self, net: &Network, rows: usize) {
        self.rows = rows;
        for buffers in self.ends.iter_mut().chain(&mut self.slopes) {
            buffers.resize_with(net.len() + 1, Vec::new);
            for (i, buffer) in buffers.iter_mut().enumerate() {
                buffer.resize(rows * net.shape(i).len(), 0.0);
            }
        }
        self.work.resize(net.work_len, 0.0);
    }
}
