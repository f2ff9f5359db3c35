//! The layers of the network of photographs that can be looked into, as links name them.

use crate::formats::Quantized;

macro_rules! layers {
    ($($name:literal $units:literal $side:literal,)*) => {
        /// Every layer: what a link calls it.
        pub const LAYERS: &[&str] = &[$($name),*];
        /// The same beside the layers of a network of digits.
        pub const WITH_DIGITS: &[&str] =
            &["digits.conv1", "digits.conv2", "digits.class", $(concat!("lite0.", $name)),*];
        /// Channels of each, and the side of its maps on a picture of 224 × 224.
        pub const SIZES: &[[u16; 2]] = &[$([$units, $side]),*];
    };
}

layers! {
    "stem" 32 112,
    "b0.dw" 32 112,
    "b0.project" 16 112,
    "b1.expand" 96 112,
    "b1.dw" 96 56,
    "b1.project" 24 56,
    "b2.expand" 144 56,
    "b2.dw" 144 56,
    "b2.project" 24 56,
    "b3.expand" 144 56,
    "b3.dw" 144 28,
    "b3.project" 40 28,
    "b4.expand" 240 28,
    "b4.dw" 240 28,
    "b4.project" 40 28,
    "b5.expand" 240 28,
    "b5.dw" 240 14,
    "b5.project" 80 14,
    "b6.expand" 480 14,
    "b6.dw" 480 14,
    "b6.project" 80 14,
    "b7.expand" 480 14,
    "b7.dw" 480 14,
    "b7.project" 80 14,
    "b8.expand" 480 14,
    "b8.dw" 480 14,
    "b8.project" 112 14,
    "b9.expand" 672 14,
    "b9.dw" 672 14,
    "b9.project" 112 14,
    "b10.expand" 672 14,
    "b10.dw" 672 14,
    "b10.project" 112 14,
    "b11.expand" 672 14,
    "b11.dw" 672 7,
    "b11.project" 192 7,
    "b12.expand" 1152 7,
    "b12.dw" 1152 7,
    "b12.project" 192 7,
    "b13.expand" 1152 7,
    "b13.dw" 1152 7,
    "b13.project" 192 7,
    "b14.expand" 1152 7,
    "b14.dw" 1152 7,
    "b14.project" 192 7,
    "b15.expand" 1152 7,
    "b15.dw" 1152 7,
    "b15.project" 320 7,
    "head" 1280 7,
    "class" 1000 1,
}

/// The activation of the layer called `name` before its ReLU6; none where the network has no such layer.
pub fn activation(lite: &Quantized, name: &str) -> Option<usize> {
    lite.node(if name == "class" { "fc" } else { name }).map(|node| node + 1)
}
