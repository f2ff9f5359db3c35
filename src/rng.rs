//! A seeded, forkable, portable random stream: the only source of chance in the crate.

use rand_core::RngCore;
use rand_pcg::Pcg32;
use std::f32::consts::TAU;

/// PCG-XSH-RR 64/32 (O'Neill 2014). The same numbers on every target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rng(Pcg32);

impl Rng {
    /// The stream of a run's seed.
    pub fn seeded(seed: u32) -> Self {
        Self(Pcg32::new(u64::from(seed), 0x0A02_BDBF_7BB3_C0A7))
    }

    /// An independent stream for `purpose`: drawing from one shifts no other.
    #[inline(never)]
    pub fn fork(&self, purpose: u64) -> Self {
        let mut parent = self.0.clone();
        Self(Pcg32::new(parent.next_u64() ^ purpose.wrapping_mul(0x9E37_79B9_7F4A_7C15), purpose))
    }

    /// 32 uniform bits.
    pub fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// Uniform in `[0, 1)`, 24 bits.
    #[inline(never)]
    pub fn uniform(&mut self) -> f32 {
        (self.next_u32() >> 8) as f32 / (1u32 << 24) as f32
    }

    /// Uniform in `[low, high)`.
    pub fn range(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.uniform()
    }

    /// Uniform whole number in `0..n`, without bias (Lemire 2019). `n` must be at least 1.
    #[inline(never)]
    pub fn below(&mut self, n: u32) -> u32 {
        assert!(n > 0, "below(0) has no answer");
        let mut wide = u64::from(self.next_u32()) * u64::from(n);
        if (wide as u32) < n {
            let threshold = n.wrapping_neg() % n;
            while (wide as u32) < threshold {
                wide = u64::from(self.next_u32()) * u64::from(n);
            }
        }
        (wide >> 32) as u32
    }

    /// Standard normal (Box–Muller; `1 − u` keeps the logarithm finite).
    #[inline(never)]
    pub fn normal(&mut self) -> f32 {
        let radius = (-2.0 * libm::logf(1.0 - self.uniform())).sqrt();
        radius * libm::cosf(TAU * self.uniform())
    }

    /// A uniformly random order (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u32 + 1) as usize);
        }
    }
}
