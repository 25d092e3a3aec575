//! Instances: their states and what each state permits.
//!
//! The same function answers the API (409 with the reason) and the portal (a button that can't be
//! pressed and says why).

use std::fmt;

/// An organization keeps what was soft-deleted for 30 days at most.
pub const RECOVERY_HOURS_MAX: i64 = 720;

text_enum! {
    /// States of an instance, as in Exoscale's specification.
    pub enum InstanceState {
        Starting = "starting",
        Running = "running",
        Stopping = "stopping",
        Stopped = "stopped",
        Error = "error",
        Destroying = "destroying",
        Destroyed = "destroyed",
        Expunging = "expunging",
        Migrating = "migrating",
    }
}

text_enum! {
    /// What can be asked of an instance.
    pub enum Verb {
        Start = "start",
        Stop = "stop",
        Reboot = "reboot",
        Reset = "reset",
        Scale = "scale",
        ResizeDisk = "resize-disk",
        CreateSnapshot = "create-snapshot",
        RevertSnapshot = "revert-snapshot",
        ResetPassword = "reset-password",
        Update = "update",
        SoftDelete = "soft-delete",
        Recover = "recover",
        Delete = "delete",
    }
}

text_enum! {
    /// Public addresses of an instance.
    pub enum PublicIpAssignment {
        None = "none",
        Inet4 = "inet4",
        Dual = "dual",
    }
}

/// Why a verb is not possible now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Another operation works on the instance.
    Busy,
    /// It runs, and the verb needs it stopped.
    NeedsStopped,
    /// It does not run, and the verb needs it running.
    NeedsRunning,
    /// It is already what the verb would make it.
    Already(InstanceState),
    /// It failed; it can only be deleted, reset or started again.
    Failed,
    /// The engine has nothing of it: it can only be deleted, or made anew by a reset.
    Missing,
    /// It is gone or going.
    Gone,
    /// It was deleted, and is kept for a while.
    Deleted,
    /// It was not deleted.
    NotDeleted,
    /// Deletion protection is on.
    Protected,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Busy => {
                f.write_str("another operation is working on it: wait until it has ended")
            }
            Refusal::NeedsStopped => f.write_str("it must be stopped first"),
            Refusal::NeedsRunning => f.write_str("it must be running"),
            Refusal::Already(state) => write!(f, "it is already {state}"),
            Refusal::Failed => f.write_str("it is in error: start, reset or delete it"),
            Refusal::Missing => {
                f.write_str("it was never made, or is lost: reset it to make it anew, or delete it")
            }
            Refusal::Gone => f.write_str("it is being deleted"),
            Refusal::Deleted => {
                f.write_str("it was deleted: recover it first, or delete it for good")
            }
            Refusal::NotDeleted => f.write_str("it was not deleted"),
            Refusal::Protected => {
                f.write_str("it is protected against deletion: remove the protection first")
            }
        }
    }
}

/// What the rules need to know of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    pub state: InstanceState,
    /// An operation that has not ended works on it.
    pub busy: bool,
    pub protected: bool,
    /// It is in error, and the engine has nothing of it.
    pub missing: bool,
}

impl InstanceState {
    /// On the way to another state: it will change without being asked again.
    pub fn is_moving(self) -> bool {
        use InstanceState::*;
        matches!(self, Starting | Stopping | Destroying | Expunging | Migrating)
    }
}

