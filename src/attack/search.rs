//! The last resort of a minimal attack: among points whose class is known, the nearest that is where the goal wants it.
//!
//! Linearisation can fail: a saturated unit has no gradient to follow, a cycle has no end. The points looked at are the
//! batch itself (data of other classes) and, in the plane, the centres of a 64 × 64 grid of the box; elsewhere uniform
//! draws from it. So in the plane a push is found whenever a cell of that grid has another class.

use super::look::Look;
use super::{Norm, Task};
use crate::nn::Network;
use crate::rng::Rng;

/// Cells across the plane.
const GRID: usize = 64;
/// Uniform draws in other spaces.
const DRAWS: usize = 1024;

/// Moves each of `rows` of `x` to the nearest point the goal accepts; whether each was found, in `found`.
pub(super) fn nearest(
    (net, task, norm): (&Network, &Task, Norm),
    rng: &mut Rng,
    rows: &[u32],
    x: &mut [f32],
    look: &mut Look,
    mut found: impl FnMut(usize),
) {
    let others = fill(task, rng, look);
    look.ask(net);
    for &i in rows {
        let (i, clean) = (i as usize, task.row(i as usize));
        let mut least = f32::INFINITY;
        for k in 0..others {
            let distance = norm.distance(look.row(k), clean);
            if distance < least
                && task.goal.reached(look.logits(k), task.class(i))
                && inside(task, i, look.row(k))
            {
                least = distance;
                task.of_mut(x, i).copy_from_slice(look.row(k));
            }
        }
        if least < f32::INFINITY {
            found(i);
        }
    }
}

/// Gathers the points to look at; how many they are.
fn fill(task: &Task, rng: &mut Rng, look: &mut Look) -> usize {
    let (low, size) = (task.domain.low, task.domain.high - task.domain.low);
    look.begin(task.width());
    for i in 0..task.len() {
        look.push(task.row(i));
    }
    if task.width() == 2 {
        let at = |i: usize| low + size * (i as f32 + 0.5) / GRID as f32;
        for i in 0..GRID * GRID {
            look.push(&[at(i % GRID), at(i / GRID)]);
        }
        return task.len() + GRID * GRID;
    }
    for _ in 0..DRAWS {
        look.push(task.row(0));
        look.last().fill_with(|| low + size * rng.uniform());
    }
    task.len() + DRAWS
}

/// Whether row `i` may be moved to `point`: a clean point outside the box widens only its own.
fn inside(task: &Task, i: usize, point: &[f32]) -> bool {
    point.iter().zip(task.row(i)).all(|(&p, &clean)| {
        let (low, high) = task.domain.bounds(clean);
        (low..=high).contains(&p)
    })
}
