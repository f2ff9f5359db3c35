//! The `layers` lab: what it draws is what the network does, what it measures is what can be worked out another way, and
//! what the page says of it holds over seeds.
#![cfg(not(target_arch = "wasm32"))]

use uncrumple::labs::{Frame, Run, Value, layers::Layers};

fn run(values: &[(&str, Value)], seed: u32) -> Run {
    Run::new::<Layers>(values.iter().cloned(), seed).expect("settings of the lab")
}

fn settled(run: &Run) -> Frame {
    while !run.measure(1_000) {}
    let mut frame = Frame::default();
    run.draw(&mut frame);
    frame
}

fn data<'a>(frame: &'a Frame, name: &str) -> &'a [f32] {
    &frame.get(name).expect(name).data
}

fn readout(run: &Run, frame: &Frame, id: &str) -> f32 {
    let mut plain = run.about().readouts.iter().filter(|r| r.by.is_none());
    data(frame, "readouts")[plain.position(|r| r.id == id).expect(id)]
}

/// W (inputs × units, row-major) and b of every layer, the output last.
fn parameters(frame: &Frame) -> Vec<(Vec<f64>, Vec<f64>)> {
    let shape: Vec<usize> = data(frame, "shape").iter().map(|w| *w as usize).collect();
    let mut rest = data(frame, "weights");
    let mut take = |n: usize| {
        let (head, tail) = rest.split_at(n);
        rest = tail;
        head.iter().map(|w| f64::from(*w)).collect()
    };
    shape.windows(2).map(|w| (take(w[0] * w[1]), take(w[1]))).collect()
}

fn trained(layers: &str, activation: &str) -> Run {
    let mut run = run(&[("layers", layers.into()), ("activation", activation.into())], 3);
    run.step(120).expect("defaults train");
    run
}

#[test]
fn every_stop_of_every_vertex_is_an_affine_map_and_a_function_of_the_stop_before() {
    let run = trained("2,5,3", "tanh");
    let frame = settled(&run);
    let layers = parameters(&frame);
    for name in ["grid", "carried"] {
        let columns = frame.get(name).unwrap().dims[1];
        assert_eq!(columns, 2 + 2 * (2 + 5 + 3), "{name}");
        for row in data(&frame, name).chunks_exact(columns) {
            let (mut a, mut at) = (row[..2].to_vec(), 2);
            for (w, b) in &layers[..3] {
                let units = b.len();
                for (j, bias) in b.iter().enumerate() {
                    let z =
                        a.iter().enumerate().fold(*bias, |z, (i, x)| z + f64::from(*x) * w[i * units + j]);
                    assert!((f64::from(row[at + j]) - z).abs() < 1e-5, "{name}: z {} {z}", row[at + j]);
                    let f = f64::from(row[at + units + j]);
                    assert!((f - z.tanh()).abs() < 1e-5, "{name}: f(z) {f} {}", z.tanh());
                }
                a = row[at + units..at + 2 * units].to_vec();
                at += 2 * units;
            }
        }
    }
}

#[test]
fn the_grid_begins_as_the_plane_and_the_carried_points_as_the_points() {
    let frame = settled(&trained("3", "relu"));
    let columns = frame.get("grid").unwrap().dims[1];
    let grid = data(&frame, "grid");
    assert_eq!(grid[..2], [-1.0, 1.0], "top left");
    assert_eq!(grid[24 * columns..][..2], [1.0, 1.0], "top right");
    assert_eq!(grid[25 * 24 * columns..][..2], [-1.0, -1.0], "bottom left");
    let points = data(&frame, "points").chunks_exact(4);
    for (point, row) in points.zip(data(&frame, "carried").chunks_exact(columns)) {
        assert_eq!(point[..2], row[..2]);
    }
}

#[test]
fn a_followed_point_goes_the_way_of_the_vertex_it_stands_on() {
    let mut run = trained("2,3", "tanh");
    assert_eq!(settled(&run).get("followed").unwrap().dims[0], 0);
    run.set("x", 0.5.into()).unwrap();
    run.set("y", (-0.25).into()).unwrap();
    run.set("follow", true.into()).unwrap();
    let frame = settled(&run);
    let columns = frame.get("grid").unwrap().dims[1];
    // Vertices stand 1/12 apart: row (1 + 0.25) · 12 from the top, column (0.5 + 1) · 12.
    let vertex = &data(&frame, "grid")[(15 * 25 + 18) * columns..][..columns];
    assert_eq!(data(&frame, "followed"), vertex);
}

