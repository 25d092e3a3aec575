//! The simulated engine: for trying out, and for tests. It never claims to be anything else.
//!
//! It behaves like a real engine towards its caller: calls take time, may be repeated, may fail.
//! With a journal its world outlives the process, as a real engine's world would. Everything is
//! derived from the seed and the calls made, so the same story gives the same world.
//!
//! Failures are asked for in two ways: a test calls [`Sim::inject`], a person puts a sentinel
//! word into the display name of an instance ([`fault::SENTINELS`]).

mod address;
mod call;
mod change;
mod control;
mod engine;
mod export;
mod fault;
mod journal;
mod latency;
mod machine;
mod state;
mod template;
#[cfg(test)]
mod tests;
mod world;

pub use call::{Call, CallName};
pub use fault::{Fault, SENTINELS};
pub use latency::Pace;
pub use template::own_templates;

use crate::EngineError;
use latency::Latency;
use state::State;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast;

/// How a simulation is started.
#[derive(Clone, Debug)]
pub struct SimOptions {
    /// Decides latencies and addresses.
    pub seed: u64,
    /// Where the world is kept; without it the world ends with the process.
    pub journal: Option<PathBuf>,
    pub pace: Pace,
}

/// A simulated zone's compute.
pub struct Sim {
    latency: Latency,
    state: Mutex<State>,
    changes: broadcast::Sender<String>,
}

impl Sim {
    /// Opens the world that the journal tells of, or an empty one.
    pub fn open(options: SimOptions) -> std::io::Result<Sim> {
        Ok(Sim {
            latency: Latency { seed: options.seed, pace: options.pace },
            state: Mutex::new(State::open(options.seed, options.journal)?),
            changes: broadcast::channel(1024).0,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves a whole world behind: changes are applied in one piece.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes one call: draws its fault and its latency, waits, acts. `lie` is what is answered
    /// when the fault is to lie.
    async fn call<T>(
        &self,
        name: CallName,
        object: &str,
        display_name: Option<&str>,
        extra_ms: u64,
        lie: T,
        act: impl FnOnce(&mut State) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        let (fault, latency_ms) = {
            let mut state = self.state();
            let fault = state.draw_fault(name, object, display_name)?;
            let slow_ms = if let Some(Fault::Slow(ms)) = fault { ms } else { 0 };
            let latency_ms = self.latency.draw_ms(name, object) + extra_ms + slow_ms;
            state.advance(latency_ms);
            (fault, latency_ms)
        };
        self.latency.wait(latency_ms).await;
        match fault {
            None | Some(Fault::Slow(_)) => act(&mut self.state()),
            Some(Fault::DropsAnswer) => {
                act(&mut self.state())?;
                Err(EngineError::Unreachable("simulated: the answer was lost".into()))
            }
            Some(Fault::Lies) => Ok(lie),
            Some(Fault::Refuses) => Err(EngineError::Refused("simulated: as asked".into())),
            Some(Fault::Unreachable) => Err(EngineError::Unreachable("simulated: as asked".into())),
            Some(Fault::NoCapacity) => Err(EngineError::NoCapacity("simulated: as asked".into())),
        }
    }
}
