//! The costly measuring: the smallest push for every point, the worst push of size ε, and random pushes as the control.
//!
//! It works on a frozen copy of the network, one attack step a unit, while training may go on; what it publishes says
//! which step it belongs to. Every draw of chance is forked from the run's seed, so the results are a function of the
//! frozen state alone.

use super::Boundary;
use crate::attack::{Attack, Ball, Domain, Draw, Method, MinimalPush, Noise, Norm, Pgd, PgdSettings, Status, Task};
use crate::error::Result;
use crate::labs::Frame;
use crate::labs::plane::PlanePoints;
use crate::nn::Network;
use crate::rng::Rng;
use crate::train::CHUNK;
use std::ops::Range;
use std::sync::Arc;

/// Sizes on the curve: 0, 0.02 … 0.5.
const CURVE: usize = 26;
const CURVE_STEP: f32 = 0.02;
/// Random pushes a point.
const TRIES: u32 = 6;
/// PGD at one ε: steps a try, and tries.
const STEPS: u32 = 20;
const RESTARTS: u32 = 4;

/// Measuring under way, and what the last one found.
#[derive(Debug, Default)]
pub struct Pushes {
    job: Option<Job>,
    found: Found,
}

/// What was found, about the state of `revision`.
#[derive(Debug, Default, Clone)]
struct Found {
    revision: Option<u64>,
    step: u64,
    /// x′, y′, size, status for every point.
    push: Vec<[f32; 4]>,
    /// Whether the point survives the worst push of size ε.
    survives: Vec<bool>,
    /// ε, robust, noise.
    curve: Vec<[f32; 3]>,
    path: Vec<f32>,
    robust: f32,
    noise: f32,
    mean: f32,
    gradients: u64,
}

#[derive(Debug)]
struct Job {
    net: Network,
    data: Arc<PlanePoints>,
    norm: Norm,
    epsilon: f32,
    method: Method,
    selected: Option<usize>,
    rng: Rng,
    stage: Stage,
    found: Found,
}

#[derive(Debug)]
enum Stage {
    /// The smallest push of the points of one chunk.
    Smallest(Range<usize>, Box<MinimalPush>),
    /// The worst push of size ε, likewise.
    Worst(Range<usize>, Box<Pgd>),
    /// The way of the selected point.
    Path(Box<Pgd>),
    /// Random pushes of size number k; the last one is ε itself.
    Random(usize),
    Done,
}

impl Pushes {
    /// One unit of work; whether what is published belongs to the present state.
    pub fn measure(&mut self, lab: &Boundary) -> bool {
        if self.found.revision == Some(lab.learner.revision.get()) {
            return true;
        }
        let job = self.job.get_or_insert_with(|| Job::new(lab));
        if !Arc::ptr_eq(&job.data, &lab.learner.data) {
            *job = Job::new(lab);
        }
        job.advance().unwrap_or_else(|error| unreachable!("checked points and settings: {error}"));
        if matches!(job.stage, Stage::Done) {
            self.found = self.job.take().expect("just advanced").found;
        }
        self.found.revision == Some(lab.learner.revision.get())
    }

    /// Share of judged points still right after the worst push found of size ε.
    pub fn robust_accuracy(&self) -> f32 {
        self.found.revision.map_or(f32::NAN, |_| self.found.robust)
    }

    /// The same after random pushes of exactly that size.
    pub fn noise_accuracy(&self) -> f32 {
        self.found.revision.map_or(f32::NAN, |_| self.found.noise)
    }

    /// Mean size of the smallest push, over points that were right and could be pushed across.
    pub fn mean_perturbation(&self) -> f32 {
        self.found.revision.map_or(f32::NAN, |_| self.found.mean)
    }

    /// Input gradients the last measurement took.
    pub fn gradients(&self) -> u64 {
        self.found.gradients
    }

    /// Writes `push`, `path`, `curve` and `measured`.
    pub fn draw(&self, lab: &Boundary, frame: &mut Frame) {
        let found = &self.found;
        let rows = lab.learner.data.points.len();
        let push = frame.channel("push", rows, 4);
        if found.push.len() == rows {
            push.copy_from_slice(found.push.as_flattened());
        } else {
            push.fill(f32::NAN);
        }
        frame.channel("path", found.path.len() / 2, 2).copy_from_slice(&found.path);
        frame.channel("curve", found.curve.len(), 3).copy_from_slice(found.curve.as_flattened());
        frame.channel("measured", 1, 1)[0] = found.revision.map_or(f32::NAN, |_| found.step as f32);
    }
}

impl Job {
    fn new(lab: &Boundary) -> Self {
        let config = &lab.learner.config;
        let norm = if config.text("norm") == "linf" { Norm::Inf } else { Norm::Two };
        let method = Method::from_name(config.text("method")).expect("a checked choice");
        let points = lab.learner.data.points.len();
        let found = Found {
            revision: Some(lab.learner.revision.get()),
            step: lab.learner.trainer.steps(),
            push: vec![[f32::NAN; 4]; points],
            survives: vec![false; points],
            ..Found::default()
        };
        let selected = config.number("selected");
        let mut job = Self {
            net: lab.learner.trainer.net.clone(),
            data: lab.learner.data.clone(),
            norm,
            epsilon: config.float("epsilon"),
            method,
            selected: (selected >= 0.0 && (selected as usize) < points).then_some(selected as usize),
            rng: Rng::seeded(lab.learner.seed).fork(6),
            stage: Stage::Done,
            found,
        };
        if points == 0 {
            let nothing = Found { robust: f32::NAN, noise: f32::NAN, mean: f32::NAN, ..job.found };
            return Self { found: nothing, ..job };
        }
        job.stage = job.smallest(0).unwrap_or_else(|error| unreachable!("checked points and settings: {error}"));
        job
    }

