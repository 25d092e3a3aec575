//! What is left of the work that may be done.

use crate::error::ErrorKind;
use crate::limits::{BYTES_PER_UNIT, DECISION_FUEL};

/// A budget of work. Whoever evaluates takes from it before the work is done, so it bounds time
/// and memory alike; it can be shared by as many expressions as a decision has.
#[derive(Debug)]
pub struct Fuel {
    left: usize,
}

impl Fuel {
    /// A budget of so many units.
    pub fn new(units: usize) -> Self {
        Fuel { left: units }
    }

    /// The budget of one decision.
    pub fn of_a_decision() -> Self {
        Fuel::new(DECISION_FUEL)
    }

    /// The units that are left; none, as soon as one was asked for that was not there.
    pub fn left(&self) -> usize {
        self.left
    }

    /// Takes units; what is not there leaves nothing.
    pub(crate) fn take(&mut self, units: usize) -> Result<(), ErrorKind> {
        match self.left.checked_sub(units) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(ErrorKind::OutOfFuel)
            }
        }
    }

    /// Takes what reading or making so many bytes costs.
    pub(crate) fn take_bytes(&mut self, bytes: usize) -> Result<(), ErrorKind> {
        self.take(bytes.div_ceil(BYTES_PER_UNIT))
    }
}
