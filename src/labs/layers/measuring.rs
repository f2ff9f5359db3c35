//! The costly measuring: a linear probe after every layer, what the chain does to lengths and areas, and the way back.
//!
//! It works on a frozen copy of the network while training may go on; what it publishes says which step it belongs to,
//! and is a function of that frozen state alone.

use super::carried::{after, hidden, vertex};
use super::Layers;
use crate::labs::Frame;
use crate::labs::plane::PlanePoints;
use crate::nn::{Mode, Network, Trace};
use crate::probe::jacobian::{Jacobian, determinant, stretches, volume};
use crate::probe::{Inverse, Linear};
use crate::tensor::{batch, rows};
use std::sync::Arc;

/// Vertices a side of the grid whose Jacobians are taken, whatever grid is drawn.
const SIDE: usize = 41;
/// Vertices one unit of work takes, and points it carries there and back.
const SOME: usize = 48;
/// A histogram's bins: from 2⁻⁶ to 2⁶ in quarters of an octave; what is beyond stands in the first or the last.
const BINS: usize = 48;
const OCTAVES: f64 = 6.0;

/// Measuring under way, and what the last one found.
#[derive(Debug, Default)]
pub struct Measuring {
    job: Option<Job>,
    found: Found,
}

/// What was found, about the state of `revision`.
#[derive(Debug, Default, Clone)]
struct Found {
    revision: Option<u64>,
    step: u64,
    /// Share of the held-out points that a line, plane… refitted after layer 0 (the input), 1, 2… puts on their side.
    probe: Vec<f32>,
    layers: Vec<Layer>,
    round_trip: f32,
}

/// What one layer, and the chain up to it, does to the plane.
#[derive(Debug, Clone)]
struct Layer {
    /// Largest stretch of this layer alone, on the way the plane takes through it.
    own: f64,
    /// `det W` where W is square, else how much W stretches volumes.
    weights: f64,
    /// Largest stretch from the plane to here.
    most: f64,
    /// Smallest `√det JᵀJ` from the plane to here.
    least: f64,
    /// Shares of the vertices by their largest stretch, then by their smallest.
    histogram: Vec<f32>,
}

#[derive(Debug)]
struct Job {
    net: Network,
    data: Arc<PlanePoints>,
    stage: Stage,
    trace: Trace,
    jacobian: Jacobian,
    found: Found,
}

#[derive(Debug)]
enum Stage {
    /// The fit after one layer.
    Probe(Box<Linear>),
    /// Jacobians from vertex number k on.
    Stretch(usize),
    /// Round trips from point number k on, through the layers that can be undone.
    Return(usize, Box<Way>),
    Done,
}

/// The hidden layers at the end of the chain that can be undone, and where the points are before them.
#[derive(Debug)]
struct Way {
    inverse: Inverse,
    before: Vec<f32>,
}

impl Measuring {
    /// One unit of work; whether what is published belongs to the present state.
    pub fn measure(&mut self, lab: &Layers) -> bool {
        if self.is_about(lab) {
            return true;
        }
        let job = self.job.get_or_insert_with(|| Job::new(lab));
        job.advance();
        if matches!(job.stage, Stage::Done) {
            self.found = self.job.take().expect("just advanced").found;
        }
        self.is_about(lab)
    }

    fn is_about(&self, lab: &Layers) -> bool {
        self.found.revision == Some(lab.learner.revision.get())
    }

    /// Accuracy of the probe after `layer`.
    pub fn probe(&self, layer: usize) -> f32 {
        self.found.probe.get(layer).copied().unwrap_or(f32::NAN)
    }

    /// Largest stretch from the plane to the last hidden layer.
    pub fn max_stretch(&self) -> f32 {
        self.last(|layer| layer.most)
    }

    /// Smallest area factor on that way.
    pub fn min_determinant(&self) -> f32 {
        self.last(|layer| layer.least)
    }

    /// The largest distance, in one coordinate, between a point and where the way back brings it.
    pub fn round_trip(&self) -> f32 {
        self.found.revision.map_or(f32::NAN, |_| self.found.round_trip)
    }

    fn last(&self, number: impl Fn(&Layer) -> f64) -> f32 {
        // Without a hidden layer the plane is where it was.
        let nothing = self.found.revision.map_or(f32::NAN, |_| 1.0);
        self.found.layers.last().map_or(nothing, |layer| number(layer) as f32)
    }

    /// Writes `probe`, `stretch`, `strength` and `measured`.
    pub fn draw(&self, layers: usize, frame: &mut Frame) {
        let found = &self.found;
        let probe = frame.channel("probe", layers + 1, 2);
        for (l, row) in probe.chunks_exact_mut(2).enumerate() {
            row.copy_from_slice(&[l as f32, self.probe(l)]);
        }
        let stretch = frame.channel("stretch", layers, 2 * BINS);
        stretch.fill(f32::NAN);
        for (row, layer) in stretch.chunks_exact_mut(2 * BINS).zip(&found.layers) {
            row.copy_from_slice(&layer.histogram);
        }
        let strength = frame.channel("strength", layers, 4);
        strength.fill(f32::NAN);
        for (row, layer) in strength.chunks_exact_mut(4).zip(&found.layers) {
            let numbers = [layer.own, layer.weights, layer.most, layer.least];
            row.iter_mut().zip(numbers).for_each(|(cell, number)| *cell = number as f32);
        }
        frame.channel("measured", 1, 1)[0] = found.revision.map_or(f32::NAN, |_| found.step as f32);
    }
}

