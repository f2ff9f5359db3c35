//! A run and its past: a thinning row of clones within a byte budget, and a log of what was done at which step.

use super::{About, Config, Frame, Lab, Value};
use crate::error::Result;

/// Heap bytes all clones of one run may take together.
const BUDGET: usize = 32 << 20;
/// Most clones kept; above it every other one goes and the distance between them doubles.
const MOST: usize = 200;

/// Whether setting a knob acted on the run or began a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The run goes on.
    Live,
    /// A new run has begun at step 0.
    Restarted,
}

/// A lab with its settings, its seed and its past. Any step of it can be gone back to, bit for bit.
#[derive(Debug)]
pub struct Run<L> {
    about: About,
    config: Config,
    seed: u32,
    lab: L,
    /// Furthest step reached; [`Run::seek`] goes anywhere up to here, and beyond by stepping.
    last: u64,
    log: Vec<Event>,
    /// Entries of `log` that `lab` has had.
    had: usize,
    past: Vec<Moment<L>>,
    /// Moments let go, whose memory the next ones take.
    spare: Vec<Moment<L>>,
    /// Steps between clones.
    stride: u64,
}

#[derive(Debug, Clone)]
struct Event {
    step: u64,
    deed: Deed,
}

#[derive(Debug, Clone)]
enum Deed {
    Set(&'static str, Config),
    Input(String, Vec<f32>),
    Load(String, Vec<u8>),
}

#[derive(Debug)]
struct Moment<L> {
    lab: L,
    config: Config,
    had: usize,
}

impl<L: Lab> Run<L> {
    /// A run at step 0, every knob not in `values` at its default.
    ///
    /// # Errors
    /// What is wrong with a value, or what the lab finds impossible.
    pub fn new<'a>(values: impl IntoIterator<Item = (&'a str, Value)>, seed: u32) -> Result<Self> {
        let about = L::about();
        let config = Config::with(&about.knobs, values)?;
        let lab = L::new(&config, seed)?;
        Ok(Self::begin(about, config, seed, lab))
    }

    fn begin(about: About, config: Config, seed: u32, lab: L) -> Self {
        let first = Moment { lab: lab.clone(), config: config.clone(), had: 0 };
        Self {
            about,
            config,
            seed,
            lab,
            last: 0,
            log: Vec::new(),
            had: 0,
            past: vec![first],
            spare: Vec::new(),
            stride: 1,
        }
    }

    /// The lab as it stands.
    pub fn lab(&self) -> &L {
        &self.lab
    }

    fn anew(&mut self, config: Config, seed: u32) -> Result<()> {
        let mut lab = L::new(&config, seed)?;
        lab.adopt(&self.lab)?;
        *self = Self::begin(self.about.clone(), config, seed, lab);
        Ok(())
    }

    /// Turns the knobs of [`Group::View`] to where they stand in `now`. How one looks is no part of what happened: it is
    /// not logged, survives going back, and takes no future away.
    fn look(&mut self, now: &Config) -> Result<()> {
        for knob in self.about.knobs.iter().filter(|k| k.is_view()) {
            if self.config.take(knob.id, now) {
                self.lab.set(knob.id, &self.config)?;
            }
        }
        Ok(())
    }

    fn act(lab: &mut L, deed: &Deed) -> Result<()> {
        match deed {
            Deed::Set(knob, config) => lab.set(knob, config),
            Deed::Input(kind, data) => lab.input(kind, data),
            Deed::Load(asset, bytes) => lab.load(asset, bytes),
        }
    }

    /// Does something new now: what had been done after this step in an earlier future is forgotten.
    fn deed(&mut self, deed: Deed) -> Result<()> {
        Self::act(&mut self.lab, &deed)?;
        let step = self.lab.steps();
        self.log.truncate(self.had);
        let had = self.had;
        self.spare.extend(self.past.extract_if(.., |m| m.lab.steps() > step || m.had > had));
        self.log.push(Event { step, deed });
        self.had = self.log.len();
        self.last = step;
        Ok(())
    }

    fn step_once(&mut self) -> Result<()> {
        self.lab.step()?;
        self.replay()?;
        let step = self.lab.steps();
        self.last = self.last.max(step);
        let newest = self.past.last().map_or(0, |m| m.lab.steps());
        if step >= newest + self.stride {
            self.keep();
        }
        Ok(())
    }

    /// Does again what was done at this step.
    fn replay(&mut self) -> Result<()> {
        while let Some(event) = self.log.get(self.had).filter(|e| e.step == self.lab.steps()) {
            let now = self.config.clone();
            if let Deed::Set(_, config) = &event.deed {
                self.config.clone_from(config);
            }
            Self::act(&mut self.lab, &event.deed)?;
            self.had += 1;
            self.look(&now)?;
        }
        Ok(())
    }

    fn keep(&mut self) {
        let moment = match self.spare.pop() {
            Some(mut moment) => {
                moment.lab.clone_from(&self.lab);
                moment.config.clone_from(&self.config);
                Moment { had: self.had, ..moment }
            }
            None => Moment { lab: self.lab.clone(), config: self.config.clone(), had: self.had },
        };
        self.past.push(moment);
        let bytes: usize = self.past.iter().map(|m| m.lab.heap_bytes()).sum();
        if self.past.len() > MOST || (bytes > BUDGET && self.past.len() > 2) {
            self.stride *= 2;
            let mut next = 0;
            self.spare.extend(self.past.extract_if(.., |m| {
                let keep = m.lab.steps() >= next;
                if keep {
                    next = m.lab.steps() + self.stride;
                }
                !keep
            }));
        }
    }
}

