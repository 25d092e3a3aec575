//! Finding and doing: the search page, the palette, and acts as one types them.

use super::Text;
use domain::search::SearchKind;

texts! {
    TITLE "Search" "Suche";
    FINDER "Search and act (Ctrl K)" "Suchen und handeln (Strg K)";
    LEAD "Anything by name, ID, address or label. With a verb before it, what is done: “stop web-1”." "Alles nach Name, ID, Adresse oder Label. Mit einem Verb die Aktion: „web-1 anhalten“.";
    FIELD "Name, ID, address, label or action" "Name, ID, Adresse, Label oder Aktion";
    RESOURCES "Resources" "Ressourcen";
    PAGES "Pages" "Seiten";
    THIS_PAGE "This page" "Diese Seite";
    RECENT "Recently used" "Zuletzt benutzt";
    EVERYWHERE "Everywhere" "Überall";
    ALL_RESULTS "Show as a page" "Als Seite zeigen";
    PALETTE "Search and act" "Suchen und handeln";
    COUNT "{count} found" "{count} gefunden";
    WAIT "Searching…" "Wird gesucht …";
    MORE "There is more that fits: type more of the name." "Es gibt weitere Treffer: mehr vom Namen eingeben.";
    NOTHING "Nothing found" "Nichts gefunden";
    NOTHING_LEAD "Nothing of this organization that you may see has such a name, ID, address or label." "Nichts Einsehbares in dieser Organisation hat einen solchen Namen, eine solche ID, Adresse oder ein solches Label.";
    START_HERE "What are you looking for?" "Was wird gesucht?";
    START_HERE_LEAD "A name or a part of it, an ID or its first 8 letters, an address, a label such as env=prod." "Ein Name oder ein Teil davon, eine ID oder ihre ersten 8 Zeichen, eine Adresse, ein Label wie env=prod.";
    KIND_INSTANCE "Instance" "Instanz";
    KIND_TEMPLATE "Template" "Vorlage";
    KIND_SNAPSHOT "Snapshot" "Snapshot";
    KIND_VIEW "Saved view" "Gespeicherte Ansicht";
    KIND_SSH_KEY "SSH key" "SSH-Schlüssel";
    KIND_API_KEY "API key" "API-Schlüssel";
    KIND_OPERATION "Operation" "Vorgang";
    KIND_BULK "Bulk action" "Sammelaktion";
    KIND_ORGANIZATION "Organization" "Organisation";
    START "Start {name}" "{name} starten";
    STOP "Stop {name}" "{name} anhalten";
    REBOOT "Reboot {name}" "{name} neustarten";
    SNAPSHOT "Snapshot {name}" "{name} sichern";
    PASSWORD "Reset password of {name}" "Passwort von {name} zurücksetzen";
    SCALE "Scale {name}" "{name} skalieren";
    GROW "Grow disk of {name}" "Datenträger von {name} vergrößern";
    CHANGE "Edit {name}" "{name} bearbeiten";
    REVERT "Revert {name}" "{name} auf Snapshot zurücksetzen";
    RESET "Reset {name}" "{name} zurücksetzen";
    DELETE "Delete {name}" "{name} löschen";
    USE "Create instance from {name}" "Instanz aus {name} erstellen";
    PROMOTE "Promote {name} to a template" "Aus {name} Vorlage erstellen";
    EXPORT "Export {name}" "{name} exportieren";
    REVOKE "Revoke {name}" "{name} widerrufen";
    RETRY "Retry {name}" "{name} wiederholen";
}

/// What a kind is called.
pub fn kind(kind: SearchKind) -> Text {
    match kind {
        SearchKind::Instance => KIND_INSTANCE,
        SearchKind::Template => KIND_TEMPLATE,
        SearchKind::Snapshot => KIND_SNAPSHOT,
        SearchKind::SavedView => KIND_VIEW,
        SearchKind::SshKey => KIND_SSH_KEY,
        SearchKind::ApiKey => KIND_API_KEY,
        SearchKind::Operation => KIND_OPERATION,
        SearchKind::BulkAction => KIND_BULK,
        SearchKind::Organization => KIND_ORGANIZATION,
    }
}
