//! A lab with its type forgotten, so that time travel is compiled once for all labs rather than once for each.

use super::{Config, Frame, Lab, Trail};
use crate::error::Result;
use std::any::Any;
use std::fmt;

/// [`Lab`] as an object. Two that meet, in [`AnyLab::take`] and [`AnyLab::adopt`], are of one type: a run has one lab.
pub trait AnyLab: Any {
    /// `Clone::clone`
    fn copy(&self) -> Box<dyn AnyLab>;
    /// `Clone::clone_from`
    fn take(&mut self, other: &dyn AnyLab);
    /// [`Lab::new`] of the same type.
    fn fresh(&self, config: &Config, seed: u32) -> Result<Box<dyn AnyLab>>;
    fn lacks(&self) -> Vec<&'static str>;
    fn supply(&mut self, asset: &str, bytes: &[u8]) -> Result<()>;
    fn equip(&mut self, old: &dyn AnyLab) -> Result<()>;
    fn adopt(&mut self, old: &dyn AnyLab) -> Result<()>;
    fn own(&self, trail: &mut Trail);
    fn kept(&self, asset: &str, bytes: &[u8]) -> Result<Vec<u8>>;
    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()>;
    fn config(&self) -> Option<&Config>;
    fn step(&mut self) -> Result<()>;
    fn steps(&self) -> u64;
    fn measure(&self) -> bool;
    fn set(&mut self, knob: &'static str, config: &Config) -> Result<()>;
    fn input(&mut self, kind: &str, data: &[f32]) -> Result<()>;
    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>>;
    fn draw(&self, frame: &mut Frame);
    fn export(&self, kind: &str) -> Result<Vec<u8>>;
    fn heap_bytes(&self) -> usize;
}

/// [`Lab::new`], its type forgotten.
pub fn begin<L: Lab + 'static>(config: &Config, seed: u32) -> Result<Box<dyn AnyLab>> {
    Ok(Box::new(L::new(config, seed)?))
}

fn same<L: 'static>(other: &dyn AnyLab) -> &L {
    (other as &dyn Any).downcast_ref().expect("the labs of a run are of one type")
}

impl<L: Lab + 'static> AnyLab for L {
    fn copy(&self) -> Box<dyn AnyLab> {
        Box::new(self.clone())
    }
    fn take(&mut self, other: &dyn AnyLab) {
        self.clone_from(same(other));
    }
    fn fresh(&self, config: &Config, seed: u32) -> Result<Box<dyn AnyLab>> {
        begin::<L>(config, seed)
    }
    fn lacks(&self) -> Vec<&'static str> {
        Lab::lacks(self)
    }
    fn supply(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        Lab::supply(self, asset, bytes)
    }
    fn equip(&mut self, old: &dyn AnyLab) -> Result<()> {
        Lab::equip(self, same(old))
    }
    fn adopt(&mut self, old: &dyn AnyLab) -> Result<()> {
        Lab::adopt(self, same(old))
    }
    fn own(&self, trail: &mut Trail) {
        Lab::own(self, trail);
    }
    fn kept(&self, asset: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        Lab::kept(self, asset, bytes)
    }
    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        Lab::load(self, asset, bytes)
    }
    fn config(&self) -> Option<&Config> {
        Lab::config(self)
    }
    fn step(&mut self) -> Result<()> {
        Lab::step(self)
    }
    fn steps(&self) -> u64 {
        Lab::steps(self)
    }
    fn measure(&self) -> bool {
        Lab::measure(self)
    }
    fn set(&mut self, knob: &'static str, config: &Config) -> Result<()> {
        Lab::set(self, knob, config)
    }
    fn input(&mut self, kind: &str, data: &[f32]) -> Result<()> {
        Lab::input(self, kind, data)
    }
    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        Lab::ask(self, kind, data)
    }
    fn draw(&self, frame: &mut Frame) {
        Lab::draw(self, frame);
    }
    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        Lab::export(self, kind)
    }
    fn heap_bytes(&self) -> usize {
        Lab::heap_bytes(self)
    }
}

impl fmt::Debug for dyn AnyLab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a lab at step {}", self.steps())
    }
}