    fn task(&self, rows: Range<usize>) -> Result<Task> {
        let points = &self.data.points;
        Task::new(&points.x[2 * rows.start..2 * rows.end], &points.class[rows], Domain::PLANE)
    }

    fn ball(&self) -> Ball {
        Ball { norm: self.norm, epsilon: self.epsilon }
    }

    /// The stage for the smallest pushes from point `from` on, or the next kind of stage.
    fn smallest(&self, from: usize) -> Result<Stage> {
        let rows = chunk(&self.data, from);
        if rows.is_empty() {
            return self.worst(0);
        }
        let attack = MinimalPush::new(self.task(rows.clone())?, self.method, self.norm, &self.rng)?;
        Ok(Stage::Smallest(rows, Box::new(attack)))
    }

    fn worst(&self, from: usize) -> Result<Stage> {
        let rows = chunk(&self.data, from);
        if rows.is_empty() {
            return self.path();
        }
        let settings = PgdSettings::new(self.ball(), STEPS, RESTARTS);
        let attack = Pgd::new(self.task(rows.clone())?, settings, &self.rng)?;
        Ok(Stage::Worst(rows, Box::new(attack)))
    }

    fn path(&self) -> Result<Stage> {
        let Some(i) = self.selected else { return Ok(Stage::Random(0)) };
        let settings = PgdSettings { stop: crate::attack::Stop::AtEnd, ..PgdSettings::new(self.ball(), STEPS, 1) };
        let attack = Pgd::new(self.task(i..i + 1)?, settings, &self.rng)?.watching(0);
        Ok(Stage::Path(Box::new(attack)))
    }

    fn advance(&mut self) -> Result<()> {
        match &mut self.stage {
            Stage::Smallest(rows, attack) => {
                if attack.step(&self.net) {
                    let (x, rows) = (attack.adversarial(), rows.clone());
                    for (k, i) in rows.clone().enumerate() {
                        let status = attack.status()[k];
                        self.found.push[i] = [x[[k, 0]], x[[k, 1]], attack.sizes()[k], f32::from(status as u8)];
                    }
                    self.found.gradients += attack.gradients_spent();
                    self.stage = self.smallest(rows.end)?;
                }
            }
            Stage::Worst(rows, attack) => {
                if attack.step(&self.net) {
                    let rows = rows.clone();
                    for (k, i) in rows.clone().enumerate() {
                        self.found.survives[i] = attack.status()[k] == Status::NotFound;
                    }
                    self.found.gradients += attack.gradients_spent();
                    self.stage = self.worst(rows.end)?;
                }
            }
            Stage::Path(attack) => {
                if attack.step(&self.net) {
                    self.found.path = attack.path().to_vec();
                    self.found.gradients += attack.gradients_spent();
                    self.stage = Stage::Random(0);
                }
            }
            Stage::Random(k) => {
                let k = *k;
                let epsilon = if k < CURVE { CURVE_STEP * k as f32 } else { self.epsilon };
                let noise = self.random(epsilon)?;
                if k < CURVE {
                    let robust = self.robust(epsilon);
                    self.found.curve.push([epsilon, robust, noise]);
                    self.stage = Stage::Random(k + 1);
                } else {
                    self.found.noise = noise;
                    self.summarise();
                    self.stage = Stage::Done;
                }
            }
            Stage::Done => {}
        }
        Ok(())
    }

    /// Share of judged points that are right and whose smallest push is larger than `epsilon`.
    fn robust(&self, epsilon: f32) -> f32 {
        let judged = self.data.judged();
        share((0..self.found.push.len()).filter(|&i| judged(i)), |i| {
            let [_, _, size, status] = self.found.push[i];
            // 2: wrong before any push. 0: no push inside the plot does it.
            status == 0.0 || (status == 1.0 && size > epsilon)
        })
    }

    /// Share of judged points' random pushes of size `epsilon` after which the point is right.
    fn random(&self, epsilon: f32) -> Result<f32> {
        let judged = self.data.judged();
        let points = &self.data.points;
        let rows: Vec<usize> = (0..points.len()).filter(|&i| judged(i)).collect();
        let x: Vec<f32> = rows.iter().flat_map(|&i| [points.x[2 * i], points.x[2 * i + 1]]).collect();
        let classes: Vec<u32> = rows.iter().map(|&i| points.class[i]).collect();
        let task = Task::new(&x, &classes, Domain::PLANE)?;
        let ball = Ball { norm: self.norm, epsilon };
        let mut noise = Noise::new(task, ball, Draw::Surface, TRIES, &self.rng)?;
        noise.run(&self.net);
        Ok(noise.accuracy())
    }

    fn summarise(&mut self) {
        let judged = self.data.judged();
        let rows = (0..self.found.push.len()).filter(|&i| judged(i));
        let smallest = |i: usize| {
            let [_, _, size, status] = self.found.push[i];
            status == 0.0 || (status == 1.0 && size > self.epsilon)
        };
        self.found.robust = share(rows, |i| self.found.survives[i] && smallest(i));
        let sizes = self.found.push.iter().filter(|row| row[3] == 1.0).map(|row| row[2]);
        let (sum, count) = sizes.fold((0.0, 0), |(sum, count), size| (sum + size, count + 1));
        self.found.mean = sum / count as f32;
    }
}

fn chunk(data: &PlanePoints, from: usize) -> Range<usize> {
    from..(from + CHUNK).min(data.points.len())
}

fn share(rows: impl Iterator<Item = usize>, right: impl Fn(usize) -> bool) -> f32 {
    let (sum, count) = rows.fold((0u32, 0u32), |(sum, count), i| (sum + u32::from(right(i)), count + 1));
    sum as f32 / count as f32
}
