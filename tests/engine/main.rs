//! The engine against finite differences, an independent implementation, and plain loops in f64.
#![cfg(not(target_arch = "wasm32"))]

mod bounds;
mod chance;
mod common;
mod depth;
mod finite_differences;
mod gemm;
mod geometry;
mod goldens;
mod inverse;
mod jacobian;
mod pictures;
mod pictures_golden;
mod pointwise;
mod stability;
mod vectors;
