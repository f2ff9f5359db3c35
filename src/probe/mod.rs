//! Questions put to a frozen network, a step at a time.

mod boundary;
mod linear;

pub use boundary::Boundary;
pub use linear::Linear;
