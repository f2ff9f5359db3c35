//! Uncrumple: an essay you can operate. Networks trained, attacked and taken apart, one step at a time.
//!
//! Modules stand in tiers, and a module names only modules of lower tiers (`tests/architecture.rs` holds them to it):
//! [`tensor`], [`rng`] · [`error`] · [`kernel`] · [`objective`], [`optim`], [`data`] · [`nn`] · [`attack`], [`probe`] ·
//! [`labs`] · `web`. The browser is the outermost ring: without `web` everything builds, tests and benches natively.

pub mod attack;
pub mod data;
pub mod error;
pub mod kernel;
pub mod nn;
pub mod objective;
pub mod optim;
pub mod rng;
pub mod tensor;

pub use error::{Error, Result};
