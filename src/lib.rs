//! Uncrumple: an essay you can operate. Networks trained, attacked and taken apart, one step at a time.
//!
//! Modules stand in tiers, and a module names only modules of lower tiers (`tests/architecture.rs` holds them to it):
//! [`tensor`], [`rng`], [`decimal`] · [`error`] · [`kernel`] · [`objective`], [`optim`], [`data`] · [`nn`] · [`attack`], [`formats`], [`probe`], [`train`] ·
//! [`labs`] · `web`. The browser is the outermost ring: without `web` everything builds, tests and benches natively.

// A module of some labs needs not all of what labs share.
#![cfg_attr(part, allow(dead_code, unused_imports))]

pub mod attack;
pub mod data;
pub mod decimal;
pub mod error;
pub mod formats;
pub mod kernel;
pub mod labs;
pub mod nn;
pub mod objective;
pub mod optim;
pub mod probe;
pub mod rng;
pub mod tensor;
pub mod train;

pub use error::{Error, Result};

#[cfg(target_arch = "wasm32")]
pub mod web;

// The bench's work is written for a caller of this crate, and compiled into it for the browser.
#[cfg(all(feature = "bench", target_arch = "wasm32"))]
extern crate self as uncrumple;
