//! How many input gradients are exactly zero: where they are, an attack that follows them is blind, and what withstands it need not
//! be robust (Carlini et al. 2019, "On Evaluating Adversarial Robustness"; Athalye et al. 2018).

use crate::nn::{Mode, Network, Trace};
use crate::objective::{CrossEntropy, Objective};
use crate::tensor::{batch, rows};

/// Rows asked about at a time.
const CHUNK: usize = 256;

/// Shares of exact zeros, of either sign, among d loss / d input. NaN without rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZeroGradients {
    /// Among all values of all rows.
    pub values: f32,
    /// Rows with nothing but zeros: no step at all.
    pub rows: f32,
}

/// Asks `net`, without chance, for the gradient of the cross-entropy of every row of `x` (`N × input`) with its class.
///
/// # Panics
/// Unless there is one row a class, as wide as the network's input.
pub fn zero_gradients(net: &Network, x: &[f32], classes: &[u32]) -> ZeroGradients {
    let (width, outputs) = (net.input().len(), net.output().len());
    assert_eq!(x.len(), classes.len() * width, "a row a class");
    let (mut trace, mut values, mut dy) = (Trace::new(), Vec::new(), Vec::new());
    let (mut zeros, mut blind) = (0u64, 0u64);
    for (x, classes) in x.chunks(CHUNK * width).zip(classes.chunks(CHUNK)) {
        values.resize(classes.len(), 0.0);
        dy.resize(classes.len() * outputs, 0.0);
        net.forward(batch(x, width), Mode::Eval, trace.closed());
        CrossEntropy(classes).eval(trace.answers(), outputs, &mut values, &mut dy);
        net.input_gradient(&mut trace, &dy);
        let gradient = trace.input_gradient();
        for row in rows(&gradient).chunks_exact(width) {
            let here = row.iter().filter(|g| **g == 0.0).count();
            zeros += here as u64;
            blind += u64::from(here == width);
        }
    }
    let n = classes.len() as f64;
    ZeroGradients { values: (zeros as f64 / (n * width as f64)) as f32, rows: (blind as f64 / n) as f32 }
}