impl Job {
    fn new(lab: &Layers) -> Self {
        let found = Found {
            revision: Some(lab.learner.revision.get()),
            step: lab.learner.trainer.steps(),
            round_trip: f32::NAN,
            ..Found::default()
        };
        let mut job = Self {
            net: lab.learner.trainer.net.clone(),
            data: lab.learner.data.clone(),
            stage: Stage::Done,
            trace: Trace::default(),
            jacobian: Jacobian::default(),
            found,
        };
        job.stage = job.probe();
        job
    }

    /// The points `x` after `layer`, left in the trace.
    fn pass(&mut self, x: &[f32]) {
        self.net.forward(batch(x, 2), Mode::Eval, &mut self.trace);
    }

    /// The fit after the next layer, or the next kind of stage.
    fn probe(&mut self) -> Stage {
        let layer = self.found.probe.len();
        if layer > hidden(&self.net) {
            self.found.layers = (0..hidden(&self.net)).map(|l| self.untouched(l)).collect();
            return if self.found.layers.is_empty() { Stage::Done } else { Stage::Stretch(0) };
        }
        let data = self.data.clone();
        self.pass(&data.train.x);
        let x = self.trace.activation(after(layer));
        Stage::Probe(Box::new(Linear::new(x, &data.train.classes, data.classes)))
    }

    fn untouched(&self, layer: usize) -> Layer {
        let (inputs, units) = (self.net.shape(after(layer)).len(), self.net.shape(after(layer) + 1).len());
        let w = &self.net.params[self.net.params_of(after(layer))][..inputs * units];
        // Transposed, which changes neither: a volume of more directions than W gives is zero.
        let w: Vec<f32> = (0..inputs * units).map(|i| w[i % inputs * units + i / inputs]).collect();
        let w = batch(&w, inputs);
        let weights = if inputs == units { determinant(w) } else { volume(w) };
        Layer { own: 0.0, weights, most: 0.0, least: f64::INFINITY, histogram: vec![0.0; 2 * BINS] }
    }

    fn advance(&mut self) {
        match &mut self.stage {
            Stage::Probe(probe) => {
                if probe.step() {
                    self.judge();
                    self.stage = self.probe();
                }
            }
            Stage::Stretch(from) => {
                let from = *from;
                let to = (from + SOME).min(SIDE * SIDE);
                self.stretch(from, to);
                self.stage = if to == SIDE * SIDE { self.way() } else { Stage::Stretch(to) };
            }
            Stage::Return(from, way) => {
                let width = way.inverse.width();
                let points = &way.before[*from * width..];
                for point in points.chunks_exact(width).take(SOME) {
                    let point: Vec<f64> = point.iter().map(|v| f64::from(*v)).collect();
                    let error = way.inverse.round_trip(&point) as f32;
                    // The first one takes the place of NaN.
                    if self.found.round_trip.is_nan() || error > self.found.round_trip {
                        self.found.round_trip = error;
                    }
                }
                *from += SOME;
                if *from * width >= way.before.len() {
                    self.stage = Stage::Done;
                }
            }
            Stage::Done => {}
        }
    }

    /// What the finished fit is worth on points it has not seen.
    fn judge(&mut self) {
        let data = self.data.clone();
        let judged = if data.test.is_empty() { &data.train } else { &data.test };
        self.pass(&judged.x);
        if let Stage::Probe(probe) = &self.stage {
            let x = self.trace.activation(after(self.found.probe.len()));
            self.found.probe.push(probe.accuracy(x, &judged.classes));
        }
    }

    fn stretch(&mut self, from: usize, to: usize) {
        let x: Vec<f32> = (from..to).flat_map(|i| vertex(i, SIDE)).collect();
        self.pass(&x);
        for (l, layer) in self.found.layers.iter_mut().enumerate() {
            self.jacobian.take(&self.net, &self.trace, after(l), after(l + 1));
            for i in 0..self.jacobian.len() {
                layer.own = larger(layer.own, stretches(self.jacobian.at(i))[0]);
            }
            self.jacobian.take(&self.net, &self.trace, 0, after(l + 1));
            for i in 0..self.jacobian.len() {
                let sigma = stretches(self.jacobian.at(i));
                let area = sigma[0] * sigma[1];
                layer.most = larger(layer.most, sigma[0]);
                layer.least = if area < layer.least { area } else { layer.least };
                for (half, sigma) in layer.histogram.chunks_exact_mut(BINS).zip(sigma) {
                    half[bin(sigma)] += 1.0 / (SIDE * SIDE) as f32;
                }
            }
        }
    }

    /// The longest end of the chain that can be undone.
    fn way(&mut self) -> Stage {
        let end = after(hidden(&self.net));
        let found = (0..hidden(&self.net)).find_map(|l| Some((l, Inverse::new(&self.net, after(l)..end).ok()?)));
        let Some((layer, inverse)) = found else { return Stage::Done };
        let data = self.data.clone();
        self.pass(&data.points.x);
        let before = rows(&self.trace.activation(after(layer))).to_vec();
        Stage::Return(0, Box::new(Way { inverse, before }))
    }
}

fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

fn bin(sigma: f64) -> usize {
    let share = (libm::log2(sigma) / OCTAVES + 1.0) / 2.0;
    // A stretch of 0 is at −∞, and `as` brings that to 0.
    ((share * BINS as f64) as usize).min(BINS - 1)
}
