//! A network that names photographs dreams: a picture is changed until a whole layer answers more to it, an octave at a time.
//!
//! Channels: `picture` (h × w·3, grey levels of the present octave), `original` (size × size·3), `curve` (S × step, octave from 1,
//! objective before that step), `underNoise` (M × step, what the layer then answered to the photo changed by as much at random), `history`
//! (S × step, objective), `over` (1 × 1: whether the last octave is done), `readouts`. Without files and without a photo all but the last two
//! have no rows, and what the layer answers is NaN.
//!
//! Once the last octave is done a step changes nothing but its own number.

mod knobs;

use super::picture::{self, DOMAIN, Shelf, YOURS, layers};
use super::{About, Config, Frame, Lab, Revision, Trail};
use crate::data::Photo;
use crate::decimal;
use crate::error::{Error, Result, short};
use crate::nn::Network;
use crate::probe::{self, AscentBuffers, rescaled};
use crate::rng::Rng;
use crate::tensor::{Scratch, Shape, clone_by_field};
use std::rc::Rc;

/// Pixels a side that are kept of a visitor's photo: the largest dream.
const KEPT: usize = 512;

/// See the module.
#[derive(Debug)]
pub struct Dream {
    config: Config,
    seed: u32,
    shelf: Shelf,
    own: Option<Rc<Photo>>,
    dream: Option<probe::Dream>,
    /// Steps taken; the dream's own are fewer once it is over.
    steps: u64,
    /// Rows of step, octave, objective.
    curve: Vec<[f32; 3]>,
    /// Rows of step, objective under noise; of some steps.
    noise: Vec<[f32; 2]>,
    revision: Revision,
    work: Scratch<Work>,
}
clone_by_field!(Dream { config, seed, shelf, own, dream, steps, curve, noise, revision, work });

/// The network at the size of the octave, and what a step writes on.
#[derive(Debug, Default)]
struct Work {
    net: Option<Network>,
    buffers: AscentBuffers,
}

impl Dream {
    fn photo(&self) -> Option<&Rc<Photo>> {
        match self.config.text("photo") {
            YOURS => self.own.as_ref(),
            name => self.shelf.photo(name),
        }
    }

    /// Falls asleep anew, if there is all it takes.
    fn begin(&mut self) -> Result<()> {
        self.dream = None;
        self.curve.clear();
        self.noise.clear();
        self.revision.next();
        let (Some(photo), Some(lite)) = (self.photo(), self.shelf.lite()) else { return Ok(()) };
        self.last(lite)?;
        let size = self.config.count("size");
        let to = Shape { height: size, width: size, channels: 3 };
        let x = rescaled(&picture::normalized(photo.pixels()), photo.shape(), to);
        let octaves = knobs::octaves(&self.config);
        self.dream = Some(probe::Dream::new(x.into(), size, octaves, DOMAIN, Rng::seeded(self.seed)));
        Ok(())
    }

    /// The activation that is climbed in.
    fn last(&self, lite: &crate::formats::Quantized) -> Result<usize> {
        let activation = layers::activation(lite, self.config.text("layer"));
        activation.ok_or_else(|| Error::NetworkFile { what: "layers".into() })
    }
}

impl Lab for Dream {
    fn about() -> About {
        knobs::about()
    }

    fn new(config: &Config, seed: u32) -> Result<Self> {
        Ok(Self {
            config: config.clone(),
            seed,
            shelf: Shelf::default(),
            own: None,
            dream: None,
            steps: 0,
            curve: Vec::new(),
            noise: Vec::new(),
            revision: Revision::default(),
            work: Scratch::default(),
        })
    }

