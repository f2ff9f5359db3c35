//! What is found of the pictures as a screen shows them: what they bring their units to, what the network answers, which digit is nearest.

use super::knobs::Goal;
use super::known::Nearest;
use super::way::Way;
use crate::kernel::Hartley;
use crate::labs::picture::top;
use crate::nn::{Mode, Trace};
use crate::objective::softmax;
use crate::tensor::{batch, rows};
use std::rc::Rc;

/// Cycles a pixel above which a wave counts as fine: half of √½, the highest a picture can hold.
const FINE: f32 = 0.354;
/// Classes of photographs that are told.
const TOLD: usize = 5;

/// What was found of the state of `revision`.
#[derive(Debug, Default)]
pub struct Seen {
    pub revision: Option<u64>,
    /// One a picture.
    pub activations: Vec<f32>,
    /// Of digits every probability; of photographs five classes, each with its own.
    pub answers: Vec<f32>,
    /// Of how the shown picture began.
    pub start_answers: Vec<f32>,
    pub confidence: f32,
    /// Distance to the nearest training digit, and which.
    pub nearest: Option<(f32, usize)>,
    pub fine: f32,
    search: Option<(u64, Nearest)>,
    /// What the answers to the start were about.
    began: Option<(Rc<[f32]>, usize)>,
    trace: Trace,
}

impl Seen {
    /// One unit of work on `way`, the state of `revision` with `unit` shown; whether all is found.
    pub fn look(&mut self, way: &Way, unit: usize, goal: Goal, revision: u64) -> bool {
        if self.revision == Some(revision) {
            return true;
        }
        let (subject, row) = (&way.subject, way.row(unit));
        let len = subject.shape().len();
        let of = |all: &[f32]| subject.seen(&all[row * len..][..len]);
        if self.search.as_ref().is_none_or(|(of, _)| *of != revision) {
            let shown = of(way.ascent.pictures());
            self.measure(way, &shown, unit, goal);
            if self.began.as_ref().is_none_or(|(start, of)| !Rc::ptr_eq(start, &way.start) || *of != row) {
                let start = of(&way.start);
                subject.net.forward(batch(&start, len), Mode::Eval, &mut self.trace);
                self.start_answers = told(way, probabilities(&self.trace, 0));
                self.began = Some((way.start.clone(), row));
            }
            self.search = Some((revision, Nearest::new(&shown)));
        }
        self.nearest = match &subject.digits {
            None => None,
            Some((known, _)) => {
                let (_, search) = self.search.as_mut().expect("begun just now");
                let Some(found) = search.advance(known.train()) else { return false };
                Some(found)
            }
        };
        self.revision = Some(revision);
        true
    }

    fn measure(&mut self, way: &Way, shown: &[f32], unit: usize, goal: Goal) {
        let (subject, len) = (&way.subject, way.subject.shape().len());
        let all = subject.seen(way.ascent.pictures());
        subject.net.forward(batch(&all, len), Mode::Eval, &mut self.trace);
        let y = self.trace.activation(subject.last);
        let (y, width) = (rows(&y), y.ncols());
        self.activations.clear();
        let each = y.chunks_exact(width).enumerate();
        self.activations.extend(each.map(|(row, y)| way.aim(row).value(y, subject.units())));
        let p = probabilities(&self.trace, way.row(unit));
        let likeliest = p.iter().fold(0.0, |most, p| if *p > most { *p } else { most });
        let named = subject.names_classes() && goal != Goal::Dream;
        (self.confidence, self.answers) = (if named { p[unit] } else { likeliest }, told(way, p));
        let (shape, channels) = (subject.shape(), subject.shape().channels);
        let grey: Vec<f32> = shown.chunks_exact(channels).map(|pixel| pixel.iter().sum()).collect();
        self.fine = Hartley::new(shape.height, shape.width).share_above(FINE, &grey);
    }
}

/// What the network answered in row `row` of its last pass.
fn probabilities(trace: &Trace, row: usize) -> Vec<f32> {
    let mut p = trace.output().row(row).to_vec();
    let width = p.len();
    softmax(&mut p, width);
    p
}

/// Every probability of a digit; of a photograph the likeliest classes.
fn told(way: &Way, p: Vec<f32>) -> Vec<f32> {
    match way.subject.digits {
        Some(_) => p,
        None => top(&p, TOLD).into_iter().flatten().collect(),
    }
}
