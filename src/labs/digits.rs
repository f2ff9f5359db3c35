//! A network learns to read handwritten digits, and pushes too small to see make it misread them.
//!
//! Channels: `shown` (1 × 784, the digit as the network gets it), `label` (1 × class, index), `push` (S × 784, its way under
//! attack), `pushAt` (S × 1), `answers` (S × 10), `random` (1 × 784), `randomAnswers` (1 × 10), `curve` (E × size, robust,
//! noise, certified), `transfer` (E × size, the twin's accuracy), `confusion` (10², classes × answers), `mistakes` (M × 784
//! pixels, index, class, answer, confidence), `kernels` (K × k²), `maps` and `maps2` (F × pixels), `slice` (32² × 10),
//! `slicePath` (S × 2), `cloud` (500 × x, y, class), `place`, `placePushed` (1 × 2), `axes` (1 × 2, shares of variance), `off`
//! (R × way, strength, accuracy, confidence), `offShown` (1 × 784), `offAnswers` (1 × 10), `history` (H × step, trainLoss,
//! testLoss, trainAccuracy, testAccuracy), `measured` (1 × 1, the step that what is measured on many digits belongs to),
//! `readouts`. Before the lab is supplied all have no rows, and read-outs are NaN.

mod broad;
mod cloud;
mod curve;
mod drawing;
mod files;
mod found;
mod knobs;
mod learning;
mod look;
mod measuring;
mod off;
mod pushing;
mod raster;
mod shown;
mod transfer;

use super::curves::{Curves, standing};
use super::network_file::{self, NETWORK};
use super::{About, Config, Frame, Lab, Revision, Trail};
use crate::error::{Error, Result, short};
use crate::formats::{pictures_to_onnx, safetensors::File};
use crate::rng::Rng;
use crate::tensor::{Scratch, clone_by_field};
use crate::train::Evaluation;
use drawing::Drawing;
use files::{Data, Files, PIXELS};
use learning::Learner;
use measuring::Measuring;
use off::Way;
use std::rc::Rc;

/// Steps between points of the history, early in a run: each takes as long as some ten steps.
const EVERY: u64 = 40;

/// See the module.
#[derive(Debug)]
pub struct Digits {
    config: Config,
    seed: u32,
    files: Files,
    data: Option<Rc<Data>>,
    learner: Learner,
    /// The same from another seed, for pushes to be carried over to.
    twin: Option<Learner>,
    drawing: Rc<Drawing>,
    /// The drawing as the network receives it.
    own: Rc<[f32]>,
    history: Curves,
    /// Of anything a measurement depends on.
    revision: Revision,
    /// Of what of it is no training.
    looks: Revision,
    evaluation: Scratch<Evaluation>,
    look: Scratch<look::Look>,
    measuring: Scratch<Measuring>,
}
clone_by_field!(Digits {
    config,
    seed,
    files,
    data,
    learner,
    twin,
    drawing,
    own,
    history,
    revision,
    looks,
    evaluation,
    look,
    measuring
});

impl Digits {
    fn record(&mut self) {
        let Self { data, learner, history, evaluation, .. } = self;
        let Some(data) = data else { return };
        let trainer = &learner.trainer;
        history.record(trainer.steps(), EVERY, || {
            standing(trainer, &data.train_watched, &data.test_watched, evaluation)
        });
    }

    /// What there is to learn from may have become complete.
    fn supplied(&mut self) {
        self.data = Data::new(&self.files, self.config.count("count")).map(Rc::new);
        self.looked();
        self.record();
    }

    fn looked(&mut self) {
        self.revision.next();
        self.looks.next();
    }

    fn put(&mut self, drawing: Drawing) {
        self.own = drawing.digit().into();
        self.drawing = Rc::new(drawing);
        self.looked();
    }

