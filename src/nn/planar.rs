//! Layers of pictures, as data, each with the code that makes it.
//!
//! The linker keeps whatever a `match` over kinds of layer names, so a lab without pictures would carry convolutions.
//! Here a constructor such as [`Spec::conv`] puts a pointer to its builder beside the settings: only who calls one, or
//! reads a [`Picture`] with serde, has its code.

use super::layers::{Conv, Depthwise, Flatten, Largest, LayerNorm, Mean, Pool, Relu6, Window};
use super::{Init, Layer, Spec};
use crate::error::Result;
use crate::tensor::Shape;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A kind of layer of pictures and its settings; rows are height × width × channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Planar {
    /// Every channel out reads a `kernel × kernel` window of every channel in.
    Conv {
        /// Channels out, at least 1.
        channels: usize,
        /// Side of the window.
        kernel: usize,
        /// Pixels from one window to the next.
        stride: usize,
        /// What stands around the picture.
        padding: Padding,
        /// How the weights start.
        init: Init,
    },
    /// Every channel is convolved by itself.
    Depthwise {
        /// Side of the window.
        kernel: usize,
        /// Pixels from one window to the next.
        stride: usize,
        /// What stands around the picture.
        padding: Padding,
        /// How the weights start.
        init: Init,
    },
    /// The largest value of each window, channel by channel.
    MaxPool {
        /// Side of the window.
        window: usize,
        /// Pixels from one window to the next.
        stride: usize,
    },
    /// The mean of each window, channel by channel.
    AveragePool {
        /// Side of the window.
        window: usize,
        /// Pixels from one window to the next.
        stride: usize,
    },
    /// The mean of the whole picture, channel by channel.
    MeanPool,
    /// `min(max(x, 0), 6)` (Krizhevsky 2010), which networks made for telephones have; here because no figure offers it.
    Relu6,
    /// The same numbers as one vector.
    Flatten,
    /// A row shifted and scaled to mean 0 and variance 1, then a gain and a bias for each feature.
    // There is no batch norm: it couples the rows of a batch, so that an attack on one would move the others, and its
    // running means would be state inside a layer.
    LayerNorm,
}

/// Zeros around a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Padding {
    /// TensorFlow's: as many as make the output ⌈side / stride⌉; an odd one goes to the bottom and to the right.
    Same,
    /// So many on each of the four sides.
    Each(usize),
}

/// [`Planar`] settings with their code. Made by [`Spec::conv`] and its siblings.
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    settings: Planar,
    build: fn(Planar, Shape) -> Result<Box<dyn Layer>>,
    text: fn(Planar) -> String,
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        self.settings == other.settings
    }
}

impl Picture {
    /// The kind of layer and its settings.
    pub fn settings(&self) -> Planar {
        self.settings
    }

    pub(super) fn build(&self, input: Shape) -> Result<Box<dyn Layer>> {
        (self.build)(self.settings, input)
    }

    /// What follows `{"kind":"` in the network's description, as serde would write it.
    pub(crate) fn text(&self) -> String {
        (self.text)(self.settings)
    }

    fn new(settings: Planar, build: fn(Planar, Shape) -> Result<Box<dyn Layer>>) -> Self {
        Self { settings, build, text }
    }
}

impl Spec {
    /// A convolution: see [`Planar::Conv`].
    pub fn conv(channels: usize, kernel: usize, stride: usize, padding: Padding, init: Init) -> Self {
        Spec::Planar(Box::new(Picture::new(Planar::Conv { channels, kernel, stride, padding, init }, conv)))
    }

    /// A convolution of each channel by itself.
    pub fn depthwise(kernel: usize, stride: usize, padding: Padding, init: Init) -> Self {
        Spec::Planar(Box::new(Picture::new(Planar::Depthwise { kernel, stride, padding, init }, depthwise)))
    }

    /// The largest of each `window × window`.
    pub fn max_pool(window: usize, stride: usize) -> Self {
        Spec::Planar(Box::new(Picture::new(Planar::MaxPool { window, stride }, max_pool)))
    }

    /// The mean of each `window × window`.
    pub fn average_pool(window: usize, stride: usize) -> Self {
        Spec::Planar(Box::new(Picture::new(Planar::AveragePool { window, stride }, mean_pool)))
    }

    /// The mean over all pixels.
    pub fn mean_pool() -> Self {
        Spec::Planar(Box::new(Picture::new(Planar::MeanPool, mean_pool)))
    }

