//! The values of all of a lab's knobs: checked once on arrival, trusted after.

use super::knob::{Knob, Value};
use crate::error::{Error, Result, short};
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// One checked value for every knob of a lab. Shared between clones: a run keeps many, and few differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Config(Arc<Vec<(&'static str, Value)>>);

impl Serialize for Config {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, value)| (id, value)))
    }
}

impl Config {
    /// Every knob at its default.
    pub fn defaults(knobs: &[Knob]) -> Self {
        Self(Arc::new(knobs.iter().map(|k| (k.id, k.default.clone())).collect()))
    }

    /// The defaults with `values` in their place.
    ///
    /// # Errors
    /// [`Error::UnknownKnob`], or what [`Knob::check`] finds.
    pub fn with(knobs: &[Knob], values: &mut dyn Iterator<Item = (&str, Value)>) -> Result<Self> {
        let mut config = Self::defaults(knobs);
        for (id, value) in values {
            config.set(knobs, id, value)?;
        }
        Ok(config)
    }

    /// Sets one knob and returns its declaration.
    ///
    /// # Errors
    /// As [`Config::with`]; nothing has changed then.
    pub fn set<'k>(&mut self, knobs: &'k [Knob], id: &str, value: Value) -> Result<&'k Knob> {
        let unknown = || Error::UnknownKnob { name: short(id) };
        let at = knobs.iter().position(|k| k.id == id).ok_or_else(unknown)?;
        knobs[at].check(&value)?;
        Arc::make_mut(&mut self.0)[at].1 = value;
        Ok(&knobs[at])
    }

    /// Takes the values of `ids` from `other`, a config of the same lab.
    pub(super) fn take<'a>(&mut self, other: &Self, ids: impl Iterator<Item = &'a str>) {
        for id in ids {
            if self.get(id) != other.get(id) {
                let at = self.0.iter().position(|(k, _)| *k == id).expect("found just now");
                Arc::make_mut(&mut self.0)[at].1 = other.get(id).clone();
            }
        }
    }

    /// The knobs whose values differ from those of `other`, a config of the same lab.
    pub(super) fn changed<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'static str> + 'a {
        self.0.iter().zip(other.0.iter()).filter(|(own, theirs)| own.1 != theirs.1).map(|(own, _)| own.0)
    }

    /// All values, in order of declaration.
    pub fn iter(&self) -> impl Iterator<Item = &(&'static str, Value)> {
        self.0.iter()
    }

    /// A knob's value, whatever its type.
    pub fn get(&self, id: &str) -> &Value {
        let found = self.0.iter().find(|(k, _)| *k == id);
        &found.unwrap_or_else(|| panic!("no knob `{id}` was declared")).1
    }

    /// A number knob's value.
    pub fn number(&self, id: &str) -> f64 {
        match self.get(id) {
            Value::Number(x) => *x,
            _ => panic!("`{id}` is no number"),
        }
    }

    /// A number knob's value as the engine uses it.
    pub fn float(&self, id: &str) -> f32 {
        self.number(id) as f32
    }

    /// A whole-number knob's value.
    pub fn count(&self, id: &str) -> usize {
        self.number(id) as usize
    }

    /// A switch's value.
    pub fn flag(&self, id: &str) -> bool {
        match self.get(id) {
            Value::Flag(flag) => *flag,
            _ => panic!("`{id}` is no switch"),
        }
    }

    /// A text knob's value.
    pub fn text(&self, id: &str) -> &str {
        match self.get(id) {
            Value::Text(text) => text,
            _ => panic!("`{id}` is no text"),
        }
    }
}