    /// The file's network in the place of this one, with the setting that makes it; the optimiser begins afresh.
    fn open(&mut self, bytes: &[u8]) -> Result<()> {
        let file = File::read(bytes)?;
        let config = network_file::opened(&self.config, &knobs::about().knobs, knobs::OF_NETWORK, &file)?;
        let mut learner = Learner::new(&config, &Rng::seeded(self.seed))?;
        file.fill(&mut learner.trainer.net)?;
        learner.trainer.continue_from(self.learner.trainer.steps());
        (self.learner, self.config) = (learner, config);
        self.looked();
        Ok(())
    }

    fn not_supplied(&self) -> Error {
        Error::not_supplied(&self.files.missing())
    }

    /// The picture a question is about: of test digit `i`, of the drawing (−1), or of clothes (−2 and down).
    fn asked(&self, i: f32) -> Result<Vec<f32>> {
        if i == -1.0 {
            return Ok(self.own.to_vec());
        }
        let data = self.data.as_ref().ok_or_else(|| self.not_supplied())?;
        let (x, at) = if i < 0.0 { (&data.clothes.x, -2.0 - i) } else { (&data.test.x, i) };
        let max = (x.len() / PIXELS) as f64 - 1.0;
        if at != at.trunc() || !(0.0..=max).contains(&f64::from(at)) {
            return Err(Error::Parameter { name: "item".into(), min: 0.0, max, value: at.into() });
        }
        Ok(x[at as usize * PIXELS..][..PIXELS].to_vec())
    }

    /// Ten probabilities.
    fn read(&self, picture: &[f32]) -> Vec<f32> {
        self.look.get().answers(&self.learner.trainer.net, picture).to_vec()
    }
}

impl Lab for Digits {
    fn about() -> About {
        knobs::about()
    }

    fn new(config: &Config, seed: u32) -> Result<Self> {
        let rng = Rng::seeded(seed);
        let learner = Learner::new(config, &rng)?;
        let twin = config.flag("twin").then(|| Learner::new(config, &rng.fork(8))).transpose()?;
        Ok(Self {
            config: config.clone(),
            seed,
            files: Files::default(),
            data: None,
            learner,
            twin,
            drawing: Rc::default(),
            own: vec![0.0; PIXELS].into(),
            history: Curves::default(),
            revision: Revision::default(),
            looks: Revision::default(),
            evaluation: Scratch::default(),
            look: Scratch::default(),
            measuring: Scratch::default(),
        })
    }

