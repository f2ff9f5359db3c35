//! The crate's one error type: everything a caller can get wrong. A bug of ours is a panic instead.

use crate::decimal::Shown;
use crate::tensor::Shape;
use std::fmt;

/// What was wrong with a request. Variants carry data; [`Error::code`] is what JavaScript switches on.
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // the message names every field
pub enum Error {
    // --- Shapes and sizes ---
    /// A slice of the wrong length.
    #[error("{what}: expected {expected} values, got {got}")]
    Length { what: &'static str, expected: usize, got: usize },
    /// A layer that cannot stand where it was put.
    #[error("node {node} ({kind}) cannot take an input of {input}")]
    Geometry { node: usize, kind: &'static str, input: Shape },
    /// A node whose output goes nowhere: its gradient would be whatever the last pass left there.
    #[error("no node reads the output of node {node} ({kind})")]
    Unread { node: usize, kind: &'static str },
    /// More than the product is made for.
    #[error("{what}: at most {max}, got {got}")]
    TooMany { what: &'static str, max: usize, got: usize },
    /// A network with more parameters than a figure can train.
    #[error("the network would have {parameters} parameters; at most {max} can be trained here")]
    TooLarge { parameters: usize, max: usize },

    // --- Values ---
    /// A number outside its range.
    #[error("`{name}` must be between {} and {}, got {}", Shown(*min), Shown(*max), Shown(*value))]
    Parameter { name: String, min: f64, max: f64, value: f64 },
    /// A number that is NaN or infinite.
    #[error("`{name}` must be a finite number")]
    NonFinite { name: String },
    /// A value of another type than the knob's.
    #[error("`{name}` takes {expected}, got {got}")]
    WrongType { name: String, expected: &'static str, got: String },
    /// A text that is none of the choices.
    #[error("`{name}` has no choice `{value}`")]
    Choice { name: String, value: String },

    // --- Names ---
    /// No such lab.
    #[error("no lab is called `{name}`")]
    UnknownLab { name: String },
    /// No such knob.
    #[error("this lab has no knob called `{name}`")]
    UnknownKnob { name: String },
    /// No such kind of input or question.
    #[error("this lab takes no input called `{name}`")]
    UnknownInput { name: String },
    /// No such asset.
    #[error("this lab loads nothing called `{name}`")]
    UnknownAsset { name: String },
    /// No such export.
    #[error("this lab exports nothing called `{name}`")]
    UnknownExport { name: String },

    // --- Data and runs ---
    /// A line of a CSV file that cannot be read; lines count from 1.
    #[error("line {line}: {what}")]
    Csv { line: usize, what: String },
    /// What a link holds of a visitor's own data, and is not what we write.
    #[error("what this link holds of its sender's own data cannot be read, from byte {at} on")]
    Link { at: usize },
    /// A file of a network that cannot be read, or not by this figure.
    #[error("this network file cannot be used: {what}")]
    NetworkFile { what: String },
    /// A file of pictures that cannot be read; `what` is the key of a reason.
    #[error("this file of pictures cannot be used: {what} (expected {expected}, got {got})")]
    ImageFile { what: &'static str, expected: usize, got: usize },
    /// A tensor of another shape or type than the network's.
    #[error("tensor `{name}`: expected {expected}, got {got}")]
    Tensor { name: String, expected: String, got: String },
    /// A network that ONNX is not written for.
    #[error("node {node} ({kind}) is no part of a plain chain: only safetensors holds this network")]
    NoOnnx { node: usize, kind: &'static str },
    /// Fewer than two classes have training points.
    #[error("class {class} has no training point")]
    EmptyClass { class: usize },
    /// The loss or a parameter is no longer a finite number.
    #[error("training diverged at step {step}: the loss is not a finite number")]
    Diverged { step: u64, rate: f32 },
    /// A lab that has not got the files it ships with: their names, with spaces between.
    #[error("this lab needs `{assets}` before it can run")]
    NotSupplied { assets: String },
    /// Something well-formed that a lab has no use for; `what` is the key of a sentence.
    #[error("refused: {what}")]
    Refused { what: &'static str },
}

/// As its message: a derived one would bring std's printer of floats into the wasm.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {self}", self.code())
    }
}

impl Error {
    /// Stable machine-readable name.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Length { .. } => "length",
            Error::Geometry { .. } | Error::Unread { .. } => "geometry",
            Error::TooMany { .. } => "too-many",
            Error::TooLarge { .. } => "too-large",
            Error::Parameter { .. } => "parameter",
            Error::NonFinite { .. } => "non-finite",
            Error::WrongType { .. } => "wrong-type",
            Error::Choice { .. } => "choice",
            Error::UnknownLab { .. } => "unknown-lab",
            Error::UnknownKnob { .. } => "unknown-knob",
            Error::UnknownInput { .. } => "unknown-input",
            Error::UnknownAsset { .. } => "unknown-asset",
            Error::UnknownExport { .. } => "unknown-export",
            Error::Csv { .. } => "csv",
            Error::Link { .. } => "link",
            Error::NetworkFile { .. } => "network-file",
            Error::ImageFile { .. } => "image-file",
            Error::Tensor { .. } => "tensor",
            Error::NoOnnx { .. } => "no-onnx",
            Error::EmptyClass { .. } => "empty-class",
            Error::Diverged { .. } => "diverged",
            Error::NotSupplied { .. } => "not-supplied",
            Error::Refused { .. } => "refused",
        }
    }
}

impl Error {
    /// [`Error::NotSupplied`] of the files `names`.
    #[inline(never)]
    pub fn not_supplied(names: &[&str]) -> Self {
        let mut assets = String::new();
        for name in names {
            if !assets.is_empty() {
                assets.push(' ');
            }
            assets.push_str(name);
        }
        Error::NotSupplied { assets }
    }
}

/// A piece of an error's data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Datum<'a> {
    /// A count or a value.
    Number(f64),
    /// A name, or what was expected.
    Text(&'a str),
}

impl Error {
    /// Tells what the variant holds, field by field. By hand: derived, it is 1 KB gzip of wasm more.
    pub fn data(&self, tell: &mut dyn FnMut(&'static str, Datum)) {
        use Datum::{Number, Text};
        let mut count = |name, count: usize| tell(name, Number(count as f64));
        match self {
            Error::Length { expected, got, .. } | Error::ImageFile { expected, got, .. } => {
                count("expected", *expected);
                count("got", *got);
            }
            Error::Geometry { node, .. } | Error::Unread { node, .. } | Error::NoOnnx { node, .. } => {
                count("node", *node)
            }
            Error::TooMany { max, got, .. } => {
                count("max", *max);
                count("got", *got);
            }
            Error::TooLarge { parameters, max } => {
                count("parameters", *parameters);
                count("max", *max);
            }
            Error::Csv { line, .. } => count("line", *line),
            Error::Link { at } => count("at", *at),
            Error::EmptyClass { class } => count("class", *class),
            Error::Parameter { min, max, value, .. } => {
                for (name, v) in [("min", min), ("max", max), ("value", value)] {
                    tell(name, Number(*v));
                }
            }
            Error::Diverged { step, rate } => {
                tell("step", Number(*step as f64));
                tell("rate", Number((*rate).into()));
            }
            Error::WrongType { expected, got, .. } => {
                tell("expected", Text(expected));
                tell("got", Text(got));
            }
            Error::Tensor { expected, got, .. } => {
                tell("expected", Text(expected));
                tell("got", Text(got));
            }
            Error::Choice { value, .. } => tell("value", Text(value)),
            _ => {}
        }
        let (name, text) = match self {
            Error::Length { what, .. }
            | Error::TooMany { what, .. }
            | Error::ImageFile { what, .. }
            | Error::Refused { what } => ("what", *what),
            Error::Csv { what, .. } | Error::NetworkFile { what } => ("what", what.as_str()),
            Error::Geometry { kind, .. } | Error::Unread { kind, .. } | Error::NoOnnx { kind, .. } => {
                ("kind", *kind)
            }
            Error::NotSupplied { assets } => ("assets", assets.as_str()),
            Error::Parameter { name, .. }
            | Error::NonFinite { name }
            | Error::WrongType { name, .. }
            | Error::Choice { name, .. }
            | Error::UnknownLab { name }
            | Error::UnknownKnob { name }
            | Error::UnknownInput { name }
            | Error::UnknownAsset { name }
            | Error::UnknownExport { name }
            | Error::Tensor { name, .. } => ("name", name.as_str()),
            Error::TooLarge { .. }
            | Error::Link { .. }
            | Error::EmptyClass { .. }
            | Error::Diverged { .. } => return,
        };
        tell(name, Text(text));
    }
}

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The start of a text that a caller sent: what is hostile stays short in a message.
#[inline(never)]
pub fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Which of `names` is `value`.
///
/// # Errors
/// [`Error::Choice`] of the knob or setting `of`, if none is.
#[inline(never)]
pub fn choice(of: &str, value: &str, names: &[&str]) -> Result<usize> {
    let found = names.iter().position(|name| *name == value);
    found.ok_or_else(|| Error::Choice { name: of.into(), value: short(value) })
}
