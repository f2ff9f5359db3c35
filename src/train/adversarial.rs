//! Adversarial training (Madry et al. 2018): each minibatch is pushed to where its loss is high before it is learned from.
//!
//! `x ← clip(project(x + α · steepest(∇loss)))` from anywhere in the ball, k times; then an ordinary update at x. One step of
//! 1.25 ε is "fast" adversarial training (Wong et al. 2020).

use super::Loss;
use crate::kernel::{self, Ball, Domain};
use crate::nn::{Mode, Network, Trace};
use crate::rng::Rng;
use crate::tensor::{batch, rows};

/// What the inner loop works with.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    trace: Trace,
    clean: Vec<f32>,
    direction: Vec<f32>,
    values: Vec<f32>,
    dy: Vec<f32>,
    targets: Vec<f32>,
}

/// How hard each minibatch is pushed. May change between two updates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adversary {
    /// Where a row may be pushed to. An ε of 0, or one that is no number, pushes nothing.
    pub ball: Ball,
    /// What a feature may be.
    pub domain: Domain,
    /// k: steps of ascent.
    pub steps: u32,
    /// α, as a share of ε: it goes along when ε changes.
    pub stride: f32,
}

impl Adversary {
    /// `steps` steps of 2.5 ε / `steps`, at most 1.25 ε: any point of the ball can be reached.
    pub fn new(ball: Ball, domain: Domain, steps: u32) -> Self {
        let stride = 2.5 / steps.max(1) as f32;
        Self { ball, domain, steps, stride: if stride < 1.25 { stride } else { 1.25 } }
    }

    /// Whether it does anything.
    fn pushes(self) -> bool {
        self.steps > 0 && self.ball.epsilon > 0.0 && self.ball.epsilon.is_finite()
    }

