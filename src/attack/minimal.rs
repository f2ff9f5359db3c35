//! How little is enough: one of three methods, a search where it failed, its end pulled back to the boundary and turned.

use super::look::Look;
use super::pull_back::{HALVINGS, PARTS, PullBack};
use super::smallest_ball::SmallestBall;
use super::turn::Turn;
use super::{
    Attack, Ball, CarliniWagner, CarliniWagnerSettings, DeepFool, DeepFoolSettings, Norm, PgdSettings,
    Status, Task, search,
};
use crate::error::{Error, Result, choice};
use crate::nn::Network;
use crate::rng::Rng;
use crate::tensor::{BatchView, Scratch};

/// Turns of a push, unless [`MinimalPush::turning`] says otherwise. On spirals they bring the median of DeepFool's
/// ends from 1.12 of the true distance to 1.0001, for four more gradients.
const TURNS: u32 = 4;

/// How the smallest push is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Steps to linearised boundaries: quick, a little too long.
    DeepFool,
    /// Size against margin, balanced by a search: slow, close to the smallest.
    CarliniWagner,
    /// The smallest ball in which projected gradient ascent succeeds.
    Pgd,
}

impl Method {
    /// Every choice, as it is written in links.
    pub const NAMES: [&'static str; 3] = ["deepfool", "carlini-wagner", "pgd"];

    /// The method called `name`.
    pub fn from_name(name: &str) -> Result<Self> {
        let all = [Method::DeepFool, Method::CarliniWagner, Method::Pgd];
        Ok(all[choice("method", name, &Self::NAMES)?])
    }
}

/// One of the methods at work.
#[derive(Debug, Clone)]
enum Core {
    DeepFool(Box<DeepFool>),
    CarliniWagner(Box<CarliniWagner>),
    Pgd(Box<SmallestBall>),
}

impl Core {
    fn step(&mut self, net: &Network) -> bool {
        match self {
            Core::DeepFool(a) => a.step(net),
            Core::CarliniWagner(a) => a.step(net),
            Core::Pgd(a) => a.step(net),
        }
    }

    fn result(&self) -> (BatchView<'_>, &[Status]) {
        match self {
            Core::DeepFool(a) => (a.adversarial(), a.status()),
            Core::CarliniWagner(a) => (a.adversarial(), a.status()),
            Core::Pgd(a) => (a.adversarial(), a.status()),
        }
    }

    fn gradients(&self) -> u64 {
        match self {
            Core::DeepFool(a) => a.gradients_spent(),
            Core::CarliniWagner(a) => a.gradients_spent(),
            Core::Pgd(a) => a.gradients_spent(),
        }
    }
}

/// The smallest push a method finds for every row, ending just across the boundary and inside the box.
#[derive(Debug, Clone)]
pub struct MinimalPush {
    task: Task,
    norm: Norm,
    core: Core,
    phase: Phase,
    rng: Rng,
    pull: PullBack,
    turn: Turn,
    turns: u32,
    gradients: u64,
    best: Vec<f32>,
    sizes: Vec<f32>,
    status: Vec<Status>,
    scratch: Scratch<Look>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    Push,
    Search,
    PullBack,
    Turn,
    Done,
}

impl MinimalPush {
    /// An attack on `task` by `method`, its pushes measured by `norm`: [`Norm::Two`] or [`Norm::Inf`].
    ///
    /// # Errors
    /// [`Error::Choice`] for ‖·‖₁.
    pub fn new(task: Task, method: Method, norm: Norm, rng: &Rng) -> Result<Self> {
        let core = match method {
            Method::DeepFool => {
                Core::DeepFool(Box::new(DeepFool::new(task.clone(), DeepFoolSettings::new(norm))?))
            }
            Method::CarliniWagner => {
                let one = CarliniWagnerSettings::new(norm);
                let many =
                    CarliniWagnerSettings { rate: 0.03, steps: 50, starts: 8, searches_again: 1, ..one };
                Core::CarliniWagner(Box::new(CarliniWagner::new(task.clone(), many, rng)?))
            }
            Method::Pgd => {
                let settings = PgdSettings::new(Ball { norm, epsilon: 1.0 }, 10, 2);
                Core::Pgd(Box::new(SmallestBall::new(task.clone(), settings, rng)?))
            }
        };
        Self::with(task, core, norm, rng)
    }

