//! What a run is about and never changes: the picture, the network that looks at it, and what that answers.

use crate::attack::{Ball, Domain, Norm};
use crate::data::Photo;
use crate::error::Result;
use crate::formats::Quantized;
use crate::labs::picture::{Eye, normalized};
use crate::nn::Network;
use crate::objective::argmax;
use crate::tensor::Shape;
use std::rc::Rc;

/// Bytes 0 to 255, as the network gets them.
pub const DOMAIN: Domain = Domain { low: -127.0 / 128.0, high: 1.0 };
/// The threshold of rounding is found to this many binary digits.
const DIGITS: u32 = 12;

/// One picture.
#[derive(Debug)]
pub struct Scene {
    lite: Rc<Quantized>,
    /// The network on pictures of another size than it was read for.
    resized: Option<Network>,
    pub photo: Rc<Photo>,
    /// The picture as the network gets it.
    pub clean: Vec<f32>,
    /// The probability of every class, before any push.
    pub answers: Vec<f32>,
}

impl Scene {
    /// # Errors
    /// What a layer finds wrong with the picture's size.
    pub fn new(lite: &Rc<Quantized>, photo: &Rc<Photo>, eye: &Eye) -> Result<Self> {
        let shape = photo.shape();
        let resized = (shape != lite.net.input()).then(|| resized(&lite.net, shape)).transpose()?;
        let clean = normalized(photo.pixels());
        let (lite, photo) = (lite.clone(), photo.clone());
        let mut scene = Self { lite, resized, photo, clean, answers: Vec::new() };
        scene.answers = eye.answers(scene.net(), &scene.clean);
        Ok(scene)
    }

    /// Whether it is made of these.
    pub fn is_of(&self, lite: &Rc<Quantized>, photo: &Rc<Photo>) -> bool {
        Rc::ptr_eq(&self.lite, lite) && Rc::ptr_eq(&self.photo, photo)
    }

    pub fn net(&self) -> &Network {
        self.resized.as_ref().unwrap_or(&self.lite.net)
    }

    /// What the network takes the picture for.
    pub fn class(&self) -> usize {
        argmax(&self.answers)
    }

    /// Rows of pixels, numbers in one.
    pub fn dims(&self) -> [usize; 2] {
        let shape = self.photo.shape();
        [shape.height, shape.width * shape.channels]
    }

    /// The picture nearest to `x` that is made of bytes and inside `ball`: each push is rounded to whole grey levels, from one half
    /// up or, where that would leave the ball, from the least more that does not.
    pub fn rounded(&self, x: &[f32], ball: Ball) -> Vec<u8> {
        let pixels = self.photo.pixels();
        let at = |threshold: f32| {
            pixels.iter().zip(x).map(move |(&clean, x)| {
                let push = x * 128.0 + 127.0 - f32::from(clean);
                let whole = (push.abs() + 1.0 - threshold) as i32;
                if push < 0.0 { -whole } else { whole }
            })
        };
        let fits = |threshold: f32| match ball.norm {
            Norm::Inf => at(threshold).all(|push| push.abs() as f32 <= 128.0 * ball.epsilon),
            _ => {
                let sum: i64 = at(threshold).map(|push| i64::from(push * push)).sum();
                let most = 128.0 * f64::from(ball.epsilon);
                sum as f64 <= most * most
            }
        };
        let mut threshold = 0.5;
        if !fits(threshold) {
            // From one up nothing grows by rounding.
            let mut low = threshold;
            threshold = 1.0;
            for _ in 0..DIGITS {
                let middle = 0.5 * (low + threshold);
                if fits(middle) {
                    threshold = middle;
                } else {
                    low = middle;
                }
            }
        }
        let byte = |(clean, push): (&u8, i32)| (i32::from(*clean) + push).clamp(0, 255) as u8;
        pixels.iter().zip(at(threshold)).map(byte).collect()
    }

    /// The greatest change of a byte, and the length of all changes where white is 1.
    pub fn sizes(&self, pushed: &[u8]) -> [f32; 2] {
        let gaps = || pushed.iter().zip(self.photo.pixels()).map(|(a, b)| u32::from(a.abs_diff(*b)));
        let squares: u32 = gaps().map(|gap| gap * gap).sum();
        [gaps().max().unwrap_or(0) as f32, (f64::from(squares).sqrt() / 255.0) as f32]
    }
}

fn resized(net: &Network, shape: Shape) -> Result<Network> {
    let mut net = net.clone();
    net.resize(shape)?;
    Ok(net)
}
