//! Points of [−1, 1]² with a class each, some held out for the test.

use crate::rng::Rng;

/// More points than a figure can show, or attack, at the speed of a slider.
pub const MAX_POINTS: usize = 5_000;

/// As many classes as there are marks that can be told apart.
pub const MAX_CLASSES: usize = 5;

/// N points: three lists in one order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Points {
    /// x, y of every point, `N × 2`.
    pub x: Vec<f32>,
    /// Class of every point.
    pub class: Vec<u32>,
    /// Whether training may not look at it.
    pub held_out: Vec<bool>,
}

impl Points {
    /// Number of points.
    pub fn len(&self) -> usize {
        self.class.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.class.is_empty()
    }

    /// One more than the highest class that occurs; 0 without points.
    pub fn classes(&self) -> usize {
        self.class.iter().max().map_or(0, |&highest| highest as usize + 1)
    }

    /// Point `i`.
    pub fn at(&self, i: usize) -> [f32; 2] {
        [self.x[2 * i], self.x[2 * i + 1]]
    }

    /// Adds a point at the end.
    pub fn push(&mut self, at: [f32; 2], class: u32, held_out: bool) {
        self.x.extend(at);
        self.class.push(class);
        self.held_out.push(held_out);
    }

    /// Drops the points for which `keep(position, held out)` is false; the others stay in order.
    pub fn retain(&mut self, keep: impl Fn([f32; 2], bool) -> bool) {
        let mut kept = 0;
        for i in 0..self.len() {
            if keep(self.at(i), self.held_out[i]) {
                self.x.copy_within(2 * i..2 * i + 2, 2 * kept);
                self.class[kept] = self.class[i];
                self.held_out[kept] = self.held_out[i];
                kept += 1;
            }
        }
        self.x.truncate(2 * kept);
        self.class.truncate(kept);
        self.held_out.truncate(kept);
    }

    /// Heap bytes of a clone.
    pub fn heap_bytes(&self) -> usize {
        4 * self.x.len() + 4 * self.class.len() + self.held_out.len()
    }
}

/// Holds out `share` of every class, drawn at random; a class of two or more keeps a point on either side.
pub fn split(points: &mut Points, share: f32, rng: &mut Rng) {
    points.held_out.fill(false);
    for class in 0..points.classes() as u32 {
        let mut members: Vec<usize> = (0..points.len()).filter(|&i| points.class[i] == class).collect();
        rng.shuffle(&mut members);
        let wanted = libm::roundf(share * members.len() as f32) as usize;
        let most = members.len().saturating_sub(1);
        for &i in &members[..wanted.clamp(most.min(1), most)] {
            points.held_out[i] = true;
        }
    }
}
