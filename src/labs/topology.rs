//! A network too narrow to tell two sets apart, whatever its depth, and the point that proves it wrong.
//!
//! Channels: `field` (2 × R², probabilities; no cells in space), `points` (N × x, y, z, class), `hidden` (N × width, the last
//! hidden layer), `sheet` (lines × points on each × width, the plane's grid there), `outline` (k × set, line, x, y), `control`
//! (k × set, x, y: control points of drawn curves), `round` (2 × 256, the lead of set 1 round each core), `theorem` (1 ×
//! width needed, whether a wrong point there must be, which set is enclosed or −1), `witness` (0 or 1 × x, y, z, set, lead, how it
//! was found), `corridor` (k × 2), `measured` (1 × 1), `shape` (1 × widths), `weights` (1 × P), `history`, `readouts`.

mod curves;
mod exact;
mod knobs;
mod sets;
mod survey;
mod view;
mod witness;

use super::curves::{Curves, standing};
use super::network_file::{self, NETWORK};
use super::{About, Config, Frame, Lab, Revision, Trail};
use crate::decimal;
use crate::error::{Error, Result, short};
use crate::formats::safetensors::File;
use crate::kernel;
use crate::nn::Network;
use crate::optim::Rule;
use crate::rng::Rng;
use crate::tensor::{Scratch, Shape, clone_by_field};
use crate::train::{Evaluation, Examples, Trainer};
use curves::{Lie, Pair};
use sets::Sets;
use std::sync::Arc;
use survey::Survey;

/// Fresh points of the sets that accuracy is measured on.
const DENSE: usize = 20_000;
/// Of these, those behind the held-out loss of the history.
const FEW: usize = 1_000;

/// See the module.
#[derive(Debug)]
pub struct Topology {
    config: Config,
    seed: u32,
    sets: Arc<Sets>,
    train: Arc<Examples>,
    dense: Arc<Examples>,
    few: Arc<Examples>,
    trainer: Trainer,
    /// step, trainLoss, testLoss, trainAccuracy, testAccuracy; ever rarer as the run goes on.
    history: Curves,
    /// Of anything a measurement depends on.
    revision: Revision,
    evaluation: Scratch<Evaluation>,
    canvas: Scratch<view::Canvas>,
    survey: Scratch<Survey>,
}
clone_by_field!(Topology {
    config, seed, sets, train, dense, few, trainer, history, revision, evaluation, canvas, survey
});

impl Topology {
    fn begin(config: &Config, seed: u32, sets: Sets) -> Result<Self> {
        let rng = Rng::seeded(seed);
        let train = sets.sample(config.count("count"), &mut rng.fork(1));
        // Not the run's seed: every run is judged by the same points.
        let dense = sets.sample(DENSE, &mut Rng::seeded(0).fork(2));
        let few = Examples {
            x: dense.x[..FEW * dense.width].to_vec(),
            width: dense.width,
            classes: dense.classes[..FEW].to_vec(),
        };
        let trainer = trainer(config, seed, &sets)?;
        let mut lab = Self {
            config: config.clone(),
            seed,
            sets: Arc::new(sets),
            train: Arc::new(train),
            dense: Arc::new(dense),
            few: Arc::new(few),
            trainer,
            history: Curves::default(),
            revision: Revision::default(),
            evaluation: Scratch::default(),
            canvas: Scratch::default(),
            survey: Scratch::default(),
        };
        lab.record();
        Ok(lab)
    }

    fn record(&mut self) {
        let Self { trainer, train, few, history, evaluation, .. } = self;
        history.record(trainer.steps(), 5, || standing(trainer, train, few, evaluation));
    }

    fn is_own(&self) -> bool {
        self.config.text("dataset") == "yours"
    }

    /// Width and depth of the network as it is.
    fn size(&self) -> (usize, usize) {
        let net = &self.trainer.net;
        (net.shape(1).len(), (net.len() - 1) / 2)
    }

    /// The settings that make the network as it is: exact weights have a size of their own.
    fn as_it_is(&self) -> Result<Config> {
        let ((width, depth), mut config) = (self.size(), self.config.clone());
        let of_this_size =
            [("width", (width as f64).into()), ("depth", (depth as f64).into()), ("weights", "random".into())];
        for (id, value) in of_this_size {
            config.set(&knobs::about().knobs, id, value)?;
        }
        Ok(config)
    }

