//! What labs of handwritten digits share: the geometry of a picture, files of them, and kinds of network.

use crate::data::Images;
use crate::error::{Error, Result, choice};
use crate::nn::{Activation, Init, Padding, Spec};
use crate::tensor::Shape;

/// Geometry of every picture.
pub const SHAPE: Shape = Shape { height: 28, width: 28, channels: 1 };
/// Numbers of one.
pub const PIXELS: usize = SHAPE.len();
/// Classes.
pub const CLASSES: usize = 10;
/// Kinds of network.
pub const NETWORKS: &[&str] = &["logistic", "dense", "conv", "large"];

/// The pictures of a file.
///
/// # Errors
/// [`Error::ImageFile`] for a file that is none, or has pictures of another size or class.
pub fn pictures(bytes: &[u8]) -> Result<Images> {
    let images = Images::read(bytes)?;
    if images.shape() != SHAPE {
        return Err(Error::ImageFile { what: "size", expected: PIXELS, got: images.shape().len() });
    }
    if images.classes() != CLASSES {
        return Err(Error::ImageFile { what: "class", expected: CLASSES, got: images.classes() });
    }
    Ok(images)
}

/// The chain of one of [`NETWORKS`], from a picture of 28 × 28 to ten logits.
///
/// # Errors
/// [`Error::Choice`] for none of [`NETWORKS`].
pub fn chain(kind: &str) -> Result<Vec<Spec>> {
    let init = Init::He;
    let relu = || Spec::Activation { function: Activation::Relu };
    let dense = |units| Spec::Dense { units, init };
    let convs = |channels: usize| {
        let conv = |channels| Spec::conv(channels, 3, 1, Padding::Same, init);
        vec![
            conv(channels),
            relu(),
            Spec::max_pool(2, 2),
            conv(2 * channels),
            relu(),
            Spec::max_pool(2, 2),
            dense(10),
        ]
    };
    Ok(match choice("network", kind, NETWORKS)? {
        0 => vec![dense(10)],
        1 => vec![dense(64), relu(), dense(10)],
        2 => convs(8),
        _ => convs(16),
    })
}
