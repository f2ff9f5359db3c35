//! What must hold of any attack on any network: the checklist of Carlini et al. 2019 (arXiv 1902.06705), and this crate's promises.

use crate::nets::{Trained, chain, decisions, flat, trained};
use std::sync::LazyLock;
use uncrumple::attack::*;
use uncrumple::data::PlaneSet;
use uncrumple::error::Error;
use uncrumple::nn::{Activation, Network};
use uncrumple::rng::Rng;

static SPIRAL: LazyLock<Trained> = LazyLock::new(|| trained(PlaneSet::Spiral, Activation::Tanh, 120, 1_500));
static RINGS: LazyLock<Trained> = LazyLock::new(|| trained(PlaneSet::Rings, Activation::Relu, 120, 800));

const NORMS: [Norm; 3] = [Norm::One, Norm::Two, Norm::Inf];
const EPSILONS: [f32; 6] = [0.02, 0.05, 0.1, 0.2, 0.4, 2.0];

fn pgd(task: Task, norm: Norm, epsilon: f32, steps: u32, restarts: u32) -> Pgd {
    let settings = PgdSettings::new(Ball { norm, epsilon }, steps, restarts);
    Pgd::new(task, settings, &Rng::seeded(1)).unwrap()
}

/// Every attack there is, set up on `task`.
fn every(task: &Task) -> Vec<(String, Box<dyn Attack>)> {
    let (rng, mut all) = (Rng::seeded(1), Vec::<(String, Box<dyn Attack>)>::new());
    for norm in NORMS {
        all.push((format!("pgd {norm:?}"), Box::new(pgd(task.clone(), norm, 0.1, 10, 2))));
        let ball = Ball { norm, epsilon: 0.1 };
        let settings =
            PgdSettings { start: Start::Random, stop: Stop::AtEnd, ..PgdSettings::new(ball, 5, 2) };
        all.push((format!("textbook {norm:?}"), Box::new(Pgd::new(task.clone(), settings, &rng).unwrap())));
        let momentum = Pgd::new(task.clone(), PgdSettings::iterative(ball, 6), &rng).unwrap();
        all.push((format!("pgd momentum {norm:?}"), Box::new(momentum.with_momentum(1.0).unwrap())));
        let settings = UniversalSettings { batch: 50, ..UniversalSettings::new(ball, 12) };
        let universal = Universal::new(task.clone(), settings, &rng).unwrap();
        all.push((format!("universal {norm:?}"), Box::new(universal)));
        let noise = Noise::new(task.clone(), ball, Draw::Ball, 4, &rng).unwrap();
        all.push((format!("noise {norm:?}"), Box::new(noise)));
    }
    for norm in [Norm::Two, Norm::Inf] {
        let deepfool = DeepFool::new(task.clone(), DeepFoolSettings::new(norm)).unwrap();
        all.push((format!("deepfool {norm:?}"), Box::new(deepfool)));
        let settings =
            CarliniWagnerSettings { steps: 30, searches: 3, starts: 2, ..CarliniWagnerSettings::new(norm) };
        let carlini_wagner = CarliniWagner::new(task.clone(), settings, &rng).unwrap();
        all.push((format!("carlini-wagner {norm:?}"), Box::new(carlini_wagner)));
        for method in [Method::DeepFool, Method::CarliniWagner, Method::Pgd] {
            let push = MinimalPush::new(task.clone(), method, norm, &rng).unwrap();
            all.push((format!("minimal {method:?} {norm:?}"), Box::new(push)));
        }
    }
    all
}

fn run(net: &Network, attack: &mut dyn Attack) -> u32 {
    let mut steps = 1;
    while !attack.step(net) {
        steps += 1;
        assert!(steps < 20_000, "it ends");
    }
    steps
}

#[test]
fn what_is_found_is_found_whatever_the_attack() {
    for (trained, task) in [(&*SPIRAL, SPIRAL.task()), (&*RINGS, RINGS.task()), (&*RINGS, RINGS.targeted())] {
        let before = decisions(&trained.net, &trained.x);
        for (name, mut attack) in every(&task) {
            run(&trained.net, &mut *attack);
            let after = decisions(&trained.net, &flat(attack.adversarial()));
            for i in 0..task.len() {
                let there = |class: u32| (class == task.class(i)) == (task.goal == Goal::Targeted);
                match attack.status()[i] {
                    Status::AlreadyWrong => assert!(there(before[i]), "{name} row {i}"),
                    Status::Found => assert!(there(after[i]) && !there(before[i]), "{name} row {i}"),
                    Status::NotFound => assert!(!there(before[i]), "{name} row {i}"),
                }
            }
        }
    }
}

