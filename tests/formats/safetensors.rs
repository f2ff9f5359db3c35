//! The file is what the format's own crate reads and writes, and the numbers come back bit for bit.

use crate::{branching, every_term, nets};
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView, serialize};
use uncrumple::formats::safetensors::{File, write};
use uncrumple::formats::to_json;
use uncrumple::nn::{Network, NodeSpec, Spec};

fn bits(net: &Network) -> Vec<u32> {
    net.params.iter().map(|p| p.to_bits()).collect()
}

fn emptied(net: &Network) -> Network {
    let mut empty = net.clone();
    empty.params.fill(0.0);
    empty
}

/// Weights as PyTorch keeps them: outputs × inputs.
fn turned(weights: &[f32], outputs: usize) -> Vec<u8> {
    let inputs = weights.len() / outputs;
    let numbers = (0..outputs).flat_map(|o| (0..inputs).map(move |i| weights[i * outputs + o]));
    numbers.flat_map(f32::to_le_bytes).collect()
}

/// Name, shape and bytes of every tensor, worked out here anew.
fn expected(net: &Network) -> Vec<(String, Vec<usize>, Vec<u8>)> {
    let mut tensors = Vec::new();
    for (i, node) in net.specs().iter().enumerate() {
        let Spec::Dense { units, .. } = node.layer else { continue };
        let (w, b) = net.params[net.params_of(i)].split_at(net.params_of(i).len() - units);
        tensors.push((format!("{i}.weight"), vec![units, w.len() / units], turned(w, units)));
        tensors.push((format!("{i}.bias"), vec![units], b.iter().flat_map(|b| b.to_le_bytes()).collect()));
    }
    tensors
}

#[test]
fn the_crate_that_defines_the_format_reads_every_number_of_ours() {
    for (name, net) in nets() {
        let file = write(&net, &[]);
        let read = SafeTensors::deserialize(&file).unwrap_or_else(|e| panic!("{name}: {e}"));
        let tensors = expected(&net);
        assert_eq!(read.len(), tensors.len(), "{name}");
        for (tensor, shape, data) in tensors {
            let view = read.tensor(&tensor).unwrap_or_else(|e| panic!("{name}, {tensor}: {e}"));
            assert_eq!(
                (view.dtype(), view.shape(), view.data()),
                (Dtype::F32, &shape[..], &data[..]),
                "{name}"
            );
        }
        let (header, _) = SafeTensors::read_metadata(&file).expect("a header");
        assert_eq!(header % 8, 0, "{name}: the numbers are aligned");
    }
}

#[test]
fn what_that_crate_writes_fits_a_network_of_the_same_shapes() {
    for (name, net) in nets() {
        let tensors = expected(&net);
        let views = tensors.iter().map(|(name, shape, data)| {
            (name.as_str(), TensorView::new(Dtype::F32, shape.clone(), data).expect("a sound tensor"))
        });
        let theirs = serialize(views, None).expect("a file");
        let file = File::read(&theirs).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(file.setting("spec"), None, "{name}: nothing in it says which network");
        let mut filled = emptied(&net);
        file.fill(&mut filled).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(bits(&filled), bits(&net), "{name}");
    }
}

#[test]
fn a_network_comes_back_bit_for_bit_with_its_description() {
    let mut all = nets();
    all.push(("branching", branching()));
    for (name, mut net) in all {
        net.params[0] = -0.0;
        net.params[1] = f32::from_bits(1); // the smallest there is
        let settings = [("layers", "5:tanh,\"4\\")];
        let bytes = write(&net, &settings);
        let file = File::read(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(
            (file.setting("layers"), file.setting("spec")),
            (Some(settings[0].1), Some(&*to_json(&net))),
            "{name}"
        );
        let mut filled = emptied(&net);
        file.fill(&mut filled).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(bits(&filled), bits(&net), "{name}");
        assert_eq!(write(&filled, &settings), bytes, "{name}");
    }
}

#[test]
fn the_description_is_json_that_serde_reads_as_the_same_nodes() {
    for net in [every_term(), branching()] {
        let json: serde_json::Value = serde_json::from_str(&to_json(&net)).expect("JSON");
        assert_eq!(json["format"], "uncrumple-network");
        assert_eq!((&json["version"], &json["input"]), (&1.into(), &serde_json::json!([1, 1, 2])));
        let nodes = json["nodes"].as_array().expect("a list").iter().map(|node| {
            let mut node = node.clone();
            let inputs = node.as_object_mut().and_then(|node| node.remove("inputs")).expect("inputs");
            let layer = serde_json::from_value(node).expect("a layer");
            NodeSpec { layer, inputs: serde_json::from_value(inputs).expect("indices") }
        });
        assert_eq!(nodes.collect::<Vec<_>>(), net.specs());
    }
}
