//! Policies, as roles and the organization have them: shown in one line and readably, and edited.

mod complete;
mod editor;
mod form;
mod one_rule;
mod rule;
mod service;
mod shown;
mod summary;
mod validity;
mod would_change;

pub use form::PolicyForm;
pub use one_rule::OneRule;
pub use shown::{Rules, Says, Shown};
pub use summary::summary;
pub use validity::{Validity, Verdict};
