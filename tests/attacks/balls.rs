//! Norms, balls and the box: steepest steps, projections, draws.

use uncrumple::attack::{Ball, Domain, Norm};
use uncrumple::rng::Rng;

const NORMS: [Norm; 3] = [Norm::One, Norm::Two, Norm::Inf];

fn steepest(norm: Norm, g: &[f32]) -> Vec<f32> {
    let mut step = g.to_vec();
    norm.steepest(&mut step);
    step
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// CleverHans, `test_optimize_linear_linf`, `_l1`, `_l2`.
#[test]
fn the_steepest_step_gains_the_dual_norm() {
    let g = [1.0, -2.0];
    assert_eq!(dot(&g, &steepest(Norm::Inf, &g)), 3.0);
    assert_eq!(dot(&g, &steepest(Norm::One, &g)), 2.0);
    let half = 0.5_f32.sqrt();
    assert!((dot(&[half, -half], &steepest(Norm::Two, &[half, -half])) - 1.0).abs() < 1e-6);
    let mut rng = Rng::seeded(1);
    for norm in NORMS {
        for _ in 0..100 {
            let g: Vec<f32> = (0..7).map(|_| rng.normal()).collect();
            let step = steepest(norm, &g);
            assert!((norm.of(&step) - 1.0).abs() < 1e-6, "{norm:?}: a step of length 1");
            assert!((dot(&g, &step) - norm.dual().of(&g)).abs() < 1e-5, "{norm:?}");
        }
    }
}

/// CleverHans, `test_optimize_linear_l1_ties`.
#[test]
fn components_that_tie_share_a_step_of_the_first_norm() {
    assert_eq!(steepest(Norm::One, &[2.0, -2.0, 1.0, 2.0]), [1.0 / 3.0, -1.0 / 3.0, 0.0, 1.0 / 3.0]);
}

#[test]
fn a_zero_gradient_moves_nothing() {
    for norm in NORMS {
        assert_eq!(steepest(norm, &[0.0, -0.0, 0.0]), [0.0; 3], "{norm:?}");
    }
    assert_eq!(steepest(Norm::Inf, &[0.0, 3.0, -0.0]), [0.0, 1.0, 0.0]);
    assert_eq!(steepest(Norm::One, &[0.0, 3.0, 0.0]), [0.0, 1.0, 0.0]);
}

#[test]
fn a_vanishing_gradient_still_has_its_direction() {
    for tiny in [1e-12, 1e-25, 1e-37] {
        let step = steepest(Norm::Two, &[3.0 * tiny, -4.0 * tiny]);
        assert!((step[0] - 0.6).abs() < 1e-5 && (step[1] + 0.8).abs() < 1e-5, "{step:?} at {tiny}");
    }
    assert_eq!(steepest(Norm::Two, &[f32::INFINITY, 1.0]), [0.0, 0.0]);
}

#[test]
fn a_projection_is_the_nearest_point_of_the_ball() {
    let (clean, mut rng) = ([0.3, -0.2], Rng::seeded(2));
    for norm in NORMS {
        let ball = Ball { norm, epsilon: 0.5 };
        for _ in 0..50 {
            let far = [rng.range(-3.0, 3.0), rng.range(-3.0, 3.0)];
            let mut x = far;
            ball.project(&clean, &mut x);
            assert!(norm.distance(&x, &clean) <= 0.5 + 1e-6, "{norm:?} {far:?} {x:?}");
            let reached = Norm::Two.distance(&x, &far);
            for _ in 0..400 {
                let mut other = [0.0; 2];
                ball.draw(&mut rng, &mut other);
                let other = [clean[0] + other[0], clean[1] + other[1]];
                assert!(
                    reached <= Norm::Two.distance(&other, &far) + 1e-5,
                    "{norm:?} {far:?} {x:?} {other:?}"
                );
            }
        }
        let mut inside = [0.4, -0.1];
        ball.project(&clean, &mut inside);
        assert!(Norm::Inf.distance(&inside, &[0.4, -0.1]) < 1e-7, "{norm:?}: nothing to do");
        let mut x = [9.0, 9.0];
        Ball { norm, epsilon: 0.0 }.project(&clean, &mut x);
        assert_eq!(x, clean, "{norm:?}: a ball of nothing");
    }
}

#[test]
fn draws_fill_the_ball_evenly() {
    let mut rng = Rng::seeded(3);
    for norm in NORMS {
        for d in [1, 2, 5] {
            let (ball, mut push, mut inner, mut mean) = (Ball { norm, epsilon: 0.7 }, vec![0.0; d], 0, 0.0);
            for _ in 0..20_000 {
                ball.draw(&mut rng, &mut push);
                assert!(norm.of(&push) <= 0.7 + 1e-6);
                inner += u32::from(norm.of(&push) <= 0.7 * 0.8);
                mean += push[0] / 20_000.0;
            }
            let share = inner as f32 / 20_000.0;
            let expected = 0.8_f32.powi(d as i32);
            assert!((share - expected).abs() < 0.015, "{norm:?} d {d}: {share}, not {expected}, within 0.8");
            assert!(mean.abs() < 0.015, "{norm:?} d {d}: centred");
        }
    }
}

#[test]
fn draws_on_the_surface_have_exactly_the_stated_size() {
    let mut rng = Rng::seeded(4);
    for norm in NORMS {
        for d in [1, 2, 64] {
            let mut push = vec![0.0; d];
            for _ in 0..200 {
                Ball { norm, epsilon: 0.3 }.draw_surface(&mut rng, &mut push);
                assert!((norm.of(&push) - 0.3).abs() < 1e-6, "{norm:?} d {d}: {}", norm.of(&push));
            }
        }
    }
}

#[test]
fn the_box_holds_every_point_and_widens_for_a_clean_point_outside() {
    let mut x = [-3.0, 0.2, 3.0, 3.0];
    Domain::PLANE.clip(&[0.0, 0.0, 0.0, 1.5], &mut x);
    assert_eq!(x, [-1.0, 0.2, 1.0, 1.5]);
    assert_eq!(Domain::IMAGE.bounds(0.5), (0.0, 1.0));
}
