//! What is learned from: rows of numbers, a class for each.

use crate::data::{Images, Points};
use crate::tensor::{self, BatchView};
use std::ops::Range;

/// Labelled rows: `x` is `N × width`, `classes` has N entries.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Examples {
    pub x: Vec<f32>,
    pub width: usize,
    pub classes: Vec<u32>,
}

impl Examples {
    /// Those of `points` that are held out, or the others.
    pub fn of_plane(points: &Points, held_out: bool) -> Self {
        let mut examples = Self { width: 2, ..Self::default() };
        for i in (0..points.len()).filter(|&i| points.held_out[i] == held_out) {
            examples.x.extend(points.at(i));
            examples.classes.push(points.class[i]);
        }
        examples
    }

    /// Pictures `which` of `images`, a pixel a number from 0 to 1.
    ///
    /// # Panics
    /// If there are not so many.
    pub fn of_images(images: &Images, which: Range<usize>) -> Self {
        let width = images.shape().len();
        let mut x = vec![0.0; which.len() * width];
        for (i, row) in which.clone().zip(x.chunks_exact_mut(width)) {
            images.write(i, row);
        }
        let classes = which.map(|i| images.class(i)).collect();
        Self { x, width, classes }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// Rows `from .. to`.
    pub fn rows(&self, from: usize, to: usize) -> (BatchView<'_>, &[u32]) {
        let x = &self.x[from * self.width..to * self.width];
        (tensor::batch(x, self.width), &self.classes[from..to])
    }
}
