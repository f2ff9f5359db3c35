//! The files that labs of photographs are supplied with, each read once and shared by all runs and their pasts.

use super::Labels;
use crate::data::Photo;
use crate::error::{Error, Result, short};
use crate::formats::Quantized;
use std::rc::Rc;

/// Photos to choose from: in the classes of the network up to `sheep`, then three that are in none, then the visitor's own.
pub const PHOTOS: &[&str] = &[
    "panda",
    "gibbon",
    "red-panda",
    "koala",
    "polar-bear",
    "dog",
    "cat",
    "lemur",
    "bison",
    "jaguar",
    "kingfisher",
    "crab",
    "sheep",
    "giraffe",
    "moose",
    "crocodile",
    YOURS,
];
/// The choice that no file is shipped for.
pub const YOURS: &str = "yours";
/// The network.
pub const LITE: &str = SHIPS[0];
/// The names of its classes.
pub const LABELS: &str = SHIPS[1];
/// Pixels a side of every photo that ships, and of what the network was trained on.
pub const SIDE: usize = 224;
/// The files: the network, its classes' names, the photos in the order of [`PHOTOS`].
pub const SHIPS: [&str; 18] = [
    "lite0.bin",
    "labels.txt",
    "panda.bin",
    "gibbon.bin",
    "red-panda.bin",
    "koala.bin",
    "polar-bear.bin",
    "dog.bin",
    "cat.bin",
    "lemur.bin",
    "bison.bin",
    "jaguar.bin",
    "kingfisher.bin",
    "crab.bin",
    "sheep.bin",
    "giraffe.bin",
    "moose.bin",
    "crocodile.bin",
];
const BEFORE_PHOTOS: usize = 2;
const COUNT: usize = SHIPS.len() - BEFORE_PHOTOS;

/// The file of the photo called `name`; none for the visitor's own.
pub fn file_of(name: &str) -> Option<&'static str> {
    let at = PHOTOS[..COUNT].iter().position(|known| *known == name)?;
    Some(SHIPS[BEFORE_PHOTOS + at])
}

/// What has been supplied so far. A clone shares every file.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    lite: Option<Rc<Quantized>>,
    labels: Option<Rc<Labels>>,
    photos: [Option<Rc<Photo>>; COUNT],
}

impl Shelf {
    /// Takes in one of [`SHIPS`]. Nothing has changed on error.
    ///
    /// # Errors
    /// [`Error::UnknownAsset`]; what [`Quantized::read`], [`Labels::read`] or [`Photo::read`] finds; [`Error::Length`] for other
    /// than one name a class.
    pub fn supply(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        let at = SHIPS.iter().position(|name| *name == asset);
        match at.ok_or_else(|| Error::UnknownAsset { name: short(asset) })? {
            0 => {
                let lite = Quantized::read(bytes, [SIDE; 2])?;
                if lite.net.input().channels != 3 {
                    return Err(Error::NetworkFile { what: "layers".into() });
                }
                one_each(Some(&lite), self.labels.as_deref())?;
                self.lite = Some(Rc::new(lite));
            }
            1 => {
                let labels = Labels::read(bytes)?;
                one_each(self.lite.as_deref(), Some(&labels))?;
                self.labels = Some(Rc::new(labels));
            }
            at => self.photos[at - BEFORE_PHOTOS] = Some(Rc::new(Photo::read(bytes)?)),
        }
        Ok(())
    }

    /// Those of `needed` that are not there, in this order.
    pub fn lacks(&self, needed: &[&'static str]) -> Vec<&'static str> {
        needed.iter().copied().filter(|asset| !self.has(asset)).collect()
    }

    fn has(&self, asset: &str) -> bool {
        match SHIPS.iter().position(|name| *name == asset) {
            Some(0) => self.lite.is_some(),
            Some(1) => self.labels.is_some(),
            Some(at) => self.photos[at - BEFORE_PHOTOS].is_some(),
            None => false,
        }
    }

    /// The network, on pictures of [`SIDE`] × [`SIDE`].
    pub fn lite(&self) -> Option<&Rc<Quantized>> {
        self.lite.as_ref()
    }

    /// The names of its classes.
    pub fn labels(&self) -> Option<&Rc<Labels>> {
        self.labels.as_ref()
    }

    /// The photo called `name`, one of [`PHOTOS`] but the last.
    pub fn photo(&self, name: &str) -> Option<&Rc<Photo>> {
        let at = PHOTOS[..COUNT].iter().position(|known| *known == name)?;
        self.photos[at].as_ref()
    }
}

fn one_each(lite: Option<&Quantized>, labels: Option<&Labels>) -> Result<()> {
    let (Some(lite), Some(labels)) = (lite, labels) else { return Ok(()) };
    let (expected, got) = (lite.net.output().len(), labels.len());
    if expected == got { Ok(()) } else { Err(Error::Length { what: "class names", expected, got }) }
}
