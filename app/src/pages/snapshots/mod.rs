//! Snapshots: of all instances, and a row of one wherever it is shown.

mod actions;
mod list;
mod question;
mod row;

pub use list::List;
pub use row::SnapshotRow;
