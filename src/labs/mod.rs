//! Labs: one claim made into an experiment each. The table at the end is the only place that lists them.
//!
//! To add a lab: one file here with a type that is [`Lab`], one line in `labs!`, one file in `www/labs/`, its words in
//! `www/locales/`. The conformance test then holds it to the promises below before anyone has looked at it.

mod any;
mod config;
mod curves;
mod frame;
mod handwriting;
mod history;
mod knob;
mod network_file;
mod past;
mod picture;
mod plane;
mod revision;
mod trail;

pub use config::Config;
pub use frame::{Channel, Frame};
pub use history::{Change, Run};
pub use knob::{Group, Kind, Knob, LayerText, Scale, Value, parse_layers};
pub use revision::Revision;
pub use trail::Trail;

use crate::error::{Error, Result, short};
use serde::Serialize;

/// What a lab says of itself.
#[derive(Debug, Clone, Serialize)]
pub struct About {
    /// Name in links and scripts.
    pub id: &'static str,
    /// What one step is: the key of a word.
    pub step: &'static str,
    /// Its settings.
    pub knobs: Vec<Knob>,
    /// Its numbers: in this order in the channel `readouts`, except those [`Readout::by`] a key and those that are [`Unit::Text`].
    pub readouts: Vec<Readout>,
    /// Kinds of [`Lab::input`].
    pub inputs: &'static [&'static str],
    /// Kinds of [`Lab::ask`].
    pub questions: &'static [&'static str],
    /// Names for [`Lab::load`].
    pub assets: &'static [&'static str],
    /// Files of the site that a run may need before its first step: names for [`Lab::supply`]. Which it does: [`Lab::lacks`].
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub ships: &'static [&'static str],
    /// Names for [`Lab::export`].
    pub exports: &'static [&'static str],
}

impl About {
    /// The declared name of a kind of input.
    ///
    /// # Errors
    /// [`Error::UnknownInput`].
    pub fn input(&self, kind: &str) -> Result<&'static str> {
        let unknown = || Error::UnknownInput { name: short(kind) };
        self.inputs.iter().copied().find(|i| *i == kind).ok_or_else(unknown)
    }

    /// The declared name of an asset.
    ///
    /// # Errors
    /// [`Error::UnknownAsset`].
    pub fn asset(&self, name: &str) -> Result<&'static str> {
        let unknown = || Error::UnknownAsset { name: short(name) };
        self.assets.iter().copied().find(|a| *a == name).ok_or_else(unknown)
    }

    /// The declared name of a file of the site.
    ///
    /// # Errors
    /// [`Error::UnknownAsset`].
    pub fn shipped(&self, name: &str) -> Result<&'static str> {
        let unknown = || Error::UnknownAsset { name: short(name) };
        self.ships.iter().copied().find(|a| *a == name).ok_or_else(unknown)
    }

    /// The declared name of a knob that can be turned on the way.
    ///
    /// # Errors
    /// [`Error::UnknownKnob`].
    pub fn live_knob(&self, id: &str) -> Result<&'static str> {
        let unknown = || Error::UnknownKnob { name: short(id) };
        self.knobs.iter().find(|k| k.live && k.id == id).map(|k| k.id).ok_or_else(unknown)
    }
}

/// One number a lab reports, or one for every key.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Readout {
    /// Name in scripts; its words have the same key.
    pub id: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// Its place on the page.
    pub role: Role,
    /// What it is given by, if it is one number a layer, a size…: such a read-out is the channel of its own name,
    /// k × 2 (key, value), and the lab's own stage shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<&'static str>,
}

impl Readout {
    /// One number.
    pub const fn new(id: &'static str, unit: Unit, role: Role) -> Self {
        Self { id, unit, role, by: None }
    }

    /// One number for every `key`: scripts read `id[key]`.
    pub const fn by(self, key: &'static str) -> Self {
        Self { by: Some(key), ..self }
    }
}

/// How a read-out is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A whole number of things.
    Count,
    /// 0 to 1, shown as per cent.
    Share,
    /// A number.
    Number,
    /// No number but a name: the text of the same id.
    Text,
}

/// What a read-out is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The number the claim is about.
    Claim,
    /// The number beside it that could refute it.
    Control,
    /// Shown small.
    Minor,
}

/// An experiment that advances by one step on request.
///
/// A run is a function of (config, seed, ordered inputs), bit for bit, on every target. `Clone` is what time travel is
/// made of: state is cloned, memory for looking ([`Scratch`](crate::tensor::Scratch)) is not.
pub trait Lab: Clone {
    /// Knobs, read-outs, inputs.
    fn about() -> About;

    /// The lab at step 0. `config` has been checked against [`Lab::about`].
    ///
    /// # Errors
    /// Whatever makes these settings impossible together.
    fn new(config: &Config, seed: u32) -> Result<Self>;

