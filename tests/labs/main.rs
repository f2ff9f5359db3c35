//! Labs and their runs: what each promises, its past, and what a link holds of it.
#![cfg(not(target_arch = "wasm32"))]

mod common;
mod past;
mod promises;
#[path = "../shipped/mod.rs"]
mod shipped;
mod trail;
