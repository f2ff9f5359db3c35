//! Pushes that change a network's mind, one step at a time: every attack advances all its rows by one gradient a step.
//!
//! [`MinimalPush`] asks how little is enough; [`Pgd`] asks what the worst push of a given size does; [`Universal`] looks for
//! one push that does for all rows; [`Noise`] is the control: the same size, no direction. An attack sees its network through `&` and cannot train it.

mod ascent;
mod carlini_wagner;
mod deepfool;
mod look;
mod minimal;
mod momentum;
mod noise;
mod pgd;
mod pull_back;
mod search;
mod settings;
mod smallest_ball;
mod task;
mod turn;
mod universal;

pub use crate::kernel::{Ball, Domain, Norm};
pub use ascent::ascend;
pub use carlini_wagner::CarliniWagner;
pub use deepfool::DeepFool;
pub use minimal::{Method, MinimalPush};
pub use momentum::Momentum;
pub use noise::{Draw, Noise, Wall};
pub use pgd::Pgd;
pub use settings::{CarliniWagnerSettings, DeepFoolSettings, Loss, PgdSettings, Start, Stop};
pub use task::{Goal, Task};
pub use universal::{Universal, UniversalSettings};

use crate::nn::Network;
use crate::tensor::BatchView;

/// What became of one row. The numbers are those of the channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No push found (yet).
    NotFound = 0,
    /// Pushed where the goal wants it.
    Found = 1,
    /// There already before any push: not a success of the attack.
    AlreadyWrong = 2,
}

/// A batch of rows under attack. Results can be read at any time; they are final once a step has returned `true`.
pub trait Attack {
    /// One step of every row that is not done, against a network that is only looked at. `true` once there is
    /// nothing left to do; a step after that does nothing.
    fn step(&mut self, net: &Network) -> bool;

    /// Each row's best push so far, `N × d`. A minimal attack leaves a row it has not moved at its clean point; an
    /// attack inside a given ball shows the row's worst point, found or not.
    fn adversarial(&self) -> BatchView<'_>;

    /// Each row's ‖adversarial − clean‖, in the attack's own norm.
    fn sizes(&self) -> &[f32];

    /// What became of each row.
    fn status(&self) -> &[Status];

    /// Input gradients taken so far, one a row each time.
    fn gradients_spent(&self) -> u64;

    /// Share of rows that were right and stayed so; NaN without rows.
    fn robust_accuracy(&self) -> f32 {
        let kept = self.status().iter().filter(|s| **s == Status::NotFound).count();
        kept as f32 / self.status().len() as f32
    }

    /// Mean size over the rows found; NaN if there are none.
    fn mean_size(&self) -> f32 {
        let found = self.status().iter().zip(self.sizes()).filter(|(s, _)| **s == Status::Found);
        let (sum, count) = found.fold((0.0, 0u32), |(sum, count), (_, size)| (sum + size, count + 1));
        sum / count as f32
    }

    /// Steps until it is done.
    fn run(&mut self, net: &Network)
    where
        Self: Sized,
    {
        while !self.step(net) {}
    }
}
