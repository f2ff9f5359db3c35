//! What is found of the shown digit, and the channels it fills.

use super::files::{CLASSES, PIXELS};
use crate::labs::Frame;
use crate::objective::argmax;

/// What was found, about the state of `revision`.
#[derive(Debug, Default, Clone)]
pub struct Found {
    pub revision: Option<u64>,
    pub original: Vec<f32>,
    pub label: [f32; 2],
    /// Pictures of the way, after how many steps, and their probabilities.
    pub push: Vec<f32>,
    pub at: Vec<f32>,
    pub answers: Vec<f32>,
    pub random: Vec<f32>,
    pub random_answers: Vec<f32>,
    pub slice: Vec<f32>,
    pub slice_path: Vec<f32>,
    pub maps: [(usize, Vec<f32>); 2],
    pub place: [[f32; 2]; 2],
    pub off: Vec<f32>,
    pub off_answers: Vec<f32>,
    pub l2: f32,
    pub linf: f32,
    pub gradients: u64,
}

impl Found {
    /// The network's answer to the pushed picture, and its confidence in it. NaN before there is one.
    pub fn answer(&self) -> [f32; 2] {
        let Some(last) = self.answers.chunks_exact(CLASSES).last() else { return [f32::NAN; 2] };
        let answer = argmax(last);
        [answer as f32, last[answer]]
    }

    /// Writes the channels of the shown digit.
    pub fn draw(&self, frame: &mut Frame) {
        let there = usize::from(self.revision.is_some());
        let mut put = |name, cols: usize, data: &[f32]| {
            frame.channel(name, data.len().checked_div(cols).unwrap_or(0), cols).copy_from_slice(data);
        };
        put("shown", PIXELS, &self.original);
        put("label", 2, &self.label[..2 * there]);
        put("push", PIXELS, &self.push);
        put("pushAt", 1, &self.at);
        put("answers", CLASSES, &self.answers);
        put("random", PIXELS, &self.random);
        put("randomAnswers", CLASSES, &self.random_answers);
        put("slice", CLASSES, &self.slice);
        put("slicePath", 2, &self.slice_path);
        for (name, (channels, maps)) in ["maps", "maps2"].into_iter().zip(&self.maps) {
            put(name, maps.len().checked_div(*channels).unwrap_or(0), maps);
        }
        put("place", 2, &self.place[0][..2 * there]);
        put("placePushed", 2, &self.place[1][..2 * there]);
        put("offShown", PIXELS, &self.off);
        put("offAnswers", CLASSES, &self.off_answers);
    }
}
