//! Activation maximisation: a picture is changed, step by step, toward what a unit or a whole layer answers most to (Erhan et al. 2009).
//!
//! One climb, and by where it begins, where it may end and what it makes large it is four things: from noise, one unit: a fooling image (Nguyen et al.
//! 2015); from a picture and inside a ball around it: an adversarial example; from a picture, a whole layer: a dream (Mordvintsev et al. 2015).

mod aim;
mod slope;
mod smooth;
mod spectrum;

pub use aim::Aim;
pub use slope::Slope;
pub(super) use smooth::smooth;
use spectrum::Work;
pub use spectrum::{Spectrum, Work as SpectrumWork};

use crate::error::{Error, Result};
use crate::kernel::{self, Ball, Domain, Norm};
use crate::nn::Network;
use crate::optim::{Optimizer, Rule};
use crate::rng::Rng;
use crate::tensor::{Shape, clone_by_field};
use std::rc::Rc;

/// How a step is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Climb {
    /// Length of a step: the mean change of a pixel as a share of its range; of a [`Spectrum`], Adam's rate.
    pub rate: f32,
    /// Pixels the picture is moved at most, either way, before each look.
    pub jitter: usize,
    /// Share of the gradient that is blurred.
    pub smoothing: f32,
    /// Weight of total variation, in units of the mean gradient.
    pub variation: f32,
}

/// Where a climb begins.
#[derive(Debug, Clone)]
pub enum Start {
    /// At noise around the middle of the range, another for each row.
    Noise,
    /// At this picture, every row.
    Picture(Rc<[f32]>),
    /// Likewise, and no pixel ever further than this from it.
    Within(Rc<[f32]>, f32),
}

/// Deviation of the noise a climb begins with, as a share of the range.
const NOISE: f32 = 0.05;
/// The same of coefficients of a spectrum.
const NOISE_OF_WAVES: f32 = 0.01;

/// Pictures on their way, one for each aim.
#[derive(Debug)]
pub struct Ascent {
    shape: Shape,
    domain: Domain,
    aims: Rc<[Aim]>,
    /// `aims × shape`
    pictures: Vec<f32>,
    spectrum: Option<Rc<Spectrum>>,
    /// Of the spectrum, `aims × shape`.
    coefficients: Vec<f32>,
    optimizer: Optimizer,
    around: Option<(Rc<[f32]>, f32)>,
    /// Before the last step, as it was looked at.
    values: Vec<f32>,
    rng: Rng,
    steps: u64,
}
clone_by_field!(Ascent {
    shape,
    domain,
    aims,
    pictures,
    spectrum,
    coefficients,
    optimizer,
    around,
    values,
    rng,
    steps
});

/// Buffers of a step.
#[derive(Debug, Default)]
pub struct Buffers {
    slope: Slope,
    g: Vec<f32>,
    dc: Vec<f32>,
    offsets: Vec<[usize; 2]>,
    pub(super) blurs: [Vec<f32>; 2],
    work: Work,
}

impl Ascent {
    /// A climb toward `aims`, a picture of `shape` each, in `domain`; in a `spectrum` of three colours, or pixel by pixel.
    ///
    /// # Panics
    /// If a picture to begin at is of another size.
    pub fn new(
        (shape, domain): (Shape, Domain),
        aims: Rc<[Aim]>,
        start: Start,
        spectrum: Option<Rc<Spectrum>>,
        rng: Rng,
    ) -> Self {
        let len = aims.len() * shape.len();
        let of_waves = if spectrum.is_some() { len } else { 0 };
        let mut ascent = Self {
            pictures: vec![0.0; len],
            coefficients: vec![0.0; of_waves],
            optimizer: Optimizer::new(Rule::Adam, of_waves),
            around: None,
            values: vec![f32::NAN; aims.len()],
            steps: 0,
            shape,
            domain,
            aims,
            spectrum,
            rng,
        };
        match start {
            Start::Noise => ascent.draw(),
            Start::Picture(picture) => ascent.begin_at(&picture),
            Start::Within(picture, epsilon) => {
                ascent.begin_at(&picture);
                ascent.around = Some((picture, epsilon));
            }
        }
        ascent
    }

    fn draw(&mut self) {
        let Self { rng, pictures, coefficients, domain, .. } = self;
        if coefficients.is_empty() {
            let range = domain.high - domain.low;
            let noise = || kernel::clamp(0.5 + NOISE * rng.normal(), 0.0, 1.0);
            pictures
                .iter_mut()
                .zip(std::iter::repeat_with(noise))
                .for_each(|(x, v)| *x = domain.low + range * v);
        } else {
            coefficients.fill_with(|| NOISE_OF_WAVES * rng.normal());
            self.render(&mut Work::default());
        }
    }

    fn begin_at(&mut self, picture: &[f32]) {
        kernel::fill_rows(picture, &mut self.pictures);
        self.refit(&mut Work::default());
    }

    fn render(&mut self, work: &mut Work) {
        let Some(spectrum) = &self.spectrum else { return };
        let (len, rows) = (self.shape.len(), self.coefficients.chunks_exact(self.shape.len()));
        rows.zip(self.pictures.chunks_exact_mut(len)).for_each(|(c, x)| spectrum.render(c, x, work));
    }

