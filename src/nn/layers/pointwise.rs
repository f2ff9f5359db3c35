//! `yᵢ = f(xᵢ)`: the activation functions, each beside its slope.

use crate::kernel::{self, F32x4};
use crate::nn::{Activation, Layer, Link, Mode, Room, Saved};
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

    fn link(&self) -> Option<Link> {
        Some(Link::Each(self.function))
    }

    fn clip(&self) -> Option<[f32; 2]> {
        (self.function == Activation::Relu).then_some([0.0, f32::INFINITY])
    }

    fn forward(&self, _: &[f32], x: &[&[f32]], y: &mut [f32], _: Room, _: &mut Mode) {
        self.function.apply(x[0], y);
    }

    fn backward(&self, _: &[f32], at: Saved, dy: &[f32], dx: &mut [&mut [f32]], _: Option<&mut [f32]>) {
        if !dx[0].is_empty() {
            self.function.slope(at.x[0], at.y, dy, dx[0]);
        }
    }
}

impl Activation {
    /// `yᵢ = f(xᵢ)`
    pub(in crate::nn) fn apply(self, x: &[f32], y: &mut [f32]) {
        let (zero, leak) = (F32x4::splat(0.0), F32x4::splat(LEAK));
        match self {
            Self::Linear => y.copy_from_slice(x),
            // In this order a NaN passes, as everywhere else: hiding it would hide that training diverged.
            Self::Relu => kernel::map(x, y, |x| x.max(zero)),
            Self::LeakyRelu => kernel::map(x, y, |x| x.select_gt(zero, x, leak * x)),
            Self::Tanh => kernel::map(x, y, kernel::tanh),
            Self::Sigmoid => kernel::map(x, y, kernel::sigmoid),
            Self::Gelu => kernel::map(x, y, kernel::gelu),
            Self::Sine => kernel::map(x, y, kernel::sin),
        }
    }

    /// `dxᵢ = dyᵢ f′(xᵢ)`, with `y = f(x)` at hand.
    pub(in crate::nn) fn slope(self, x: &[f32], y: &[f32], dy: &[f32], dx: &mut [f32]) {
        let (zero, one, leak) = (F32x4::splat(0.0), F32x4::splat(1.0), F32x4::splat(LEAK));
        match self {
            Self::Linear => dx.copy_from_slice(dy),
            Self::Relu => kernel::map2(y, dy, dx, |y, dy| y.select_gt(zero, dy, zero)),
            Self::LeakyRelu => kernel::map2(x, dy, dx, |x, dy| x.select_gt(zero, dy, leak * dy)),
            Self::Tanh => kernel::map2(y, dy, dx, |y, dy| dy * (one - y * y)),
            Self::Sigmoid => kernel::map2(y, dy, dx, |y, dy| dy * (y * (one - y))),
            Self::Gelu => kernel::map2(x, dy, dx, |x, dy| dy * kernel::gelu_slope(x)),
            Self::Sine => {
                let quarter = F32x4::splat(std::f32::consts::FRAC_PI_2);
                kernel::map2(x, dy, dx, |x, dy| dy * kernel::sin(x + quarter));
            }
        }
    }
}
