//! `y = x W + b`

use crate::error::{Error, Result};
use crate::kernel::{self, Mat, Write, gemm};
use crate::nn::{Init, Layer, Link, Mode, Room, Saved};
use crate::rng::Rng;
use crate::tensor::Shape;
use std::ops::Range;

/// A fully connected layer. Parameters: W (`inputs × units`, row-major), then b (`units`).
#[derive(Debug)]
pub struct Dense {
    inputs: usize,
    units: usize,
    init: Init,
}

/// More than any layer here needs; a message has to name some end of the range.
const MAX_UNITS: usize = 1 << 16;

impl Dense {
    /// `units` outputs standing on `input`, whatever its layout.
    ///
    /// # Errors
    /// [`Error::Parameter`] unless `1 ≤ units ≤ 65,536`.
    pub fn new(input: Shape, units: usize, init: Init) -> Result<Self> {
        if !(1..=MAX_UNITS).contains(&units) {
            let (min, max, value) = (1.0, MAX_UNITS as f64, units as f64);
            return Err(Error::Parameter { name: "units".into(), min, max, value });
        }
        Ok(Self { inputs: input.len(), units, init })
    }
}

impl Layer for Dense {
    fn kind(&self) -> &'static str {
        "dense"
    }

    fn output(&self) -> Shape {
        Shape::flat(self.units)
    }

    fn param_len(&self) -> usize {
        self.inputs * self.units + self.units
    }

    fn weights(&self) -> Range<usize> {
        0..self.inputs * self.units
    }

    fn init(&self, params: &mut [f32], rng: &mut Rng) {
        let variance = match self.init {
            Init::He => 2.0 / self.inputs as f32,
            Init::Xavier => 2.0 / (self.inputs + self.units) as f32,
        };
        let (w, b) = params.split_at_mut(self.inputs * self.units);
        w.fill_with(|| variance.sqrt() * rng.normal());
        b.fill(0.0);
    }

    fn link(&self) -> Option<Link> {
        Some(Link::Dense { inputs: self.inputs, units: self.units })
    }

    fn forward(&self, params: &[f32], x: &[&[f32]], y: &mut [f32], _: Room, _: &mut Mode) {
        let (w, b) = params.split_at(self.inputs * self.units);
        let n = y.len() / self.units;
        gemm(Mat::new(x[0], n, self.inputs), Mat::new(w, self.inputs, self.units), y, Write::Onto(b));
    }

    fn backward(
        &self,
        params: &[f32],
        at: Saved,
        dy: &[f32],
        dx: &mut [&mut [f32]],
        dparams: Option<&mut [f32]>,
    ) {
        let w = &params[..self.inputs * self.units];
        let w = Mat::new(w, self.inputs, self.units);
        let n = dy.len() / self.units;
        let dy_mat = Mat::new(dy, n, self.units);
        if let Some(dparams) = dparams {
            let (dw, db) = dparams.split_at_mut(self.inputs * self.units);
            gemm(Mat::new(at.x[0], n, self.inputs).t(), dy_mat, dw, Write::Add);
            kernel::sum_rows(dy, db);
        }
        if !dx[0].is_empty() {
            gemm(dy_mat, w.t(), dx[0], Write::Set);
        }
    }
}