    fn refit(&mut self, work: &mut Work) {
        let Some(spectrum) = &self.spectrum else { return };
        let (len, rows) = (self.shape.len(), self.pictures.chunks_exact(self.shape.len()));
        rows.zip(self.coefficients.chunks_exact_mut(len)).for_each(|(x, c)| spectrum.fit(x, c, work));
    }

    /// One step up. `last` is the activation climbed in, of `net` on tiles of its input's size (see [`Slope::eval`]).
    ///
    /// # Errors
    /// [`Error::Diverged`] where the gradient is no finite number; nothing has moved then.
    pub fn step(&mut self, net: &Network, last: usize, climb: &Climb, buffers: &mut Buffers) -> Result<()> {
        let Buffers { slope, g, dc, offsets, blurs, work } = buffers;
        let (len, tile) = (self.shape.len(), net.input());
        let mut rng = self.rng.clone();
        g.resize(self.pictures.len(), 0.0);
        offsets.clear();
        offsets.extend(self.aims.iter().map(|_| self.offset(tile, climb.jitter, &mut rng)));
        let mut values = vec![0.0; self.aims.len()];
        slope.eval(net, last, (&self.pictures, self.shape), (&self.aims, offsets), (&mut values, g));
        if !kernel::all_finite(g) || !kernel::all_finite(&values) {
            return Err(Error::Diverged { step: self.steps, rate: climb.rate });
        }
        for (g, x) in g.chunks_exact_mut(len).zip(self.pictures.chunks_exact(len)) {
            smooth(g, self.shape, climb.smoothing, blurs);
            let mean = Norm::One.of(g) / len as f32;
            if mean > 0.0 {
                kernel::scale(1.0 / mean, g);
            }
            if climb.variation > 0.0 {
                smooth::vary(x, self.shape, -climb.variation, g);
            }
        }
        match &self.spectrum {
            Some(spectrum) => {
                dc.resize(g.len(), 0.0);
                let each = self.pictures.chunks_exact(len).zip(g.chunks_exact(len));
                for ((x, g), dc) in each.zip(dc.chunks_exact_mut(len)) {
                    spectrum.pull(x, g, dc, work);
                }
                kernel::scale(-1.0, dc);
                self.optimizer.step(&mut self.coefficients, dc, climb.rate);
                self.render(work);
            }
            None => kernel::axpy(climb.rate * (self.domain.high - self.domain.low), g, &mut self.pictures),
        }
        self.keep_inside(work);
        (self.rng, self.values) = (rng, values);
        self.steps += 1;
        Ok(())
    }

    /// What the first aim makes of `x`, another picture of this shape, looked at as the next step will look at its own.
    pub fn answer(&self, x: &[f32], net: &Network, last: usize, climb: &Climb, buffers: &mut Buffers) -> f32 {
        let offset = self.offset(net.input(), climb.jitter, &mut self.rng.clone());
        buffers.slope.value(net, last, (x, self.shape), (self.aims[0], offset))
    }

    /// Where a row is looked at from: a few pixels away, and of tiles, that their seams be elsewhere each time, anywhere.
    fn offset(&self, tile: Shape, jitter: usize, rng: &mut Rng) -> [usize; 2] {
        [(self.shape.height, tile.height), (self.shape.width, tile.width)].map(|(side, tile)| {
            let most = if tile < side { side } else { (2 * jitter + 1).min(side) };
            (rng.below(most as u32) as usize + side - jitter.min(side)) % side
        })
    }

    /// Back into the ball and the box.
    fn keep_inside(&mut self, work: &mut Work) {
        let (len, domain) = (self.shape.len(), self.domain);
        for x in self.pictures.chunks_exact_mut(len) {
            if let Some((centre, epsilon)) = &self.around {
                Ball { norm: Norm::Inf, epsilon: *epsilon }.project(centre, x);
            }
            x.iter_mut().for_each(|x| *x = kernel::clamp(*x, domain.low, domain.high));
        }
        if self.around.is_some() {
            self.refit(work);
        }
    }

    /// Another ε for what is climbed within one: pictures are moved inside at once.
    pub fn set_epsilon(&mut self, epsilon: f32) {
        if let Some((_, own)) = &mut self.around {
            *own = epsilon;
            self.keep_inside(&mut Work::default());
        }
    }

    /// The pictures, a row for each aim.
    pub fn pictures(&self) -> &[f32] {
        &self.pictures
    }

    /// What each aim was at before the last step, as it was looked at; NaN before the first.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Geometry of a picture.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Heap bytes of a clone.
    pub fn heap_bytes(&self) -> usize {
        4 * (self.pictures.capacity() + self.coefficients.capacity() + self.values.capacity())
            + self.optimizer.heap_bytes()
    }
}

impl Buffers {
    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        let [a, b] = &self.blurs;
        self.slope.heap_bytes()
            + 4 * (self.g.capacity() + self.dc.capacity() + a.capacity() + b.capacity())
            + self.work.heap_bytes()
    }
}
