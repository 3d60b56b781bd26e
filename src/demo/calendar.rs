//! The demo's calendar: steps that wait for their instant; each may put further ones on later days.
use super::Play;
use crate::kernel::{Instant, Result};
use std::collections::BTreeMap;

/// Something that somebody does at an instant.
pub type Step = Box<dyn FnOnce(&mut Play) -> Result<()>>;

/// What is still to come, in the order of its instants; of one instant, in the order in which it was put there.
#[derive(Default)]
pub struct Calendar {
    steps: BTreeMap<(Instant, u32), Step>,
    count: u32,
}

impl Calendar {
    pub fn put(&mut self, at: Instant, step: impl FnOnce(&mut Play) -> Result<()> + 'static) {
        self.count += 1;
        self.steps.insert((at, self.count), Box::new(step));
    }
    /// The next step that is due by `until`.
    pub fn next(&mut self, until: Instant) -> Option<(Instant, Step)> {
        let (at, _) = *self.steps.keys().next().filter(|(at, _)| *at <= until)?;
        let ((_, _), step) = self.steps.pop_first()?;
        Some((at, step))
    }
}
