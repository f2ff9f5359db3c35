//! A chain of nodes over one flat vector of parameters, looked at through `&`.

use super::{Layer, MAX_INPUTS, Mode, Room, Saved, Spec, Trace};
use crate::kernel;
use crate::tensor::{BatchView, Shape, clone_by_field, rows};
use std::ops::Range;
use std::sync::Arc;

/// A layer and the indices of the activations it reads: 0 is the network's input, `i + 1` the output of node `i`.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeSpec {
    /// The layer.
    pub layer: Spec,
    /// What it reads; at most [`MAX_INPUTS`], no activation twice.
    pub inputs: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) layer: Box<dyn Layer>,
    pub(super) inputs: Vec<usize>,
    pub(super) params: Range<usize>,
    /// For each input: the next node that reads it too, `usize::MAX` if none does. Once that has passed its gradient back, this
    /// node's share is added to what is there.
    pub(super) next: Vec<usize>,
    /// The first node that reads the output, `usize::MAX` if none does.
    pub(super) read: usize,
    /// Numbers a row of those inputs: their shares are written aside before they are added.
    pub(super) aside: usize,
    /// What the layer says of itself, kept: every pass asks.
    pub(super) output: Shape,
    pub(super) aux_len: usize,
}

/// Immutable geometry, shared between clones, and the parameters.
#[derive(Debug)]
pub struct Network {
    pub(super) input: Shape,
    pub(super) nodes: Arc<[Node]>,
    pub(super) specs: Arc<[NodeSpec]>,
    /// Most working memory that one node wants.
    pub(super) work_len: usize,
    /// Every parameter, in node order.
    pub params: Vec<f32>,
}
clone_by_field!(Network { input, nodes, specs, work_len, params });

impl Network {
    /// Number of nodes; activations are one more.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the network is the identity.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Geometry of activation `index` (0: the input).
    pub fn shape(&self, index: usize) -> Shape {
        if index == 0 { self.input } else { self.nodes[index - 1].output }
    }

    /// Geometry of one output row.
    pub fn output(&self) -> Shape {
        self.shape(self.nodes.len())
    }

    /// What the nodes were built from.
    pub fn specs(&self) -> &[NodeSpec] {
        &self.specs
    }

