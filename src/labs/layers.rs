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

use super::{About, Config, Frame, Lab};
use crate::data::{Points, csv, split};
use crate::error::{Error, Result, short};
use crate::nn::Network;
use crate::optim::Rule;
use crate::rng::Rng;
use crate::tensor::{Scratch, Shape, clone_by_field};
use crate::train::{Evaluation, Examples, Trainer, evaluate};
use carried::Carrier;
use measuring::Measuring;
use std::sync::Arc;

/// See the module.
#[derive(Debug)]
pub struct Layers {
    config: Config,
    data: Arc<Data>,
    trainer: Trainer,
    /// step, trainLoss, testLoss, trainAccuracy, testAccuracy; ever rarer as the run goes on.
    history: Vec<[f32; 5]>,
    evaluation: Scratch<Evaluation>,
    carrier: Scratch<Carrier>,
    measuring: Scratch<Measuring>,
}
clone_by_field!(Layers { config, data, trainer, history, evaluation, carrier, measuring });

/// Points and what follows from them; shared between clones.
#[derive(Debug)]
struct Data {
    points: Points,
    train: Examples,
    test: Examples,
    classes: usize,
}

impl Data {
    fn new(config: &Config, seed: u32) -> Self {
        let rng = Rng::seeded(seed);
        let set = knobs::plane_set(config);
        let mut points = set.sample(config.count("count"), config.float("noise"), &mut rng.fork(1));
        split(&mut points, config.float("split"), &mut rng.fork(2));
        let (train, test) = (Examples::of_plane(&points, false), Examples::of_plane(&points, true));
        Self { points, train, test, classes: set.classes() }
    }
}

impl Layers {
    fn evaluate(&self) -> [f32; 5] {
        let (net, loss) = (&self.trainer.net, self.trainer.settings.loss);
        let buffers = &mut self.evaluation.get();
        let (train_loss, train) = evaluate(net, loss, &self.data.train, buffers);
        let (test_loss, test) = evaluate(net, loss, &self.data.test, buffers);
        [self.trainer.steps() as f32, train_loss, test_loss, train, test]
    }

    /// Writes a line of the history when it is due: every 5 steps at first, later every 64th part of the run.
    fn record(&mut self) {
        let step = self.trainer.steps();
        let due = self.history.last().map_or(0, |row| row[0] as u64 + (step / 64).max(5));
        if step >= due {
            let row = self.evaluate();
            self.history.push(row);
        }
    }

    fn draw_points(&self, frame: &mut Frame) {
        let points = &self.data.points;
        let rows = frame.channel("points", points.len(), 4).chunks_exact_mut(4);
        for (i, row) in rows.enumerate() {
            row[..2].copy_from_slice(&points.at(i));
            row[2] = points.class[i] as f32;
            row[3] = f32::from(u8::from(points.held_out[i]));
        }
    }
}

impl Lab for Layers {
    fn about() -> About {
        knobs::about()
    }

    fn new(config: &Config, seed: u32) -> Result<Self> {
        let data = Data::new(config, seed);
        let rng = Rng::seeded(seed);
        let net = Network::chain(Shape::flat(2), &knobs::chain(config, data.classes)?, &mut rng.fork(4))?;
        let rule = Rule::from_name(config.text("optimizer"))?;
        let mut lab = Self {
            config: config.clone(),
            data: Arc::new(data),
            trainer: Trainer::new(net, rule, knobs::settings(config), &rng.fork(5)),
            history: Vec::new(),
            evaluation: Scratch::default(),
            carrier: Scratch::default(),
            measuring: Scratch::default(),
        };
        lab.record();
        Ok(lab)
    }

    fn step(&mut self) -> Result<()> {
        self.trainer.step(&self.data.train)?;
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
        if kind == "thumbnail" { super::thumbnail(data) } else { Err(Error::UnknownInput { name: short(kind) }) }
    }

    fn draw(&self, frame: &mut Frame) {
        let net = &self.trainer.net;
        let layers = carried::hidden(net);
        let widths = (0..=layers).map(|l| net.shape(carried::after(l)).len()).chain([net.output().len()]);
        let widths: Vec<f32> = widths.map(|w| w as f32).collect();
        frame.channel("shape", 1, widths.len()).copy_from_slice(&widths);
        frame.channel("weights", 1, net.params.len()).copy_from_slice(&net.params);
        self.draw_points(frame);

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
        let history = frame.channel("history", self.history.len(), 5);
        history.copy_from_slice(self.history.as_flattened());
        let [step, loss, _, accuracy, test] = self.evaluate();
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
            "points.csv" => Ok(csv::to_csv(&self.data.points).into_bytes()),
            "history.csv" => Ok(super::history_csv(&self.history)),
            _ => Err(Error::UnknownExport { name: short(kind) }),
        }
    }

    fn heap_bytes(&self) -> usize {
        self.trainer.heap_bytes() + 20 * self.history.capacity()
    }
}
