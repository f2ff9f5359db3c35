//! Labelled points of the plane as a lab holds them: a generator's or none, and the visitor's strokes and files on top.

use crate::data::{Edit, Edits, PlaneSet, Points, csv, split};
use crate::error::{Error, Result, short};
use crate::labs::{Config, Frame, Trail};
use crate::rng::Rng;
use crate::train::Examples;

/// Choices of the knob `dataset`.
pub const DATASETS: &[&str] =
    &["circle", "xor", "gauss", "spiral", "moons", "rings", "pinwheel", "checkerboard", "yours"];

/// Kinds of [`PlanePoints::input`].
pub const INPUTS: &[&str] = &["paint", "erase", "hole", "undo", "redo", "clear"];

/// Points and what follows from them. Shared between a lab's clones, so a change makes a new one.
#[derive(Debug)]
pub struct PlanePoints {
    /// None for `yours`.
    set: Option<PlaneSet>,
    /// Share of the points that is trained on.
    split: f32,
    /// As drawn by the generator, before the visitor's edits.
    base: Points,
    edits: Edits,
    /// Edits on `yours`, kept while another data set is shown.
    own: Edits,
    /// After the edits.
    pub points: Points,
    /// Those to train on.
    pub train: Examples,
    /// Those held out.
    pub test: Examples,
    /// One more than the highest class there is, at least the set's.
    pub classes: usize,
}

impl PlanePoints {
    /// What the knobs `dataset`, `count`, `noise` and `split` ask for.
    ///
    /// # Errors
    /// As [`Edits::apply`].
    pub fn new(config: &Config, seed: u32) -> Result<Self> {
        let rng = Rng::seeded(seed);
        let set = PlaneSet::from_name(config.text("dataset")).ok();
        let (count, noise, share) = (config.count("count"), config.float("noise"), config.float("split"));
        let mut base = set.map_or_else(Points::default, |set| set.sample(count, noise, &mut rng.fork(1)));
        split(&mut base, share, &mut rng.fork(2));
        Self::with(set, share, base, Edits::default(), Edits::default())
    }

    fn with(set: Option<PlaneSet>, share: f32, base: Points, edits: Edits, own: Edits) -> Result<Self> {
        // Not the run's seed: a new one draws new weights and leaves the visitor's strokes where they are.
        let points = edits.apply(&base, share, &Rng::seeded(0).fork(3))?;
        let classes = points.classes().max(set.map_or(2, PlaneSet::classes));
        let (train, test) = (Examples::of_plane(&points, false), Examples::of_plane(&points, true));
        Ok(Self { set, split: share, base, edits, own, points, train, test, classes })
    }

    fn edited(&self, edits: Edits) -> Result<Self> {
        Self::with(self.set, self.split, self.base.clone(), edits, self.own.clone())
    }

    /// These with the strokes of `old` that belong here: on the same set, or on the visitor's own points.
    ///
    /// # Errors
    /// As [`Edits::apply`].
    pub fn adopt(&self, old: &Self) -> Result<Self> {
        let own = if old.set.is_none() { old.edits.clone() } else { old.own.clone() };
        let edits = match self.set {
            set if set == old.set => old.edits.clone(),
            None => own.clone(),
            Some(_) => Edits::default(),
        };
        Self::with(self.set, self.split, self.base.clone(), edits, own)
    }

    /// The strokes and files that make these of fresh ones.
    pub fn own(&self, trail: &mut Trail) {
        let (edits, undone) = self.edits.all();
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

    /// The points of a CSV file in the place of these.
    ///
    /// # Errors
    /// The first line that cannot be read; too many points or classes.
    pub fn opened(&self, file: &[u8]) -> Result<Self> {
        let imported = csv::parse(file, csv::Bad::Refuse)?;
        let mut edits = self.edits.clone();
        edits.replace(imported.points)?;
        self.edited(edits)
    }

    /// These after a stroke: `paint` (class, x, y, radius), `erase` and `hole` (x, y, radius), `undo`, `redo`, `clear`.
    ///
    /// # Errors
    /// [`Error::UnknownInput`], or what is wrong with the numbers.
    pub fn input(&self, kind: &str, data: &[f32]) -> Result<Self> {
        let numbers = |expected: usize| {
            if data.len() != expected {
                return Err(Error::Length { what: "input", expected, got: data.len() });
            }
            data.iter().all(|v| v.is_finite()).then_some(data).ok_or(Error::NonFinite { name: kind.into() })
        };
        let mut edits = self.edits.clone();
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
        self.edited(edits)
    }

    /// That there is something to tell apart.
    ///
    /// # Errors
    /// [`Error::EmptyClass`]: the first class that no point to train on has.
    pub fn trainable(&self) -> Result<()> {
        let has = |class: usize| self.train.classes.contains(&(class as u32));
        if self.train.is_empty() || self.train.classes.iter().all(|c| *c == self.train.classes[0]) {
            return Err(Error::EmptyClass { class: (0..self.classes).find(|&c| !has(c)).unwrap_or(0) });
        }
        Ok(())
    }

    /// The held-out points, or all where none is held out.
    pub fn judged(&self) -> impl Fn(usize) -> bool + '_ {
        let all = self.test.is_empty();
        move |i| all || self.points.held_out[i]
    }

    /// Writes the channel `points`: N × x, y, class, held out.
    pub fn draw(&self, frame: &mut Frame) {
        let points = &self.points;
        let rows = frame.channel("points", points.len(), 4).chunks_exact_mut(4);
        for (i, row) in rows.enumerate() {
            row[..2].copy_from_slice(&points.at(i));
            row[2] = points.class[i] as f32;
            row[3] = f32::from(u8::from(points.held_out[i]));
        }
    }

    /// The export `points.csv`.
    pub fn csv(&self) -> Vec<u8> {
        csv::to_csv(&self.points).into_bytes()
    }
}
