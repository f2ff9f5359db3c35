//! The paper and its points: where they lie, crumpled, and where the exact inverse brings them back to. It never changes in a run.

use super::knobs;
use crate::data::{Crumple, Point, SpaceSet};
use crate::labs::Config;
use crate::rng::Rng;
use crate::train::Examples;

/// Points that nothing is trained on, to judge by.
const JUDGED: usize = 4_000;

/// What a run is about; shared between clones.
#[derive(Debug)]
pub struct Paper {
    pub set: SpaceSet,
    pub crumple: Crumple,
    pub train: Examples,
    pub test: Examples,
    /// Where the training points lie on their surfaces, `N × 2`.
    pub uv: Vec<f32>,
    /// Vertices a side, less one.
    pub fineness: usize,
    /// Vertices of the crumpled surfaces, `2 (fineness + 1)² × 3`: the first class's row by row, then the second's.
    pub mesh: Vec<f32>,
}

impl Paper {
    pub fn new(config: &Config, seed: u32) -> Self {
        let rng = Rng::seeded(seed);
        let set = knobs::space_set(config);
        let crumple = Crumple::new(config.count("crumple"), config.number("crease"), &mut rng.fork(1));
        let (train, uv) = sample(set, &crumple, config.count("count"), &mut rng.fork(2));
        let (test, _) = sample(set, &crumple, JUDGED, &mut rng.fork(3));
        let fineness = config.count("fineness");
        let mut paper = Self { set, crumple, train, test, uv, fineness, mesh: Vec::new() };
        paper.mesh = paper.folded(paper.crumple.folds());
        paper
    }

    /// The surfaces after the first `folds` shears.
    pub fn folded(&self, folds: usize) -> Vec<f32> {
        let side = self.fineness + 1;
        let place = |k: usize| 2.0 * k as f64 / self.fineness as f64 - 1.0;
        let vertex = |i: usize| {
            let (class, i) = (i / (side * side), i % (side * side));
            self.crumple.fold(self.set.at(class, place(i % side), place(i / side)), folds)
        };
        (0..2 * side * side).flat_map(|i| vertex(i).map(|v| v as f32)).collect()
    }

    /// The crumpled surfaces with the last `undone` shears taken back; rolled out too when one more is asked for.
    pub fn unfolded(&self, undone: usize) -> Vec<f32> {
        let folds = self.crumple.folds();
        if undone <= folds {
            return self.folded(folds - undone);
        }
        self.laid_flat(&self.mesh)
    }

    /// `examples` as the exact inverse lays them out: from where they are, not from what is known of how they came there.
    pub fn laid_flat(&self, examples: &[f32]) -> Vec<f32> {
        let flat = |x: &[f32]| {
            let x: Point = [f64::from(x[0]), f64::from(x[1]), f64::from(x[2])];
            self.set.flatten(self.crumple.unfold(x)).map(|v| v as f32)
        };
        examples.chunks_exact(3).flat_map(flat).collect()
    }
}

/// `count` points of the set called by its number, seen from the side: x, y, class. No crumple, so that sets can be told apart.
pub fn thumbnail(set: usize, count: usize) -> Vec<f32> {
    let set = [SpaceSet::Sheets, SpaceSet::Rings, SpaceSet::Roll].get(set).copied();
    let mut rng = Rng::seeded(1);
    let seen = |i: usize, set: SpaceSet, rng: &mut Rng| {
        let [x, y, z] = set.at(i % 2, f64::from(rng.range(-1.0, 1.0)), f64::from(rng.range(-1.0, 1.0)));
        [0.62 * x + 0.3 * y, 0.8 * z + 0.3 * y - 0.12 * x, (i % 2) as f64].map(|v| v as f32)
    };
    set.map_or_else(Vec::new, |set| (0..count).flat_map(|i| seen(i, set, &mut rng)).collect())
}

fn sample(set: SpaceSet, crumple: &Crumple, count: usize, rng: &mut Rng) -> (Examples, Vec<f32>) {
    let mut examples = Examples { width: 3, ..Examples::default() };
    let mut uv = Vec::with_capacity(2 * count);
    for i in 0..count {
        let (u, v) = (rng.range(-1.0, 1.0), rng.range(-1.0, 1.0));
        let x = crumple.fold(set.at(i % 2, f64::from(u), f64::from(v)), crumple.folds());
        examples.x.extend(x.map(|v| v as f32));
        examples.classes.push((i % 2) as u32);
        uv.extend([u, v]);
    }
    (examples, uv)
}
