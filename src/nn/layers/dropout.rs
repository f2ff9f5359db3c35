//! `yᵢ = xᵢ mᵢ`, m 0 with probability p and 1 / (1 − p) otherwise while training (Srivastava et al. 2014).

use crate::decimal::Shown;
use crate::error::{Error, Result};
use crate::kernel;
use crate::nn::{Layer, Mode, Room, Saved};
use crate::tensor::Shape;
use std::fmt;

/// Inverted dropout: evaluation passes everything unchanged.
pub struct Dropout {
    shape: Shape,
    rate: f32,
}

/// By hand: a derived one would bring std's printer of floats into the wasm, since every layer can be printed.
impl fmt::Debug for Dropout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dropout({}, {})", Shown(self.rate.into()), self.shape)
    }
}

impl Dropout {
    /// Drops each feature of `shape` with probability `rate`.
    ///
    /// # Errors
    /// [`Error::Parameter`] unless `0 ≤ rate < 1`.
    pub fn new(shape: Shape, rate: f32) -> Result<Self> {
        if !(0.0..1.0).contains(&rate) {
            return Err(Error::Parameter { name: "dropout".into(), min: 0.0, max: 1.0, value: rate.into() });
        }
        Ok(Self { shape, rate })
    }
}

impl Layer for Dropout {
    fn kind(&self) -> &'static str {
        "dropout"
    }

    fn output(&self) -> Shape {
        self.shape
    }

    fn aux_len(&self) -> usize {
        self.shape.len()
    }

    fn forward(&self, _: &[f32], x: &[&[f32]], y: &mut [f32], room: Room, mode: &mut Mode) {
        let mask = room.aux;
        match mode {
            Mode::Train(rng) if self.rate > 0.0 => {
                let keep = 1.0 / (1.0 - self.rate);
                mask.fill_with(|| if rng.uniform() < self.rate { 0.0 } else { keep });
                kernel::map2(x[0], mask, y, |x, m| x * m);
            }
            _ => {
                mask.fill(1.0);
                y.copy_from_slice(x[0]);
            }
        }
    }

    fn backward(&self, _: &[f32], at: Saved, dy: &[f32], dx: &mut [&mut [f32]], _: Option<&mut [f32]>) {
        if !dx[0].is_empty() {
            kernel::map2(dy, at.aux, dx[0], |dy, m| dy * m);
        }
    }
}
