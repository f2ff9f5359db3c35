//! Labelled points of the plane: drawn by a generator, read from a file, or painted by the visitor.

pub mod csv;
mod edits;
mod plane;
mod points;

pub use edits::{Edit, Edits};
pub use plane::PlaneSet;
pub use points::{MAX_CLASSES, MAX_POINTS, Points, split};
