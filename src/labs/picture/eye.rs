//! A look at a picture with the network that names photographs: what it answers, and where each pixel would have to go.

use crate::kernel::{Domain, clamp};
use crate::nn::{Mode, Network, Trace};
use crate::objective::{CrossEntropy, Objective, softmax};
use crate::tensor::{batch, rows};
use std::cell::RefCell;
use std::rc::Rc;

/// The buffers of a pass, a hundred megabytes at 224 × 224: shared by clones, and no part of any state.
#[derive(Debug, Clone, Default)]
pub struct Eye(Rc<RefCell<Sight>>);

#[derive(Debug, Default)]
struct Sight {
    trace: Trace,
    dy: Vec<f32>,
}

impl Eye {
    /// The probability of every class, for a picture as the network gets it.
    pub fn answers(&self, net: &Network, x: &[f32]) -> Vec<f32> {
        let sight = &mut *self.0.borrow_mut();
        net.forward(batch(x, x.len()), Mode::Eval, sight.trace.closed());
        let mut p = sight.trace.answers().to_vec();
        let width = p.len();
        softmax(&mut p, width);
        p
    }

    /// `∂ −log p(class) / ∂ x` into `gradient`, which is as long as the picture.
    pub fn gradient(&self, net: &Network, x: &[f32], class: u32, gradient: &mut [f32]) {
        let Sight { trace, dy } = &mut *self.0.borrow_mut();
        net.forward(batch(x, x.len()), Mode::Eval, trace.closed());
        let width = net.output().len();
        dy.resize(width, 0.0);
        CrossEntropy(&[class]).eval(trace.answers(), width, &mut [0.0], dy);
        net.input_gradient(trace, dy);
        gradient.copy_from_slice(rows(&trace.input_gradient()));
    }
}

/// Grey levels 0 and 255, as the network gets them.
pub const DOMAIN: Domain = Domain { low: -127.0 / 128.0, high: 1.0 };

/// Bytes as the network gets them.
pub fn normalized(pixels: &[u8]) -> Vec<f32> {
    pixels.iter().map(|v| (f32::from(*v) - 127.0) / 128.0).collect()
}

/// The other way: the nearest grey levels, 0 to 255, into `out`.
pub fn levels(x: &[f32], out: &mut [f32]) {
    out.iter_mut().zip(x).for_each(|(out, x)| *out = clamp((x * 128.0 + 127.0).round(), 0.0, 255.0));
}

/// The `count` likeliest classes, each with its probability; of equals the first.
pub fn top(p: &[f32], count: usize) -> Vec<[f32; 2]> {
    let mut best: Vec<[f32; 2]> = Vec::with_capacity(count + 1);
    for (class, p) in p.iter().enumerate() {
        let at = best.iter().position(|known| *p > known[1]).unwrap_or(best.len());
        if at < count {
            best.insert(at, [class as f32, *p]);
            best.truncate(count);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_come_first_and_of_equals_the_first() {
        assert_eq!(top(&[0.1, 0.3, 0.1, 0.2, 0.3], 3), [[1.0, 0.3], [4.0, 0.3], [3.0, 0.2]]);
        assert_eq!(top(&[0.1, 0.3], 5), [[1.0, 0.3], [0.0, 0.1]]);
    }

    #[test]
    fn grey_is_nothing_to_the_network() {
        assert_eq!(normalized(&[127, 255, 0]), [0.0, 1.0, -127.0 / 128.0]);
    }
}
