//! What a unit wants: pictures made to excite one unit of a network, or a whole layer, as much as they can.
//!
//! Channels: `pictures` (U × pixels, of digits every unit's, else one; 0 to 1, of photographs grey levels), `activations` (U × 1), `start` (1 × pixels:
//! how the shown one began), `answers` and `startAnswers` (of digits 1 × 10 probabilities, of photographs 5 × class, probability), `best` (U × 6·784,
//! the digits that excite each most) and `bestActivation` (U × 6), `neighbour` (1 × 784, the training digit nearest to the shown picture), `curve` and
//! `history` (S × step, activation before it as it was looked at), `readouts`. What is not measured, or is not of photographs, has no rows.
//!
//! The activation of a unit: its logit, or √ mean max(y, 0)² over its map before ReLU; of a layer: mean max(y, 0)².

mod knobs;
mod known;
mod seen;
mod subject;
mod view;
mod way;

use super::handwriting::{self, PIXELS};
use super::network_file::NETWORK;
use super::picture::{self, PHOTO, SIDE, Shelf, YOURS, layers};
use super::{About, Config, Frame, Lab, Revision, Trail};
use crate::data::{Images, Photo};
use crate::decimal;
use crate::error::{Error, Result, short};
use crate::nn::Network;
use crate::probe::{AscentBuffers, rescaled};
use crate::tensor::{Scratch, Shape, clone_by_field};
use knobs::{DIGITS, Goal, NETS, TRAININGS};
use known::Known;
use std::cell::RefCell;
use std::rc::Rc;
use subject::Subject;
use way::Way;

/// Files of digits, as far as they are there.
#[derive(Debug, Clone, Default)]
struct Files {
    nets: [Option<Rc<Network>>; 2],
    digits: [Option<Rc<Images>>; 2],
    known: Option<Rc<Known>>,
}

/// What the visitor brought.
#[derive(Debug, Clone, Default)]
struct Own {
    photo: Option<Rc<Photo>>,
    net: Option<Rc<Network>>,
}

/// See the module.
#[derive(Debug)]
pub struct Filters {
    config: Config,
    seed: u32,
    shelf: Shelf,
    files: Files,
    own: Own,
    /// Behind while a unit that was not shown before catches up: measuring takes it on.
    way: RefCell<Option<Way>>,
    steps: u64,
    /// Steps when the way began.
    from: u64,
    revision: Revision,
    buffers: Scratch<AscentBuffers>,
    seen: Scratch<seen::Seen>,
}
clone_by_field!(Filters { config, seed, shelf, files, own, way, steps, from, revision, buffers, seen });

impl Filters {
    /// The layer's name where the network is the one of digits, else the one in the other.
    fn layer(&self) -> (bool, &str) {
        let layer = self.config.text("layer");
        match layer.strip_prefix("digits.") {
            Some(name) => (true, name),
            None => (false, layer.strip_prefix("lite0.").unwrap_or(layer)),
        }
    }

    fn photo(&self) -> Option<&Rc<Photo>> {
        match self.config.text("photo") {
            YOURS => self.own.photo.as_ref(),
            name => self.shelf.photo(name),
        }
    }

    /// What the climb begins at, as the network gets it; none where it begins at noise.
    fn picture(&self) -> Option<Rc<[f32]>> {
        if knobs::goal(&self.config) == Goal::Fooling {
            return None;
        }
        if self.layer().0 {
            return self.files.known.as_ref().map(|known| known.item(self.config.count("item")).into());
        }
        let size = self.config.count("size");
        let to = Shape { height: size, width: size, channels: 3 };
        // In whole grey levels, so that what is inside ε of it stays there when a screen shows it.
        let whole = |x: f32| (x * 128.0).round() / 128.0;
        let scaled = |photo: &Rc<Photo>| rescaled(&picture::normalized(photo.pixels()), photo.shape(), to);
        self.photo().map(|photo| scaled(photo).into_iter().map(whole).collect())
    }

