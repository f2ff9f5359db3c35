//! A network learns to tell points of the plane apart, and for every point the smallest push that fools it is found.
//!
//! Channels: `field` (classes × R², probabilities), `points` (N × x, y, class, held out), `shape` (1 × widths),
//! `weights` (1 × P), `neurons` (units × 24²), `push` (N × x′, y′, size, status), `path` (k × 2), `gradients` (16² × 2),
//! `curve` (E × ε, robust, noise), `history` (H × step, trainLoss, testLoss, trainAccuracy, testAccuracy), `measured`
//! (1 × 1, the step that pushes and curve belong to), `readouts`. Grids are row-major from the top left cell of [−1, 1]².

mod knobs;
mod pushes;
mod view;

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
use pushes::Pushes;
use std::sync::Arc;

/// Parameters of the largest network the knobs can ask for fit well below this.
const MAX_PARAMETERS: usize = 40_000;

/// See the module.
#[derive(Debug)]
pub struct Boundary {
    config: Config,
    seed: u32,
    data: Arc<PlanePoints>,
    trainer: Trainer,
    history: Curves,
    /// Of anything a measurement depends on.
    revision: Revision,
    evaluation: Scratch<Evaluation>,
    canvas: Scratch<view::Canvas>,
    pushes: Scratch<Pushes>,
}
clone_by_field!(Boundary { config, seed, data, trainer, history, revision, evaluation, canvas, pushes });

impl Boundary {
    fn begin(config: &Config, seed: u32, data: PlanePoints) -> Result<Self> {
        let trainer = trainer(config, seed, data.classes)?;
        let mut lab = Self {
            config: config.clone(),
            seed,
            data: Arc::new(data),
            trainer,
            history: Curves::default(),
            revision: Revision::default(),
            evaluation: Scratch::default(),
            canvas: Scratch::default(),
            pushes: Scratch::default(),
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
    if net.params.len() > MAX_PARAMETERS {
        return Err(Error::TooLarge { parameters: net.params.len(), max: MAX_PARAMETERS });
    }
    let rule = Rule::from_name(config.text("optimizer"))?;
    Ok(Trainer::new(net, rule, knobs::settings(config)?, &rng.fork(5)))
}

impl Lab for Boundary {
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
        self.pushes.get().measure(self)
    }

    fn set(&mut self, knob: &'static str, config: &Config) -> Result<()> {
        let settings = knobs::settings(config)?;
        if knob == "dropout" {
            // Dropout has no parameters: the same numbers fit the new chain.
            let specs = knobs::chain(config, self.data.classes)?;
            let mut net = Network::chain(Shape::flat(2), &specs, &mut Rng::seeded(self.seed))?;
            net.params.clone_from(&self.trainer.net.params);
            self.trainer.net = net;
        }
        self.trainer.settings = settings;
        self.trainer.set_rule(Rule::from_name(config.text("optimizer"))?);
        self.config.clone_from(config);
        self.revision.next();
        Ok(())
    }

    fn input(&mut self, kind: &str, data: &[f32]) -> Result<()> {
        self.put(self.data.input(kind, data)?)
    }

    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        match kind {
            "at" => {
                if data.len() != 2 {
                    return Err(Error::Length { what: "question", expected: 2, got: data.len() });
                }
                if data.iter().any(|v| !v.is_finite()) {
                    return Err(Error::NonFinite { name: short(kind) });
                }
                let sharpness = self.trainer.settings.loss.sharpness();
                Ok(self.canvas.get().at(&self.trainer.net, sharpness, [data[0], data[1]]))
            }
            "thumbnail" => thumbnail(data),
            _ => Err(Error::UnknownInput { name: short(kind) }),
        }
    }

    fn draw(&self, frame: &mut Frame) {
        let (net, data) = (&self.trainer.net, &self.data);
        let sharpness = self.trainer.settings.loss.sharpness();
        let canvas = &mut self.canvas.get();
        let side = self.config.count("resolution");
        canvas.field(net, sharpness, side, frame.channel("field", data.classes, side * side));

        data.draw(frame);

        let widths: Vec<f32> = view::shown(net).iter().map(|&i| net.shape(i).len() as f32).collect();
        let units = widths.iter().sum::<f32>() as usize;
        frame.channel("shape", 1, widths.len()).copy_from_slice(&widths);
        frame.channel("weights", 1, net.params.len()).copy_from_slice(&net.params);
        let cells = view::NEURON_SIDE * view::NEURON_SIDE;
        canvas.neurons(net, sharpness, view::NEURON_SIDE, frame.channel("neurons", units, cells));
        let arrows = view::GRADIENT_SIDE * view::GRADIENT_SIDE;
        canvas.gradients(net, view::GRADIENT_SIDE, frame.channel("gradients", arrows, 2));

        let pushes = self.pushes.get();
        pushes.draw(self, frame);
        self.history.draw(frame);
        let [step, train_loss, test_loss, train, test] = self.standing();
        let epoch = self.trainer.seen() / data.train.len().max(1) as u64;
        let readouts = [
            pushes.robust_accuracy(),
            pushes.noise_accuracy(),
            test,
            train,
            test_loss,
            train_loss,
            pushes.mean_perturbation(),
            (self.trainer.seen() + pushes.gradients()) as f32,
            epoch as f32,
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