    fn lacks(&self) -> Vec<&'static str> {
        let photo = picture::file_of(self.config.text("photo"));
        self.shelf.lacks(&[Some(picture::LITE), photo].into_iter().flatten().collect::<Vec<_>>())
    }

    fn supply(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        self.shelf.supply(asset, bytes)?;
        if self.dream.is_none() { self.begin() } else { Ok(()) }
    }

    fn equip(&mut self, old: &Self) -> Result<()> {
        self.shelf = old.shelf.clone();
        self.begin()
    }

    fn adopt(&mut self, old: &Self) -> Result<()> {
        self.own.clone_from(&old.own);
        if self.config.text("photo") == YOURS { self.begin() } else { Ok(()) }
    }

    fn own(&self, trail: &mut Trail) {
        if let Some(own) = &self.own {
            picture::write(own, trail);
        }
    }

    fn kept(&self, asset: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        picture::kept(asset, bytes, KEPT)
    }

    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        let mut next = self.clone();
        next.own = Some(Rc::new(picture::own(asset, bytes, KEPT)?));
        next.config.set(&knobs::about().knobs, "photo", YOURS.into())?;
        next.begin()?;
        *self = next;
        Ok(())
    }

    fn config(&self) -> Option<&Config> {
        Some(&self.config)
    }

    fn step(&mut self) -> Result<()> {
        let Self { dream: Some(dream), shelf, config, work, .. } = self else {
            return Err(picture::not_begun(&self.lacks()));
        };
        if !dream.is_over() {
            let lite = shelf.lite().expect("else it would not dream");
            let last = layers::activation(lite, config.text("layer")).expect("looked up when it began");
            let Work { net, buffers } = &mut *work.get();
            let net = net.get_or_insert_with(|| lite.net.clone());
            dream.step(net, last, &knobs::climb(config), buffers)?;
            let step = self.steps as f32;
            self.curve.push([step, dream.octave() as f32 + 1.0, dream.objective()]);
            if dream.under_noise().is_finite() {
                self.noise.push([step, dream.under_noise()]);
            }
        }
        self.steps += 1;
        self.revision.next();
        Ok(())
    }

    fn steps(&self) -> u64 {
        self.steps
    }

    fn set(&mut self, _knob: &'static str, config: &Config) -> Result<()> {
        self.config.clone_from(config);
        Ok(())
    }

    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        if !data.is_empty() {
            return Err(Error::Length { what: "question", expected: 0, got: data.len() });
        }
        match kind {
            "sizes" => {
                let (octaves, size) = (knobs::octaves(&self.config), self.config.count("size"));
                Ok((0..octaves.count).map(|k| octaves.side(k, size) as f32).collect())
            }
            "layers" => Ok(layers::SIZES.as_flattened().iter().map(|v| f32::from(*v)).collect()),
            _ => Err(Error::UnknownInput { name: short(kind) }),
        }
    }

    fn draw(&self, frame: &mut Frame) {
        let dream = self.dream.as_ref();
        let side = dream.map_or(0, probe::Dream::side);
        let picture = dream.map_or(&[][..], probe::Dream::picture);
        picture::levels(picture, frame.channel("picture", side, 3 * side));
        let size = dream.map_or(0, |_| self.config.count("size"));
        let original = dream.map_or(&[][..], probe::Dream::photo);
        picture::levels(original, frame.channel("original", size, 3 * size));
        frame.channel("curve", self.curve.len(), 3).copy_from_slice(self.curve.as_flattened());
        frame.channel("underNoise", self.noise.len(), 2).copy_from_slice(self.noise.as_flattened());
        let history = frame.channel("history", self.curve.len(), 2).chunks_exact_mut(2);
        history.zip(&self.curve).for_each(|(row, [step, _, objective])| row.copy_from_slice(&[*step, *objective]));
        frame.channel("over", 1, 1)[0] = f32::from(u8::from(dream.is_some_and(probe::Dream::is_over)));
        let objective = dream.map_or(f32::NAN, probe::Dream::objective);
        let octave = dream.map_or(f32::NAN, |dream| dream.octave() as f32 + 1.0);
        let [noise, share] = self.noise.last().map_or([f32::NAN; 2], |[step, noise]| {
            [*noise, noise / self.curve[*step as usize][2]]
        });
        frame
            .channel("readouts", 1, 5)
            .copy_from_slice(&[objective, noise, share, octave, self.steps as f32]);
    }

    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        if kind != "history.csv" {
            return Err(Error::UnknownExport { name: short(kind) });
        }
        let mut text = String::from("step,octave,objective,noiseObjective\n");
        let mut noise = self.noise.iter().peekable();
        for row in &self.curve {
            for value in row {
                text += &decimal::text(*value);
                text.push(',');
            }
            if let Some([_, noise]) = noise.next_if(|[step, _]| *step == row[0]) {
                text += &decimal::text(*noise);
            }
            text.push('\n');
        }
        Ok(text.into_bytes())
    }

    fn heap_bytes(&self) -> usize {
        // Once it is over clones share the last picture.
        let climbed = self.curve.last().is_none_or(|[step, ..]| *step as u64 + 1 == self.steps);
        let picture = self.dream.as_ref().filter(|_| climbed).map_or(0, probe::Dream::heap_bytes);
        picture + 12 * self.curve.capacity() + 8 * self.noise.capacity()
    }
}
