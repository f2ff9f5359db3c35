//! A network of pictures whose weights were rounded to a byte, as one file: `UQNT`, made by `www/tools/imagenet.js`.
//!
//! Magic `UQNT`, version 1, channels of the picture (a byte each), layers (16 bits). Then a row each: operation (0 convolution, 1 depthwise,
//! 2 mean over all pixels, 3 dense), side of the window, stride, whether ReLU6 follows (a byte each), channels in, channels out, the layer
//! whose output is added, counted from 1, or 0 (16 bits each), length of the name (a byte), the name. Then of each layer with parameters: a
//! scale and a bias for each channel out (f32), the weights (i8) in the order of [`Network::params`]. CRC-32 of all before it. Little-endian.
//! A weight is its byte times the scale of its channel out. Windows are padded as TensorFlow's "same", at any size.

use crate::data::crc32;
use crate::error::{Error, Result};
use crate::nn::{Init, Network, NodeSpec, Padding, Spec};
use crate::tensor::Shape;

const MAGIC: &[u8; 4] = b"UQNT";
const VERSION: u8 = 1;
const HEADER: usize = 8;
/// A row without its name.
const ROW: usize = 11;
/// More than any network here: a file that states more is refused before anything is allocated.
const MAX_PARAMS: usize = 16 << 20;

/// A network from such a file, and which of its nodes the file's layers are.
///
/// EfficientNet-Lite0 (`www/assets/imagenet/lite0.bin.gz`) reads height × width × 3 numbers, `(v − 127) / 128` of a byte v: that is the
/// caller's to do, as is the chain rule's 1 / 128. Its layers are `stem`, `b0.dw`, `b0.project`, `b1.expand` … `b15.project`, `head`, `pool`, `fc`.
#[derive(Debug, Clone)]
pub struct Quantized {
    /// The network, on pictures of the size asked for; [`Network::resize`] puts it on others.
    pub net: Network,
    names: Vec<(Box<str>, usize)>,
}

impl Quantized {
    /// The network of a file, on pictures of `height × width`.
    ///
    /// # Errors
    /// [`Error::NetworkFile`], before anything is allocated: `magic` for another kind of file, `version`, `length` for a file cut short or
    /// gone on, `checksum` for one that was altered, `layers` for a table no network is made of. Else whatever a layer finds wrong with the size.
    pub fn read(bytes: &[u8], [height, width]: [usize; 2]) -> Result<Self> {
        let table = Table::check(bytes)?;
        let mut params = Vec::with_capacity(table.params);
        let (mut specs, mut names, mut outputs) = (Vec::new(), Vec::new(), vec![0]);
        let mut node = |layer, inputs: &[usize]| {
            specs.push(NodeSpec { layer, inputs: inputs.to_vec() });
            specs.len()
        };
        let mut body = table.body;
        for row in table.rows() {
            names.push((row.name.into(), outputs[outputs.len() - 1]));
            let mut output = node(row.spec(), &[outputs[outputs.len() - 1]]);
            if row.relu6 {
                output = node(Spec::relu6(), &[output]);
            }
            if row.added > 0 {
                output = node(Spec::Add, &[outputs[row.added], output]);
            }
            outputs.push(output);
            let (mine, rest) = body.split_at(row.bytes());
            row.dequantize(mine, &mut params);
            body = rest;
        }
        let input = Shape { height, width, channels: table.channels };
        Ok(Self { net: Network::with_params(input, &specs, params)?, names })
    }

    /// The node of the layer called `name`, itself, before its ReLU6: what it computes is activation `node + 1`, and after the ReLU6 that
    /// follows every `expand`, `dw`, `stem` and `head`, activation `node + 2`.
    pub fn node(&self, name: &str) -> Option<usize> {
        self.names.iter().find(|(known, _)| **known == *name).map(|(_, node)| *node)
    }

    /// Every layer's name and node, in order.
    pub fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        self.names.iter().map(|(name, node)| (&**name, *node))
    }
}

fn refused(what: &str) -> Error {
    Error::NetworkFile { what: what.into() }
}

/// A file whose length, checksum and table have been looked at.
struct Table<'a> {
    channels: usize,
    layers: usize,
    /// All rows.
    table: &'a [u8],
    /// Scales, biases and weights.
    body: &'a [u8],
    params: usize,
}

