//! What can be asked of a find now, by the names of the operations: as far as its state permits and
//! the policies allow.

use crate::{call::Call, error::Result, instances::InstanceRow};
use api::SearchHit;
use domain::{
    instance::Verb, operation::OperationState, search::SearchKind, snapshot::SnapshotState,
};

/// The operation behind each verb; the usual ones first.
const VERBS: [(Verb, &str); 13] = [
    (Verb::Start, "start-instance"),
    (Verb::Stop, "stop-instance"),
    (Verb::Reboot, "reboot-instance"),
    (Verb::CreateSnapshot, "create-snapshot"),
    (Verb::ResetPassword, "reset-instance-password"),
    (Verb::Scale, "scale-instance"),
    (Verb::ResizeDisk, "resize-instance-disk"),
    (Verb::Update, "update-instance"),
    (Verb::RevertSnapshot, "revert-instance-to-snapshot"),
    (Verb::Reset, "reset-instance"),
    (Verb::SoftDelete, "soft-delete-instance"),
    (Verb::Recover, "recover-instance"),
    (Verb::Delete, "delete-instance"),
];

/// Takes away what the policies refuse, of what is shown.
pub async fn as_far_as_allowed(call: &Call, hit: &mut SearchHit) -> Result<()> {
    let of = [("id", &*hit.id), ("instance-id", &*hit.id), ("name", &*hit.id)];
    let mut allowed = Vec::with_capacity(hit.can.len());
    for operation in std::mem::take(&mut hit.can) {
        if call.may(&operation, &of).await? {
            allowed.push(operation);
        }
    }
    hit.can = allowed;
    Ok(())
}

/// What its state permits.
pub fn instance(row: &InstanceRow) -> Vec<String> {
    let situation = row.situation();
    let now = VERBS.iter().filter(|(verb, _)| situation.permits(*verb).is_ok());
    now.map(|(_, operation)| (*operation).to_owned()).collect()
}

/// Of everything but instances. `own`: it is not the platform's.
pub fn other(kind: SearchKind, state: &str, own: bool) -> Vec<String> {
    let snapshot: Option<SnapshotState> = state.parse().ok();
    let usable = snapshot.is_some_and(SnapshotState::is_usable);
    let moving = snapshot.is_some_and(SnapshotState::is_moving);
    let failed = [OperationState::Failure, OperationState::Timeout].map(OperationState::as_str);
    let now: &[&str] = match kind {
        SearchKind::Template if own => &["create-instance", "update-template", "delete-template"],
        SearchKind::Template => &["create-instance"],
        SearchKind::Snapshot if usable => &[
            "revert-instance-to-snapshot",
            "promote-snapshot-to-template",
            "export-snapshot",
            "delete-snapshot",
        ],
        SearchKind::Snapshot if !moving => &["delete-snapshot"],
        SearchKind::SavedView => &["update-saved-view", "delete-saved-view"],
        SearchKind::SshKey => &["delete-ssh-key"],
        SearchKind::ApiKey => &["delete-api-key"],
        SearchKind::Operation if failed.contains(&state) => &["retry-operation"],
        _ => &[],
    };
    now.iter().map(|operation| (*operation).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_has_its_operation() {
        for verb in Verb::ALL {
            assert!(VERBS.iter().any(|(of, _)| of == verb), "{verb}");
        }
        for (verb, operation) in VERBS {
            assert!(api::find(operation).is_some(), "{verb}");
        }
    }
}
