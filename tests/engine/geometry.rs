//! Networks that cannot be, and what is said of them; one trace for many networks.

use crate::common::{activation, chain, dense, graph, node, points};
use uncrumple::error::Error;
use uncrumple::nn::layers::Term;
use uncrumple::nn::{Activation, Mode, Network, NodeSpec, Spec, Trace};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Shape, rows};

fn refusal(nodes: &[NodeSpec]) -> Error {
    Network::new(Shape::flat(2), nodes, &mut Rng::seeded(1)).expect_err("this cannot be a network")
}

#[test]
fn a_node_that_nobody_reads_is_refused() {
    let lost = [node(dense(3), &[0]), node(activation(Activation::Tanh), &[1]), node(dense(2), &[1])];
    assert_eq!(refusal(&lost), Error::Unread { node: 1, kind: "tanh" });
    assert_eq!(refusal(&lost).code(), "geometry");
    assert_eq!(refusal(&lost).to_string(), "no node reads the output of node 1 (tanh)");
}

#[test]
fn a_node_reads_as_many_activations_as_its_layer_takes_all_of_them_earlier() {
    let inputs = |expected, got| Error::Length { what: "inputs of a node", expected, got };
    assert_eq!(refusal(&[node(dense(3), &[])]), inputs(1, 0));
    assert_eq!(refusal(&[node(dense(3), &[1])]), inputs(1, 1));
    assert_eq!(refusal(&[node(dense(2), &[0]), node(dense(3), &[0, 1])]), inputs(1, 2));
    assert_eq!(refusal(&[node(Spec::Add, &[0])]), inputs(2, 1));
    assert_eq!(refusal(&[node(Spec::Add, &[0, 0])]), inputs(1, 2));
}

#[test]
fn layers_refuse_what_they_cannot_stand_on() {
    let uneven = [node(dense(3), &[0]), node(Spec::Add, &[0, 1])];
    assert_eq!(refusal(&uneven), Error::Length { what: "second input of add", expected: 2, got: 3 });
    let features = |terms: &[Term]| Spec::Features { terms: terms.to_vec() };
    let misplaced = [node(dense(3), &[0]), node(features(&Term::ALL), &[1])];
    assert_eq!(refusal(&misplaced).code(), "geometry");
    assert_eq!(refusal(&[node(features(&[]), &[0])]).code(), "length");
    assert_eq!(refusal(&[node(dense(0), &[0])]).code(), "parameter");
    for rate in [-0.1, 1.0, f32::NAN] {
        assert_eq!(refusal(&[node(Spec::Dropout { rate }, &[0])]).code(), "parameter");
    }
}

#[test]
fn a_layer_that_cannot_stand_says_where_it_was_put() {
    let misplaced = [node(dense(3), &[0]), node(Spec::Features { terms: vec![Term::X] }, &[1])];
    let expected = Error::Geometry { node: 1, kind: "features", input: Shape::flat(3) };
    assert_eq!(refusal(&misplaced), expected);
}

#[test]
fn one_trace_serves_networks_of_one_width_wired_differently() {
    // Same widths throughout; only the second has an activation with two readers.
    let plain = graph(&[node(dense(2), &[0]), node(dense(2), &[1]), node(Spec::Add, &[1, 2])], 1);
    let woven = graph(&[node(dense(2), &[0]), node(dense(2), &[1]), node(Spec::Add, &[0, 2])], 1);
    let chain = chain(&[dense(2), dense(2), dense(2)], 1);
    let x = points(5, 2, 1);
    let fresh = |net: &Network| {
        let mut trace = Trace::new();
        net.forward(x.view(), Mode::Eval, &mut trace);
        net.input_gradient(&mut trace, &[1.0; 10]);
        trace.input_gradient().to_owned()
    };
    let mut trace = Trace::new();
    for net in [&chain, &plain, &woven, &chain, &woven] {
        net.forward(x.view(), Mode::Eval, &mut trace);
        net.input_gradient(&mut trace, &[1.0; 10]);
        assert_eq!(trace.input_gradient(), fresh(net));
    }
}

#[test]
fn rows_do_not_change_with_the_batch_they_are_in() {
    let net =
        chain(&[dense(9), activation(Activation::Tanh), dense(5), activation(Activation::Sine), dense(3)], 2);
    let x = points(37, 2, 4);
    let mut trace = Trace::new();
    net.forward(x.view(), Mode::Eval, &mut trace);
    let together = rows(&trace.output()).to_vec();
    for (i, row) in together.chunks(3).enumerate() {
        net.forward(x.slice(ndarray::s![i..=i, ..]), Mode::Eval, &mut trace);
        assert_eq!(rows(&trace.output()), row, "row {i} alone");
    }
}

#[test]
fn clones_share_geometry_and_own_their_parameters() {
    let net = chain(&[dense(4), dense(2)], 3);
    let mut other = net.clone();
    other.params[0] += 1.0;
    assert_ne!(net.params[0], other.params[0]);
    assert_eq!(net.weights().collect::<Vec<_>>(), [0..8, 12..20]);
    assert_eq!((net.params.len(), net.params_of(1), net.output().len()), (22, 12..22, 2));
}
