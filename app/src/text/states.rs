//! Words for states.

use super::Text;
use domain::{instance::InstanceState, operation::OperationState, snapshot::SnapshotState};

texts! {
    STARTING "Starting" "Startet";
    RUNNING "Running" "Läuft";
    STOPPING "Stopping" "Hält an";
    STOPPED "Stopped" "Angehalten";
    ERROR "Error" "Fehler";
    DELETING "Deleting" "Wird gelöscht";
    DELETED "Deleted" "Gelöscht";
    MIGRATING "Migrating" "Zieht um";
    PENDING "Running" "Läuft";
    SUCCESS "Done" "Erledigt";
    FAILURE "Failed" "Fehlgeschlagen";
    TIMEOUT "Timed out" "Zeit abgelaufen";
    SNAPSHOTTING "Being taken" "Wird erstellt";
    READY "Ready" "Bereit";
    EXPORTING "Exporting" "Wird exportiert";
    EXPORTED "Exported" "Exportiert";
}

pub fn instance(state: InstanceState) -> Text {
    match state {
        InstanceState::Starting => STARTING,
        InstanceState::Running => RUNNING,
        InstanceState::Stopping => STOPPING,
        InstanceState::Stopped => STOPPED,
        InstanceState::Error => ERROR,
        InstanceState::Destroying | InstanceState::Expunging => DELETING,
        InstanceState::Destroyed => DELETED,
        InstanceState::Migrating => MIGRATING,
    }
}

pub fn operation(state: OperationState) -> Text {
    match state {
        OperationState::Pending => PENDING,
        OperationState::Success => SUCCESS,
        OperationState::Failure => FAILURE,
        OperationState::Timeout => TIMEOUT,
    }
}

pub fn snapshot(state: SnapshotState) -> Text {
    match state {
        SnapshotState::Snapshotting => SNAPSHOTTING,
        SnapshotState::Ready => READY,
        SnapshotState::Exporting => EXPORTING,
        SnapshotState::Exported => EXPORTED,
        SnapshotState::Deleting => DELETING,
        SnapshotState::Deleted => DELETED,
        SnapshotState::Error => ERROR,
    }
}
