//! Digits: which of them excite each unit of a network most, and which is nearest to a picture.

use crate::data::Images;
use crate::error::{Error, Result};
use crate::formats::safetensors::File;
use crate::labs::handwriting::{self, PIXELS, SHAPE};
use crate::nn::{Mode, Network, Trace};
use crate::probe::Aim;
use crate::rng::Rng;
use crate::tensor::{batch, rows};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// Digits shown beside each unit.
pub const SHOWN: usize = 6;
/// Digits a unit of measuring takes.
const AT_ONCE: usize = 10;
/// Pictures a unit of measuring compares.
const COMPARED: usize = 3_000;

/// The network of digits in a file of this product.
///
/// # Errors
/// What is wrong with the file, or [`Error::NetworkFile`] where it does not say which network it is.
pub fn network(bytes: &[u8]) -> Result<Network> {
    let file = File::read(bytes)?;
    let kind = file.setting("network").ok_or_else(|| Error::NetworkFile { what: "network".into() })?;
    let mut net = Network::chain(SHAPE, &handwriting::chain(kind)?, &mut Rng::seeded(0))?;
    file.fill(&mut net)?;
    Ok(net)
}

/// A digit and what it brings a unit to.
pub type Hit = (f32, usize);

/// A network and the digits it is looked at beside. Nothing of it changes but what has been found out.
#[derive(Debug)]
pub struct Known {
    pub net: Rc<Network>,
    train: Rc<Images>,
    test: Rc<Images>,
    /// Activations that can be climbed in: of each convolution, and the logits.
    pub layers: Vec<usize>,
    sweep: RefCell<Sweep>,
    best: OnceCell<Vec<Vec<Hit>>>,
}

#[derive(Debug, Default)]
struct Sweep {
    next: usize,
    /// For each layer its units, then the layer as a whole: the digits that excite it most, best first.
    best: Vec<Vec<Hit>>,
    trace: Trace,
    x: Vec<f32>,
}

impl Known {
    pub fn new(net: Rc<Network>, train: Rc<Images>, test: Rc<Images>) -> Self {
        let convs = (0..net.len()).filter(|&i| net.kind(i) == "conv").map(|i| i + 1);
        let layers: Vec<usize> = convs.chain([net.len()]).collect();
        Self { net, train, test, layers, sweep: RefCell::default(), best: OnceCell::new() }
    }

    pub fn train(&self) -> &Images {
        &self.train
    }

    /// Digit `i`, those learned from first.
    pub fn write(&self, i: usize, row: &mut [f32]) {
        match i.checked_sub(self.train.len()) {
            None => self.train.write(i, row),
            Some(i) => self.test.write(i, row),
        }
    }

    /// Test digit `i`, of the last one where there are not so many.
    pub fn item(&self, i: usize) -> Vec<f32> {
        let mut row = vec![0.0; PIXELS];
        self.test.write(i.min(self.test.len() - 1), &mut row);
        row
    }

    /// Looks at ten digits more; whether all have been looked at.
    pub fn look(&self) -> bool {
        if self.best.get().is_some() {
            return true;
        }
        let all = self.train.len() + self.test.len();
        let Sweep { next, best, trace, x } = &mut *self.sweep.borrow_mut();
        let count = AT_ONCE.min(all - *next);
        x.resize(count * PIXELS, 0.0);
        x.chunks_exact_mut(PIXELS).enumerate().for_each(|(k, row)| self.write(*next + k, row));
        self.net.forward(batch(x, PIXELS), Mode::Eval, trace);
        let mut slot = 0;
        for &layer in &self.layers {
            let (y, channels) = (trace.activation(layer), self.net.shape(layer).channels);
            let units = (0..channels).map(Aim::Channel).chain([Aim::Layer]);
            for aim in units {
                if best.len() == slot {
                    best.push(Vec::with_capacity(SHOWN + 1));
                }
                for (k, y) in rows(&y).chunks_exact(self.net.shape(layer).len()).enumerate() {
                    keep(&mut best[slot], (aim.value(y, channels), *next + k));
                }
                slot += 1;
            }
        }
        *next += count;
        if *next < all {
            return false;
        }
        // It depends on nothing but network and digits: whoever comes first finds what all would.
        let _ = self.best.set(std::mem::take(best));
        (*trace, *x) = Default::default();
        true
    }

    /// The digits that excite `aim` in layer number `which` most, best first; none before all have been looked at.
    pub fn best(&self, which: usize, aim: Aim) -> &[Hit] {
        let channels = |layer: usize| self.net.shape(layer).channels;
        let before: usize = self.layers[..which].iter().map(|layer| channels(*layer) + 1).sum();
        let unit = match aim {
            Aim::Channel(c) => c,
            Aim::Layer => channels(self.layers[which]),
        };
        self.best.get().map_or(&[], |best| &best[before + unit])
    }
}

fn keep(best: &mut Vec<Hit>, hit: Hit) {
    let at = best.iter().position(|known| hit.0 > known.0).unwrap_or(best.len());
    if at < SHOWN {
        best.insert(at, hit);
        best.truncate(SHOWN);
    }
}

/// The search for the training digit nearest to a picture.
#[derive(Debug)]
pub struct Nearest {
    picture: Vec<u8>,
    next: usize,
    /// Squared distance in grey levels, and which digit.
    best: (u32, usize),
}

impl Nearest {
    /// To `picture`, 784 numbers from 0 to 1, each a whole 255th.
    pub fn new(picture: &[f32]) -> Self {
        let picture = picture.iter().map(|v| (v * 255.0).round() as u8).collect();
        Self { picture, next: 0, best: (u32::MAX, 0) }
    }

    /// Compares some thousand more; once all are, the Euclidean distance (of pixels from 0 to 1) and which it is.
    pub fn advance(&mut self, train: &Images) -> Option<(f32, usize)> {
        let end = (self.next + COMPARED).min(train.len());
        for i in self.next..end {
            let square = |(a, b): (&u8, &u8)| {
                let gap = i32::from(*a) - i32::from(*b);
                (gap * gap) as u32
            };
            let distance: u32 = self.picture.iter().zip(train.pixels(i)).map(square).sum();
            if distance < self.best.0 {
                self.best = (distance, i);
            }
        }
        self.next = end;
        (end == train.len()).then(|| ((self.best.0 as f32).sqrt() / 255.0, self.best.1))
    }
}

