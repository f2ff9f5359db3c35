//! What is refused, and in which words: the same everywhere.

use uncrumple::Error;
use uncrumple::labs::{self, Lab, Run, Visitor};
use uncrumple::nn::{Activation, Init, Network, Spec};
use uncrumple::rng::Rng;
use uncrumple::tensor::Shape;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

struct Fresh;

impl Visitor for Fresh {
    type Out = Run;
    fn visit<L: Lab + 'static>(self) -> Self::Out {
        Run::new::<L>([], 1).expect("defaults work")
    }
}

fn said(error: Error) -> String {
    format!("{}: {error}", error.code())
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn refusals_read_the_same_everywhere() {
    let mut run = labs::visit("boundary", Fresh).expect("a lab of the table");
    let network = |spec| {
        Network::chain(Shape::flat(2), &[spec], &mut Rng::seeded(1)).map(|_| ()).expect_err("not a network")
    };
    let errors = [
        labs::visit("banana", Fresh).map(|_| ()).expect_err("no such lab"),
        run.set("rate", f64::NAN.into()).expect_err("not a number"),
        run.set("rate", 1e9.into()).expect_err("too fast"),
        run.set("rate", "fast".into()).expect_err("a word"),
        run.set("banana", 1.0.into()).expect_err("no such knob"),
        run.input("banana", &[]).expect_err("no such input"),
        run.load("points.csv", b"1,2").expect_err("no class"),
        network(Spec::Dense { units: 0, init: Init::He }),
        network(Spec::Dropout { rate: 1.5 }),
        network(Spec::Add),
        Activation::from_name("swish").expect_err("no such function"),
    ];
    let expected = [
        "unknown-lab: no lab is called `banana`",
        "non-finite: `rate` must be a finite number",
        "parameter: `rate` must be between 0.00001 and 10, got 1000000000",
        "wrong-type: `rate` takes a number, got fast",
        "unknown-knob: this lab has no knob called `banana`",
        "unknown-input: this lab takes no input called `banana`",
        "csv: line 1: the class is missing",
        "parameter: `units` must be between 1 and 65536, got 0",
        "parameter: `dropout` must be between 0 and 1, got 1.5",
        "length: inputs of a node: expected 2 values, got 1",
        "choice: `activation` has no choice `swish`",
    ];
    assert_eq!(errors.map(said), expected);
}
