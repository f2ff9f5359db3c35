//! A point that must be wrong, found where the theorem says: out along the corridor, or round the core of the other set.
//!
//! Where every layer is a homeomorphism of the plane, the half-line that leaves the surest point of the disc, straight, in the
//! last layer, and not towards the other class, comes back as a way to infinity on which the network stays at least as sure.
//! That way crosses the ring. Elsewhere the network's output is maximised round a circle of the ring, which some such way
//! crosses too. Either way the network on the screen, in f32, has the last word.

use super::sets::{Sets, direction};
use crate::nn::{Mode, Network, Trace};
use crate::probe::{Inverse, Obstacle};
use crate::tensor::{batch, rows};

/// Directions tried, over half a turn.
const DIRECTIONS: usize = 17;
/// Looks along a half-line before bisection.
const LOOKS: u32 = 64;
/// Points round a core.
const ROUND: usize = 2_048;
/// Points of the disc among which the surest is looked for.
const STARTS: usize = 64;

/// How a wrong point was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Along the half-line pulled back.
    HalfLine = 1,
    /// As the worst round the core of a set.
    Core = 2,
    /// By looking at many points.
    Sample = 3,
}

/// A point of one set that the network gives to the other.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Witness {
    pub at: [f32; 3],
    pub class: usize,
    /// By how much the wrong class's logit leads.
    pub lead: f32,
    pub by: By,
}

/// A network being questioned.
#[derive(Debug)]
pub struct Search<'a> {
    pub net: &'a Network,
    pub sets: &'a Sets,
    pub trace: &'a mut Trace,
}