    /// `min(max(x, 0), 6)`
    pub fn relu6() -> Self {
        Spec::Planar(Box::new(Picture::new(Planar::Relu6, relu6)))
    }

    /// A picture as one vector; a dense layer needs none before it.
    pub fn flatten() -> Self {
        Spec::Planar(Box::new(Picture::new(Planar::Flatten, flatten)))
    }

    /// A row shifted and scaled to mean 0 and variance 1.
    pub fn layer_norm() -> Self {
        Spec::Planar(Box::new(Picture::new(Planar::LayerNorm, layer_norm)))
    }
}

fn conv(settings: Planar, input: Shape) -> Result<Box<dyn Layer>> {
    let Planar::Conv { channels, kernel, stride, padding, init } = settings else {
        unreachable!("made with its own settings")
    };
    let window = Window::new("conv", input, [kernel; 2], stride, padding)?;
    Ok(Box::new(Conv::new(window, channels, init)?))
}

fn depthwise(settings: Planar, input: Shape) -> Result<Box<dyn Layer>> {
    let Planar::Depthwise { kernel, stride, padding, init } = settings else {
        unreachable!("made with its own settings")
    };
    Ok(Box::new(Depthwise::new(Window::new("depthwise", input, [kernel; 2], stride, padding)?, init)))
}

fn max_pool(settings: Planar, input: Shape) -> Result<Box<dyn Layer>> {
    let Planar::MaxPool { window, stride } = settings else { unreachable!("made with its own settings") };
    Ok(Box::new(Pool::<Largest>::new(Window::new("max-pool", input, [window; 2], stride, Padding::Each(0))?)))
}

fn mean_pool(settings: Planar, input: Shape) -> Result<Box<dyn Layer>> {
    let (kind, sides, stride) = match settings {
        Planar::AveragePool { window, stride } => ("average-pool", [window; 2], stride),
        _ => ("mean-pool", [input.height, input.width], 1),
    };
    Ok(Box::new(Pool::<Mean>::new(Window::new(kind, input, sides, stride, Padding::Each(0))?)))
}

fn relu6(_: Planar, input: Shape) -> Result<Box<dyn Layer>> {
    Ok(Box::new(Relu6::new(input)))
}

fn flatten(_: Planar, input: Shape) -> Result<Box<dyn Layer>> {
    Ok(Box::new(Flatten::new(input)))
}

fn layer_norm(_: Planar, input: Shape) -> Result<Box<dyn Layer>> {
    Ok(Box::new(LayerNorm::new(input)))
}

fn text(settings: Planar) -> String {
    let padded = |padding| match padding {
        Padding::Same => String::from("\"same\""),
        Padding::Each(side) => format!("{{\"each\":{side}}}"),
    };
    let start = |init| if init == Init::He { "he" } else { "xavier" };
    match settings {
        Planar::Conv { channels, kernel, stride, padding, init } => format!(
            "conv\",\"channels\":{channels},\"kernel\":{kernel},\"stride\":{stride},\"padding\":{},\"init\":\"{}\"",
            padded(padding),
            start(init)
        ),
        Planar::Depthwise { kernel, stride, padding, init } => format!(
            "depthwise\",\"kernel\":{kernel},\"stride\":{stride},\"padding\":{},\"init\":\"{}\"",
            padded(padding),
            start(init)
        ),
        Planar::MaxPool { window, stride } => format!("max-pool\",\"window\":{window},\"stride\":{stride}"),
        Planar::AveragePool { window, stride } => {
            format!("average-pool\",\"window\":{window},\"stride\":{stride}")
        }
        Planar::MeanPool => String::from("mean-pool\""),
        Planar::Relu6 => String::from("relu6\""),
        Planar::Flatten => String::from("flatten\""),
        Planar::LayerNorm => String::from("layer-norm\""),
    }
}

impl Serialize for Picture {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.settings.serialize(to)
    }
}

/// Reading names every kind, and so brings the code of all.
impl<'de> Deserialize<'de> for Picture {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let settings = Planar::deserialize(from)?;
        let build = match settings {
            Planar::Conv { .. } => conv,
            Planar::Depthwise { .. } => depthwise,
            Planar::MaxPool { .. } => max_pool,
            Planar::AveragePool { .. } | Planar::MeanPool => mean_pool,
            Planar::Relu6 => relu6,
            Planar::Flatten => flatten,
            Planar::LayerNorm => layer_norm,
        };
        Ok(Self::new(settings, build))
    }
}
