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

use super::plane::{Design, Learner, thumbnail};
use super::{About, Config, Frame, Lab, Trail};
use crate::error::{Error, Result, short};
use crate::nn::Network;
use crate::optim::Rule;
use crate::rng::Rng;
use crate::tensor::{Scratch, Shape, clone_by_field};
use crate::train::Trainer;
use carried::Carrier;
use measuring::Measuring;

const DESIGN: Design = Design { about: knobs::about, of_network: knobs::OF_NETWORK, trainer };

/// See the module.
#[derive(Debug)]
pub struct Layers {
    learner: Learner,
    carrier: Scratch<Carrier>,
    measuring: Scratch<Measuring>,
}
clone_by_field!(Layers { learner, carrier, measuring });

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
        let learner = Learner::new(&DESIGN, config, seed)?;
        Ok(Self { learner, carrier: Scratch::default(), measuring: Scratch::default() })
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

    fn input(&mut self, kind: &str, data: &[f32]) -> Result<()> {
        self.learner.input(kind, data)
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
        self.measuring.get().measure(self)
    }

    fn set(&mut self, _knob: &'static str, config: &Config) -> Result<()> {
        let Learner { trainer, config: known, .. } = &mut self.learner;
        trainer.settings = knobs::settings(config);
        trainer.set_rule(Rule::from_name(config.text("optimizer"))?);
        known.clone_from(config);
        Ok(())
    }

    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        if kind == "thumbnail" { thumbnail(data) } else { Err(Error::UnknownInput { name: short(kind) }) }
    }

    fn draw(&self, frame: &mut Frame) {
        let Learner { config, data, trainer, history, .. } = &self.learner;
        let net = &trainer.net;
        let layers = carried::hidden(net);
        let widths = (0..=layers).map(|l| net.shape(carried::after(l)).len()).chain([net.output().len()]);
        let widths: Vec<f32> = widths.map(|w| w as f32).collect();
        frame.channel("shape", 1, widths.len()).copy_from_slice(&widths);
        frame.channel("weights", 1, net.params.len()).copy_from_slice(&net.params);
        data.draw(frame);

        let carrier = &mut self.carrier.get();
        let side = config.count("resolution") + 1;
        let vertices: Vec<f32> = (0..side * side).flat_map(|i| carried::vertex(i, side)).collect();
        carrier.carry(net, &vertices, "grid", Some("field"), frame);
        carrier.carry(net, &data.points.x, "carried", None, frame);
        let place = [config.float("x"), config.float("y")];
        let followed: &[f32] = if config.flag("follow") { &place } else { &[] };
        carrier.carry(net, followed, "followed", None, frame);
        carrier.axes(net, &data.points.x, frame);

        let measuring = self.measuring.get();
        measuring.draw(layers, frame);
        history.draw(frame);
        let [step, loss, _, accuracy, test] = self.learner.standing();
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
        self.learner.export(kind)
    }

    fn heap_bytes(&self) -> usize {
        self.learner.heap_bytes()
    }
}
