//! A run: a lab with its settings, its past, and a log of what was done at which step.

use super::any::{self, AnyLab};
use super::past::Past;
use super::trail::{self, Deed, Event, Trail};
use super::{About, Config, Frame, Lab, Value};
use crate::error::{Error, Result};

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
pub struct Run {
    about: About,
    config: Config,
    seed: u32,
    lab: Box<dyn AnyLab>,
    /// Furthest step reached; [`Run::seek`] goes anywhere up to here, and beyond by stepping.
    last: u64,
    log: Vec<Event>,
    /// Entries of `log` that `lab` has had.
    had: usize,
    past: Past,
}

impl Run {
    /// A run of the lab `L` at step 0, every knob not in `values` at its default.
    ///
    /// # Errors
    /// What is wrong with a value, or what the lab finds impossible.
    pub fn new<'a, L: Lab + 'static>(
        values: impl IntoIterator<Item = (&'a str, Value)>,
        seed: u32,
    ) -> Result<Self> {
        let about = L::about();
        let config = Config::with(&about.knobs, &mut values.into_iter())?;
        let lab = any::begin::<L>(&config, seed)?;
        Ok(Self::begin(about, config, seed, lab))
    }

    /// Another run of this lab at step 0, supplied as this one is and with nothing of its visitor's.
    ///
    /// # Errors
    /// As [`Run::new`].
    pub fn another<'a>(&self, values: impl IntoIterator<Item = (&'a str, Value)>, seed: u32) -> Result<Self> {
        let config = Config::with(&self.about.knobs, &mut values.into_iter())?;
        let lab = self.equipped(&config, seed)?;
        Ok(Self::begin(self.about.clone(), config, seed, lab))
    }

    fn begin(about: About, config: Config, seed: u32, lab: Box<dyn AnyLab>) -> Self {
        let past = Past::new(&*lab, &config);
        Self { about, config, seed, lab, last: 0, log: Vec::new(), had: 0, past }
    }

    /// The lab at step 0 with other settings, and supplied as this one is.
    fn equipped(&self, config: &Config, seed: u32) -> Result<Box<dyn AnyLab>> {
        let mut lab = self.lab.fresh(config, seed)?;
        lab.equip(&*self.lab)?;
        // A run that has its files is not given up for one that has to wait for them.
        if self.lab.lacks().is_empty() {
            ready(&*lab)?;
        }
        Ok(lab)
    }

    fn anew(&mut self, config: Config, seed: u32) -> Result<()> {
        let mut lab = self.equipped(&config, seed)?;
        lab.adopt(&*self.lab)?;
        *self = Self::begin(self.about.clone(), config, seed, lab);
        Ok(())
    }

    /// Does `deed` to the lab as it stands; nothing has changed on error.
    fn act(&mut self, deed: &Deed) -> Result<()> {
        match deed {
            Deed::Set(knob, value) => {
                let mut config = self.config.clone();
                config.set(&self.about.knobs, knob, value.clone())?;
                self.lab.set(knob, &config)?;
                self.config = config;
            }
            Deed::Input(kind, data) => self.lab.input(kind, data)?,
            Deed::Load(asset, bytes) => {
                self.lab.load(asset, bytes)?;
                if let Some(config) = self.lab.config() {
                    self.config.clone_from(config);
                }
            }
        }
        Ok(())
    }

    /// Does something new now: what had been done after this step in an earlier future is forgotten.
    fn deed(&mut self, deed: Deed) -> Result<()> {
        self.act(&deed)?;
        let step = self.lab.steps();
        self.log.truncate(self.had);
        self.past.forget(step, self.had);
        self.log.push(Event { step, deed });
        self.had = self.log.len();
        self.last = step;
        Ok(())
    }

    fn step_once(&mut self) -> Result<()> {
        self.lab.step()?;
        self.replay()?;
        self.last = self.last.max(self.lab.steps());
        self.past.pass(&*self.lab, &self.config, self.had);
        Ok(())
    }

    /// Does again what was done at this step. Only what came with a link can fail; the run then goes on without the rest.
    fn replay(&mut self) -> Result<()> {
        // Lent out for the while: what is done again changes all else of the run, and never the log.
        let mut log = std::mem::take(&mut self.log);
        let mut done = Ok(());
        while let Some(event) = log.get(self.had).filter(|e| e.step == self.lab.steps()) {
            done = self.act(&event.deed);
            if done.is_err() {
                log.truncate(self.had);
                break;
            }
            self.had += 1;
        }
        self.log = log;
        done
    }

    /// Goes to the last kept moment at or before `step`, looked at as now.
    fn restore(&mut self, step: u64) -> Result<()> {
        let moment = self.past.before(step);
        self.lab.take(&*moment.lab);
        self.had = moment.had;
        let now = std::mem::replace(&mut self.config, moment.config.clone());
        let (config, mut turned) = (self.looked_at(&self.config, &now), Vec::new());
        turned.extend(config.changed(&self.config));
        for knob in turned {
            self.lab.set(knob, &config)?;
        }
        self.config = config;
        self.replay()
    }

    /// `config` with the knobs that only look at a run as they are in `now`.
    fn looked_at(&self, config: &Config, now: &Config) -> Config {
        let mut config = config.clone();
        config.take(now, self.about.knobs.iter().filter(|k| k.live && k.group.looks()).map(|k| k.id));
        config
    }
}

