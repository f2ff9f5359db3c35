//! Weights written down instead of learned: one hidden layer that tells the disc from the ring without a single error.
//!
//! Monotone functions take three neurons, their directions u₁, u₂, u₃ 120° apart: Σ relu(uᵢ·x) − 0.45 is zero on a hexagon,
//! and Σ tanh(3 uᵢ·x − 1.5), which is nearly Σ e^(6 uᵢ·x), on something rounder. GELU and sine turn back, so two suffice: near
//! a lowest point z₀, f(z₀ + a x) + f(z₀ + a y) is a bowl.

use crate::labs::topology::sets::Sets;
use crate::nn::{Activation, Network};

/// h = f(scale · uᵢ·x + shift); the ring's logit is gain · (Σ h − level), the disc's is 0.
#[derive(Debug, Clone, Copy)]
struct Recipe {
    directions: &'static [[f32; 2]],
    scale: f32,
    shift: f32,
    level: f32,
    gain: f32,
}

const HALF_ROOT_3: f32 = 0.866_025_4;
const STAR: [[f32; 2]; 3] = [[1.0, 0.0], [-0.5, HALF_ROOT_3], [-0.5, -HALF_ROOT_3]];
const AXES: [[f32; 2]; 2] = [[1.0, 0.0], [0.0, 1.0]];

fn recipe(function: Activation) -> Option<Recipe> {
    let star = |scale, shift, level, gain| Some(Recipe { directions: &STAR, scale, shift, level, gain });
    let bowl = |scale, shift, level, gain| Some(Recipe { directions: &AXES, scale, shift, level, gain });
    match function {
        Activation::Linear => None,
        Activation::Relu => star(1.0, 0.0, 0.45, 30.0),
        // uᵢ add up to zero, so what leaks is a hundredth of what passes.
        Activation::LeakyRelu => star(1.0, 0.0, 0.45 * 0.99, 30.0),
        Activation::Tanh => star(3.0, -1.5, -2.156, 20.0),
        // (1 + tanh(z / 2)) / 2: the same network.
        Activation::Sigmoid => star(6.0, -3.0, 0.422, 40.0),
        // GELU is lowest at −0.7518, −cos at 0.
        Activation::Gelu => bowl(1.0, -0.751_8, -0.296_2, 300.0),
        Activation::Sine => bowl(1.5, -std::f32::consts::FRAC_PI_2, -1.708, 25.0),
    }
}

/// Neurons of the exact network for `function`, if one is known for `sets`.
pub fn width(sets: &Sets, function: Activation) -> Option<usize> {
    if *sets == Sets::Disc { recipe(function).map(|r| r.directions.len()) } else { None }
}

/// Writes the exact weights into `net`, which is 2 → [`width`] → 2.
pub fn write(net: &mut Network, function: Activation) {
    let r = recipe(function).expect("asked for where there is a `width`");
    let n = r.directions.len();
    let (first, last) = net.params.split_at_mut(3 * n);
    for (i, u) in r.directions.iter().enumerate() {
        (first[i], first[n + i], first[2 * n + i]) = (r.scale * u[0], r.scale * u[1], r.shift);
        (last[2 * i], last[2 * i + 1]) = (0.0, r.gain);
    }
    (last[2 * n], last[2 * n + 1]) = (0.0, -r.gain * r.level);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::topology::knobs;
    use crate::rng::Rng;
    use crate::tensor::Shape;
    use crate::train::{Evaluation, Loss, evaluate};

    #[test]
    fn exact_networks_make_no_error_on_200_000_points() {
        for function in [
            Activation::Relu,
            Activation::LeakyRelu,
            Activation::Tanh,
            Activation::Sigmoid,
            Activation::Gelu,
            Activation::Sine,
        ] {
            let width = width(&Sets::Disc, function).expect("a known network");
            assert_eq!(width, if matches!(function, Activation::Gelu | Activation::Sine) { 2 } else { 3 });
            let chain = knobs::chain((width, 1), function);
            let mut net = Network::chain(Shape::flat(2), &chain, &mut Rng::seeded(1)).expect("a fair network");
            write(&mut net, function);
            let points = Sets::Disc.sample(200_000, &mut Rng::seeded(3));
            let (_, accuracy) = evaluate(&net, Loss::CrossEntropy, &points, &mut Evaluation::default());
            assert_eq!(accuracy, 1.0, "{function:?}");
        }
    }

    #[test]
    fn no_exact_network_is_claimed_where_none_is_known() {
        assert_eq!(width(&Sets::Disc, Activation::Linear), None);
        assert_eq!(width(&Sets::Tori, Activation::Relu), None);
    }
}
