//! Questions put to a frozen network, a step at a time.

mod boundary;

pub use boundary::Boundary;
