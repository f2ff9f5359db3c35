//! The shown digit and its push: the way there, the same size at random, and the plane through the two.

use super::Digits;
use super::cloud::Search;
use super::files::{Data, PIXELS};
use super::found::Found;
use super::look::Look;
use super::off::Way;
use super::pushing::{Method, Push};
use crate::attack::{Attack, Ball, Norm, Pgd, Stop, Universal};
use crate::error::Result;
use crate::kernel::{axpy, clamp, dot, sign};
use crate::nn::Network;
use crate::objective::argmax;
use crate::rng::Rng;
use std::rc::Rc;

/// Most pictures of a push's way.
const MOST: usize = 41;
/// Points a side of the plane, and where it ends, in lengths of the push.
const SIDE: usize = 32;
const REACH: f32 = 1.5;
/// Training digits that the push for all is found on.
pub const LEARNED_FROM: usize = 300;

/// Finding it, a unit at a time.
#[derive(Debug)]
pub struct Job {
    net: Network,
    data: Rc<Data>,
    push: Push,
    /// What it is pushed from.
    class: u32,
    off: (Way, f32, usize),
    rng: Rng,
    look: Look,
    /// The plane's two directions, 784 each.
    axes: [Vec<f32>; 2],
    stage: Stage,
    found: Found,
}

#[derive(Debug)]
enum Stage {
    Climb(Box<Pgd>),
    /// An attack that says where it is; steps taken.
    Step(Minimal, usize),
    Universal(Box<Universal>, usize),
    /// The axes of the cloud, if they are not known yet.
    Cloud(Option<Search>),
    /// Rows of the plane done.
    Slice(usize),
    Done,
}

/// An attack as an object, with a name for whoever debugs.
struct Minimal(Box<dyn Attack>);

impl std::fmt::Debug for Minimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an attack")
    }
}

impl Job {
    pub fn new(lab: &Digits, data: &Rc<Data>) -> Self {
        let config = &lab.config;
        let push = Push::new(config);
        let item = config.number("item");
        let way = super::knobs::OFF.iter().position(|o| *o == config.text("off")).expect("a checked choice");
        let mut look = Look::default();
        let net = lab.learner.trainer.net.clone();
        let (original, class, label) = if item < 0.0 {
            let original = lab.own.to_vec();
            let answer = argmax(look.answers(&net, &original)) as u32;
            (original, answer, [-1.0, -1.0])
        } else {
            let (pixels, class, i) = data.digit(item as usize);
            (pixels.to_vec(), class, [class as f32, i as f32])
        };
        let found = Found { revision: Some(lab.revision.get()), original, label, ..Found::default() };
        let mut job = Self {
            net,
            data: data.clone(),
            push,
            class,
            off: (Way::ALL[way], config.float("strength"), item.max(0.0) as usize),
            rng: Rng::seeded(lab.seed).fork(6),
            look,
            axes: Default::default(),
            stage: Stage::Done,
            found,
        };
        job.stage = job.begin().unwrap_or_else(|error| unreachable!("checked rows and settings: {error}"));
        job
    }

    fn begin(&self) -> Result<Stage> {
        let Self { push, data, rng, .. } = self;
        if push.method == Method::Universal {
            let n = data.train.len().min(LEARNED_FROM);
            let task = push.task(&data.train.x[..n * PIXELS], &data.train.classes[..n])?;
            return Ok(Stage::Universal(Box::new(push.universal(task, push.size, rng)?), 0));
        }
        let task = push.task(&self.found.original, &[self.class])?;
        Ok(if push.is_minimal() {
            Stage::Step(Minimal(push.attack(task, push.size, rng)?), 0)
        } else {
            Stage::Climb(Box::new(push.climb(task, push.size, Stop::AtEnd, rng)?.watching(0)))
        })
    }

