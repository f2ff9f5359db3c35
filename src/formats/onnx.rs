//! A chain as [ONNX](https://onnx.ai), opset 17, float32: `point` (N × inputs) to `logits` (N × outputs).
//!
//! ONNX is a protobuf: a message is a run of fields, each a number and its wire type (0: varint, 2: bytes after their
//! length), then its value. The numbers of fields below are those of `onnx.proto3`.

use crate::error::{Error, Result};
use crate::nn::layers::Term;
use crate::nn::{Activation, Network, Spec};
use std::f32::consts::PI;

const IR_VERSION: u64 = 8;
const OPSET: u64 = 17;
const FLOAT: u64 = 1;

/// A message being written.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn number(&mut self, field: u64, value: u64) {
        self.varint(field << 3);
        self.varint(value);
    }

    fn bytes(&mut self, field: u64, bytes: &[u8]) {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn message(&mut self, field: u64, write: &dyn Fn(&mut Self)) {
        let mut inner = Self::default();
        write(&mut inner);
        self.bytes(field, &inner.0);
    }
}

/// The graph under way, and how many names it has given: nodes read names and write names.
#[derive(Default)]
struct Graph {
    message: Message,
    names: usize,
}

impl Graph {
    fn name(&mut self) -> String {
        self.names += 1;
        self.names.to_string()
    }

    /// A node that writes `out`.
    fn put(&mut self, op: &str, inputs: &[&str], out: &[&str], attribute: Option<(&str, u64)>) {
        self.message.message(1, &|node| {
            inputs.iter().for_each(|name| node.bytes(1, name.as_bytes()));
            out.iter().for_each(|name| node.bytes(2, name.as_bytes()));
            node.bytes(4, op.as_bytes());
            if let Some((name, value)) = attribute {
                node.message(5, &|attribute| {
                    attribute.bytes(1, name.as_bytes());
                    attribute.number(3, value);
                    attribute.number(20, 2); // an integer
                });
            }
        });
    }

    /// A node of one output, which is named here.
    fn op(&mut self, op: &str, inputs: &[&str]) -> String {
        let out = self.name();
        self.put(op, inputs, &[&out], None);
        out
    }

    /// Numbers that never change.
    fn constant(&mut self, dims: &[usize], values: &[f32]) -> String {
        let name = self.name();
        self.message.message(5, &|tensor| {
            dims.iter().for_each(|side| tensor.number(1, *side as u64));
            tensor.number(2, FLOAT);
            tensor.bytes(8, name.as_bytes());
            let raw: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
            tensor.bytes(9, &raw);
        });
        name
    }

    /// `op` of `x` and one number.
    fn with(&mut self, op: &str, x: &str, number: f32) -> String {
        let number = self.constant(&[], &[number]);
        self.op(op, &[x, &number])
    }

    fn activation(&mut self, function: Activation, x: &str) -> String {
        match function {
            Activation::Linear => x.to_owned(),
            Activation::Relu => self.op("Relu", &[x]),
            // Its default slope, 0.01, is ours.
            Activation::LeakyRelu => self.op("LeakyRelu", &[x]),
            Activation::Tanh => self.op("Tanh", &[x]),
            Activation::Sigmoid => self.op("Sigmoid", &[x]),
            Activation::Sine => self.op("Sin", &[x]),
            // Opset 17 has no Gelu: the same formula as `kernel::gelu`.
            Activation::Gelu => {
                let square = self.op("Mul", &[x, x]);
                let cube = self.op("Mul", &[&square, x]);
                let cubic = self.with("Mul", &cube, 0.044_715);
                let sum = self.op("Add", &[x, &cubic]);
                let inner = self.with("Mul", &sum, 0.797_884_6);
                let tanh = self.op("Tanh", &[&inner]);
                let one = self.with("Add", &tanh, 1.0);
                let half = self.with("Mul", x, 0.5);
                self.op("Mul", &[&half, &one])
            }
        }
    }

    fn features(&mut self, terms: &[Term], point: &str) -> String {
        let (x, y, out) = (self.name(), self.name(), self.name());
        self.put("Split", &[point], &[&x, &y], Some(("axis", 1)));
        let columns: Vec<String> = terms
            .iter()
            .map(|term| match term {
                Term::X => x.clone(),
                Term::Y => y.clone(),
                Term::X2 => self.op("Mul", &[&x, &x]),
                Term::Y2 => self.op("Mul", &[&y, &y]),
                Term::XY => self.op("Mul", &[&x, &y]),
                Term::SinX | Term::SinY => {
                    let angle = self.with("Mul", if *term == Term::SinX { &x } else { &y }, PI);
                    self.op("Sin", &[&angle])
                }
            })
            .collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        self.put("Concat", &columns, &[&out], Some(("axis", 1)));
        out
    }

    /// An input (field 11) or output (12) of `width` columns and any number of rows.
    fn end(&mut self, field: u64, name: &str, width: usize) {
        self.message.message(field, &|info| {
            info.bytes(1, name.as_bytes());
            info.message(2, &|kind| {
                kind.message(1, &|tensor| {
                    tensor.number(1, FLOAT);
                    tensor.message(2, &|shape| {
                        shape.message(1, &|rows| rows.bytes(2, b"N"));
                        shape.message(1, &|columns| columns.number(1, width as u64));
                    });
                });
            });
        });
    }
}

/// `net` as it evaluates: dropout passes everything.
///
/// # Errors
/// [`Error::NoOnnx`] for a node that is no part of a plain chain.
pub fn to_onnx(net: &Network) -> Result<Vec<u8>> {
    let mut graph = Graph::default();
    graph.message.bytes(2, b"uncrumple");
    let mut last = String::from("point");
    for (i, node) in net.specs().iter().enumerate() {
        last = match &node.layer {
            _ if node.inputs != [i] => return Err(Error::NoOnnx { node: i, kind: net.kind(i) }),
            Spec::Dense { units, .. } => {
                let params = &net.params[net.params_of(i)];
                let (weights, bias) = params.split_at(params.len() - units);
                let w = graph.constant(&[weights.len() / units, *units], weights);
                let b = graph.constant(&[*units], bias);
                graph.op("Gemm", &[&last, &w, &b])
            }
            Spec::Activation { function } => graph.activation(*function, &last),
            Spec::Features { terms } => graph.features(terms, &last),
            Spec::Dropout { .. } => last,
            Spec::Add | Spec::Planar(_) => return Err(Error::NoOnnx { node: i, kind: net.kind(i) }),
        };
    }
    graph.put("Identity", &[&last], &["logits"], None);
    graph.end(11, "point", net.input().len());
    graph.end(12, "logits", net.output().len());
    let mut model = Message::default();
    model.number(1, IR_VERSION);
    model.bytes(2, b"uncrumple");
    model.message(8, &|opset| opset.number(2, OPSET));
    model.bytes(7, &graph.message.0);
    Ok(model.0)
}
