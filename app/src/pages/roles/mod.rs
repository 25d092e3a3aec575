//! Roles: the list, a new one, and one of them with its forms and questions.

mod assume;
mod assuming;
mod create;
mod delete;
mod detail;
mod edit;
mod list;
mod one;
mod permissions;
mod policy;
mod users;

pub use create::Create;
pub use list::List;
pub use one::One;

use crate::text::{Text, roles as text};
use api::IamRole;

/// Whether it is one that every organization has, and nobody changes.
fn is_of_platform(role: &IamRole) -> bool {
    role.of_platform == Some(true)
}

/// What kind of role it is.
fn kind(role: &IamRole) -> Text {
    match (is_of_platform(role), role.editable) {
        (true, _) => text::OF_PLATFORM,
        (false, true) => text::CUSTOM,
        (false, false) => text::FIXED,
    }
}

/// Why its description and labels can't be changed.
fn no_edit(role: &IamRole) -> Option<Text> {
    is_of_platform(role).then_some(text::OF_PLATFORM_REASON)
}

/// Why nobody can assume it.
fn no_assume(role: &IamRole) -> Option<Text> {
    let rules = role.assume_role_policy.as_ref().map_or(0, |policy| policy.rules.len());
    (rules == 0).then_some(text::ASSUME_NO_RULES)
}

/// Why its policy can't be changed.
fn no_policy_edit(role: &IamRole) -> Option<Text> {
    no_edit(role).or((!role.editable).then_some(text::FIXED_REASON))
}
