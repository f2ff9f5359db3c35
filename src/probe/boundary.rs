//! How far the decision boundary really is, in the plane, by brute force: rays in every direction, marched until one crosses.
//!
//! The rays of a point grow together, shell by shell, to a little past the first crossing; brackets are bisected; then
//! finer rays around the shortest ones look for corners between them. No gradient is used: attacks are measured by this.

use crate::error::{Error, Result};
use crate::kernel::{self, Norm};
use crate::nn::{Mode, Network, Trace};
use crate::objective::argmax;
use crate::tensor::{BatchView, Scratch, rows};
use std::f32::consts::TAU;

/// Rays of a point; half a degree apart, so a straight boundary is overestimated by a factor of 1.00001 at most.
const RAYS: usize = 720;
/// Distance between shells, as a share of the box.
const SPACING: f32 = 1.0 / 512.0;
/// Halvings of a shell.
const HALVINGS: u32 = 16;
/// Marching goes on this far past the first crossing: another may come nearer between two rays.
const FURTHER: f32 = 1.03;
/// Local minima looked at with finer rays.
const FANS: usize = 9;
/// Points in hand at once: one step is one look along all their rays.
const WINDOW: usize = 16;

/// The search, for many points.
#[derive(Debug, Clone)]
pub struct Boundary {
    points: Vec<f32>,
    classes: Vec<u32>,
    norm: Norm,
    low: f32,
    high: f32,
    /// Unit vectors of `norm`.
    rays: Vec<[f32; 2]>,
    distances: Vec<f32>,
    nearest: Vec<f32>,
    /// The next point to be taken in hand.
    next: usize,
    hands: Vec<Hand>,
    looks: u64,
    scratch: Scratch<Buffers>,
}

/// One point at work.
#[derive(Debug, Clone)]
struct Hand {
    point: usize,
    stage: Stage,
    /// Its rays, and for each what is known: not across at the first radius, across at the second (infinite: not yet).
    rays: Vec<[f32; 2]>,
    brackets: Vec<(f32, f32)>,
}

#[derive(Debug, Clone, Copy)]
enum Stage {
    /// Whether the point is there already.
    Check,
    /// Shells up to radius `inner` are done; the first crossing was found at `first`.
    March { inner: f32, first: f32 },
    /// Brackets are being halved.
    Halve { left: u32, fanned: bool },
    /// Finer rays around the shortest are looked at, as far as those reached.
    Fan,
}

impl Hand {
    /// Begins with another point.
    fn take(&mut self, point: usize, rays: &[[f32; 2]]) {
        (self.point, self.stage) = (point, Stage::Check);
        self.rays.clear();
        self.rays.extend_from_slice(rays);
        self.brackets.clear();
        self.brackets.resize(RAYS, (0.0, f32::INFINITY));
    }

    /// How far along a ray to look next.
    fn radius(&self, (short, enough): (f32, f32), spacing: f32) -> f32 {
        match self.stage {
            Stage::Check => 0.0,
            Stage::March { inner, .. } => inner + spacing,
            Stage::Halve { .. } if enough < f32::INFINITY => 0.5 * (short + enough),
            Stage::Halve { .. } => 0.0,
            Stage::Fan => short,
        }
    }
}

#[derive(Debug, Default)]
struct Buffers {
    trace: Trace,
    x: Vec<f32>,
}

impl Boundary {
    /// How far each of `points` (`N × 2`) is from being given another class than its own of `classes`, inside the box
    /// from `low` to `high`.
    ///
    /// # Errors
    /// [`Error::Length`] unless there is a point of the plane for every class.
    pub fn new(points: &[f32], classes: &[u32], norm: Norm, (low, high): (f32, f32)) -> Result<Self> {
        if points.len() != 2 * classes.len() {
            return Err(Error::Length {
                what: "points of the plane",
                expected: 2 * classes.len(),
                got: points.len(),
            });
        }
        Ok(Self {
            points: points.to_vec(),
            classes: classes.to_vec(),
            norm,
            low,
            high,
            rays: (0..RAYS).map(|k| ray(norm, k as f32 / RAYS as f32)).collect(),
            distances: vec![f32::INFINITY; classes.len()],
            nearest: points.to_vec(),
            next: 0,
            hands: Vec::with_capacity(WINDOW),
            looks: 0,
            scratch: Scratch::default(),
        })
    }

