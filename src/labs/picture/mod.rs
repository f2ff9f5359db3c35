//! What labs of photographs share: the files they are supplied with, the visitor's own photo, and a look at what the network answers.
//!
//! A picture is `height × width × 3` bytes; the network gets `(v − 127) / 128` of each.

mod eye;
mod labels;
pub mod layers;
mod own;
mod shelf;

pub use eye::{DOMAIN, Eye, levels, normalized, top};
pub use labels::Labels;
pub use own::{PHOTO, kept, not_begun, own, square, write};
pub use shelf::{LABELS, LITE, PHOTOS, SHIPS, SIDE, Shelf, YOURS, file_of};
