//! Where a push may end: the ball `‖x − clean‖ ≤ ε` and the box `[low, high]ᵈ`. Projections and uniform draws.

use super::{Norm, clamp, each, exp, ln};
use crate::rng::Rng;

/// The box every pushed point stays in. A clean point outside widens its own box just far enough to hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Domain {
    /// Least value of a feature.
    pub low: f32,
    /// Greatest value of a feature.
    pub high: f32,
}

impl Domain {
    /// The drawn plane, −1 to 1.
    pub const PLANE: Self = Self { low: -1.0, high: 1.0 };
    /// Pixels, 0 to 1.
    pub const IMAGE: Self = Self { low: 0.0, high: 1.0 };

    /// What one feature may be, for a row whose clean value of it is `clean`.
    pub fn bounds(self, clean: f32) -> (f32, f32) {
        (if clean < self.low { clean } else { self.low }, if clean > self.high { clean } else { self.high })
    }

    /// Moves every feature of `x` to the nearest value it may have.
    pub fn clip(self, clean: &[f32], x: &mut [f32]) {
        for (x, &clean) in x.iter_mut().zip(clean) {
            let (low, high) = self.bounds(clean);
            *x = clamp(*x, low, high);
        }
    }

    /// A uniform draw from the box.
    pub fn draw(self, clean: &[f32], rng: &mut Rng, x: &mut [f32]) {
        for (x, &clean) in x.iter_mut().zip(clean) {
            let (low, high) = self.bounds(clean);
            *x = rng.range(low, high);
        }
    }
}

/// Every push of at most `epsilon`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ball {
    /// How a push is measured.
    pub norm: Norm,
    /// Its greatest size.
    pub epsilon: f32,
}

impl Ball {
    /// Moves `x` to the nearest point of the ball around `clean`.
    pub fn project(self, clean: &[f32], x: &mut [f32]) {
        let gap = |x: f32, clean: f32| x - clean;
        match self.norm {
            Norm::Inf => {
                for (x, &c) in x.iter_mut().zip(clean) {
                    *x = c + clamp(gap(*x, c), -self.epsilon, self.epsilon);
                }
            }
            Norm::Two => {
                let size = self.norm.distance(x, clean);
                if size > self.epsilon {
                    let share = self.epsilon / size;
                    for (x, &c) in x.iter_mut().zip(clean) {
                        *x = c + gap(*x, c) * share;
                    }
                }
            }
            Norm::One => {
                let shrink = self.soft_threshold(clean, x);
                for (x, &c) in x.iter_mut().zip(clean) {
                    let gap = gap(*x, c);
                    *x = c + if gap > 0.0 { (gap - shrink).max(0.0) } else { (gap + shrink).min(0.0) };
                }
            }
        }
    }

    /// θ with `Σ max(|xᵢ − cᵢ| − θ, 0) = ε` (Duchi et al. 2008), by bisection instead of their sort: nothing allocates.
    fn soft_threshold(self, clean: &[f32], x: &[f32]) -> f32 {
        if self.norm.distance(x, clean) <= self.epsilon {
            return 0.0;
        }
        let (mut low, mut high) = (0.0, Norm::Inf.distance(x, clean));
        for _ in 0..40 {
            let theta = 0.5 * (low + high);
            let over = x.iter().zip(clean).map(|(x, c)| (x - c).abs() - theta);
            let left = over.fold(0.0, |sum, v| if v > 0.0 { sum + v } else { sum });
            if left > self.epsilon {
                low = theta;
            } else {
                high = theta;
            }
        }
        high
    }

    /// A uniform draw from the ball around zero.
    pub fn draw(self, rng: &mut Rng, push: &mut [f32]) {
        match self.norm {
            Norm::Inf => push.fill_with(|| rng.range(-self.epsilon, self.epsilon)),
            Norm::Two => {
                self.draw_surface(rng, push);
                let radius = each(each(rng.uniform(), ln) / push.len() as f32, exp);
                push.iter_mut().for_each(|v| *v *= radius);
            }
            Norm::One => {
                let beyond = exponential(rng);
                laplace(rng, push);
                let share = self.epsilon / (Norm::One.of(push) + beyond);
                push.iter_mut().for_each(|v| *v *= share);
            }
        }
    }

    /// Moves `x` to a uniform draw from the ball around `clean`, inside the box. What falls outside a box of few
    /// dimensions is drawn again: clipped, it would pile up in the corners.
    pub fn draw_inside(self, domain: Domain, clean: &[f32], rng: &mut Rng, x: &mut [f32]) {
        let tries = if x.len() <= 4 { 16 } else { 1 };
        for _ in 0..tries {
            self.draw(rng, x);
            x.iter_mut().zip(clean).for_each(|(x, c)| *x += c);
            let within = |(x, c): (&f32, &f32)| {
                let (low, high) = domain.bounds(*c);
                (low..=high).contains(x)
            };
            if x.iter().zip(clean).all(within) {
                return;
            }
        }
        domain.clip(clean, x);
    }

    /// A draw of size ε exactly: uniform on the sphere for ‖·‖₂, on the diamond's faces for ‖·‖₁, on the corners of the
    /// cube for ‖·‖∞.
    pub fn draw_surface(self, rng: &mut Rng, push: &mut [f32]) {
        match self.norm {
            Norm::Inf => {
                push.fill_with(|| if rng.next_u32() >> 31 == 0 { self.epsilon } else { -self.epsilon })
            }
            Norm::Two => push.fill_with(|| rng.normal()),
            Norm::One => laplace(rng, push),
        }
        if self.norm != Norm::Inf {
            let share = self.epsilon / self.norm.of(push).max(f32::MIN_POSITIVE);
            push.iter_mut().for_each(|v| *v *= share);
        }
    }
}

fn exponential(rng: &mut Rng) -> f32 {
    -libm::logf(1.0 - rng.uniform())
}

fn laplace(rng: &mut Rng, push: &mut [f32]) {
    push.fill_with(|| {
        let sign = if rng.next_u32() >> 31 == 0 { 1.0 } else { -1.0 };
        sign * exponential(rng)
    });
}
