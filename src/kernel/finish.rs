//! What is done to sums once they are whole, a few rows at a time, while they are in the cache.

use super::F32x4;
use super::vector::{map_in_place, map2_in_place};

/// Nothing, or a clip and its way back.
#[derive(Debug, Clone, Copy)]
pub enum Finish<'a> {
    /// Nothing.
    Plain,
    /// `min(max(sum, low), high)`; NaN stays.
    Clip([f32; 2]),
    /// The way back: 0, unless the number of the slice that stands in the sum's place is between low and high.
    Between(&'a [f32], [f32; 2]),
}

impl Finish<'_> {
    /// Does it to `y`, which stands at `start` of all sums.
    #[inline(never)]
    pub fn apply(self, start: usize, y: &mut [f32]) {
        let s = F32x4::splat;
        match self {
            Self::Plain => {}
            Self::Clip([low, high]) => {
                let (low, high) = (s(low), s(high));
                map_in_place(y, |y| y.max(low).min(high));
            }
            Self::Between(x, [low, high]) => {
                let (low, high, zero) = (s(low), s(high), s(0.0));
                let kept = |x: F32x4, y| x.select_gt(low, high.select_gt(x, y, zero), zero);
                map2_in_place(&x[start..start + y.len()], y, kept);
            }
        }
    }
}
