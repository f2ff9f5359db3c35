//! Two measurements on frozen copies of the network, taken in turns: the shown digit's, soon done, and that of many digits.

use super::{Digits, broad, found, shown};

/// Both under way, and what the last ones found.
#[derive(Debug, Default)]
pub struct Measuring {
    shown_job: Option<shown::Job>,
    broad_job: Option<broad::Job>,
    pub shown: found::Found,
    pub broad: broad::Found,
    /// The looks, and nothing of the run, that both belong to.
    looks: Option<u64>,
    turn: bool,
}

impl Measuring {
    /// One unit of work; whether all that is published belongs to the present state.
    pub fn measure(&mut self, lab: &Digits) -> bool {
        let Some(data) = &lab.data else { return true };
        // Another digit, another push: what is under way answers a question nobody asks any more.
        if self.looks != Some(lab.looks.get()) {
            (self.shown_job, self.broad_job) = (None, None);
            self.looks = Some(lab.looks.get());
        }
        let now = Some(lab.revision.get());
        let current = (self.shown.revision == now, self.broad.revision == now);
        self.turn = !self.turn;
        match current {
            (true, true) => return true,
            // While training runs on the first is always behind; in turns the second gets done all the same.
            (false, broad) if broad || self.turn => {
                let job = self.shown_job.get_or_insert_with(|| shown::Job::new(lab, data));
                if let Some(found) = job.advance() {
                    (self.shown, self.shown_job) = (found, None);
                }
            }
            _ => {
                let job = self.broad_job.get_or_insert_with(|| broad::Job::new(lab, data));
                let found = job.advance().unwrap_or_else(|error| unreachable!("checked rows and settings: {error}"));
                if let Some(found) = found {
                    (self.broad, self.broad_job) = (found, None);
                }
            }
        }
        self.shown.revision == now && self.broad.revision == now
    }
}