    /// The file's network in the place of this one, with the settings that make it; the optimiser begins afresh.
    fn open(&mut self, bytes: &[u8]) -> Result<()> {
        let file = File::read(bytes)?;
        let config =
            network_file::opened(&self.as_it_is()?, &knobs::about().knobs, knobs::OF_NETWORK, &file)?;
        let mut trainer = trainer(&config, self.seed, &self.sets)?;
        file.fill(&mut trainer.net)?;
        trainer.continue_from(self.trainer.steps());
        (self.trainer, self.config) = (trainer, config);
        self.revision.next();
        Ok(())
    }

    /// Puts drawn curves in place; the network starts afresh, and steps are counted on.
    fn put(&mut self, pair: Pair) -> Result<()> {
        if !self.is_own() {
            return Err(Error::Refused { what: "not-yours" });
        }
        let mut fresh = Self::begin(&self.config, self.seed, Sets::Curves(pair))?;
        fresh.trainer.continue_from(self.steps());
        fresh.history.clone_from(&self.history);
        fresh.revision.clone_from(&self.revision);
        fresh.revision.next();
        *self = fresh;
        Ok(())
    }
}

fn trainer(config: &Config, seed: u32, sets: &Sets) -> Result<Trainer> {
    let rng = Rng::seeded(seed);
    let (exact, function) = (knobs::exact_width(config, sets)?, knobs::activation(config)?);
    let size = exact.map_or((config.count("width"), config.count("depth")), |width| (width, 1));
    let mut net = Network::chain(Shape::flat(sets.dims()), &knobs::chain(size, function), &mut rng.fork(4))?;
    if exact.is_some() {
        exact::write(&mut net, function);
    }
    Ok(Trainer::new(net, Rule::from_name("adam")?, knobs::settings(config)?, &rng.fork(5)))
}

/// What is to be said of two curves before anything is trained: the width they need, how they lie, the half-width of ribbons.
fn judgement(pair: &Pair) -> [f32; 3] {
    let lie = match pair.lie {
        Lie::Nested { inner } => inner as f32,
        Lie::Hooked => 2.0,
        Lie::Parted => 3.0,
    };
    [Sets::Curves(pair.clone()).needed() as f32, lie, pair.ribbon as f32]
}

impl Lab for Topology {
    fn about() -> About {
        knobs::about()
    }

    fn new(config: &Config, seed: u32) -> Result<Self> {
        Self::begin(config, seed, Sets::named(config))
    }

    fn adopt(&mut self, old: &Self) -> Result<()> {
        if self.is_own() && old.is_own() {
            *self = Self::begin(&self.config, self.seed, Sets::clone(&old.sets))?;
        }
        Ok(())
    }

