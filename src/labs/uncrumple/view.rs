//! What is shown of every layer: paper and points as they lie after it, in three dimensions, and the cut at the end.
//!
//! A layer of up to three neurons is drawn as it is. A wider one is projected on its three principal axes, and these are turned
//! among themselves so that up is where the classes part, and right is where the paper's u grows: a picture that neither flips
//! nor spins while the network trains. Every layer is centred and brought to one size.

use crate::kernel::{Mat, Write, fill_rows, gemm};
use crate::nn::{Mode, Network, Trace};
use crate::objective::{self, CrossEntropy, Objective};
use crate::probe::principal_axes;
use crate::tensor::{batch, rows};
use crate::train::CHUNK;

use super::paper::Paper;

/// Points that the axes are worked out from.
const SURVEYED: usize = 500;

/// Activations that stand for layers: the input and every hidden layer after its activation function.
pub fn layers(net: &Network) -> Vec<usize> {
    (0..net.len()).filter(|&i| i == 0 || net.kind(i) == "dense").collect()
}

/// How a layer is brought into three dimensions: `y = axes (h − mean)`.
#[derive(Debug, Default, Clone)]
struct Projection {
    mean: Vec<f32>,
    /// `3 × width`
    axes: Vec<f32>,
    /// Share of the layer's variance that is seen.
    share: f32,
}

/// Buffers of the view.
#[derive(Debug, Default)]
pub struct View {
    trace: Trace,
    /// By layer, all rows: points first, then the mesh.
    acts: Vec<Vec<f32>>,
    projections: Vec<Projection>,
    values: Vec<f32>,
    dy: Vec<f32>,
    /// Share of class 2 for every point.
    second: Vec<f32>,
}

impl View {
    /// Carries points and paper through `net`; returns loss and accuracy on the points.
    pub fn look(&mut self, net: &Network, paper: &Paper) -> (f32, f32) {
        let shown = layers(net);
        self.acts.resize(shown.len(), Vec::new());
        self.acts.iter_mut().for_each(Vec::clear);
        self.second.clear();
        let (mut loss, mut right) = (0.0, 0);
        for from in (0..paper.train.len()).step_by(CHUNK) {
            let (x, classes) = paper.train.rows(from, (from + CHUNK).min(paper.train.len()));
            net.forward(x, Mode::Eval, &mut self.trace);
            self.keep(&shown);
            let y = self.trace.output();
            let y = rows(&y);
            self.values.resize(classes.len(), 0.0);
            self.dy.resize(y.len(), 0.0);
            CrossEntropy(classes).eval(y, 2, &mut self.values, &mut self.dy);
            self.second.extend(y.chunks_exact(2).map(|y| 1.0 / (1.0 + libm::expf(y[0] - y[1]))));
            loss += crate::kernel::sum(&self.values);
            right += y.chunks_exact(2).zip(classes).filter(|(y, c)| objective::argmax(y) == **c as usize).count();
        }
        for chunk in paper.mesh.chunks(3 * CHUNK) {
            net.forward(batch(chunk, 3), Mode::Eval, &mut self.trace);
            self.keep(&shown);
        }
        self.projections = (0..shown.len()).map(|k| projection(&self.acts[k], net.shape(shown[k]).len(), paper)).collect();
        let n = paper.train.len() as f32;
        (loss / n, right as f32 / n)
    }

    fn keep(&mut self, shown: &[usize]) {
        for (kept, &i) in self.acts.iter_mut().zip(shown) {
            kept.extend_from_slice(rows(&self.trace.activation(i)));
        }
    }

    /// Class, and the share that the second class got, of every point.
    pub fn answers(&self, paper: &Paper, out: &mut [f32]) {
        for ((row, class), share) in out.chunks_exact_mut(2).zip(&paper.train.classes).zip(&self.second) {
            row.copy_from_slice(&[*class as f32, *share]);
        }
    }

    /// How many layers the last look saw.
    pub fn count(&self) -> usize {
        self.projections.len()
    }

    /// Rows `from..to` of layer `k` of the last look, projected.
    pub fn project(&self, k: usize, from: usize, out: &mut [f32]) {
        let Projection { mean, axes, .. } = &self.projections[k];
        let width = mean.len();
        let count = out.len() / 3;
        let acts = &self.acts[k][from * width..][..count * width];
        // −axes · mean in every row, to which the product is added.
        let mut start = [0.0; 3];
        for (s, axis) in start.iter_mut().zip(axes.chunks_exact(width)) {
            *s = -mean.iter().zip(axis).fold(0.0, |sum, (m, a)| sum + a * m);
        }
        fill_rows(&start, out);
        gemm(Mat::new(acts, count, width), Mat::new(axes, 3, width).t(), out, Write::Add);
    }

