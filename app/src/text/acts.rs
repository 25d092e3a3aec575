//! What is done at once and is no task, in words, for the audit trail. Tasks have theirs in `operations`.

use super::Text;

texts! {
    UPDATE_ORGANIZATION "Change the organization's settings" "Einstellungen der Organisation ändern";
    CREATE_AUDIT_EXPORT "Make a file of the audit trail" "Datei des Prüfprotokolls erzeugen";
    CREATE_WEBHOOK "Create webhook" "Webhook erstellen";
    UPDATE_WEBHOOK "Change webhook" "Webhook ändern";
    ROTATE_WEBHOOK_SECRET "Give a webhook a new secret" "Webhook ein neues Geheimnis geben";
    TEST_WEBHOOK "Test webhook" "Webhook testen";
    REDELIVER_WEBHOOK "Send an event again" "Ereignis erneut senden";
    DELETE_WEBHOOK "Delete webhook" "Webhook löschen";
    ASSUME_IAM_ROLE "Assume role" "Rolle annehmen";
    REQUEST_ACCESS "Request access" "Zugriff anfragen";
    APPROVE_ACCESS_REQUEST "Approve access" "Zugriff gewähren";
    REFUSE_ACCESS_REQUEST "Refuse access" "Zugriff ablehnen";
    WITHDRAW_ACCESS_REQUEST "Withdraw a request for access" "Zugriffsanfrage zurückziehen";
    REVOKE_ACCESS_GRANT "Revoke access" "Zugriff widerrufen";
    CREATE_API_KEY "Create API key" "API-Schlüssel erstellen";
    ROTATE_API_KEY "Rotate API key" "API-Schlüssel erneuern";
    CREATE_ACCESS_TOKEN "Create access token" "Zugriffstoken erstellen";
    DELETE_ACCESS_TOKEN "Revoke access token" "Zugriffstoken widerrufen";
    CREATE_IDENTITY_PROVIDER "Set up single sign-on" "Single Sign-on einrichten";
    UPDATE_IDENTITY_PROVIDER "Change single sign-on" "Single Sign-on ändern";
    DELETE_IDENTITY_PROVIDER "Turn single sign-on off" "Single Sign-on ausschalten";
    CREATE_SESSION "Sign in" "Anmelden";
    COMPLETE_SINGLE_SIGN_ON "Sign in by single sign-on" "Mit Single Sign-on anmelden";
    CREATE_PASSKEY_SESSION "Sign in with a passkey" "Mit Passkey anmelden";
    REDEEM_SIGN_IN_LINK "Sign in by a link" "Mit Link anmelden";
    ACCEPT_INVITATION "Accept an invitation" "Einladung annehmen";
    REQUEST_PASSWORD_RESET "Ask for a new password" "Neues Passwort anfordern";
    RESET_PASSWORD "Set a forgotten password" "Vergessenes Passwort neu setzen";
    SET_PASSWORD "Set password" "Passwort setzen";
    DELETE_SESSION "Sign out" "Abmelden";
    CONFIRM_SESSION "Prove who is there" "Nachweisen, wer da ist";
    SWITCH_ORGANIZATION "Change to another organization" "Zu anderer Organisation wechseln";
    BEGIN_SECOND_FACTOR "Begin two-step sign-in" "Zweistufige Anmeldung beginnen";
    CONFIRM_SECOND_FACTOR "Turn two-step sign-in on" "Zweistufige Anmeldung einschalten";
    RENEW_RECOVERY_CODES "Make new recovery codes" "Neue Wiederherstellungscodes erzeugen";
    REMOVE_SECOND_FACTOR "Turn two-step sign-in off" "Zweistufige Anmeldung ausschalten";
    CREATE_PASSKEY "Make a passkey" "Passkey erstellen";
    DELETE_PASSKEY "Delete passkey" "Passkey löschen";
    CREATE_SAVED_VIEW "Save view" "Ansicht speichern";
    UPDATE_SAVED_VIEW "Change view" "Ansicht ändern";
    DELETE_SAVED_VIEW "Delete view" "Ansicht löschen";
    UPDATE_PREFERENCES "Change preferences" "Vorlieben ändern";
    CREATE_SIGN_IN_LINK "Make a link to sign in" "Anmeldelink erzeugen";
    UPDATE_QUOTA "Change a quota" "Kontingent ändern";
    /// What the platform writes when work has ended.
    COMPLETE_OPERATION "Operation ended" "Vorgang beendet";
}

