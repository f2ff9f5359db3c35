//! Networks as files: safetensors out and in, ONNX out, and the description in JSON that goes with both.

mod json;
mod onnx;
pub mod safetensors;
mod spec;

pub use onnx::to_onnx;
pub use spec::to_json;
