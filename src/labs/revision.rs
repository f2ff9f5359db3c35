//! The number of a state, so that what was measured of one is never taken for another's, not even in another future of a run.

use std::cell::Cell;
use std::rc::Rc;

/// A state's number. Clones share the count of numbers given, so two states that came apart never get the same one.
#[derive(Debug, Clone, Default)]
pub struct Revision {
    now: u64,
    last: Rc<Cell<u64>>,
}

impl Revision {
    /// The number of the present state.
    pub fn get(&self) -> u64 {
        self.now
    }

    /// Something that a measurement depends on has changed.
    pub fn next(&mut self) {
        self.now = self.last.get() + 1;
        self.last.set(self.now);
    }
}