    /// The same with Carlini & Wagner's attack as `settings` say.
    ///
    /// # Errors
    /// As [`MinimalPush::new`] and [`CarliniWagner::new`].
    pub fn carlini_wagner(task: Task, settings: CarliniWagnerSettings, rng: &Rng) -> Result<Self> {
        let norm = settings.norm;
        let core = CarliniWagner::new(task.clone(), settings, rng)?;
        Self::with(task, Core::CarliniWagner(Box::new(core)), norm, rng)
    }

    fn with(task: Task, core: Core, norm: Norm, rng: &Rng) -> Result<Self> {
        if norm == Norm::One {
            return Err(Error::Choice { name: "norm".into(), value: Norm::NAMES[0].into() });
        }
        let n = task.len();
        Ok(Self {
            norm,
            core,
            phase: Phase::Push,
            rng: rng.fork(u64::MAX),
            pull: PullBack::default(),
            turn: Turn::default(),
            turns: TURNS,
            gradients: 0,
            best: task.clean().to_vec(),
            sizes: vec![0.0; n],
            status: vec![Status::NotFound; n],
            scratch: Scratch::default(),
            task,
        })
    }

    /// Copies what the method found.
    fn take(&mut self) {
        let (found, status) = self.core.result();
        self.status.copy_from_slice(status);
        for (i, status) in status.iter().enumerate() {
            if *status == Status::Found {
                let row = found.row(i);
                self.task.of_mut(&mut self.best, i).iter_mut().zip(row).for_each(|(b, x)| *b = *x);
                self.sizes[i] = self.task.size(self.norm, &self.best, i);
            }
        }
    }

    /// Looks elsewhere for the rows that the method left.
    fn search(&mut self, net: &Network) {
        let status = &mut self.status;
        let left: Vec<u32> =
            (0..self.task.len() as u32).filter(|&i| status[i as usize] == Status::NotFound).collect();
        if !left.is_empty() {
            let look = &mut *self.scratch.get();
            let found = |i: usize| status[i] = Status::Found;
            search::nearest((net, &self.task, self.norm), &mut self.rng, &left, &mut self.best, look, found);
        }
        self.pull_back();
    }

    fn pull_back(&mut self) {
        let found = |i: &u32| self.status[*i as usize] == Status::Found;
        self.pull.begin((0..self.task.len() as u32).filter(found), PARTS, HALVINGS);
    }

    /// Turns every push `turns` times towards the shortest; 0 leaves the method's own direction.
    pub fn turning(mut self, turns: u32) -> Self {
        self.turns = turns;
        self
    }

    fn measure(&mut self) {
        for i in 0..self.task.len() {
            self.sizes[i] = self.task.size(self.norm, &self.best, i);
        }
    }
}

impl Attack for MinimalPush {
    fn step(&mut self, net: &Network) -> bool {
        match self.phase {
            Phase::Push => {
                if self.core.step(net) {
                    self.take();
                    self.phase = Phase::Search;
                }
            }
            Phase::Search => {
                self.search(net);
                self.phase = Phase::PullBack;
            }
            Phase::PullBack => {
                if self.pull.step(net, &self.task, &mut self.best, &mut self.scratch.get()) {
                    self.measure();
                    self.turn.begin(&self.task, &self.status, self.turns);
                    self.phase = if self.turns == 0 { Phase::Done } else { Phase::Turn };
                }
            }
            Phase::Turn => {
                let about = (&self.task, self.norm);
                let (done, gradients) = self.turn.step(net, about, &mut self.best, &mut self.scratch.get());
                self.gradients += gradients;
                if done {
                    self.turns = 0;
                    self.pull_back();
                    self.phase = Phase::PullBack;
                }
            }
            Phase::Done => {}
        }
        self.phase == Phase::Done
    }

    fn adversarial(&self) -> BatchView<'_> {
        self.task.view(&self.best)
    }

    fn sizes(&self) -> &[f32] {
        &self.sizes
    }

    fn status(&self) -> &[Status] {
        &self.status
    }

    fn gradients_spent(&self) -> u64 {
        self.gradients + self.core.gradients()
    }
}
