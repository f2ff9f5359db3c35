//! A thousand steps of every lab with its default settings, all it measures and all it draws; and the same again after a restart.

use crate::{same_bits, shipped};
use uncrumple::Result;
use uncrumple::labs::{self, Frame, Lab, Run, Visitor};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

struct Fresh;

impl Visitor for Fresh {
    type Out = Result<Run>;
    fn visit<L: Lab + 'static>(self) -> Self::Out {
        shipped::begin::<L>(1)
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_thousand_steps_of_every_lab_draw_the_same_bits_and_a_restart_draws_them_again() {
    let hashes: Vec<String> = labs::IDS
        .iter()
        .map(|id| {
            let mut run = labs::visit(id, Fresh).expect("a lab of the table").expect("defaults work");
            let thousand = |run: &mut Run| {
                run.step(1_000).expect("defaults train");
                while !run.measure(1_000) {}
                let mut frame = Frame::default();
                run.draw(&mut frame);
                frame.hash()
            };
            let first = thousand(&mut run);
            run.restart(run.seed()).expect("it ran before");
            assert_eq!(first, thousand(&mut run), "{id}: after a restart");
            format!("{id} {first}")
        })
        .collect();
    same_bits("labs", &hashes);
}
