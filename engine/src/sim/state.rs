//! What the lock guards: the world, its journal, the log of calls, the faults still to come.

use super::call::{Call, CallName};
use super::change::Change;
use super::fault::{self, Fault};
use super::journal::{Journal, Line};
use super::machine::Machine;
use super::world::World;
use crate::EngineError;
use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;

/// Older calls are forgotten.
const CALLS_KEPT: usize = 200_000;

pub(super) struct State {
    pub seed: u64,
    pub world: World,
    pub calls: VecDeque<Call>,
    pub faults: BTreeMap<CallName, VecDeque<Fault>>,
    pub now_ms: u64,
    journal: Option<Journal>,
}

impl State {
    pub(super) fn open(seed: u64, journal: Option<PathBuf>) -> std::io::Result<State> {
        let mut state = State {
            seed,
            world: World::default(),
            calls: VecDeque::new(),
            faults: BTreeMap::new(),
            now_ms: 0,
            journal: None,
        };
        if let Some(path) = journal {
            state.journal = Some(Journal::open(path, |line| state.replay(line))?);
        }
        Ok(state)
    }

    fn replay(&mut self, line: Line) {
        match line {
            Line::World { at_ms, world } => {
                self.world = *world;
                self.now_ms = at_ms;
            }
            Line::Change { at_ms, change } => {
                self.now_ms = at_ms;
                self.take(&change);
            }
        }
    }

    pub(super) fn advance(&mut self, ms: u64) {
        self.now_ms += ms;
    }

    /// Writes the change down, then makes it.
    pub(super) fn make(&mut self, change: Change) -> Result<(), EngineError> {
        let line = Line::Change { at_ms: self.now_ms, change };
        if let Some(journal) = &mut self.journal {
            journal.append(&line).map_err(not_written)?;
        }
        if let Line::Change { change, .. } = &line {
            self.take(change);
        }
        let objects = self.world.machines.len() + self.world.images.len();
        if let Some(journal) = &mut self.journal
            && journal.is_long(objects)
        {
            journal.compact(self.now_ms, &self.world).map_err(not_written)?;
        }
        Ok(())
    }

    fn take(&mut self, change: &Change) {
        self.world.apply(change);
        if let Some((name, object)) = change.call() {
            if self.calls.len() == CALLS_KEPT {
                self.calls.pop_front();
            }
            self.calls.push_back(Call { at_ms: self.now_ms, name, object });
        }
    }

    pub(super) fn machine(&self, name: &str) -> Result<&Machine, EngineError> {
        let machine = self.world.machines.get(name);
        machine.ok_or_else(|| EngineError::NotFound(format!("instance {name}")))
    }

    /// The fault of this call, if any: one injected by a test, else one by sentinel word.
    pub(super) fn draw_fault(
        &mut self,
        call: CallName,
        object: &str,
        display_name: Option<&str>,
    ) -> Result<Option<Fault>, EngineError> {
        if let Some(fault) = self.faults.get_mut(&call).and_then(VecDeque::pop_front) {
            return Ok(Some(fault));
        }
        let name = object.split('/').next().unwrap_or(object);
        let known = self.world.machines.get(name).map(|machine| machine.display_name.as_str());
        let Some((fault, once)) =
            known.or(display_name).and_then(|text| fault::of_sentinel(text, call))
        else {
            return Ok(None);
        };
        if once {
            if self.world.spent.get(name).is_some_and(|calls| calls.contains(&call)) {
                return Ok(None);
            }
            self.make(Change::SentinelSpent { name: name.to_owned(), call })?;
        }
        Ok(Some(fault))
    }
}

fn not_written(error: std::io::Error) -> EngineError {
    EngineError::Unreachable(format!("the simulation's journal can't be written: {error}"))
}
