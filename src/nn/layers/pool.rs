//! `y[p, c] = max x[s p + t, c]`, or the mean, t over a window: pooling.

use super::Window;
use crate::kernel::{self, Windows};
use crate::nn::{Layer, Mode, Room, Saved};
use crate::tensor::Shape;
use std::marker::PhantomData;

/// What is taken of a window, channel by channel. A type, not a value: a network that takes the largest links no mean.
pub trait Take: Send + Sync + 'static {
    /// Name of the layer.
    const KIND: &'static str;

    /// Of one picture.
    fn forward(x: &[f32], windows: &Windows, y: &mut [f32]);

    /// `dL/dx` of one picture from `dL/dy`.
    fn backward(at: (&[f32], &[f32]), windows: &Windows, dy: &[f32], dx: &mut [f32]);
}

/// The largest.
#[derive(Debug)]
pub struct Largest;

/// The mean. There are no zeros around: it would count them.
#[derive(Debug)]
pub struct Mean;

impl Take for Largest {
    const KIND: &'static str = "max-pool";

    fn forward(x: &[f32], windows: &Windows, y: &mut [f32]) {
        kernel::max_pool(x, windows, y);
    }

    fn backward((x, y): (&[f32], &[f32]), windows: &Windows, dy: &[f32], dx: &mut [f32]) {
        kernel::max_pool_back(x, y, windows, dy, dx);
    }
}

impl Take for Mean {
    const KIND: &'static str = "average-pool";

    fn forward(x: &[f32], windows: &Windows, y: &mut [f32]) {
        kernel::mean_pool(x, windows, y);
    }

    fn backward(_: (&[f32], &[f32]), windows: &Windows, dy: &[f32], dx: &mut [f32]) {
        kernel::mean_pool_back(windows, dy, dx);
    }
}

/// One number a window and channel.
#[derive(Debug)]
pub struct Pool<T> {
    windows: Windows,
    take: PhantomData<T>,
}

impl<T: Take> Pool<T> {
    /// Of these windows.
    pub fn new(Window { input, sides, stride, places, .. }: Window) -> Self {
        Self { windows: Windows { input, sides, stride, places }, take: PhantomData }
    }
}

impl<T: Take> Layer for Pool<T> {
    fn kind(&self) -> &'static str {
        T::KIND
    }

    fn output(&self) -> Shape {
        let Windows { input, places: [height, width], .. } = self.windows;
        Shape { height, width, channels: input.channels }
    }

    fn forward(&self, _: &[f32], x: &[&[f32]], y: &mut [f32], _: Room, _: &mut Mode) {
        let (from, to) = (self.windows.input.len(), self.output().len());
        for (x, y) in x[0].chunks_exact(from).zip(y.chunks_exact_mut(to)) {
            T::forward(x, &self.windows, y);
        }
    }

    fn backward(&self, _: &[f32], at: Saved, dy: &[f32], dx: &mut [&mut [f32]], _: Option<&mut [f32]>) {
        if dx[0].is_empty() {
            return;
        }
        let (from, to) = (self.windows.input.len(), self.output().len());
        let values = at.x[0].chunks_exact(from).zip(at.y.chunks_exact(to));
        for (at, (dy, dx)) in values.zip(dy.chunks_exact(to).zip(dx[0].chunks_exact_mut(from))) {
            T::backward(at, &self.windows, dy, dx);
        }
    }
}
