//! Networks as files: safetensors out and in, ONNX out, and the description in JSON that goes with both; rounded ones in.

mod json;
mod onnx;
mod quantized;
pub mod safetensors;
mod spec;

pub use onnx::{pictures_to_onnx, to_onnx};
pub use quantized::Quantized;
pub use spec::to_json;