    /// One look along all rays of the points in hand. `true` once every point is done.
    pub fn step(&mut self, net: &Network) -> bool {
        while self.hands.len() < WINDOW && self.next < self.classes.len() {
            let (rays, brackets) = (Vec::new(), Vec::new());
            let mut hand = Hand { point: 0, stage: Stage::Check, rays, brackets };
            hand.take(self.next, &self.rays);
            self.hands.push(hand);
            self.next += 1;
        }
        if self.hands.is_empty() {
            return true;
        }
        let scratch = std::mem::take(&mut self.scratch);
        let mut hands = std::mem::take(&mut self.hands);
        {
            let Buffers { trace, x } = &mut *scratch.get();
            x.clear();
            for hand in &hands {
                let p = [self.points[2 * hand.point], self.points[2 * hand.point + 1]];
                for (ray, bracket) in hand.rays.iter().zip(&hand.brackets) {
                    let radius = hand.radius(*bracket, self.spacing());
                    x.extend([p[0] + radius * ray[0], p[1] + radius * ray[1]]);
                }
            }
            self.looks += (x.len() / 2) as u64;
            let view = BatchView::from_shape((x.len() / 2, 2), x).expect("two values a point");
            net.forward(view, Mode::Eval, trace.closed());
            let (answers, outputs) = (trace.output(), net.output().len());
            let mut answers = rows(&answers).chunks_exact(RAYS * outputs).zip(x.chunks_exact(2 * RAYS));
            hands.retain_mut(|hand| {
                let (logits, x) = answers.next().expect("one answer a hand");
                if !self.learn(hand, logits, x, outputs) {
                    return true;
                }
                let more = self.next < self.classes.len();
                if more {
                    hand.take(self.next, &self.rays);
                    self.next += 1;
                }
                more
            });
        }
        self.hands = hands;
        self.scratch = scratch;
        self.hands.is_empty() && self.next == self.classes.len()
    }

    /// Every step.
    pub fn run(&mut self, net: &Network) {
        while !self.step(net) {}
    }

    /// Each point's distance to the nearest other class: 0 if it is there already, infinite if the box has none.
    pub fn distances(&self) -> &[f32] {
        &self.distances
    }

    /// Each point's nearest point of another class, `N × 2`; itself if there is none.
    pub fn nearest(&self) -> &[f32] {
        &self.nearest
    }

    /// Points put to the network so far.
    pub fn looks(&self) -> u64 {
        self.looks
    }

    fn spacing(&self) -> f32 {
        SPACING * (self.high - self.low)
    }

    /// Reads the answers along one point's rays; whether the point is done.
    fn learn(&mut self, hand: &mut Hand, logits: &[f32], x: &[f32], outputs: usize) -> bool {
        let (spacing, class) = (self.spacing(), self.classes[hand.point] as usize);
        let inside = |v: &f32| (self.low..=self.high).contains(v);
        let across = |k: usize| {
            let z = &logits[k * outputs..][..outputs];
            argmax(z) != class && z.iter().all(|z| z.is_finite())
        };
        if let Stage::Check = hand.stage {
            hand.stage = Stage::March { inner: 0.0, first: f32::INFINITY };
            self.distances[hand.point] = if across(0) { 0.0 } else { f32::INFINITY };
            return across(0);
        }
        let mut crossed = false;
        for k in 0..RAYS {
            let (radius, (short, enough)) = (hand.radius(hand.brackets[k], spacing), hand.brackets[k]);
            let across = across(k) && x[2 * k..2 * k + 2].iter().all(inside);
            crossed |= across;
            hand.brackets[k] = match hand.stage {
                Stage::March { inner, .. } if across && enough == f32::INFINITY => (inner, radius),
                Stage::Halve { .. } if enough < f32::INFINITY && across => (short, radius),
                Stage::Halve { .. } if enough < f32::INFINITY => (radius, enough),
                Stage::Fan if across => ((short - 2.0 * spacing).max(0.0), short),
                Stage::Fan => (short, f32::INFINITY),
                _ => (short, enough),
            };
        }
        self.advance(hand, crossed)
    }

