//! Bulk actions: all of them, how far one is, and what has become of each instance.

mod detail;
mod items;
mod list;

pub use detail::Detail;
pub use list::List;
