//! What time it is. The real clock everywhere; a moved one only in the demo and in tests.
use crate::kernel::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The server's clock. Cloning shares it.
#[derive(Clone, Default)]
pub struct Clock {
    /// Microseconds to add to the machine's time; None is the real clock, which cannot be moved.
    moved: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's own time.
    #[must_use]
    pub const fn real() -> Self {
        Self { moved: None }
    }
    /// A clock that begins at `start` and runs on from there. For `demo` and tests only.
    #[must_use]
    pub fn moved(start: Instant) -> Self {
        let clock = Self { moved: Some(Arc::new(AtomicI64::new(0))) };
        clock.move_to(start);
        clock
    }
    /// Sets a moved clock; a real clock stays as it is.
    pub fn move_to(&self, to: Instant) {
        if let Some(moved) = &self.moved {
            let machine = jiff::Timestamp::now().as_microsecond();
            moved.store(to.timestamp().as_microsecond() - machine, Ordering::SeqCst);
        }
    }
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.moved.is_some()
    }
    /// The machine's own time, whatever this clock says.
    #[must_use]
    pub fn machine(&self) -> Instant {
        Instant::new(jiff::Timestamp::now())
    }
    #[must_use]
    pub fn now(&self) -> Instant {
        let machine = jiff::Timestamp::now();
        let Some(moved) = &self.moved else { return Instant::new(machine) };
        let microseconds = machine.as_microsecond() + moved.load(Ordering::SeqCst);
        Instant::new(jiff::Timestamp::from_microsecond(microseconds).unwrap_or(machine))
    }
}
