//! The files the lab is supplied with, and what it makes of them: shared by every run, because none of it ever changes.

use super::cloud::{Cloud, Search};
use super::knobs::SHIPS;
use crate::data::Images;
use crate::error::{Error, Result};
use crate::labs::handwriting;
pub use crate::labs::handwriting::{CLASSES, PIXELS, SHAPE};
use crate::train::Examples;
use std::cell::OnceCell;
use std::rc::Rc;

/// Digits of each side that the curves of training are taken on.
const WATCHED: usize = 500;

/// What has been supplied so far: training digits, test digits, clothes.
#[derive(Debug, Clone, Default)]
pub struct Files(pub [Option<Rc<Images>>; 3]);

impl Files {
    /// Takes in one of [`SHIPS`].
    ///
    /// # Errors
    /// [`Error::UnknownAsset`]; [`Error::ImageFile`] for a file that is none, or has pictures of another size or class.
    pub fn supply(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        let at = SHIPS.iter().position(|name| *name == asset);
        let at = at.ok_or_else(|| Error::UnknownAsset { name: crate::error::short(asset) })?;
        self.0[at] = Some(Rc::new(handwriting::pictures(bytes)?));
        Ok(())
    }

    /// The files that are not there yet.
    pub fn missing(&self) -> Vec<&'static str> {
        SHIPS.iter().zip(&self.0).filter(|(_, file)| file.is_none()).map(|(name, _)| *name).collect()
    }
}

/// Pictures as rows of a network.
#[derive(Debug)]
pub struct Data {
    /// The digits learned from.
    pub train: Examples,
    /// The first of them, for the curves.
    pub train_watched: Examples,
    /// All test digits.
    pub test: Examples,
    /// The first of them, for the curves.
    pub test_watched: Examples,
    /// Every picture of clothes; its class is no answer here.
    pub clothes: Examples,
    cloud: OnceCell<Cloud>,
}

impl Data {
    /// At most `count` training digits; none before all `files` are there.
    pub fn new(files: &Files, count: usize) -> Option<Self> {
        let [Some(train), Some(test), Some(clothes)] = &files.0 else { return None };
        let first = |images: &Images, most: usize| Examples::of_images(images, 0..images.len().min(most));
        Some(Self {
            train: first(train, count),
            train_watched: first(train, WATCHED.min(count)),
            test: first(test, usize::MAX),
            test_watched: first(test, WATCHED),
            clothes: first(clothes, usize::MAX),
            cloud: OnceCell::new(),
        })
    }

    /// Pixels of test digit `i`, of the last one where there are not so many.
    pub fn digit(&self, i: usize) -> (&[f32], u32, usize) {
        let i = i.min(self.test.len() - 1);
        (&self.test.x[i * PIXELS..][..PIXELS], self.test.classes[i], i)
    }

    /// The two widest directions of training digits, and where test digits lie along them: known, or searched for a round more.
    pub fn cloud(&self, search: &mut Option<Search>) -> Option<&Cloud> {
        if self.cloud.get().is_none() {
            let search = search.get_or_insert_with(|| Search::new(&self.train.x));
            if search.round() {
                // It depends on nothing but the digits: whoever comes first finds what all would.
                let _ = self.cloud.set(search.end(&self.test_watched));
            }
        }
        self.cloud.get()
    }

    /// The same, if it is known.
    pub fn known_cloud(&self) -> Option<&Cloud> {
        self.cloud.get()
    }
}
