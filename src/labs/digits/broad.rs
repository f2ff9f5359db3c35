//! What is measured on many digits: accuracy on all of the test set, the curves by size of push, and what is off the manifold.

use super::Digits;
use super::curve::{Curve, DIGITS, Point};
use super::files::{CLASSES, Data, PIXELS};
use super::knobs::OFF;
use super::look::Look;
use super::off::Way;
use super::pushing::Push;
use super::transfer::Transfer;
use crate::error::Result;
use crate::kernel::sort_few;
use crate::labs::Frame;
use crate::nn::Network;
use crate::objective::argmax;
use crate::rng::Rng;
use std::rc::Rc;

/// Rows of one unit.
const CHUNK: usize = 32;
/// Mistakes shown.
const MISTAKES: usize = 12;
/// Strengths 0, 0.2 … 1.
const STRENGTHS: usize = 6;
/// In the place of an accuracy where nothing can be right: no class of a digit is that of a shoe.
const NO_ANSWER: f32 = -1.0;

/// What was found, about the state of `revision`.
#[derive(Debug, Default)]
pub struct Found {
    pub revision: Option<u64>,
    pub step: u64,
    pub accuracy: f32,
    confusion: Vec<f32>,
    /// Pixels, index, class, answer, confidence.
    mistakes: Vec<f32>,
    points: Vec<Point>,
    pub now: Option<Point>,
    pub blind: f32,
    /// Size, what the twin reads right; and for the size asked for.
    transfer: [Vec<[f32; 2]>; 2],
    /// Way, strength, accuracy, mean confidence.
    off: Vec<[f32; 4]>,
    pub gradients: u64,
}

/// Finding it, a unit at a time.
#[derive(Debug)]
pub struct Job {
    net: Network,
    twin: Option<Network>,
    data: Rc<Data>,
    /// Answer and confidence for every test digit.
    answers: Vec<(u32, f32)>,
    curve: Curve,
    transfer: Option<Transfer>,
    rng: Rng,
    look: Look,
    stage: Stage,
    found: Found,
}

#[derive(Debug, Clone, Copy)]
enum Stage {
    Read,
    Curve,
    Transfer,
    /// Way, strength, rows done; right ones and confidence so far.
    Off { way: usize, strength: usize, from: usize, right: u32, sure: f32 },
}

impl Job {
    pub fn new(lab: &Digits, data: &Rc<Data>) -> Self {
        let rng = Rng::seeded(lab.seed).fork(7);
        let found = Found {
            revision: Some(lab.revision.get()),
            step: lab.learner.trainer.steps(),
            ..Found::default()
        };
        let push = Push::new(&lab.config);
        let curve = Curve::new(push, data, &rng);
        let sizes = curve.points().map(|p| p.size).chain([push.size]);
        let transfer = lab.twin.is_some().then(|| Transfer::new(push, sizes, &rng));
        Self {
            net: lab.learner.trainer.net.clone(),
            twin: lab.twin.as_ref().map(|twin| twin.trainer.net.clone()),
            data: data.clone(),
            answers: Vec::with_capacity(data.test.len()),
            curve,
            transfer,
            rng,
            look: Look::default(),
            stage: Stage::Read,
            found,
        }
    }

    /// One unit; what was found, once it is all there.
    ///
    /// # Errors
    /// None for checked rows and settings.
    pub fn advance(&mut self) -> Result<Option<Found>> {
        match self.stage {
            Stage::Read => {
                let from = self.answers.len();
                let to = (from + CHUNK).min(self.data.test.len());
                let rows = self.look.answers(&self.net, &self.data.test.x[from * PIXELS..to * PIXELS]);
                self.answers.extend(rows.chunks_exact(CLASSES).map(|row| {
                    let answer = argmax(row);
                    (answer as u32, row[answer])
                }));
                if to == self.data.test.len() {
                    self.judge();
                    self.stage = Stage::Curve;
                }
            }
            Stage::Curve => {
                if self.curve.step(&self.net, &self.data)? {
                    self.found.points = self.curve.points().copied().collect();
                    (self.found.now, self.found.blind) = (Some(self.curve.now()), self.curve.blind());
                    self.found.gradients = self.curve.gradients();
                    self.stage = Stage::Transfer;
                }
            }
            Stage::Transfer => {
                if self.transferred()? {
                    self.stage = Stage::Off { way: 0, strength: 0, from: 0, right: 0, sure: 0.0 };
                }
            }
            Stage::Off { way, .. } if way == OFF.len() => return Ok(Some(std::mem::take(&mut self.found))),
            Stage::Off { way, strength, from, right, sure } => {
                self.stage = self.off((way, strength), from, (right, sure));
            }
        }
        Ok(None)
    }