    /// Begins anew, if there is all it takes.
    fn begin(&mut self, old: Option<&Subject>) -> Result<()> {
        self.revision.next();
        self.from = self.steps;
        self.way = RefCell::new(None);
        if !self.lacks().is_empty() {
            return Ok(());
        }
        let known = self.known();
        let (of_digits, layer) = self.layer();
        let subject = if of_digits {
            let Some(known) = known else { return Ok(()) };
            Subject::of_digits(&known, layer)?
        } else {
            let Some(lite) = self.shelf.lite() else { return Ok(()) };
            Subject::of_photos(lite, layer, self.config.count("size"), old)?
        };
        let picture = self.picture();
        if picture.is_none() && knobs::goal(&self.config) != Goal::Fooling {
            return Ok(());
        }
        let way = Way::new(Rc::new(subject), picture, &self.config, self.seed)?;
        self.way = RefCell::new(Some(way));
        Ok(())
    }

    /// The network of digits at hand and what is known of it.
    fn known(&mut self) -> Option<Rc<Known>> {
        let [Some(train), Some(test)] = &self.files.digits else { return None };
        let net = self.own.net.as_ref().or(self.files.nets[self.trained()].as_ref())?;
        let same = |known: &&Rc<Known>| Rc::ptr_eq(&known.net, net);
        if self.files.known.as_ref().filter(same).is_none() {
            self.files.known = Some(Rc::new(Known::new(net.clone(), train.clone(), test.clone())));
        }
        self.files.known.clone()
    }

    /// Which of the networks of digits is looked into.
    fn trained(&self) -> usize {
        TRAININGS.iter().position(|name| *name == self.config.text("training")).expect("a checked choice")
    }

    fn unit(&self) -> usize {
        self.config.count("unit")
    }

    /// The step of the way that belongs to the present one.
    fn at(&self) -> u64 {
        self.steps - self.from
    }
}

impl Lab for Filters {
    fn about() -> About {
        knobs::about()
    }

    fn new(config: &Config, seed: u32) -> Result<Self> {
        let lab = Self {
            config: config.clone(),
            seed,
            shelf: Shelf::default(),
            files: Files::default(),
            own: Own::default(),
            way: RefCell::new(None),
            steps: 0,
            from: 0,
            revision: Revision::default(),
            buffers: Scratch::default(),
            seen: Scratch::default(),
        };
        if lab.layer().0 && config.text("parametrisation") == "fourier" {
            // Of 28 pixels a side waves gain nothing over pixels.
            return Err(Error::Refused { what: "waves-small" });
        }
        Ok(lab)
    }

