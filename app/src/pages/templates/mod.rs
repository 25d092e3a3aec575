//! Templates: the list, and one of them with the questions before it is changed.

mod delete;
mod detail;
mod edit;
mod list;
mod one;
mod question;
mod users;

pub use list::List;
pub use one::One;
