//! SGD, momentum, Nesterov, RMSProp, Adam and AdamW, with PyTorch's formulas and constants.

use crate::error::{Result, choice};
use crate::kernel::{F32x4, copy_tail};
use crate::tensor::clone_by_field;

/// How a gradient becomes an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `w −= η g`
    Sgd,
    /// `m = 0.9 m + g; w −= η m` (Polyak 1964)
    Momentum,
    /// `m = 0.9 m + g; w −= η (g + 0.9 m)` (Sutskever et al. 2013, as in `torch.optim.SGD(nesterov=True)`)
    Nesterov,
    /// `v = 0.99 v + 0.01 g²; w −= η g / (√v + ε)` (Hinton 2012)
    RmsProp,
    /// Bias-corrected first and second moments, β = (0.9, 0.999), ε = 1e-8 (Kingma & Ba 2015)
    Adam,
    /// Adam with decoupled decay: first `w −= η · 0.01 w` (Loshchilov & Hutter 2019)
    AdamW,
}

impl Rule {
    /// Every choice, as it is written in links.
    pub const NAMES: [&'static str; 6] = ["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"];

    /// The rule called `name`.
    pub fn from_name(name: &str) -> Result<Self> {
        use Rule::*;
        let all = [Sgd, Momentum, Nesterov, RmsProp, Adam, AdamW];
        Ok(all[choice("optimizer", name, &Self::NAMES)?])
    }
}

const MOMENTUM: f32 = 0.9;
const RMS_DECAY: f32 = 0.99;
const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-8;
const DECAY: f32 = 0.01;

/// A rule and its moments.
#[derive(Debug)]
pub struct Optimizer {
    rule: Rule,
    /// First moment.
    m: Vec<f32>,
    /// Second moment.
    v: Vec<f32>,
    /// Powers of β₁ and β₂ so far.
    beta_powers: (f64, f64),
}
clone_by_field!(Optimizer { rule, m, v, beta_powers });

impl Optimizer {
    /// Fresh moments for `len` parameters.
    pub fn new(rule: Rule, len: usize) -> Self {
        let m = if matches!(rule, Rule::Sgd | Rule::RmsProp) { 0 } else { len };
        let v = if matches!(rule, Rule::RmsProp | Rule::Adam | Rule::AdamW) { len } else { 0 };
        Self { rule, m: vec![0.0; m], v: vec![0.0; v], beta_powers: (1.0, 1.0) }
    }

    /// Forgets every moment, and allocates nothing: a new descent over as many parameters.
    pub fn reset(&mut self) {
        self.m.fill(0.0);
        self.v.fill(0.0);
        self.beta_powers = (1.0, 1.0);
    }

    /// The rule.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// One update of `params` against `grads` at rate `rate`.
    ///
    /// # Panics
    /// If the lengths are not the one given to [`Optimizer::new`].
    pub fn step(&mut self, params: &mut [f32], grads: &[f32], rate: f32) {
        let s = F32x4::splat;
        let (m, v) = (&mut self.m[..], &mut self.v[..]);
        match self.rule {
            Rule::Sgd => update(params, grads, [], |w, g, []| (w - s(rate) * g, [])),
            Rule::Momentum => update(params, grads, [m], |w, g, [m]| {
                let m = s(MOMENTUM) * m + g;
                (w - s(rate) * m, [m])
            }),
            Rule::Nesterov => update(params, grads, [m], |w, g, [m]| {
                let m = s(MOMENTUM) * m + g;
                (w - s(rate) * (g + s(MOMENTUM) * m), [m])
            }),
            Rule::RmsProp => update(params, grads, [v], |w, g, [v]| {
                let v = s(RMS_DECAY) * v + s(1.0 - RMS_DECAY) * (g * g);
                (w - s(rate) * g / (v.sqrt() + s(EPSILON)), [v])
            }),
            Rule::Adam | Rule::AdamW => {
                self.beta_powers.0 *= f64::from(BETA1);
                self.beta_powers.1 *= f64::from(BETA2);
                let pace = s((f64::from(rate) / (1.0 - self.beta_powers.0)) as f32);
                let spread = s((1.0 / (1.0 - self.beta_powers.1)).sqrt() as f32);
                let keep = s(if self.rule == Rule::AdamW { 1.0 - rate * DECAY } else { 1.0 });
                update(params, grads, [m, v], |w, g, [m, v]| {
                    let m = m + s(1.0 - BETA1) * (g - m);
                    let v = s(BETA2) * v + s(1.0 - BETA2) * (g * g);
                    (keep * w - pace * m / (v.sqrt() * spread + s(EPSILON)), [m, v])
                });
            }
        }
    }

    /// Bytes of the moments.
    pub fn heap_bytes(&self) -> usize {
        4 * (self.m.capacity() + self.v.capacity())
    }
}

/// `(w, moments) = f(w, g, moments)` over whole slices.
#[inline(always)]
fn update<const K: usize>(
    w: &mut [f32],
    g: &[f32],
    moments: [&mut [f32]; K],
    f: impl Fn(F32x4, F32x4, [F32x4; K]) -> (F32x4, [F32x4; K]),
) {
    assert!(w.len() == g.len() && moments.iter().all(|m| m.len() == w.len()), "one gradient a parameter");
    let (w, w_tail) = w.as_chunks_mut::<4>();
    let (g, g_tail) = g.as_chunks::<4>();
    let mut moments = moments.map(|m| m.as_chunks_mut::<4>());
    update_fours(w, g, moments.each_mut().map(|(m, _)| &mut **m), &f);
    let rest = g_tail.len();
    if rest > 0 {
        let padded = |x: &[f32]| {
            let mut four = [0.0; 4];
            copy_tail(x, &mut four);
            [four]
        };
        let (mut w, g, mut m) = (padded(w_tail), padded(g_tail), moments.each_ref().map(|(_, m)| padded(m)));
        update_fours(&mut w, &g, m.each_mut().map(|m| &mut m[..]), &f);
        copy_tail(&w[0], w_tail);
        for ((_, tail), m) in moments.into_iter().zip(&m) {
            copy_tail(&m[0], tail);
        }
    }
}

/// Called for the tail too rather than inlined twice.
#[inline(never)]
fn update_fours<const K: usize>(
    w: &mut [[f32; 4]],
    g: &[[f32; 4]],
    mut moments: [&mut [[f32; 4]]; K],
    f: &impl Fn(F32x4, F32x4, [F32x4; K]) -> (F32x4, [F32x4; K]),
) {
    for (i, (w, g)) in w.iter_mut().zip(g).enumerate() {
        let (w4, m4) =
            f(F32x4::load(w), F32x4::load(g), std::array::from_fn(|k| F32x4::load(&moments[k][i])));
        w4.store(w);
        for (m, m4) in moments.iter_mut().zip(m4) {
            m4.store(&mut m[i]);
        }
    }
}
