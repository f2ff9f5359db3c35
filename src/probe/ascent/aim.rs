//! What is made large: one channel of a layer, or all of them.

/// A scalar of one row of a layer's activation, before whatever bends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// A channel: its value where it has one place (a logit); else √ mean max(y, 0)² over its places, and where none is above zero, the
    /// highest. A plain mean of a first layer would be greatest for a picture of one colour.
    Channel(usize),
    /// mean max(y, 0)² over all places and channels: what a dream climbs (Mordvintsev et al. 2015).
    Layer,
}

impl Aim {
    /// The value at `y` (places × channels).
    pub fn value(self, y: &[f32], channels: usize) -> f32 {
        match self {
            Aim::Layer => mean_square(y.iter()),
            Aim::Channel(c) if y.len() == channels => y[c],
            Aim::Channel(c) => {
                let square = mean_square(places(y, channels, c));
                if square > 0.0 { square.sqrt() } else { y[highest(y, channels, c)] }
            }
        }
    }

    /// The value, and d value / d y into `dy`.
    pub fn eval(self, y: &[f32], channels: usize, dy: &mut [f32]) -> f32 {
        let value = self.value(y, channels);
        match self {
            Aim::Layer => {
                let share = 2.0 / y.len() as f32;
                crate::kernel::map(y, dy, |y| {
                    let zero = crate::kernel::F32x4::splat(0.0);
                    crate::kernel::F32x4::splat(share) * y.max(zero)
                });
            }
            Aim::Channel(c) if y.len() == channels => {
                dy.fill(0.0);
                dy[c] = 1.0;
            }
            Aim::Channel(c) => {
                dy.fill(0.0);
                if value > 0.0 {
                    let share = channels as f32 / (y.len() as f32 * value);
                    let steps = dy[c..].iter_mut().step_by(channels);
                    for (dy, &y) in steps.zip(places(y, channels, c)) {
                        *dy = if y > 0.0 { share * y } else { 0.0 };
                    }
                } else {
                    dy[highest(y, channels, c)] = 1.0;
                }
            }
        }
        value
    }
}

fn places(y: &[f32], channels: usize, c: usize) -> impl Iterator<Item = &f32> {
    y[c..].iter().step_by(channels)
}

fn mean_square<'a>(y: impl Iterator<Item = &'a f32>) -> f32 {
    let (mut sum, mut count) = (0.0, 0usize);
    for &y in y {
        sum += if y > 0.0 { y * y } else { 0.0 };
        count += 1;
    }
    sum / count as f32
}

/// Where in `y` channel `c` is highest; the first of equals.
fn highest(y: &[f32], channels: usize, c: usize) -> usize {
    let mut best = c;
    for at in (c..y.len()).step_by(channels) {
        if y[at] > y[best] {
            best = at;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_gradient_is_that_of_finite_differences() {
        let mut rng = crate::rng::Rng::seeded(3);
        let lowered: Vec<f32> = (0..12).map(|_| -1.0 - rng.uniform()).collect();
        let mixed: Vec<f32> = (0..12).map(|_| rng.normal()).collect();
        for (y, channels) in [(&mixed, 3), (&lowered, 3), (&mixed, 12)] {
            for aim in [Aim::Layer, Aim::Channel(0), Aim::Channel(2)] {
                let mut dy = vec![9.0; 12];
                aim.eval(y, channels, &mut dy);
                for i in 0..12 {
                    let moved = |by: f32| {
                        let mut y = y.clone();
                        y[i] += by;
                        aim.value(&y, channels)
                    };
                    let slope = (moved(1e-3) - moved(-1e-3)) / 2e-3;
                    assert!((slope - dy[i]).abs() < 1e-3, "{aim:?} of {channels}: {slope} {}", dy[i]);
                }
            }
        }
    }
}
