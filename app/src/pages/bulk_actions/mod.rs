//! Bulk actions: how far one is, and what has become of each instance.

mod detail;
mod items;

pub use detail::Detail;
