//! Questions put to a frozen network, a step at a time.

mod ascent;
mod boundary;
mod dream;
mod inverse;
pub mod jacobian;
mod linear;
mod masking;
mod pca;

pub use ascent::{Aim, Ascent, Buffers as AscentBuffers, Climb, Slope, Spectrum, SpectrumWork, Start};
pub use boundary::Boundary;
pub use dream::{Dream, Octaves, rescaled};
pub use inverse::{Inverse, Obstacle};
pub use linear::Linear;
pub use masking::{ZeroGradients, zero_gradients};
pub use pca::{Axes, principal_axes};
