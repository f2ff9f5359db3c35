//! What the labs of the plane have in common: labelled points, with what the visitor drew on them, a network that learns them, and small
//! pictures of the sets.

mod learner;
mod points;
mod thumbnail;

pub(super) use learner::{Design, Learner};
pub(super) use points::{DATASETS, INPUTS, PlanePoints};
pub(super) use thumbnail::thumbnail;
