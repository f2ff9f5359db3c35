//! One file a kind of layer, forward above backward.

mod add;
mod dense;
mod dropout;
mod features;
mod pointwise;

pub use add::Add;
pub use dense::Dense;
pub use dropout::Dropout;
pub use features::{Features, Term};
pub use pointwise::Pointwise;
