//! Operations: what was asked for and how far it is.

use super::Text;

texts! {
    TITLE "Operations" "Vorgänge";
    LEAD "Everything that takes time, the newest first." "Alles, was Zeit braucht; das Neueste zuerst.";
    OPERATION "Operation" "Vorgang";
    SUBJECT "Works on" "Betrifft";
    ACTOR "Asked by" "Angefordert von";
    STARTED "Asked" "Angefordert";
    DURATION "Took" "Dauer";
    CREATE_INSTANCE "Create instance" "Instanz erstellen";
    UPDATE_INSTANCE "Update instance" "Instanz ändern";
    DELETE_INSTANCE "Delete instance" "Instanz löschen";
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
    DELETE_API_KEY "Revoke API key" "API-Schlüssel widerrufen";
}

/// What an operation is called; `None` for one that has no words yet.
pub fn name(operation: &str) -> Option<Text> {
    Some(match operation {
        "create-instance" => CREATE_INSTANCE,
        "update-instance" => UPDATE_INSTANCE,
        "delete-instance" => DELETE_INSTANCE,
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
        "delete-api-key" => DELETE_API_KEY,
        _ => return None,
    })
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
