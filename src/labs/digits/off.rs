//! Off the manifold: a digit changed in ways that are no attack, further and further from anything learned.

use super::files::{PIXELS, SHAPE};
use crate::kernel::clamp;
use crate::rng::Rng;
use std::f32::consts::FRAC_PI_2;

/// What full strength is: a quarter turn, half the picture's width, three pixels.
const FARTHEST: f32 = 14.0;
const THICKEST: f32 = 3.0;

/// A way of [`OFF`](super::knobs::OFF), in that order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Invert,
    Rotate,
    Shift,
    Thicken,
    Noise,
    Clothes,
    Blank,
}

impl Way {
    /// All, in the order of their names.
    pub const ALL: [Self; 7] = {
        use Way::*;
        [Invert, Rotate, Shift, Thicken, Noise, Clothes, Blank]
    };

    /// The digit `x` (784) changed by `strength`, 0 to 1, into `y`; of [`Way::Clothes`], the picture that takes its place.
    pub fn change(self, strength: f32, x: &[f32], clothes: &[f32], rng: &mut Rng, y: &mut [f32]) {
        let (width, height) = (SHAPE.width as f32, SHAPE.height as f32);
        let place = |i: usize| ((i % SHAPE.width) as f32, (i / SHAPE.width) as f32);
        match self {
            Way::Invert => y.iter_mut().zip(x).for_each(|(y, x)| *y = x + strength * (1.0 - 2.0 * x)),
            Way::Rotate => {
                let (sin, cos) = (libm::sinf(strength * FRAC_PI_2), libm::cosf(strength * FRAC_PI_2));
                let middle = [0.5 * (width - 1.0), 0.5 * (height - 1.0)];
                for (i, y) in y.iter_mut().enumerate() {
                    let (column, row) = place(i);
                    let (right, down) = (column - middle[0], row - middle[1]);
                    *y = between(x, middle[0] + cos * right + sin * down, middle[1] - sin * right + cos * down);
                }
            }
            Way::Shift => {
                for (i, y) in y.iter_mut().enumerate() {
                    let (column, row) = place(i);
                    *y = between(x, column - strength * FARTHEST, row);
                }
            }
            Way::Thicken => thicken(strength * THICKEST, x, y),
            Way::Noise => {
                for (y, x) in y.iter_mut().zip(x) {
                    *y = clamp(x + rng.range(-strength, strength), 0.0, 1.0);
                }
            }
            Way::Clothes => y.copy_from_slice(clothes),
            Way::Blank => y.fill(0.0),
        }
    }
}

/// The darkest ink within `radius` pixels, its edge soft.
fn thicken(radius: f32, x: &[f32], y: &mut [f32]) {
    let reach = radius as i32 + 1;
    y.fill(0.0);
    for down in -reach..=reach {
        for right in -reach..=reach {
            let distance = ((down * down + right * right) as f32).sqrt();
            let share = clamp(radius + 1.0 - distance, 0.0, 1.0);
            if share == 0.0 {
                continue;
            }
            for (i, y) in y.iter_mut().enumerate() {
                let (column, row) = ((i % SHAPE.width) as i32 - right, (i / SHAPE.width) as i32 - down);
                let ink = share * pixel(x, column, row);
                if ink > *y {
                    *y = ink;
                }
            }
        }
    }
}

/// A pixel; nothing outside.
fn pixel(x: &[f32], column: i32, row: i32) -> f32 {
    let inside = (0..SHAPE.width as i32).contains(&column) && (0..SHAPE.height as i32).contains(&row);
    if inside { x[row as usize * SHAPE.width + column as usize] } else { 0.0 }
}

/// A value between pixels, in proportion.
fn between(x: &[f32], column: f32, row: f32) -> f32 {
    debug_assert_eq!(x.len(), PIXELS);
    let (left, top) = (column.floor(), row.floor());
    let (right, down) = (column - left, row - top);
    let line = |row: i32| {
        (1.0 - right) * pixel(x, left as i32, row) + right * pixel(x, left as i32 + 1, row)
    };
    (1.0 - down) * line(top as i32) + down * line(top as i32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(way: Way, strength: f32, x: &[f32]) -> Vec<f32> {
        let mut y = vec![9.0; PIXELS];
        way.change(strength, x, &[0.5; PIXELS], &mut Rng::seeded(1), &mut y);
        y
    }

    /// One pixel of ink.
    fn dot(column: usize, row: usize) -> Vec<f32> {
        let mut x = vec![0.0; PIXELS];
        x[row * SHAPE.width + column] = 1.0;
        x
    }

    #[test]
    fn without_strength_a_digit_stays_as_it_is() {
        let mut rng = Rng::seeded(2);
        let x: Vec<f32> = (0..PIXELS).map(|_| rng.uniform()).collect();
        for way in [Way::Invert, Way::Rotate, Way::Shift, Way::Thicken, Way::Noise] {
            assert_eq!(changed(way, 0.0, &x), x, "{way:?}");
        }
    }

    #[test]
    fn each_way_goes_where_it_says() {
        let x = dot(20, 10);
        // A quarter turn, clockwise: what was to the right is below.
        let turned = changed(Way::Rotate, 1.0, &x);
        assert!(turned[20 * SHAPE.width + 17] > 0.99, "{:?}", turned.iter().position(|v| *v > 0.5));
        assert_eq!(changed(Way::Shift, 0.5, &x), dot(27, 10));
        assert_eq!(changed(Way::Invert, 1.0, &x)[0], 1.0);
        assert_eq!(changed(Way::Invert, 0.5, &x), vec![0.5; PIXELS]);
        let thick = changed(Way::Thicken, 1.0, &x);
        assert!(thick[10 * SHAPE.width + 23] == 1.0 && thick[10 * SHAPE.width + 24] == 0.0);
        let noisy = changed(Way::Noise, 0.3, &vec![0.5; PIXELS]);
        assert!(noisy.iter().all(|v| (0.2..=0.8).contains(v)) && noisy.iter().any(|v| *v > 0.75));
        assert_eq!(changed(Way::Clothes, 0.2, &x), vec![0.5; PIXELS]);
        assert_eq!(changed(Way::Blank, 0.2, &x), vec![0.0; PIXELS]);
    }
}
