//! Two sheets of paper, crumpled into each other by shears that can be undone exactly, and a network that learns to part them.
//!
//! Channels: `points` (layers · N × 3, the training points after every layer, the input first), `mesh` (layers · 2 (f + 1)² × 3, the
//! paper likewise: the first sheet's vertices row by row, then the second's), `answers` (N × class, share of class 2), `layers`
//! (layers × width, share of the variance seen), `cut` (1 × n, c: the last layer's cut `n·y + c = 0` in its picture), `probe`,
//! `history` (H × step, trainLoss, testLoss, trainAccuracy, testAccuracy), `measured` (1 × 1), `readouts`.

mod knobs;
mod paper;
mod probes;
mod view;

use super::curves::{Curves, standing};
use super::network_file::{self, NETWORK};
use super::{About, Config, Frame, Lab, Revision};
use crate::error::{Error, Result, short};
use crate::formats::safetensors::File;
use crate::kernel;
use crate::nn::Network;
use crate::optim::Rule;
use crate::rng::Rng;
use crate::tensor::{Scratch, Shape, clone_by_field};
use crate::train::{Evaluation, Trainer};
use paper::Paper;
use probes::Probes;
use std::sync::Arc;

/// See the module.
#[derive(Debug)]
pub struct Uncrumple {
    config: Config,
    seed: u32,
    paper: Arc<Paper>,
    trainer: Trainer,
    history: Curves,
    /// Of anything a measurement depends on.
    revision: Revision,
    evaluation: Scratch<Evaluation>,
    view: Scratch<view::View>,
    probes: Scratch<Probes>,
}
clone_by_field!(Uncrumple { config, seed, paper, trainer, history, revision, evaluation, view, probes });

impl Uncrumple {
    fn record(&mut self) {
        let Self { paper, trainer, history, evaluation, .. } = self;
        history.record(trainer.steps(), 25, || standing(trainer, &paper.train, &paper.test, evaluation));
    }

    /// The file's network in the place of this one, with the settings that make it; the optimiser begins afresh.
    fn open(&mut self, bytes: &[u8]) -> Result<()> {
        let file = File::read(bytes)?;
        let config = network_file::opened(&self.config, &knobs::about().knobs, knobs::OF_NETWORK, &file)?;
        let mut trainer = trainer(&config, self.seed)?;
        file.fill(&mut trainer.net)?;
        trainer.continue_from(self.trainer.steps());
        (self.trainer, self.config) = (trainer, config);
        self.revision.next();
        Ok(())
    }
}

fn trainer(config: &Config, seed: u32) -> Result<Trainer> {
    let rng = Rng::seeded(seed);
    let net = Network::chain(Shape::flat(3), &knobs::chain(config)?, &mut rng.fork(4))?;
    let rule = Rule::from_name(config.text("optimizer"))?;
    Ok(Trainer::new(net, rule, knobs::settings(config)?, &rng.fork(5)))
}

impl Lab for Uncrumple {
    fn about() -> About {
        knobs::about()
    }

    fn new(config: &Config, seed: u32) -> Result<Self> {
        let mut lab = Self {
            config: config.clone(),
            seed,
            paper: Arc::new(Paper::new(config, seed)),
            trainer: trainer(config, seed)?,
            history: Curves::default(),
            revision: Revision::default(),
            evaluation: Scratch::default(),
            view: Scratch::default(),
            probes: Scratch::default(),
        };
        lab.record();
        Ok(lab)
    }

    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        if asset == NETWORK { self.open(bytes) } else { Err(Error::UnknownAsset { name: short(asset) }) }
    }

    fn config(&self) -> Option<&Config> {
        Some(&self.config)
    }

    fn step(&mut self) -> Result<()> {
        self.trainer.step(&self.paper.train)?;
        self.revision.next();
        self.record();
        Ok(())
    }

    fn steps(&self) -> u64 {
        self.trainer.steps()
    }

    fn measure(&self) -> bool {
        self.probes.get().measure(self)
    }

    fn set(&mut self, _knob: &'static str, config: &Config) -> Result<()> {
        self.trainer.settings = knobs::settings(config)?;
        self.trainer.set_rule(Rule::from_name(config.text("optimizer"))?);
        self.config.clone_from(config);
        self.revision.next();
        Ok(())
    }

    /// `unfold n`: the paper with the last n shears undone, and rolled out too once all are and one more is asked for.
    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        let expected = usize::from(kind == "thumbnail") + 1;
        if data.len() != expected {
            return Err(Error::Length { what: "question", expected, got: data.len() });
        }
        if data.iter().any(|v| !v.is_finite()) {
            return Err(Error::NonFinite { name: short(kind) });
        }
        match kind {
            "unfold" => Ok(self.paper.unfolded(data[0] as usize)),
            "thumbnail" => Ok(paper::thumbnail(data[0] as usize, kernel::clamp(data[1], 10.0, 500.0) as usize)),
            _ => Err(Error::UnknownInput { name: short(kind) }),
        }
    }

    fn draw(&self, frame: &mut Frame) {
        let (net, paper, view) = (&self.trainer.net, &self.paper, &mut self.view.get());
        let (loss, accuracy) = view.look(net, paper);
        let (layers, points, vertices) = (view.count(), paper.train.len(), paper.mesh.len() / 3);
        let all = frame.channel("points", layers * points, 3);
        all.chunks_exact_mut(3 * points).enumerate().for_each(|(k, out)| view.project(k, 0, out));
        let all = frame.channel("mesh", layers * vertices, 3);
        all.chunks_exact_mut(3 * vertices).enumerate().for_each(|(k, out)| view.project(k, points, out));
        view.answers(paper, frame.channel("answers", points, 2));
        let seen = frame.channel("layers", layers, 2);
        seen.chunks_exact_mut(2).enumerate().for_each(|(k, out)| out.copy_from_slice(&view.seen(k)));
        frame.channel("cut", 1, 4).copy_from_slice(&view.cut(net));

        let probes = self.probes.get();
        let probe = frame.channel("probe", layers - 1, 2);
        for (k, row) in probe.chunks_exact_mut(2).enumerate() {
            row.copy_from_slice(&[k as f32 + 1.0, probes.after(k)]);
        }
        frame.channel("measured", 1, 1)[0] = probes.step();
        self.history.draw(frame);
        let steps = self.trainer.steps() as f32;
        let readouts = [probes.test(), probes.raw(), accuracy, loss, probes.inverse(), steps];
        frame.channel("readouts", 1, readouts.len()).copy_from_slice(&readouts);
    }

    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        match kind {
            "history.csv" => Ok(self.history.csv()),
            _ => network_file::export(kind, &self.trainer.net, &self.config, knobs::OF_NETWORK)
                .unwrap_or_else(|| Err(Error::UnknownExport { name: short(kind) })),
        }
    }

    fn heap_bytes(&self) -> usize {
        self.trainer.heap_bytes() + self.history.heap_bytes()
    }
}
