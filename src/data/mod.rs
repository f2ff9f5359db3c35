//! Labelled points of the plane and of space, drawn by a generator, read from a file, or painted by the visitor; pictures.

mod crumple;
pub mod csv;
mod edits;
mod images;
mod plane;
mod points;

pub use crumple::{Crumple, MAX_FOLDS, Point, SpaceSet};
pub use edits::{Edit, Edits};
pub use images::Images;
pub use plane::PlaneSet;
pub use points::{MAX_CLASSES, MAX_POINTS, Points, split};
