//! `y = min(max(x, 0), 6)` (Krizhevsky 2010).

use crate::kernel::{self, F32x4};
use crate::nn::{Layer, Mode, Room, Saved};
use crate::tensor::Shape;

/// A ReLU that ends at six.
#[derive(Debug)]
pub struct Relu6 {
    shape: Shape,
}

impl Relu6 {
    /// On every feature of `shape`.
    pub fn new(shape: Shape) -> Self {
        Self { shape }
    }
}

impl Layer for Relu6 {
    fn kind(&self) -> &'static str {
        "relu6"
    }

    fn output(&self) -> Shape {
        self.shape
    }

    fn clip(&self) -> Option<[f32; 2]> {
        Some([0.0, 6.0])
    }

    fn forward(&self, _: &[f32], x: &[&[f32]], y: &mut [f32], _: Room, _: &mut Mode) {
        let (zero, six) = (F32x4::splat(0.0), F32x4::splat(6.0));
        // In this order a NaN passes, as everywhere else.
        kernel::map(x[0], y, |x| x.max(zero).min(six));
    }

    fn backward(&self, _: &[f32], at: Saved, dy: &[f32], dx: &mut [&mut [f32]], _: Option<&mut [f32]>) {
        if dx[0].is_empty() {
            return;
        }
        let (zero, six) = (F32x4::splat(0.0), F32x4::splat(6.0));
        kernel::map2(at.y, dy, dx[0], |y, dy| y.select_gt(zero, six.select_gt(y, dy, zero), zero));
    }
}
