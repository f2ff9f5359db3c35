//! `y = (x − μ) / √(σ² + ε) · gain + bias`, μ and σ² over the features of a row (Ba et al. 2016).

use crate::kernel;
use crate::nn::{Layer, Mode, Room, Saved};
use crate::rng::Rng;
use crate::tensor::Shape;

/// Layer normalisation. Parameters: gain, then bias, one number a feature each. No weights: a penalty that drew the gain to
/// zero would switch features off.
#[derive(Debug)]
pub struct LayerNorm {
    shape: Shape,
}

/// ε, as in PyTorch.
const EPSILON: f32 = 1e-5;

impl LayerNorm {
    /// A norm over all of `shape`.
    pub fn new(shape: Shape) -> Self {
        Self { shape }
    }
}

impl Layer for LayerNorm {
    fn kind(&self) -> &'static str {
        "layer-norm"
    }

    fn output(&self) -> Shape {
        self.shape
    }

    fn param_len(&self) -> usize {
        2 * self.shape.len()
    }

    fn init(&self, params: &mut [f32], _: &mut Rng) {
        let (gain, bias) = params.split_at_mut(self.shape.len());
        gain.fill(1.0);
        bias.fill(0.0);
    }

    /// The normalised row, and the 1 / √(σ² + ε) it was made with.
    fn aux_len(&self) -> usize {
        self.shape.len() + 1
    }

    fn forward(&self, params: &[f32], x: &[&[f32]], y: &mut [f32], room: Room, _: &mut Mode) {
        let len = self.shape.len();
        let (gain, bias) = params.split_at(len);
        let rows = x[0].chunks_exact(len).zip(y.chunks_exact_mut(len));
        for ((x, y), aux) in rows.zip(room.aux.chunks_exact_mut(len + 1)) {
            let (normal, scale) = aux.split_at_mut(len);
            let share = 1.0 / len as f32;
            let mean = kernel::F32x4::splat(kernel::sum(x) * share);
            kernel::map(x, normal, |x| x - mean);
            scale[0] = 1.0 / (kernel::dot(normal, normal) * share + EPSILON).sqrt();
            kernel::scale(scale[0], normal);
            kernel::map2(normal, gain, y, |x, gain| x * gain);
            kernel::axpy(1.0, bias, y);
        }
    }

    fn backward(
        &self,
        params: &[f32],
        at: Saved,
        dy: &[f32],
        dx: &mut [&mut [f32]],
        mut dparams: Option<&mut [f32]>,
    ) {
        let len = self.shape.len();
        for (i, (dy, aux)) in dy.chunks_exact(len).zip(at.aux.chunks_exact(len + 1)).enumerate() {
            let (normal, scale) = aux.split_at(len);
            if let Some(dparams) = &mut dparams {
                let (dgain, dbias) = dparams.split_at_mut(len);
                kernel::madd(dy, normal, dgain);
                kernel::axpy(1.0, dy, dbias);
            }
            if dx[0].is_empty() {
                continue;
            }
            // With g = dy · gain: dx = (g − mean g − normal · mean(g normal)) / √(σ² + ε).
            let (dx, share) = (&mut dx[0][i * len..][..len], 1.0 / len as f32);
            kernel::map2(dy, &params[..len], dx, |dy, gain| dy * gain);
            let mean = kernel::F32x4::splat(kernel::sum(dx) * share);
            kernel::axpy(-kernel::dot(dx, normal) * share, normal, dx);
            let scale = kernel::F32x4::splat(scale[0]);
            kernel::map_in_place(dx, |dx| (dx - mean) * scale);
        }
    }
}
