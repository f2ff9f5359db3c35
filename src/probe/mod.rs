//! Questions put to a frozen network, a step at a time.

mod boundary;
pub mod jacobian;
mod linear;
mod pca;

pub use boundary::Boundary;
pub use linear::Linear;
pub use pca::{Axes, principal_axes};
