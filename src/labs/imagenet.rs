//! A network that names photographs is made to name another animal by a push no one sees, and the two controls that could refute it.
//!
//! One step is one gradient (PGD, Madry et al. 2018; MI-FGSM with momentum) and one look at the picture rounded to bytes: all that is told
//! of is told of those. Channels: `original`, `pushed`, `noisy`, `resaved` (height × width · 3 bytes), `before`, `now`, `underNoise`,
//! `afterJpeg` (5 × class, probability, likeliest first), `way` (S × step, probability of the class it had, of what the attack is after
//! (the target; without one, any other class), likeliest class, its probability), `goal` (1 × class it had, target or −1), `history`
//! (S × step, probability of what the attack is after, of the class it had), `readouts`; text `top1`. What is not measured or not
//! supplied has no rows and is NaN.

mod climb;
mod controls;
mod knobs;
mod scene;
mod way;

use super::picture::{self, Eye, LABELS, LITE, Shelf, YOURS, top};
use super::{About, Config, Frame, Lab, Revision, Trail};
use crate::data::Photo;
use crate::error::{Error, Result, short};
use crate::tensor::{Scratch, clone_by_field};
use climb::Climb;
use controls::{Controls, Seen, TOLD};
use knobs::Push;
use scene::Scene;
use std::rc::Rc;
use way::Way;

/// See the module.
#[derive(Debug)]
pub struct Imagenet {
    config: Config,
    seed: u32,
    shelf: Shelf,
    /// The visitor's own photo.
    own: Option<Rc<Photo>>,
    eye: Eye,
    scene: Option<Rc<Scene>>,
    /// The class to get into; none: out of the one it is in.
    target: Option<usize>,
    climb: Climb,
    /// The likeliest classes of the pushed picture, each with its probability.
    top: Vec<[f32; 2]>,
    way: Way,
    /// The first step at which the goal was reached.
    flipped: Option<u64>,
    steps: u64,
    revision: Revision,
    controls: Scratch<Controls>,
}
clone_by_field!(Imagenet {
    config,
    seed,
    shelf,
    own,
    eye,
    scene,
    target,
    climb,
    top,
    way,
    flipped,
    steps,
    revision,
    controls
});

impl Imagenet {
    /// Puts the picture there, not pushed, once all it takes is there; `known` may be of it already.
    fn begin(&mut self, known: Option<&Rc<Scene>>) -> Result<()> {
        self.scene = None;
        self.target = self.target_of(&self.config)?;
        let name = self.config.text("photo");
        let photo = if name == YOURS { self.own.as_ref() } else { self.shelf.photo(name) };
        let (Some(lite), Some(_), Some(photo)) = (self.shelf.lite(), self.shelf.labels(), photo) else {
            return Ok(());
        };
        let scene = match known.filter(|scene| scene.is_of(lite, photo)) {
            Some(scene) => scene.clone(),
            None => Rc::new(Scene::new(lite, photo, &self.eye)?),
        };
        self.climb = Climb::new(&scene.clean, self.climb.gradients);
        (self.way, self.flipped) = (Way::default(), None);
        self.judge(&scene);
        self.scene = Some(scene);
        Ok(())
    }

    /// The class that `target` names; none before names are known.
    fn target_of(&self, config: &Config) -> Result<Option<usize>> {
        let name = config.text("target");
        let Some(labels) = self.shelf.labels().filter(|_| name != knobs::UNTARGETED) else { return Ok(None) };
        let unknown = || Error::Choice { name: "target".into(), value: short(name) };
        labels.class(name).map(Some).ok_or_else(unknown)
    }

    /// How probable what the attack is after is among `p`.
    fn goal(&self, scene: &Scene, p: &[f32]) -> f32 {
        self.target.map_or_else(|| 1.0 - p[scene.class()], |target| p[target])
    }

    fn push(&self, scene: &Scene) -> Push {
        Push::new(&self.config, scene.clean.len())
    }

    /// The picture under attack, in bytes.
    fn pushed(&self, scene: &Scene) -> Vec<u8> {
        scene.rounded(&self.climb.x, self.push(scene).ball)
    }

    /// Looks at the picture as it is now.
    fn judge(&mut self, scene: &Scene) {
        let pushed = self.pushed(scene);
        let looked = (pushed != scene.photo.pixels())
            .then(|| self.eye.answers(scene.net(), &picture::normalized(&pushed)));
        let p = looked.as_deref().unwrap_or(&scene.answers);
        self.top = top(p, TOLD);
        let [first, probability] = self.top[0];
        let now = [self.steps as f32, p[scene.class()], self.goal(scene, p), first, probability];
        self.way.record(now);
        let first = first as usize;
        if self.target.map_or(first != scene.class(), |target| first == target) {
            self.flipped = self.flipped.or(Some(self.steps));
        }
        self.revision.next();
    }

    fn asset(&self) -> Option<&'static str> {
        picture::file_of(self.config.text("photo"))
    }

    fn readouts(&self, scene: &Scene, pushed: &[u8], controls: [&Seen; 2]) -> [f32; 9] {
        let [_, _, goal, _, confidence] = self.way.now();
        let [linf, l2] = scene.sizes(pushed);
        let [noise, jpeg] = controls.map(|seen| seen.probability);
        [
            confidence,
            goal,
            noise,
            jpeg,
            linf,
            l2,
            self.flipped.map_or(f32::NAN, |step| step as f32),
            self.climb.gradients as f32,
            self.steps as f32,
        ]
    }
}

impl Lab for Imagenet {
    fn about() -> About {
        knobs::about()
    }

