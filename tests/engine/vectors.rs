//! One-dimensional kernels and update rules at every length from 0 to 67 against plain loops in f64.

use uncrumple::kernel::{self, F32x4};
use uncrumple::optim::{Optimizer, Rule};
use uncrumple::rng::Rng;

fn normals(len: usize, rng: &mut Rng) -> Vec<f32> {
    (0..len).map(|_| rng.normal()).collect()
}

fn wide(x: &[f32]) -> Vec<f64> {
    x.iter().map(|v| f64::from(*v)).collect()
}

fn close(got: &[f32], want: impl Iterator<Item = f64>, what: &str) {
    let want: Vec<f64> = want.collect();
    assert_eq!(got.len(), want.len(), "{what}");
    for (i, (g, w)) in got.iter().zip(want).enumerate() {
        assert!(
            (f64::from(*g) - w).abs() <= 1e-6 * (1.0 + w.abs()),
            "{what}[{i}] of {}: {g}, not {w}",
            got.len()
        );
    }
}

#[test]
fn element_by_element_kernels_are_right_at_every_length() {
    let mut rng = Rng::seeded(1);
    for len in 0..68 {
        let (x, y) = (normals(len, &mut rng), normals(len, &mut rng));
        let (xs, ys) = (wide(&x), wide(&y));
        let mut out = y.clone();
        kernel::axpy(0.3, &x, &mut out);
        close(&out, xs.iter().zip(&ys).map(|(x, y)| f64::from(0.3f32) * x + y), "axpy");
        out.copy_from_slice(&x);
        kernel::scale(-1.7, &mut out);
        close(&out, xs.iter().map(|x| f64::from(-1.7f32) * x), "scale");
        kernel::map(&x, &mut out, |x| x * x + F32x4::splat(2.0));
        close(&out, xs.iter().map(|x| x * x + 2.0), "map");
        kernel::map2(&x, &y, &mut out, |x, y| x * y - x);
        close(&out, xs.iter().zip(&ys).map(|(x, y)| x * y - x), "map2");
    }
}

#[test]
fn sums_are_right_at_every_length() {
    let mut rng = Rng::seeded(2);
    for len in 0..68 {
        let (x, y) = (normals(len, &mut rng), normals(len, &mut rng));
        let (xs, ys) = (wide(&x), wide(&y));
        let pairs = || xs.iter().zip(&ys);
        let got = [kernel::sum(&x), kernel::dot(&x, &y), kernel::squared_distance(&x, &y)];
        let want: [f64; 3] = [
            xs.iter().sum(),
            pairs().map(|(x, y)| x * y).sum(),
            pairs().map(|(x, y)| (x - y) * (x - y)).sum(),
        ];
        let size: f64 = 1.0 + xs.iter().map(|x| x.abs()).sum::<f64>() + want[2];
        for (got, want) in got.iter().zip(want) {
            assert!((f64::from(*got) - want).abs() <= 1e-6 * size, "{got} for {want}, length {len}");
        }
    }
}

#[test]
fn rows_are_filled_and_summed_at_every_width() {
    let mut rng = Rng::seeded(3);
    for width in 1..68 {
        for rows in 0..4 {
            let (row, x) = (normals(width, &mut rng), normals(width * rows, &mut rng));
            let mut filled = vec![0.0; width * rows];
            kernel::fill_rows(&row, &mut filled);
            assert!(filled.chunks(width).all(|r| r == row));
            let mut total = row.clone();
            kernel::sum_rows(&x, &mut total);
            let sum =
                |j: usize| f64::from(row[j]) + (0..rows).map(|i| f64::from(x[i * width + j])).sum::<f64>();
            close(&total, (0..width).map(sum), "sum_rows");
        }
    }
}

#[test]
fn one_number_that_is_not_finite_is_found_wherever_it_stands() {
    for len in 1..68 {
        let mut x = vec![f32::MAX; len];
        assert!(kernel::all_finite(&x), "length {len}");
        for i in 0..len {
            for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                x[i] = bad;
                assert!(!kernel::all_finite(&x), "{bad} at {i} of {len}");
            }
            x[i] = f32::MIN;
        }
    }
    assert!(kernel::all_finite(&[]));
}

#[test]
fn lanes_keep_the_promises_their_names_make() {
    let four = |f: F32x4| {
        let mut out = [0.0; 4];
        f.store(&mut out);
        out
    };
    let (a, b) = (F32x4::load(&[1.0, -2.0, 0.5, -0.0]), F32x4::load(&[-3.0, -1.0, 0.5, 0.0]));
    assert_eq!(four(a.max(b)), [1.0, -1.0, 0.5, 0.0]);
    assert_eq!(four(a.min(b)), [-3.0, -2.0, 0.5, 0.0]);
    assert_eq!(four(a.abs()), [1.0, 2.0, 0.5, 0.0]);
    assert_eq!(four(a.copysign(b)), [-1.0, -2.0, 0.5, 0.0]);
    assert_eq!(four(a.select_gt(b, a, b)), [1.0, -1.0, 0.5, 0.0]);
    assert_eq!(a.sum(), -0.5);
    assert_eq!(four(F32x4::load(&[4.0, 2.25, 0.0, 1e-40]).sqrt())[..3], [2.0, 1.5, 0.0]);
    // The first operand is what is kept when neither is larger: NaN passes through `x.max(limit)`.
    let nan = F32x4::splat(f32::NAN);
    assert!(four(nan.max(a)).iter().all(|x| x.is_nan()) && four(a.max(nan)) == four(a));
    let (exponent, mantissa) = F32x4::load(&[1.0, 0.75, 6.0, 1024.0]).split_exponent();
    assert_eq!((four(exponent), four(mantissa)), ([1.0, 0.0, 3.0, 11.0], [0.5, 0.75, 0.75, 0.5]));
}

#[test]
fn every_rule_updates_every_length_as_it_updates_one() {
    let rules = [Rule::Sgd, Rule::Momentum, Rule::Nesterov, Rule::RmsProp, Rule::Adam, Rule::AdamW];
    let mut rng = Rng::seeded(4);
    for rule in rules {
        for len in 0..68 {
            let start = normals(len, &mut rng);
            let grads: Vec<_> = (0..3).map(|_| normals(len, &mut rng)).collect();
            let mut together = start.clone();
            let mut optimizer = Optimizer::new(rule, len);
            grads.iter().for_each(|g| optimizer.step(&mut together, g, 0.1));
            for i in 0..len {
                let (mut alone, mut optimizer) = ([start[i]], Optimizer::new(rule, 1));
                grads.iter().for_each(|g| optimizer.step(&mut alone, &g[i..=i], 0.1));
                assert_eq!(alone[0].to_bits(), together[i].to_bits(), "{rule:?}: {i} of {len}");
            }
        }
    }
}
