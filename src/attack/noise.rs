//! The control: pushes of the same size without a direction.

use super::look::Look;
use super::{Attack, Ball, Status, Task};
use crate::error::{Error, Result};
use crate::kernel;
use crate::nn::Network;
use crate::rng::Rng;
use crate::tensor::{BatchView, Scratch};

/// Where the noise comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draw {
    /// Of the ball's size exactly: the sphere under ‖·‖₂, random signs under ‖·‖∞.
    Surface,
    /// Anywhere in the ball, uniformly.
    Ball,
}

/// What becomes of a component that would leave the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wall {
    /// It changes its sign if that keeps it inside: the size stays what it was. One too long for either side ends at the wall.
    Turn,
    /// It ends at the wall, as where others add noise to pictures: of a black background only half is lighter. Turned, all of it
    /// would be, which is no noise but a direction: a small network of plain layers reads 92 % of digits, under signs of 0.1
    /// 62 % turned and 86 % stopped.
    Stop,
}

/// Random pushes, one draw of every row a step.
#[derive(Debug, Clone)]
pub struct Noise {
    task: Task,
    ball: Ball,
    draw: Draw,
    wall: Wall,
    rng: Rng,
    draws: u32,
    taken: u32,
    x: Vec<f32>,
    best: Vec<f32>,
    sizes: Vec<f32>,
    status: Vec<Status>,
    rows: Vec<u32>,
    /// Rows right before and after a draw, over all draws.
    kept: u64,
    scratch: Scratch<Look>,
}

impl Noise {
    /// `draws` pushes of each row of `task`.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a negative or non-finite ε.
    pub fn new(task: Task, ball: Ball, draw: Draw, draws: u32, rng: &Rng) -> Result<Self> {
        if !(0.0..=f32::MAX).contains(&ball.epsilon) {
            let (min, max) = (0.0, f64::from(f32::MAX));
            return Err(Error::Parameter { name: "epsilon".into(), min, max, value: ball.epsilon.into() });
        }
        let n = task.len();
        Ok(Self {
            ball,
            draw,
            wall: Wall::Turn,
            rng: rng.clone(),
            draws,
            taken: 0,
            x: task.clean().to_vec(),
            best: task.clean().to_vec(),
            sizes: vec![0.0; n],
            status: vec![Status::NotFound; n],
            rows: (0..n as u32).collect(),
            kept: 0,
            scratch: Scratch::default(),
            task,
        })
    }

    /// The same, but with another rule at the walls than [`Wall::Turn`].
    pub fn at_walls(self, wall: Wall) -> Self {
        Self { wall, ..self }
    }

    /// Share of rows that are right, and still right under the noise: the mean over the draws so far. NaN before any.
    pub fn accuracy(&self) -> f32 {
        let draws = self.taken.saturating_sub(1);
        (self.kept as f64 / (f64::from(draws) * self.task.len() as f64)) as f32
    }

    fn draw(&mut self) {
        for i in 0..self.task.len() {
            let (clean, x) = (self.task.row(i), self.task.of_mut(&mut self.x, i));
            match self.draw {
                Draw::Surface => self.ball.draw_surface(&mut self.rng, x),
                Draw::Ball => self.ball.draw(&mut self.rng, x),
            }
            for (x, &clean) in x.iter_mut().zip(clean) {
                let (low, high) = self.task.domain.bounds(clean);
                let fits = |push: f32| (low..=high).contains(&(clean + push));
                *x = if self.wall == Wall::Turn && !fits(*x) && fits(-*x) { clean - *x } else { clean + *x };
                *x = kernel::clamp(*x, low, high);
            }
        }
    }
}

impl Attack for Noise {
    fn step(&mut self, net: &Network) -> bool {
        if self.taken > self.draws {
            return true;
        }
        if self.taken > 0 {
            self.draw();
        }
        let look = &mut *self.scratch.get();
        look.forward(net, &self.task, &self.x, &self.rows);
        for i in 0..self.task.len() {
            let won = self.task.goal.reached(look.logits(i), self.task.class(i));
            let right = self.status[i] != Status::AlreadyWrong;
            if self.taken == 0 {
                self.status[i] = if won { Status::AlreadyWrong } else { Status::NotFound };
                continue;
            }
            self.kept += u64::from(right && !won);
            if self.status[i] == Status::NotFound {
                self.sizes[i] = self.task.size(self.ball.norm, &self.x, i);
                self.task.of_mut(&mut self.best, i).copy_from_slice(self.task.of(&self.x, i));
                self.status[i] = if won { Status::Found } else { Status::NotFound };
            }
        }
        self.taken += 1;
        self.taken > self.draws
    }

    fn adversarial(&self) -> BatchView<'_> {
        self.task.view(&self.best)
    }

    fn sizes(&self) -> &[f32] {
        &self.sizes
    }

    fn status(&self) -> &[Status] {
        &self.status
    }

    fn gradients_spent(&self) -> u64 {
        0
    }
}
