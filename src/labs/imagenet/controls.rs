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
#[derive(Debug, Default)]
pub struct Seen {
    pub picture: Vec<u8>,
    /// The likeliest classes, each with its probability.
    pub top: Vec<[f32; 2]>,
    /// The probability that the control is about.
    pub probability: f32,
}

/// What was measured, and of what.
#[derive(Debug, Default)]
pub struct Controls {
    noise: Option<(Rc<Scene>, Ball, Seen)>,
    /// Draws so far, their first picture, and the sum of what was answered.
    drawing: Option<(Rc<Scene>, Ball, u64, Vec<u8>, Vec<f32>)>,
    jpeg: Option<(u64, Seen)>,
}

impl Controls {
    /// One look of the network; whether all that is published belongs to the present state.
    pub fn measure(&mut self, lab: &Imagenet) -> bool {
        let Some(scene) = &lab.scene else { return true };
        let ball = Push::new(&lab.config, scene.clean.len()).ball;
        if !is_of(self.noise.as_ref().map(|(scene, ball, _)| (scene, ball)), scene, ball) {
            self.draw_noise(lab, scene, ball);
            return false;
        }
        let revision = lab.revision.get();
        if self.jpeg.as_ref().is_none_or(|(of, _)| *of != revision) {
            self.jpeg = Some((revision, saved_and_opened(lab, scene)));
        }
        true
    }

    /// One draw. All of the ball's size, however much of it the push has used: the same at every step, and never the smaller of the two.
    fn draw_noise(&mut self, lab: &Imagenet, scene: &Rc<Scene>, ball: Ball) {
        if !is_of(self.drawing.as_ref().map(|(scene, ball, ..)| (scene, ball)), scene, ball) {
            self.drawing = None;
        }
        let blank = || (scene.clone(), ball, 0, Vec::new(), vec![0.0; scene.answers.len()]);
        let (_, _, draws, first, sum) = self.drawing.get_or_insert_with(blank);
        let mut x = vec![0.0; scene.clean.len()];
        ball.draw_surface(&mut Rng::seeded(lab.seed).fork(1).fork(*draws), &mut x);
        axpy(1.0, &scene.clean, &mut x);
        DOMAIN.clip(&scene.clean, &mut x);
        let picture = scene.rounded(&x, ball);
        axpy(1.0, &lab.eye.answers(scene.net(), &normalized(&picture)), sum);
        if *draws == 0 {
            *first = picture;
        }
        *draws += 1;
        if *draws == DRAWS {
            scale(1.0 / DRAWS as f32, sum);
            let (picture, top, probability) = (std::mem::take(first), top(sum, TOLD), sum[scene.class()]);
            self.noise = Some((scene.clone(), ball, Seen { picture, top, probability }));
            self.drawing = None;
        }
    }

    /// What is known of noise.
    pub fn noise(&self) -> Option<&Seen> {
        self.noise.as_ref().map(|(.., seen)| seen)
    }

    /// What is known of the picture saved and opened.
    pub fn jpeg(&self) -> Option<&Seen> {
        self.jpeg.as_ref().map(|(_, seen)| seen)
    }
}

fn is_of(known: Option<(&Rc<Scene>, &Ball)>, scene: &Rc<Scene>, ball: Ball) -> bool {
    known.is_some_and(|(of, size)| Rc::ptr_eq(of, scene) && *size == ball)
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
