//! The people of an organization: the list, inviting, another role, and the question before somebody
//! is removed.

mod invite;
mod list;
mod one;

pub use list::List;
pub use one::One;

/// The name of the role that every organization has and somebody must have.
const OWNER: &str = "Owner";
