//! A linear probe: how much of the labels can one flat cut read off a layer? (Alain & Bengio 2016)
//!
//! Logistic regression, refitted from nothing: `Σ loss + |W|² / 2C`, biases free, C = 1000, as scikit-learn's
//! `LogisticRegression(C=1e3)` has it: one logit for two classes, softmax for more. Newton's method in f64, a few
//! thousand products a step, so that a probe never holds up a frame.

use crate::tensor::BatchView;

/// scikit-learn's C: so little penalty that it only keeps separable points from growing weights without end.
pub const C: f64 = 1e3;

/// Multiplications one step of a fit makes, about.
const WORK: usize = 200_000;
/// Newton needs about ten, and twenty where the classes come apart.
const MOST_ROUNDS: u32 = 60;
/// Halvings of one Newton step before it is given up.
const MOST_HALVINGS: u32 = 30;
/// What one more step may still gain in `Σ loss`, of which 0.5 is about one point turned.
const GAIN: f64 = 1e-9;

/// A probe and the points it is being fitted to.
#[derive(Debug, Default, Clone)]
pub struct Linear {
    /// Features of a point and the 1 that its bias is multiplied with.
    columns: usize,
    /// Rows of weights: 1 for two classes.
    logits: usize,
    classes: usize,
    /// `N × columns`
    x: Vec<f64>,
    class: Vec<u32>,
    /// `logits × columns`, the bias last.
    weights: Vec<f64>,
    /// Where the pass under way is evaluated: `weights`, or a trial beyond them.
    trial: Vec<f64>,
    newton: Newton,
}

/// One pass over the points: loss, gradient and Hessian at `trial`; and the step that led there.
#[derive(Debug, Default, Clone)]
struct Newton {
    rounds: u32,
    halvings: u32,
    row: usize,
    loss: f64,
    gradient: Vec<f64>,
    /// Lower triangle, `P × P`.
    hessian: Vec<f64>,
    /// Loss at `weights`, once known.
    best: f64,
    /// Newton's step from `weights`.
    step: Vec<f64>,
    done: bool,
}

impl Linear {
    /// A probe of `x` (N × features), whose labels are all below `classes`; nothing of it is fitted yet.
    ///
    /// # Panics
    /// If there is not one label a row, or fewer than two classes.
    pub fn new(x: BatchView, class: &[u32], classes: usize) -> Self {
        let mut probe = Self::default();
        probe.begin(x, class, classes);
        probe
    }

    /// Begins anew with other points, in the memory of the old ones.
    ///
    /// # Panics
    /// As [`Linear::new`].
    pub fn begin(&mut self, x: BatchView, class: &[u32], classes: usize) {
        assert_eq!(x.nrows(), class.len(), "labels");
        assert!(classes >= 2, "a probe tells classes apart");
        self.columns = x.ncols() + 1;
        self.classes = classes;
        self.logits = if classes == 2 { 1 } else { classes };
        self.x.clear();
        for row in crate::tensor::rows(&x).chunks_exact(x.ncols().max(1)) {
            self.x.extend(row.iter().map(|v| f64::from(*v)));
            self.x.push(1.0);
        }
        self.class.clear();
        self.class.extend_from_slice(class);
        let parameters = self.logits * self.columns;
        for (part, len) in [
            (&mut self.weights, parameters),
            (&mut self.trial, parameters),
            (&mut self.newton.gradient, parameters),
            (&mut self.newton.step, parameters),
            (&mut self.newton.hessian, parameters * parameters),
        ] {
            part.clear();
            part.resize(len, 0.0);
        }
        self.newton.done = class.is_empty();
        (self.newton.rounds, self.newton.halvings, self.newton.best) = (0, 0, f64::INFINITY);
        self.newton.clear();
    }

    /// A share of one pass over the points; whether the fit is finished. Any number of further calls changes nothing.
    pub fn step(&mut self) -> bool {
        let parameters = self.weights.len();
        let rows = (WORK / (parameters * parameters).max(1)).max(1);
        let to = (self.newton.row + rows).min(self.class.len());
        if !self.newton.done {
            self.pass(to);
            if to == self.class.len() {
                self.turn();
            }
        }
        self.newton.done
    }

    /// Steps until the fit is finished.
    #[must_use]
    pub fn fitted(mut self) -> Self {
        while !self.step() {}
        self
    }

    /// `logits × (features + 1)`, the bias last in each row.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Share of the rows of `x` (N × features) that the fitted cut puts in their class; NaN without rows.
    ///
    /// # Panics
    /// If `x` has other features than the probe was fitted to.
    pub fn accuracy(&self, x: BatchView, class: &[u32]) -> f32 {
        assert_eq!(x.ncols() + 1, self.columns, "features");
        let rows = crate::tensor::rows(&x).chunks_exact(x.ncols().max(1));
        let right = rows.zip(class).filter(|(row, class)| self.answer(row) == **class).count();
        right as f32 / class.len() as f32
    }

    fn answer(&self, row: &[f32]) -> u32 {
        let logit = |w: &[f64]| {
            let (bias, w) = w.split_last().expect("a bias");
            w.iter().zip(row).fold(*bias, |sum, (w, x)| sum + w * f64::from(*x))
        };
        let mut rows = self.weights.chunks_exact(self.columns).map(logit);
        if self.logits == 1 {
            return u32::from(rows.next().is_some_and(|z| z > 0.0));
        }
        let first = (0, f64::NEG_INFINITY);
        rows.enumerate().fold(first, |best, (k, z)| if z > best.1 { (k as u32, z) } else { best }).0
    }

