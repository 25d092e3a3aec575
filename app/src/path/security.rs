//! Addresses of one's own sign-in: what it takes, and where one is signed in.

use super::with_query;
use std::fmt::Display;

/// How one signs in, and where one is signed in.
pub fn security() -> String {
    "/security".to_owned()
}

/// What is asked about signing in, on a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    SetUp,
    Codes,
    Remove,
    Confirm,
    DeletePasskey,
}

impl Security {
    pub const ALL: [Security; 5] = [
        Security::SetUp,
        Security::Codes,
        Security::Remove,
        Security::Confirm,
        Security::DeletePasskey,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Security::SetUp => "two-step",
            Security::Codes => "recovery-codes",
            Security::Remove => "turn-off",
            Security::Confirm => "confirm",
            Security::DeletePasskey => "delete-passkey",
        }
    }
}

pub fn security_act(act: Security) -> String {
    format!("/security/{}", act.as_str())
}

/// The question before a passkey is deleted.
pub fn passkey_delete(id: impl Display) -> String {
    with_query(security_act(Security::DeletePasskey), &[("id", &id.to_string())])
}

/// Where two-step sign-in is set up, and where to go afterwards.
pub fn set_up_then(destination: &str) -> String {
    with_query(security_act(Security::SetUp), &[("return", destination)])
}

/// Where one proves who one is, and the page that this is for.
pub fn confirm_then(destination: &str) -> String {
    with_query(security_act(Security::Confirm), &[("return", destination)])
}