    fn own(&self, trail: &mut Trail) {
        let Sets::Curves(pair) = &*self.sets else { return };
        if self.is_own() && *pair != Pair::preset(0) {
            trail.input("curves", &pair.write());
        }
    }

    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        if asset == NETWORK { self.open(bytes) } else { Err(Error::UnknownAsset { name: short(asset) }) }
    }

    fn config(&self) -> Option<&Config> {
        Some(&self.config)
    }

    fn step(&mut self) -> Result<()> {
        self.trainer.step(&self.train)?;
        self.revision.next();
        self.record();
        Ok(())
    }

    fn steps(&self) -> u64 {
        self.trainer.steps()
    }

    fn measure(&self) -> bool {
        self.survey.get().measure(self)
    }

    fn set(&mut self, _: &'static str, config: &Config) -> Result<()> {
        self.trainer.settings = knobs::settings(config)?;
        self.config.clone_from(config);
        self.revision.next();
        Ok(())
    }

    fn input(&mut self, kind: &str, data: &[f32]) -> Result<()> {
        match kind {
            "curves" => self.put(Pair::read(data)?),
            "preset" => self.put(Pair::preset(data.first().map_or(0, |k| *k as usize))),
            _ => Err(Error::UnknownInput { name: short(kind) }),
        }
    }

    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        match kind {
            "judge" => Pair::read(data).map(|pair| judgement(&pair).to_vec()),
            "thumbnail" => {
                let numbers = |k: usize| data.get(k).copied().unwrap_or(0.0);
                let values = [("dataset", sets::NAMES[(numbers(0) as usize).min(sets::NAMES.len() - 1)].into())];
                let sets = Sets::named(&Config::with(&knobs::about().knobs, &mut values.into_iter())?);
                let examples = sets.sample(kernel::clamp(numbers(1), 10.0, 500.0) as usize, &mut Rng::seeded(1));
                let point = |i: usize| flat(&examples.x[i * examples.width..][..examples.width]);
                let triple = |i: usize| {
                    let [x, y] = point(i);
                    [x, y, examples.classes[i] as f32]
                };
                Ok((0..examples.len()).flat_map(triple).collect())
            }
            _ => Err(Error::UnknownInput { name: short(kind) }),
        }
    }

    fn draw(&self, frame: &mut Frame) {
        let (net, canvas) = (&self.trainer.net, &mut self.canvas.get());
        let (width, depth) = self.size();
        let planar = self.sets.dims() == 2;
        let side = if planar { self.config.count("resolution") } else { 0 };
        canvas.field(net, side, frame.channel("field", 2, side * side));

        let points = frame.channel("points", self.train.len(), 4);
        for (i, row) in points.chunks_exact_mut(4).enumerate() {
            row.fill(0.0);
            row[..self.train.width].copy_from_slice(&self.train.x[i * self.train.width..][..self.train.width]);
            row[3] = self.train.classes[i] as f32;
        }
        canvas.hidden(net, &self.train.x, frame.channel("hidden", self.train.len(), width));
        let sheet = if planar { view::sheet() } else { Vec::new() };
        let columns = view::on_line() * width;
        canvas.hidden(net, &sheet, frame.channel("sheet", sheet.len() / 2 / view::on_line(), columns));
        canvas.round(net, &self.sets, frame.channel("round", 2, view::ROUND));
        draw_lines(&self.sets, frame);

        let inner = self.sets.inner().map_or(-1.0, |k| k as f32);
        let must = self.sets.must_fail(width, knobs::activation(&self.config).expect("checked"));
        let theorem = [self.sets.needed() as f32, f32::from(u8::from(must)), inner];
        frame.channel("theorem", 1, 3).copy_from_slice(&theorem);
        let survey = self.survey.get();
        survey.draw(frame);
        let widths: Vec<f32> = (0..=net.len()).filter(|i| i % 2 == 0 || *i == net.len()).map(|i| net.shape(i).len() as f32).collect();
        frame.channel("shape", 1, widths.len()).copy_from_slice(&widths);
        frame.channel("weights", 1, net.params.len()).copy_from_slice(&net.params);
        self.history.draw(frame);
        let [step, train_loss, _, train, _] = standing(&self.trainer, &self.train, &self.few, &self.evaluation);
        let [found, x, y] = survey.witness();
        let readouts =
            [survey.accuracy(), train, survey.wrong(), found, x, y, width as f32, depth as f32, train_loss, step];
        frame.channel("readouts", 1, readouts.len()).copy_from_slice(&readouts);
    }

    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        match kind {
            "history.csv" => Ok(self.history.csv()),
            "weights.csv" => {
                let lines = self.trainer.net.params.iter().flat_map(|w| [decimal::text(*w), "\n".into()]);
                Ok(lines.collect::<String>().into_bytes())
            }
            _ => network_file::export(kind, &self.trainer.net, &self.as_it_is()?, knobs::OF_NETWORK)
                .unwrap_or_else(|| Err(Error::UnknownExport { name: short(kind) })),
        }
    }

    fn heap_bytes(&self) -> usize {
        self.trainer.heap_bytes() + self.history.heap_bytes()
    }
}

/// A point as a small picture shows it: space is seen from the side and a little above.
fn flat(x: &[f32]) -> [f32; 2] {
    match *x {
        [x, y, z] => [0.86 * x + 0.5 * y, 0.9 * z + 0.22 * x - 0.38 * y],
        _ => [x[0], x[1]],
    }
}

fn draw_lines(sets: &Sets, frame: &mut Frame) {
    let outlines = sets.outlines();
    let count = outlines.iter().map(|(_, line)| line.len()).sum();
    let rows = frame.channel("outline", count, 4).chunks_exact_mut(4);
    let all = outlines.iter().enumerate().flat_map(|(k, (set, line))| line.iter().map(move |p| (k, *set, *p)));
    for (row, (k, set, [x, y])) in rows.zip(all) {
        row.copy_from_slice(&[set as f32, k as f32, x, y]);
    }
    let control: Vec<[f32; 3]> = match sets {
        Sets::Curves(pair) => {
            let of = |k: usize| pair.curves[k].control().map(move |[x, y]| [k as f32, x, y]);
            of(0).chain(of(1)).collect()
        }
        _ => Vec::new(),
    };
    frame.channel("control", control.len(), 3).copy_from_slice(control.as_flattened());
}
