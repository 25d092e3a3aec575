//! The rules of the platform, as functions from values to values.
//!
//! Nothing here reads a clock, a random source, a file or a database: what a rule needs is given
//! to it. That is why the portal may ask the same question as the server ("may this instance be
//! started?") and get the same answer, and why every rule is tested without setting anything up.

#[macro_use]
mod text_enum;

pub mod assurance;
pub mod audit;
pub mod bulk;
pub mod format;
pub mod history;
pub mod iam;
pub mod id;
pub mod instance;
pub mod instance_type;
pub mod labels;
pub mod list;
pub mod money;
pub mod name;
pub mod operation;
pub mod price;
pub mod quota;
pub mod realm;
pub mod search;
pub mod single_sign_on;
pub mod snapshot;
pub mod ssh_key;
pub mod template;
pub mod timestamp;
pub mod tokens;
pub mod user_data;
pub mod webhook;

#[cfg(feature = "catalogue")]
pub mod catalogue;

pub use id::*;
pub use timestamp::Timestamp;
