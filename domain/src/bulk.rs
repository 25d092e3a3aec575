//! Bulk actions: one verb asked of many instances, and what becomes of each.

use crate::{
    instance::{InstanceState, Verb},
    operation::OperationState,
};

/// Instances that one bulk action takes at most.
pub const ITEMS_MAX: i64 = 10_000;

text_enum! {
    /// What can be asked of many instances at once, by the name of the operation that does it to one.
    pub enum BulkVerb {
        Start = "start-instance",
        Stop = "stop-instance",
        Reboot = "reboot-instance",
        SoftDelete = "soft-delete-instance",
        Recover = "recover-instance",
        Delete = "delete-instance",
    }
}

impl BulkVerb {
    /// The same, asked of one.
    pub fn verb(self) -> Verb {
        match self {
            BulkVerb::Start => Verb::Start,
            BulkVerb::Stop => Verb::Stop,
            BulkVerb::Reboot => Verb::Reboot,
            BulkVerb::SoftDelete => Verb::SoftDelete,
            BulkVerb::Recover => Verb::Recover,
            BulkVerb::Delete => Verb::Delete,
        }
    }

    /// The state it leads to when all goes well.
    pub fn ends_as(self) -> InstanceState {
        match self {
            BulkVerb::Start | BulkVerb::Reboot => InstanceState::Running,
            BulkVerb::Stop | BulkVerb::Recover => InstanceState::Stopped,
            BulkVerb::SoftDelete => InstanceState::Destroyed,
            BulkVerb::Delete => InstanceState::Expunging,
        }
    }
}

text_enum! {
    /// What has become of one instance of a bulk action.
    pub enum BulkItemState {
        Queued = "queued",
        Running = "running",
        Done = "done",
        Failed = "failed",
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What is written down of an item: from `accepted` on its operation tells the rest.
    pub enum Asked {
        Queued = "queued",
        Accepted = "accepted",
        Refused = "refused",
        Cancelled = "cancelled",
    }
}

impl BulkItemState {
    /// What was written down, and how the operation of an accepted item is doing.
    pub fn of(asked: Asked, operation: Option<OperationState>) -> BulkItemState {
        match (asked, operation) {
            (Asked::Queued, _) => BulkItemState::Queued,
            (Asked::Refused, _) => BulkItemState::Failed,
            (Asked::Cancelled, _) => BulkItemState::Cancelled,
            (Asked::Accepted, Some(OperationState::Success)) => BulkItemState::Done,
            (Asked::Accepted, Some(OperationState::Failure | OperationState::Timeout)) => {
                BulkItemState::Failed
            }
            (Asked::Accepted, _) => BulkItemState::Running,
        }
    }

    /// Nothing more will happen to it unless it is asked for again.
    pub fn is_over(self) -> bool {
        !matches!(self, BulkItemState::Queued | BulkItemState::Running)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accepted_item_is_what_its_operation_is() {
        use BulkItemState::*;
        for (asked, operation, expected) in [
            (Asked::Queued, None, Queued),
            (Asked::Refused, None, Failed),
            (Asked::Cancelled, None, Cancelled),
            (Asked::Accepted, Some(OperationState::Pending), Running),
            (Asked::Accepted, Some(OperationState::Success), Done),
            (Asked::Accepted, Some(OperationState::Failure), Failed),
        ] {
            assert_eq!(BulkItemState::of(asked, operation), expected);
        }
        let over = BulkItemState::ALL.iter().filter(|state| state.is_over()).count();
        assert_eq!(over, 3);
    }

    #[test]
    fn a_verb_is_named_by_its_operation() {
        for verb in BulkVerb::ALL {
            assert_eq!(verb.as_str(), format!("{}-instance", verb.verb().as_str()));
        }
    }
}
