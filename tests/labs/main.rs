//! Labs and their runs: what each promises, the names it keeps, its past, its network as a file, and what a link holds of it.
#![cfg(not(target_arch = "wasm32"))]

mod common;
mod names;
mod networks;
mod past;
mod promises;
#[path = "../shipped/mod.rs"]
mod shipped;
mod trail;
