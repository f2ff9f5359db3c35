//! The two controls: noise of the same size, which has no direction, and the pushed picture saved as JPEG and opened again.

use super::Imagenet;
use super::knobs::Push;
use super::scene::{DOMAIN, Scene};
use crate::attack::Ball;
use crate::data::{Chroma, resaved};
use crate::kernel::{axpy, scale};
use crate::labs::picture::{normalized, top};
use crate::rng::Rng;
use std::rc::Rc;

/// Draws of noise; what the network answers is their mean.
const DRAWS: u64 = 3;
/// Classes told of.
pub const TOLD: usize = 5;

/// One picture that the network was asked about.
#[derive(Debug)]
pub struct Seen {
    pub picture: Vec<u8>,
    /// The likeliest classes, each with its probability.
    pub top: Vec<[f32; 2]>,
    /// The probability that the control is about.
    pub probability: f32,
}

/// Not measured.
static NOTHING: Seen = Seen { picture: Vec::new(), top: Vec::new(), probability: f32::NAN };

/// What noise depends on, beside the seed.
#[derive(Debug)]
struct Of {
    scene: Rc<Scene>,
    ball: Ball,
}

impl Of {
    fn is(&self, scene: &Rc<Scene>, ball: Ball) -> bool {
        Rc::ptr_eq(&self.scene, scene) && self.ball == ball
    }
}

/// Noise being asked about.
#[derive(Debug)]
struct Drawing {
    of: Of,
    draws: u64,
    /// The first draw.
    picture: Vec<u8>,
    /// Sum of the answers so far.
    sum: Vec<f32>,
}

/// What was measured, and of what.
#[derive(Debug, Default)]
pub struct Controls {
    drawing: Option<Drawing>,
    noise: Option<(Of, Seen)>,
    /// With the state's revision.
    jpeg: Option<(Rc<Scene>, u64, Seen)>,
}

impl Controls {
    /// One look of the network; whether all that is published belongs to the present state.
    pub fn measure(&mut self, lab: &Imagenet) -> bool {
        let Some(scene) = &lab.scene else { return true };
        let ball = Push::new(&lab.config, scene.clean.len()).ball;
        if self.noise.as_ref().is_none_or(|(of, _)| !of.is(scene, ball)) {
            self.draw_noise(lab, scene, ball);
            return false;
        }
        let revision = lab.revision.get();
        if self.jpeg.as_ref().is_none_or(|(_, of, _)| *of != revision) {
            self.jpeg = Some((scene.clone(), revision, saved_and_opened(lab, scene)));
        }
        true
    }

    /// One draw. All of the ball's size, however much of it the push has used: the same at every step, and never the smaller of the two.
    fn draw_noise(&mut self, lab: &Imagenet, scene: &Rc<Scene>, ball: Ball) {
        let begun = self.drawing.take().filter(|drawing| drawing.of.is(scene, ball));
        let mut drawing = begun.unwrap_or_else(|| Drawing {
            of: Of { scene: scene.clone(), ball },
            draws: 0,
            picture: Vec::new(),
            sum: vec![0.0; scene.answers.len()],
        });
        let Drawing { draws, picture, sum, .. } = &mut drawing;
        let mut x = vec![0.0; scene.clean.len()];
        ball.draw_surface(&mut Rng::seeded(lab.seed).fork(1).fork(*draws), &mut x);
        axpy(1.0, &scene.clean, &mut x);
        DOMAIN.clip(&scene.clean, &mut x);
        let drawn = scene.rounded(&x, ball);
        axpy(1.0, &asked(lab, scene, &drawn), sum);
        if *draws == 0 {
            *picture = drawn;
        }
        *draws += 1;
        if *draws < DRAWS {
            self.drawing = Some(drawing);
            return;
        }
        scale(1.0 / DRAWS as f32, sum);
        let (top, probability) = (top(sum, TOLD), sum[scene.class()]);
        self.noise = Some((drawing.of, Seen { picture: drawing.picture, top, probability }));
    }

    /// What is known of noise, and of the pushed picture saved and opened.
    pub fn known(&self, scene: Option<&Rc<Scene>>) -> [&Seen; 2] {
        let same = |of: &Rc<Scene>| scene.is_some_and(|scene| Rc::ptr_eq(of, scene));
        let noise = self.noise.as_ref().filter(|(of, _)| same(&of.scene)).map(|(_, seen)| seen);
        let jpeg = self.jpeg.as_ref().filter(|(of, ..)| same(of)).map(|(.., seen)| seen);
        [noise, jpeg].map(|seen| seen.unwrap_or(&NOTHING))
    }
}

fn saved_and_opened(lab: &Imagenet, scene: &Scene) -> Seen {
    let shape = scene.photo.shape();
    let (size, quality) = ([shape.height, shape.width], lab.config.count("quality") as u32);
    let picture = resaved(&lab.pushed(scene), size, quality, Chroma::Halved);
    let picture = picture.unwrap_or_else(|error| unreachable!("a checked quality and a whole picture: {error}"));
    let p = asked(lab, scene, &picture);
    Seen { top: top(&p, TOLD), probability: lab.goal(scene, &p), picture }
}

fn asked(lab: &Imagenet, scene: &Scene, picture: &[u8]) -> Vec<f32> {
    lab.eye.answers(scene.net(), &normalized(picture))
}