    /// Kind of node `i`.
    pub fn kind(&self, i: usize) -> &'static str {
        self.nodes[i].layer.kind()
    }

    /// Where node `i` keeps its parameters.
    pub fn params_of(&self, i: usize) -> Range<usize> {
        self.nodes[i].params.clone()
    }

    /// Ranges of [`Network::params`] that hold weights rather than biases.
    pub fn weights(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.nodes.iter().filter_map(|n| {
            let w = n.layer.weights();
            (!w.is_empty()).then(|| n.params.start + w.start..n.params.start + w.end)
        })
    }

    /// The network's answer to every row of `x` (`N × input`), left in `trace`.
    ///
    /// # Panics
    /// If `x` has another width than the network's input.
    pub fn forward(&self, x: BatchView, mode: Mode, trace: &mut Trace) {
        assert_eq!(x.ncols(), self.input.len(), "input width");
        self.run(rows(&x), x.nrows(), self.len(), mode, trace);
    }

    /// As [`Network::forward`], but no further than activation `last`: [`Trace::output`] is then that, and a backward pass begins
    /// there, its `dy` as wide as [`Network::shape`]`(last)`. Nothing is allocated after the first pass of one depth; let every
    /// depth have its own trace.
    ///
    /// # Panics
    /// As [`Network::forward`], and if there is no such activation.
    pub fn forward_to(&self, last: usize, x: BatchView, mode: Mode, trace: &mut Trace) {
        assert_eq!(x.ncols(), self.input.len(), "input width");
        assert!(last <= self.len(), "activation {last} of {}", self.len());
        self.run(rows(&x), x.nrows(), last, mode, trace);
    }

    fn run(&self, x: &[f32], rows: usize, last: usize, mut mode: Mode, trace: &mut Trace) {
        self.size(trace, rows, last);
        trace.acts[0].copy_from_slice(x);
        for (i, node) in self.nodes[..last].iter().enumerate() {
            let (before, after) = trace.acts.split_at_mut(i + 1);
            let mut xs: [&[f32]; MAX_INPUTS] = [&[]; MAX_INPUTS];
            for (x, &a) in xs.iter_mut().zip(&node.inputs) {
                *x = &before[a];
            }
            let params = &self.params[node.params.clone()];
            let room = Room { aux: &mut trace.aux[i], work: &mut trace.work };
            node.layer.forward(params, &xs[..node.inputs.len()], &mut after[0], room, &mut mode);
        }
    }

    /// `dL/d params`, added into `dparams`, for the pass in `trace` and `dL/d output` in `dy` (`N × output`).
    ///
    /// # Panics
    /// If `dparams` or `dy` has the wrong length.
    pub fn param_gradient(&self, trace: &mut Trace, dy: &[f32], dparams: &mut [f32]) {
        assert_eq!(dparams.len(), self.params.len(), "parameter gradient");
        self.backward(trace, dy, Some(dparams), false);
    }

    /// `dL/d input` for the pass in `trace`, left there: see [`Trace::input_gradient`]. Cannot train.
    pub fn input_gradient(&self, trace: &mut Trace, dy: &[f32]) {
        self.backward(trace, dy, None, true);
    }

    /// Both gradients of one pass.
    pub fn gradients(&self, trace: &mut Trace, dy: &[f32], dparams: &mut [f32]) {
        assert_eq!(dparams.len(), self.params.len(), "parameter gradient");
        self.backward(trace, dy, Some(dparams), true);
    }

    /// `dL/d input` of the node `i` alone, into `dx`, for the pass in `trace` and `dL/d output` of that node in `dy`.
    ///
    /// # Panics
    /// If the node reads anything but the activation before it, or a slice has the wrong length.
    pub fn node_gradient(&self, i: usize, trace: &Trace, dy: &[f32], dx: &mut [f32]) {
        let node = &self.nodes[i];
        assert_eq!(node.inputs, [i], "a node of a chain");
        assert_eq!(
            (dy.len(), dx.len()),
            (trace.acts[i + 1].len(), trace.acts[i].len()),
            "gradients of node {i}"
        );
        let mut work = vec![0.0; self.work_len];
        let at = Saved { x: &[&trace.acts[i]], y: &trace.acts[i + 1], aux: &trace.aux[i], work: &mut work };
        node.layer.backward(&self.params[node.params.clone()], at, dy, &mut [dx], None);
    }

    fn backward(&self, trace: &mut Trace, dy: &[f32], mut dparams: Option<&mut [f32]>, want_input: bool) {
        let n = trace.acts.len() - 1;
        for (i, node) in self.nodes[..n.saturating_sub(1)].iter().enumerate() {
            if node.read >= n {
                // Only nodes that the pass did not reach would begin it.
                trace.grads[i + 1].fill(0.0);
            }
        }
        trace.grads[n].copy_from_slice(dy);
        for (i, node) in self.nodes[..n].iter().enumerate().rev() {
            let dy = std::mem::take(&mut trace.grads[i + 1]);
            let mut dx: [Vec<f32>; MAX_INPUTS] = Default::default();
            let mut share = std::mem::take(&mut trace.share);
            let mut xs: [&[f32]; MAX_INPUTS] = [&[]; MAX_INPUTS];
            for (k, &a) in node.inputs.iter().enumerate() {
                xs[k] = &trace.acts[a];
                dx[k] = std::mem::take(&mut trace.grads[a]);
            }
            {
                let (y, aux) = (&trace.acts[i + 1], &trace.aux[i]);
                let at = Saved { x: &xs[..node.inputs.len()], y, aux, work: &mut trace.work };
                let mut into: [&mut [f32]; MAX_INPUTS] = [&mut [], &mut [], &mut []];
                let mut rest = share.as_mut_slice();
                for (k, dx) in dx.iter_mut().enumerate().take(node.inputs.len()) {
                    if node.inputs[k] == 0 && !want_input {
                        continue;
                    }
                    into[k] = if node.next[k] < n {
                        let (mine, after) = std::mem::take(&mut rest).split_at_mut(dx.len());
                        rest = after;
                        mine
                    } else {
                        dx
                    };
                }
                let params = &self.params[node.params.clone()];
                let dparams = dparams.as_deref_mut().map(|g| &mut g[node.params.clone()]);
                node.layer.backward(params, at, &dy, &mut into[..node.inputs.len()], dparams);
            }
            let mut start = 0;
            for (k, &a) in node.inputs.iter().enumerate() {
                if node.next[k] < n && (a != 0 || want_input) {
                    let len = dx[k].len();
                    kernel::axpy(1.0, &share[start..start + len], &mut dx[k]);
                    start += len;
                }
                trace.grads[a] = std::mem::take(&mut dx[k]);
            }
            trace.share = share;
            trace.grads[i + 1] = dy;
        }
    }

    /// Gives `trace` the buffers of a pass over `rows` rows up to activation `last`.
    fn size(&self, trace: &mut Trace, rows: usize, last: usize) {
        let count = last + 1;
        if trace.rows == rows && trace.acts.len() == count && self.fits(trace) {
            return;
        }
        trace.rows = rows;
        trace.acts.resize_with(count, Vec::new);
        trace.grads.resize_with(count, Vec::new);
        trace.aux.resize_with(last, Vec::new);
        for i in 0..count {
            let len = rows * self.shape(i).len();
            trace.acts[i].resize(len, 0.0);
            trace.grads[i].resize(len, 0.0);
        }
        for (i, node) in self.nodes[..last].iter().enumerate() {
            trace.aux[i].resize(rows * node.aux_len, 0.0);
        }
        trace.share.resize(self.share_len(rows), 0.0);
        trace.work.resize(self.work_len, 0.0);
    }

    /// Most that one node writes aside because later nodes read its inputs too.
    fn share_len(&self, rows: usize) -> usize {
        rows * self.nodes.iter().map(|node| node.aside).max().unwrap_or(0)
    }

    fn fits(&self, trace: &Trace) -> bool {
        let acts = (0..trace.acts.len()).all(|i| trace.acts[i].len() == trace.rows * self.shape(i).len());
        // Two networks of the same widths may be wired differently, and one trace may serve both.
        let share = trace.share.len() >= self.share_len(trace.rows);
        let work = trace.work.len() >= self.work_len;
        acts && share
            && work
            && self.nodes.iter().zip(&trace.aux).all(|(n, a)| a.len() == trace.rows * n.aux_len)
    }

    /// Bytes of the parameters; geometry is shared between clones.
    pub fn heap_bytes(&self) -> usize {
        4 * self.params.capacity()
    }
}
