//! A chain as [ONNX](https://onnx.ai), opset 17, float32: `point` (N × inputs) to `logits` (N × outputs).
//!
//! Rows of pictures are height × width × channels here as in the engine; within, ONNX has channels × height × width.
//!
//! ONNX is a protobuf: a message is a run of fields, each a number and its wire type (0: varint, 2: bytes after their
//! length), then its value. The numbers of fields below are those of `onnx.proto3`.

use crate::error::{Error, Result};
use crate::nn::layers::{Term, Window};
use crate::nn::{Activation, Network, Planar, Spec};
use crate::tensor::Shape;
use std::f32::consts::PI;

const IR_VERSION: u64 = 8;
const OPSET: u64 = 17;
const FLOAT: u64 = 1;
const INT64: u64 = 7;

/// What an attribute holds.
enum Held<'a> {
    One(usize),
    Many(&'a [usize]),
}

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
    /// Whether the last value is a picture, N × channels × height × width, rather than rows.
    picture: bool,
}

/// Writes one layer of pictures, which has this input and these parameters, after a value; none if it knows no such layer.
type Write = fn(&mut Graph, Planar, Shape, &[f32], &str) -> Option<String>;

impl Graph {
    fn name(&mut self) -> String {
        self.names += 1;
        self.names.to_string()
    }

    /// A node that writes `out`.
    fn put(&mut self, op: &str, inputs: &[&str], out: &[&str], attributes: &[(&str, Held)]) {
        self.message.message(1, &|node| {
            inputs.iter().for_each(|name| node.bytes(1, name.as_bytes()));
            out.iter().for_each(|name| node.bytes(2, name.as_bytes()));
            node.bytes(4, op.as_bytes());
            for (name, held) in attributes {
                node.message(5, &|attribute| {
                    attribute.bytes(1, name.as_bytes());
                    let kind = match held {
                        Held::One(value) => {
                            attribute.number(3, *value as u64);
                            2
                        }
                        Held::Many(values) => {
                            values.iter().for_each(|value| attribute.number(8, *value as u64));
                            7
                        }
                    };
                    attribute.number(20, kind);
                });
            }
        });
    }

    /// A node of one output, which is named here.
    fn op(&mut self, op: &str, inputs: &[&str]) -> String {
        self.op_of(op, inputs, &[])
    }

    fn op_of(&mut self, op: &str, inputs: &[&str], attributes: &[(&str, Held)]) -> String {
        let out = self.name();
        self.put(op, inputs, &[&out], attributes);
        out
    }

    /// Numbers that never change.
    fn constant(&mut self, dims: &[usize], values: &[f32]) -> String {
        let raw: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.tensor(dims, FLOAT, &raw)
    }

    fn tensor(&mut self, dims: &[usize], kind: u64, raw: &[u8]) -> String {
        let name = self.name();
        self.message.message(5, &|tensor| {
            dims.iter().for_each(|side| tensor.number(1, *side as u64));
            tensor.number(2, kind);
            tensor.bytes(8, name.as_bytes());
            tensor.bytes(9, raw);
        });
        name
    }

