//! How many digits are still read right, by the size of the push: under attack, under noise, and by proof.
//!
//! A digit that has fallen to a push lies in every larger ball, too, and is not asked about again; of one step, and of one push
//! for all, every size is tried afresh. With a target it is the digits of other classes that count, and those not carried into it
//! that stand.

use super::files::{Data, PIXELS};
use super::pushing::{Method, Push};
use super::shown::LEARNED_FROM;
use crate::attack::{Attack, Ball, Domain, Draw, Noise, Norm, Status, Universal, Wall};
use crate::error::Result;
use crate::kernel::clamp;
use crate::nn::Network;
use crate::nn::interval::Bounds;
use crate::objective::argmax;
use crate::probe::zero_gradients;
use crate::rng::Rng;
use crate::tensor::batch;
use std::fmt;

/// Test digits asked about.
pub const DIGITS: usize = 300;
/// Rows of one unit.
pub const CHUNK: usize = 20;
/// Sizes ε of ‖·‖∞, and radii of ‖·‖₂.
const LINF: [f32; 12] = [0.0, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4];
const L2: [f32; 12] = [0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0];

/// What was found for one size.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    pub size: f32,
    pub robust: f32,
    pub noise: f32,
    /// NaN under ‖·‖₂: intervals prove nothing there that is worth showing.
    pub certified: f32,
}

/// The measuring, a unit at a time.
pub struct Curve {
    push: Push,
    rng: Rng,
    /// Sizes of the curve and the one asked for, ascending.
    points: Vec<Point>,
    /// Which of them the reader asked for.
    now: usize,
    rows: usize,
    /// Rows that count: with a target, those that are not of its class.
    judged: Vec<bool>,
    right: Vec<bool>,
    standing: Vec<bool>,
    /// Of a method that looks for the smallest push: its size, infinite where there is none.
    smallest: Vec<f32>,
    blind: f32,
    stage: Stage,
    gradients: u64,
    bounds: Bounds,
}

/// What is asked next: size number `at`, from row `from` on.
enum Stage {
    Right(usize),
    Attack { at: usize, from: usize, under: Option<Under> },
    Learn { at: usize, attack: Box<Universal> },
    Apply { at: usize, from: usize, attack: Box<Universal> },
    Noise { at: usize, from: usize },
    Certify { at: usize, from: usize },
    Blind(usize),
    Done,
}

/// Rows under attack.
struct Under {
    rows: Vec<usize>,
    attack: Box<dyn Attack>,
}

impl fmt::Debug for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Curve").field("points", &self.points.len()).finish_non_exhaustive()
    }
}

impl Curve {
    pub fn new(push: Push, data: &Data, rng: &Rng) -> Self {
        let sizes = if push.norm() == Norm::Two { L2 } else { LINF };
        let now = sizes.partition_point(|size| *size < push.size);
        let mut all = sizes.to_vec();
        if all.get(now) != Some(&push.size) {
            all.insert(now, push.size);
        }
        let nothing = |size| Point { size, robust: 0.0, noise: 0.0, certified: 0.0 };
        let rows = data.test.len().min(DIGITS);
        let judged = data.test.classes[..rows].iter().map(|class| push.target != Some(*class)).collect();
        Self {
            push,
            rng: rng.clone(),
            points: all.into_iter().map(nothing).collect(),
            now,
            rows,
            judged,
            right: vec![false; rows],
            standing: Vec::new(),
            smallest: vec![f32::INFINITY; rows],
            blind: 0.0,
            stage: Stage::Right(0),
            gradients: 0,
            bounds: Bounds::default(),
        }
    }

    /// The points of the curve, without the size asked for unless it is one of them.
    pub fn points(&self) -> impl Iterator<Item = &Point> {
        let sizes = if self.push.norm() == Norm::Two { L2 } else { LINF };
        self.points.iter().filter(move |point| sizes.contains(&point.size))
    }

    /// The point asked for.
    pub fn now(&self) -> Point {
        self.points[self.now]
    }

    /// Share of digits without any gradient at all.
    pub fn blind(&self) -> f32 {
        self.blind
    }

    pub fn gradients(&self) -> u64 {
        self.gradients
    }