impl Search<'_> {
    /// By how much the network prefers set 1 over set 0, for each row of `x`.
    pub fn leads(&mut self, x: &[f32]) -> Vec<f32> {
        self.net.forward(batch(x, self.sets.dims()), Mode::Eval, self.trace.closed());
        let y = self.trace.output();
        rows(&y).chunks_exact(2).map(|z| z[1] - z[0]).collect()
    }

    /// The witness `x` would be, if it belongs to `class` and the network denies it.
    pub fn convict(&mut self, x: [f32; 3], class: usize, by: By) -> Option<Witness> {
        let lead = self.leads(&x[..self.sets.dims()])[0];
        let wrong = if class == 0 { lead } else { -lead };
        // Equal logits go to class 0, like everywhere.
        let denied = if class == 0 { wrong > 0.0 } else { wrong >= 0.0 };
        (denied && self.sets.holds(class, &x[..self.sets.dims()])).then_some(Witness { at: x, class, lead: wrong, by })
    }

    /// The worst of the points at `turns` of the core of `class`: which, and how wrong.
    fn worst(&mut self, class: usize, turns: &[f64]) -> (f64, f32) {
        let dims = self.sets.dims();
        let x: Vec<f32> =
            turns.iter().flat_map(|t| self.sets.core(class, *t).into_iter().take(dims)).map(|v| v as f32).collect();
        let sign = if class == 0 { 1.0 } else { -1.0 };
        let mut worst = (turns[0], f32::NEG_INFINITY);
        for (turn, lead) in turns.iter().zip(self.leads(&x)) {
            if sign * lead > worst.1 {
                worst = (*turn, sign * lead);
            }
        }
        worst
    }

    /// The wrongest point of both cores: every turn, then ever closer round the worst.
    pub fn core(&mut self) -> Option<Witness> {
        let mut found: Option<Witness> = None;
        for class in 0..2 {
            let turns: Vec<f64> = (0..ROUND).map(|k| k as f64 / ROUND as f64).collect();
            let mut best = turns.chunks(256).map(|some| self.worst(class, some)).fold((0.0, f32::NEG_INFINITY), |m, w| if w.1 > m.1 { w } else { m });
            let mut reach = 1.0 / ROUND as f64;
            for _ in 0..6 {
                let near: Vec<f64> = (-8..=8).map(|k| best.0 + reach * f64::from(k) / 8.0 + 1.0).map(|t| t - t.floor()).collect();
                let closer = self.worst(class, &near);
                best = if closer.1 > best.1 { closer } else { best };
                reach /= 6.0;
            }
            let x = self.sets.core(class, best.0).map(|v| v as f32);
            if let Some(witness) = self.convict(x, class, By::Core)
                && found.is_none_or(|f| witness.lead > f.lead) {
                    found = Some(witness);
                }
        }
        found
    }

    /// The inner set's point that the network is surest of, and by how much it is (negative: of none).
    fn surest(&mut self, inner: usize) -> ([f32; 3], f32) {
        let starts: Vec<[f32; 3]> = match self.sets {
            // Rings of eight within the disc, and its middle.
            Sets::Disc => (0..STARTS).map(|k| {
                let ([cos, sin], r) = (direction((k % 8) as f64 / 8.0), 0.3 * (k / 8) as f64 / 7.0);
                [(r * cos) as f32, (r * sin) as f32, 0.0]
            }).collect(),
            _ => (0..STARTS).map(|k| self.sets.core(inner, k as f64 / STARTS as f64).map(|v| v as f32)).collect(),
        };
        let x: Vec<f32> = starts.iter().flat_map(|p| p[..2].iter().copied()).collect();
        let sign = if inner == 0 { -1.0 } else { 1.0 };
        let leads = self.leads(&x);
        let best = (0..STARTS).fold(0, |best, k| if sign * leads[k] > sign * leads[best] { k } else { best });
        (starts[best], sign * leads[best])
    }

    /// The witness on the way that comes back from the last layer, and that way, x and y in turn, from the inner set to far
    /// outside. None where a layer cannot be undone before the argument applies, or nothing convicts.
    pub fn half_line(&mut self) -> Option<(Witness, Vec<f32>)> {
        let inner = self.sets.inner()?;
        let (start, sure) = self.surest(inner);
        if sure <= 0.0 {
            return self.convict(start, inner, By::Core).map(|w| (w, Vec::new()));
        }
        let (inverse, towards) = self.last_layer(inner)?;
        let mut from = [f64::from(start[0]), f64::from(start[1])];
        inverse.forward(&mut from);
        let mut best: Option<(Witness, Way)> = None;
        for k in 0..DIRECTIONS {
            let [cos, sin] = direction(0.5 * k as f64 / (DIRECTIONS - 1) as f64 - 0.25);
            let along = [cos * towards[0] - sin * towards[1], sin * towards[0] + cos * towards[1]];
            let way = Way { inverse: &inverse, from, along };
            let Some(at) = way.crossing(|x| self.sets.enclosed(x)) else { continue };
            let x = [at[0] as f32, at[1] as f32, 0.0];
            if let Some(witness) = self.convict(x, 1 - inner, By::HalfLine)
                && best.as_ref().is_none_or(|(b, _)| witness.lead > b.lead) {
                    best = Some((witness, way));
                }
        }
        best.map(|(witness, way)| (witness, way.path()))
    }

    /// The layers that can be undone, and the middle of the half-turn of directions, in what they make of the plane, along which
    /// the network never grows less sure of `inner`: away from the other class; or, before a layer that flattens a direction,
    /// across that one, so that it and its opposite are the two ends.
    fn last_layer(&self, inner: usize) -> Option<(Inverse, [f64; 2])> {
        let last = self.net.len() - 1;
        let w: Vec<f64> = self.net.params[self.net.params_of(last)].iter().map(|v| f64::from(*v)).collect();
        match Inverse::new(self.net, 0..last) {
            Ok(inverse) => {
                let sign = if inner == 0 { 1.0 } else { -1.0 };
                Some((inverse, unit([sign * (w[0] - w[1]), sign * (w[2] - w[3])])))
            }
            Err(Obstacle::Singular { node }) if self.net.shape(node + 1).len() == 2 => {
                let inverse = Inverse::new(self.net, 0..node).ok()?;
                let w: Vec<f64> = self.net.params[self.net.params_of(node)].iter().map(|v| f64::from(*v)).collect();
                // Columns of W are parallel: any direction across the longer one is flattened.
                let column = if w[0] * w[0] + w[2] * w[2] > w[1] * w[1] + w[3] * w[3] { [w[0], w[2]] } else { [w[1], w[3]] };
                Some((inverse, unit(column)))
            }
            Err(_) => None,
        }
    }
}

/// `v` at length 1; where it has none any direction will do.
fn unit(v: [f64; 2]) -> [f64; 2] {
    let length = (v[0] * v[0] + v[1] * v[1]).sqrt();
    if length > 0.0 { v.map(|x| x / length) } else { [1.0, 0.0] }
}

/// A half-line in a later layer, and the way that it is in the plane.
#[derive(Debug, Clone, Copy)]
struct Way<'a> {
    inverse: &'a Inverse,
    from: [f64; 2],
    along: [f64; 2],
}

