//! A pass that ends early is that of the network that ends there; a network on pictures of another size is that one made anew.

use uncrumple::Error;
use uncrumple::nn::{Activation, Init, Mode, Network, NodeSpec, Padding, Spec, Trace};
use uncrumple::rng::Rng;
use uncrumple::tensor::{Shape, batch, rows};

fn node(layer: Spec, inputs: &[usize]) -> NodeSpec {
    NodeSpec { layer, inputs: inputs.to_vec() }
}

fn dense(units: usize) -> Spec {
    Spec::Dense { units, init: Init::He }
}

/// A convolution, then a block of depthwise and pointwise with what it read added, then a mean.
fn blocks() -> Vec<NodeSpec> {
    vec![
        node(Spec::conv(8, 3, 2, Padding::Same, Init::He), &[0]),
        node(Spec::relu6(), &[1]),
        node(Spec::conv(16, 1, 1, Padding::Same, Init::He), &[2]),
        node(Spec::relu6(), &[3]),
        node(Spec::depthwise(3, 1, Padding::Same, Init::He), &[4]),
        node(Spec::conv(8, 1, 1, Padding::Same, Init::He), &[5]),
        node(Spec::Add, &[2, 6]),
        node(Spec::mean_pool(), &[7]),
        node(dense(3), &[8]),
    ]
}

fn noise(len: usize, seed: u32) -> Vec<f32> {
    let mut rng = Rng::seeded(seed);
    (0..len).map(|_| rng.normal()).collect()
}

#[test]
fn a_pass_that_ends_early_is_that_of_the_shorter_network() {
    let input = Shape { height: 7, width: 6, channels: 3 };
    let (specs, mut trace) = (blocks(), Trace::new());
    let net = Network::new(input, &specs, &mut Rng::seeded(1)).unwrap();
    let x = noise(2 * input.len(), 2);
    for last in (1..=specs.len()).rev() {
        // What a deeper pass left must not show.
        net.forward_to(last, batch(&x, input.len()), Mode::Eval, &mut trace);
        let dy = noise(2 * net.shape(last).len(), 3);
        net.input_gradient(&mut trace, &dy);

        let params = net.params[..net.params_of(last - 1).end].to_vec();
        let short = Network::with_params(input, &specs[..last], params).unwrap();
        let mut whole = Trace::new();
        short.forward(batch(&x, input.len()), Mode::Eval, &mut whole);
        short.input_gradient(&mut whole, &dy);
        assert_eq!(trace.output(), whole.output(), "activation {last}");
        assert_eq!(trace.input_gradient(), whole.input_gradient(), "gradient of activation {last}");
    }
}

#[test]
fn what_only_later_nodes_read_has_no_part_in_an_early_gradient() {
    let specs = [node(dense(4), &[0]), node(dense(4), &[0]), node(Spec::Add, &[1, 2]), node(dense(2), &[3])];
    let net = Network::new(Shape::flat(3), &specs, &mut Rng::seeded(1)).unwrap();
    let (x, mut trace) = (noise(3, 2), Trace::new());
    let w = net.params[net.params_of(1)].to_vec();
    for _ in 0..2 {
        net.forward_to(2, batch(&x, 3), Mode::Eval, &mut trace);
        net.input_gradient(&mut trace, &[1.0, 0.0, 0.0, 0.0]);
        assert_eq!(rows(&trace.input_gradient()), [w[0], w[4], w[8]]);
    }
}

#[test]
fn a_network_on_larger_pictures_keeps_its_parameters() {
    let (small, large) =
        (Shape { height: 7, width: 6, channels: 3 }, Shape { height: 12, width: 9, channels: 3 });
    let mut net = Network::new(small, &blocks(), &mut Rng::seeded(1)).unwrap();
    let anew = Network::new(large, &blocks(), &mut Rng::seeded(1)).unwrap();
    net.resize(large).unwrap();
    assert_eq!(net.input(), large);
    let (x, mut trace, mut other) = (noise(large.len(), 2), Trace::new(), Trace::new());
    net.forward(batch(&x, large.len()), Mode::Eval, &mut trace);
    anew.forward(batch(&x, large.len()), Mode::Eval, &mut other);
    assert_eq!(trace.output(), other.output());
}

#[test]
fn a_network_whose_parameters_depend_on_the_size_stays_as_it_was() {
    let picture = Shape { height: 4, width: 4, channels: 1 };
    let activation = Spec::Activation { function: Activation::Relu };
    let mut net = Network::chain(picture, &[dense(2), activation], &mut Rng::seeded(1)).unwrap();
    let before = net.params.clone();
    let refused = net.resize(Shape { height: 5, ..picture });
    assert_eq!(refused, Err(Error::Length { what: "parameters", expected: 34, got: 42 }));
    assert_eq!((net.input(), &net.params), (picture, &before));
    assert!(Network::with_params(picture, net.specs(), vec![0.0; 33]).is_err());
}
