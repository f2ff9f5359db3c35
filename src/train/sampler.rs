//! An endless order of examples: every epoch a new shuffle, batches running on across its end.

use crate::rng::Rng;
use crate::tensor::clone_by_field;

/// Which example comes next.
#[derive(Debug)]
pub struct Sampler {
    order: Vec<u32>,
    at: usize,
    rng: Rng,
}
clone_by_field!(Sampler { order, at, rng });

impl Sampler {
    /// An order drawn from `rng`.
    pub fn new(rng: Rng) -> Self {
        Self { order: Vec::new(), at: 0, rng }
    }

    /// Index of the next of `len` examples; a new `len` begins a new epoch. `len` must be at least 1.
    pub fn next(&mut self, len: usize) -> usize {
        if self.order.len() != len {
            self.order.clear();
            self.order.extend(0..len as u32);
            self.at = len;
        }
        if self.at == len {
            self.rng.shuffle(&mut self.order);
            self.at = 0;
        }
        self.at += 1;
        self.order[self.at - 1] as usize
    }

    /// Heap bytes of a clone.
    pub fn heap_bytes(&self) -> usize {
        4 * self.order.capacity()
    }
}
