//! Failures by name.

use super::call::CallName;
use serde::{Deserialize, Serialize};

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It takes that many milliseconds longer.
    Slow(u64),
    /// The engine refuses and does nothing.
    Refuses,
    /// It is done, but the caller hears that the engine is unreachable.
    DropsAnswer,
    /// The caller hears that it is done, and nothing is.
    Lies,
    /// The engine is unreachable, and nothing is done.
    Unreachable,
    /// The engine is full.
    NoCapacity,
}

/// Words in the display name of an instance, and what they do.
pub const SENTINELS: [(&str, &str); 6] = [
    ("sim-slow", "every call takes five seconds longer"),
    ("sim-refuses", "it can't be created"),
    ("sim-drops-answer", "the first answer to each kind of call is lost"),
    ("sim-lies", "the first creation is reported as done, but is not"),
    ("sim-no-capacity", "there is no room for it"),
    ("sim-ignores-stop", "it has to be switched off by force"),
];

/// What a sentinel word in the display name does to the call, and whether only once.
pub(super) fn of_sentinel(display_name: &str, call: CallName) -> Option<(Fault, bool)> {
    let has = |word| display_name.contains(word);
    let looks = matches!(call, CallName::Observe | CallName::List | CallName::Health);
    match call {
        _ if looks || !display_name.contains("sim-") => None,
        CallName::Create if has("sim-refuses") => Some((Fault::Refuses, false)),
        CallName::Create if has("sim-no-capacity") => Some((Fault::NoCapacity, false)),
        CallName::Create if has("sim-lies") => Some((Fault::Lies, true)),
        _ if has("sim-drops-answer") => Some((Fault::DropsAnswer, true)),
        _ if has("sim-slow") => Some((Fault::Slow(5_000), false)),
        _ => None,
    }
}

pub(super) fn ignores_stop(display_name: &str) -> bool {
    display_name.contains("sim-ignores-stop")
}
