//! A climb under way: the pictures, how they began, and what was turned meanwhile.

use super::knobs::{self, Goal};
use super::subject::Subject;
use crate::error::{Error, Result};
use crate::labs::Config;
use crate::probe::{Aim, Ascent, AscentBuffers, Climb, Spectrum, Start};
use crate::rng::Rng;
use crate::tensor::clone_by_field;
use std::rc::Rc;

/// Points of the curve that are kept; beyond, every other one goes.
const POINTS: usize = 512;

/// All units of a layer of digits at once; of a layer of photographs the one shown. That one may have changed: the new one's climb then
/// takes the same steps from the first on, and is behind for a while.
#[derive(Debug)]
pub struct Way {
    pub subject: Rc<Subject>,
    pub ascent: Ascent,
    /// As they began.
    pub start: Rc<[f32]>,
    aims: Rc<[Aim]>,
    /// What was set from which step on; the first entries have been.
    turned: Vec<(u64, Climb, f32)>,
    had: usize,
    /// Rows of step and every aim's value then.
    curve: Vec<f32>,
    stride: u64,
}
clone_by_field!(Way { subject, ascent, start, aims, turned, had, curve, stride });

impl Way {
    /// At its first step, from `picture` if the goal begins at one.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a unit that the layer has not, [`Error::Refused`] for waves where a picture is too small for them.
    pub fn new(subject: Rc<Subject>, picture: Option<Rc<[f32]>>, config: &Config, seed: u32) -> Result<Self> {
        let (goal, unit) = (knobs::goal(config), config.count("unit"));
        check(&subject, unit)?;
        let (shape, domain) = (subject.shape(), subject.domain());
        let aims: Rc<[Aim]> = match goal {
            Goal::Dream => [Aim::Layer].into(),
            _ if subject.digits.is_some() => (0..subject.units()).map(Aim::Channel).collect(),
            _ => [Aim::Channel(unit)].into(),
        };
        let (climb, epsilon) = knobs::climb(config);
        let epsilon = epsilon * (domain.high - domain.low);
        let start = match picture {
            Some(picture) if goal == Goal::Adversarial => Start::Within(picture, epsilon),
            Some(picture) if goal == Goal::Dream => Start::Picture(picture),
            _ => Start::Noise,
        };
        let waves = config.text("parametrisation") == "fourier";
        let spectrum = waves.then(|| Rc::new(Spectrum::new(shape, domain)));
        // Of digits the first unit's stream is all units'; of photographs each has its own.
        let stream = if aims.len() == 1 { unit as u64 } else { 0 };
        let rng = Rng::seeded(seed).fork(stream);
        let ascent = Ascent::new((shape, domain), aims.clone(), start, spectrum, rng);
        let (start, turned) = (ascent.pictures().into(), vec![(0, climb, epsilon)]);
        Ok(Self { subject, ascent, start, aims, turned, had: 0, curve: Vec::new(), stride: 1 })
    }

    /// Something was turned at `step`.
    pub fn turn(&mut self, step: u64, config: &Config) {
        let domain = self.subject.domain();
        let (climb, epsilon) = knobs::climb(config);
        self.turned.push((step, climb, epsilon * (domain.high - domain.low)));
    }

    /// This way from its first step on, for the unit that is now shown; what was turned is turned again at its time.
    ///
    /// # Errors
    /// As [`Way::new`].
    pub fn anew(&self, picture: Option<Rc<[f32]>>, config: &Config, seed: u32) -> Result<Self> {
        Ok(Self { turned: self.turned.clone(), ..Self::new(self.subject.clone(), picture, config, seed)? })
    }

    /// A step on the way to `step`, unless it is there; whether it is.
    ///
    /// # Errors
    /// As [`Ascent::step`].
    pub fn advance(&mut self, step: u64, buffers: &mut AscentBuffers) -> Result<bool> {
        let before = self.ascent.steps();
        self.settle(before);
        if before < step {
            let climb = self.turned[self.had - 1].1;
            self.ascent.step(&self.subject.net, self.subject.last, &climb, buffers)?;
            self.record(before);
            self.settle(before + 1);
        }
        Ok(self.ascent.steps() >= step)
    }

    /// Turns what was turned up to `step`.
    fn settle(&mut self, step: u64) {
        while let Some((_, _, epsilon)) = self.turned.get(self.had).filter(|turned| turned.0 <= step) {
            self.ascent.set_epsilon(*epsilon);
            self.had += 1;
        }
    }

    fn record(&mut self, step: u64) {
        if !step.is_multiple_of(self.stride) {
            return;
        }
        self.curve.push(step as f32);
        self.curve.extend_from_slice(self.ascent.values());
        let width = self.aims.len() + 1;
        if self.curve.len() / width >= POINTS {
            self.stride *= 2;
            let kept: Vec<f32> = self.curve.chunks_exact(width).step_by(2).flatten().copied().collect();
            self.curve = kept;
        }
    }

    /// Steps, and what was climbed then in the picture that shows `unit`.
    pub fn curve(&self, unit: usize) -> impl Iterator<Item = [f32; 2]> + '_ {
        let row = self.row(unit);
        self.curve.chunks_exact(self.aims.len() + 1).map(move |values| [values[0], values[row + 1]])
    }

    /// Pictures there are.
    pub fn rows(&self) -> usize {
        self.aims.len()
    }

    /// Which of them shows `unit`.
    pub fn row(&self, unit: usize) -> usize {
        if self.aims.len() > 1 { unit } else { 0 }
    }

    /// What picture `row` is made for.
    pub fn aim(&self, row: usize) -> Aim {
        self.aims[row]
    }

    /// Heap bytes of a clone.
    pub fn heap_bytes(&self) -> usize {
        self.ascent.heap_bytes() + 4 * self.curve.capacity() + 40 * self.turned.capacity()
    }
}

/// Whether the layer has such a unit.
///
/// # Errors
/// [`Error::Parameter`].
pub fn check(subject: &Subject, unit: usize) -> Result<()> {
    let max = subject.units() as f64 - 1.0;
    if unit as f64 <= max {
        return Ok(());
    }
    Err(Error::Parameter { name: "unit".into(), min: 0.0, max, value: unit as f64 })
}
