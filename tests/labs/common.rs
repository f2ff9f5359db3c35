//! Runs of every lab of the table, and what is done with them.

use crate::shipped;
use uncrumple::Result;
use uncrumple::labs::{self, Frame, Kind, Knob, Lab, Run, Value, Visitor};

pub fn settled(run: &Run) -> Frame {
    while !run.measure(1_000) {}
    let mut frame = Frame::default();
    run.draw(&mut frame);
    frame
}

pub fn each(visit: impl Fn(&'static str)) {
    labs::IDS.iter().for_each(|id| visit(id));
}

struct Fresh(u32);

impl Visitor for Fresh {
    type Out = Result<Run>;
    fn visit<L: Lab + 'static>(self) -> Self::Out {
        shipped::begin::<L>(self.0)
    }
}

pub fn fresh(id: &str, seed: u32) -> Run {
    labs::visit(id, Fresh(seed)).expect("a lab of the table").expect("defaults work")
}

/// One gesture of every kind that the lab takes, the last declared first (`clear` comes after `paint`): of numbers as many as
/// it wants.
pub fn gestures(run: &mut Run) -> usize {
    let numbers = [1.0, 0.25, 0.5, 0.25, 0.1, 0.7];
    let kinds = run.about().inputs;
    kinds
        .iter()
        .rev()
        .filter(|kind| (0..=numbers.len()).any(|n| run.input(kind, &numbers[..n]).is_ok()))
        .count()
}

/// Another value of this knob than its default.
pub fn other(knob: &Knob) -> Value {
    match (&knob.kind, &knob.default) {
        // Of a count the next: the largest may be impossible beside the other settings.
        (Kind::Number { min, max, integer, .. }, Value::Number(x)) => {
            let next = if *integer { min + 1.0 } else { *max };
            if x == min { next } else { *min }.into()
        }
        (Kind::Choice { choices }, Value::Text(text)) => {
            Value::from(*choices.iter().find(|c| *c != text).expect("a choice has two sides"))
        }
        (Kind::Flag, Value::Flag(flag)) => (!flag).into(),
        (Kind::Subset { choices }, _) => choices[0].into(),
        _ => "4".into(),
    }
}
