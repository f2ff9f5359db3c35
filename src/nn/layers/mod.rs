//! One file a kind of layer, forward above backward.

mod add;
mod conv;
mod dense;
mod depthwise;
mod dropout;
mod features;
mod flatten;
mod layer_norm;
mod phases;
mod pointwise;
mod pool;
mod relu6;
mod window;

pub use add::Add;
pub use conv::Conv;
pub use dense::Dense;
pub use depthwise::Depthwise;
pub use dropout::Dropout;
pub use features::{Features, Term};
pub use flatten::Flatten;
pub use layer_norm::LayerNorm;
pub use phases::{Phase, Phases};
pub use pointwise::Pointwise;
pub use pool::{Largest, Mean, Pool};
pub use relu6::Relu6;
pub use window::Window;
