//! Forms that forgive: what was typed and is back, two people at once, undo.

use super::{
    Text, common, instance, instances, organization, policy, roles, saved_views, templates,
    webhooks,
};

texts! {
    CHANGED "Somebody changed this since you opened it." "Das wurde inzwischen geändert.";
    CHANGED_BY "{who} changed this since you opened it." "{who} hat das inzwischen geändert.";
    MERGE_CHECK "Their change is taken over below, and yours is kept. Nothing is saved yet: look at it, then save again." "Diese Änderung ist unten übernommen, die eigene bleibt erhalten. Noch ist nichts gespeichert: ansehen und erneut speichern.";
    MERGE_CHOOSE "Nothing is saved yet. Choose what stays where both of you changed the same, then save again." "Noch ist nichts gespeichert. Wo beide dasselbe geändert haben, wählen, was bleibt, und erneut speichern.";
    WAS "When you opened it" "Beim Öffnen";
    YOURS "Yours" "Eigener Wert";
    THEIRS "Theirs" "Wert der anderen Person";
    TAKEN_OVER "Theirs, taken over" "Übernommen";
    EMPTY "(empty)" "(leer)";
    BACK "What you typed on {when} is back." "Die Eingaben vom {when} sind wieder da.";
    NOT_SECRETS "Secrets are never kept: type them again." "Geheimes wird nie aufbewahrt und ist neu einzugeben.";
    AFRESH "Start afresh" "Neu beginnen";
    KEPT "Unsaved changes of “{name}” were kept." "Nicht gespeicherte Änderungen an „{name}“ sind aufbewahrt.";
    GIVE_BACK "Give back" "Zurückholen";
    AWAY "Everything you typed stays. Waiting for the server…" "Alle Eingaben bleiben erhalten. Warten auf den Server …";
    REACHABLE "The server can be reached again. Sending again can't do it twice." "Der Server ist wieder erreichbar. Erneutes Senden führt nichts doppelt aus.";
    SEND_AGAIN "Send again" "Erneut senden";
    OUT "Your session has ended, and everything you typed stays. Sign in in a new tab, come back and send again." "Die Sitzung ist abgelaufen, alle Eingaben bleiben erhalten. In einem neuen Tab anmelden, zurückkommen und erneut senden.";
    OUT_HERE "If you sign in here, what you typed comes back, except secrets." "Nach dem Anmelden hier sind die Eingaben wieder da, außer Geheimem.";
    SIGN_IN_TAB "Sign in in a new tab" "In neuem Tab anmelden";
    SIGN_IN_HERE "Sign in here" "Hier anmelden";
    UNDO "Undo" "Rückgängig";
    SECONDS "{count} s" "{count} s";
    UNDO_HINT "Undo is possible for {count} seconds, also with Ctrl+Z." "Rückgängig machen geht {count} Sekunden lang, auch mit Strg+Z.";
    UNDOING "Being undone…" "Wird rückgängig gemacht …";
    UNDO_WAITS "Undo waits until what is going on has ended." "Rückgängig wartet, bis der laufende Vorgang beendet ist.";
    UNDONE "Undone: {what}" "Rückgängig gemacht: {what}";
    TOO_LATE "It was changed since, so it can't be undone any more." "Es wurde seither geändert und lässt sich nicht mehr rückgängig machen.";
    NOT_SENT "The server could not be reached. Try undoing it again." "Der Server war nicht erreichbar. Rückgängig erneut versuchen.";
    DONE_START "Start of {name} requested" "Start von {name} angefordert";
    DONE_STOP "Stop of {name} requested" "Stopp von {name} angefordert";
    DONE_SOFT_DELETE "Deletion of {name} requested" "Löschen von {name} angefordert";
    DONE_RECOVER "Recovery of {name} requested" "Wiederherstellung von {name} angefordert";
    DONE_SCALE "Change of type of {name} requested" "Typwechsel von {name} angefordert";
    DONE_CHANGED "{name} changed" "{name} geändert";
    DONE_CREATED "{name} created" "{name} erstellt";
    DONE_DELETED "{name} deleted" "{name} gelöscht";
    DONE_POLICY "Policy of the organization changed" "Richtlinie der Organisation geändert";
    DONE_COLUMNS "Columns changed" "Spalten geändert";
}

/// What a form's field is called.
pub fn field(name: &str) -> Text {
    match name.split([':', '.']).next().unwrap_or_default() {
        "name" => common::NAME,
        "labels" => instances::LABELS,
        "user-data" => instance::USER_DATA,
        "description" => templates::DESCRIPTION,
        // The whole is one field.
        "" => policy::POLICY,
        "permissions" => roles::PERMISSIONS,
        "assume-role-policy" => roles::ASSUME_RULES,
        "max-session-ttl" => roles::ASSUME_TTL,
        "url" => webhooks::URL,
        "filter" => webhooks::TOLD,
        "query" => saved_views::QUERY,
        "instance-recovery-hours" => organization::RECOVERY_IN_HOURS,
        "api-call-days" => organization::CALL_DAYS,
        "history-days" => organization::HISTORY_DAYS,
        "second-factor-required" => organization::SECOND_FACTOR,
        _ => saved_views::SHARED,
    }
}

/// What was done by an operation that can be taken back.
pub fn done(operation: &str) -> Text {
    match operation {
        "start-instance" => DONE_START,
        "stop-instance" => DONE_STOP,
        "soft-delete-instance" => DONE_SOFT_DELETE,
        "recover-instance" => DONE_RECOVER,
        "scale-instance" => DONE_SCALE,
        "update-iam-organization-policy" => DONE_POLICY,
        "update-preferences" => DONE_COLUMNS,
        made if made.starts_with("create-") => DONE_CREATED,
        gone if gone.starts_with("delete-") => DONE_DELETED,
        _ => DONE_CHANGED,
    }
}
