//! Every lab whose network is its own saves it and opens it again, with what makes it; the run goes on from where it stood.

use crate::common::{each, fresh, settled};
use uncrumple::labs::{Run, Value};

const NETWORK: &str = "network.safetensors";

#[test]
fn a_saved_network_opens_in_another_run_of_its_lab_and_time_goes_over_it() {
    each(|id| {
        let mut saved = fresh(id, 3);
        if !saved.about().exports.contains(&NETWORK) {
            return;
        }
        let sized: &[(&str, Value)] = match id {
            "topology" => &[("width", 5.0.into()), ("depth", 2.0.into())],
            "digits" => &[("network", "dense".into())],
            _ => &[("layers", "7,5".into())],
        };
        for (knob, value) in sized {
            saved.set(knob, value.clone()).unwrap();
        }
        saved.step(12).unwrap();
        let file = saved.export(NETWORK).unwrap();
        let json = String::from_utf8(saved.export("network.json").unwrap()).unwrap();
        assert!(json.contains("uncrumple-network"), "{id}: {json}");
        assert!(
            saved.export("network.onnx").is_ok_and(|file| !file.is_empty()),
            "{id}: these are chains of dense layers"
        );

        let mut other = fresh(id, 8);
        other.step(20).unwrap();
        let before = settled(&other).hash();
        for end in (0..file.len()).step_by(41) {
            assert_eq!(other.load(NETWORK, &file[..end]).expect_err("cut").code(), "network-file", "{id}");
        }
        assert_eq!(settled(&other).hash(), before, "{id}: a refusal changes nothing");
        other.load(NETWORK, &file).unwrap_or_else(|e| panic!("{id}: {e}"));
        assert_eq!(other.export(NETWORK).unwrap(), file, "{id}: saved again it is the same file");
        assert_eq!(other.steps(), 20, "{id}");
        for (knob, value) in sized {
            assert_eq!(other.config().get(knob), value, "{id}");
        }
        other.step(15).unwrap();
        let after = settled(&other).hash();
        other.seek(19).unwrap();
        other.seek(35).unwrap();
        assert_eq!(settled(&other).hash(), after, "{id}: through time");
        other.seek(19).unwrap();
        let mut anew = fresh(id, 8);
        anew.step(19).unwrap();
        assert_eq!(settled(&other).hash(), settled(&anew).hash(), "{id}: before it was opened");
    });
}

/// Exact weights have a size of their own, which is the one that is saved.
#[test]
fn exact_weights_are_saved_with_their_own_size() {
    let mut exact = fresh("topology", 1);
    for (knob, value) in [("activation", "relu"), ("weights", "exact")] {
        exact.set(knob, value.into()).unwrap();
    }
    let file = exact.export(NETWORK).unwrap();
    let mut other = fresh("topology", 2);
    other.load(NETWORK, &file).unwrap();
    let knob = |id| other.config().get(id).clone();
    assert_eq!(
        [knob("width"), knob("depth"), knob("activation"), knob("weights")],
        [3.0.into(), 1.0.into(), "relu".into(), "random".into()]
    );
    let channel = |run: &Run, name: &str| settled(run).get(name).expect(name).data.clone();
    assert_eq!(channel(&other, "weights"), channel(&exact, "weights"));
    // And opened where exact weights stand, it takes their place.
    let small = fresh("topology", 3).export(NETWORK).unwrap();
    exact.load(NETWORK, &small).unwrap();
    assert_eq!(exact.export(NETWORK).unwrap(), small);
}
