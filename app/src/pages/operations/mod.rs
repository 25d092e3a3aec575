//! Operations: the list, and one line of it for tray and home.

mod line;
mod list;
mod question;
mod row;

pub use line::{Line, name};
pub use list::List;