    /// Moves the rows of `x`, of these `classes`, to where `loss` is high; without chance but for their start. How many input
    /// gradients it took.
    pub(super) fn push(
        self,
        net: &Network,
        (loss, classes): (Loss, &[u32]),
        x: &mut [f32],
        rng: &mut Rng,
        buffers: &mut Buffers,
    ) -> u64 {
        if !self.pushes() {
            return 0;
        }
        let Buffers { trace, clean, direction, values, dy, targets } = buffers;
        let (d, outputs) = (net.input().len(), net.output().len());
        clean.clear();
        clean.extend_from_slice(x);
        for (x, clean) in x.chunks_exact_mut(d).zip(clean.chunks_exact(d)) {
            self.ball.draw_inside(self.domain, clean, rng, x);
        }
        values.resize(classes.len(), 0.0);
        dy.resize(classes.len() * outputs, 0.0);
        direction.resize(d, 0.0);
        for _ in 0..self.steps {
            net.forward(batch(x, d), Mode::Eval, trace.closed());
            loss.with(classes, outputs, targets, |objective| {
                objective.eval(trace.answers(), outputs, values, dy);
            });
            net.input_gradient(trace, dy);
            let gradient = trace.input_gradient();
            let moved = x.chunks_exact_mut(d).zip(clean.chunks_exact(d)).zip(rows(&gradient).chunks_exact(d));
            for ((x, clean), gradient) in moved {
                direction.copy_from_slice(gradient);
                self.ball.norm.steepest(direction);
                kernel::axpy(self.stride * self.ball.epsilon, direction, x);
                self.ball.project(clean, x);
                self.domain.clip(clean, x);
            }
        }
        u64::from(self.steps) * classes.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attack::{Attack, Pgd, PgdSettings, Start, Status, Stop, Task};
    use crate::kernel::Norm;
    use crate::nn::{Activation, Init, Spec};
    use crate::tensor::Shape;

    fn setting() -> (Network, Vec<f32>, Vec<u32>) {
        let dense = |units| Spec::Dense { units, init: Init::Xavier };
        let layers = [dense(9), Spec::Activation { function: Activation::Tanh }, dense(4)];
        let net = Network::chain(Shape::flat(6), &layers, &mut Rng::seeded(2)).unwrap();
        let mut rng = Rng::seeded(3);
        let x: Vec<f32> = (0..40 * 6).map(|i| if i % 3 == 0 { 0.0 } else { rng.uniform() }).collect();
        (net, x, (0..40).map(|i| i % 4).collect())
    }

    /// The attack was compared with foolbox; what training does inside must end at the same bits.
    #[test]
    fn a_minibatch_ends_where_the_attack_ends() {
        let (net, clean, classes) = setting();
        for norm in [Norm::One, Norm::Two, Norm::Inf] {
            for steps in [1, 7] {
                let (ball, rng) = (Ball { norm, epsilon: 0.25 }, Rng::seeded(4));
                let adversary = Adversary::new(ball, Domain::IMAGE, steps);
                let (mut x, mut buffers) = (clean.clone(), Buffers::default());
                // An attack draws its first start from this fork.
                let with = (Loss::CrossEntropy, &classes[..]);
                let taken = adversary.push(&net, with, &mut x, &mut rng.fork(0), &mut buffers);
                assert_eq!(taken, u64::from(steps) * 40);
                let settings = PgdSettings {
                    rate: adversary.stride * ball.epsilon,
                    start: Start::Random,
                    loss: crate::attack::Loss::CrossEntropy,
                    stop: Stop::AtEnd,
                    ..PgdSettings::new(ball, steps, 1)
                };
                let task = Task::new(&clean, &classes, Domain::IMAGE).unwrap();
                let mut attack = Pgd::new(task, settings, &rng).unwrap();
                attack.run(&net);
                let mut compared = 0;
                for (i, row) in x.chunks(6).enumerate() {
                    // An attack leaves rows alone that are wrong already.
                    if attack.status()[i] != Status::AlreadyWrong {
                        assert_eq!(row, attack.adversarial().row(i).as_slice().unwrap(), "{norm:?} row {i}");
                        compared += 1;
                    }
                }
                assert!(compared >= 5, "only {compared}");
            }
        }
    }

    #[test]
    fn no_row_leaves_ball_or_box_and_the_loss_rises() {
        let (net, clean, classes) = setting();
        for norm in [Norm::One, Norm::Two, Norm::Inf] {
            for loss in [Loss::CrossEntropy, Loss::Mse, Loss::Huber, Loss::Hinge] {
                let ball = Ball { norm, epsilon: 0.3 };
                let adversary = Adversary::new(ball, Domain::IMAGE, 10);
                let (mut x, mut buffers, mut rng) = (clean.clone(), Buffers::default(), Rng::seeded(5));
                adversary.push(&net, (loss, &classes), &mut x, &mut rng, &mut buffers);
                for (x, clean) in x.chunks(6).zip(clean.chunks(6)) {
                    assert!(norm.distance(x, clean) <= 0.3 + 1e-6, "{norm:?}");
                    assert!(x.iter().all(|v| (0.0..=1.0).contains(v)), "{norm:?}");
                }
                let mean = |x: &[f32]| {
                    let mut trace = Trace::new();
                    net.forward(batch(x, 6), Mode::Eval, &mut trace);
                    let (mut values, mut dy, mut room) = ([0.0; 40], [0.0; 160], Vec::new());
                    loss.with(&classes, 4, &mut room, |o| o.eval(trace.answers(), 4, &mut values, &mut dy));
                    values.iter().sum::<f32>() / 40.0
                };
                assert!(mean(&x) > 1.05 * mean(&clean), "{norm:?} {loss:?}: {} {}", mean(&x), mean(&clean));
            }
        }
    }

    #[test]
    fn a_ball_of_nothing_or_no_number_pushes_nothing_and_draws_nothing() {
        let (net, clean, classes) = setting();
        for epsilon in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            let ball = Ball { norm: Norm::Inf, epsilon };
            let adversary = Adversary::new(ball, Domain::IMAGE, 5);
            let (mut x, mut rng) = (clean.clone(), Rng::seeded(6));
            let with = (Loss::CrossEntropy, &classes[..]);
            assert_eq!(adversary.push(&net, with, &mut x, &mut rng, &mut Buffers::default()), 0);
            assert_eq!((x, rng), (clean.clone(), Rng::seeded(6)), "{epsilon}");
        }
    }
}