    /// Adds rows `newton.row .. to` to the pass.
    fn pass(&mut self, to: usize) {
        let (columns, logits) = (self.columns, self.logits);
        let newton = &mut self.newton;
        let mut p = vec![0.0; logits];
        for i in newton.row..to {
            let x = &self.x[i * columns..][..columns];
            for (z, w) in p.iter_mut().zip(self.trial.chunks_exact(columns)) {
                *z = w.iter().zip(x).fold(0.0, |sum, (w, x)| sum + w * x);
            }
            newton.loss += likelihood(&mut p, self.class[i] as usize);
            for a in 0..logits {
                let own = if logits == 1 { self.class[i] == 1 } else { self.class[i] as usize == a };
                axpy(p[a] - f64::from(u8::from(own)), x, &mut newton.gradient[a * columns..][..columns]);
                for b in 0..=a {
                    let curvature = if a == b { p[a] * (1.0 - p[a]) } else { -p[a] * p[b] };
                    for (r, x_r) in x.iter().enumerate() {
                        let row = (a * columns + r) * self.trial.len() + b * columns;
                        let upto = if a == b { r + 1 } else { columns };
                        axpy(curvature * x_r, &x[..upto], &mut newton.hessian[row..][..upto]);
                    }
                }
            }
        }
        newton.row = to;
    }

    /// After a whole pass: adds the penalty, judges the trial, and sets out for the next.
    fn turn(&mut self) {
        let (columns, parameters) = (self.columns, self.weights.len());
        let newton = &mut self.newton;
        for (k, w) in self.trial.iter().enumerate() {
            if !(k + 1).is_multiple_of(columns) {
                newton.loss += w * w / (2.0 * C);
                newton.gradient[k] += w / C;
                newton.hessian[k * parameters + k] += 1.0 / C;
            }
            // Adding one number to every bias of a softmax changes nothing: the Hessian is singular there.
            newton.hessian[k * parameters + k] += 1e-9;
        }
        if newton.loss <= newton.best {
            self.weights.copy_from_slice(&self.trial);
            (newton.best, newton.halvings) = (newton.loss, 0);
            newton.rounds += 1;
            cholesky_solve(&mut newton.hessian, &newton.gradient, &mut newton.step);
            let gain = newton.step.iter().zip(&newton.gradient).fold(0.0, |sum, (s, g)| sum + s * g) / 2.0;
            newton.done = newton.rounds == MOST_ROUNDS || gain <= GAIN || !gain.is_finite();
        } else {
            newton.halvings += 1;
            newton.step.iter_mut().for_each(|s| *s /= 2.0);
            newton.done = newton.halvings == MOST_HALVINGS;
        }
        for ((trial, w), step) in self.trial.iter_mut().zip(&self.weights).zip(&newton.step) {
            *trial = w - step;
        }
        newton.clear();
    }
}

impl Newton {
    fn clear(&mut self) {
        (self.row, self.loss) = (0, 0.0);
        self.gradient.fill(0.0);
        self.hessian.fill(0.0);
    }
}

/// Turns logits into probabilities; returns `−ln p[class]`, in the form that never takes the logarithm of zero.
fn likelihood(z: &mut [f64], class: usize) -> f64 {
    if let [z] = z {
        let small = libm::exp(-z.abs());
        let loss = libm::log1p(small) + if (class == 1) == (*z > 0.0) { 0.0 } else { z.abs() };
        *z = if *z > 0.0 { 1.0 } else { small } / (1.0 + small);
        return loss;
    }
    let max = z.iter().fold(f64::NEG_INFINITY, |m, &v| if m < v { v } else { m });
    let own = z[class] - max;
    let mut sum = 0.0;
    for v in z.iter_mut() {
        *v = libm::exp(*v - max);
        sum += *v;
    }
    z.iter_mut().for_each(|v| *v /= sum);
    libm::log(sum) - own
}

fn axpy(a: f64, x: &[f64], y: &mut [f64]) {
    y.iter_mut().zip(x).for_each(|(y, x)| *y += a * x);
}

/// Solves `A s = g` for a positive definite A given by its lower triangle, which its factor replaces.
fn cholesky_solve(a: &mut [f64], g: &[f64], s: &mut [f64]) {
    let n = g.len();
    for i in 0..n {
        for j in 0..=i {
            let dot = (0..j).fold(0.0, |sum, k| sum + a[i * n + k] * a[j * n + k]);
            let rest = a[i * n + j] - dot;
            a[i * n + j] =
                if i == j { (if rest > 1e-12 { rest } else { 1e-12 }).sqrt() } else { rest / a[j * n + j] };
        }
    }
    for i in 0..n {
        let dot = (0..i).fold(0.0, |sum, k| sum + a[i * n + k] * s[k]);
        s[i] = (g[i] - dot) / a[i * n + i];
    }
    for i in (0..n).rev() {
        let dot = (i + 1..n).fold(0.0, |sum, k| sum + a[k * n + i] * s[k]);
        s[i] = (s[i] - dot) / a[i * n + i];
    }
}
