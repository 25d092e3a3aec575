//! What tests and tools ask of the simulation beyond the engine's calls.

use super::change::Change;
use super::{Call, CallName, Fault, Sim};
use crate::EngineError;

impl Sim {
    /// Lets the next `times` calls of that name fail in that way, after those already asked for.
    pub fn inject(&self, call: CallName, fault: Fault, times: usize) {
        let mut state = self.state();
        state.faults.entry(call).or_default().extend(std::iter::repeat_n(fault, times));
    }

    /// Forgets the injected faults that did not happen yet.
    pub fn heal(&self) {
        self.state().faults.clear();
    }

    /// The calls that had an effect, oldest first, since the journal was last rewritten.
    pub fn calls(&self) -> Vec<Call> {
        self.state().calls.iter().cloned().collect()
    }

    /// Virtual time since the world began.
    pub fn now_ms(&self) -> u64 {
        self.state().now_ms
    }

    /// The user data that the instance was created or rebuilt with.
    pub fn user_data(&self, name: &str) -> Option<Vec<u8>> {
        self.state().world.machines.get(name).and_then(|machine| machine.user_data())
    }

    /// Removes an instance as an administrator of the engine might, without telling us.
    pub fn remove_behind_our_back(&self, name: &str) -> Result<(), EngineError> {
        self.behind_our_back(name, Change::Vanished { name: name.to_owned() })
    }

    /// Switches an instance off as an administrator of the engine might.
    pub fn stop_behind_our_back(&self, name: &str) -> Result<(), EngineError> {
        self.behind_our_back(name, Change::WentDown { name: name.to_owned() })
    }

    fn behind_our_back(&self, name: &str, change: Change) -> Result<(), EngineError> {
        let mut state = self.state();
        state.machine(name)?;
        state.make(change)?;
        drop(state);
        // Nobody may be listening, which is fine.
        let _ = self.changes.send(name.to_owned());
        Ok(())
    }
}
