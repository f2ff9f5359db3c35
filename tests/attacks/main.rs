//! Attacks held to what others assert of theirs: CleverHans' inequalities, foolbox's numbers, brute force in the plane.
#![cfg(not(target_arch = "wasm32"))]

mod balls;
mod cleverhans;
mod digits;
mod foolbox;
mod invariants;
mod momentum;
mod nets;
#[path = "../pictures/mod.rs"]
mod pictures;
mod pixels;
mod truth;
mod universal;
