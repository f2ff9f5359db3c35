//! What an attack or a probe pushes: logits, differences of logits, margins.

use super::Objective;

/// One logit: `z_unit`.
#[derive(Debug, Clone, Copy)]
pub struct Logit(
    /// Which output.
    pub usize,
);

impl Objective for Logit {
    fn eval(&self, y: &[f32], width: usize, values: &mut [f32], dy: &mut [f32]) {
        dy.fill(0.0);
        for ((y, dy), value) in y.chunks_exact(width).zip(dy.chunks_exact_mut(width)).zip(values) {
            (*value, dy[self.0]) = (y[self.0], 1.0);
        }
    }
}

/// `z_to − z_from`, each row with its own pair (DeepFool's linearised boundaries). Equal classes give 0.
#[derive(Debug, Clone, Copy)]
pub struct LogitDifference<'a> {
    /// One class a row.
    pub from: &'a [u32],
    /// One class a row.
    pub to: &'a [u32],
}

impl Objective for LogitDifference<'_> {
    fn eval(&self, y: &[f32], width: usize, values: &mut [f32], dy: &mut [f32]) {
        dy.fill(0.0);
        let pairs = self.from.iter().zip(self.to);
        for (((y, dy), value), (&from, &to)) in
            y.chunks_exact(width).zip(dy.chunks_exact_mut(width)).zip(values).zip(pairs)
        {
            let (from, to) = (from as usize, to as usize);
            *value = y[to] - y[from];
            dy[to] += 1.0;
            dy[from] -= 1.0;
        }
    }
}

/// How far a row is from being given `label`: `z_label − max_{i ≠ label} z_i`. Negative means another class wins.
///
/// Carlini & Wagner's f is `max(margin, −κ)` for an untargeted attack on `label`.
#[derive(Debug, Clone, Copy)]
pub struct Margin<'a>(
    /// One class a row.
    pub &'a [u32],
);

impl Margin<'_> {
    /// The strongest class other than `label`.
    pub fn rival(row: &[f32], label: usize) -> usize {
        let mut best = usize::from(label == 0);
        for (i, v) in row.iter().enumerate() {
            if i != label && *v > row[best] {
                best = i;
            }
        }
        best
    }
}

impl Objective for Margin<'_> {
    fn eval(&self, y: &[f32], width: usize, values: &mut [f32], dy: &mut [f32]) {
        dy.fill(0.0);
        for (((y, dy), value), &label) in
            y.chunks_exact(width).zip(dy.chunks_exact_mut(width)).zip(values).zip(self.0)
        {
            let (label, rival) = (label as usize, Self::rival(y, label as usize));
            *value = y[label] - y[rival];
            (dy[label], dy[rival]) = (1.0, -1.0);
        }
    }
}
