//! Pictures as the waves they are made of, their colours apart: `x = low + (high − low) σ(M z)`, z = ¼ Hartley(c / max(f, 1 / N)).
//!
//! A step on c moves coarse waves further than fine ones and all three colours together further than one against the others, as in photographs
//! (Olah, Mordvintsev & Schubert 2017; M and the factors are those of their `lucid`). Nothing but the way there differs: any picture can be written so.

use crate::kernel::{self, Domain, Hartley};
use crate::tensor::Shape;

/// Square root of the covariance of colours in photographs, its longest column of length 1.
const COLOURS: [[f32; 3]; 3] = [
    [0.562_828_6, 0.194_825_28, 0.043_294_51],
    [0.584_475_8, 0.0, -0.108_236_26],
    [0.584_475_8, -0.194_825_28, 0.064_941_76],
];
/// As there: waves of any strength end up within what the sigmoid can tell apart.
const SCALE: f32 = 0.25;
/// No further from black and white than this share of the way: beyond it a sigmoid has no slope left.
const MARGIN: f32 = 1.0 / 512.0;

/// The way from coefficients (3 × height × width) to pixels (height × width × 3).
#[derive(Debug)]
pub struct Spectrum {
    domain: Domain,
    hartley: Hartley,
    /// What a coefficient is worth.
    worth: Vec<f32>,
}

/// Working memory.
#[derive(Debug, Default)]
pub struct Work {
    planes: Vec<f32>,
    waves: Vec<f32>,
    plane: Vec<f32>,
}

impl Spectrum {
    /// For pictures of `shape`, three channels, in `domain`.
    pub fn new(shape: Shape, domain: Domain) -> Self {
        let hartley = Hartley::new(shape.height, shape.width);
        let least = 1.0 / shape.height.max(shape.width) as f32;
        let worth = (0..shape.height * shape.width).map(|i| {
            let frequency = hartley.frequency(i);
            SCALE / if frequency < least { least } else { frequency }
        });
        Self { worth: worth.collect(), domain, hartley }
    }

    /// The picture `x` of coefficients `c`.
    pub fn render(&self, c: &[f32], x: &mut [f32], work: &mut Work) {
        self.weigh(c, work);
        self.hartley.apply(&work.waves, &mut work.planes, &mut work.plane);
        let (count, range) = (self.worth.len(), self.domain.high - self.domain.low);
        for (i, x) in x.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            let z = [0, 1, 2].map(|k| work.planes[k * count + i]);
            for (x, row) in x.iter_mut().zip(COLOURS) {
                *x = row[0] * z[0] + row[1] * z[1] + row[2] * z[2];
            }
        }
        let (low, range) = (kernel::F32x4::splat(self.domain.low), kernel::F32x4::splat(range));
        kernel::map_in_place(x, |z| low + range * kernel::sigmoid(z));
    }

    /// d value / d c into `dc`, from the picture `x` of c and d value / d x in `dx`.
    pub fn pull(&self, x: &[f32], dx: &[f32], dc: &mut [f32], work: &mut Work) {
        let (count, range) = (self.worth.len(), self.domain.high - self.domain.low);
        work.waves.resize(3 * count, 0.0);
        for (i, (x, dx)) in x.as_chunks::<3>().0.iter().zip(dx.as_chunks::<3>().0).enumerate() {
            let slope = [0, 1, 2].map(|k| {
                let share = (x[k] - self.domain.low) / range;
                dx[k] * range * share * (1.0 - share)
            });
            for (k, wave) in work.waves.chunks_exact_mut(count).enumerate() {
                wave[i] = COLOURS.iter().zip(&slope).map(|(row, slope)| row[k] * slope).sum();
            }
        }
        self.hartley.apply(&work.waves, dc, &mut work.plane);
        for dc in dc.chunks_exact_mut(count) {
            dc.iter_mut().zip(&self.worth).for_each(|(dc, worth)| *dc *= worth);
        }
    }

    /// The coefficients `c` of picture `x`; what is within half a byte of black or white is moved that far from it.
    pub fn fit(&self, x: &[f32], c: &mut [f32], work: &mut Work) {
        let (count, range) = (self.worth.len(), self.domain.high - self.domain.low);
        work.waves.resize(3 * count, 0.0);
        let inverse = inverse(COLOURS);
        for (i, x) in x.as_chunks::<3>().0.iter().enumerate() {
            let z = x.map(|x| {
                let share = kernel::clamp((x - self.domain.low) / range, MARGIN, 1.0 - MARGIN);
                libm::logf(share / (1.0 - share))
            });
            for (k, row) in inverse.iter().enumerate() {
                work.waves[k * count + i] = row[0] * z[0] + row[1] * z[1] + row[2] * z[2];
            }
        }
        self.hartley.apply(&work.waves, c, &mut work.plane);
        for c in c.chunks_exact_mut(count) {
            c.iter_mut().zip(&self.worth).for_each(|(c, worth)| *c /= worth);
        }
    }

    fn weigh(&self, c: &[f32], work: &mut Work) {
        let count = self.worth.len();
        work.waves.resize(3 * count, 0.0);
        work.planes.resize(3 * count, 0.0);
        for (wave, c) in work.waves.chunks_exact_mut(count).zip(c.chunks_exact(count)) {
            wave.iter_mut().zip(c.iter().zip(&self.worth)).for_each(|(wave, (c, worth))| *wave = c * worth);
        }
    }
}

/// By Cramer's rule.
fn inverse(m: [[f32; 3]; 3]) -> [[f32; 3]; 3] {
    let minor = |i: usize, j: usize| {
        let at = |a: usize, b: usize| m[(i + a) % 3][(j + b) % 3];
        at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)
    };
    let determinant: f32 = (0..3).map(|j| m[0][j] * minor(0, j)).sum();
    [0, 1, 2].map(|i| [0, 1, 2].map(|j| minor(j, i) / determinant))
}

impl Work {
    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        4 * (self.planes.capacity() + self.waves.capacity() + self.plane.capacity())
    }
}
