//! What an author writes down: the one `match` over kinds of layer.

use super::{Layer, Picture, layers};
use crate::error::{Error, Result, choice};
use crate::tensor::Shape;
use serde::{Deserialize, Serialize};

/// A kind of layer and its settings. Its input geometry is known only once it stands in a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Spec {
    /// `y = x W + b`
    Dense {
        /// Output width, at least 1.
        units: usize,
        /// How W starts.
        init: Init,
    },
    /// One number in, one number out.
    Activation {
        /// Which function.
        function: Activation,
    },
    /// Zeroes each input with probability `rate` while training.
    Dropout {
        /// In `[0, 1)`.
        rate: f32,
    },
    /// A fixed basis of the plane: any of x, y, x², y², xy, sin πx, sin πy.
    Features {
        /// Which, in that order of naming.
        terms: Vec<layers::Term>,
    },
    /// `y = a + b`, the one layer here that reads two activations.
    Add,
    /// A layer of pictures: [`Spec::conv`] and its siblings. In a box: all specs are as large as the largest.
    #[serde(untagged)]
    Planar(Box<Picture>),
}

/// Distribution of starting weights; biases start at zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Init {
    /// Normal, variance 2 / inputs (He et al. 2015).
    He,
    /// Normal, variance 2 / (inputs + outputs) (Glorot & Bengio 2010).
    Xavier,
}

/// A pointwise function; its formula and slope are in `layers/pointwise.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Activation {
    Linear,
    Relu,
    LeakyRelu,
    Tanh,
    Sigmoid,
    Gelu,
    Sine,
}

impl Activation {
    /// Every choice, as it is written in links.
    pub const NAMES: [&'static str; 7] = ["linear", "relu", "leaky-relu", "tanh", "sigmoid", "gelu", "sine"];

    /// The function called `name`.
    pub fn from_name(name: &str) -> Result<Self> {
        use Activation::*;
        let all = [Linear, Relu, LeakyRelu, Tanh, Sigmoid, Gelu, Sine];
        Ok(all[choice("activation", name, &Self::NAMES)?])
    }
}

impl Spec {
    /// How many activations the layer reads.
    fn arity(&self) -> usize {
        match self {
            Spec::Add => 2,
            _ => 1,
        }
    }

    /// The layer, standing on inputs of these shapes.
    pub(super) fn build(&self, inputs: &[Shape]) -> Result<Box<dyn Layer>> {
        if inputs.len() != self.arity() {
            let (expected, got) = (self.arity(), inputs.len());
            return Err(Error::Length { what: "inputs of a node", expected, got });
        }
        let x = inputs[0];
        Ok(match self {
            Spec::Dense { units, init } => Box::new(layers::Dense::new(x, *units, *init)?),
            Spec::Activation { function } => Box::new(layers::Pointwise::new(x, *function)),
            Spec::Dropout { rate } => Box::new(layers::Dropout::new(x, *rate)?),
            Spec::Features { terms } => Box::new(layers::Features::new(x, terms)?),
            Spec::Add => Box::new(layers::Add::new(x, inputs[1])?),
            Spec::Planar(picture) => picture.build(x)?,
        })
    }
}