#[test]
fn no_push_leaves_its_ball_or_the_box_and_its_size_is_the_stated_one() {
    let (task, half) = (RINGS.task(), 0.5);
    let close: Vec<f32> = RINGS.x.iter().map(|v| half * v).collect();
    let narrow = Task::new(&close, &RINGS.classes, Domain { low: -half, high: half }).unwrap();
    for (task, limit) in [(task, 1.0), (narrow, half)] {
        for (name, mut attack) in every(&task) {
            run(&RINGS.net, &mut *attack);
            let x = flat(attack.adversarial());
            assert!(x.iter().all(|v| (-limit..=limit).contains(v)), "{name}");
            let norm = NORMS[["One", "Two", "Inf"].iter().position(|n| name.ends_with(n)).unwrap()];
            for i in 0..task.len() {
                let size = norm.distance(&x[2 * i..2 * i + 2], task.row(i));
                assert_eq!(size, attack.sizes()[i], "{name} row {i}");
                let in_a_ball = ["pgd", "textbook", "noise", "universal"].iter().any(|n| name.starts_with(n));
                assert!(!in_a_ball || size <= 0.1 + 1e-6, "{name} row {i}: {size}");
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_and_a_clone_goes_on_alike() {
    let task = RINGS.task();
    for ((name, mut a), (_, mut b)) in every(&task).into_iter().zip(every(&task)) {
        run(&RINGS.net, &mut *a);
        run(&RINGS.net, &mut *b);
        assert_eq!(flat(a.adversarial()), flat(b.adversarial()), "{name}");
        assert_eq!((a.status(), a.gradients_spent()), (b.status(), b.gradients_spent()), "{name}");
    }
    for method in [Method::DeepFool, Method::CarliniWagner, Method::Pgd] {
        let mut a = MinimalPush::new(task.clone(), method, Norm::Two, &Rng::seeded(2)).unwrap();
        for _ in 0..20 {
            a.step(&RINGS.net);
        }
        let mut b = a.clone();
        a.run(&RINGS.net);
        b.run(&RINGS.net);
        assert_eq!(flat(a.adversarial()), flat(b.adversarial()), "{method:?}");
    }
}

#[test]
fn a_step_after_the_last_changes_nothing() {
    for (name, mut attack) in every(&SPIRAL.task()) {
        run(&SPIRAL.net, &mut *attack);
        let (x, spent) = (flat(attack.adversarial()), attack.gradients_spent());
        assert!(attack.step(&SPIRAL.net), "{name}");
        assert_eq!((x, spent), (flat(attack.adversarial()), attack.gradients_spent()), "{name}");
    }
}

/// Without chance, what happens to a row does not depend on who else is in the batch.
#[test]
fn rows_do_not_see_each_other() {
    for norm in [Norm::Two, Norm::Inf] {
        let mut all = DeepFool::new(RINGS.task(), DeepFoolSettings::new(norm)).unwrap();
        all.run(&RINGS.net);
        let mut climb = pgd(RINGS.task(), norm, 0.1, 10, 1);
        climb.run(&RINGS.net);
        for i in [0, 7, 50, 119] {
            let task = Task::new(&RINGS.x[2 * i..2 * i + 2], &RINGS.classes[i..=i], Domain::PLANE).unwrap();
            let mut one = DeepFool::new(task.clone(), DeepFoolSettings::new(norm)).unwrap();
            one.run(&RINGS.net);
            assert_eq!(one.adversarial().row(0), all.adversarial().row(i), "{norm:?} row {i}");
            let mut one = pgd(task, norm, 0.1, 10, 1);
            one.run(&RINGS.net);
            assert_eq!(one.adversarial().row(0), climb.adversarial().row(i), "{norm:?} row {i}");
        }
    }
}

#[test]
fn robust_accuracy_falls_with_epsilon_from_the_clean_one_to_nothing() {
    for trained in [&*SPIRAL, &*RINGS] {
        for norm in [Norm::Two, Norm::Inf] {
            let mut nothing = pgd(trained.task(), norm, 0.0, 10, 2);
            nothing.run(&trained.net);
            let mut before = nothing.robust_accuracy();
            assert!(before > 0.9, "a network worth attacking: {before}");
            assert_eq!(flat(nothing.adversarial()), trained.x);
            for epsilon in EPSILONS {
                let mut attack = pgd(trained.task(), norm, epsilon, 40, 5);
                attack.run(&trained.net);
                let accuracy = attack.robust_accuracy();
                assert!(accuracy <= before, "{norm:?}: {accuracy} at {epsilon}, {before} before");
                before = accuracy;
            }
            assert_eq!(before, 0.0, "{norm:?}: a ball that holds the whole plot");
        }
    }
}

#[test]
fn more_steps_and_more_restarts_are_never_worse() {
    for trained in [&*SPIRAL, &*RINGS] {
        for norm in [Norm::Two, Norm::Inf] {
            for epsilon in EPSILONS {
                let one_step = PgdSettings::one_step(Ball { norm, epsilon });
                let mut fast = Pgd::new(trained.task(), one_step, &Rng::seeded(1)).unwrap();
                let mut slow = pgd(trained.task(), norm, epsilon, 40, 1);
                let mut again = pgd(trained.task(), norm, epsilon, 40, 8);
                fast.run(&trained.net);
                slow.run(&trained.net);
                again.run(&trained.net);
                let (fast, slow) = (fast.robust_accuracy(), slow.robust_accuracy());
                assert!(slow <= fast, "{norm:?} {epsilon}: {slow} after 40 steps, {fast} after one");
                assert!(again.robust_accuracy() <= slow, "{norm:?} {epsilon}");
            }
        }
    }
}

#[test]
fn restarts_keep_every_success_of_fewer() {
    let mut few = pgd(SPIRAL.task(), Norm::Two, 0.06, 10, 2);
    let mut many = pgd(SPIRAL.task(), Norm::Two, 0.06, 10, 10);
    few.run(&SPIRAL.net);
    many.run(&SPIRAL.net);
    for (i, (few, many)) in few.status().iter().zip(many.status()).enumerate() {
        assert!(*few != Status::Found || *many == Status::Found, "row {i}");
    }
}

#[test]
fn gradients_beat_noise_of_the_same_size() {
    for (trained, epsilon) in [(&*SPIRAL, 0.08), (&*RINGS, 0.15)] {
        for norm in [Norm::Two, Norm::Inf] {
            let ball = Ball { norm, epsilon };
            let mut attack = pgd(trained.task(), norm, epsilon, 40, 3);
            let mut noise = Noise::new(trained.task(), ball, Draw::Surface, 20, &Rng::seeded(1)).unwrap();
            attack.run(&trained.net);
            noise.run(&trained.net);
            let (worst, random) = (attack.robust_accuracy(), noise.accuracy());
            assert!(worst + 0.1 < random, "{norm:?} {epsilon}: {worst} against {random}");
            for (i, size) in noise.sizes().iter().enumerate() {
                let pushed = noise.status()[i] != Status::AlreadyWrong;
                assert!(!pushed || (size - epsilon).abs() < 1e-6, "{norm:?}: noise of {size}");
            }
        }
    }
}

#[test]
fn noise_next_to_a_wall_keeps_its_size_and_stays_inside() {
    let mut flat_net = chain(&[2, 4, 2], Activation::Tanh, 1);
    flat_net.params.fill(0.0);
    let x = [0.99, 0.0, -1.0, -1.0, 1.0, 0.97, 0.0, -0.95];
    let task = Task::new(&x, &[0; 4], Domain::PLANE).unwrap();
    for norm in NORMS {
        for seed in 1..30 {
            let ball = Ball { norm, epsilon: 0.2 };
            let rng = Rng::seeded(seed);
            let mut noise = Noise::new(task.clone(), ball, Draw::Surface, 1, &rng).unwrap();
            noise.run(&flat_net);
            for (i, size) in noise.sizes().iter().enumerate() {
                assert!((size - 0.2).abs() < 1e-6, "{norm:?} row {i}: {size}");
                assert!(noise.adversarial().row(i).iter().all(|v| v.abs() <= 1.0), "{norm:?} row {i}");
            }
        }
    }
}

#[test]
fn a_flat_network_gives_no_direction_and_nothing_moves() {
    let mut net = chain(&[2, 4, 2], Activation::Tanh, 1);
    net.params.fill(0.0);
    let task = Task::new(&[0.3, -0.4, 0.0, 0.9], &[0, 0], Domain::PLANE).unwrap();
    for (name, mut attack) in every(&task) {
        run(&net, &mut *attack);
        assert_eq!(attack.status(), [Status::NotFound; 2], "{name}");
        if name.starts_with("pgd") || name.starts_with("deepfool") || name.starts_with("minimal") {
            assert_eq!(flat(attack.adversarial()), task.clean(), "{name}");
        }
    }
}

#[test]
fn a_network_that_diverged_is_never_a_success() {
    let mut net = chain(&[2, 4, 2], Activation::Relu, 1);
    net.params.fill(f32::NAN);
    let task = Task::new(&[0.3, -0.4, 0.0, 0.9], &[0, 1], Domain::PLANE).unwrap();
    for (name, mut attack) in every(&task) {
        run(&net, &mut *attack);
        assert_eq!(attack.status(), [Status::NotFound; 2], "{name}");
    }
}

#[test]
fn no_attack_trains_the_network() {
    let before = SPIRAL.net.params.clone();
    for (_, mut attack) in every(&SPIRAL.task()) {
        run(&SPIRAL.net, &mut *attack);
    }
    assert_eq!(SPIRAL.net.params, before);
}

#[test]
fn the_watched_path_leads_from_the_clean_point_to_the_point_kept() {
    for row in [0, 3, 17] {
        let mut attack = pgd(SPIRAL.task(), Norm::Two, 0.1, 20, 3).watching(row);
        attack.run(&SPIRAL.net);
        let path: Vec<&[f32]> = attack.path().chunks(2).collect();
        assert_eq!(path[0], attack.task().row(row));
        assert_eq!(path[path.len() - 1], attack.adversarial().row(row).as_slice().unwrap(), "row {row}");
        assert!(path.len() > 2, "it shows steps");
        assert!(path.iter().all(|p| Norm::Two.distance(p, path[0]) <= 0.1 + 1e-6), "inside the ball");
    }
}

#[test]
fn an_empty_batch_is_done_at_once() {
    let task = Task::new(&[], &[], Domain::PLANE).unwrap();
    for (name, mut attack) in every(&task) {
        assert!(run(&SPIRAL.net, &mut *attack) < 20, "{name}");
        assert!(attack.robust_accuracy().is_nan() && attack.mean_size().is_nan(), "{name}");
    }
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let (task, rng) = (SPIRAL.task(), Rng::seeded(1));
    let code = |e: Error| e.code();
    assert_eq!(Task::new(&[0.0; 3], &[0, 1], Domain::PLANE).map_err(code).err(), Some("length"));
    assert_eq!(Task::new(&[0.0, f32::NAN], &[0], Domain::PLANE).map_err(code).err(), Some("non-finite"));
    for epsilon in [-0.1, f32::NAN, f32::INFINITY] {
        let ball = Ball { norm: Norm::Two, epsilon };
        let settings = PgdSettings::new(ball, 5, 1);
        assert_eq!(Pgd::new(task.clone(), settings, &rng).map_err(code).err(), Some("parameter"));
        let noise = Noise::new(task.clone(), ball, Draw::Ball, 1, &rng);
        assert_eq!(noise.map_err(code).err(), Some("parameter"));
    }
    let none = PgdSettings::new(Ball { norm: Norm::Two, epsilon: 0.1 }, 5, 0);
    assert_eq!(Pgd::new(task.clone(), none, &rng).map_err(code).err(), Some("parameter"));
    for method in [Method::DeepFool, Method::CarliniWagner, Method::Pgd] {
        let push = MinimalPush::new(task.clone(), method, Norm::One, &rng);
        assert_eq!(push.map_err(code).err(), Some("choice"), "{method:?}");
    }
    let ball = pgd(task, Norm::Two, 0.1, 5, 1);
    assert_eq!(ball.starting_at(&[0.0; 3]).map_err(code).err(), Some("length"));
    assert_eq!(Method::from_name("fgsm").map_err(code).err(), Some("choice"));
    assert_eq!(Norm::from_name("linf").unwrap(), Norm::Inf);
}