    fn new(config: &Config, seed: u32) -> Result<Self> {
        Ok(Self {
            config: config.clone(),
            seed,
            shelf: Shelf::default(),
            own: None,
            eye: Eye::default(),
            scene: None,
            target: None,
            climb: Climb::default(),
            top: Vec::new(),
            way: Way::default(),
            flipped: None,
            steps: 0,
            revision: Revision::default(),
            controls: Scratch::default(),
        })
    }

    fn lacks(&self) -> Vec<&'static str> {
        let needed: Vec<_> = [LITE, LABELS].into_iter().chain(self.asset()).collect();
        self.shelf.lacks(&needed)
    }

    fn supply(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        self.shelf.supply(asset, bytes)?;
        if self.scene.is_none() { self.begin(None) } else { Ok(()) }
    }

    fn equip(&mut self, old: &Self) -> Result<()> {
        (self.shelf, self.eye) = (old.shelf.clone(), old.eye.clone());
        self.begin(old.scene.as_ref())
    }

    fn adopt(&mut self, old: &Self) -> Result<()> {
        self.own.clone_from(&old.own);
        if self.scene.is_none() { self.begin(old.scene.as_ref()) } else { Ok(()) }
    }

    fn own(&self, trail: &mut Trail) {
        if let Some(own) = self.own.as_ref().filter(|_| self.asset().is_none()) {
            picture::write(own, trail);
        }
    }

    fn kept(&self, asset: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        picture::kept(asset, bytes, picture::SIDE)
    }

    fn load(&mut self, asset: &str, bytes: &[u8]) -> Result<()> {
        let mut next = self.clone();
        next.own = Some(Rc::new(picture::own(asset, bytes, picture::SIDE)?));
        next.config.set(&knobs::about().knobs, "photo", YOURS.into())?;
        next.begin(None)?;
        *self = next;
        Ok(())
    }

    fn config(&self) -> Option<&Config> {
        Some(&self.config)
    }

    fn step(&mut self) -> Result<()> {
        let Some(scene) = self.scene.clone() else {
            return Err(picture::not_begun(&self.lacks()));
        };
        if self.config.text("method") == "fgsm" {
            // Its one step is from the picture itself, again and again the same.
            self.climb.x.copy_from_slice(&scene.clean);
        }
        let push = self.push(&scene);
        self.climb.step(&scene, &self.eye, &push, self.target);
        self.steps += 1;
        self.judge(&scene);
        Ok(())
    }

    fn steps(&self) -> u64 {
        self.steps
    }

    fn measure(&self) -> bool {
        self.controls.get().measure(self)
    }

    fn set(&mut self, knob: &'static str, config: &Config) -> Result<()> {
        let target = self.target_of(config)?;
        self.config.clone_from(config);
        self.revision.next();
        let Some(scene) = self.scene.clone() else { return Ok(()) };
        match knob {
            "target" => {
                (self.target, self.flipped) = (target, None);
                self.climb.forget();
                self.judge(&scene);
            }
            "epsilon" => {
                self.push(&scene).ball.project(&scene.clean, &mut self.climb.x);
                self.judge(&scene);
            }
            _ => {}
        }
        Ok(())
    }

    fn draw(&self, frame: &mut Frame) {
        let controls = self.controls.get();
        let scene = self.scene.as_deref();
        let pushed = scene.map_or_else(Vec::new, |scene| self.pushed(scene));
        let [noise, jpeg] = controls.known(self.scene.as_ref());
        let [_, width] = scene.map_or([0, 1], Scene::dims);
        for (name, picture) in [
            ("original", scene.map_or(&[][..], |scene| scene.photo.pixels())),
            ("pushed", &pushed),
            ("noisy", &noise.picture),
            ("resaved", &jpeg.picture),
        ] {
            let channel = frame.channel(name, picture.len() / width, width);
            channel.iter_mut().zip(picture).for_each(|(to, byte)| *to = f32::from(*byte));
        }
        let before = scene.map_or_else(Vec::new, |scene| top(&scene.answers, TOLD));
        let now = if scene.is_some() { &self.top[..] } else { &[] };
        for (name, top) in
            [("before", &before[..]), ("now", now), ("underNoise", &noise.top), ("afterJpeg", &jpeg.top)]
        {
            frame.channel(name, top.len(), 2).copy_from_slice(top.as_flattened());
        }
        self.way.draw(frame);
        let target = self.target.map_or(-1.0, |target| target as f32);
        let goal = scene.map(|scene| [scene.class() as f32, target]);
        frame.channel("goal", goal.iter().len(), 2).copy_from_slice(goal.as_slice().as_flattened());
        let name = self.shelf.labels().zip(now.first()).map(|(labels, [class, _])| labels.name(*class as usize));
        frame.text("top1", name.unwrap_or_default());
        let readouts = scene.map(|scene| self.readouts(scene, &pushed, [noise, jpeg]));
        let mut blank = [f32::NAN; 9];
        blank[8] = self.steps as f32;
        frame.channel("readouts", 1, 9).copy_from_slice(&readouts.unwrap_or(blank));
    }

    fn export(&self, kind: &str) -> Result<Vec<u8>> {
        match kind {
            "history.csv" => Ok(self.way.csv(self.shelf.labels().map(|labels| &**labels))),
            _ => Err(Error::UnknownExport { name: short(kind) }),
        }
    }

    fn heap_bytes(&self) -> usize {
        self.climb.heap_bytes() + self.way.heap_bytes() + 8 * self.top.capacity()
    }
}
