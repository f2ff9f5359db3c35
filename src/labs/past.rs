//! A run's past: clones of its lab within a byte budget, the further apart the longer the run.

use super::Config;
use super::any::AnyLab;

/// Heap bytes all clones of one run may take together.
const BUDGET: usize = 32 << 20;
/// Most clones kept; above it every other one goes and the distance between them doubles. A run of n steps that fits its
/// budget is then never more than 2n / `MOST` steps from a clone.
const MOST: usize = 200;

/// A lab as it was, with its settings.
#[derive(Debug)]
pub struct Moment {
    pub lab: Box<dyn AnyLab>,
    pub config: Config,
    /// Entries of the run's log that it has had.
    pub had: usize,
}

/// Moments in order, the first of them the run's beginning.
#[derive(Debug)]
pub struct Past {
    moments: Vec<Moment>,
    /// Moments let go, whose memory the next ones take.
    spare: Vec<Moment>,
    stride: u64,
}

impl Past {
    /// A past that is only a beginning.
    pub fn new(lab: &dyn AnyLab, config: &Config) -> Self {
        let first = Moment { lab: lab.copy(), config: config.clone(), had: 0 };
        Self { moments: vec![first], spare: Vec::new(), stride: 1 }
    }

    /// How the run began.
    pub fn first(&self) -> &Moment {
        &self.moments[0]
    }

    /// The last moment kept at or before `step`.
    pub fn before(&self, step: u64) -> &Moment {
        &self.moments[self.moments.partition_point(|m| m.lab.steps() <= step) - 1]
    }

    /// Steps between moments.
    pub fn stride(&self) -> u64 {
        self.stride
    }

    /// Lets go of what lies after `step`, or has had more than `had`: it belongs to another future.
    pub fn forget(&mut self, step: u64, had: usize) {
        self.spare.extend(self.moments.extract_if(.., |m| m.lab.steps() > step || m.had > had));
    }

    /// Keeps the present, if it is a stride from the newest moment; where there are too many, every other one goes.
    pub fn pass(&mut self, lab: &dyn AnyLab, config: &Config, had: usize) {
        let newest = self.moments.last().map_or(0, |m| m.lab.steps());
        if lab.steps() < newest + self.stride {
            return;
        }
        let moment = match self.spare.pop() {
            Some(mut moment) => {
                moment.lab.take(lab);
                moment.config.clone_from(config);
                Moment { had, ..moment }
            }
            None => Moment { lab: lab.copy(), config: config.clone(), had },
        };
        self.moments.push(moment);
        let bytes: usize = self.moments.iter().map(|m| m.lab.heap_bytes()).sum();
        if self.moments.len() > MOST || (bytes > BUDGET && self.moments.len() > 2) {
            self.stride *= 2;
            let mut next = 0;
            self.spare.extend(self.moments.extract_if(.., |m| {
                let keep = m.lab.steps() >= next;
                if keep {
                    next = m.lab.steps() + self.stride;
                }
                !keep
            }));
        }
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.moments.iter().chain(&self.spare).map(|m| m.lab.heap_bytes()).sum()
    }
}