impl Situation {
    /// Whether `verb` may be asked for now. Deleting is always possible for what exists and is not
    /// protected: it takes over from whatever else is being done. What was deleted and is kept for a
    /// while (`destroyed`) can be recovered, or deleted for good.
    pub fn permits(self, verb: Verb) -> Result<(), Refusal> {
        use InstanceState::*;
        if matches!(self.state, Destroying | Expunging) {
            return Err(Refusal::Gone);
        }
        match (verb, self.state) {
            (Verb::Recover, Destroyed) if self.busy => return Err(Refusal::Busy),
            (Verb::Recover | Verb::Delete, Destroyed) => return Ok(()),
            (_, Destroyed) => return Err(Refusal::Deleted),
            (Verb::Recover, _) => return Err(Refusal::NotDeleted),
            (Verb::SoftDelete, _) if self.protected => return Err(Refusal::Protected),
            _ => {}
        }
        if verb == Verb::Delete {
            return if self.protected { Err(Refusal::Protected) } else { Ok(()) };
        }
        if verb == Verb::Update {
            return Ok(());
        }
        if self.busy || self.state.is_moving() {
            return Err(Refusal::Busy);
        }
        if self.missing && verb != Verb::Reset {
            return Err(Refusal::Missing);
        }
        match (verb, self.state) {
            (Verb::Start, Stopped | Error) => Ok(()),
            (Verb::Start, state) => Err(Refusal::Already(state)),
            (Verb::Stop, Running) => Ok(()),
            (Verb::Stop, Stopped) => Err(Refusal::Already(Stopped)),
            (Verb::Reboot | Verb::ResetPassword, Running) => Ok(()),
            (Verb::Reboot | Verb::ResetPassword, Stopped) => Err(Refusal::NeedsRunning),
            (Verb::Scale | Verb::ResizeDisk, Stopped) => Ok(()),
            (Verb::Scale | Verb::ResizeDisk, Running) => Err(Refusal::NeedsStopped),
            (Verb::Reset, _) => Ok(()),
            (Verb::SoftDelete, Running | Stopped | Error) => Ok(()),
            (Verb::CreateSnapshot | Verb::RevertSnapshot, Running | Stopped) => Ok(()),
            (_, _) => Err(Refusal::Failed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use InstanceState::*;

    fn check(state: InstanceState, verb: Verb) -> Result<(), Refusal> {
        Situation { state, busy: false, protected: false, missing: false }.permits(verb)
    }

    #[test]
    fn scaling_needs_a_stopped_instance() {
        assert_eq!(check(Running, Verb::Scale), Err(Refusal::NeedsStopped));
        assert_eq!(check(Running, Verb::ResizeDisk), Err(Refusal::NeedsStopped));
        assert_eq!(check(Stopped, Verb::Scale), Ok(()));
    }

    #[test]
    fn deleting_takes_over_from_everything_but_protection() {
        for state in [Starting, Running, Stopping, Stopped, Error, Migrating] {
            let instance = Situation { state, busy: true, protected: false, missing: false };
            assert_eq!(instance.permits(Verb::Delete), Ok(()), "{state}");
            let instance = Situation { protected: true, ..instance };
            assert_eq!(instance.permits(Verb::Delete), Err(Refusal::Protected), "{state}");
        }
    }

    #[test]
    fn nothing_is_permitted_to_what_is_going() {
        for verb in Verb::ALL {
            for state in [Destroying, Expunging] {
                assert_eq!(check(state, *verb), Err(Refusal::Gone));
            }
        }
    }

    #[test]
    fn what_was_deleted_is_recovered_or_deleted_for_good() {
        for verb in Verb::ALL {
            let possible = matches!(verb, Verb::Recover | Verb::Delete);
            let expected = if possible { Ok(()) } else { Err(Refusal::Deleted) };
            assert_eq!(check(Destroyed, *verb), expected, "{verb}");
        }
        assert_eq!(check(Running, Verb::Recover), Err(Refusal::NotDeleted));
        assert_eq!(check(Running, Verb::SoftDelete), Ok(()));
        let kept = Situation { state: Running, busy: false, protected: true, missing: false };
        assert_eq!(kept.permits(Verb::SoftDelete), Err(Refusal::Protected));
    }

    #[test]
    fn what_is_missing_is_reset_or_deleted() {
        for verb in Verb::ALL {
            let missing = Situation { state: Error, busy: false, protected: false, missing: true };
            let possible = matches!(verb, Verb::Reset | Verb::Delete | Verb::Update);
            let expected = match verb {
                Verb::Recover => Err(Refusal::NotDeleted),
                _ if possible => Ok(()),
                _ => Err(Refusal::Missing),
            };
            assert_eq!(missing.permits(*verb), expected, "{verb}");
        }
        assert_eq!(check(Error, Verb::Start), Ok(()), "what is there can be tried again");
    }

    #[test]
    fn a_busy_instance_takes_only_update_and_delete() {
        for verb in Verb::ALL {
            let busy = Situation { state: Stopped, busy: true, protected: false, missing: false };
            let expected = matches!(verb, Verb::Update | Verb::Delete);
            assert_eq!(busy.permits(*verb).is_ok(), expected, "{verb}");
        }
    }
}