    /// `x` in the same order with other sides, behind as many rows as there are.
    fn reshape(&mut self, x: &str, sides: &[usize]) -> String {
        // A side of 0 is as it was.
        let raw: Vec<u8> = [0].iter().chain(sides).flat_map(|side| (*side as u64).to_le_bytes()).collect();
        let shape = self.tensor(&[sides.len() + 1], INT64, &raw);
        self.op("Reshape", &[x, &shape])
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
        self.put("Split", &[point], &[&x, &y], &[("axis", Held::One(1))]);
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
        self.put("Concat", &columns, &[&out], &[("axis", Held::One(1))]);
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

/// One layer of pictures: the first makes pictures of rows, [`Planar::Flatten`] rows of pictures.
fn picture(graph: &mut Graph, layer: Planar, shape: Shape, params: &[f32], x: &str) -> Option<String> {
    let Shape { height, width, channels } = shape;
    let turned = |graph: &mut Graph, x: &str, order: [usize; 4]| {
        graph.op_of("Transpose", &[x], &[("perm", Held::Many(&order))])
    };
    let enter = |graph: &mut Graph| {
        if std::mem::replace(&mut graph.picture, true) {
            return x.to_owned();
        }
        let rows = graph.reshape(x, &[height, width, channels]);
        turned(graph, &rows, [0, 3, 1, 2])
    };
    match layer {
        Planar::Conv { channels: out, kernel, stride, padding, .. } => {
            let window = Window::new("conv", shape, [kernel; 2], stride, padding).ok()?;
            // Zeros after the picture; none where the last window ends within it.
            let ([above, left], [down, across]) = (window.before, window.seen());
            let pads =
                [above, left, down.saturating_sub(above + height), across.saturating_sub(left + width)];
            let (w, b) = params.split_at(params.len() - out);
            // Rows × columns × channels in × channels out become channels out × channels in × rows × columns.
            let taps = kernel * kernel;
            let of = |k: usize| w[((k % taps) * channels + k / taps % channels) * out + k / taps / channels];
            let w: Vec<f32> = (0..w.len()).map(of).collect();
            let x = enter(graph);
            let (w, b) = (graph.constant(&[out, channels, kernel, kernel], &w), graph.constant(&[out], b));
            let attributes = [("strides", Held::Many(&[stride; 2])), ("pads", Held::Many(&pads))];
            Some(graph.op_of("Conv", &[&x, &w, &b], &attributes))
        }
        Planar::MaxPool { window, stride } => {
            let x = enter(graph);
            let attributes =
                [("kernel_shape", Held::Many(&[window; 2])), ("strides", Held::Many(&[stride; 2]))];
            Some(graph.op_of("MaxPool", &[&x], &attributes))
        }
        Planar::Flatten => {
            let x = enter(graph);
            let rows = turned(graph, &x, [0, 2, 3, 1]);
            graph.picture = false;
            Some(graph.reshape(&rows, &[shape.len()]))
        }
        _ => None,
    }
}

/// `net` as it evaluates: dropout passes everything.
///
/// # Errors
/// [`Error::NoOnnx`] for a node that is no part of a plain chain.
pub fn to_onnx(net: &Network) -> Result<Vec<u8>> {
    write(net, |_, _, _, _, _| None)
}

/// The same for chains with convolutions, largest-of pools and flattening among their layers: two functions, so that labs without
/// pictures carry no code for them.
///
/// # Errors
/// [`Error::NoOnnx`] for another node.
pub fn pictures_to_onnx(net: &Network) -> Result<Vec<u8>> {
    write(net, picture)
}

fn write(net: &Network, planar: Write) -> Result<Vec<u8>> {
    let rows = |graph: &mut Graph, shape, x: String| {
        let flat = graph.picture.then(|| planar(graph, Planar::Flatten, shape, &[], &x)).flatten();
        flat.unwrap_or(x)
    };
    let mut graph = Graph::default();
    graph.message.bytes(2, b"uncrumple");
    let mut last = String::from("point");
    for (i, node) in net.specs().iter().enumerate() {
        let refused = || Error::NoOnnx { node: i, kind: net.kind(i) };
        let (params, shape) = (&net.params[net.params_of(i)], net.shape(i));
        if matches!(node.layer, Spec::Dense { .. }) {
            last = rows(&mut graph, shape, last);
        }
        last = match &node.layer {
            _ if node.inputs != [i] => return Err(refused()),
            Spec::Dense { units, .. } => {
                let (weights, bias) = params.split_at(params.len() - units);
                let w = graph.constant(&[weights.len() / units, *units], weights);
                let b = graph.constant(&[*units], bias);
                graph.op("Gemm", &[&last, &w, &b])
            }
            Spec::Activation { function } => graph.activation(*function, &last),
            Spec::Features { terms } => graph.features(terms, &last),
            Spec::Dropout { .. } => last,
            Spec::Planar(picture) => {
                planar(&mut graph, picture.settings(), shape, params, &last).ok_or_else(refused)?
            }
            Spec::Add => return Err(refused()),
        };
    }
    last = rows(&mut graph, net.output(), last);
    graph.put("Identity", &[&last], &["logits"], &[]);
    graph.end(11, "point", net.input().len());
    graph.end(12, "logits", net.output().len());
    let mut model = Message::default();
    model.number(1, IR_VERSION);
    model.bytes(2, b"uncrumple");
    model.message(8, &|opset| opset.number(2, OPSET));
    model.bytes(7, &graph.message.0);
    Ok(model.0)
}