    fn lacks(&self) -> Vec<&'static str> {
        self.files.missing()
    }

    fn supply(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        self.files.supply(asset, bytes)?;
        self.supplied();
        Ok(())
    }

    fn equip(&mut self, old: &Self) -> Result<()> {
        self.files = old.files.clone();
        if self.config.count("count") == old.config.count("count") {
            self.data.clone_from(&old.data);
            self.looked();
            self.record();
        } else {
            self.supplied();
        }
        Ok(())
    }

    fn adopt(&mut self, old: &Self) -> Result<()> {
        (self.drawing, self.own) = (old.drawing.clone(), old.own.clone());
        self.looked();
        Ok(())
    }

    fn own(&self, trail: &mut Trail) {
        self.drawing.own(trail);
    }

    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        match asset {
            knobs::PICTURE => self.put(self.drawing.opened(bytes)?),
            NETWORK => self.open(bytes)?,
            _ => return Err(Error::UnknownAsset { name: short(asset) }),
        }
        Ok(())
    }

    fn config(&self) -> Option<&Config> {
        Some(&self.config)
    }

    fn step(&mut self) -> Result<()> {
        let Some(data) = &self.data else {
            return Err(self.not_supplied());
        };
        self.learner.step(data)?;
        if let Some(twin) = &mut self.twin {
            // The run is the first network's: where only the twin diverges it stays behind.
            drop(twin.step(data));
        }
        self.revision.next();
        self.record();
        Ok(())
    }

    fn steps(&self) -> u64 {
        self.learner.trainer.steps()
    }

    fn measure(&self) -> bool {
        self.measuring.get().measure(self)
    }

    fn set(&mut self, _knob: &'static str, config: &Config) -> Result<()> {
        self.learner.set(config)?;
        if let Some(twin) = &mut self.twin {
            twin.set(config)?;
        }
        self.config.clone_from(config);
        self.looked();
        Ok(())
    }

    fn input(&mut self, kind: &str, data: &[f32]) -> Result<()> {
        self.put(self.drawing.input(kind, data)?);
        Ok(())
    }

    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        let expected = if kind == "off" { 3 } else { 1 };
        if data.len() != expected {
            return Err(Error::Length { what: "question", expected, got: data.len() });
        }
        if data.iter().any(|v| !v.is_finite()) {
            return Err(Error::NonFinite { name: short(kind) });
        }
        match kind {
            "item" => self.asked(data[0]),
            "read" => Ok(self.read(&self.asked(data[0])?)),
            "off" => {
                let way = Way::ALL.get(data[0] as usize).filter(|_| data[0] >= 0.0);
                let way = way.ok_or(Error::Choice { name: "off".into(), value: String::new() })?;
                let strength = crate::kernel::clamp(data[1], 0.0, 1.0);
                let digit = self.asked(data[2])?;
                let clothes = if *way == Way::Clothes { self.asked(-2.0)? } else { Vec::new() };
                let mut changed = vec![0.0; PIXELS];
                way.change(strength, &digit, &clothes, &mut Rng::seeded(self.seed).fork(9), &mut changed);
                let answers = self.read(&changed);
                changed.extend(answers);
                Ok(changed)
            }
            _ => Err(Error::UnknownInput { name: short(kind) }),
        }
    }

    fn draw(&self, frame: &mut Frame) {
        self.history.draw(frame);
        let measuring = self.measuring.get();
        let Measuring { shown, broad, .. } = &*measuring;
        shown.draw(frame);
        broad.draw(frame);
        let (count, kernels) = look::kernels(&self.learner.trainer.net);
        frame.channel("kernels", count, kernels.len() / count).copy_from_slice(&kernels);
        let cloud = self.data.as_ref().and_then(|data| data.known_cloud());
        let points = cloud.map_or(&[][..], |cloud| &cloud.points);
        frame.channel("cloud", points.len(), 3).copy_from_slice(points.as_flattened());
        let share = cloud.map_or(&[][..], |cloud| &cloud.share);
        frame.channel("axes", share.len() / 2, 2).copy_from_slice(share);
        let measured = broad.revision.map_or(f32::NAN, |_| broad.step as f32);
        frame.channel("measured", 1, 1)[0] = measured;

        let of = |f: fn(&curve::Point) -> f32| broad.now.as_ref().map_or(f32::NAN, f);
        let [answer, confidence] = shown.answer();
        let there = |there: Option<u64>, value: f32| there.map_or(f32::NAN, |_| value);
        let spent = self.learner.gradients() + self.twin.as_ref().map_or(0, Learner::gradients);
        let readouts = [
            of(|p| p.robust),
            of(|p| p.noise),
            of(|p| p.certified),
            there(broad.revision, broad.accuracy),
            self.history.last_loss(),
            confidence,
            answer,
            there(shown.revision, shown.l2),
            there(shown.revision, shown.linf),
            (spent + shown.gradients + broad.gradients) as f32,
            there(broad.revision, broad.blind),
            self.steps() as f32,
        ];
        frame.channel("readouts", 1, readouts.len()).copy_from_slice(&readouts);
    }

    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        match kind {
            "history.csv" => Ok(self.history.csv()),
            "network.onnx" => pictures_to_onnx(&self.learner.trainer.net),
            _ => network_file::export(kind, &self.learner.trainer.net, &self.config, knobs::OF_NETWORK)
                .unwrap_or_else(|| Err(Error::UnknownExport { name: short(kind) })),
        }
    }

    fn heap_bytes(&self) -> usize {
        self.learner.heap_bytes()
            + self.twin.as_ref().map_or(0, Learner::heap_bytes)
            + self.history.heap_bytes()
    }
}
