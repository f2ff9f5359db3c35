//! Networks as [safetensors](https://github.com/huggingface/safetensors), laid out as PyTorch keeps its own: node 3 of a
//! chain is number 3 of an `nn.Sequential`, with `3.weight` (outputs × inputs) and `3.bias`.
//!
//! The description goes into the header's metadata, and beside it whatever a lab needs to make the same network again. A
//! file without any, such as PyTorch writes, fits a network that is already there.

use super::json::{Reader, add, joined, quote};
use super::spec;
use crate::error::{Error, Result, short};
use crate::kernel;
use crate::nn::{Network, Spec};
use std::ops::Range;

/// More than any network here.
const MAX_BYTES: usize = 64 << 20;
const MAX_HEADER: usize = 1 << 16;
const MAX_TENSORS: usize = 1000;

/// A tensor of a network: its name, its shape, and where its numbers stand among the parameters.
struct Place {
    name: String,
    shape: Vec<usize>,
    params: Range<usize>,
    /// Ours is `inputs × outputs`; in the file it is the other way round.
    turned: bool,
}

impl Place {
    /// The parameter that is number `k` in the file.
    fn at(&self, k: usize) -> usize {
        match self.shape[..] {
            [rows, columns] if self.turned => self.params.start + k % columns * rows + k / columns,
            _ => self.params.start + k,
        }
    }
}

fn places(net: &Network) -> Vec<Place> {
    let mut places = Vec::new();
    for (i, node) in net.specs().iter().enumerate() {
        let params = net.params_of(i);
        let mut put = |name: &str, shape: Vec<usize>, params, turned| {
            places.push(Place { name: format!("{i}.{name}"), shape, params, turned });
        };
        match node.layer {
            Spec::Dense { units, .. } => {
                let bias = params.end - units;
                put("weight", vec![units, (bias - params.start) / units], params.start..bias, true);
                put("bias", vec![units], bias..params.end, false);
            }
            // What PyTorch lays out differently, or not at all, is carried as it is.
            _ if !params.is_empty() => put("params", vec![params.len()], params, false),
            _ => {}
        }
    }
    places
}

/// `net` as a file; `settings` are names and values that [`File::setting`] finds again.
pub fn write(net: &Network, settings: &[(&str, &str)]) -> Vec<u8> {
    let places = places(net);
    let description = spec::to_json(net);
    let mut header = String::from("{\"__metadata__\":{\"spec\":");
    quote(&mut header, &description);
    for (name, value) in settings {
        add(&mut header, &[",\"", name, "\":"]);
        quote(&mut header, value);
    }
    header.push('}');
    let mut end = 0;
    for Place { name, shape, params, .. } in &places {
        let offsets = [end, end + 4 * params.len()];
        end = offsets[1];
        let (shape, offsets) = (joined(shape, ","), joined(&offsets, ","));
        add(
            &mut header,
            &[
                ",\"",
                name,
                "\":{\"dtype\":\"F32\",\"shape\":[",
                &shape,
                "],\"data_offsets\":[",
                &offsets,
                "]}",
            ],
        );
    }
    header.push('}');
    // The numbers begin at a multiple of eight.
    while header.len() % 8 != 0 {
        header.push(' ');
    }
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend_from_slice(header.as_bytes());
    for place in &places {
        for k in 0..place.params.len() {
            bytes.extend_from_slice(&net.params[place.at(k)].to_le_bytes());
        }
    }
    bytes
}

/// A file that has been read: every tensor holds finite `f32`s, and together they are the file.
#[derive(Debug, Default)]
pub struct File<'a> {
    settings: Vec<(String, String)>,
    tensors: Vec<Tensor<'a>>,
}

#[derive(Debug, Default)]
struct Tensor<'a> {
    name: String,
    dtype: String,
    shape: Vec<usize>,
    offsets: Vec<usize>,
    data: &'a [[u8; 4]],
}

fn bad(reason: &str) -> Error {
    Error::NetworkFile { what: reason.into() }
}

fn bad_tensor(reason: &str, name: &str) -> Error {
    Error::NetworkFile { what: format!("{reason}: {}", short(name)) }
}

