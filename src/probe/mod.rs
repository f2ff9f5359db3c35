//! Questions put to a frozen network, a step at a time.

mod boundary;
mod inverse;

pub use boundary::Boundary;
pub use inverse::{Inverse, Obstacle};