/// [`Run`] with its lab's type forgotten.
pub trait AnyRun {
    /// What the lab says of itself.
    fn about(&self) -> &About;
    /// The value of every knob.
    fn config(&self) -> &Config;
    /// The seed.
    fn seed(&self) -> u32;
    /// Steps taken.
    fn steps(&self) -> u64;
    /// Furthest step of this run.
    fn last(&self) -> u64;
    /// Up to `count` steps; returns how many were done before an error.
    ///
    /// # Errors
    /// The lab's, if the very first step fails.
    fn step(&mut self, count: u32) -> Result<u32>;
    /// Up to `budget` units of measuring; returns whether the read-outs belong to the present state.
    fn measure(&self, budget: u32) -> bool;
    /// Goes to `step`, back or forward.
    ///
    /// # Errors
    /// The lab's, on the way; the run then stands where it failed.
    fn seek(&mut self, step: u64) -> Result<()>;
    /// Begins a new run with the present settings and the visitor's own data.
    ///
    /// # Errors
    /// The lab's; the run is as it was.
    fn restart(&mut self, seed: u32) -> Result<()>;
    /// Sets a knob.
    ///
    /// # Errors
    /// What is wrong with it; the run is as it was.
    fn set(&mut self, knob: &str, value: Value) -> Result<Change>;
    /// See [`Lab::input`].
    ///
    /// # Errors
    /// See there.
    fn input(&mut self, kind: &str, data: &[f32]) -> Result<()>;
    /// See [`Lab::load`].
    ///
    /// # Errors
    /// See there.
    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()>;
    /// See [`Lab::ask`].
    ///
    /// # Errors
    /// See there.
    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>>;
    /// See [`Lab::draw`].
    fn draw(&self, frame: &mut Frame);
    /// See [`Lab::export`].
    ///
    /// # Errors
    /// See there.
    fn export(&self, kind: &str) -> Result<Vec<u8>>;
    /// Heap bytes of the run and its past.
    fn heap_bytes(&self) -> usize;
}

impl<L: Lab> AnyRun for Run<L> {
    fn about(&self) -> &About {
        &self.about
    }

    fn config(&self) -> &Config {
        &self.config
    }

    fn seed(&self) -> u32 {
        self.seed
    }

    fn steps(&self) -> u64 {
        self.lab.steps()
    }

    fn last(&self) -> u64 {
        self.last
    }

    fn step(&mut self, count: u32) -> Result<u32> {
        for done in 0..count {
            if let Err(error) = self.step_once() {
                return if done == 0 { Err(error) } else { Ok(done) };
            }
        }
        Ok(count)
    }

    fn measure(&self, budget: u32) -> bool {
        (0..budget).any(|_| self.lab.measure())
    }

    fn seek(&mut self, step: u64) -> Result<()> {
        if step < self.lab.steps() {
            let i = self.past.partition_point(|m| m.lab.steps() <= step) - 1;
            let moment = &self.past[i];
            let now = self.config.clone();
            self.lab.clone_from(&moment.lab);
            self.config.clone_from(&moment.config);
            self.had = moment.had;
            self.look(&now)?;
            self.replay()?;
        }
        while self.lab.steps() < step {
            self.step_once()?;
        }
        Ok(())
    }

    fn set(&mut self, knob: &str, value: Value) -> Result<Change> {
        let mut config = self.config.clone();
        let declared = config.set(&self.about.knobs, knob, value)?;
        if config == self.config {
            return Ok(Change::Live);
        }
        if declared.is_view() {
            self.lab.set(declared.id, &config)?;
            self.config = config;
            return Ok(Change::Live);
        }
        if declared.live {
            let id = declared.id;
            self.deed(Deed::Set(id, config.clone()))?;
            self.config = config;
            return Ok(Change::Live);
        }
        self.anew(config, self.seed)?;
        Ok(Change::Restarted)
    }

    fn restart(&mut self, seed: u32) -> Result<()> {
        self.anew(self.config.clone(), seed)
    }

    fn input(&mut self, kind: &str, data: &[f32]) -> Result<()> {
        self.deed(Deed::Input(kind.into(), data.to_vec()))
    }

    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        self.deed(Deed::Load(asset.into(), bytes.to_vec()))
    }

    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        self.lab.ask(kind, data)
    }

    fn draw(&self, frame: &mut Frame) {
        self.lab.draw(frame);
    }

    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        self.lab.export(kind)
    }

    fn heap_bytes(&self) -> usize {
        let kept = self.past.iter().chain(&self.spare).map(|m| m.lab.heap_bytes());
        self.lab.heap_bytes() + kept.sum::<usize>()
    }
}
