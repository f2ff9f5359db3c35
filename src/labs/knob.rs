//! Knobs: declared once per lab, here in Rust. Sliders, links, validation and the docs all come from this declaration.

use crate::decimal::Shown;
use crate::error::{Error, Result, choice, short};
use serde::{Deserialize, Serialize};

/// What a knob can be set to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A switch.
    Flag(bool),
    /// A number; whole numbers too.
    Number(f64),
    /// A choice, a list of layers, a subset.
    Text(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.into())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Value::Number(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Flag(flag)
    }
}

/// Where a knob stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Group {
    Data,
    Network,
    Training,
    Push,
    View,
    /// A lab's own, by its name; its words are `labs.<id>.groups.<name>`.
    #[serde(untagged)]
    Own(&'static str),
}

impl Group {
    /// Whether its knobs change how a run is looked at, and never the run.
    pub fn looks(self) -> bool {
        matches!(self, Group::Push | Group::View)
    }
}

/// How a slider runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Scale {
    Linear,
    Log,
}

/// What values a knob takes.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "lowercase", rename_all_fields = "camelCase")]
#[allow(missing_docs)] // each variant's sentence names its fields
pub enum Kind {
    /// A finite number in `[min, max]`; `step` is what one press of an arrow key moves.
    Number { min: f64, max: f64, step: f64, scale: Scale, integer: bool },
    /// One of a few names.
    Choice { choices: &'static [&'static str] },
    /// On or off.
    Flag,
    /// Hidden layers: `"16,8"`, or with their own activations, `"16:relu,8"`. Empty: none.
    Layers { max_layers: usize, max_units: usize, activations: &'static [&'static str] },
    /// Some of a few names, `"x,y"`; at least one.
    Subset { choices: &'static [&'static str] },
    /// One of many names, which only a file of the lab knows: here its length is checked, by the lab whether it is one.
    Name { max: usize },
}

/// One setting of a lab.
#[derive(Debug, Clone, Serialize)]
pub struct Knob {
    /// Name in links and scripts.
    pub id: &'static str,
    /// Its fieldset.
    pub group: Group,
    /// What it takes.
    pub kind: Kind,
    /// Its value when nobody says otherwise.
    pub default: Value,
    /// Key of its unit, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'static str>,
    /// Whether it acts on the running lab; otherwise setting it starts a new run.
    pub live: bool,
}

impl Knob {
    fn new(id: &'static str, group: Group, kind: Kind, default: Value) -> Self {
        Self { id, group, kind, default, unit: None, live: false }
    }

    /// A number on a linear slider.
    pub fn number(id: &'static str, group: Group, (min, max, step): (f64, f64, f64), default: f64) -> Self {
        let kind = Kind::Number { min, max, step, scale: Scale::Linear, integer: false };
        Self::new(id, group, kind, default.into())
    }

    /// A whole number.
    pub fn count(id: &'static str, group: Group, (min, max, step): (f64, f64, f64), default: f64) -> Self {
        let kind = Kind::Number { min, max, step, scale: Scale::Linear, integer: true };
        Self::new(id, group, kind, default.into())
    }

    /// A positive number on a logarithmic slider; `step` is in decades.
    pub fn log(id: &'static str, group: Group, (min, max, step): (f64, f64, f64), default: f64) -> Self {
        let kind = Kind::Number { min, max, step, scale: Scale::Log, integer: false };
        Self::new(id, group, kind, default.into())
    }

