//! The boundary to JavaScript: one class, whatever the number of labs. It forwards and converts; it decides nothing.

#[cfg(feature = "bench")]
mod bench;
mod error;
mod memory;

use crate::labs::{self, Change, Frame, Lab, Run, Value, Visitor};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Runs one lab. Throws a `LabError` with a `code` and `data` for what a caller got wrong; anything else thrown is a
/// panic, after which the instance and its module must not be used again.
#[wasm_bindgen(js_name = Lab)]
#[allow(missing_debug_implementations)] // a class for JavaScript, which never sees a Debug
pub struct LabHandle {
    run: Run,
    frame: Frame,
}

struct Begin {
    config: Vec<(String, Value)>,
    seed: u32,
}

impl Visitor for Begin {
    type Out = crate::Result<Run>;

    fn visit<L: Lab + 'static>(self) -> Self::Out {
        let values = self.config.iter().map(|(id, value)| (id.as_str(), value.clone()));
        Run::new::<L>(values, self.seed)
    }
}

struct Describe;

impl Visitor for Describe {
    type Out = labs::About;

    fn visit<L: Lab + 'static>(self) -> Self::Out {
        L::about()
    }
}

type Js<T> = Result<T, JsValue>;

#[wasm_bindgen(js_class = Lab)]
impl LabHandle {
    /// The lab `id` at step 0. `config` maps knobs to values and may be undefined; `seed` is any 32-bit number.
    #[wasm_bindgen(constructor)]
    pub fn new(id: &str, config: JsValue, seed: u32) -> Js<LabHandle> {
        let config = error::values(config)?;
        Ok(LabHandle { run: labs::visit(id, Begin { config, seed })??, frame: Frame::default() })
    }

    /// Another run of this lab at step 0, supplied as this one is.
    pub fn another(&self, config: JsValue, seed: u32) -> Js<LabHandle> {
        let config = error::values(config)?;
        let values = config.iter().map(|(id, value)| (id.as_str(), value.clone()));
        Ok(LabHandle { run: self.run.another(values, seed)?, frame: Frame::default() })
    }

    /// Throws `not-supplied` with `assets`, names with spaces between, while the lab lacks files that it ships with.
    pub fn ready(&self) -> Js<()> {
        Ok(self.run.ready()?)
    }

    /// A file that this lab ships with (`ships` in what it says of itself); with one that it lacked the run begins again.
    pub fn supply(&mut self, asset: &str, bytes: &[u8]) -> Js<()> {
        Ok(self.run.supply(asset, bytes)?)
    }

    /// Every lab's name.
    pub fn ids() -> Vec<String> {
        labs::IDS.iter().map(|id| (*id).to_owned()).collect()
    }

    /// What the lab `id` says of itself, without running it.
    pub fn describe(id: &str) -> Js<JsValue> {
        error::to_js(&labs::visit(id, Describe)?)
    }

    /// Knobs, read-outs, inputs.
    pub fn about(&self) -> Js<JsValue> {
        error::to_js(self.run.about())
    }

    /// The value of every knob.
    pub fn config(&self) -> Js<JsValue> {
        error::to_js(self.run.config())
    }

    /// The seed of this run.
    pub fn seed(&self) -> u32 {
        self.run.seed()
    }

    /// Steps taken.
    pub fn steps(&self) -> f64 {
        self.run.steps() as f64
    }

    /// Furthest step of this run; [`LabHandle::seek`] goes anywhere up to it at once.
    pub fn last(&self) -> f64 {
        self.run.last() as f64
    }

    /// Up to `count` steps; returns how many were done. Throws if the first one fails.
    pub fn step(&mut self, count: u32) -> Js<u32> {
        Ok(self.run.step(count)?)
    }

    /// Up to `budget` units (≈ 1 ms) of measuring; returns whether the read-outs belong to the present step.
    pub fn measure(&self, budget: u32) -> bool {
        self.run.measure(budget)
    }

