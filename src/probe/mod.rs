//! Questions put to a frozen network, a step at a time.

mod boundary;
mod inverse;
pub mod jacobian;
mod linear;
mod masking;
mod pca;

pub use boundary::Boundary;
pub use inverse::{Inverse, Obstacle};
pub use linear::Linear;
pub use masking::{ZeroGradients, zero_gradients};
pub use pca::{Axes, principal_axes};
