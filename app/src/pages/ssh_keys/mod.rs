//! SSH keys: the list, registering one, and the question before one is forgotten.

mod delete;
mod list;
mod register;

pub use delete::Delete;
pub use list::List;
