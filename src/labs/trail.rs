//! What a visitor did in a run, as few bytes: what a link holds so that the very same run comes back.
//!
//! `1, own, all, deed…`: the first `own` deeds are the data the run began with, the others came at a step each. A deed
//! is `[steps since the one before,] name, payload`; a name is spelled out where it first occurs and is a number after.
//! Whole numbers are LEB128, signed ones zigzag; the numbers of an input are thousand-and-twenty-fourths, each as its
//! difference from the same number of the input before. Names rather than places in a table: a link outlives both.

use super::{About, Value};
use crate::error::{Error, Result};

/// Bytes of a trail that still fits a link (8,000 characters).
pub const LONGEST: usize = 6_000;
const VERSION: u8 = 1;
/// What the numbers of an input are multiples of: finer than a pixel, and a stroke is a few bytes a dab.
const GRID: f32 = 1024.0;
/// Far beyond what a figure replays, and no sum of them overflows.
const LAST_STEP: u64 = 1 << 40;

/// One thing done to a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// A live knob was turned.
    Set(&'static str, Value),
    /// See [`Lab::input`](super::Lab::input).
    Input(&'static str, Vec<f32>),
    /// See [`Lab::load`](super::Lab::load).
    Load(&'static str, Vec<u8>),
}

impl Deed {
    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        match self {
            Deed::Set(_, Value::Text(text)) => text.capacity(),
            Deed::Set(..) => 0,
            Deed::Input(_, data) => 4 * data.capacity(),
            Deed::Load(_, bytes) => bytes.capacity(),
        }
    }
}

/// A deed and the step it was done at.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Steps taken before it.
    pub step: u64,
    /// What was done.
    pub deed: Deed,
}

/// The number of an input that stands for `v`: the nearest on the grid. Where an `f32` is coarser than the grid it is on it.
pub fn snap(v: f32) -> f32 {
    if v.abs() < 8192.0 { (v * GRID).round() / GRID + 0.0 } else { v }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Set,
    Input,
    Load,
}