    /// Files of [`About::ships`] that these settings need and that are not there. Until it lacks none, [`Lab::step`] is
    /// [`Error::NotSupplied`] and what there is to see is empty.
    fn lacks(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Takes in a file of [`About::ships`]: one it lacks at step 0, another at any step, which then changes nothing to see.
    ///
    /// # Errors
    /// [`Error::UnknownAsset`], or what is wrong with the bytes.
    fn supply(&mut self, asset: &str, _bytes: &[u8]) -> Result<()> {
        Err(Error::UnknownAsset { name: asset.into() })
    }

    /// Takes over, at step 0, what `old` was supplied with.
    ///
    /// # Errors
    /// Whatever makes that impossible under these settings.
    fn equip(&mut self, _old: &Self) -> Result<()> {
        Ok(())
    }

    /// Takes over what should survive a change of settings that starts a new run: the visitor's own data.
    ///
    /// # Errors
    /// Whatever makes that data impossible under the new settings.
    fn adopt(&mut self, _old: &Self) -> Result<()> {
        Ok(())
    }

    /// What [`Lab::adopt`] would take over of this lab, as the inputs and files that make it again in a fresh one: what a
    /// link holds of it. Only what there is to see; a lab that adopts nothing has nothing to write.
    fn own(&self, _trail: &mut Trail) {}

    /// What a run remembers of the visitor's own file, for [`Lab::load`] to take in whenever it passes here again: the file, or
    /// something smaller that comes to the same.
    ///
    /// # Errors
    /// As [`Lab::load`].
    fn kept(&self, _asset: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(bytes.to_vec())
    }

    /// The visitor's own file. Changes nothing on error.
    ///
    /// # Errors
    /// [`Error::UnknownAsset`], or what is wrong with the bytes.
    fn load(&mut self, asset: &str, _bytes: &[u8]) -> Result<()> {
        Err(Error::UnknownAsset { name: asset.into() })
    }

    /// The settings as they are after [`Lab::load`], if a file can bring its own: a network has layers.
    fn config(&self) -> Option<&Config> {
        None
    }

    /// One step forward. On error nothing has moved.
    ///
    /// # Errors
    /// [`Error::Diverged`] and the like: what the figure explains.
    fn step(&mut self) -> Result<()>;

    /// Steps taken since [`Lab::new`].
    fn steps(&self) -> u64;

    /// Does one unit (≈ 1 ms) of costly measuring and returns whether all read-outs belong to the present state.
    ///
    /// Changes nothing but what [`Lab::draw`] shows; what it arrives at depends on the present state only.
    fn measure(&self) -> bool {
        true
    }

    /// Turns a live knob; `value` has been checked.
    ///
    /// # Errors
    /// Whatever makes the value impossible now; nothing has changed then.
    fn set(&mut self, knob: &'static str, config: &Config) -> Result<()>;

    /// A click, a drag, a stroke. Changes nothing on error.
    ///
    /// # Errors
    /// [`Error::UnknownInput`], or what is wrong with the numbers.
    fn input(&mut self, kind: &str, _data: &[f32]) -> Result<()> {
        Err(Error::UnknownInput { name: kind.into() })
    }

    /// A question that changes nothing: what would you answer here?
    ///
    /// # Errors
    /// [`Error::UnknownInput`], or what is wrong with the numbers.
    fn ask(&self, kind: &str, _data: &[f32]) -> Result<Vec<f32>> {
        Err(Error::UnknownInput { name: kind.into() })
    }

    /// Puts what there is to see into named channels; always the same ones for the same config.
    fn draw(&self, frame: &mut Frame);

    /// A file for the visitor.
    ///
    /// # Errors
    /// [`Error::UnknownExport`].
    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        Err(Error::UnknownExport { name: kind.into() })
    }

    /// Bytes a clone of this lab takes on the heap.
    fn heap_bytes(&self) -> usize;
}

/// Something to do with the type behind a lab's name: the boundary runs one, the conformance test tries them all.
pub trait Visitor {
    /// What comes of it.
    type Out;
    /// Called with the lab's type.
    fn visit<L: Lab + 'static>(self) -> Self::Out;
}

// A visitor fetches the module of the lab at hand, not every lab there will ever be: `--cfg part --cfg 'module="pictures"'` builds
// one of them, `--cfg part --cfg 'lab="boundary"'` a lab alone, which build.sh weighs; without `part` all are there.
macro_rules! labs {
    ($($part:literal { $($id:literal => $module:ident::$Lab:ident,)* })*) => {
        $($(#[cfg(any(not(part), module = $part, lab = $id))] pub mod $module;)*)*

        /// Every lab's name.
        pub const IDS: &[&str] = &[$($(#[cfg(any(not(part), module = $part, lab = $id))] $id,)*)*];

        /// Takes `visitor` to the lab called `id`.
        ///
        /// # Errors
        /// [`Error::UnknownLab`].
        pub fn visit<V: Visitor>(id: &str, visitor: V) -> Result<V::Out> {
            match id {
                $($(
                    #[cfg(any(not(part), module = $part, lab = $id))]
                    $id => Ok(visitor.visit::<$module::$Lab>()),
                )*)*
                _ => Err(Error::UnknownLab { name: short(id) }),
            }
        }
    };
}

labs! {
    "plane" {
        "layers" => layers::Layers,
        "topology" => topology::Topology,
        "boundary" => boundary::Boundary,
        "uncrumple" => uncrumple::Uncrumple,
    }
    "pictures" {
        "digits" => digits::Digits,
        "imagenet" => imagenet::Imagenet,
        "filters" => filters::Filters,
        "dream" => dream::Dream,
    }
}