impl<'a> File<'a> {
    /// Reads `bytes`.
    ///
    /// # Errors
    /// [`Error::NetworkFile`] with what is wrong; [`Error::NonFinite`] for a tensor with a NaN or an infinity in it;
    /// [`Error::TooMany`] bytes.
    pub fn read(bytes: &'a [u8]) -> Result<Self> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::TooMany { what: "bytes", max: MAX_BYTES, got: bytes.len() });
        }
        let (len, rest) = bytes.split_first_chunk::<8>().ok_or_else(|| bad("it ends too early"))?;
        let len = u64::from_le_bytes(*len);
        if len > MAX_HEADER as u64 {
            return Err(bad("it is not a safetensors file"));
        }
        let (header, data) = rest.split_at_checked(len as usize).ok_or_else(|| bad("it ends too early"))?;
        let mut file = std::str::from_utf8(header)
            .ok()
            .and_then(described)
            .ok_or_else(|| bad("it is not a safetensors file"))?;
        kernel::sort_few(&mut file.tensors, |a, b| a.offsets < b.offsets);
        let mut end = 0;
        for tensor in &mut file.tensors {
            end = tensor.place(end, data)?;
        }
        if end != data.len() {
            return Err(bad("it goes on after its last tensor"));
        }
        Ok(file)
    }

    /// What the writer put beside the description under this name.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|s| s.0 == name).map(|s| s.1.as_str())
    }

    /// Puts the numbers into `net`.
    ///
    /// # Errors
    /// [`Error::Tensor`] of another shape, or [`Error::NetworkFile`] for one that is missing or belongs nowhere; some
    /// parameters may have been written by then.
    pub fn fill(&self, net: &mut Network) -> Result<()> {
        let places = places(net);
        let homeless = self.tensors.iter().find(|t| !places.iter().any(|p| p.name == t.name));
        if let Some(tensor) = homeless {
            return Err(bad_tensor("the network has no place for a tensor", &tensor.name));
        }
        for place in &places {
            let tensor = self.tensors.iter().find(|t| t.name == place.name);
            let tensor = tensor.ok_or_else(|| bad_tensor("a tensor is missing", &place.name))?;
            if tensor.shape != place.shape {
                let (expected, got) = (joined(&place.shape, "×"), joined(&tensor.shape, "×"));
                return Err(Error::Tensor { name: place.name.clone(), expected, got });
            }
            for (k, number) in tensor.data.iter().enumerate() {
                net.params[place.at(k)] = f32::from_le_bytes(*number);
            }
        }
        Ok(())
    }
}

/// What a header says; none if it is not one.
fn described<'a>(header: &str) -> Option<File<'a>> {
    let (mut reader, mut file) = (Reader::new(header), File::default());
    reader.object(&mut |reader, name| {
        if name == "__metadata__" {
            return reader.object(&mut |reader, name| {
                file.settings.push((name, reader.text()?));
                Some(())
            });
        }
        let twice = file.tensors.iter().any(|t| t.name == name);
        let mut tensor = Tensor { name, ..Tensor::default() };
        reader.object(&mut |reader, field| {
            match field.as_str() {
                "dtype" => tensor.dtype = reader.text()?,
                "shape" => tensor.shape = reader.wholes()?,
                "data_offsets" => tensor.offsets = reader.wholes()?,
                _ => return None,
            }
            Some(())
        })?;
        file.tensors.push(tensor);
        // Neither twice, nor more than are worth looking through.
        (!twice && file.tensors.len() <= MAX_TENSORS).then_some(())
    })?;
    reader.ended().then_some(file)
}

impl<'a> Tensor<'a> {
    /// Takes its numbers out of `data`, where the one before ended at `start`; where it ends itself.
    fn place(&mut self, start: usize, data: &'a [u8]) -> Result<usize> {
        let &[from, to] = self.offsets.as_slice() else {
            return Err(bad_tensor("a tensor is not described in full", &self.name));
        };
        if self.dtype != "F32" {
            return Err(Error::Tensor {
                name: short(&self.name),
                expected: "F32".into(),
                got: short(&self.dtype),
            });
        }
        let bytes = self.shape.iter().try_fold(4usize, |n, side| n.checked_mul(*side));
        if bytes.is_none() || bytes != to.checked_sub(from) {
            return Err(bad_tensor("a tensor is not as long as its shape", &self.name));
        }
        if from != start {
            return Err(bad_tensor("its tensors overlap or leave a gap", &self.name));
        }
        self.data = data.get(from..to).ok_or_else(|| bad("it ends too early"))?.as_chunks().0;
        if self.data.iter().any(|b| !f32::from_le_bytes(*b).is_finite()) {
            return Err(Error::NonFinite { name: short(&self.name) });
        }
        Ok(to)
    }
}
