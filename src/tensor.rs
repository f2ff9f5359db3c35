//! The words every layer shares: a batch of rows, and the geometry of one row.

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A batch of examples or activations, `N × features`, one row each, row-major.
pub type Batch = Array2<f32>;
/// A borrowed [`Batch`].
pub type BatchView<'a> = ArrayView2<'a, f32>;

/// How the features of one row are laid out: height × width × channels, channels varying fastest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Rows of pixels; 1 for a flat vector.
    pub height: usize,
    /// Columns of pixels; 1 for a flat vector.
    pub width: usize,
    /// Channels a pixel, or the length of a flat vector.
    pub channels: usize,
}

impl Shape {
    /// A plain vector of `len` features.
    pub const fn flat(len: usize) -> Self {
        Self { height: 1, width: 1, channels: len }
    }

    /// Features in one row.
    pub const fn len(self) -> usize {
        self.height * self.width * self.channels
    }

    /// Whether a row would hold nothing.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×{}×{}", self.height, self.width, self.channels)
    }
}

/// `data` as rows of `width` numbers.
///
/// # Panics
/// If it does not divide into whole rows.
#[inline(never)]
pub fn batch(data: &[f32], width: usize) -> BatchView<'_> {
    let rows = data.len().checked_div(width).unwrap_or(0);
    match BatchView::from_shape((rows, width), data) {
        Ok(view) => view,
        Err(_) => panic!("{} numbers are no rows of {width}", data.len()),
    }
}

/// `view` as one slice, row after row. Every batch in this crate is contiguous and row-major.
pub fn rows<'a>(view: &'a BatchView<'_>) -> &'a [f32] {
    view.as_slice().expect("batches are row-major")
}

/// Memory that is reused between steps and belongs to no state: a clone of it starts empty.
///
/// Held in a `RefCell`, so that looking at a network through `&` may still reuse buffers.
#[derive(Debug, Default)]
pub struct Scratch<T>(std::cell::RefCell<T>);

impl<T> Scratch<T> {
    /// The buffers, for the length of one call.
    ///
    /// # Panics
    /// If the same scratch is already borrowed: two uses of one buffer would be a bug.
    pub fn get(&self) -> std::cell::RefMut<'_, T> {
        self.0.borrow_mut()
    }
}

impl<T: Default> Clone for Scratch<T> {
    fn clone(&self) -> Self {
        Self::default()
    }

    fn clone_from(&mut self, _: &Self) {}
}

/// `Clone` for a struct of these fields, whose `clone_from` reuses the memory of every one. The derived one would
/// allocate anew, and a run keeps a clone every few steps.
macro_rules! clone_by_field {
    ($Type:ident { $($field:ident),* $(,)? }) => {
        impl Clone for $Type {
            #[allow(clippy::clone_on_copy)]
            fn clone(&self) -> Self {
                Self { $($field: self.$field.clone()),* }
            }

            fn clone_from(&mut self, other: &Self) {
                $(self.$field.clone_from(&other.$field);)*
            }
        }
    };
}
pub(crate) use clone_by_field;