    /// Share of the judged rows that `holds`.
    fn share(&self, holds: impl Fn(usize) -> bool) -> f32 {
        let judged = (0..self.rows).filter(|&i| self.judged[i]);
        let (sum, count) = judged.fold((0u32, 0u32), |(sum, n), i| (sum + u32::from(holds(i)), n + 1));
        if count == 0 { 0.0 } else { sum as f32 / count as f32 }
    }

    fn chunk(&self, from: usize) -> std::ops::Range<usize> {
        from..(from + CHUNK).min(self.rows)
    }

    /// One unit; `true` once everything is there.
    ///
    /// # Errors
    /// None for checked rows and settings.
    pub fn step(&mut self, net: &Network, data: &Data) -> Result<bool> {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Right(from) => {
                let rows = self.chunk(from);
                let answers = answers(net, &data.test.x[rows.start * PIXELS..rows.end * PIXELS]);
                for (i, answer) in rows.clone().zip(answers) {
                    self.right[i] = self.judged[i] && answer == data.test.classes[i];
                }
                if rows.end < self.rows {
                    Stage::Right(rows.end)
                } else {
                    self.standing.clone_from(&self.right);
                    self.size(0, data)?
                }
            }
            Stage::Attack { at, from, under } => self.attack(net, data, (at, from, under))?,
            Stage::Learn { at, mut attack } => {
                if attack.step(net) {
                    self.gradients += attack.gradients_spent();
                    Stage::Apply { at, from: 0, attack }
                } else {
                    Stage::Learn { at, attack }
                }
            }
            Stage::Apply { at, from, attack } => {
                let rows = self.chunk(from);
                let mut x = data.test.x[rows.start * PIXELS..rows.end * PIXELS].to_vec();
                attack.apply(&mut x)?;
                for (i, answer) in rows.clone().zip(answers(net, &x)) {
                    self.standing[i] &= answer == data.test.classes[i];
                }
                if rows.end < self.rows { Stage::Apply { at, from: rows.end, attack } } else { self.taken(at, data)? }
            }
            Stage::Noise { at, from } => self.noise(net, data, at, from)?,
            Stage::Certify { at, from } => self.certify(net, data, at, from)?,
            Stage::Blind(from) => {
                let rows = self.chunk(from);
                let (x, classes) = (&data.test.x[rows.start * PIXELS..rows.end * PIXELS], &data.test.classes[rows.clone()]);
                self.blind += zero_gradients(net, x, classes).rows * rows.len() as f32 / self.rows as f32;
                self.gradients += rows.len() as u64;
                if rows.end < self.rows { Stage::Blind(rows.end) } else { Stage::Done }
            }
            Stage::Done => Stage::Done,
        };
        Ok(matches!(self.stage, Stage::Done))
    }

    /// The stage for pushes of size number `at`.
    fn size(&mut self, at: usize, data: &Data) -> Result<Stage> {
        if at == self.points.len() {
            return Ok(Stage::Noise { at: 0, from: 0 });
        }
        if !self.push.nests() {
            self.standing.clone_from(&self.right);
        }
        if self.points[at].size == 0.0 && !self.push.is_minimal() {
            return self.taken(at, data);
        }
        if self.push.method == Method::Universal {
            let n = data.train.len().min(LEARNED_FROM);
            let task = self.push.task(&data.train.x[..n * PIXELS], &data.train.classes[..n])?;
            let attack = self.push.universal(task, self.points[at].size, &self.rng)?;
            return Ok(Stage::Learn { at, attack: Box::new(attack) });
        }
        Ok(Stage::Attack { at, from: 0, under: None })
    }

    /// Size number `at` is done.
    fn taken(&mut self, at: usize, data: &Data) -> Result<Stage> {
        self.points[at].robust = self.share(|i| self.standing[i]);
        self.size(at + 1, data)
    }

    fn attack(
        &mut self,
        net: &Network,
        data: &Data,
        (at, from, under): (usize, usize, Option<Under>),
    ) -> Result<Stage> {
        let Some(Under { rows, mut attack }) = under else {
            let rows: Vec<usize> = (from..self.rows).filter(|&i| self.standing[i]).take(self.push.chunk()).collect();
            if rows.is_empty() {
                return if self.push.is_minimal() { self.sort(data) } else { self.taken(at, data) };
            }
            let x: Vec<f32> = rows.iter().flat_map(|i| &data.test.x[i * PIXELS..][..PIXELS]).copied().collect();
            let classes: Vec<u32> = rows.iter().map(|&i| data.test.classes[i]).collect();
            // Every few rows draw from a stream of their own.
            let rng = self.rng.fork(rows[0] as u64);
            let attack = self.push.attack(self.push.task(&x, &classes)?, self.points[at].size, &rng)?;
            return Ok(Stage::Attack { at, from, under: Some(Under { rows, attack }) });
        };
        if !attack.step(net) {
            return Ok(Stage::Attack { at, from, under: Some(Under { rows, attack }) });
        }
        for (k, &i) in rows.iter().enumerate() {
            if attack.status()[k] == Status::Found {
                self.smallest[i] = attack.sizes()[k];
                // A smallest push has no size of its own to fall at: see `sort`.
                self.standing[i] = self.push.is_minimal();
            }
        }
        self.gradients += attack.gradients_spent();
        Ok(Stage::Attack { at, from: rows[rows.len() - 1] + 1, under: None })
    }

    /// Every row's smallest push is known: who stands at which size.
    fn sort(&mut self, data: &Data) -> Result<Stage> {
        for at in 0..self.points.len() {
            let size = self.points[at].size;
            self.points[at].robust = self.share(|i| self.standing[i] && self.smallest[i] > size);
        }
        self.size(self.points.len(), data)
    }

    fn noise(&mut self, net: &Network, data: &Data, at: usize, from: usize) -> Result<Stage> {
        let rows = self.chunk(from);
        let (x, classes) =
            (&data.test.x[rows.start * PIXELS..rows.end * PIXELS], &data.test.classes[rows.clone()]);
        let ball = Ball { norm: self.push.norm(), epsilon: self.points[at].size };
        let task = crate::attack::Task::new(x, classes, Domain::IMAGE)?;
        let mut noise = Noise::new(task, ball, Draw::Surface, 1, &self.rng.fork(from as u64))?;
        noise = noise.at_walls(Wall::Stop);
        noise.run(net);
        for (k, i) in rows.clone().enumerate() {
            self.standing[i] = self.judged[i] && noise.status()[k] == Status::NotFound;
        }
        if rows.end < self.rows {
            return Ok(Stage::Noise { at, from: rows.end });
        }
        self.points[at].noise = self.share(|i| self.standing[i]);
        Ok(if at + 1 < self.points.len() {
            Stage::Noise { at: at + 1, from: 0 }
        } else {
            Stage::Certify { at: 0, from: 0 }
        })
    }

    fn certify(&mut self, net: &Network, data: &Data, at: usize, from: usize) -> Result<Stage> {
        if self.push.norm() != Norm::Inf {
            self.points.iter_mut().for_each(|point| point.certified = f32::NAN);
            return Ok(Stage::Blind(0));
        }
        let (rows, size) = (self.chunk(from), self.points[at].size);
        let x = &data.test.x[rows.start * PIXELS..rows.end * PIXELS];
        let end = |by: f32| x.iter().map(|v| clamp(v + by, 0.0, 1.0)).collect::<Vec<f32>>();
        self.bounds.take(net, batch(&end(-size), PIXELS), batch(&end(size), PIXELS))?;
        let classes = &data.test.classes[rows.clone()];
        let width = net.output().len();
        let mut z = vec![0.0; rows.len() * width];
        self.bounds.worst(classes, &mut z);
        for ((i, z), class) in rows.clone().zip(z.chunks_exact(width)).zip(classes) {
            // A tie proves nothing.
            let class = *class as usize;
            self.standing[i] = (0..width).all(|k| k == class || z[k] < z[class]);
        }
        if rows.end < self.rows {
            return Ok(Stage::Certify { at, from: rows.end });
        }
        self.points[at].certified = self.share(|i| self.standing[i]);
        Ok(if at + 1 < self.points.len() { Stage::Certify { at: at + 1, from: 0 } } else { Stage::Blind(0) })
    }
}

/// What `net` answers to each picture of `x`.
fn answers(net: &Network, x: &[f32]) -> Vec<u32> {
    let mut look = super::look::Look::default();
    look.answers(net, x).chunks_exact(super::files::CLASSES).map(|row| argmax(row) as u32).collect()
}
