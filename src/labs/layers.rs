//! A network that is training carries the plane, grid and points, through its layers, and every stop on the way can be
//! looked at: `a₀ = x`, `z = a W + b`, `a = f(z)`, and a last flat cut.
//!
//! Channels: `shape` (1 × widths: input, hidden layers, classes), `weights` (1 × P), `points` (N × x, y, class, held
//! out), `grid` (R² × stops) and `carried` (N × stops), where a row is x, then z and a of every hidden layer; `field`
//! (classes × R², probabilities), `followed` (0 or 1 × stops), `axes` (see `carried`), `probe` (layer, share), `stretch`
//! (layers × bins of the largest stretch, then of the smallest), `strength` (layers × own largest stretch, det W, largest
//! stretch so far, smallest area so far), `measured` (1 × 1, the step that those four belong to), `history` (H × step,
//! trainLoss, testLoss, trainAccuracy, testAccuracy), `readouts`. The grid's vertices are row-major from the top left
//! corner of [−1, 1]².

mod carried;
mod knobs;
mod measuring;

use super::curves::{Curves, standing};
use super::network_file::{self, NETWORK};
use super::plane::{PlanePoints, thumbnail};
use super::{About, Config, Frame, Lab, Revision, Trail};
use crate::error::{Error, Result, short};
use crate::formats::safetensors::File;
use crate::nn::Network;
use crate::optim::Rule;
use crate::rng::Rng;
use crate::tensor::{Scratch, Shape, clone_by_field};
use crate::train::{Evaluation, Trainer};
use carried::Carrier;
use measuring::Measuring;
use std::sync::Arc;

/// See the module.
#[derive(Debug)]
pub struct Layers {
    config: Config,
    seed: u32,
    data: Arc<PlanePoints>,
    trainer: Trainer,
    history: Curves,
    /// Of anything a measurement depends on.
    revision: Revision,
    evaluation: Scratch<Evaluation>,
    carrier: Scratch<Carrier>,
    measuring: Scratch<Measuring>,
}
clone_by_field!(Layers { config, seed, data, trainer, history, revision, evaluation, carrier, measuring });

impl Layers {
    fn begin(config: &Config, seed: u32, data: PlanePoints) -> Result<Self> {
        let mut lab = Self {
            config: config.clone(),
            seed,
            trainer: trainer(config, seed, data.classes)?,
            data: Arc::new(data),
            history: Curves::default(),
            revision: Revision::default(),
            evaluation: Scratch::default(),
            carrier: Scratch::default(),
            measuring: Scratch::default(),
        };
        lab.record();
        Ok(lab)
    }

    fn standing(&self) -> [f32; 5] {
        standing(&self.trainer, &self.data.train, &self.data.test, &self.evaluation)
    }

    fn record(&mut self) {
        let Self { data, trainer, history, evaluation, .. } = self;
        history.record(trainer.steps(), 5, || standing(trainer, &data.train, &data.test, evaluation));
    }

    /// Puts edited data in place; a new number of classes starts the network afresh.
    fn put(&mut self, data: PlanePoints) -> Result<()> {
        if data.classes != self.data.classes {
            let steps = self.trainer.steps();
            self.trainer = trainer(&self.config, self.seed, data.classes)?;
            self.trainer.continue_from(steps);
        }
        self.data = Arc::new(data);
        self.revision.next();
        Ok(())
    }

    /// The file's network in the place of this one, with the settings that make it; the optimiser begins afresh.
    fn open(&mut self, bytes: &[u8]) -> Result<()> {
        let file = File::read(bytes)?;
        let config = network_file::opened(&self.config, &knobs::about().knobs, knobs::OF_NETWORK, &file)?;
        let mut trainer = trainer(&config, self.seed, self.data.classes)?;
        file.fill(&mut trainer.net)?;
        trainer.continue_from(self.trainer.steps());
        self.trainer = trainer;
        self.config = config;
        self.revision.next();
        Ok(())
    }
}

