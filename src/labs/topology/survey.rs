//! The costly measuring: how much of the sets is right, on many fresh points, and the witness.
//!
//! It works on a frozen copy of the network, a few thousand points a unit, while training may go on.

use super::Topology;
use super::sets::Sets;
use super::witness::{By, Search, Witness};
use crate::labs::Frame;
use crate::nn::{Network, Trace};
use crate::train::{CHUNK, Examples};
use std::sync::Arc;

/// Points looked at in one unit.
const UNIT: usize = 8 * CHUNK;

/// Measuring under way, and what the last one found.
#[derive(Debug, Default)]
pub struct Survey {
    job: Option<Job>,
    found: Found,
}

#[derive(Debug, Default, Clone)]
struct Found {
    revision: Option<u64>,
    step: u64,
    wrong: usize,
    of: usize,
    witness: Option<Witness>,
    corridor: Vec<f32>,
}

#[derive(Debug)]
struct Job {
    net: Network,
    sets: Arc<Sets>,
    points: Arc<Examples>,
    trace: Trace,
    /// The next point to be looked at, and what is to be found when all have been.
    next: usize,
    /// The wrongest point so far.
    worst: Option<Witness>,
    found: Found,
}

impl Survey {
    /// One unit of work; whether what is published belongs to the present state.
    pub fn measure(&mut self, lab: &Topology) -> bool {
        if self.found.revision == Some(lab.revision.get()) {
            return true;
        }
        let stale = self.job.as_ref().is_some_and(|job| !Arc::ptr_eq(&job.points, &lab.dense));
        if stale {
            self.job = None;
        }
        let job = self.job.get_or_insert_with(|| Job::new(lab));
        if job.advance() {
            self.found = self.job.take().expect("just advanced").found;
        }
        self.found.revision == Some(lab.revision.get())
    }

    /// Share of the fresh points that are right.
    pub fn accuracy(&self) -> f32 {
        let Found { revision, wrong, of, .. } = self.found;
        revision.map_or(f32::NAN, |_| (of - wrong) as f32 / of as f32)
    }

    /// How many are not.
    pub fn wrong(&self) -> f32 {
        self.found.revision.map_or(f32::NAN, |_| self.found.wrong as f32)
    }

    /// Whether there is a wrong point to show, and where in the plane.
    pub fn witness(&self) -> [f32; 3] {
        match (self.found.revision, self.found.witness) {
            (None, _) => [f32::NAN; 3],
            (_, None) => [0.0, f32::NAN, f32::NAN],
            (_, Some(w)) => [1.0, w.at[0], w.at[1]],
        }
    }

    /// Writes `witness`, `corridor` and `measured`.
    pub fn draw(&self, frame: &mut Frame) {
        let Found { step, witness, corridor, .. } = &self.found;
        let row = frame.channel("witness", usize::from(witness.is_some()), 6);
        if let Some(w) = witness {
            row[..3].copy_from_slice(&w.at);
            row[3..].copy_from_slice(&[w.class as f32, w.lead, w.by as u8 as f32]);
        }
        frame.channel("corridor", corridor.len() / 2, 2).copy_from_slice(corridor);
        frame.channel("measured", 1, 1)[0] = *step as f32;
    }
}

impl Job {
    fn new(lab: &Topology) -> Self {
        let found = Found {
            revision: Some(lab.revision.get()),
            step: lab.trainer.steps(),
            of: lab.dense.len(),
            ..Found::default()
        };
        let (net, sets, points) = (lab.trainer.net.clone(), lab.sets.clone(), lab.dense.clone());
        Self { net, sets, points, trace: Trace::new(), next: 0, worst: None, found }
    }

    /// One unit; whether it was the last.
    fn advance(&mut self) -> bool {
        if self.next < self.points.len() {
            let end = (self.next + UNIT).min(self.points.len());
            for from in (self.next..end).step_by(CHUNK) {
                self.look(from, (from + CHUNK).min(end));
            }
            self.next = end;
            return false;
        }
        let mut search = Search { net: &self.net, sets: &self.sets, trace: &mut self.trace };
        self.found.witness = match search.half_line() {
            Some((witness, corridor)) => {
                self.found.corridor = corridor;
                Some(witness)
            }
            None => search.core().or(self.worst),
        };
        true
    }

    fn look(&mut self, from: usize, to: usize) {
        let width = self.points.width;
        let mut search = Search { net: &self.net, sets: &self.sets, trace: &mut self.trace };
        let leads = search.leads(&self.points.x[from * width..to * width]);
        for (i, lead) in (from..to).zip(leads) {
            let class = self.points.classes[i] as usize;
            // As `argmax` has it: equal logits go to class 0.
            if (lead > 0.0) == (class == 1) {
                continue;
            }
            self.found.wrong += 1;
            if self.worst.is_none_or(|w| lead.abs() > w.lead) {
                let at = std::array::from_fn(|k| if k < width { self.points.x[i * width + k] } else { 0.0 });
                self.worst = Some(Witness { at, class, lead: lead.abs(), by: By::Sample });
            }
        }
    }
}
