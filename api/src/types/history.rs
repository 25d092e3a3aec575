//! What became of things between two instants.

use super::FieldChange;
use domain::{Timestamp, history::Became};

wire! {
    #[derive(Default)]
    pub struct ListResourceChanges {
        /// Default: a day before the other one, or the earliest that is known.
        pub from: Option<Timestamp>,
        /// Default: now.
        pub to: Option<Timestamp>,
        /// Only things of this kind: `instance`.
        pub kind: Option<String>,
        pub limit: Option<i64>,
        pub cursor: Option<String>,
    }

    pub struct ResourceChanges {
        pub from: Timestamp,
        pub to: Timestamp,
        /// By kind and id. A page may have fewer than were asked for, and there may still be a next one.
        pub resource_changes: Vec<ResourceChange>,
    }

    /// What became of one thing.
    pub struct ResourceChange {
        /// `instance`
        pub kind: String,
        /// The id, or the name of what goes by name.
        pub id: String,
        /// As it is called at the second instant, or was at the first.
        pub name: Option<String>,
        pub became: Became,
        /// Of what was changed: what each field was and what it became, without secrets.
        pub fields: Vec<FieldChange>,
        /// The events behind it, the newest last; empty for who may not read the audit trail, and for
        /// what the platform does by itself.
        pub events: Vec<ChangeEvent>,
    }

    pub struct ChangeEvent {
        /// Position in the organization's audit trail.
        pub sequence: i64,
        pub at: Timestamp,
        pub operation: String,
        pub actor: String,
    }
}
