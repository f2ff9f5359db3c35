//! A network's description: `{"format":"uncrumple-network","version":1,"input":[1,1,2],"nodes":[{"kind":"dense",…}]}`.
//!
//! A node is written as `serde` would write its [`Spec`], with the activations it reads beside it.

use super::json::{add, joined};
use crate::decimal;
use crate::nn::layers::Term;
use crate::nn::{Activation, Init, Network, Spec};
use crate::tensor::Shape;

/// The description of `net`, without its parameters.
pub fn to_json(net: &Network) -> String {
    let Shape { height, width, channels } = net.input();
    let mut text = String::from("{\"format\":\"uncrumple-network\",\"version\":1,\"input\":[");
    add(&mut text, &[&joined(&[height, width, channels], ","), "],\"nodes\":["]);
    for (i, node) in net.specs().iter().enumerate() {
        add(&mut text, &[if i == 0 { "" } else { "," }, "{\"kind\":\""]);
        match &node.layer {
            Spec::Dense { units, init } => {
                let init = if *init == Init::He { "he" } else { "xavier" };
                add(&mut text, &["dense\",\"units\":", &units.to_string(), ",\"init\":\"", init, "\""]);
            }
            Spec::Activation { function } => {
                add(
                    &mut text,
                    &["activation\",\"function\":\"", Activation::NAMES[*function as usize], "\""],
                );
            }
            Spec::Dropout { rate } => add(&mut text, &["dropout\",\"rate\":", &decimal::text(*rate)]),
            Spec::Features { terms } => {
                add(&mut text, &["features\",\"terms\":["]);
                for (k, term) in terms.iter().enumerate() {
                    add(&mut text, &[if k == 0 { "\"" } else { ",\"" }, Term::NAMES[*term as usize], "\""]);
                }
                text.push(']');
            }
            Spec::Add => add(&mut text, &["add\""]),
            Spec::Planar(picture) => text.push_str(&picture.text()),
        }
        add(&mut text, &[",\"inputs\":[", &joined(&node.inputs, ","), "]}"]);
    }
    text + "]}"
}
