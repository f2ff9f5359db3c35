//! Rows of many features between 0 and 1, many of them at a wall, as pixels are: no attack leaves the box.

use crate::nets::{chain, decisions, flat};
use uncrumple::attack::*;
use uncrumple::nn::{Activation, Network};
use uncrumple::rng::Rng;

const WIDTH: usize = 36;

/// Twelve pictures, two thirds of their pixels black or white, and a network no one trained.
fn setting() -> (Network, Vec<f32>, Vec<u32>) {
    let mut net = chain(&[WIDTH, 10, 4], Activation::Tanh, 3);
    net.params.iter_mut().for_each(|p| *p *= 2.0);
    let mut rng = Rng::seeded(8);
    let x: Vec<f32> = (0..12 * WIDTH)
        .map(|_| match rng.below(3) {
            0 => 0.0,
            1 => 1.0,
            _ => rng.uniform(),
        })
        .collect();
    let classes = decisions(&net, &x);
    (net, x, classes)
}

fn every(task: &Task, epsilon: f32) -> Vec<(String, Option<Norm>, Box<dyn Attack>)> {
    let (rng, mut all) = (Rng::seeded(2), Vec::<(String, Option<Norm>, Box<dyn Attack>)>::new());
    for norm in [Norm::Two, Norm::Inf] {
        let ball = Ball { norm, epsilon };
        for (name, settings) in [
            ("fgsm", PgdSettings::one_step(ball)),
            ("iterative", PgdSettings::iterative(ball, 5)),
            ("pgd", PgdSettings { start: Start::Random, stop: Stop::AtEnd, ..PgdSettings::new(ball, 5, 2) }),
        ] {
            let attack = Pgd::new(task.clone(), settings, &rng).unwrap();
            all.push((format!("{name} {norm:?}"), Some(norm), Box::new(attack.clone())));
            let momentum = attack.with_momentum(1.0).unwrap();
            all.push((format!("{name} with momentum {norm:?}"), Some(norm), Box::new(momentum)));
        }
        for draw in [Draw::Surface, Draw::Ball] {
            let noise = Noise::new(task.clone(), ball, draw, 5, &rng).unwrap();
            all.push((format!("noise {draw:?} {norm:?}"), Some(norm), Box::new(noise.clone())));
            let stopped = noise.at_walls(Wall::Stop);
            all.push((format!("noise {draw:?} stopped {norm:?}"), Some(norm), Box::new(stopped)));
        }
        let settings = UniversalSettings { batch: 5, ..UniversalSettings::new(ball, 15) };
        let universal = Universal::new(task.clone(), settings, &rng).unwrap();
        all.push((format!("universal {norm:?}"), Some(norm), Box::new(universal)));
        let deepfool = DeepFool::new(task.clone(), DeepFoolSettings::new(norm)).unwrap();
        all.push((format!("deepfool {norm:?}"), None, Box::new(deepfool)));
        let settings =
            CarliniWagnerSettings { steps: 30, searches: 3, starts: 2, ..CarliniWagnerSettings::new(norm) };
        let carlini_wagner = CarliniWagner::new(task.clone(), settings, &rng).unwrap();
        all.push((format!("carlini-wagner {norm:?}"), None, Box::new(carlini_wagner)));
        for method in [Method::DeepFool, Method::CarliniWagner, Method::Pgd] {
            let push = MinimalPush::new(task.clone(), method, norm, &rng).unwrap();
            all.push((format!("minimal {method:?} {norm:?}"), None, Box::new(push)));
        }
    }
    all
}

#[test]
fn no_pixel_leaves_its_box_after_any_step_of_any_attack() {
    let (net, x, classes) = setting();
    let task = Task::new(&x, &classes, Domain::IMAGE).unwrap();
    // 0.8 is more than half the box: noise that long has no side to turn to.
    for epsilon in [0.1, 0.3, 0.8, 5.0] {
        for (name, ball, mut attack) in every(&task, epsilon) {
            loop {
                let done = attack.step(&net);
                let x = flat(attack.adversarial());
                assert!(x.iter().all(|v| (0.0..=1.0).contains(v)), "{name}, ε {epsilon}");
                if done {
                    break;
                }
            }
            for (i, size) in attack.sizes().iter().enumerate() {
                assert!(ball.is_none() || *size <= epsilon + 1e-5, "{name}, ε {epsilon}, row {i}: {size}");
            }
        }
    }
}

#[test]
fn the_box_is_no_shelter() {
    let (net, x, classes) = setting();
    let task = Task::new(&x, &classes, Domain::IMAGE).unwrap();
    for (name, ball, mut attack) in every(&task, 0.3) {
        while !attack.step(&net) {}
        let found = attack.status().iter().filter(|s| **s == Status::Found).count();
        let least = if name.starts_with("noise") || name.starts_with("universal") { 0 } else { 10 };
        // Under ‖·‖₂ a push of 0.3 is no longer than one pixel's third.
        assert!(found >= least || ball == Some(Norm::Two), "{name}: only {found} of 12");
    }
}

#[test]
fn noise_that_stops_at_a_wall_leaves_half_of_a_black_picture_black() {
    let (net, _, _) = setting();
    let black = vec![0.0; 200 * WIDTH];
    let task = Task::new(&black, &vec![0; 200], Domain::IMAGE).unwrap();
    for (wall, share) in [(Wall::Turn, 1.0), (Wall::Stop, 0.5)] {
        let ball = Ball { norm: Norm::Inf, epsilon: 0.1 };
        let noise = Noise::new(task.clone(), ball, Draw::Surface, 1, &Rng::seeded(1)).unwrap();
        let mut noise = noise.at_walls(wall);
        noise.run(&net);
        let x: Vec<f32> = flat(noise.adversarial());
        let pushed: Vec<f32> = x
            .chunks(WIDTH)
            .zip(noise.status())
            .filter(|(_, s)| **s != Status::AlreadyWrong)
            .flat_map(|(row, _)| row.to_vec())
            .collect();
        let light = pushed.iter().filter(|v| **v == 0.1).count() as f32 / pushed.len() as f32;
        assert!(pushed.iter().all(|v| *v == 0.0 || *v == 0.1), "{wall:?}");
        assert!((light - share).abs() < 0.03, "{wall:?}: {light}");
    }
}