    /// What to do next with a point; whether nothing.
    fn advance(&mut self, hand: &mut Hand, crossed: bool) -> bool {
        let halve = |fanned| Stage::Halve { left: HALVINGS, fanned };
        hand.stage = match hand.stage {
            Stage::Check => return true,
            Stage::March { inner, first } => {
                let inner = inner + self.spacing();
                let first = if crossed && first == f32::INFINITY { inner } else { first };
                if inner > FURTHER * first {
                    halve(false)
                } else if first == f32::INFINITY && inner > self.farthest(hand.point) {
                    return true;
                } else {
                    Stage::March { inner, first }
                }
            }
            Stage::Fan => halve(true),
            Stage::Halve { left, fanned } if left > 1 => Stage::Halve { left: left - 1, fanned },
            Stage::Halve { fanned, .. } => {
                self.keep(hand);
                if fanned {
                    return true;
                }
                self.fan(hand);
                Stage::Fan
            }
        };
        false
    }

    /// Distance from a point to the farthest corner of the box.
    fn farthest(&self, point: usize) -> f32 {
        let far = |p: f32| (p - self.low).abs().max((self.high - p).abs());
        self.norm.of(&[far(self.points[2 * point]), far(self.points[2 * point + 1])])
    }

    /// Keeps the shortest of the rays that crossed.
    fn keep(&mut self, hand: &Hand) {
        let p = [self.points[2 * hand.point], self.points[2 * hand.point + 1]];
        for (ray, (_, radius)) in hand.rays.iter().zip(&hand.brackets) {
            if *radius < f32::INFINITY {
                let at = [p[0] + radius * ray[0], p[1] + radius * ray[1]];
                let distance = self.norm.distance(&at, &p);
                if distance < self.distances[hand.point] {
                    self.distances[hand.point] = distance;
                    self.nearest[2 * hand.point..][..2].copy_from_slice(&at);
                }
            }
        }
    }

    /// Turns the rays into fans around the shortest local minima: the boundary may have a corner between two rays.
    fn fan(&self, hand: &mut Hand) {
        let length = |k: usize| hand.brackets[k % RAYS].1;
        let mut minima = [(f32::INFINITY, 0); FANS];
        for k in 0..RAYS {
            let (here, before, after) = (length(k), length(k + RAYS - 1), length(k + 1));
            let longest = minima[FANS - 1].0;
            if here < longest && here <= before && here < after {
                minima[FANS - 1] = (here, k);
                kernel::sort_few(&mut minima, |a, b| a.0 < b.0);
            }
        }
        let blades = RAYS / FANS;
        for (f, &(reach, k)) in minima.iter().enumerate() {
            // Too few minima: the shortest again.
            let (reach, k) = if reach < f32::INFINITY { (reach, k) } else { minima[0] };
            for j in 0..blades {
                let turn = k as f32 - 1.0 + 2.0 * (j as f32 + 0.5) / blades as f32;
                hand.rays[f * blades + j] = ray(self.norm, (turn + RAYS as f32) / RAYS as f32 % 1.0);
                hand.brackets[f * blades + j] = (reach, f32::INFINITY);
            }
        }
    }
}

/// The unit vector at `turn` (0 to 1) around the disc, or around the square.
fn ray(norm: Norm, turn: f32) -> [f32; 2] {
    let side = (4.0 * turn) as u32;
    let along = 2.0 * (4.0 * turn - side as f32) - 1.0;
    match (norm, side) {
        (Norm::Inf, 0) => [1.0, along],
        (Norm::Inf, 1) => [-along, 1.0],
        (Norm::Inf, 2) => [-1.0, -along],
        (Norm::Inf, _) => [along, -1.0],
        (Norm::Two, _) => [libm::cosf(TAU * turn), libm::sinf(TAU * turn)],
        (Norm::One, _) => {
            let v = [libm::cosf(TAU * turn), libm::sinf(TAU * turn)];
            let length = Norm::One.of(&v);
            [v[0] / length, v[1] / length]
        }
    }
}
