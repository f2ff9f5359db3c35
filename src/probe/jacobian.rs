//! `J = ∂ a_to / ∂ a_from` of a chain at every row of a pass, with its determinant and its singular values.
//!
//! One row of J is one backward pass from one unit, so every layer's own gradient is what is multiplied. A singular value
//! is how much J stretches in one direction; `√det JᵀJ` is how much it stretches the area or volume it is given.

use crate::kernel::{column_norm, svd};
use crate::nn::{Network, Trace};
use crate::tensor::{BatchView, rows};
use std::mem::swap;

/// Jacobians of a batch: `N` matrices of `outputs × inputs`, with the buffers they were made in.
#[derive(Debug, Default)]
pub struct Jacobian {
    outputs: usize,
    inputs: usize,
    /// N × outputs × inputs.
    data: Vec<f32>,
    dy: Vec<f32>,
    dx: Vec<f32>,
}

impl Jacobian {
    /// The Jacobians of activation `to` with respect to activation `from`, at every row of the pass in `trace`.
    ///
    /// # Panics
    /// If `from > to`, or a node between them reads anything but the activation before it.
    pub fn take(&mut self, net: &Network, trace: &Trace, from: usize, to: usize) {
        assert!(from <= to, "from the earlier activation to the later one");
        let n = trace.rows();
        (self.outputs, self.inputs) = (net.shape(to).len(), net.shape(from).len());
        let (outputs, inputs) = (self.outputs, self.inputs);
        self.data.resize(n * outputs * inputs, 0.0);
        for unit in 0..outputs {
            self.dy.clear();
            self.dy.resize(n * outputs, 0.0);
            self.dy.iter_mut().skip(unit).step_by(outputs).for_each(|one| *one = 1.0);
            for node in (from..to).rev() {
                self.dx.resize(n * net.shape(node).len(), 0.0);
                net.node_gradient(node, trace, &self.dy, &mut self.dx);
                swap(&mut self.dy, &mut self.dx);
            }
            let of_unit =
                self.data.chunks_exact_mut(outputs * inputs).map(|j| &mut j[unit * inputs..][..inputs]);
            for (row, dy) in of_unit.zip(self.dy.chunks_exact(inputs)) {
                row.copy_from_slice(dy);
            }
        }
    }

    /// Matrices held.
    pub fn len(&self) -> usize {
        self.data.len() / (self.outputs * self.inputs).max(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// The matrix at row `i` of the batch.
    pub fn at(&self, i: usize) -> BatchView<'_> {
        let size = self.outputs * self.inputs;
        crate::tensor::batch(&self.data[i * size..][..size], self.inputs)
    }
}

/// Singular values of `j`, largest first: as many as `j` has columns, zeros among them where it has fewer rows.
pub fn stretches(j: BatchView) -> Vec<f64> {
    let cols = j.ncols();
    let mut a: Vec<f64> = rows(&j).iter().map(|v| f64::from(*v)).collect();
    svd(&mut a, cols, &mut vec![0.0; cols * cols]);
    (0..cols).map(|p| column_norm(&a, cols, p)).collect()
}

/// `det j` of a square matrix, by elimination with row exchanges.
///
/// # Panics
/// If `j` is not square.
pub fn determinant(j: BatchView) -> f64 {
    let n = j.ncols();
    assert_eq!(j.nrows(), n, "a square matrix");
    let mut a: Vec<f64> = rows(&j).iter().map(|v| f64::from(*v)).collect();
    let mut det = 1.0;
    for k in 0..n {
        let mut pivot = k;
        for i in k + 1..n {
            if a[i * n + k].abs() > a[pivot * n + k].abs() {
                pivot = i;
            }
        }
        if pivot != k {
            (0..n).for_each(|c| a.swap(k * n + c, pivot * n + c));
            det = -det;
        }
        let head = a[k * n + k];
        det *= head;
        if head == 0.0 {
            return 0.0;
        }
        for i in k + 1..n {
            let share = a[i * n + k] / head;
            (k..n).for_each(|c| a[i * n + c] -= share * a[k * n + c]);
        }
    }
    det
}

/// `√det JᵀJ`: how much `j` stretches the area (two columns) or volume it is given; `|det j|` where it is square.
pub fn volume(j: BatchView) -> f64 {
    if j.nrows() == j.ncols() {
        return determinant(j).abs();
    }
    stretches(j).iter().product()
}