#[test]
fn without_bends_areas_and_lengths_change_by_the_product_of_the_matrices_everywhere() {
    let run = trained("2,2", "linear");
    let frame = settled(&run);
    let layers = parameters(&frame);
    let (w, v) = (&layers[0].0, &layers[1].0);
    let product = |i: usize, j: usize| w[2 * i] * v[j] + w[2 * i + 1] * v[2 + j];
    let (a, b, c, d) = (product(0, 0), product(0, 1), product(1, 0), product(1, 1));
    let determinant = (a * d - b * c).abs();
    let squares = a * a + b * b + c * c + d * d;
    let stretch = ((squares + (squares * squares - 4.0 * determinant * determinant).sqrt()) / 2.0).sqrt();
    let found = f64::from(readout(&run, &frame, "minDeterminant"));
    assert!((found - determinant).abs() < 1e-5 * determinant, "{found} {determinant}");
    let found = f64::from(readout(&run, &frame, "maxStretch"));
    assert!((found - stretch).abs() < 1e-5 * stretch, "{found} {stretch}");
    // All of the plane is in one bin of each histogram.
    for half in data(&frame, "stretch").chunks_exact(48) {
        assert_eq!(half.iter().filter(|share| **share > 0.0).count(), 1);
        assert!((half.iter().sum::<f32>() - 1.0).abs() < 1e-4);
    }
    // det W of each layer, with its sign.
    let strength = data(&frame, "strength");
    let by_hand = w[0] * w[3] - w[1] * w[2];
    assert!((f64::from(strength[1]) - by_hand).abs() < 1e-5, "{} {by_hand}", strength[1]);
}

#[test]
fn square_tanh_layers_bring_every_point_back_and_relu_brings_none() {
    for seed in 1..=5 {
        for layers in ["2,2,2", "3,3"] {
            let mut run = run(&[("layers", layers.into())], seed);
            run.step(1_000).unwrap();
            let error = readout(&run, &settled(&run), "roundTripError");
            assert!(error <= 1e-6, "{layers}, seed {seed}: {error}");
        }
    }
    // ReLU maps a half line to one point, and a layer from 3 to 2 a whole line: neither can be undone.
    for (layers, activation) in [("2,2", "relu"), ("3,2", "tanh")] {
        let run = trained(layers, activation);
        assert!(readout(&run, &settled(&run), "roundTripError").is_nan(), "{layers} {activation}");
    }
}

#[test]
fn what_was_measured_in_a_future_that_was_left_is_not_shown_in_another() {
    let mut left = run(&[], 2);
    left.step(60).unwrap();
    settled(&left);
    left.seek(30).unwrap();
    left.set("rate", 0.001.into()).unwrap();
    left.step(30).unwrap();
    let mut straight = run(&[], 2);
    straight.step(30).unwrap();
    straight.set("rate", 0.001.into()).unwrap();
    straight.step(30).unwrap();
    assert_eq!(settled(&left).hash(), settled(&straight).hash());
}

#[test]
fn a_layer_wider_than_space_has_three_orthonormal_axes_and_a_narrow_one_its_own() {
    let frame = settled(&trained("6,2", "tanh"));
    let [rows, stride] = frame.get("axes").unwrap().dims;
    assert_eq!([rows, stride], [8, 7]);
    let axes = data(&frame, "axes");
    for p in 1..4 {
        for q in 1..4 {
            let dot: f32 = (0..6).map(|j| axes[p * stride + j] * axes[q * stride + j]).sum();
            assert!((dot - f32::from(u8::from(p == q))).abs() < 1e-5, "{p} {q}: {dot}");
        }
    }
    let shares: Vec<f32> = (0..4).map(|p| axes[p * stride + 6]).collect();
    assert!(shares[1] >= shares[2] && shares[2] >= shares[3] && shares[0] <= 1.00001, "{shares:?}");
    assert_eq!(axes[5 * stride..][..3], [1.0, 0.0, 0.0]);
    assert_eq!(axes[6 * stride..][..3], [0.0, 1.0, 0.0]);
}

/// What the page says beside this figure, over five seeds of 1,000 steps.
#[test]
fn space_parts_the_disc_from_its_ring_the_plane_does_not_and_without_bends_nothing_does() {
    let after = |values: &[(&str, Value)], seed, steps| {
        let mut run = run(values, seed);
        run.step(steps).unwrap();
        let frame = settled(&run);
        ["rawProbe", "lastProbe", "testAccuracy"].map(|id| readout(&run, &frame, id))
    };
    for seed in 1..=5 {
        let [raw, last, test] = after(&[], seed, 1_000);
        assert!(raw <= 0.65 && last >= 0.99 && test >= 0.99, "3,3, seed {seed}: {raw} {last} {test}");
        let [raw, last, _] = after(&[("layers", "2,2,2".into())], seed, 1_000);
        assert!(raw <= 0.65 && (0.75..=0.96).contains(&last), "2,2,2, seed {seed}: {raw} {last}");
        let [raw, last, _] = after(&[("activation", "linear".into())], seed, 1_000);
        assert!((raw - last).abs() <= 0.05, "linear, seed {seed}: {raw} {last}");
        let eight = [("dataset", "spiral".into()), ("layers", "8,8".into()), ("l2", 0.0.into())];
        let [raw, last, _] = after(&eight, seed, 1_500);
        assert!(raw <= 0.7 && last >= 0.9, "spiral 8,8, seed {seed}: {raw} {last}");
    }
}
