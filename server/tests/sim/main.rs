//! Whole-platform simulations: every fault at every engine call, crashes between any two steps,
//! deletes that take over, and real processes that are killed. What must hold afterwards is what
//! `couloir admin check` verifies, and that no engine call had an effect twice.
#![allow(clippy::unwrap_used)]

mod abort;
mod cancel;
mod crashes;
mod disk;
mod drift;
mod faults;
mod harness;
mod invariants;
mod kills;
mod processes;
mod queue;
mod seeded;