    /// Goes to a step, back or forward: to any of this run, or a million steps at most. Returns how many steps had to be
    /// taken for it.
    pub fn seek(&mut self, step: f64) -> Js<f64> {
        let max = self.run.last().max(1_000_000) as f64;
        if !(0.0..=max).contains(&step) {
            return Err(
                crate::Error::Parameter { name: "step".to_owned(), min: 0.0, max, value: step }.into()
            );
        }
        Ok(self.run.seek(step as u64)? as f64)
    }

    /// Steps between the kept moments of the past: within the run, [`LabHandle::seek`] takes fewer.
    pub fn stride(&self) -> f64 {
        self.run.stride() as f64
    }

    /// The settings this run began with, those that only look at it as they are now.
    pub fn start(&self) -> Js<JsValue> {
        error::to_js(&self.run.start())
    }

    /// What was done in this run up to now, for [`LabHandle::follow`]: empty if nothing, undefined if too much for a link.
    pub fn trail(&self) -> Option<Vec<u8>> {
        self.run.trail()
    }

    /// While this number stays, so do settings and trail.
    pub fn deeds(&self) -> u32 {
        self.run.deeds() as u32
    }

    /// Begins again at step 0 with these settings and seed and what [`LabHandle::trail`] told of another run.
    pub fn follow(&mut self, trail: &[u8]) -> Js<()> {
        Ok(self.run.follow(trail)?)
    }

    /// Begins a new run with the present settings and the visitor's own data.
    pub fn restart(&mut self, seed: u32) -> Js<()> {
        Ok(self.run.restart(seed)?)
    }

    /// Sets a knob: `"live"` if it acts on this run, `"restarted"` if it began a new one.
    pub fn set(&mut self, knob: &str, value: JsValue) -> Js<String> {
        let change = self.run.set(knob, error::value(knob, &value)?)?;
        Ok(if change == Change::Live { "live" } else { "restarted" }.to_owned())
    }

    /// A click, a drag, a stroke.
    pub fn input(&mut self, kind: &str, data: &[f32]) -> Js<()> {
        Ok(self.run.input(kind, data)?)
    }

    /// The visitor's own file.
    pub fn load(&mut self, asset: &str, bytes: &[u8]) -> Js<()> {
        Ok(self.run.load(asset, bytes)?)
    }

    /// A question that changes nothing.
    pub fn ask(&self, kind: &str, data: &[f32]) -> Js<Vec<f32>> {
        Ok(self.run.ask(kind, data)?)
    }

    /// Fills the channels with what there is to see.
    pub fn draw(&mut self) {
        self.run.draw(&mut self.frame);
    }

    /// Names of the channels, after [`LabHandle::draw`].
    pub fn channels(&self) -> Vec<String> {
        self.frame.iter().map(|c| c.name.to_owned()).collect()
    }

    /// Rows and columns of a channel.
    pub fn dims(&self, name: &str) -> Option<Vec<u32>> {
        self.frame.get(name).map(|c| c.dims.map(|d| d as u32).to_vec())
    }

    /// Byte offset of a channel in linear memory; good until the next call into this module.
    pub fn ptr(&self, name: &str) -> Option<u32> {
        self.frame.get(name).map(|c| c.data.as_ptr() as usize as u32)
    }

    /// A copy of a channel.
    pub fn read(&self, name: &str) -> Option<Vec<f32>> {
        self.frame.get(name).map(|c| c.data.clone())
    }

    /// Names of the texts, after [`LabHandle::draw`].
    pub fn texts(&self) -> Vec<String> {
        self.frame.texts().map(|(name, _)| name.to_owned()).collect()
    }

    /// A text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.frame.get_text(name).map(str::to_owned)
    }

    /// Twelve hexadecimal digits over everything there is to see, measured to the end first.
    pub fn hash(&mut self) -> String {
        while !self.run.measure(u32::MAX) {}
        self.draw();
        self.frame.hash()
    }

    /// A file for the visitor.
    #[wasm_bindgen(js_name = "export")]
    pub fn export_file(&self, kind: &str) -> Js<Vec<u8>> {
        Ok(self.run.export(kind)?)
    }

    /// Heap bytes of the run and of its past.
    #[wasm_bindgen(js_name = heapBytes)]
    pub fn heap_bytes(&self) -> f64 {
        self.run.heap_bytes() as f64
    }
}