fn trainer(config: &Config, seed: u32, classes: usize) -> Result<Trainer> {
    let rng = Rng::seeded(seed);
    let net = Network::chain(Shape::flat(2), &knobs::chain(config, classes)?, &mut rng.fork(4))?;
    let rule = Rule::from_name(config.text("optimizer"))?;
    Ok(Trainer::new(net, rule, knobs::settings(config), &rng.fork(5)))
}

impl Lab for Layers {
    fn about() -> About {
        knobs::about()
    }

    fn new(config: &Config, seed: u32) -> Result<Self> {
        Self::begin(config, seed, PlanePoints::new(config, seed)?)
    }

    fn adopt(&mut self, old: &Self) -> Result<()> {
        let data = self.data.adopt(&old.data)?;
        *self = Self::begin(&self.config, self.seed, data)?;
        Ok(())
    }

    fn own(&self, trail: &mut Trail) {
        self.data.own(trail);
    }

    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        match asset {
            "points.csv" => self.put(self.data.opened(bytes)?),
            NETWORK => self.open(bytes),
            _ => Err(Error::UnknownAsset { name: short(asset) }),
        }
    }

    fn input(&mut self, kind: &str, data: &[f32]) -> Result<()> {
        self.put(self.data.input(kind, data)?)
    }

    fn config(&self) -> Option<&Config> {
        Some(&self.config)
    }

    fn step(&mut self) -> Result<()> {
        self.data.trainable()?;
        self.trainer.step(&self.data.train)?;
        self.revision.next();
        self.record();
        Ok(())
    }

    fn steps(&self) -> u64 {
        self.trainer.steps()
    }

    fn measure(&self) -> bool {
        self.measuring.get().measure(self)
    }

    fn set(&mut self, _knob: &'static str, config: &Config) -> Result<()> {
        self.trainer.settings = knobs::settings(config);
        self.trainer.set_rule(Rule::from_name(config.text("optimizer"))?);
        self.config.clone_from(config);
        Ok(())
    }

    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        if kind == "thumbnail" { thumbnail(data) } else { Err(Error::UnknownInput { name: short(kind) }) }
    }

    fn draw(&self, frame: &mut Frame) {
        let net = &self.trainer.net;
        let layers = carried::hidden(net);
        let widths = (0..=layers).map(|l| net.shape(carried::after(l)).len()).chain([net.output().len()]);
        let widths: Vec<f32> = widths.map(|w| w as f32).collect();
        frame.channel("shape", 1, widths.len()).copy_from_slice(&widths);
        frame.channel("weights", 1, net.params.len()).copy_from_slice(&net.params);
        self.data.draw(frame);

        let carrier = &mut self.carrier.get();
        let side = self.config.count("resolution") + 1;
        let vertices: Vec<f32> = (0..side * side).flat_map(|i| carried::vertex(i, side)).collect();
        carrier.carry(net, &vertices, "grid", Some("field"), frame);
        carrier.carry(net, &self.data.points.x, "carried", None, frame);
        let place = [self.config.float("x"), self.config.float("y")];
        let followed: &[f32] = if self.config.flag("follow") { &place } else { &[] };
        carrier.carry(net, followed, "followed", None, frame);
        carrier.axes(net, &self.data.points.x, frame);

        let measuring = self.measuring.get();
        measuring.draw(layers, frame);
        self.history.draw(frame);
        let [step, loss, _, accuracy, test] = self.standing();
        let readouts = [
            measuring.probe(layers),
            measuring.probe(0),
            test,
            measuring.max_stretch(),
            measuring.min_determinant(),
            measuring.round_trip(),
            accuracy,
            loss,
            step,
        ];
        frame.channel("readouts", 1, readouts.len()).copy_from_slice(&readouts);
    }

    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        match kind {
            "points.csv" => Ok(self.data.csv()),
            "history.csv" => Ok(self.history.csv()),
            _ => network_file::export(kind, &self.trainer.net, &self.config, knobs::OF_NETWORK)
                .unwrap_or_else(|| Err(Error::UnknownExport { name: short(kind) })),
        }
    }

    fn heap_bytes(&self) -> usize {
        self.trainer.heap_bytes() + self.history.heap_bytes()
    }
}
