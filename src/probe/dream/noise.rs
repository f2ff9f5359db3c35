//! The control of a dream: its photo changed by as much, blurred as its steps are, in a direction drawn at random.

use super::{Dream, Octaves, square};
use crate::kernel::{Norm, axpy, clamp};
use crate::nn::Network;
use crate::probe::ascent::{Ascent, Buffers, Climb, smooth};

/// Asking costs two thirds of a step: it is asked before every so many.
const EVERY: u64 = 7;
/// What its draws are forked for: no octave.
const NOISE: u64 = 1 << 32;
/// Rounds, at most, in which what the box cuts off is made up for, to this share of it.
const ROUNDS: usize = 8;
const CLOSE: f32 = 1e-3;

impl Octaves {
    /// Whether the control is asked about before step `step` (from 0) of an octave.
    pub(super) fn asks_about_noise(&self, step: u64) -> bool {
        step.is_multiple_of(EVERY) || step + 1 == self.steps
    }
}

impl Dream {
    /// What the layer answers to the control of `ascent`, looked at as the next step will look at its picture.
    pub(super) fn answer_under_noise(
        &self,
        ascent: &Ascent,
        net: &Network,
        last: usize,
        climb: &Climb,
        buffers: &mut Buffers,
    ) -> f32 {
        let x = self.noisy(ascent, climb.smoothing, buffers);
        ascent.answer(&x, net, last, climb, buffers)
    }

    /// The photo at the size of `ascent`, as far from itself (‖·‖₂) as that one's picture is.
    fn noisy(&self, ascent: &Ascent, smoothing: f32, buffers: &mut Buffers) -> Vec<f32> {
        let side = ascent.shape().height;
        let photo = self.photo_at(side);
        let far = Norm::Two.distance(ascent.pictures(), &photo);
        let mut rng = self.rng.fork(NOISE);
        let mut noise: Vec<f32> = photo.iter().map(|_| rng.range(-1.0, 1.0)).collect();
        smooth(&mut noise, square(side), smoothing, &mut buffers.blurs);
        let mut share = far / Norm::Two.of(&noise);
        let mut x = photo.clone();
        for _ in 0..ROUNDS {
            x.copy_from_slice(&photo);
            axpy(share, &noise, &mut x);
            x.iter_mut().for_each(|x| *x = clamp(*x, self.domain.low, self.domain.high));
            let got = Norm::Two.distance(&x, &photo);
            if (far - got).abs() <= CLOSE * far {
                break;
            }
            share *= far / got;
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Domain;
    use crate::rng::Rng;

    const DOMAIN: Domain = Domain { low: -1.0, high: 1.0 };
    const SIDE: usize = 64;

    /// A dream of one octave, and a climb that stands at `picture`.
    fn at(photo: &[f32], picture: &[f32]) -> (Dream, Ascent) {
        let octaves = Octaves { count: 1, scale: 1.4, steps: 9 };
        let dream = Dream::new(photo.into(), SIDE, octaves, DOMAIN, Rng::seeded(1));
        (dream, super::super::climb(picture.into(), SIDE, DOMAIN, Rng::seeded(2)))
    }

    #[test]
    fn it_is_as_far_from_the_photo_as_the_dream_is_and_inside_the_box() {
        let mut rng = Rng::seeded(7);
        let len = square(SIDE).len();
        let photo: Vec<f32> = (0..len).map(|_| rng.range(-1.0, 1.0)).collect();
        // From none at all to so far that half of the pixels are at an edge of the box.
        for by in [0.0, 0.01, 0.5, 2.0] {
            let picture: Vec<f32> =
                photo.iter().map(|x| clamp(x + by * rng.range(-1.0, 1.0), -1.0, 1.0)).collect();
            let (dream, ascent) = at(&photo, &picture);
            let x = dream.noisy(&ascent, 0.85, &mut Buffers::default());
            let [far, got] = [&picture, &x].map(|x| Norm::Two.distance(x, &photo));
            assert!((got - far).abs() <= 0.01 * far, "{by}: {got} and not {far}");
            assert!(x.iter().all(|x| x.abs() <= 1.0));
        }
    }

    #[test]
    fn it_is_asked_about_at_both_ends_of_an_octave_and_between() {
        let of = |steps| {
            (0..steps).filter(|k| Octaves { count: 1, scale: 1.4, steps }.asks_about_noise(*k)).collect()
        };
        let (one, many): (Vec<u64>, Vec<u64>) = (of(1), of(14));
        assert_eq!((one, many), (vec![0], vec![0, 7, 13]));
    }
}
