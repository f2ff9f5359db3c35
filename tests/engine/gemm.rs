//! The matrix product against plain f64 loops and against ndarray's `dot`, in every transposition.

use ndarray::{Array2, ArrayView2};
use uncrumple::kernel::{Mat, Write, gemm};
use uncrumple::rng::Rng;

/// `A B`, `A Bᵀ`, `Aᵀ B`: what a dense layer asks for on the way forward, to its input and to its weights.
#[derive(Clone, Copy, Debug)]
enum Form {
    Plain,
    RightTransposed,
    LeftTransposed,
}
const FORMS: [Form; 3] = [Form::Plain, Form::RightTransposed, Form::LeftTransposed];

fn normals(len: usize, rng: &mut Rng) -> Vec<f32> {
    (0..len).map(|_| rng.normal()).collect()
}

fn check(form: Form, (m, k, n): (usize, usize, usize), rng: &mut Rng) {
    let (a, b, c) = (normals(m * k, rng), normals(k * n, rng), normals(m * n, rng));
    let (left, right, at, bt): (Mat, Mat, [usize; 2], [usize; 2]) = match form {
        Form::Plain => (Mat::new(&a, m, k), Mat::new(&b, k, n), [k, 1], [n, 1]),
        Form::RightTransposed => (Mat::new(&a, m, k), Mat::new(&b, n, k).t(), [k, 1], [1, k]),
        Form::LeftTransposed => (Mat::new(&a, k, m).t(), Mat::new(&b, k, n), [1, m], [n, 1]),
    };
    let (mut set, mut add) = (c.clone(), c.clone());
    gemm(left, right, &mut set, Write::Set);
    gemm(left, right, &mut add, Write::Add);
    let oracle = dot(form, (m, k, n), &a, &b);
    for i in 0..m {
        for j in 0..n {
            let product = |p| f64::from(a[i * at[0] + p * at[1]]) * f64::from(b[p * bt[0] + j * bt[1]]);
            let (want, scale) = (0..k).map(product).fold((0.0, 0.0), |(s, t), x| (s + x, t + x.abs()));
            let near = |got: f32, want: f64| (f64::from(got) - want).abs() <= 1e-6 * (scale + want.abs());
            let at = i * n + j;
            assert!(near(set[at], want), "{form:?} {m}×{k}×{n} [{i},{j}]: {} for {want}", set[at]);
            assert!(near(set[at], oracle[[i, j]].into()), "{form:?} {m}×{k}×{n} [{i},{j}] against ndarray");
            assert!(near(add[at], want + f64::from(c[at])), "{form:?} {m}×{k}×{n} [{i},{j}] added");
        }
    }
}

fn dot(form: Form, (m, k, n): (usize, usize, usize), a: &[f32], b: &[f32]) -> Array2<f32> {
    let view = |x, r, c| ArrayView2::from_shape((r, c), x).expect("r c numbers");
    match form {
        Form::Plain => view(a, m, k).dot(&view(b, k, n)),
        Form::RightTransposed => view(a, m, k).dot(&view(b, n, k).t()),
        Form::LeftTransposed => view(a, k, m).t().dot(&view(b, k, n)),
    }
}

#[test]
fn every_small_shape_is_right_in_every_transposition() {
    let mut rng = Rng::seeded(1);
    for form in FORMS {
        for m in 0..=9 {
            for k in 0..=9 {
                for n in 0..=9 {
                    check(form, (m, k, n), &mut rng);
                }
            }
        }
    }
}

#[test]
fn odd_large_shapes_are_right_in_every_transposition() {
    let mut rng = Rng::seeded(2);
    // 255, 256, 257 and 600 stand around the length of k that is summed in registers.
    for shape in
        [(17, 255, 13), (5, 256, 31), (3, 257, 66), (33, 600, 1), (1, 513, 67), (1, 39, 68), (67, 65, 64)]
    {
        for form in FORMS {
            check(form, shape, &mut rng);
        }
    }
}

#[test]
fn an_element_never_depends_on_its_neighbours() {
    let mut rng = Rng::seeded(3);
    let (m, k, n) = (11, 303, 72);
    let (a, b) = (normals(m * k, &mut rng), normals(k * n, &mut rng));
    let mut whole = vec![0.0; m * n];
    gemm(Mat::new(&a, m, k), Mat::new(&b, k, n), &mut whole, Write::Set);
    for i in 0..m {
        let mut row = vec![0.0; n];
        gemm(Mat::new(&a[i * k..][..k], 1, k), Mat::new(&b, k, n), &mut row, Write::Set);
        assert_eq!(row, whole[i * n..][..n], "row {i}");
        for j in 0..n {
            let column: Vec<f32> = b.iter().skip(j).step_by(n).copied().collect();
            let mut one = [0.0];
            gemm(Mat::new(&a[i * k..][..k], 1, k), Mat::new(&column, k, 1), &mut one, Write::Set);
            assert_eq!(one[0].to_bits(), whole[i * n + j].to_bits(), "[{i},{j}]");
        }
    }
}

#[test]
#[should_panic(expected = "inner sizes")]
fn sizes_that_do_not_meet_are_refused() {
    let (a, b) = ([0.0; 6], [0.0; 6]);
    gemm(Mat::new(&a, 2, 3), Mat::new(&b, 2, 3), &mut [0.0; 6], Write::Set);
}