/// # Errors
/// [`Error::NotSupplied`], with the name of every file that is not there.
fn ready(lab: &dyn AnyLab) -> Result<()> {
    let lacks = lab.lacks();
    if lacks.is_empty() { Ok(()) } else { Err(Error::not_supplied(&lacks)) }
}

impl Run {
    /// What the lab says of itself.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The value of every knob.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The seed.
    pub fn seed(&self) -> u32 {
        self.seed
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.lab.steps()
    }

    /// Furthest step of this run.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// Up to `count` steps; returns how many were done before an error.
    ///
    /// # Errors
    /// The lab's, if the very first step fails.
    pub fn step(&mut self, count: u32) -> Result<u32> {
        for done in 0..count {
            if let Err(error) = self.step_once() {
                return if done == 0 { Err(error) } else { Ok(done) };
            }
        }
        Ok(count)
    }

    /// Up to `budget` units of measuring; returns whether the read-outs belong to the present state.
    pub fn measure(&self, budget: u32) -> bool {
        (0..budget).any(|_| self.lab.measure())
    }

    /// Goes to `step`, back or forward; returns how many steps had to be taken for it.
    ///
    /// # Errors
    /// The lab's, on the way; the run then stands where it failed.
    pub fn seek(&mut self, step: u64) -> Result<u64> {
        // From where it stands, unless it is past there or a kept moment is nearer.
        let here = self.lab.steps();
        if step < here || self.past.before(step).lab.steps() > here {
            self.restore(step)?;
        }
        let from = self.lab.steps();
        while self.lab.steps() < step {
            self.step_once()?;
        }
        Ok(step - from)
    }

    /// Steps between the moments kept of the past: within the run, [`Run::seek`] takes fewer.
    pub fn stride(&self) -> u64 {
        self.past.stride()
    }

    /// Sets a knob.
    ///
    /// # Errors
    /// What is wrong with it; the run is as it was.
    pub fn set(&mut self, knob: &str, value: Value) -> Result<Change> {
        let mut config = self.config.clone();
        let declared = config.set(&self.about.knobs, knob, value.clone())?;
        if config == self.config {
            return Ok(Change::Live);
        }
        let (id, live, looks) = (declared.id, declared.live, declared.group.looks());
        match (live, looks) {
            (true, false) => self.deed(Deed::Set(id, value))?,
            // A look changes no future and is no part of the past.
            (true, true) => self.act(&Deed::Set(id, value))?,
            (false, _) => {
                self.anew(config, self.seed)?;
                return Ok(Change::Restarted);
            }
        }
        Ok(Change::Live)
    }

