//! `yᵢ = f(xᵢ)`: the activation functions, each beside its slope.

use crate::kernel::{self, F32x4};
use crate::nn::{Activation, Layer, Mode, Room, Saved};
use crate::tensor::Shape;

/// One number in, one number out.
#[derive(Debug)]
pub struct Pointwise {
    shape: Shape,
    function: Activation,
}

/// Slope of leaky ReLU below zero, as in PyTorch.
const LEAK: f32 = 0.01;

impl Pointwise {
    /// `function` on every feature of `shape`.
    pub fn new(shape: Shape, function: Activation) -> Self {
        Self { shape, function }
    }
}

impl Layer for Pointwise {
    fn kind(&self) -> &'static str {
        Activation::NAMES[self.function as usize]
    }

    fn output(&self) -> Shape {
        self.shape
    }

    fn columnar(&self) -> bool {
        true
    }

    fn clip(&self) -> Option<[f32; 2]> {
        (self.function == Activation::Relu).then_some([0.0, f32::INFINITY])
    }

    fn forward(&self, _: &[f32], x: &[&[f32]], y: &mut [f32], _: Room, _: &mut Mode) {
        let x = x[0];
        let (zero, leak) = (F32x4::splat(0.0), F32x4::splat(LEAK));
        match self.function {
            Activation::Linear => y.copy_from_slice(x),
            // In this order a NaN passes, as everywhere else: hiding it would hide that training diverged.
            Activation::Relu => kernel::map(x, y, |x| x.max(zero)),
            Activation::LeakyRelu => kernel::map(x, y, |x| x.select_gt(zero, x, leak * x)),
            Activation::Tanh => kernel::map(x, y, kernel::tanh),
            Activation::Sigmoid => kernel::map(x, y, kernel::sigmoid),
            Activation::Gelu => kernel::map(x, y, kernel::gelu),
            Activation::Sine => kernel::map(x, y, kernel::sin),
        }
    }

    fn backward(&self, _: &[f32], at: Saved, dy: &[f32], dx: &mut [&mut [f32]], _: Option<&mut [f32]>) {
        if dx[0].is_empty() {
            return;
        }
        let (x, y, dx) = (at.x[0], at.y, &mut *dx[0]);
        let (zero, one, leak) = (F32x4::splat(0.0), F32x4::splat(1.0), F32x4::splat(LEAK));
        match self.function {
            Activation::Linear => dx.copy_from_slice(dy),
            Activation::Relu => kernel::map2(y, dy, dx, |y, dy| y.select_gt(zero, dy, zero)),
            Activation::LeakyRelu => kernel::map2(x, dy, dx, |x, dy| x.select_gt(zero, dy, leak * dy)),
            Activation::Tanh => kernel::map2(y, dy, dx, |y, dy| dy * (one - y * y)),
            Activation::Sigmoid => kernel::map2(y, dy, dx, |y, dy| dy * (y * (one - y))),
            Activation::Gelu => kernel::map2(x, dy, dx, |x, dy| dy * kernel::gelu_slope(x)),
            Activation::Sine => {
                let quarter = F32x4::splat(std::f32::consts::FRAC_PI_2);
                kernel::map2(x, dy, dx, |x, dy| dy * kernel::sin(x + quarter));
            }
        }
    }
}
