//! Finding and doing: the page that finds without scripts what the palette finds with them.

pub mod acts;
pub mod found;
mod page;
pub mod typed;

pub use page::Search;
