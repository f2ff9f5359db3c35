//! The bench's way in, compiled with the feature `bench` only: work by name, done n times in one call.

#[path = "../../benches/workloads/mod.rs"]
mod workloads;

use wasm_bindgen::prelude::*;
use workloads::{GEMM, Workload};

/// One piece of work; see `benches/workloads`.
#[allow(missing_debug_implementations)] // a closure has no picture
#[wasm_bindgen]
pub struct Bench(Workload);

#[wasm_bindgen]
impl Bench {
    /// The work called `name`.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str) -> Result<Bench, JsValue> {
        Workload::new(name).map(Bench).ok_or_else(|| JsValue::from_str("no work has this name"))
    }

    /// Names of the matrix products.
    pub fn products() -> Vec<String> {
        GEMM.iter().map(|[m, k, n]| format!("gemm {m} {k} {n}")).collect()
    }

    /// Units in one go.
    #[wasm_bindgen(getter)]
    pub fn units(&self) -> f64 {
        self.0.units
    }

    /// Multiplications and additions in one go.
    #[wasm_bindgen(getter)]
    pub fn operations(&self) -> f64 {
        self.0.operations
    }

    /// Does it `times` times.
    pub fn run(&mut self, times: u32) {
        self.0.run(times);
    }
}
