//! A network learns to tell points of the plane apart, and for every point the smallest push that fools it is found.
//!
//! Channels: `field` (classes × R², probabilities), `points` (N × x, y, class, held out), `shape` (1 × widths),
//! `weights` (1 × P), `neurons` (units × 24²), `push` (N × x′, y′, size, status), `path` (k × 2), `gradients` (16² × 2),
//! `curve` (E × ε, robust, noise), `history` (H × step, trainLoss, testLoss, trainAccuracy, testAccuracy), `measured`
//! (1 × 1, the step that pushes and curve belong to), `readouts`. Grids are row-major from the top left cell of [−1, 1]².

mod knobs;
mod pushes;
mod view;

use super::{About, Config, Frame, Lab, Revision, Trail};
use crate::data::{Edit, Edits, PlaneSet, Points, csv, split};
use crate::error::{Error, Result, short};
use crate::formats::{safetensors, to_json, to_onnx};
use crate::nn::Network;
use crate::optim::Rule;
use crate::rng::Rng;
use crate::tensor::{Scratch, Shape, clone_by_field};
use crate::train::{Evaluation, Examples, Trainer, evaluate};
use pushes::Pushes;
use std::sync::Arc;

/// Parameters of the largest network the knobs can ask for fit well below this.
const MAX_PARAMETERS: usize = 40_000;

/// See the module.
#[derive(Debug)]
pub struct Boundary {
    config: Config,
    seed: u32,
    data: Arc<Data>,
    trainer: Trainer,
    /// step, trainLoss, testLoss, trainAccuracy, testAccuracy; ever rarer as the run goes on.
    history: Vec<[f32; 5]>,
    /// Of anything a measurement depends on.
    revision: Revision,
    evaluation: Scratch<Evaluation>,
    canvas: Scratch<view::Canvas>,
    pushes: Scratch<Pushes>,
}
clone_by_field!(Boundary { config, seed, data, trainer, history, revision, evaluation, canvas, pushes });

/// Points and what follows from them; shared between clones.
#[derive(Debug, Clone)]
struct Data {
    /// As drawn by the generator, before the visitor's edits.
    base: Points,
    edits: Edits,
    /// Edits on `yours`, kept while another data set is shown.
    own: Edits,
    points: Points,
    train: Examples,
    test: Examples,
    classes: usize,
}

impl Data {
    fn new(config: &Config, seed: u32) -> Result<Self> {
        let rng = Rng::seeded(seed);
        let (count, noise) = (config.count("count"), config.float("noise"));
        let set = knobs::plane_set(config);
        let mut base = set.map_or_else(Points::default, |set| set.sample(count, noise, &mut rng.fork(1)));
        split(&mut base, config.float("split"), &mut rng.fork(2));
        Self::with(config, base, Edits::default(), Edits::default())
    }

    fn with(config: &Config, base: Points, edits: Edits, own: Edits) -> Result<Self> {
        // Not the run's seed: a new one draws new weights and leaves the visitor's strokes where they are.
        let points = edits.apply(&base, config.float("split"), &Rng::seeded(0).fork(3))?;
        let least = knobs::plane_set(config).map_or(2, PlaneSet::classes);
        let classes = points.classes().max(least);
        let (train, test) = (Examples::of_plane(&points, false), Examples::of_plane(&points, true));
        Ok(Self { base, edits, own, points, train, test, classes })
    }

    /// The held-out points, or all where none is held out.
    fn judged(&self) -> impl Fn(usize) -> bool + '_ {
        let all = self.test.is_empty();
        move |i| all || self.points.held_out[i]
    }
}

impl Boundary {
    fn begin(config: &Config, seed: u32, data: Arc<Data>) -> Result<Self> {
        let trainer = trainer(config, seed, data.classes)?;
        let mut lab = Self {
            config: config.clone(),
            seed,
            data,
            trainer,
            history: Vec::new(),
            revision: Revision::default(),
            evaluation: Scratch::default(),
            canvas: Scratch::default(),
            pushes: Scratch::default(),
        };
        lab.record();
        Ok(lab)
    }

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

    /// Puts edited data in place; a new number of classes starts the network afresh.
    fn put(&mut self, data: Data) -> Result<()> {
        if data.classes != self.data.classes {
            let steps = self.trainer.steps();
            self.trainer = trainer(&self.config, self.seed, data.classes)?;
            self.trainer.continue_from(steps);
        }
        self.data = Arc::new(data);
        self.revision.next();
        Ok(())
    }

    fn put_edits(&mut self, edits: Edits) -> Result<()> {
        let data = Data::with(&self.config, self.data.base.clone(), edits, self.data.own.clone())?;
        self.put(data)
    }

    /// The file's network in the place of this one, with the settings that make it; the optimiser begins afresh.
    fn open(&mut self, bytes: &[u8]) -> Result<()> {
        let file = safetensors::File::read(bytes)?;
        let config = knobs::opened(&self.config, &file)?;
        let mut trainer = trainer(&config, self.seed, self.data.classes)?;
        file.fill(&mut trainer.net)?;
        trainer.continue_from(self.trainer.steps());
        self.trainer = trainer;
        self.config = config;
        self.revision.next();
        Ok(())
    }

