//! The gradient of a layer's activation with respect to a picture: moved by a few pixels first, and taken in tiles where it is large.

use super::Aim;
use crate::nn::{Mode, Network, Trace};
use crate::tensor::{Shape, batch, rows};

/// Buffers of a gradient.
#[derive(Debug, Default)]
pub struct Slope {
    trace: Trace,
    x: Vec<f32>,
    dy: Vec<f32>,
    offsets: Vec<[usize; 2]>,
}

impl Slope {
    /// For each picture of `x` (N × `shape`, N the number of `aims`): its value into `values`, and d value / d x into `g`.
    ///
    /// Every picture is looked at from its `offset` on (rows, columns), what leaves it on one side coming back on the other. `net` reads
    /// tiles of its own input's geometry, as many as cover the picture; the value is their mean. Where a tile goes over the edge again, the last
    /// one counts.
    pub fn eval(
        &mut self,
        net: &Network,
        last: usize,
        (x, shape): (&[f32], Shape),
        (aims, offsets): (&[Aim], &[[usize; 2]]),
        (values, g): (&mut [f32], &mut [f32]),
    ) {
        let (tiles, channels) = (tiles(net.input(), shape), net.shape(last).channels);
        values.fill(0.0);
        for k in 0..tiles {
            self.look(net, last, (x, shape), offsets, k);
            let y = self.trace.output();
            let y = rows(&y);
            self.dy.resize(y.len(), 0.0);
            let width = y.len() / aims.len();
            let each = y.chunks_exact(width).zip(self.dy.chunks_exact_mut(width));
            for ((aim, value), (y, dy)) in aims.iter().zip(&mut *values).zip(each) {
                *value += aim.eval(y, channels, dy) / tiles as f32;
            }
            net.input_gradient(&mut self.trace, &self.dy);
            let dx = self.trace.input_gradient();
            let each = self.offsets.iter().zip(g.chunks_exact_mut(shape.len()));
            let tile = net.input();
            for ((at, g), dx) in each.zip(rows(&dx).chunks_exact(tile.len())) {
                lines(shape, tile, *at, |from, to| g[from..][..to.len()].copy_from_slice(&dx[to]));
            }
        }
    }

    /// The value alone, of one picture.
    pub fn value(
        &mut self,
        net: &Network,
        last: usize,
        (x, shape): (&[f32], Shape),
        (aim, offset): (Aim, [usize; 2]),
    ) -> f32 {
        let (tiles, channels) = (tiles(net.input(), shape), net.shape(last).channels);
        let of = |k| {
            self.look(net, last, (x, shape), &[offset], k);
            aim.value(rows(&self.trace.output()), channels) / tiles as f32
        };
        (0..tiles).map(of).sum()
    }

    /// Tile `k` of each picture through the network.
    fn look(
        &mut self,
        net: &Network,
        last: usize,
        (x, shape): (&[f32], Shape),
        offsets: &[[usize; 2]],
        k: usize,
    ) {
        let tile = net.input();
        let across = shape.width.div_ceil(tile.width);
        let corner = [k / across * tile.height, k % across * tile.width];
        self.offsets.clear();
        self.offsets.extend(offsets.iter().map(|[i, j]| [i + corner[0], j + corner[1]]));
        self.x.resize(offsets.len() * tile.len(), 0.0);
        let each = self.offsets.iter().zip(x.chunks_exact(shape.len()));
        for ((at, x), out) in each.zip(self.x.chunks_exact_mut(tile.len())) {
            lines(shape, tile, *at, |from, to| out[to.clone()].copy_from_slice(&x[from..][..to.len()]));
        }
        net.forward_to(last, batch(&self.x, tile.len()), Mode::Eval, self.trace.closed());
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.trace.heap_bytes() + 4 * (self.x.capacity() + self.dy.capacity())
    }
}

/// How many cover a picture of `shape`.
fn tiles(tile: Shape, shape: Shape) -> usize {
    shape.height.div_ceil(tile.height) * shape.width.div_ceil(tile.width)
}

/// Calls `f` with every unbroken piece of a tile that begins at `at` of a picture that goes round: where it lies in the picture, and in the tile.
fn lines(shape: Shape, tile: Shape, at: [usize; 2], mut f: impl FnMut(usize, std::ops::Range<usize>)) {
    let channels = shape.channels;
    for row in 0..tile.height {
        let line = (at[0] + row) % shape.height * shape.width;
        let mut column = 0;
        while column < tile.width {
            let from = (at[1] + column) % shape.width;
            let count = (shape.width - from).min(tile.width - column);
            let to = (row * tile.width + column) * channels;
            f((line + from) * channels, to..to + count * channels);
            column += count;
        }
    }
}
