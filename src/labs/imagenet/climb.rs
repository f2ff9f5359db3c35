//! Where the attack stands: a point in the ball, and the memory of its momentum.

use super::knobs::Push;
use super::scene::{DOMAIN, Scene};
use crate::attack::{Momentum, ascend};
use crate::labs::picture::Eye;
use crate::tensor::{Scratch, clone_by_field};

/// What a run keeps of every step that can be gone back to.
#[derive(Debug, Default)]
pub struct Climb {
    /// The picture under attack as the network gets it, not rounded.
    pub x: Vec<f32>,
    momentum: Option<Momentum>,
    /// Gradients taken.
    pub gradients: u64,
    direction: Scratch<Vec<f32>>,
}
clone_by_field!(Climb { x, momentum, gradients, direction });

impl Climb {
    /// At the picture itself; `gradients` have been taken before.
    pub fn new(clean: &[f32], gradients: u64) -> Self {
        Self { x: clean.to_vec(), gradients, ..Self::default() }
    }

    /// One gradient, one step towards `target` or, without one, out of the picture's own class.
    pub fn step(&mut self, scene: &Scene, eye: &Eye, push: &Push, target: Option<usize>) {
        let direction = &mut *self.direction.get();
        direction.resize(self.x.len(), 0.0);
        eye.gradient(scene.net(), &self.x, target.unwrap_or(scene.class()) as u32, direction);
        self.gradients += 1;
        if push.momentum > 0.0 {
            let len = self.x.len();
            let momentum = self.momentum.get_or_insert_with(|| Momentum::new(push.momentum, len));
            momentum.decay = push.momentum;
            momentum.take(0, direction);
        } else {
            self.momentum = None;
        }
        // The loss falls towards a target and grows away from a class.
        let rate = if target.is_some() { -push.rate } else { push.rate };
        ascend(push.ball, DOMAIN, &scene.clean, rate, direction, &mut self.x);
    }

    /// Forgets where it was going: another way begins here.
    pub fn forget(&mut self) {
        self.momentum = None;
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        4 * self.x.capacity() + self.momentum.as_ref().map_or(0, Momentum::heap_bytes)
    }
}
