//! One file a kind of layer, forward above backward.

mod dense;
mod dropout;
mod features;
mod pointwise;

pub use dense::Dense;
pub use dropout::Dropout;
pub use features::{Features, Term};
pub use pointwise::Pointwise;
