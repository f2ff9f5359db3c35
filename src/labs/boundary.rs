//! A network learns to tell points of the plane apart, and for every point the smallest push that fools it is found.
//!
//! Channels: `field` (classes × R², probabilities), `points` (N × x, y, class, held out), `shape` (1 × widths),
//! `weights` (1 × P), `neurons` (units × 24²), `push` (N × x′, y′, size, status), `path` (k × 2), `gradients` (16² × 2),
//! `curve` (E × ε, robust, noise), `history` (H × step, trainLoss, testLoss, trainAccuracy, testAccuracy), `measured`
//! (1 × 1, the step that pushes and curve belong to), `readouts`. Grids are row-major from the top left cell of [−1, 1]².

mod knobs;
mod pushes;
mod view;

use super::plane::{Design, Learner, thumbnail};
use super::{About, Config, Frame, Lab, Trail};
use crate::error::{Error, Result, short};
use crate::nn::Network;
use crate::optim::Rule;
use crate::rng::Rng;
use crate::tensor::{Scratch, Shape, clone_by_field};
use crate::train::Trainer;
use pushes::Pushes;

/// Parameters of the largest network the knobs can ask for fit well below this.
const MAX_PARAMETERS: usize = 40_000;

const DESIGN: Design = Design { about: knobs::about, of_network: knobs::OF_NETWORK, trainer };

/// See the module.
#[derive(Debug)]
pub struct Boundary {
    learner: Learner,
    canvas: Scratch<view::Canvas>,
    pushes: Scratch<Pushes>,
}
clone_by_field!(Boundary { learner, canvas, pushes });

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
        let learner = Learner::new(&DESIGN, config, seed)?;
        Ok(Self { learner, canvas: Scratch::default(), pushes: Scratch::default() })
    }

    fn adopt(&mut self, old: &Self) -> Result<()> {
        self.learner.adopt(&old.learner)
    }

    fn own(&self, trail: &mut Trail) {
        self.learner.own(trail);
    }

    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        self.learner.load(asset, bytes)
    }

    fn config(&self) -> Option<&Config> {
        Some(&self.learner.config)
    }

    fn step(&mut self) -> Result<()> {
        self.learner.step()
    }

    fn steps(&self) -> u64 {
        self.learner.trainer.steps()
    }

    fn measure(&self) -> bool {
        self.pushes.get().measure(self)
    }

    fn set(&mut self, knob: &'static str, config: &Config) -> Result<()> {
        let Learner { data, seed, trainer, revision, .. } = &mut self.learner;
        let settings = knobs::settings(config)?;
        if knob == "dropout" {
            // Dropout has no parameters: the same numbers fit the new chain.
            let specs = knobs::chain(config, data.classes)?;
            let mut net = Network::chain(Shape::flat(2), &specs, &mut Rng::seeded(*seed))?;
            net.params.clone_from(&trainer.net.params);
            trainer.net = net;
        }
        trainer.settings = settings;
        trainer.set_rule(Rule::from_name(config.text("optimizer"))?);
        revision.next();
        self.learner.config.clone_from(config);
        Ok(())
    }

    fn input(&mut self, kind: &str, data: &[f32]) -> Result<()> {
        self.learner.input(kind, data)
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
                let Trainer { net, settings, .. } = &self.learner.trainer;
                Ok(self.canvas.get().at(net, settings.loss.sharpness(), [data[0], data[1]]))
            }
            "thumbnail" => thumbnail(data),
            _ => Err(Error::UnknownInput { name: short(kind) }),
        }
    }

    fn draw(&self, frame: &mut Frame) {
        let Learner { config, data, trainer, history, .. } = &self.learner;
        let (net, sharpness) = (&trainer.net, trainer.settings.loss.sharpness());
        let canvas = &mut self.canvas.get();
        let side = config.count("resolution");
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
        history.draw(frame);
        let [step, train_loss, test_loss, train, test] = self.learner.standing();
        let epoch = trainer.seen() / data.train.len().max(1) as u64;
        let readouts = [
            pushes.robust_accuracy(),
            pushes.noise_accuracy(),
            test,
            train,
            test_loss,
            train_loss,
            pushes.mean_perturbation(),
            (trainer.seen() + pushes.gradients()) as f32,
            epoch as f32,
            step,
        ];
        frame.channel("readouts", 1, readouts.len()).copy_from_slice(&readouts);
    }

    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        self.learner.export(kind)
    }

    fn heap_bytes(&self) -> usize {
        self.learner.heap_bytes()
    }
}