    /// One of `choices`.
    pub fn choice(
        id: &'static str,
        group: Group,
        choices: &'static [&'static str],
        default: &'static str,
    ) -> Self {
        Self::new(id, group, Kind::Choice { choices }, default.into())
    }

    /// A switch.
    pub fn flag(id: &'static str, group: Group, default: bool) -> Self {
        Self::new(id, group, Kind::Flag, default.into())
    }

    /// Some of `choices`.
    pub fn subset(
        id: &'static str,
        group: Group,
        choices: &'static [&'static str],
        default: &'static str,
    ) -> Self {
        Self::new(id, group, Kind::Subset { choices }, default.into())
    }

    /// A name of at most `max` characters.
    pub fn name(id: &'static str, group: Group, max: usize, default: &'static str) -> Self {
        Self::new(id, group, Kind::Name { max }, default.into())
    }

    /// This knob, acting on the running lab.
    pub fn live(self) -> Self {
        Self { live: true, ..self }
    }

    /// This knob, with a unit.
    pub fn unit(self, unit: &'static str) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// Whether `value` is one this knob takes.
    ///
    /// # Errors
    /// What is wrong with it, with the range or the type expected.
    pub fn check(&self, value: &Value) -> Result<()> {
        match (&self.kind, value) {
            (Kind::Number { min, max, integer, .. }, Value::Number(x)) => {
                if !x.is_finite() {
                    return Err(Error::NonFinite { name: self.id.into() });
                }
                if !(*min..=*max).contains(x) {
                    return Err(Error::Parameter { name: self.id.into(), min: *min, max: *max, value: *x });
                }
                if *integer && x.trunc() != *x {
                    return Err(self.wrong_type(value));
                }
                Ok(())
            }
            (Kind::Choice { choices }, Value::Text(text)) => self.one_of(text, choices),
            (Kind::Flag, Value::Flag(_)) => Ok(()),
            (Kind::Layers { max_layers, max_units, .. }, Value::Text(text)) => {
                parse_layers(self.id, text, *max_layers, *max_units).map(drop)
            }
            (Kind::Subset { choices }, Value::Text(text)) => {
                text.split(',').try_for_each(|name| self.one_of(name, choices))
            }
            (Kind::Name { max }, Value::Text(text)) => {
                let got = text.chars().count();
                if got > *max { Err(Error::TooMany { what: self.id, max: *max, got }) } else { Ok(()) }
            }
            _ => Err(self.wrong_type(value)),
        }
    }

    fn one_of(&self, text: &str, choices: &[&str]) -> Result<()> {
        choice(self.id, text, choices).map(drop)
    }

    fn wrong_type(&self, got: &Value) -> Error {
        let expected = match &self.kind {
            Kind::Number { integer: true, .. } => "a whole number",
            Kind::Number { .. } => "a number",
            Kind::Choice { .. } => "one of its choices",
            Kind::Flag => "true or false",
            Kind::Layers { .. } => "a list such as 16,8",
            Kind::Subset { .. } => "a list such as x,y",
            Kind::Name { .. } => "a name",
        };
        let got = match got {
            Value::Flag(flag) => flag.to_string(),
            Value::Number(x) => Shown(*x).to_string(),
            Value::Text(text) => short(text),
        };
        Error::WrongType { name: self.id.into(), expected, got }
    }
}

/// One hidden layer of a `layers` knob: its width and, if it has one of its own, its activation.
pub type LayerText = (usize, Option<crate::nn::Activation>);

/// Reads `"16:relu,8"`.
///
/// # Errors
/// [`Error::WrongType`], [`Error::Parameter`], [`Error::TooMany`] or [`Error::Choice`].
pub fn parse_layers(
    id: &'static str,
    text: &str,
    max_layers: usize,
    max_units: usize,
) -> Result<Vec<LayerText>> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let count = text.split(',').count();
    if count > max_layers {
        return Err(Error::TooMany { what: id, max: max_layers, got: count });
    }
    let layer = |part: &str| {
        let (units, activation) = part.split_once(':').map_or((part, None), |(u, a)| (u, Some(a)));
        let units: usize = units.trim_ascii().parse().map_err(|_| Error::WrongType {
            name: id.into(),
            expected: "a list such as 16,8",
            got: short(part),
        })?;
        if !(1..=max_units).contains(&units) {
            let (max, value) = (max_units as f64, units as f64);
            return Err(Error::Parameter { name: id.into(), min: 1.0, max, value });
        }
        let own = |name| {
            let named = crate::nn::Activation::from_name(name);
            named.map_err(|_| Error::Choice { name: id.into(), value: short(name) })
        };
        Ok((units, activation.map(own).transpose()?))
    };
    let mut layers = Vec::with_capacity(count);
    for part in text.split(',') {
        layers.push(layer(part)?);
    }
    Ok(layers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_a_word_to_the_page_whether_common_or_a_labs_own() {
        let words = serde_json::to_string(&[Group::Data, Group::View, Group::Own("sky")]).unwrap();
        assert_eq!(words, r#"["data","view","sky"]"#);
        assert!(!Group::Own("sky").looks(), "a group of its own is of the run");
    }
}