    fn is_own(&self) -> bool {
        self.config.text("dataset") == "yours"
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
        Self::begin(config, seed, Arc::new(Data::new(config, seed)?))
    }

    fn adopt(&mut self, old: &Self) -> Result<()> {
        let same = self.config.text("dataset") == old.config.text("dataset");
        let own = if old.is_own() { old.data.edits.clone() } else { old.data.own.clone() };
        let edits = match (same, self.is_own()) {
            (true, _) => old.data.edits.clone(),
            (false, true) => own.clone(),
            (false, false) => Edits::default(),
        };
        let data = Data::with(&self.config, self.data.base.clone(), edits, own)?;
        *self = Self::begin(&self.config, self.seed, Arc::new(data))?;
        Ok(())
    }

    fn own(&self, trail: &mut Trail) {
        let (edits, undone) = self.data.edits.all();
        for edit in edits {
            if !trail.has_room(1) {
                return;
            }
            match edit {
                Edit::Paint { class, brush: b } => {
                    trail.input("paint", &[*class as f32, b.middle[0], b.middle[1], b.radius]);
                }
                Edit::Erase(b) => trail.input("erase", &[b.middle[0], b.middle[1], b.radius]),
                Edit::Hole(b) => trail.input("hole", &[b.middle[0], b.middle[1], b.radius]),
                Edit::Clear => trail.input("clear", &[]),
                Edit::Replace(points) => {
                    // No line is shorter than `0,0,0,0`.
                    if trail.has_room(8 * points.len()) {
                        trail.load("points.csv", csv::to_csv(points).as_bytes());
                    }
                }
            }
        }
        (0..undone).for_each(|_| trail.input("undo", &[]));
    }

    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        match asset {
            "points.csv" => {
                let imported = csv::parse(bytes, csv::Bad::Refuse)?;
                let mut edits = self.data.edits.clone();
                edits.replace(imported.points)?;
                self.put_edits(edits)
            }
            "network.safetensors" => self.open(bytes),
            _ => Err(Error::UnknownAsset { name: short(asset) }),
        }
    }

    fn config(&self) -> Option<&Config> {
        Some(&self.config)
    }

    fn step(&mut self) -> Result<()> {
        let data = &self.data;
        let has = |class: usize| data.train.classes.contains(&(class as u32));
        if data.train.is_empty() || data.train.classes.iter().all(|c| *c == data.train.classes[0]) {
            return Err(Error::EmptyClass { class: (0..data.classes).find(|&c| !has(c)).unwrap_or(0) });
        }
        self.trainer.step(&data.train)?;
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
        let numbers = |expected: usize| {
            if data.len() != expected {
                return Err(Error::Length { what: "input", expected, got: data.len() });
            }
            data.iter().all(|v| v.is_finite()).then_some(data).ok_or(Error::NonFinite { name: kind.into() })
        };
        let mut edits = self.data.edits.clone();
        match kind {
            "paint" => {
                let d = numbers(4)?;
                edits.paint(d[0], [d[1], d[2]], d[3])?;
            }
            "erase" => {
                let d = numbers(3)?;
                edits.erase([d[0], d[1]], d[2])?;
            }
            "hole" => {
                let d = numbers(3)?;
                edits.hole([d[0], d[1]], d[2])?;
            }
            "undo" => drop(edits.undo()),
            "redo" => drop(edits.redo()),
            "clear" => edits.clear()?,
            _ => return Err(Error::UnknownInput { name: short(kind) }),
        }
        self.put_edits(edits)
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
            "thumbnail" => super::thumbnail(data),
            _ => Err(Error::UnknownInput { name: short(kind) }),
        }
    }

    fn draw(&self, frame: &mut Frame) {
        let (net, data) = (&self.trainer.net, &self.data);
        let sharpness = self.trainer.settings.loss.sharpness();
        let canvas = &mut self.canvas.get();
        let side = self.config.count("resolution");
        canvas.field(net, sharpness, side, frame.channel("field", data.classes, side * side));

        let points = frame.channel("points", data.points.len(), 4);
        for (i, row) in points.chunks_exact_mut(4).enumerate() {
            row[..2].copy_from_slice(&data.points.x[2 * i..2 * i + 2]);
            row[2] = data.points.class[i] as f32;
            row[3] = f32::from(u8::from(data.points.held_out[i]));
        }

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
        let history = frame.channel("history", self.history.len(), 5);
        for (out, row) in history.chunks_exact_mut(5).zip(&self.history) {
            out.copy_from_slice(row);
        }
        let [step, train_loss, test_loss, train, test] = self.evaluate();
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
            "points.csv" => Ok(csv::to_csv(&self.data.points).into_bytes()),
            "history.csv" => Ok(super::history_csv(&self.history)),
            "network.safetensors" => {
                let settings = knobs::saved(&self.config);
                let settings: Vec<_> = settings.iter().map(|(id, value)| (*id, value.as_str())).collect();
                Ok(safetensors::write(&self.trainer.net, &settings))
            }
            "network.json" => Ok(to_json(&self.trainer.net).into_bytes()),
            "network.onnx" => to_onnx(&self.trainer.net),
            _ => Err(Error::UnknownExport { name: short(kind) }),
        }
    }

    fn heap_bytes(&self) -> usize {
        self.trainer.heap_bytes() + 20 * self.history.capacity()
    }
}
