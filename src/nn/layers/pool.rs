//! `y[p, c] = max x[s p + t, c]`, or the mean, t over a window: pooling.

use super::Window;
use crate::kernel::{self, Windows};
use crate::nn::{Layer, Mode, Room, Saved};
use crate::tensor::Shape;

/// A window's largest number or mean, channel by channel. There are no zeros around: a mean would count them.
#[derive(Debug)]
pub struct Pool {
    windows: Windows,
    take: Take,
}

#[derive(Debug, Clone, Copy)]
enum Take {
    Max,
    Mean,
}

impl Pool {
    /// The largest of each window.
    pub fn max(window: Window) -> Self {
        Self::new(window, Take::Max)
    }

    /// The mean of each window.
    pub fn average(window: Window) -> Self {
        Self::new(window, Take::Mean)
    }

    fn new(Window { input, sides, stride, places, .. }: Window, take: Take) -> Self {
        Self { windows: Windows { input, sides, stride, places }, take }
    }
}

impl Layer for Pool {
    fn kind(&self) -> &'static str {
        match self.take {
            Take::Max => "max-pool",
            Take::Mean => "average-pool",
        }
    }

    fn output(&self) -> Shape {
        let Windows { input, places: [height, width], .. } = self.windows;
        Shape { height, width, channels: input.channels }
    }

    fn forward(&self, _: &[f32], x: &[&[f32]], y: &mut [f32], _: Room, _: &mut Mode) {
        let (from, to) = (self.windows.input.len(), self.output().len());
        for (x, y) in x[0].chunks_exact(from).zip(y.chunks_exact_mut(to)) {
            match self.take {
                Take::Max => kernel::max_pool(x, &self.windows, y),
                Take::Mean => kernel::mean_pool(x, &self.windows, y),
            }
        }
    }

    fn backward(&self, _: &[f32], at: Saved, dy: &[f32], dx: &mut [&mut [f32]], _: Option<&mut [f32]>) {
        if dx[0].is_empty() {
            return;
        }
        let (from, to) = (self.windows.input.len(), self.output().len());
        let values = at.x[0].chunks_exact(from).zip(at.y.chunks_exact(to));
        for ((x, y), (dy, dx)) in values.zip(dy.chunks_exact(to).zip(dx[0].chunks_exact_mut(from))) {
            match self.take {
                Take::Max => kernel::max_pool_back(x, y, &self.windows, dy, dx),
                Take::Mean => kernel::mean_pool_back(&self.windows, dy, dx),
            }
        }
    }
}