impl<'a> Table<'a> {
    fn check(bytes: &'a [u8]) -> Result<Self> {
        let Some((head, mut rest)) = bytes.split_at_checked(HEADER) else {
            return Err(refused("length"));
        };
        if !head.starts_with(MAGIC) {
            return Err(refused("magic"));
        }
        if head[4] != VERSION {
            return Err(refused("version"));
        }
        let (channels, layers) = (usize::from(head[5]), half(head, 6));
        let (table, mut body, mut params) = (rest, 0, 0);
        for i in 0..layers {
            let (row, after) = Row::split(rest).ok_or_else(|| refused("length"))?;
            if !row.is_possible(i) {
                return Err(refused("layers"));
            }
            // One row alone may state more than 32 bits count.
            if row.params() > MAX_PARAMS - params {
                return Err(refused("layers"));
            }
            (body, params) = (body + row.bytes(), params + row.params());
            rest = after;
        }
        let table = &table[..table.len() - rest.len()];
        if rest.len() != body + 4 || layers == 0 || channels == 0 {
            return Err(refused("length"));
        }
        let (whole, sum) = bytes.split_at(bytes.len() - 4);
        if sum != crc32(whole).to_le_bytes() {
            return Err(refused("checksum"));
        }
        Ok(Self { channels, layers, table, body: &rest[..body], params })
    }

    fn rows(&self) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let mut rest = self.table;
        (0..self.layers).map_while(move |_| {
            let (row, after) = Row::split(rest)?;
            rest = after;
            Some(row)
        })
    }
}

/// One layer as the table states it.
struct Row<'a> {
    op: u8,
    side: usize,
    stride: usize,
    relu6: bool,
    inputs: usize,
    outputs: usize,
    /// The layer whose output is added, counted from 1.
    added: usize,
    name: &'a str,
}

const CONV: u8 = 0;
const DEPTHWISE: u8 = 1;
const POOL: u8 = 2;
const DENSE: u8 = 3;

impl<'a> Row<'a> {
    fn split(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (row, rest) = bytes.split_at_checked(ROW)?;
        let (name, rest) = rest.split_at_checked(row[10].into())?;
        let [inputs, outputs, added] = [4, 6, 8].map(|at| half(row, at));
        let (side, stride, relu6) = (row[1].into(), row[2].into(), row[3] != 0);
        let name = std::str::from_utf8(name).unwrap_or_default();
        Some((Self { op: row[0], side, stride, relu6, inputs, outputs, added, name }, rest))
    }

    /// Whether layer `i` can be this one.
    fn is_possible(&self, i: usize) -> bool {
        self.op <= DENSE && self.added <= i && self.inputs > 0 && self.outputs > 0 && !self.name.is_empty()
    }

    fn weights(&self) -> usize {
        let taps = self.side * self.side;
        match self.op {
            CONV => taps.saturating_mul(self.inputs).saturating_mul(self.outputs),
            DEPTHWISE => taps * self.outputs,
            POOL => 0,
            _ => self.inputs.saturating_mul(self.outputs),
        }
    }

    /// Numbers beside the weights: scales or biases.
    fn channels(&self) -> usize {
        if self.op == POOL { 0 } else { self.outputs }
    }

    fn params(&self) -> usize {
        self.weights().saturating_add(self.channels())
    }

    fn bytes(&self) -> usize {
        self.weights() + 8 * self.channels()
    }

    fn spec(&self) -> Spec {
        // What it would start with, were it drawn.
        let init = Init::He;
        match self.op {
            CONV => Spec::conv(self.outputs, self.side, self.stride, Padding::Same, init),
            DEPTHWISE => Spec::depthwise(self.side, self.stride, Padding::Same, init),
            POOL => Spec::mean_pool(),
            _ => Spec::Dense { units: self.outputs, init },
        }
    }

    /// Adds the layer's weights, then its biases.
    fn dequantize(&self, bytes: &[u8], params: &mut Vec<f32>) {
        let number = |b: &[u8; 4]| f32::from_le_bytes(*b);
        let (scales, rest) = bytes.split_at(4 * self.channels());
        let (biases, weights) = rest.split_at(4 * self.channels());
        let scales = scales.as_chunks::<4>().0;
        for row in weights.chunks_exact(self.outputs) {
            params.extend(row.iter().zip(scales).map(|(w, scale)| f32::from(*w as i8) * number(scale)));
        }
        params.extend(biases.as_chunks::<4>().0.iter().map(number));
    }
}

fn half(bytes: &[u8], at: usize) -> usize {
    u16::from_le_bytes([bytes[at], bytes[at + 1]]).into()
}