impl Way<'_> {
    /// The point of the plane that goes to `t` on the half-line.
    fn at(&self, t: f64) -> Option<[f64; 2]> {
        let mut x = [self.from[0] + t * self.along[0], self.from[1] + t * self.along[1]];
        self.inverse.back(&mut x).then_some(x)
    }

    /// How far along the half-line the way exists and has stayed `within`: what a layer makes of the plane need not be convex,
    /// and the half-line may leave it and come back, so the first leaving is looked for before it is bisected.
    fn reach(&self, within: impl Fn([f64; 2]) -> bool) -> f64 {
        let inside = |t| self.at(t).is_some_and(&within);
        let mut high = 1.0;
        while inside(high) && high < 1e12 {
            high *= 2.0;
        }
        let coarse = |k: u32| high * f64::from(k) / f64::from(LOOKS);
        let first = (1..LOOKS).find(|k| !inside(coarse(*k))).unwrap_or(LOOKS);
        let (mut low, mut high) = (coarse(first - 1), coarse(first));
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if inside(middle) { low = middle } else { high = middle }
        }
        low
    }

    /// Where the way leaves what is `within`.
    fn crossing(&self, within: impl Fn([f64; 2]) -> bool) -> Option<[f64; 2]> {
        self.at(self.reach(within))
    }

    /// The way as corners, from its start to far outside the plot, none of them far from the next.
    fn path(&self) -> Vec<f32> {
        let far = |x: [f64; 2]| x[0] * x[0] + x[1] * x[1] < 4.0;
        let end = self.reach(far);
        let (mut t, mut step, mut corners) = (0.0, end / 64.0, Vec::new());
        let mut last: Option<[f64; 2]> = None;
        while t < end && corners.len() < 2 * 400 {
            let Some(x) = self.at(t) else { break };
            let gap = last.map_or(0.0, |l| ((x[0] - l[0]) * (x[0] - l[0]) + (x[1] - l[1]) * (x[1] - l[1])).sqrt());
            if gap > 0.03 && step > end * 1e-15 {
                t -= step;
                step *= 0.5;
                t += step;
                continue;
            }
            corners.extend([x[0] as f32, x[1] as f32]);
            last = Some(x);
            if gap < 0.01 {
                step *= 2.0;
            }
            if t + step > end {
                step = end - t;
            }
            t += step;
        }
        corners
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::topology::{exact, knobs};
    use crate::nn::Activation;
    use crate::rng::Rng;
    use crate::tensor::Shape;

    fn net(size: (usize, usize), function: Activation, seed: u32) -> Network {
        let chain = knobs::chain(size, function);
        Network::chain(Shape::flat(2), &chain, &mut Rng::seeded(seed)).expect("a fair network")
    }

    fn search(net: &Network, f: impl FnOnce(&mut Search) -> Option<Witness>) -> Option<Witness> {
        f(&mut Search { net, sets: &Sets::Disc, trace: &mut Trace::new() })
    }

    fn any(net: &Network) -> Option<Witness> {
        search(net, |s| s.half_line().map(|(w, _)| w).or_else(|| s.core()))
    }

    /// As the theorem has it: before any training, and where a matrix flattens the plane on the way.
    #[test]
    fn no_network_of_width_two_is_without_a_witness() {
        use Activation::{LeakyRelu, Linear, Relu, Sigmoid, Tanh};
        for function in [Tanh, Sigmoid, LeakyRelu, Relu, Linear] {
            for depth in [1, 2, 4] {
                for seed in 0..8 {
                    let mut net = net((2, depth), function, seed);
                    assert!(any(&net).is_some(), "{function:?} {depth} {seed}");
                    for (layer, flat) in [(0, [1.0, 2.0, -0.5, -1.0]), (depth - 1, [0.0; 4]), (0, [0.0, 0.7, 0.0, -0.2])] {
                        let w = net.params_of(2 * layer);
                        net.params[w][..4].copy_from_slice(&flat);
                        assert!(any(&net).is_some(), "{function:?} {depth} {seed}: {flat:?} in layer {layer}");
                    }
                }
            }
        }
    }

    /// The map that sends the disc's side of a network's answer to the other: nothing is found where nothing is wrong.
    #[test]
    fn a_network_without_errors_has_no_witness_and_its_opposite_has_one_in_the_disc() {
        for function in [Activation::Tanh, Activation::Relu, Activation::Gelu, Activation::Sine] {
            let width = exact::width(&Sets::Disc, function).expect("a known network");
            let mut net = net((width, 1), function, 1);
            exact::write(&mut net, function);
            assert_eq!(any(&net), None, "{function:?}");
            let last = net.params_of(2);
            net.params[last].iter_mut().for_each(|p| *p = -*p);
            let witness = any(&net).expect("everything is wrong now");
            assert!(witness.lead > 0.0, "{function:?}");
        }
    }

    /// The witness on the way out is at least as wrong as the disc is right, which is what the theorem says of it.
    #[test]
    fn the_half_line_never_grows_less_sure() {
        let mut found = 0;
        for seed in 0..40 {
            let net = net((2, 3), Activation::Tanh, seed);
            let mut trace = Trace::new();
            let mut search = Search { net: &net, sets: &Sets::Disc, trace: &mut trace };
            let (_, sure) = search.surest(0);
            let Some((witness, corridor)) = search.half_line() else { continue };
            if witness.by == By::HalfLine {
                found += 1;
                assert!(witness.lead >= sure * 0.999, "seed {seed}: {} {sure}", witness.lead);
                let leads = search.leads(&corridor);
                assert!(leads.iter().all(|lead| -lead >= sure - 1e-3), "seed {seed}: the corridor");
            }
        }
        assert!(found >= 15, "only {found} networks were sure of any point of the disc");
    }
}
