//! Operations: what was asked for and how far it is.

use super::Text;
use domain::operation::Reason;

texts! {
    TITLE "Operations" "Vorgänge";
    LEAD "Everything that takes time, the newest first." "Alles, was Zeit braucht; das Neueste zuerst.";
    OPERATION "Operation" "Vorgang";
    SUBJECT "Works on" "Betrifft";
    ACTOR "Asked by" "Angefordert von";
    STARTED "When" "Wann";
    DURATION "Took" "Dauer";
    REQUEST "Request" "Anfrage";
    FILTERS "Filter operations" "Vorgänge filtern";
    SEARCH "What it works on, or ID" "Was es betrifft, oder ID";
    RETRY_REQUESTED "Asked for again" "Erneut angefordert";
    CANCELLED "Cancelled" "Abgebrochen";
    WAITS "Not begun. If it is cancelled, {name} stays as it was." "Noch nicht begonnen. Nach dem Abbrechen ist {name} wie zuvor.";
    WAITS_TO_MAKE "Not begun. If it is cancelled, nothing is made." "Noch nicht begonnen. Nach dem Abbrechen entsteht nichts.";
    TOTAL "{shown} of {total}" "{shown} von {total}";
    TOTAL_CAPPED "{shown} of more than {total}" "{shown} von mehr als {total}";
    EMPTY "Nothing has been done yet" "Noch ist nichts geschehen";
    EMPTY_NEXT "What you create, change or delete is listed here, with how far it is and why it failed, if it did." "Was erstellt, geändert oder gelöscht wird, steht hier, samt Fortschritt und Grund eines Scheiterns.";
    ATTEMPT "Try {number}" "Versuch {number}";
    AT_ONCE "at once" "sofort";
    SECONDS "{seconds} s" "{seconds} s";
    MINUTES "{minutes} min {seconds} s" "{minutes} min {seconds} s";
    STEP_CREATE "Making it" "Wird angelegt";
    STEP_BOOT "Starting up" "Fährt hoch";
    STEP_RUN "Working" "In Arbeit";
    STEP_HALT "Shutting down" "Fährt herunter";
    STEP_CHANGE "Changing the disk" "Datenträger wird geändert";
    STEP_PUBLISH "Making the template" "Vorlage entsteht";
    REASON_BUSY "Busy" "Belegt";
    REASON_CONFLICT "Conflict" "Konflikt";
    REASON_FAULT "Fault" "Störung";
    REASON_FORBIDDEN "Not allowed" "Nicht erlaubt";
    REASON_INCORRECT "Incorrect" "Fehlerhaft";
    REASON_INTERRUPTED "Interrupted" "Unterbrochen";
    REASON_NOT_FOUND "Not found" "Nicht gefunden";
    REASON_PARTIAL "Partly done" "Teilweise erledigt";
    REASON_UNAVAILABLE "Unavailable" "Nicht verfügbar";
    REASON_UNKNOWN "Unknown" "Unbekannt";
    REASON_UNSUPPORTED "Not supported" "Nicht unterstützt";
    CREATE_LIST_EXPORT "Export list" "Liste exportieren";
    CREATE_INSTANCE "Create instance" "Instanz erstellen";
    UPDATE_INSTANCE "Update instance" "Instanz ändern";
    DELETE_INSTANCE "Delete instance" "Instanz löschen";
    SOFT_DELETE_INSTANCE "Delete instance, recoverable" "Instanz löschen, wiederherstellbar";
    RECOVER_INSTANCE "Recover instance" "Instanz wiederherstellen";
    START_INSTANCE "Start instance" "Instanz starten";
    STOP_INSTANCE "Stop instance" "Instanz anhalten";
    REBOOT_INSTANCE "Reboot instance" "Instanz neu starten";
    RESET_INSTANCE "Reset instance" "Instanz zurücksetzen";
    RESET_INSTANCE_FIELD "Empty a field" "Feld leeren";
    SCALE_INSTANCE "Scale instance" "Instanz skalieren";
    RESIZE_INSTANCE_DISK "Grow disk" "Datenträger vergrößern";
    ADD_PROTECTION "Protect instance" "Instanz schützen";
    REMOVE_PROTECTION "Remove protection" "Schutz aufheben";
    RESET_PASSWORD "Reset password" "Passwort zurücksetzen";
    REVERT "Revert to snapshot" "Auf Snapshot zurücksetzen";
    CREATE_SNAPSHOT "Create snapshot" "Snapshot erstellen";
    DELETE_SNAPSHOT "Delete snapshot" "Snapshot löschen";
    EXPORT_SNAPSHOT "Export snapshot" "Snapshot exportieren";
    PROMOTE_SNAPSHOT "Make template" "Vorlage erstellen";
    UPDATE_TEMPLATE "Update template" "Vorlage ändern";
    DELETE_TEMPLATE "Delete template" "Vorlage löschen";
    REGISTER_SSH_KEY "Register SSH key" "SSH-Schlüssel hinterlegen";
    DELETE_SSH_KEY "Delete SSH key" "SSH-Schlüssel löschen";
    RETRY_OPERATION "Try an operation again" "Vorgang erneut versuchen";
    CANCEL_OPERATION "Cancel an operation" "Vorgang abbrechen";
    CREATE_BULK_ACTION "Bulk action" "Sammelaktion";
    RETRY_BULK_ACTION "Retry bulk action" "Sammelaktion wiederholen";
    CANCEL_BULK_ACTION "Cancel bulk action" "Sammelaktion abbrechen";
    STEP_ASK "Working through the list" "Die Liste wird abgearbeitet";
    DELETE_API_KEY "Revoke API key" "API-Schlüssel widerrufen";
    UPDATE_IAM_ORGANIZATION_POLICY "Change organization policy" "Organisationsrichtlinie ändern";
    RESET_IAM_ORGANIZATION_POLICY "Reset organization policy" "Organisationsrichtlinie zurücksetzen";
    CREATE_IAM_ROLE "Create role" "Rolle erstellen";
    UPDATE_IAM_ROLE "Update role" "Rolle ändern";
    UPDATE_IAM_ROLE_POLICY "Change role policy" "Richtlinie der Rolle ändern";
    DELETE_IAM_ROLE "Delete role" "Rolle löschen";
    CREATE_USER "Invite somebody" "Jemanden einladen";
    UPDATE_USER_ROLE "Give somebody another role" "Jemandem eine andere Rolle geben";
    RESEND_USER_INVITATION "Send an invitation again" "Einladung erneut senden";
    DELETE_USER "Remove somebody" "Jemanden entfernen";
}

