//! How hard each attack tries, and by which rules.

use super::{Ball, Norm};

/// What the ascent climbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Cross-entropy from logits, as in the literature.
    CrossEntropy,
    /// The winning logit's lead. It never saturates; with two classes its gradient has the same direction.
    Margin,
}

/// Where the first try starts; every later one starts anywhere in the ball.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// At the clean point.
    Clean,
    /// Anywhere in the ball, uniformly.
    Random,
}

/// When a row is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// At the first point where the goal is reached.
    AtSuccess,
    /// After its last step, as the textbook has it: only the points where tries end count.
    AtEnd,
}

/// How [`Pgd`](super::Pgd) climbs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PgdSettings {
    /// Where the push may end.
    pub ball: Ball,
    /// Length α of one step, in the ball's norm.
    pub rate: f32,
    /// Steps a try.
    pub steps: u32,
    /// Tries; at least 1.
    pub restarts: u32,
    /// Where the first begins.
    pub start: Start,
    /// What is climbed.
    pub loss: Loss,
    /// When a row is done.
    pub stop: Stop,
}

impl PgdSettings {
    /// `steps` steps of 2.5 ε / `steps` (Madry's rule: any point of the ball can be reached) on the margin, the first
    /// try from the clean point.
    pub fn new(ball: Ball, steps: u32, restarts: u32) -> Self {
        let rate = 2.5 * ball.epsilon / steps.max(1) as f32;
        Self { ball, rate, steps, restarts, start: Start::Clean, loss: Loss::Margin, stop: Stop::AtSuccess }
    }

    /// The fast gradient method: one step to the edge of the ball. Norm ∞ makes it FGSM.
    pub fn one_step(ball: Ball) -> Self {
        let textbook = Self { loss: Loss::CrossEntropy, stop: Stop::AtEnd, ..Self::new(ball, 1, 1) };
        Self { rate: ball.epsilon, ..textbook }
    }

    /// The iterative fast gradient method (Kurakin et al. 2017): `steps` steps of ε / `steps` on the cross-entropy, from the clean
    /// point. With [momentum](super::Pgd::with_momentum) it is MI-FGSM; the paper takes 10 steps and μ = 1.
    pub fn iterative(ball: Ball, steps: u32) -> Self {
        let rate = ball.epsilon / steps.max(1) as f32;
        Self { rate, loss: Loss::CrossEntropy, stop: Stop::AtEnd, ..Self::new(ball, steps, 1) }
    }
}

/// How far [`DeepFool`](super::DeepFool) goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeepFoolSettings {
    /// How a push is measured: [`Norm::Two`] or [`Norm::Inf`].
    pub norm: Norm,
    /// Most linearisations a row.
    pub steps: u32,
    /// Most classes compared, the row's own included: its likeliest.
    pub candidates: usize,
    /// Share by which the sum of steps is lengthened.
    pub overshoot: f32,
}

impl DeepFoolSettings {
    /// The paper's: 50 steps, 10 candidates, 2 % overshoot.
    pub fn new(norm: Norm) -> Self {
        Self { norm, steps: 50, candidates: 10, overshoot: 0.02 }
    }
}

/// How hard [`CarliniWagner`](super::CarliniWagner) looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CarliniWagnerSettings {
    /// How a push is measured: [`Norm::Two`] or [`Norm::Inf`].
    pub norm: Norm,
    /// κ: by how many logits the goal's class must win.
    pub confidence: f32,
    /// Adam's rate, in units of w; it falls in a line to a hundredth over each descent.
    pub rate: f32,
    /// Updates in one descent.
    pub steps: u32,
    /// Descents a start, each with its own c.
    pub searches: u32,
    /// The first c.
    pub constant: f32,
    /// Starts; the first is the clean point.
    pub starts: u32,
    /// Descents of every start after the first.
    pub searches_again: u32,
}

impl CarliniWagnerSettings {
    /// Enough for a network on the plane: a few hundred gradients a row and start.
    pub fn new(norm: Norm) -> Self {
        Self {
            norm,
            confidence: 0.0,
            rate: 0.02,
            steps: 100,
            searches: 8,
            constant: 0.01,
            starts: 1,
            searches_again: 2,
        }
    }
}
