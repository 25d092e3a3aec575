//! How sure the platform must be of who acts.

use crate::Timestamp;
use std::time::Duration;

/// What somebody may still do who has no second step, in an organization that demands one: set it up,
/// go to another organization, or leave. Setting it up may ask who is there, and that stays open too.
pub const OPEN_WITHOUT_SECOND_FACTOR: [&str; 11] = [
    "get-me",
    "get-second-factor",
    "begin-second-factor",
    "confirm-second-factor",
    "get-session-confirmation-options",
    "confirm-session",
    "list-passkeys",
    "get-passkey-creation-options",
    "create-passkey",
    "switch-organization",
    "delete-session",
];

/// Whether an operation is open to somebody without the second step that the organization demands.
pub fn is_open_without_second_factor(operation: &str) -> bool {
    OPEN_WITHOUT_SECOND_FACTOR.contains(&operation)
}

text_enum! {
    /// What somebody has to sign in with in two steps.
    pub enum SecondStep {
        /// An authenticator app.
        App = "authenticator-app",
        /// At least one passkey.
        Passkey = "passkey",
        /// Their identity provider, when they last came by it.
        Provider = "identity-provider",
    }
}

/// The second steps of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecondSteps {
    pub app: bool,
    pub passkey: bool,
    pub provider: bool,
}

impl SecondSteps {
    pub fn all(self) -> Vec<SecondStep> {
        let has = [
            (self.app, SecondStep::App),
            (self.passkey, SecondStep::Passkey),
            (self.provider, SecondStep::Provider),
        ];
        has.into_iter().filter_map(|(has, step)| has.then_some(step)).collect()
    }

    /// Whether a person has one. It is asked of their access tokens and of what goes on in their name.
    pub fn any(self) -> bool {
        !self.all().is_empty()
    }

    /// Whether a person may be left with these when a step is taken away: with none only where nobody
    /// demands one of them.
    pub fn may_be_left(self, demanded: bool) -> bool {
        self.any() || !demanded
    }

    /// Whether a session of theirs has shown one. App and provider are asked at every sign-in; beside a
    /// passkey there may be a password, so `began` says whether two steps began the session.
    pub fn shown(self, began: bool) -> bool {
        self.app || self.provider || began
    }

    /// Whether a password proves who is there. Not beside an app, as it may be what a thief has; nor
    /// beside a passkey where two steps are demanded, as it is one.
    pub fn password_proves(self, demanded: bool) -> bool {
        !(self.app || demanded && self.passkey)
    }
}

/// For how long a session counts as confirmed after somebody has proven who they are.
pub const CONFIRMED_FOR: Duration = Duration::from_secs(600);

/// What asks a person in a browser for a fresh proof of who they are: whatever makes a credential,
/// decides what people may do, sends events elsewhere or stops that, or changes how one signs in.
/// What takes access away from something that is no person stays quick, as it helps against a thief. The
/// password of an instance is none of it: whoever may run instances gets into them anyway.
pub const SENSITIVE: [&str; 26] = [
    // Credentials that outlive the session.
    "create-api-key",
    "rotate-api-key",
    "create-access-token",
    "assume-iam-role",
    "begin-second-factor",
    "create-passkey",
    "delete-passkey",
    // What is allowed, and to whom.
    "create-iam-role",
    "update-iam-role",
    "update-iam-role-policy",
    "delete-iam-role",
    "update-iam-organization-policy",
    "reset-iam-organization-policy",
    "update-organization",
    "approve-access-request",
    // Who belongs to the organization.
    "create-identity-provider",
    "update-identity-provider",
    "delete-identity-provider",
    "create-user",
    "resend-user-invitation",
    "update-user-role",
    "delete-user",
    // Who is told what happens.
    "create-webhook",
    "update-webhook",
    "rotate-webhook-secret",
    "delete-webhook",
];

/// Whether an operation asks for a fresh proof.
pub fn is_sensitive(operation: &str) -> bool {
    SENSITIVE.contains(&operation)
}

/// Whether a session that was confirmed until then still is.
pub fn is_confirmed(until: Timestamp, now: Timestamp) -> bool {
    now < until
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_organization_is_open_without_a_second_step() {
        assert!(is_open_without_second_factor("confirm-second-factor"));
        for closed in ["list-instances", "set-password", "create-access-token", "stream"] {
            assert!(!is_open_without_second_factor(closed), "{closed}");
        }
    }

    #[test]
    fn a_passkey_is_a_second_step_of_a_person_but_not_of_a_session_that_a_password_began() {
        let passkey = SecondSteps { passkey: true, ..SecondSteps::default() };
        assert_eq!(passkey.all(), [SecondStep::Passkey]);
        assert!(passkey.any() && passkey.shown(true) && !passkey.shown(false));
        for asked in
            [SecondSteps { app: true, ..passkey }, SecondSteps { provider: true, ..passkey }]
        {
            assert!(asked.any() && asked.shown(false));
        }
        assert!(!SecondSteps::default().any());
    }

    #[test]
    fn only_the_last_step_stays_and_only_where_one_is_demanded() {
        let none = SecondSteps::default();
        assert!(none.may_be_left(false) && !none.may_be_left(true));
        for left in [
            SecondSteps { app: true, ..none },
            SecondSteps { passkey: true, ..none },
            SecondSteps { provider: true, ..none },
        ] {
            assert!(left.may_be_left(true) && left.may_be_left(false), "{left:?}");
        }
    }

    #[test]
    fn a_password_proves_as_much_as_it_signs_in() {
        let nothing = SecondSteps::default();
        let (app, passkey) =
            (SecondSteps { app: true, ..nothing }, SecondSteps { passkey: true, ..nothing });
        assert!(nothing.password_proves(false) && nothing.password_proves(true));
        assert!(passkey.password_proves(false) && !passkey.password_proves(true));
        assert!(!app.password_proves(false) && !app.password_proves(true));
    }

    #[test]
    fn a_proof_counts_for_ten_minutes_and_not_an_instant_longer() {
        let proven = Timestamp::from_unix_seconds(1_000);
        let until = proven.plus(CONFIRMED_FOR);
        let last = Timestamp(until.0 - 1);
        assert_eq!(until, Timestamp::from_unix_seconds(1_600));
        assert!(is_confirmed(until, last) && !is_confirmed(until, until));
    }

    #[test]
    fn what_helps_against_a_thief_stays_quick() {
        for quick in
            ["delete-session", "delete-api-key", "delete-access-token", "revoke-access-grant"]
        {
            assert!(!is_sensitive(quick), "{quick}");
        }
    }

    #[test]
    fn what_gets_into_an_instance_is_not_asked_for_in_one_of_its_ways_only() {
        let ways = ["reset-instance-password", "reveal-instance-password", "reset-instance"];
        assert!(ways.into_iter().all(|way| !is_sensitive(way)));
    }
}