/// What an operation is called; `None` for one that has no words yet.
pub fn name(operation: &str) -> Option<Text> {
    Some(match operation {
        "create-instance" => CREATE_INSTANCE,
        "update-instance" => UPDATE_INSTANCE,
        "delete-instance" => DELETE_INSTANCE,
        "soft-delete-instance" => SOFT_DELETE_INSTANCE,
        "recover-instance" => RECOVER_INSTANCE,
        "start-instance" => START_INSTANCE,
        "stop-instance" => STOP_INSTANCE,
        "reboot-instance" => REBOOT_INSTANCE,
        "reset-instance" => RESET_INSTANCE,
        "reset-instance-field" => RESET_INSTANCE_FIELD,
        "scale-instance" => SCALE_INSTANCE,
        "resize-instance-disk" => RESIZE_INSTANCE_DISK,
        "add-instance-protection" => ADD_PROTECTION,
        "remove-instance-protection" => REMOVE_PROTECTION,
        "reset-instance-password" => RESET_PASSWORD,
        "revert-instance-to-snapshot" => REVERT,
        "create-snapshot" => CREATE_SNAPSHOT,
        "delete-snapshot" => DELETE_SNAPSHOT,
        "export-snapshot" => EXPORT_SNAPSHOT,
        "promote-snapshot-to-template" => PROMOTE_SNAPSHOT,
        "update-template" => UPDATE_TEMPLATE,
        "delete-template" => DELETE_TEMPLATE,
        "register-ssh-key" => REGISTER_SSH_KEY,
        "delete-ssh-key" => DELETE_SSH_KEY,
        "retry-operation" => RETRY_OPERATION,
        "cancel-operation" => CANCEL_OPERATION,
        "delete-api-key" => DELETE_API_KEY,
        "update-iam-organization-policy" => UPDATE_IAM_ORGANIZATION_POLICY,
        "reset-iam-organization-policy" => RESET_IAM_ORGANIZATION_POLICY,
        "create-iam-role" => CREATE_IAM_ROLE,
        "update-iam-role" => UPDATE_IAM_ROLE,
        "update-iam-role-policy" => UPDATE_IAM_ROLE_POLICY,
        "delete-iam-role" => DELETE_IAM_ROLE,
        "create-user" => CREATE_USER,
        "update-user-role" => UPDATE_USER_ROLE,
        "resend-user-invitation" => RESEND_USER_INVITATION,
        "delete-user" => DELETE_USER,
        "create-list-export" => CREATE_LIST_EXPORT,
        "create-bulk-action" => CREATE_BULK_ACTION,
        "retry-bulk-action" => RETRY_BULK_ACTION,
        "cancel-bulk-action" => CANCEL_BULK_ACTION,
        _ => return None,
    })
}

/// What a step does; `None` for one that says nothing to people.
pub fn step(step: &str) -> Option<Text> {
    Some(match step {
        "create" => STEP_CREATE,
        "boot" => STEP_BOOT,
        "run" => STEP_RUN,
        "halt" => STEP_HALT,
        "change" => STEP_CHANGE,
        "publish" => STEP_PUBLISH,
        "make-again" => STEP_CREATE,
        "ask" => STEP_ASK,
        _ => return None,
    })
}

/// Why an operation failed.
pub fn reason(reason: Reason) -> Text {
    match reason {
        Reason::Busy => REASON_BUSY,
        Reason::Conflict => REASON_CONFLICT,
        Reason::Fault => REASON_FAULT,
        Reason::Forbidden => REASON_FORBIDDEN,
        Reason::Incorrect => REASON_INCORRECT,
        Reason::Interrupted => REASON_INTERRUPTED,
        Reason::NotFound => REASON_NOT_FOUND,
        Reason::Partial => REASON_PARTIAL,
        Reason::Unavailable => REASON_UNAVAILABLE,
        Reason::Unknown => REASON_UNKNOWN,
        Reason::Unsupported => REASON_UNSUPPORTED,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_task_of_the_contract_has_a_name() {
        for endpoint in api::ENDPOINTS.iter().filter(|e| e.kind == api::Kind::Task) {
            assert!(super::name(endpoint.operation).is_some(), "{}", endpoint.operation);
        }
    }
}
