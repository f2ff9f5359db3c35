//! Where a window stands on a picture: sides, stride and the zeros around, worked out once.

use crate::error::{Error, Result};
use crate::nn::Padding;
use crate::tensor::Shape;

/// A window that moves over an H × W picture, and how many places it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The picture.
    pub input: Shape,
    /// Rows and columns of the window.
    pub sides: [usize; 2],
    /// Pixels from one place to the next, both ways.
    pub stride: usize,
    /// Zeros above and to the left.
    pub before: [usize; 2],
    /// Rows and columns of places.
    pub places: [usize; 2],
}

/// More than any layer here needs; a message has to name some end of the range.
const MAX: usize = 1 << 10;

impl Window {
    /// A window of `sides` on `input`.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a side, a stride or a padding out of range (as much padding as window would be a place that
    /// sees only zeros); [`Error::Geometry`] if the window finds no place.
    pub fn new(
        kind: &'static str,
        input: Shape,
        sides: [usize; 2],
        stride: usize,
        padding: Padding,
    ) -> Result<Self> {
        let within = |name: &str, value: usize, min: usize, max: usize| {
            if (min..=max).contains(&value) {
                return Ok(());
            }
            let (min, max, value) = (min as f64, max as f64, value as f64);
            Err(Error::Parameter { name: name.into(), min, max, value })
        };
        within("window", sides[0], 1, MAX)?;
        within("window", sides[1], 1, MAX)?;
        within("stride", stride, 1, MAX)?;
        let mut window = Self { input, sides, stride, before: [0; 2], places: [0; 2] };
        for (axis, length) in [input.height, input.width].into_iter().enumerate() {
            let side = sides[axis];
            match padding {
                Padding::Same => {
                    let places = length.div_ceil(stride);
                    // What the last window reaches beyond the picture: the smaller half goes in front.
                    let around = ((places.max(1) - 1) * stride + side).saturating_sub(length);
                    (window.before[axis], window.places[axis]) = (around / 2, places);
                }
                Padding::Each(zeros) => {
                    within("padding", zeros, 0, side - 1)?;
                    let room = length + 2 * zeros;
                    let places = if room < side { 0 } else { (room - side) / stride + 1 };
                    (window.before[axis], window.places[axis]) = (zeros, places);
                }
            }
        }
        if window.places.contains(&0) || input.is_empty() {
            return Err(Error::Geometry { node: 0, kind, input });
        }
        Ok(window)
    }

    /// Rows and columns of what all windows together see, zeros included.
    pub fn seen(&self) -> [usize; 2] {
        [0, 1].map(|axis| (self.places[axis] - 1) * self.stride + self.sides[axis])
    }

    /// Pixels under one window.
    pub fn taps(&self) -> usize {
        self.sides[0] * self.sides[1]
    }

    /// The output's geometry.
    pub fn output(&self, channels: usize) -> Shape {
        Shape { height: self.places[0], width: self.places[1], channels }
    }

    /// Whether it is one pixel on every pixel.
    pub fn is_pixel(&self) -> bool {
        self.sides == [1, 1] && self.stride == 1
    }
}
