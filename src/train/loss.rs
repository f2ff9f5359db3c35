//! A loss by name, ready for class labels: regression losses see one-hot targets.

use crate::error::{Result, choice};
use crate::objective::{CrossEntropy, Hinge, Huber, Mse, Objective};

/// What a classifier descends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Loss {
    CrossEntropy,
    Mse,
    Huber,
    Hinge,
}

impl Loss {
    /// Every choice, as it is written in links.
    pub const NAMES: [&'static str; 4] = ["cross-entropy", "mse", "huber", "hinge"];

    /// The loss called `name`.
    ///
    /// # Errors
    /// [`Error::Choice`](crate::Error::Choice).
    pub fn from_name(name: &str) -> Result<Self> {
        use Loss::*;
        let all = [CrossEntropy, Mse, Huber, Hinge];
        Ok(all[choice("loss", name, &Self::NAMES)?])
    }

    /// Calls `f` with this loss against `classes`; `targets` is room for their one-hot rows.
    pub fn with<T>(
        self,
        classes: &[u32],
        width: usize,
        targets: &mut Vec<f32>,
        f: impl FnOnce(&dyn Objective) -> T,
    ) -> T {
        if matches!(self, Loss::Mse | Loss::Huber) {
            targets.clear();
            targets.resize(classes.len() * width, 0.0);
            for (row, class) in targets.chunks_exact_mut(width).zip(classes) {
                row[*class as usize] = 1.0;
            }
        }
        match self {
            Loss::CrossEntropy => f(&CrossEntropy(classes)),
            Loss::Mse => f(&Mse(targets)),
            Loss::Huber => f(&Huber { targets, delta: 1.0 }),
            Loss::Hinge => f(&Hinge(classes)),
        }
    }

    /// By how much logits are multiplied before a softmax shows them as shares: 1 for cross-entropy, where they are
    /// probabilities; more for losses whose outputs stop at a margin or a target of 1.
    pub fn sharpness(self) -> f32 {
        match self {
            Loss::CrossEntropy => 1.0,
            Loss::Hinge => 3.0,
            Loss::Mse | Loss::Huber => 6.0,
        }
    }
}
