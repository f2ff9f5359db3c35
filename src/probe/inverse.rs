//! A chain of square layers run forward and back in f64: `x = A⁻¹ (f⁻¹(y) − b)`, dense layers by LU with partial pivoting.
//!
//! Such layers are homeomorphisms (Olah 2014): what they do can be undone, and what was inside stays inside. What cannot
//! be undone is said by an [`Obstacle`], not by a wrong answer.

use crate::nn::Network;
use std::ops::Range;

/// A pivot this small beside the largest entry of its matrix counts as zero: weights have 24 bits.
const SINGULAR: f64 = 1e-7;
/// Slope of leaky ReLU below zero.
const LEAK: f64 = 0.01_f32 as f64;

/// Why a layer cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Node `node` maps to another number of coordinates.
    NotSquare {
        /// Which.
        node: usize,
    },
    /// The matrix of node `node` flattens at least one direction.
    Singular {
        /// Which.
        node: usize,
    },
    /// Node `node` is no function with an inverse: ReLU, GELU, sine, dropout.
    ManyToOne {
        /// Which.
        node: usize,
    },
}

/// Layers of a network that can be undone, in f64.
#[derive(Debug, Clone)]
pub struct Inverse {
    width: usize,
    stages: Vec<Stage>,
}

#[derive(Debug, Clone)]
enum Stage {
    Affine(Affine),
    Identity,
    Tanh,
    Sigmoid,
    LeakyRelu,
}

/// `y = x W + b` and W's factors.
#[derive(Debug, Clone)]
struct Affine {
    /// As the network keeps it: inputs × units.
    w: Vec<f64>,
    b: Vec<f64>,
    /// `P Wᵀ = L U`, L below the diagonal (its own is 1), U on it and above.
    lu: Vec<f64>,
    /// Row of Wᵀ that stands in row i.
    order: Vec<usize>,
}

impl Inverse {
    /// The nodes of `net` in `nodes`, if every one of them can be undone. The network must be a plain chain there.
    ///
    /// # Errors
    /// The first [`Obstacle`].
    pub fn new(net: &Network, nodes: Range<usize>) -> Result<Self, Obstacle> {
        let width = net.shape(nodes.start).len();
        let stages = nodes.map(|node| stage(net, node, width)).collect::<Result<_, _>>()?;
        Ok(Self { width, stages })
    }

    /// Coordinates of a point, before and after.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Carries one point through, in place.
    ///
    /// # Panics
    /// If `x` is not `width` long.
    pub fn forward(&self, x: &mut [f64]) {
        assert_eq!(x.len(), self.width, "width of the chain");
        for stage in &self.stages {
            match stage {
                Stage::Identity => {}
                Stage::Affine(affine) => affine.forward(x),
                Stage::Tanh => x.iter_mut().for_each(|v| *v = libm::tanh(*v)),
                Stage::Sigmoid => x.iter_mut().for_each(|v| *v = 1.0 / (1.0 + libm::exp(-*v))),
                Stage::LeakyRelu => x.iter_mut().filter(|v| **v < 0.0).for_each(|v| *v *= LEAK),
            }
        }
    }

    /// Carries one point back, in place; `false` (and `y` is of no use) if it is nobody's image.
    ///
    /// # Panics
    /// If `y` is not `width` long.
    #[must_use]
    pub fn back(&self, y: &mut [f64]) -> bool {
        assert_eq!(y.len(), self.width, "width of the chain");
        for stage in self.stages.iter().rev() {
            match stage {
                Stage::Identity => {}
                Stage::Affine(affine) => affine.back(y),
                // Half of ln((1 + y) / (1 − y)); log1p keeps what is near zero, and the ends go to infinity.
                Stage::Tanh => y.iter_mut().for_each(|v| *v = 0.5 * (libm::log1p(*v) - libm::log1p(-*v))),
                Stage::Sigmoid => y.iter_mut().for_each(|v| *v = libm::log(*v) - libm::log1p(-*v)),
                Stage::LeakyRelu => y.iter_mut().filter(|v| **v < 0.0).for_each(|v| *v /= LEAK),
            }
            if y.iter().any(|v| !v.is_finite()) {
                return false;
            }
        }
        true
    }

    /// How far a point comes back from where it was, as the largest coordinate; infinite if it does not come back.
    pub fn round_trip(&self, x: &[f64]) -> f64 {
        let mut y = x.to_vec();
        self.forward(&mut y);
        if !self.back(&mut y) {
            return f64::INFINITY;
        }
        x.iter().zip(&y).fold(0.0, |most, (a, b)| if (a - b).abs() > most { (a - b).abs() } else { most })
    }
}

fn stage(net: &Network, node: usize, width: usize) -> Result<Stage, Obstacle> {
    if net.shape(node + 1).len() != width {
        return Err(Obstacle::NotSquare { node });
    }
    match net.kind(node) {
        "dense" => {
            let params: Vec<f64> = net.params[net.params_of(node)].iter().map(|p| f64::from(*p)).collect();
            Affine::new(&params, width).map(Stage::Affine).ok_or(Obstacle::Singular { node })
        }
        "linear" => Ok(Stage::Identity),
        "tanh" => Ok(Stage::Tanh),
        "sigmoid" => Ok(Stage::Sigmoid),
        "leaky-relu" => Ok(Stage::LeakyRelu),
        _ => Err(Obstacle::ManyToOne { node }),
    }
}

impl Affine {
    /// None if W is singular.
    fn new(params: &[f64], n: usize) -> Option<Self> {
        let (w, b) = params.split_at(n * n);
        let mut lu: Vec<f64> = (0..n * n).map(|i| w[i % n * n + i / n]).collect();
        let most = w.iter().fold(0.0, |most, v| if v.abs() > most { v.abs() } else { most });
        let mut order: Vec<usize> = (0..n).collect();
        for k in 0..n {
            let mut pivot = k;
            for i in k + 1..n {
                if lu[i * n + k].abs() > lu[pivot * n + k].abs() {
                    pivot = i;
                }
            }
            let usable = lu[pivot * n + k].abs() > SINGULAR * most;
            if !usable {
                return None; // so is a NaN
            }
            order.swap(k, pivot);
            for j in 0..n {
                lu.swap(k * n + j, pivot * n + j);
            }
            for i in k + 1..n {
                let factor = lu[i * n + k] / lu[k * n + k];
                lu[i * n + k] = factor;
                for j in k + 1..n {
                    lu[i * n + j] -= factor * lu[k * n + j];
                }
            }
        }
        Some(Self { w: w.to_vec(), b: b.to_vec(), lu, order })
    }

    fn forward(&self, x: &mut [f64]) {
        let n = self.b.len();
        let y: Vec<f64> = (0..n)
            .map(|j| self.b[j] + x.iter().enumerate().map(|(i, v)| v * self.w[i * n + j]).sum::<f64>())
            .collect();
        x.copy_from_slice(&y);
    }

    fn back(&self, y: &mut [f64]) {
        let n = self.b.len();
        let mut x: Vec<f64> = self.order.iter().map(|&i| y[i] - self.b[i]).collect();
        for i in 0..n {
            for j in 0..i {
                x[i] -= self.lu[i * n + j] * x[j];
            }
        }
        for i in (0..n).rev() {
            for j in i + 1..n {
                x[i] -= self.lu[i * n + j] * x[j];
            }
            x[i] /= self.lu[i * n + i];
        }
        y.copy_from_slice(&x);
    }
}
