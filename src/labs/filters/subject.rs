//! The network that is looked into, and the layer of it.

use super::known::Known;
use crate::error::{Error, Result};
use crate::formats::Quantized;
use crate::kernel::Domain;
use crate::labs::handwriting::SHAPE;
use crate::labs::picture::{self, DOMAIN, layers};
use crate::nn::Network;
use crate::tensor::Shape;
use std::rc::Rc;

/// A network that takes pictures of one size, and an activation of it.
#[derive(Debug, Clone)]
pub struct Subject {
    pub net: Rc<Network>,
    /// The activation climbed in.
    pub last: usize,
    /// Where the network is one of digits: what is known of it, and which of its layers this is.
    pub digits: Option<(Rc<Known>, usize)>,
    /// Where it is one of photographs: that one at its own size.
    lite: Option<Rc<Quantized>>,
}

impl Subject {
    /// Layer `name` of a network of digits.
    ///
    /// # Errors
    /// [`Error::Refused`] where it has none such.
    pub fn of_digits(known: &Rc<Known>, name: &str) -> Result<Self> {
        let convs = known.layers.len() - 1;
        let which = match name {
            "conv1" => 0,
            "conv2" => 1,
            _ => convs,
        };
        if name != "class" && which >= convs {
            return Err(Error::Refused { what: "no-such-layer" });
        }
        Ok(Self { net: known.net.clone(), last: known.layers[which], digits: Some((known.clone(), which)), lite: None })
    }

    /// Layer `name` of the network of photographs, on pictures of `side × side`; `old` may have it at that size.
    ///
    /// # Errors
    /// What the network finds wrong with the size; [`Error::NetworkFile`] where it has no such layer.
    pub fn of_photos(lite: &Rc<Quantized>, name: &str, side: usize, old: Option<&Self>) -> Result<Self> {
        let missing = || Error::NetworkFile { what: "layers".into() };
        let last = layers::activation(lite, name).ok_or_else(missing)?;
        let shape = Shape { height: side, width: side, channels: 3 };
        let same = |old: &&Self| {
            old.lite.as_ref().is_some_and(|old| Rc::ptr_eq(old, lite)) && old.net.input() == shape
        };
        let net = match old.filter(same) {
            Some(old) => old.net.clone(),
            None => {
                let mut net = lite.net.clone();
                net.resize(shape)?;
                Rc::new(net)
            }
        };
        Ok(Self { net, last, digits: None, lite: Some(lite.clone()) })
    }

    /// Geometry of a picture.
    pub fn shape(&self) -> Shape {
        self.net.input()
    }

    /// Numbers a pixel may be.
    pub fn domain(&self) -> Domain {
        if self.net.input() == SHAPE { Domain::IMAGE } else { DOMAIN }
    }

    /// Channels of the layer.
    pub fn units(&self) -> usize {
        self.net.shape(self.last).channels
    }

    /// Whether the units are the classes.
    pub fn names_classes(&self) -> bool {
        self.last == self.net.len()
    }

    /// `x` as a screen shows it: of digits whole 255ths, of photographs whole grey levels.
    pub fn shown(&self, x: &[f32], out: &mut [f32]) {
        if self.digits.is_some() {
            out.iter_mut().zip(x).for_each(|(out, x)| *out = (x * 255.0).round() / 255.0);
        } else {
            picture::levels(x, out);
        }
    }

    /// What [`Subject::shown`] shows, as the network gets it.
    pub fn seen(&self, x: &[f32]) -> Vec<f32> {
        let mut seen = vec![0.0; x.len()];
        self.shown(x, &mut seen);
        if self.digits.is_none() {
            seen.iter_mut().for_each(|v| *v = (*v - 127.0) / 128.0);
        }
        seen
    }
}