    /// One unit; what was found, once it is all there.
    pub fn advance(&mut self) -> Option<Found> {
        if self.found.at.is_empty() {
            self.keep(0, &self.found.original.clone());
        }
        match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Climb(mut attack) => {
                if !attack.step(&self.net) {
                    self.stage = Stage::Climb(attack);
                    return None;
                }
                let rows = attack.path().chunks_exact(PIXELS);
                // A start that was drawn stands between the clean picture and the first step.
                let drawn = rows.len().saturating_sub(self.push.steps() + 1);
                for (i, row) in rows.enumerate().skip(1) {
                    self.keep(i.saturating_sub(drawn), row);
                }
                self.found.gradients = attack.gradients_spent();
                self.pushed();
            }
            Stage::Step(mut attack, taken) => {
                let done = attack.0.step(&self.net);
                self.keep(taken + 1, attack.0.adversarial().as_slice().expect("one row"));
                self.found.gradients = attack.0.gradients_spent();
                if done {
                    self.pushed();
                } else {
                    self.stage = Stage::Step(attack, taken + 1);
                }
            }
            Stage::Universal(mut attack, taken) => {
                let done = attack.step(&self.net);
                let mut row = self.found.original.clone();
                attack.apply(&mut row).expect("a row of the task's width");
                self.keep(taken, &row);
                self.found.gradients = attack.gradients_spent();
                if done {
                    self.pushed();
                } else {
                    self.stage = Stage::Universal(attack, taken + 1);
                }
            }
            Stage::Cloud(mut search) => {
                let Some(cloud) = self.data.cloud(&mut search) else {
                    self.stage = Stage::Cloud(search);
                    return None;
                };
                let last = self.found.push.len() - PIXELS;
                self.found.place = [cloud.place(&self.found.original), cloud.place(&self.found.push[last..])];
                self.stage = Stage::Slice(0);
            }
            Stage::Slice(row) => {
                self.slice(row);
                if row + 1 < SIDE {
                    self.stage = Stage::Slice(row + 1);
                } else {
                    return Some(std::mem::take(&mut self.found));
                }
            }
            Stage::Done => {}
        }
        None
    }

    /// Adds a picture of the way, unless it has not moved.
    fn keep(&mut self, at: usize, row: &[f32]) {
        let found = &mut self.found;
        if found.push.is_empty() || found.push[found.push.len() - PIXELS..] != *row {
            found.push.extend_from_slice(row);
            found.at.push(at as f32);
        }
    }

    /// Rounds the end of the way to 8 bits, as any picture is: towards the clean one, else it would leave its ball. The smallest
    /// push that crosses would no longer cross then; it goes to the nearest step, or to the next one if that is not enough.
    fn round(&mut self) {
        let Self { found, look, net, push, class, .. } = self;
        let last = found.push.len() - PIXELS;
        let end = found.push.split_off(last);
        for longer in if push.is_minimal() { [0.5, 0.99] } else { [0.01; 2] } {
            found.push.truncate(last);
            found.push.extend(end.iter().zip(&found.original).map(|(v, x)| {
                let steps = (v - x) * 255.0;
                clamp(x + (steps + longer * sign(steps)).trunc() / 255.0, 0.0, 1.0)
            }));
            let answer = argmax(look.answers(net, &found.push[last..])) as u32;
            if push.target.map_or(answer != *class, |target| answer == target) {
                return;
            }
        }
    }

    /// The way is complete: thins it, rounds its end to 8 bits as any picture is, and looks at all of it.
    fn pushed(&mut self) {
        let rows = self.found.at.len();
        let found = &mut self.found;
        if rows > MOST {
            let kept: Vec<usize> = (0..MOST).map(|k| k * (rows - 1) / (MOST - 1)).collect();
            found.push = kept.iter().flat_map(|i| found.push[i * PIXELS..][..PIXELS].to_vec()).collect();
            found.at = kept.iter().map(|i| found.at[*i]).collect();
        }
        self.round();
        let (way, strength, item) = self.off;
        let Self { found, look, net, push, rng, data, .. } = self;
        let last = found.push.len() - PIXELS;
        found.answers = look.answers(net, &found.push).to_vec();
        let end = &found.push[last..];
        (found.l2, found.linf) =
            (Norm::Two.distance(end, &found.original), Norm::Inf.distance(end, &found.original));

        // The same size at random: of the push itself where the method chose it.
        let size = if push.is_minimal() { found.l2 } else { push.size };
        let mut noise = vec![0.0; PIXELS];
        Ball { norm: push.norm(), epsilon: size }.draw_surface(&mut rng.fork(1), &mut noise);
        let added = found.original.iter().zip(&noise).map(|(x, n)| clamp(x + n, 0.0, 1.0));
        found.random = added.collect();
        found.random_answers = look.answers(net, &found.random).to_vec();

        let clothes = item % (data.clothes.len());
        let clothes = &data.clothes.x[clothes * PIXELS..][..PIXELS];
        found.off = vec![0.0; PIXELS];
        way.change(strength, &found.original, clothes, &mut rng.fork(2), &mut found.off);
        found.off_answers = look.answers(net, &found.off).to_vec();
        look.answers(net, &found.original);
        found.maps = [look.maps(net, 0), look.maps(net, 1)];
        self.axes();
        self.stage = Stage::Cloud(None);
    }

    /// The two directions of the plane, the push and one at random that is at right angles to it and as long; where the way
    /// lies along them. Without a push both are random, of length 1.
    fn axes(&mut self) {
        let Self { found, rng, .. } = self;
        let random = |purpose| {
            let mut rng = rng.fork(purpose);
            let mut v: Vec<f32> = (0..PIXELS).map(|_| rng.normal()).collect();
            resize(1.0, &mut v);
            v
        };
        let last = found.push.len() - PIXELS;
        let mut along: Vec<f32> =
            found.push[last..].iter().zip(&found.original).map(|(p, x)| p - x).collect();
        let length = dot(&along, &along).sqrt();
        let length = if length > 0.0 { length } else { 1.0 };
        if dot(&along, &along) == 0.0 {
            along = random(4);
        }
        let mut across = random(3);
        axpy(-dot(&across, &along) / (length * length), &along, &mut across);
        resize(length, &mut across);
        let square = length * length;
        found.slice_path = found
            .push
            .chunks_exact(PIXELS)
            .flat_map(|row| {
                let gone: Vec<f32> = row.iter().zip(&found.original).map(|(p, x)| p - x).collect();
                [dot(&gone, &along) / square, dot(&gone, &across) / square]
            })
            .collect();
        self.axes = [along, across];
    }

    /// Row `row` of the plane, the top one first.
    fn slice(&mut self, row: usize) {
        let at = |k: usize| (k as f32 + 0.5) / SIDE as f32 * 2.0 * REACH - REACH;
        let mut x = Vec::with_capacity(SIDE * PIXELS);
        for column in 0..SIDE {
            let from = x.len();
            x.extend_from_slice(&self.found.original);
            axpy(at(column), &self.axes[0], &mut x[from..]);
            axpy(-at(row), &self.axes[1], &mut x[from..]);
        }
        self.found.slice.extend_from_slice(self.look.answers(&self.net, &x));
    }
}

/// Gives `v` this length.
fn resize(length: f32, v: &mut [f32]) {
    let now = dot(v, v).sqrt();
    if now > 0.0 {
        crate::kernel::scale(length / now, v);
    }
}
