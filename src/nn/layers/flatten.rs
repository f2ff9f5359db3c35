//! `y = x`, a picture as one vector: height, then width, then channels.

use crate::nn::{Layer, Mode, Room, Saved};
use crate::tensor::Shape;

/// The same numbers with another shape.
#[derive(Debug)]
pub struct Flatten {
    len: usize,
}

impl Flatten {
    /// `input` as one vector.
    pub fn new(input: Shape) -> Self {
        Self { len: input.len() }
    }
}

impl Layer for Flatten {
    fn kind(&self) -> &'static str {
        "flatten"
    }

    fn output(&self) -> Shape {
        Shape::flat(self.len)
    }

    fn forward(&self, _: &[f32], x: &[&[f32]], y: &mut [f32], _: Room, _: &mut Mode) {
        y.copy_from_slice(x[0]);
    }

    fn backward(&self, _: &[f32], _: Saved, dy: &[f32], dx: &mut [&mut [f32]], _: Option<&mut [f32]>) {
        if !dx[0].is_empty() {
            dx[0].copy_from_slice(dy);
        }
    }
}
