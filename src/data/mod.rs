//! Labelled points of the plane and of space, drawn by a generator, read from a file, or painted by the visitor; pictures and photos.

mod checksum;
mod crumple;
pub mod csv;
mod dct;
mod edits;
mod images;
mod jpeg;
mod photo;
mod plane;
mod points;
mod resize;

pub(crate) use checksum::crc32;
pub use crumple::{Crumple, MAX_FOLDS, Point, SpaceSet};
pub use edits::{Edit, Edits};
pub use images::Images;
pub use jpeg::{Chroma, resaved};
pub use photo::Photo;
pub use plane::PlaneSet;
pub use points::{MAX_CLASSES, MAX_POINTS, Points, split};
pub use resize::square;
