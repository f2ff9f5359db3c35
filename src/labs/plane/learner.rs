//! A network that learns to tell points of the plane apart: what is the same in every lab that has one.

use super::PlanePoints;
use crate::error::{Error, Result, short};
use crate::formats::safetensors::File;
use crate::labs::curves::{Curves, standing};
use crate::labs::network_file::{self, NETWORK};
use crate::labs::{About, Config, Revision, Trail};
use crate::tensor::{Scratch, clone_by_field};
use crate::train::{Evaluation, Trainer};
use std::sync::Arc;

/// Steps between points of the history, early in a run.
const EVERY: u64 = 5;

/// What a lab decides of its learner.
#[derive(Debug)]
pub struct Design {
    pub about: fn() -> About,
    /// The knobs that decide which network it is.
    pub of_network: &'static [&'static str],
    /// A network with settings, seed and number of classes, and how it is trained.
    pub trainer: fn(&Config, u32, usize) -> Result<Trainer>,
}

/// Points, network, curves.
#[derive(Debug)]
pub struct Learner {
    design: &'static Design,
    pub config: Config,
    pub seed: u32,
    pub data: Arc<PlanePoints>,
    pub trainer: Trainer,
    pub history: Curves,
    /// Of anything a measurement depends on.
    pub revision: Revision,
    evaluation: Scratch<Evaluation>,
}
clone_by_field!(Learner { design, config, seed, data, trainer, history, revision, evaluation });

impl Learner {
    /// At step 0, with the points that the settings ask for.
    ///
    /// # Errors
    /// What makes the settings impossible together.
    pub fn new(design: &'static Design, config: &Config, seed: u32) -> Result<Self> {
        Self::begin(design, config, seed, PlanePoints::new(config, seed)?)
    }

    fn begin(design: &'static Design, config: &Config, seed: u32, data: PlanePoints) -> Result<Self> {
        let mut learner = Self {
            design,
            config: config.clone(),
            seed,
            trainer: (design.trainer)(config, seed, data.classes)?,
            data: Arc::new(data),
            history: Curves::default(),
            revision: Revision::default(),
            evaluation: Scratch::default(),
        };
        learner.record();
        Ok(learner)
    }

    /// See [`Lab::adopt`](crate::labs::Lab::adopt).
    pub fn adopt(&mut self, old: &Self) -> Result<()> {
        let data = self.data.adopt(&old.data)?;
        *self = Self::begin(self.design, &self.config, self.seed, data)?;
        Ok(())
    }

    /// See [`Lab::own`](crate::labs::Lab::own).
    pub fn own(&self, trail: &mut Trail) {
        self.data.own(trail);
    }

    /// See [`Lab::load`](crate::labs::Lab::load).
    pub fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        match asset {
            "points.csv" => self.put(self.data.opened(bytes)?),
            NETWORK => self.open(bytes),
            _ => Err(Error::UnknownAsset { name: short(asset) }),
        }
    }

    /// See [`Lab::input`](crate::labs::Lab::input).
    pub fn input(&mut self, kind: &str, data: &[f32]) -> Result<()> {
        self.put(self.data.input(kind, data)?)
    }

    /// See [`Lab::step`](crate::labs::Lab::step).
    pub fn step(&mut self) -> Result<()> {
        self.data.trainable()?;
        self.trainer.step(&self.data.train)?;
        self.revision.next();
        self.record();
        Ok(())
    }

    /// See [`Lab::export`](crate::labs::Lab::export).
    pub fn export(&self, kind: &str) -> Result<Vec<u8>> {
        match kind {
            "points.csv" => Ok(self.data.csv()),
            "history.csv" => Ok(self.history.csv()),
            _ => network_file::export(kind, &self.trainer.net, &self.config, self.design.of_network)
                .unwrap_or_else(|| Err(Error::UnknownExport { name: short(kind) })),
        }
    }

    /// Step, loss on training and test points, accuracy on both.
    pub fn standing(&self) -> [f32; 5] {
        standing(&self.trainer, &self.data.train, &self.data.test, &self.evaluation)
    }

    fn record(&mut self) {
        let Self { data, trainer, history, evaluation, .. } = self;
        history.record(trainer.steps(), EVERY, || standing(trainer, &data.train, &data.test, evaluation));
    }

    /// Puts edited data in place; a new number of classes starts the network afresh.
    fn put(&mut self, data: PlanePoints) -> Result<()> {
        if data.classes != self.data.classes {
            let steps = self.trainer.steps();
            self.trainer = (self.design.trainer)(&self.config, self.seed, data.classes)?;
            self.trainer.continue_from(steps);
        }
        self.data = Arc::new(data);
        self.revision.next();
        Ok(())
    }

    /// The file's network in the place of this one, with the settings that make it; the optimiser begins afresh.
    fn open(&mut self, bytes: &[u8]) -> Result<()> {
        let file = File::read(bytes)?;
        let Design { about, of_network, trainer } = self.design;
        let config = network_file::opened(&self.config, &about().knobs, of_network, &file)?;
        let mut trainer = trainer(&config, self.seed, self.data.classes)?;
        file.fill(&mut trainer.net)?;
        trainer.continue_from(self.trainer.steps());
        self.trainer = trainer;
        self.config = config;
        self.revision.next();
        Ok(())
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.trainer.heap_bytes() + self.history.heap_bytes()
    }
}
