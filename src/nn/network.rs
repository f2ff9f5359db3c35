//! A chain of nodes over one flat vector of parameters, looked at through `&`.

use super::chain::{Columns, Link};
use super::{Layer, MAX_INPUTS, Mode, Room, Saved, Spec, Trace};
use crate::kernel::{self, Finish};
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
    /// What the layer is in a chain.
    pub(super) link: Option<Link>,
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
    /// What the next node does, if it alone reads this one's output and this one's layer can do it.
    pub(super) clip: Option<[f32; 2]>,
    /// What the node before does, if its output is read here alone, the node before that did it, and this one's layer can do the way back.
    pub(super) unclip: Option<[f32; 2]>,
}

/// Immutable geometry, shared between clones, and the parameters.
#[derive(Debug)]
pub struct Network {
    pub(super) input: Shape,
    pub(super) nodes: Arc<[Node]>,
    pub(super) specs: Arc<[NodeSpec]>,
    /// Most working memory that one node wants.
    pub(super) work_len: usize,
    /// Width of its widest activation.
    pub(super) widest: usize,
    /// Whether it is a chain of links, none wide.
    pub(super) chain: bool,
    /// Every parameter, in node order.
    pub params: Vec<f32>,
}
clone_by_field!(Network { input, nodes, specs, work_len, widest, chain, params });

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
        if let Some(columns) = trace.columns {
            return self.run_chain(x, columns, trace);
        }
        trace.acts[0].copy_from_slice(x);
        let mut clipped = false;
        for (i, node) in self.nodes[..last].iter().enumerate() {
            if std::mem::take(&mut clipped) {
                continue;
            }
            let (before, after) = trace.acts.split_at_mut(i + 1);
            let mut xs: [&[f32]; MAX_INPUTS] = [&[]; MAX_INPUTS];
            for (x, &a) in xs.iter_mut().zip(&node.inputs) {
                *x = &before[a];
            }
            let params = &self.params[node.params.clone()];
            let clip = node.clip.filter(|_| trace.closed && i + 1 < last);
            // What the next node would do is done already: its output is written.
            clipped = clip.is_some();
            let y = &mut after[usize::from(clipped)];
            let finish = clip.map_or(Finish::Plain, Finish::Clip);
            let room = Room { aux: &mut trace.aux[i], finish, work: &mut trace.work };
            node.layer.forward(params, &xs[..node.inputs.len()], y, room, &mut mode);
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
        let (y, aux) = (&trace.acts[i + 1], &trace.aux[i]);
        let x = &[&trace.acts[i][..]];
        let at = Saved { x, y, aux, finish: Finish::Plain, work: &mut work };
        node.layer.backward(&self.params[node.params.clone()], at, dy, &mut [dx], None);
    }

    fn backward(&self, trace: &mut Trace, dy: &[f32], mut dparams: Option<&mut [f32]>, want_input: bool) {
        if let Some(columns) = trace.columns {
            return self.back_chain(columns, trace, dy, dparams, want_input);
        }
        if trace.slots.is_empty() {
            self.place_gradients(trace);
        }
        let Trace { acts, aux, grads, slots, share, work, closed, .. } = trace;
        let n = acts.len() - 1;
        let len = |a: usize| trace.rows * self.shape(a).len();
        for a in self.unreached(n) {
            grads[slots[a]][..len(a)].fill(0.0);
        }
        grads[slots[n]][..len(n)].copy_from_slice(dy);
        let mut passed = false;
        for (i, node) in self.nodes[..n].iter().enumerate().rev() {
            if std::mem::take(&mut passed) {
                continue;
            }
            // The way back through the node before is done here, too.
            let unclip = node.unclip.filter(|_| *closed);
            passed = unclip.is_some();
            let finish = unclip.map_or(Finish::Plain, |limits| Finish::Between(&acts[i], limits));
            let params = &self.params[node.params.clone()];
            let dparams = dparams.as_deref_mut().map(|g| &mut g[node.params.clone()]);
            let (dy, mut dx) = pick(grads, slots, i + 1, node.inputs.iter().map(|a| a - usize::from(passed)));
            // Gradients of inputs that a later node reads too are written aside, then added.
            let mut xs: [&[f32]; MAX_INPUTS] = [&[]; MAX_INPUTS];
            let mut into: [&mut [f32]; MAX_INPUTS] = [&mut [], &mut [], &mut []];
            let mut rest = share.as_mut_slice();
            for (k, (&a, dx)) in node.inputs.iter().zip(&mut dx).enumerate() {
                xs[k] = &acts[a];
                if a == 0 && !want_input {
                    continue;
                }
                into[k] = if node.next[k] < n {
                    let (mine, after) = rest.split_at_mut(len(a));
                    rest = after;
                    mine
                } else {
                    &mut dx[..len(a)]
                };
            }
            let count = node.inputs.len();
            let at = Saved { x: &xs[..count], y: &acts[i + 1], aux: &aux[i], finish, work };
            node.layer.backward(params, at, &dy[..len(i + 1)], &mut into[..count], dparams);
            let mut start = 0;
            for (k, &a) in node.inputs.iter().enumerate() {
                if node.next[k] < n && (a != 0 || want_input) {
                    kernel::axpy(1.0, &share[start..start + len(a)], &mut dx[k][..len(a)]);
                    start += len(a);
                }
            }
        }
    }

    /// Activations that are read only by nodes a pass of `n` did not reach, though these would begin their gradients.
    fn unreached(&self, n: usize) -> impl Iterator<Item = usize> + '_ {
        (1..n).filter(move |&a| self.nodes[a - 1].read >= n)
    }

    /// Gives every gradient of the pass in `trace` a buffer: its own, or in a closed pass one whose gradient has been read. What was
    /// used just now is still in the cache.
    #[inline(never)]
    fn place_gradients(&self, trace: &mut Trace) {
        const NOWHERE: usize = usize::MAX;
        let Trace { acts, grads, slots, closed, .. } = trace;
        let n = acts.len() - 1;
        slots.resize(n + 1, NOWHERE);
        for a in self.unreached(n) {
            slots[a] = a;
        }
        slots[n] = n;
        let mut passed = false;
        for (i, node) in self.nodes[..n].iter().enumerate().rev() {
            if std::mem::take(&mut passed) {
                continue;
            }
            passed = *closed && node.unclip.is_some();
            for a in node.inputs.iter().map(|a| a - usize::from(passed)) {
                if slots[a] == NOWHERE {
                    let held = if *closed { &slots[..i + 2] } else { &slots[..] };
                    slots[a] = (0..=n).find(|slot| !held.contains(slot)).expect("as many as activations");
                }
            }
        }
        grads.resize_with(n + 1, Vec::new);
        for (a, &slot) in slots.iter().enumerate().filter(|(_, slot)| **slot != NOWHERE) {
            let len = grads[slot].len().max(trace.rows * self.shape(a).len());
            grads[slot].resize(len, 0.0);
        }
    }

    /// Gives `trace` the buffers of a pass over `rows` rows up to activation `last`.
    fn size(&self, trace: &mut Trace, rows: usize, last: usize) {
        let closed = std::mem::take(&mut trace.asked);
        let columns = (closed && self.chain && last == self.len()).then(|| Columns::new(rows));
        let same = trace.of.as_ref().is_some_and(|nodes| Arc::ptr_eq(nodes, &self.nodes));
        if same && (trace.rows, trace.columns, trace.closed, trace.last) == (rows, columns, closed, last) {
            return;
        }
        (trace.of, trace.rows, trace.columns) = (Some(self.nodes.clone()), rows, columns);
        (trace.closed, trace.last) = (closed, last);
        if let Some(columns) = columns {
            return self.size_chain(columns, trace);
        }
        trace.acts.resize_with(last + 1, Vec::new);
        trace.slots.clear();
        for i in 0..=last {
            let len = rows * self.shape(i).len();
            let left_out = trace.closed && 0 < i && i < last && self.nodes[i - 1].clip.is_some();
            trace.acts[i].resize(if left_out { 0 } else { len }, 0.0);
        }
        trace.aux.resize_with(last, Vec::new);
        let mut aside = 0;
        for (node, aux) in self.nodes.iter().zip(&mut trace.aux) {
            aux.resize(rows * node.aux_len, 0.0);
            aside = aside.max(node.aside);
        }
        trace.share.resize(aside * rows, 0.0);
        trace.work.resize(self.work_len, 0.0);
    }

    /// Bytes of the parameters; geometry is shared between clones.
    pub fn heap_bytes(&self) -> usize {
        4 * self.params.capacity()
    }
}

/// The gradient of activation `of`, and those of `inputs`, at once.
fn pick<'a>(
    grads: &'a mut [Vec<f32>],
    slots: &[usize],
    of: usize,
    inputs: impl Iterator<Item = usize> + Clone,
) -> (&'a [f32], [&'a mut [f32]; MAX_INPUTS]) {
    let (mut dy, mut dx): (&[f32], [&mut [f32]; MAX_INPUTS]) = (&[], [&mut [], &mut [], &mut []]);
    for (slot, grad) in grads.iter_mut().enumerate() {
        if slot == slots[of] {
            dy = grad;
        } else if let Some(k) = inputs.clone().position(|a| slots[a] == slot) {
            dx[k] = grad;
        }
    }
    (dy, dx)
}
