//! A chain of nodes over one flat vector of parameters, looked at through `&`.

use super::{Layer, MAX_INPUTS, Mode, Room, Saved, Spec, Trace};
use crate::error::{Error, Result};
use crate::kernel;
use crate::rng::Rng;
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
    /// For each input: whether a later node reads it too, so that its gradient is already begun when we come back.
    shared: Vec<bool>,
    /// Numbers a row of those inputs: their shares are written aside before they are added.
    aside: usize,
    /// What the layer says of itself, kept: every pass asks.
    pub(super) output: Shape,
    pub(super) aux_len: usize,
}

/// Immutable geometry, shared between clones, and the parameters.
#[derive(Debug)]
pub struct Network {
    input: Shape,
    pub(super) nodes: Arc<[Node]>,
    specs: Arc<[NodeSpec]>,
    /// Most working memory that one node wants.
    pub(super) work_len: usize,
    /// Every parameter, in node order.
    pub params: Vec<f32>,
}
clone_by_field!(Network { input, nodes, specs, work_len, params });

impl Network {
    /// A plain chain: every layer reads the one before.
    ///
    /// # Errors
    /// Whatever a layer finds wrong with its settings or its input.
    pub fn chain(input: Shape, layers: &[Spec], rng: &mut Rng) -> Result<Self> {
        let nodes =
            layers.iter().enumerate().map(|(i, layer)| NodeSpec { layer: layer.clone(), inputs: vec![i] });
        Self::new(input, &nodes.collect::<Vec<_>>(), rng)
    }

    /// A network of `nodes`, its parameters freshly drawn.
    ///
    /// # Errors
    /// As [`Network::chain`]; [`Error::Length`] for a node that reads none, too many, or a later activation; and
    /// [`Error::Unread`] for a node before the last that no other reads.
    pub fn new(input: Shape, specs: &[NodeSpec], rng: &mut Rng) -> Result<Self> {
        let (mut nodes, mut shapes, mut end, mut work_len) = (Vec::<Node>::new(), vec![input], 0, 0);
        for (i, spec) in specs.iter().enumerate() {
            let read = &spec.inputs;
            let twice = read.iter().enumerate().any(|(k, a)| read[..k].contains(a));
            if read.is_empty() || read.len() > MAX_INPUTS || read.iter().any(|&a| a > i) || twice {
                return Err(Error::Length { what: "inputs of a node", expected: 1, got: read.len() });
            }
            let from: Vec<Shape> = read.iter().map(|&a| shapes[a]).collect();
            let layer = spec.layer.build(&from).map_err(|e| match e {
                Error::Geometry { kind, input, .. } => Error::Geometry { node: i, kind, input },
                other => other,
            })?;
            shapes.push(layer.output());
            let params = end..end + layer.param_len();
            end = params.end;
            let (output, aux_len) = (layer.output(), layer.aux_len());
            work_len = work_len.max(layer.work_len());
            let (inputs, shared, aside) = (read.clone(), Vec::new(), 0);
            nodes.push(Node { layer, inputs, params, shared, aside, output, aux_len });
        }
        for i in 0..nodes.len() {
            let later = |a: &usize| nodes[i + 1..].iter().any(|n| n.inputs.contains(a));
            let shared: Vec<bool> = nodes[i].inputs.iter().map(later).collect();
            let both = nodes[i].inputs.iter().zip(&shared).filter(|(_, shared)| **shared);
            nodes[i].aside = both.map(|(&a, _)| shapes[a].len()).sum();
            nodes[i].shared = shared;
        }
        let unread = (1..nodes.len()).find(|a| !nodes.iter().any(|n| n.inputs.contains(a)));
        if let Some(a) = unread {
            return Err(Error::Unread { node: a - 1, kind: nodes[a - 1].layer.kind() });
        }
        let mut params = vec![0.0; end];
        for node in &nodes {
            node.layer.init(&mut params[node.params.clone()], rng);
        }
        Ok(Self { input, nodes: nodes.into(), specs: specs.into(), work_len, params })
    }

    /// Geometry of one input row.
    pub fn input(&self) -> Shape {
        self.input
    }

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
        self.run(rows(&x), x.nrows(), mode, trace);
    }

    fn run(&self, x: &[f32], rows: usize, mut mode: Mode, trace: &mut Trace) {
        self.size(trace, rows);
        trace.acts[0].copy_from_slice(x);
        for (i, node) in self.nodes.iter().enumerate() {
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
        let n = self.nodes.len();
        trace.grads[n].copy_from_slice(dy);
        for (i, node) in self.nodes.iter().enumerate().rev() {
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
                    into[k] = if node.shared[k] {
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
                if node.shared[k] && (a != 0 || want_input) {
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

    /// Gives `trace` the buffers of a pass over `rows` rows.
    fn size(&self, trace: &mut Trace, rows: usize) {
        let count = self.nodes.len() + 1;
        if trace.rows == rows && trace.acts.len() == count && self.fits(trace) {
            return;
        }
        trace.rows = rows;
        trace.acts.resize_with(count, Vec::new);
        trace.grads.resize_with(count, Vec::new);
        trace.aux.resize_with(self.nodes.len(), Vec::new);
        for i in 0..count {
            let len = rows * self.shape(i).len();
            trace.acts[i].resize(len, 0.0);
            trace.grads[i].resize(len, 0.0);
        }
        for (i, node) in self.nodes.iter().enumerate() {
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
        let acts = (0..=self.nodes.len()).all(|i| trace.acts[i].len() == trace.rows * self.shape(i).len());
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