/// Names met so far, each with the numbers of its last input.
type Names = Vec<(Kind, &'static str, Vec<i32>)>;

/// Writes a trail; past `LONGEST` bytes it only remembers that it was too long.
#[derive(Debug, Default)]
pub struct Trail {
    bytes: Vec<u8>,
    names: Names,
    own: u32,
    all: u32,
    step: u64,
    too_long: bool,
}

impl Trail {
    /// An input that is part of what the run began with.
    pub fn input(&mut self, name: &'static str, data: &[f32]) {
        self.own += 1;
        self.write_input(name, data);
    }

    /// A file likewise.
    pub fn load(&mut self, name: &'static str, bytes: &[u8]) {
        self.own += 1;
        self.write_load(name, bytes);
    }

    /// Whether `bytes` more could fit: what cannot is not worth writing.
    pub fn has_room(&mut self, bytes: usize) -> bool {
        self.too_long |= self.bytes.len() + bytes > LONGEST;
        !self.too_long
    }

    pub(super) fn event(&mut self, event: &Event) {
        self.whole((event.step - self.step) as u32);
        self.step = event.step;
        match &event.deed {
            Deed::Input(name, data) => self.write_input(name, data),
            Deed::Load(name, bytes) => self.write_load(name, bytes),
            Deed::Set(name, value) => {
                self.name(Kind::Set, name);
                match value {
                    Value::Flag(flag) => self.bytes.push(u8::from(*flag)),
                    Value::Number(x) => {
                        self.bytes.push(2);
                        self.bytes.extend(x.to_le_bytes());
                    }
                    Value::Text(text) => {
                        self.bytes.push(3);
                        self.string(text.as_bytes());
                    }
                }
            }
        }
    }

    /// The bytes: none if nothing was done; `None` if they are too many.
    pub fn finish(self) -> Option<Vec<u8>> {
        if self.all == 0 || self.too_long {
            return (!self.too_long).then(Vec::new);
        }
        let mut head = Trail { bytes: vec![VERSION], ..Self::default() };
        head.whole(self.own);
        head.whole(self.all);
        head.bytes.extend(self.bytes);
        (head.bytes.len() <= LONGEST).then_some(head.bytes)
    }

    fn write_input(&mut self, name: &'static str, data: &[f32]) {
        if !self.has_room(data.len()) {
            return;
        }
        let i = self.name(Kind::Input, name);
        self.whole(data.len() as u32);
        let mut last = std::mem::take(&mut self.names[i].2);
        last.resize(data.len(), 0);
        for (last, v) in last.iter_mut().zip(data) {
            let here = (v * GRID) as i32;
            self.too_long |= here as f32 != v * GRID; // no place on the grid: nothing a hand did
            let by = here.wrapping_sub(*last);
            self.whole(((by << 1) ^ (by >> 31)) as u32);
            *last = here;
        }
        self.names[i].2 = last;
    }

    fn write_load(&mut self, name: &'static str, bytes: &[u8]) {
        if self.has_room(bytes.len()) {
            self.name(Kind::Load, name);
            self.string(bytes);
        }
    }

    fn name(&mut self, kind: Kind, name: &'static str) -> usize {
        self.all += 1;
        let known = self.names.iter().position(|known| (known.0, known.1) == (kind, name));
        let i = known.unwrap_or(self.names.len());
        self.whole(i as u32);
        if known.is_none() {
            self.names.push((kind, name, Vec::new()));
            self.bytes.push(kind as u8);
            self.string(name.as_bytes());
        }
        i
    }

    fn string(&mut self, bytes: &[u8]) {
        self.whole(bytes.len() as u32);
        self.bytes.extend(bytes);
    }

    fn whole(&mut self, mut v: u32) {
        while v > 0x7F {
            self.bytes.push(v as u8 | 0x80);
            v >>= 7;
        }
        self.bytes.push(v as u8);
    }
}

/// The deeds a run begins with, and those at a step each; whatever anyone wrote, and only with names `about` declares.
///
/// # Errors
/// [`Error::Link`] for bytes that are no trail, or the error of a name that this lab does not know.
pub fn read(bytes: &[u8], about: &About) -> Result<(Vec<Deed>, Vec<Event>)> {
    if bytes.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    if bytes.len() > LONGEST {
        return Err(Error::Link { at: LONGEST });
    }
    let mut reader = Reader { bytes, at: 0, names: Names::new() };
    if reader.byte()? != VERSION {
        return Err(Error::Link { at: 0 });
    }
    let (own, all) = (reader.whole()?, reader.whole()?);
    let (mut begun, mut events, mut step) = (Vec::new(), Vec::new(), 0);
    for i in 0..all {
        if i < own {
            begun.push(reader.deed(about)?);
        } else {
            step += u64::from(reader.whole()?);
            events.push(Event { step, deed: reader.deed(about)? });
        }
    }
    // Cut short or added to, it would be another run.
    if reader.at != bytes.len() || own > all || step > LAST_STEP {
        return Err(reader.bad());
    }
    Ok((begun, events))
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    names: Names,
}

impl<'a> Reader<'a> {
    fn bad(&self) -> Error {
        Error::Link { at: self.at }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let taken = self.bytes[self.at..].get(..count).ok_or_else(|| self.bad())?;
        self.at += count;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    fn whole(&mut self) -> Result<u32> {
        let mut v = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            v |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(v);
            }
        }
        Err(self.bad())
    }

    fn string(&mut self) -> Result<&'a [u8]> {
        let length = self.whole()? as usize;
        self.take(length)
    }

    fn text(&mut self) -> Result<&'a str> {
        let bytes = self.string()?;
        std::str::from_utf8(bytes).map_err(|_| self.bad())
    }

    fn deed(&mut self, about: &About) -> Result<Deed> {
        let i = self.name(about)?;
        let (kind, name, _) = self.names[i];
        Ok(match kind {
            Kind::Set => Deed::Set(
                name,
                match self.byte()? {
                    flag @ (0 | 1) => Value::Flag(flag == 1),
                    2 => {
                        Value::Number(f64::from_le_bytes(*self.take(8)?.first_chunk().expect("eight bytes")))
                    }
                    3 => Value::Text(self.text()?.to_owned()),
                    _ => return Err(self.bad()),
                },
            ),
            Kind::Load => Deed::Load(name, self.string()?.to_vec()),
            Kind::Input => {
                let count = self.whole()? as usize;
                // Each number is a byte at least: no more room is made than the link is long.
                if count > self.bytes.len() - self.at {
                    return Err(self.bad());
                }
                let mut last = std::mem::take(&mut self.names[i].2);
                last.resize(count, 0);
                for last in &mut last {
                    let zigzag = self.whole()?;
                    let by = (zigzag >> 1) as i32 ^ -((zigzag & 1) as i32);
                    *last = last.wrapping_add(by);
                }
                let data = last.iter().map(|v| *v as f32 / GRID).collect();
                self.names[i].2 = last;
                Deed::Input(name, data)
            }
        })
    }

    fn name(&mut self, about: &About) -> Result<usize> {
        let i = self.whole()? as usize;
        if i > self.names.len() {
            return Err(self.bad());
        }
        if i == self.names.len() {
            let kind = match self.byte()? {
                0 => Kind::Set,
                1 => Kind::Input,
                2 => Kind::Load,
                _ => return Err(self.bad()),
            };
            let name = self.text()?;
            let name = match kind {
                Kind::Set => about.live_knob(name)?,
                Kind::Input => about.input(name)?,
                Kind::Load => about.asset(name)?,
            };
            self.names.push((kind, name, Vec::new()));
        }
        Ok(i)
    }
}