    /// Width of layer `k`, and the share of its variance that is seen.
    pub fn seen(&self, k: usize) -> [f32; 2] {
        let projection = &self.projections[k];
        [projection.mean.len() as f32, projection.share]
    }

    /// The cut of the last layer as it passes through what is seen of it: `n·y + c = 0`, as `[n, c]`.
    pub fn cut(&self, net: &Network) -> [f32; 4] {
        let Projection { mean, axes, .. } = self.projections.last().expect("an input");
        let width = mean.len();
        let (weights, bias) = net.params[net.params_of(net.len() - 1)].split_at(2 * width);
        let difference: Vec<f32> = weights.chunks_exact(2).map(|w| w[1] - w[0]).collect();
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b);
        let mut cut = [0.0; 4];
        for (n, axis) in cut.iter_mut().zip(axes.chunks_exact(width)) {
            // The axes carry the scale s; h − mean = axesᵀ y / s².
            let square = dot(axis, axis);
            *n = if square > 0.0 { dot(axis, &difference) / square } else { 0.0 };
        }
        cut[3] = dot(&difference, mean) + bias[1] - bias[0];
        cut
    }
}

fn projection(acts: &[f32], width: usize, paper: &Paper) -> Projection {
    let count = paper.train.len().min(SURVEYED);
    let surveyed = &acts[..count * width];
    let found = principal_axes(surveyed, width, width.min(3));
    let mut axes = vec![0.0; 3 * width];
    if width <= 3 {
        (0..width).for_each(|k| axes[k * width + k] = 1.0);
    } else {
        axes = turned(&found.directions, &found.mean, surveyed, width, paper);
    }
    let share = found.share.iter().sum();
    let mut projection = Projection { mean: found.mean, axes, share };
    let spread = surveyed.chunks_exact(width).flat_map(|h| h.iter().zip(&projection.mean)).fold(0.0, |sum, (h, m)| {
        let d = f64::from(h - m);
        sum + d * d
    });
    let size = (spread * f64::from(share) / count as f64).sqrt();
    let scale = if size > 1e-9 { (1.0 / size) as f32 } else { 1.0 };
    projection.axes.iter_mut().for_each(|a| *a *= scale);
    projection
}

/// The three `directions` turned among themselves: the third along the difference of the classes, the first along u.
fn turned(directions: &[f32], mean: &[f32], acts: &[f32], width: usize, paper: &Paper) -> Vec<f32> {
    // How class, u and v go along with each of the three: their covariances.
    let mut with = [[0.0f64; 3]; 3];
    for (i, h) in acts.chunks_exact(width).enumerate() {
        let class = if paper.train.classes[i] == 0 { 1.0 } else { -1.0 };
        let (u, v) = (f64::from(paper.uv[2 * i]), f64::from(paper.uv[2 * i + 1]));
        for (k, axis) in directions.chunks_exact(width).enumerate() {
            let y = f64::from(h.iter().zip(mean).zip(axis).fold(0.0, |sum, ((h, m), a)| sum + a * (h - m)));
            for (row, label) in with.iter_mut().zip([class, u, v]) {
                row[k] += label * y;
            }
        }
    }
    let [class, u, v] = with;
    let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let cross = |a: [f64; 3], b: [f64; 3]| {
        [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    };
    // `x` without its part along `up`, at length 1; `instead` where nothing is left of it.
    let unit = |x: [f64; 3], up: [f64; 3], instead: [f64; 3]| {
        let along = dot(x, up);
        let rest = [x[0] - along * up[0], x[1] - along * up[1], x[2] - along * up[2]];
        let length = dot(rest, rest).sqrt();
        if length > 1e-9 { rest.map(|v| v / length) } else { instead }
    };
    let up = unit(class, [0.0; 3], [0.0, 0.0, 1.0]);
    let least = (0..3).fold(0, |least, k| if up[k].abs() < up[least].abs() { k } else { least });
    let mut other = [0.0; 3];
    other[least] = 1.0;
    let right = unit(u, up, unit(other, up, [1.0, 0.0, 0.0]));
    let mut back = cross(up, right);
    if dot(back, v) < 0.0 {
        back = back.map(|b| -b);
    }
    let mut axes = vec![0.0; 3 * width];
    for (axis, turn) in axes.chunks_exact_mut(width).zip([right, back, up]) {
        for (direction, by) in directions.chunks_exact(width).zip(turn) {
            axis.iter_mut().zip(direction).for_each(|(a, d)| *a += by as f32 * d);
        }
    }
    axes
}
