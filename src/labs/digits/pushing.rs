//! The push the knobs ask for, on any rows: one of seven methods, with its size, its steps and its target.

use crate::attack::{
    Attack, Ball, CarliniWagner, CarliniWagnerSettings, DeepFool, DeepFoolSettings, Domain, Loss, Norm, Pgd,
    PgdSettings, Start, Stop, Task, Universal, UniversalSettings,
};
use crate::error::Result;
use crate::labs::Config;
use crate::rng::Rng;

/// The published setting: 40 steps of ε / 30 from anywhere in the ball (Madry et al. 2018: ε 0.3, α 0.01).
const MADRY_STEPS: u32 = 40;
const MADRY_SHARE: f32 = 30.0;
/// Carlini & Wagner's descents a row, and updates in each. The rate is fifteen times the plane's: a black pixel begins where tanh
/// is flat (60 updates at 0.05 left a sixth of the digits unfound).
const SEARCHES: u32 = 4;
const UPDATES: u32 = 100;
const RATE: f32 = 0.3;
/// Rows in one minibatch of the push for all, and minibatches for each of `steps`.
const MINIBATCH: usize = 32;

/// The method of [`METHODS`](super::knobs::METHODS).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Fgsm,
    Pgd,
    Momentum,
    PgdL2,
    DeepFool,
    CarliniWagner,
    Universal,
}

/// What the knobs of the group `push` say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Push {
    pub method: Method,
    /// ε, or the radius under ‖·‖₂.
    pub size: f32,
    pub target: Option<u32>,
    steps: u32,
    madry: bool,
    restarts: u32,
}

impl Push {
    pub fn new(config: &Config) -> Self {
        use Method::*;
        let all = [Fgsm, Pgd, Momentum, PgdL2, DeepFool, CarliniWagner, Universal];
        let name = config.text("method");
        let at = super::knobs::METHODS.iter().position(|m| *m == name).expect("a checked choice");
        let mut push = Self {
            method: all[at],
            size: config.float("epsilon"),
            target: config.text("target").parse().ok(),
            steps: config.count("steps") as u32,
            madry: config.flag("madry"),
            restarts: config.count("restarts") as u32,
        };
        if push.norm() == Norm::Two {
            push.size = config.float("radius");
        }
        push
    }

    /// Steps of one climb.
    pub fn steps(self) -> usize {
        let steps = if self.madry { MADRY_STEPS } else { self.steps };
        if self.method == Method::Fgsm { 1 } else { steps as usize }
    }

    /// How its size is measured.
    pub fn norm(self) -> Norm {
        match self.method {
            Method::PgdL2 | Method::DeepFool | Method::CarliniWagner => Norm::Two,
            _ => Norm::Inf,
        }
    }

    /// Rows of one unit of work: where every row asks for ten gradients a step, fewer.
    pub fn chunk(self) -> usize {
        if self.method == Method::DeepFool { 3 } else { 20 }
    }

    /// Whether it looks for the smallest push, whatever the size asked for.
    pub fn is_minimal(self) -> bool {
        matches!(self.method, Method::DeepFool | Method::CarliniWagner)
    }

    /// Whether a row that falls to a push falls to every larger one too, because the search inside a larger ball may end in the
    /// smaller. Of one step, and of one push for all, that is not so.
    pub fn nests(self) -> bool {
        !matches!(self.method, Method::Fgsm | Method::Universal)
    }

    /// `rows` with their classes, or with the class they are to reach.
    ///
    /// # Errors
    /// As [`Task::new`].
    pub fn task(self, rows: &[f32], classes: &[u32]) -> Result<Task> {
        Ok(match self.target {
            None => Task::new(rows, classes, Domain::IMAGE)?,
            Some(class) => Task::new(rows, &vec![class; classes.len()], Domain::IMAGE)?.targeted(),
        })
    }

    /// The attack of this method inside a ball of `size`; [`Method::Universal`] is [`Push::universal`].
    ///
    /// # Errors
    /// None for a checked config.
    pub fn attack(self, task: Task, size: f32, rng: &Rng) -> Result<Box<dyn Attack>> {
        Ok(match self.method {
            Method::DeepFool => Box::new(DeepFool::new(task, DeepFoolSettings::new(Norm::Two))?),
            Method::CarliniWagner => {
                let settings = CarliniWagnerSettings {
                    rate: RATE,
                    steps: UPDATES,
                    searches: SEARCHES,
                    constant: 0.5,
                    ..CarliniWagnerSettings::new(Norm::Two)
                };
                Box::new(CarliniWagner::new(task, settings, rng)?)
            }
            _ => Box::new(self.climb(task, size, Stop::AtSuccess, rng)?),
        })
    }

    /// The methods that climb inside a ball.
    ///
    /// # Errors
    /// None for a checked config.
    pub fn climb(self, task: Task, size: f32, stop: Stop, rng: &Rng) -> Result<Pgd> {
        let ball = Ball { norm: self.norm(), epsilon: size };
        let settings = match self.method {
            Method::Fgsm => PgdSettings::one_step(ball),
            Method::Momentum => {
                PgdSettings { restarts: self.restarts, ..PgdSettings::iterative(ball, self.steps) }
            }
            _ if self.madry => PgdSettings {
                rate: size / MADRY_SHARE,
                start: Start::Random,
                loss: Loss::CrossEntropy,
                stop,
                ..PgdSettings::new(ball, MADRY_STEPS, self.restarts)
            },
            _ => PgdSettings { stop, ..PgdSettings::new(ball, self.steps, self.restarts) },
        };
        let attack = Pgd::new(task, settings, rng)?;
        if self.method == Method::Momentum { attack.with_momentum(1.0) } else { Ok(attack) }
    }

    /// One push for all of `task`, inside a ball of `size`.
    ///
    /// # Errors
    /// None for a checked config.
    pub fn universal(self, task: Task, size: f32, rng: &Rng) -> Result<Universal> {
        let ball = Ball { norm: Norm::Inf, epsilon: size };
        let settings = UniversalSettings { batch: MINIBATCH, ..UniversalSettings::new(ball, 2 * self.steps) };
        Universal::new(task, settings, rng)
    }
}
