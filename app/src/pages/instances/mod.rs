//! Instances: list, create, detail with its tabs, and the questions before acts.

mod ask;
mod bulk;
pub mod cost;
mod create;
mod detail;
mod list;
mod may;
mod recovery;
mod state;

pub use ask::Ask;
pub use bulk::{Bulk, filter_fields, hidden, listed};
pub use create::Create;
pub use detail::Detail;
pub use list::{
    Code as ListCode, List,
    columns::{label as column_label, shown as columns_shown},
};
pub use state::State;
