//! `y = a + b`: the residual add (He et al. 2016).

use crate::error::{Error, Result};
use crate::kernel;
use crate::nn::{Layer, Mode, Room, Saved};
use crate::tensor::Shape;

/// The sum of two activations of one shape.
#[derive(Debug)]
pub struct Add {
    shape: Shape,
}

impl Add {
    /// `a + b`, feature by feature.
    ///
    /// # Errors
    /// [`Error::Length`] if `b` has another shape than `a`.
    pub fn new(a: Shape, b: Shape) -> Result<Self> {
        if a != b {
            return Err(Error::Length { what: "second input of add", expected: a.len(), got: b.len() });
        }
        Ok(Self { shape: a })
    }
}

impl Layer for Add {
    fn kind(&self) -> &'static str {
        "add"
    }

    fn output(&self) -> Shape {
        self.shape
    }

    fn forward(&self, _: &[f32], x: &[&[f32]], y: &mut [f32], _: Room, _: &mut Mode) {
        kernel::map2(x[0], x[1], y, |a, b| a + b);
    }

    fn backward(&self, _: &[f32], _: Saved, dy: &[f32], dx: &mut [&mut [f32]], _: Option<&mut [f32]>) {
        for dx in dx.iter_mut().filter(|dx| !dx.is_empty()) {
            dx.copy_from_slice(dy);
        }
    }
}