/// What is called so; `None` for what only reads, or is a task.
pub fn name(operation: &str) -> Option<Text> {
    Some(match operation {
        "update-organization" => UPDATE_ORGANIZATION,
        "create-audit-export" => CREATE_AUDIT_EXPORT,
        "create-webhook" => CREATE_WEBHOOK,
        "update-webhook" => UPDATE_WEBHOOK,
        "rotate-webhook-secret" => ROTATE_WEBHOOK_SECRET,
        "test-webhook" => TEST_WEBHOOK,
        "redeliver-webhook" => REDELIVER_WEBHOOK,
        "delete-webhook" => DELETE_WEBHOOK,
        "assume-iam-role" => ASSUME_IAM_ROLE,
        "request-access" => REQUEST_ACCESS,
        "approve-access-request" => APPROVE_ACCESS_REQUEST,
        "refuse-access-request" => REFUSE_ACCESS_REQUEST,
        "withdraw-access-request" => WITHDRAW_ACCESS_REQUEST,
        "revoke-access-grant" => REVOKE_ACCESS_GRANT,
        "create-api-key" => CREATE_API_KEY,
        "rotate-api-key" => ROTATE_API_KEY,
        "create-access-token" => CREATE_ACCESS_TOKEN,
        "delete-access-token" => DELETE_ACCESS_TOKEN,
        "create-identity-provider" => CREATE_IDENTITY_PROVIDER,
        "update-identity-provider" => UPDATE_IDENTITY_PROVIDER,
        "delete-identity-provider" => DELETE_IDENTITY_PROVIDER,
        "create-session" => CREATE_SESSION,
        "complete-single-sign-on" => COMPLETE_SINGLE_SIGN_ON,
        "create-passkey-session" => CREATE_PASSKEY_SESSION,
        "redeem-sign-in-link" => REDEEM_SIGN_IN_LINK,
        "accept-invitation" => ACCEPT_INVITATION,
        "request-password-reset" => REQUEST_PASSWORD_RESET,
        "reset-password" => RESET_PASSWORD,
        "set-password" => SET_PASSWORD,
        "delete-session" => DELETE_SESSION,
        "confirm-session" => CONFIRM_SESSION,
        "switch-organization" => SWITCH_ORGANIZATION,
        "begin-second-factor" => BEGIN_SECOND_FACTOR,
        "confirm-second-factor" => CONFIRM_SECOND_FACTOR,
        "renew-recovery-codes" => RENEW_RECOVERY_CODES,
        "create-sign-in-link" => CREATE_SIGN_IN_LINK,
        "update-quota" => UPDATE_QUOTA,
        "remove-second-factor" => REMOVE_SECOND_FACTOR,
        "create-passkey" => CREATE_PASSKEY,
        "delete-passkey" => DELETE_PASSKEY,
        "create-saved-view" => CREATE_SAVED_VIEW,
        "update-saved-view" => UPDATE_SAVED_VIEW,
        "delete-saved-view" => DELETE_SAVED_VIEW,
        "update-preferences" => UPDATE_PREFERENCES,
        "complete-operation" => COMPLETE_OPERATION,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn everything_that_is_done_at_once_has_a_name() {
        for endpoint in api::ENDPOINTS.iter().filter(|e| e.kind == api::Kind::Write) {
            assert!(super::name(endpoint.operation).is_some(), "{}", endpoint.operation);
        }
    }
}
