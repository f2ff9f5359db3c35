//! `y = (x, y, x², y², xy, sin πx, sin πy)`, or some of them: a fixed basis of the plane, differentiable like any layer.

use crate::error::{Error, Result};
use crate::nn::{Layer, Mode, Room, Saved};
use crate::tensor::Shape;
use serde::{Deserialize, Serialize};
use std::f32::consts::PI;

/// One function of a point of the plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Term {
    X,
    Y,
    X2,
    Y2,
    XY,
    SinX,
    SinY,
}

impl Term {
    /// Every term, in the order networks read them.
    pub const ALL: [Term; 7] = [Term::X, Term::Y, Term::X2, Term::Y2, Term::XY, Term::SinX, Term::SinY];
    /// Their names in links.
    pub const NAMES: [&'static str; 7] = ["x", "y", "x2", "y2", "xy", "sinx", "siny"];

    /// Value at (x, y).
    fn f(self, x: f32, y: f32) -> f32 {
        match self {
            Term::X => x,
            Term::Y => y,
            Term::X2 => x * x,
            Term::Y2 => y * y,
            Term::XY => x * y,
            Term::SinX => libm::sinf(PI * x),
            Term::SinY => libm::sinf(PI * y),
        }
    }

    /// Gradient at (x, y).
    fn df(self, x: f32, y: f32) -> (f32, f32) {
        match self {
            Term::X => (1.0, 0.0),
            Term::Y => (0.0, 1.0),
            Term::X2 => (2.0 * x, 0.0),
            Term::Y2 => (0.0, 2.0 * y),
            Term::XY => (y, x),
            Term::SinX => (PI * libm::cosf(PI * x), 0.0),
            Term::SinY => (0.0, PI * libm::cosf(PI * y)),
        }
    }
}

/// The plane (2 features) through a list of terms. Attacks move the point, not the terms.
#[derive(Debug)]
pub struct Features {
    terms: Vec<Term>,
}

impl Features {
    /// `terms` of a point.
    ///
    /// # Errors
    /// [`Error::Geometry`] unless the input is a point of the plane; [`Error::Length`] without a term.
    pub fn new(input: Shape, terms: &[Term]) -> Result<Self> {
        if input.len() != 2 {
            return Err(Error::Geometry { node: 0, kind: "features", input });
        }
        if terms.is_empty() {
            return Err(Error::Length { what: "features", expected: 1, got: 0 });
        }
        Ok(Self { terms: terms.to_vec() })
    }
}

impl Layer for Features {
    fn kind(&self) -> &'static str {
        "features"
    }

    fn output(&self) -> Shape {
        Shape::flat(self.terms.len())
    }

    fn forward(&self, _: &[f32], x: &[&[f32]], y: &mut [f32], _: Room, _: &mut Mode) {
        for (point, row) in x[0].as_chunks::<2>().0.iter().zip(y.chunks_exact_mut(self.terms.len())) {
            for (out, term) in row.iter_mut().zip(&self.terms) {
                *out = term.f(point[0], point[1]);
            }
        }
    }

    fn backward(&self, _: &[f32], at: Saved, dy: &[f32], dx: &mut [&mut [f32]], _: Option<&mut [f32]>) {
        if dx[0].is_empty() {
            return;
        }
        let points = at.x[0].as_chunks::<2>().0.iter();
        let rows = dy.chunks_exact(self.terms.len()).zip(dx[0].as_chunks_mut::<2>().0);
        for (point, (dy, dx)) in points.zip(rows) {
            *dx = [0.0; 2];
            for (dy, term) in dy.iter().zip(&self.terms) {
                let (df_dx, df_dy) = term.df(point[0], point[1]);
                dx[0] += dy * df_dx;
                dx[1] += dy * df_dy;
            }
        }
    }
}
