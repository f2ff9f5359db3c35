//! How a network of this lab learns: plain, against an adversary (Madry et al. 2018), or against bounds (Gowal et al. 2018).
//!
//! Rate: half a cosine from all of it to a hundredth over the course. The adversary's ε, and that of the bounds, rises in a
//! line over the first third; meanwhile the share κ of the plain loss falls from 1 to a half.

use super::files::{Data, SHAPE};
use super::knobs;
use crate::attack::{Ball, Domain, Norm};
use crate::error::Result;
use crate::labs::{Config, handwriting};
use crate::nn::Network;
use crate::optim::Rule;
use crate::rng::Rng;
use crate::tensor::{Scratch, clone_by_field};
use crate::train::{Adversary, BoundedBuffers, Boxes, Hardening, Shift, Trainer};
use std::f32::consts::PI;

/// Pixels a picture is shifted at most.
const SHIFT: u32 = 2;
/// Steps of the inner loop.
const INNER: u32 = 7;
/// What the plain loss keeps of its weight when bounds are trained against.
const KAPPA: f32 = 0.5;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Training {
    Plain,
    Adversarial,
    Certified,
}

/// A network and all that teaches it.
#[derive(Debug)]
pub struct Learner {
    pub trainer: Trainer,
    hardening: Hardening,
    training: Training,
    rate: f32,
    epsilon: f32,
    course: u64,
    bounded: Scratch<BoundedBuffers>,
}
clone_by_field!(Learner { trainer, hardening, training, rate, epsilon, course, bounded });

impl Learner {
    /// At step 0; everything drawn comes from `rng`.
    ///
    /// # Errors
    /// None for a checked config.
    pub fn new(config: &Config, rng: &Rng) -> Result<Self> {
        let net = Network::chain(SHAPE, &handwriting::chain(config.text("network"))?, &mut rng.fork(4))?;
        let rule = Rule::from_name(config.text("optimizer"))?;
        let rng = rng.fork(5);
        let mut hardening = Hardening::new(&rng);
        hardening.shift = config.flag("shift").then_some(Shift { shape: SHAPE, most: SHIFT });
        Ok(Self {
            trainer: Trainer::new(net, rule, knobs::settings(config), &rng),
            hardening,
            training: match config.text("training") {
                "adversarial" => Training::Adversarial,
                "certified" => Training::Certified,
                _ => Training::Plain,
            },
            rate: config.float("rate"),
            epsilon: config.float("trainEpsilon"),
            course: config.count("course") as u64,
            bounded: Scratch::default(),
        })
    }

    /// Knobs turned on the way.
    ///
    /// # Errors
    /// None for a checked config.
    pub fn set(&mut self, config: &Config) -> Result<()> {
        self.trainer.settings = knobs::settings(config);
        self.trainer.set_rule(Rule::from_name(config.text("optimizer"))?);
        (self.rate, self.epsilon) = (config.float("rate"), config.float("trainEpsilon"));
        Ok(())
    }

    /// One update.
    ///
    /// # Errors
    /// [`Error::Diverged`](crate::Error::Diverged); nothing has moved then.
    pub fn step(&mut self, data: &Data) -> Result<()> {
        let step = self.trainer.steps();
        let ramp = ramp(step, self.course);
        self.trainer.settings.rate = self.rate * cosine(step, self.course);
        if self.training == Training::Certified {
            // Pictures as they are: shifted, networks of this size prove no more and read 1.0 to 1.6 points less (three seeds).
            let boxes = Boxes {
                epsilon: ramp * self.epsilon,
                kappa: 1.0 - ramp * (1.0 - KAPPA),
                domain: Domain::IMAGE,
            };
            self.trainer.step_bounded(&data.train, boxes, &mut self.bounded.get())?;
            return Ok(());
        }
        let ball = Ball { norm: Norm::Inf, epsilon: ramp * self.epsilon };
        let hard = self.training == Training::Adversarial;
        self.hardening.adversary = hard.then(|| Adversary::new(ball, Domain::IMAGE, INNER));
        self.hardening.step(&mut self.trainer, &data.train)?;
        Ok(())
    }

    /// Gradients taken so far, one a picture each time: of parameters, and of pixels by the adversary.
    pub fn gradients(&self) -> u64 {
        self.trainer.seen() + self.hardening.gradients_spent()
    }

    /// Heap bytes of a clone.
    pub fn heap_bytes(&self) -> usize {
        self.trainer.heap_bytes()
    }
}

/// Half a cosine from 1 to 0.01.
fn cosine(step: u64, course: u64) -> f32 {
    let t = step.min(course) as f32 / course as f32;
    0.01 + 0.99 * 0.5 * (1.0 + libm::cosf(PI * t))
}

/// From 0 to 1 over the first third.
fn ramp(step: u64, course: u64) -> f32 {
    let third = (course / 3).max(1);
    step.min(third) as f32 / third as f32
}