    fn lacks(&self) -> Vec<&'static str> {
        if self.layer().0 {
            let (which, [train, test]) = (self.trained(), &self.files.digits);
            let there = [self.files.nets[which].is_some(), train.is_some(), test.is_some()];
            let names = [NETS[which], DIGITS[0], DIGITS[1]];
            return names.into_iter().zip(there).filter(|(_, there)| !there).map(|(name, _)| name).collect();
        }
        let begins = knobs::goal(&self.config) != Goal::Fooling;
        let photo = picture::file_of(self.config.text("photo")).filter(|_| begins);
        self.shelf.lacks(&[Some(picture::LITE), photo].into_iter().flatten().collect::<Vec<_>>())
    }

    fn supply(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        let at = |names: &[&str; 2]| names.iter().position(|name| *name == asset);
        match (at(&NETS), at(&DIGITS)) {
            (Some(at), _) => self.files.nets[at] = Some(Rc::new(known::network(bytes)?)),
            (_, Some(at)) => self.files.digits[at] = Some(Rc::new(handwriting::pictures(bytes)?)),
            _ => self.shelf.supply(asset, bytes)?,
        }
        if self.way.borrow().is_none() { self.begin(None) } else { Ok(()) }
    }

    fn equip(&mut self, old: &Self) -> Result<()> {
        (self.shelf, self.files) = (old.shelf.clone(), old.files.clone());
        let subject = old.way.borrow().as_ref().map(|way| way.subject.clone());
        self.begin(subject.as_deref())
    }

    fn adopt(&mut self, old: &Self) -> Result<()> {
        self.own.clone_from(&old.own);
        // Whoever chooses another of the networks that ship means that one.
        if self.trained() != old.trained() {
            self.own.net = None;
        }
        if self.own.photo.is_none() && self.own.net.is_none() {
            return Ok(());
        }
        let subject = self.way.borrow().as_ref().map(|way| way.subject.clone());
        self.begin(subject.as_deref())
    }

    fn own(&self, trail: &mut Trail) {
        if let Some(photo) = &self.own.photo {
            picture::write(photo, trail);
        }
        if let Some(net) = &self.own.net {
            // A link holds none of these; that it does not is then said.
            trail.has_room(4 * net.params.len());
        }
    }

    fn kept(&self, asset: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        if asset == PHOTO { picture::kept(asset, bytes, SIDE) } else { Ok(bytes.to_vec()) }
    }

    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        let mut lab = self.clone();
        match asset {
            PHOTO => {
                lab.own.photo = Some(Rc::new(picture::square(bytes, SIDE)?));
                lab.config.set(&knobs::about().knobs, "photo", YOURS.into())?;
            }
            NETWORK => lab.own.net = Some(Rc::new(known::network(bytes)?)),
            _ => return Err(Error::UnknownAsset { name: short(asset) }),
        }
        lab.begin(None)?;
        *self = lab;
        Ok(())
    }

    fn config(&self) -> Option<&Config> {
        Some(&self.config)
    }

    fn step(&mut self) -> Result<()> {
        let at = self.at();
        let Some(way) = self.way.get_mut() else {
            return Err(picture::not_begun(&self.lacks()));
        };
        // One that is behind gains on it.
        let buffers = &mut self.buffers.get();
        way.advance(at, buffers)?;
        way.advance(at + 1, buffers)?;
        self.steps += 1;
        self.revision.next();
        Ok(())
    }

    fn steps(&self) -> u64 {
        self.steps
    }

    fn measure(&self) -> bool {
        let way = &mut *self.way.borrow_mut();
        let Some(way) = way else { return true };
        // What a step would say, it says when it is taken.
        if !way.advance(self.at(), &mut self.buffers.get()).unwrap_or(true) {
            return false;
        }
        let known = way.subject.digits.as_ref().is_none_or(|(known, _)| known.look());
        let goal = knobs::goal(&self.config);
        self.seen.get().look(way, self.unit(), goal, self.revision.get()) && known
    }

    fn set(&mut self, knob: &'static str, config: &Config) -> Result<()> {
        let (steps, picture) = (self.at(), self.picture());
        if let Some(way) = self.way.get_mut() {
            if knob != "unit" {
                way.turn(steps, config);
                if way.ascent.steps() == steps {
                    way.advance(steps, &mut self.buffers.get())?;
                }
            } else if way.subject.digits.is_none() && knobs::goal(config) != Goal::Dream {
                *way = way.anew(picture, config, self.seed)?;
            } else {
                way::check(&way.subject, config.count("unit"))?;
            }
        }
        self.config.clone_from(config);
        self.revision.next();
        Ok(())
    }

    fn ask(&self, kind: &str, data: &[f32]) -> Result<Vec<f32>> {
        let expected = usize::from(kind == "item");
        if data.len() != expected {
            return Err(Error::Length { what: "question", expected, got: data.len() });
        }
        match kind {
            "layers" => {
                let digits = [[8, 28], [16, 14], [10, 1]];
                Ok(digits.iter().chain(layers::SIZES).flatten().map(|v| f32::from(*v)).collect())
            }
            "item" => {
                let Some(test) = &self.files.digits[1] else {
                    return Err(Error::NotSupplied { assets: DIGITS[1].into() });
                };
                let (at, max) = (data[0], test.len() as f64 - 1.0);
                if at != at.trunc() || !(0.0..=max).contains(&f64::from(at)) {
                    return Err(Error::Parameter { name: "item".into(), min: 0.0, max, value: at.into() });
                }
                let mut digit = vec![0.0; PIXELS];
                test.write(at as usize, &mut digit);
                Ok(digit)
            }
            _ => Err(Error::UnknownInput { name: short(kind) }),
        }
    }

    fn draw(&self, frame: &mut Frame) {
        view::draw(self, frame);
    }

    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        if kind != "history.csv" {
            return Err(Error::UnknownExport { name: short(kind) });
        }
        let mut text = String::from("step,activation\n");
        for [step, value] in self.way.borrow().iter().flat_map(|way| way.curve(self.unit())) {
            text += &decimal::text(step + self.from as f32);
            text.push(',');
            text += &decimal::text(value);
            text.push('\n');
        }
        Ok(text.into_bytes())
    }

    fn heap_bytes(&self) -> usize {
        self.way.borrow().as_ref().map_or(0, Way::heap_bytes)
    }
}
