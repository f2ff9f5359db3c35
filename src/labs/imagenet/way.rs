//! What the network made of the pushed picture, step by step.

use crate::decimal;
use crate::labs::Frame;
use crate::labs::picture::Labels;
use crate::tensor::clone_by_field;

/// Steps that each have a row; later they are ever rarer.
const EACH: u64 = 256;

/// Rows of step, probability of the class it had, probability of what the attack is after, likeliest class, probability of that.
#[derive(Debug, Default)]
pub struct Way {
    rows: Vec<[f32; 5]>,
    /// The present row, kept or not.
    now: [f32; 5],
}
clone_by_field!(Way { rows, now });

impl Way {
    /// Adds a row, if it is due, or puts it in the place of the same step's.
    pub fn record(&mut self, now: [f32; 5]) {
        self.now = now;
        let step = now[0] as u64;
        match self.rows.last_mut() {
            Some(last) if last[0] == now[0] => *last = now,
            Some(last) if step < last[0] as u64 + (step / EACH).max(1) => {}
            _ => self.rows.push(now),
        }
    }

    /// The present row.
    pub fn now(&self) -> [f32; 5] {
        self.now
    }

    /// All rows, the present one last.
    fn all(&self) -> impl Iterator<Item = [f32; 5]> + '_ {
        let kept = self.rows.last().is_none_or(|last| last[0] == self.now[0]);
        self.rows.iter().copied().chain((!kept).then_some(self.now))
    }

    /// Writes the channels `way` and `history`.
    pub fn draw(&self, frame: &mut Frame) {
        let count = self.all().count();
        let rows = frame.channel("way", count, 5).as_chunks_mut::<5>().0;
        rows.iter_mut().zip(self.all()).for_each(|(to, row)| *to = row);
        let rows = frame.channel("history", count, 3).as_chunks_mut::<3>().0;
        rows.iter_mut().zip(self.all()).for_each(|(to, row)| *to = [row[0], row[2], row[1]]);
    }

    /// The export `history.csv`; names are in quotes.
    pub fn csv(&self, labels: Option<&Labels>) -> Vec<u8> {
        let mut text = String::from("step,original,goal,top,topProbability\n");
        for [step, original, goal, top, p] in self.all() {
            for value in [step, original, goal] {
                text += &decimal::text(value);
                text.push(',');
            }
            text.push('"');
            text += labels.map_or("", |labels| labels.name(top as usize));
            text += "\",";
            text += &decimal::text(p);
            text.push('\n');
        }
        text.into_bytes()
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        20 * self.rows.capacity()
    }
}
