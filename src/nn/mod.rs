//! Networks: an ordered list of nodes over one flat vector of parameters.
//!
//! A node is a layer and the indices of the activations it reads. Layers are geometry only: parameters are the
//! network's, activations and gradients are the caller's [`Trace`]. To add a kind of layer: one file in `layers/`,
//! one variant of [`Spec`], or of [`Planar`] if labs that do without it should not carry its code.

mod chain;
pub mod interval;
pub mod layers;
mod network;
mod planar;
mod spec;
mod trace;
mod wiring;

pub use chain::Link;
pub use network::{Network, NodeSpec};
pub use planar::{Padding, Picture, Planar};
pub use spec::{Activation, Init, Spec};
pub use trace::Trace;

use crate::kernel::Finish;
use crate::rng::Rng;
use crate::tensor::Shape;
use std::fmt;
use std::ops::Range;

/// Whether chance takes part in the forward pass. Attacks and probes evaluate; only a trainer holds the stream.
#[derive(Debug)]
pub enum Mode<'a> {
    /// No chance: dropout passes everything.
    Eval,
    /// Training, with the stream dropout draws from.
    Train(&'a mut Rng),
}

/// Most activations one node reads (attention: queries, keys, values).
pub const MAX_INPUTS: usize = 3;

/// One differentiable map from its inputs to its output, row by row.
///
/// All slices hold `rows` rows, row-major. `params` is the layer's own part of the network's parameters.
pub trait Layer: Send + Sync {
    /// Short name for messages and exports.
    fn kind(&self) -> &'static str;

    /// Geometry of one output row.
    fn output(&self) -> Shape;

    /// Numbers the layer learns.
    fn param_len(&self) -> usize {
        0
    }

    /// Which of them are weights (L1 and L2 act on these, not on biases).
    fn weights(&self) -> Range<usize> {
        0..0
    }

    /// Draws the starting parameters.
    fn init(&self, _params: &mut [f32], _rng: &mut Rng) {}

    /// Numbers a row that forward leaves for backward, besides input and output.
    fn aux_len(&self) -> usize {
        0
    }

    /// What the layer is in a chain, if it can stand in one: such a network of small layers is passed feature by feature.
    fn link(&self) -> Option<Link> {
        None
    }

    /// Low and high of `min(max(x, low), high)`, if that is what the layer does to each number of its input.
    fn clip(&self) -> Option<[f32; 2]> {
        None
    }

    /// Whether the layer can do that to its own output, and its way back to its own input: see [`Room::finish`].
    fn clips(&self) -> bool {
        false
    }

    /// Numbers of working memory that one pass wants, however many rows it has.
    fn work_len(&self) -> usize {
        0
    }

    /// `y = f(x)`. Writes all of `y` and of `room.aux`.
    fn forward(&self, params: &[f32], x: &[&[f32]], y: &mut [f32], room: Room, mode: &mut Mode);

    /// `dL/dx` from `dL/dy`.
    ///
    /// Sets each `dx[i]`, except where it is empty: that gradient is not wanted. Adds `dL/dparams` into `dparams`
    /// if it is given.
    fn backward(
        &self,
        params: &[f32],
        at: Saved,
        dy: &[f32],
        dx: &mut [&mut [f32]],
        dparams: Option<&mut [f32]>,
    );
}

/// The part of a [`Trace`] that one layer writes beside its output.
#[derive(Debug)]
pub struct Room<'a> {
    /// What backward will need, [`Layer::aux_len`] a row.
    pub aux: &'a mut [f32],
    /// What is done to the output before it is written; only layers that can ([`Layer::clips`]) see any.
    pub finish: Finish<'a>,
    /// At least [`Layer::work_len`] numbers of any value, lost after the call.
    pub work: &'a mut [f32],
}

/// The part of a [`Trace`] that one layer sees on the way back.
#[derive(Debug)]
pub struct Saved<'a> {
    /// Inputs, as forward had them.
    pub x: &'a [&'a [f32]],
    /// Output, as forward wrote it.
    pub y: &'a [f32],
    /// What forward left.
    pub aux: &'a [f32],
    /// As [`Room::finish`], of the gradient of the input.
    pub finish: Finish<'a>,
    /// As [`Room::work`].
    pub work: &'a mut [f32],
}

/// Its kind. Were every layer's own in the vtable, std's printer of structs would come into the wasm (1 KB gzip).
impl fmt::Debug for dyn Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}