    /// Accuracy, who was taken for whom, and the mistakes the network was surest of.
    fn judge(&mut self) {
        let (found, test) = (&mut self.found, &self.data.test);
        found.confusion = vec![0.0; CLASSES * CLASSES];
        let mut wrong = Vec::new();
        for (i, (&(answer, sure), &class)) in self.answers.iter().zip(&test.classes).enumerate() {
            found.confusion[class as usize * CLASSES + answer as usize] += 1.0;
            if answer != class {
                wrong.push((i, class, answer, sure));
            }
        }
        found.accuracy = 1.0 - wrong.len() as f32 / test.len() as f32;
        // Only the first few are wanted, and early in a run nearly all are wrong.
        for k in 0..wrong.len().min(MISTAKES) {
            let mut most = k;
            for j in k + 1..wrong.len() {
                if wrong[j].3 > wrong[most].3 {
                    most = j;
                }
            }
            wrong.swap(k, most);
        }
        wrong.truncate(MISTAKES);
        sort_few(&mut wrong, |a, b| a.3 > b.3);
        for (i, class, answer, sure) in wrong {
            found.mistakes.extend_from_slice(&test.x[i * PIXELS..][..PIXELS]);
            found.mistakes.extend([i as f32, class as f32, answer as f32, sure]);
        }
    }

    /// A unit of what the twin is shown, if there is one; whether all of it is there.
    fn transferred(&mut self) -> Result<bool> {
        let (Some(transfer), Some(twin)) = (&mut self.transfer, &self.twin) else { return Ok(true) };
        let done = transfer.step(&self.net, twin, &self.data)?;
        if done {
            // The last size is the one asked for, on the curve or not.
            let (now, curve) = transfer.points.split_last().map_or((&[][..], &[][..]), |(now, curve)| {
                (std::slice::from_ref(now), curve)
            });
            self.found.transfer = [curve.to_vec(), now.to_vec()];
            self.found.gradients += transfer.gradients;
        }
        Ok(done)
    }

    fn off(&mut self, (kind, k): (usize, usize), from: usize, (mut right, mut sure): (u32, f32)) -> Stage {
        let (way, data) = (Way::ALL[kind], &self.data);
        // Of clothes and of nothing there is one strength.
        let single = matches!(way, Way::Clothes | Way::Blank);
        let strength = if single { 1.0 } else { k as f32 / (STRENGTHS - 1) as f32 };
        let rows = match way {
            Way::Clothes => data.clothes.len(),
            Way::Blank => 1,
            _ => data.test.len().min(DIGITS),
        };
        let to = (from + CHUNK).min(rows);
        let mut x = vec![0.0; (to - from) * PIXELS];
        let mut rng = self.rng.fork((1_000 * kind + 10 * k + 100_000 * from) as u64);
        for (i, y) in (from..to).zip(x.chunks_exact_mut(PIXELS)) {
            let picture = |x: &'_ [f32]| x.get(i * PIXELS..(i + 1) * PIXELS).map(<[f32]>::to_vec);
            let (digit, clothes) = (picture(&data.test.x), picture(&data.clothes.x));
            way.change(strength, &digit.unwrap_or_default(), &clothes.unwrap_or_default(), &mut rng, y);
        }
        let mut answer = 0;
        for (i, row) in (from..to).zip(self.look.answers(&self.net, &x).chunks_exact(CLASSES)) {
            answer = argmax(row);
            right += u32::from(data.test.classes.get(i) == Some(&(answer as u32)));
            sure += row[answer];
        }
        if to < rows {
            return Stage::Off { way: kind, strength: k, from: to, right, sure };
        }
        let of = |sum: f32| sum / rows.max(1) as f32;
        let accuracy = match way {
            Way::Clothes => NO_ANSWER,
            Way::Blank => answer as f32,
            _ => of(right as f32),
        };
        self.found.off.push([kind as f32, strength, accuracy, of(sure)]);
        let next = !single && k + 1 < STRENGTHS;
        let (way, strength) = if next { (kind, k + 1) } else { (kind + 1, 0) };
        Stage::Off { way, strength, from: 0, right: 0, sure: 0.0 }
    }
}

impl Found {
    /// Writes the channels of many digits, and the read-outs that are given by ε.
    pub fn draw(&self, frame: &mut Frame) {
        let curve = frame.channel("curve", self.points.len(), 4).chunks_exact_mut(4);
        for (row, p) in curve.zip(&self.points) {
            row.copy_from_slice(&[p.size, p.robust, p.noise, p.certified]);
        }
        let mut keyed = |name, points: &[Point], of: fn(&Point) -> f32| {
            let rows: Vec<[f32; 2]> =
                points.iter().map(|p| [p.size, of(p)]).filter(|row| !row[1].is_nan()).collect();
            frame.channel(name, rows.len(), 2).copy_from_slice(rows.as_flattened());
        };
        keyed("robustAccuracy", &self.points, |p| p.robust);
        keyed("noiseAccuracy", &self.points, |p| p.noise);
        keyed("certified", &self.points, |p| p.certified);
        let mut put = |name, cols: usize, data: &[f32]| {
            frame.channel(name, data.len() / cols, cols).copy_from_slice(data);
        };
        put("confusion", CLASSES, &self.confusion);
        put("mistakes", PIXELS + 4, &self.mistakes);
        put("transfer", 2, self.transfer[0].as_flattened());
        put("twinAccuracy", 2, self.transfer[1].as_flattened());
        put("off", 4, self.off.as_flattened());
    }
}
