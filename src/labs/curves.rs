//! A run's history: loss and accuracy on the training and the held-out examples, ever rarer as the run goes on.

use super::Frame;
use crate::decimal;
use crate::tensor::{Scratch, clone_by_field};
use crate::train::{Evaluation, Examples, Trainer, evaluate};

/// Rows of step, trainLoss, testLoss, trainAccuracy, testAccuracy.
#[derive(Debug, Default)]
pub struct Curves {
    rows: Vec<[f32; 5]>,
}
clone_by_field!(Curves { rows });

/// The row of the present moment.
pub fn standing(
    trainer: &Trainer,
    train: &Examples,
    test: &Examples,
    buffers: &Scratch<Evaluation>,
) -> [f32; 5] {
    let (net, loss, buffers) = (&trainer.net, trainer.settings.loss, &mut buffers.get());
    let (train_loss, train) = evaluate(net, loss, train, buffers);
    let (test_loss, test) = evaluate(net, loss, test, buffers);
    [trainer.steps() as f32, train_loss, test_loss, train, test]
}

impl Curves {
    /// Adds `row()` when it is due: every `every` steps at first, later every 64th part of the run.
    pub fn record(&mut self, step: u64, every: u64, row: impl FnOnce() -> [f32; 5]) {
        let due = self.rows.last().map_or(0, |row| row[0] as u64 + (step / 64).max(every));
        if step >= due {
            self.rows.push(row());
        }
    }

    /// Training loss of the last row; NaN before any.
    pub fn last_loss(&self) -> f32 {
        self.rows.last().map_or(f32::NAN, |row| row[1])
    }

    /// Writes the channel `history`.
    pub fn draw(&self, frame: &mut Frame) {
        frame.channel("history", self.rows.len(), 5).copy_from_slice(self.rows.as_flattened());
    }

    /// The export `history.csv`.
    pub fn csv(&self) -> Vec<u8> {
        let mut text = String::from("step,trainLoss,testLoss,trainAccuracy,testAccuracy\n");
        for row in &self.rows {
            for (value, end) in row.iter().zip([',', ',', ',', ',', '\n']) {
                text += &decimal::text(*value);
                text.push(end);
            }
        }
        text.into_bytes()
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        20 * self.rows.capacity()
    }
}