    /// Begins a new run with the present settings and the visitor's own data.
    ///
    /// # Errors
    /// The lab's; the run is as it was.
    pub fn restart(&mut self, seed: u32) -> Result<()> {
        self.anew(self.config.clone(), seed)
    }

    /// See [`Lab::input`].
    ///
    /// # Errors
    /// See there.
    pub fn input(&mut self, kind: &str, data: &[f32]) -> Result<()> {
        let kind = self.about.input(kind)?;
        self.deed(Deed::Input(kind, data.iter().map(|v| trail::snap(*v)).collect()))
    }

    /// Whether every file is there that the first step needs.
    ///
    /// # Errors
    /// [`Error::NotSupplied`], with the name of every file that is not there.
    pub fn ready(&self) -> Result<()> {
        ready(&*self.lab)
    }

    /// See [`Lab::supply`]: with a file that it lacked, the run begins again at step 0; another waits to be needed.
    ///
    /// # Errors
    /// See there; the run is as it was.
    pub fn supply(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        let asset = self.about.shipped(asset)?;
        if !self.lab.lacks().contains(&asset) {
            return self.lab.supply(asset, bytes);
        }
        let config = self.start();
        let mut lab = self.equipped(&config, self.seed)?;
        lab.supply(asset, bytes)?;
        *self = Self::begin(self.about.clone(), config, self.seed, lab);
        Ok(())
    }

    /// See [`Lab::load`].
    ///
    /// # Errors
    /// See there.
    pub fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        let asset = self.about.asset(asset)?;
        let kept = self.lab.kept(asset, bytes)?;
        self.deed(Deed::Load(asset, kept))
    }

    /// The settings this run began with, those that only look at it as they are now.
    pub fn start(&self) -> Config {
        self.looked_at(&self.past.first().config, &self.config)
    }

    /// What was done in this run up to now (see [`Run::follow`]): empty if nothing was, `None` if a link cannot hold it.
    pub fn trail(&self) -> Option<Vec<u8>> {
        let mut trail = Trail::default();
        self.past.first().lab.own(&mut trail);
        for event in &self.log[..self.had] {
            if !trail.has_room(1) {
                break;
            }
            trail.event(event);
        }
        trail.finish()
    }

    /// How many entries the log has had so far: while it stays, so do settings and trail.
    pub fn deeds(&self) -> usize {
        self.had
    }

    /// Begins again at step 0 with these settings and what [`Run::trail`] told of another run: taken to the
    /// same step, it is that run.
    ///
    /// # Errors
    /// What is wrong with the bytes or with what they ask for; the run is as it was.
    pub fn follow(&mut self, trail: &[u8]) -> Result<()> {
        let (own, log) = trail::read(trail, &self.about)?;
        let config = self.start();
        let lab = self.equipped(&config, self.seed)?;
        let mut run = Self::begin(self.about.clone(), config, self.seed, lab);
        if !own.is_empty() {
            own.iter().try_for_each(|deed| run.act(deed))?;
            run.anew(run.config.clone(), run.seed)?;
        }
        run.log = log;
        run.replay()?;
        *self = run;
        Ok(())
    }

    /// See [`Lab::ask`].
    ///
    /// # Errors
    /// See there.
    pub fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        self.lab.ask(kind, data)
    }

    /// See [`Lab::draw`].
    pub fn draw(&self, frame: &mut Frame) {
        self.lab.draw(frame);
    }

    /// See [`Lab::export`].
    ///
    /// # Errors
    /// See there.
    pub fn export(&self, kind: &str) -> Result<Vec<u8>> {
        self.lab.export(kind)
    }

    /// Heap bytes of the run and its past.
    pub fn heap_bytes(&self) -> usize {
        let log = self.log.iter().map(|e| size_of::<Event>() + e.deed.heap_bytes());
        self.lab.heap_bytes() + self.past.heap_bytes() + log.sum::<usize>()
    }
}
