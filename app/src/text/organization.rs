//! What an organization chooses.

texts! {
    TITLE "Organization" "Organisation";
    LEAD "What holds for everybody in it." "Was für alle darin gilt.";
    CURRENCY "Currency" "Währung";
    KEPT "What is kept" "Was aufbewahrt wird";
    CALL_DAYS "Calls that changed nothing, in the audit trail" "Aufrufe, die nichts änderten, im Prüfprotokoll";
    CALL_DAYS_HINT "What changed something stays in the audit trail for ever." "Was etwas änderte, bleibt für immer im Prüfprotokoll.";
    HISTORY_DAYS "The past: what there was, as it was" "Die Vergangenheit: was es gab, wie es war";
    HISTORY_DAYS_HINT "Lists and things can be seen as they were for so long. What a shorter time takes away is lost within minutes and never comes back, also for the API; what there is now and the audit trail stay." "So lange lassen sich Listen und Dinge sehen, wie sie waren. Was eine kürzere Zeit wegnimmt, ist innerhalb von Minuten verloren und kommt nie zurück, auch nicht über die API; was es jetzt gibt und das Prüfprotokoll bleiben.";
    NO_CALLS "not at all" "gar nicht";
    WOULD_REMOVE "{time}: {count} calls would be removed within minutes." "{time}: {count} Aufrufe würden innerhalb von Minuten entfernt.";
    WOULD_REMOVE_MORE "{time}: more than {count} calls would be removed, beginning within minutes." "{time}: mehr als {count} Aufrufe würden entfernt, beginnend innerhalb von Minuten.";
    WOULD_REMOVE_NOTHING "A shorter time would remove nothing yet." "Eine kürzere Zeit würde noch nichts entfernen.";
    RECOVERY_LEAD "Who deletes an instance in the portal can have it back for a while. It is stopped and counts in no quota; its disk and snapshots stay, and cost until it is deleted for good. Programs that delete through the API delete for good at once." "Wer im Portal eine Instanz löscht, kann sie eine Weile zurückholen. Sie ist angehalten und zählt in keinem Kontingent; Datenträger und Snapshots bleiben und kosten, bis sie endgültig gelöscht ist. Programme, die über die API löschen, löschen sofort endgültig.";
    RECOVERY_HOURS "Deleted instances are kept for" "Gelöschte Instanzen werden aufbewahrt";
    RECOVERY_IN_HOURS "Kept for, in hours" "Aufbewahrt, in Stunden";
    RECOVERY_HINT "What is kept already is kept as long as was said when it was deleted." "Was schon aufbewahrt wird, bleibt so lange, wie es beim Löschen galt.";
    OFF "not at all: deleted is deleted" "gar nicht: gelöscht ist gelöscht";
    ONE_HOUR "1 hour" "1 Stunde";
    ONE_DAY "1 day" "1 Tag";
    HOURS "{count} hours" "{count} Stunden";
    DAYS "{count} days" "{count} Tage";
    SIGN_IN "Signing in" "Anmeldung";
    SECOND_FACTOR "Everybody must sign in in two steps" "Alle müssen sich in zwei Schritten anmelden";
    SECOND_FACTOR_HINT "Who does not yet can only set it up, from their next click on, and their access tokens are refused until then. No session ends; API keys go on." "Wer es noch nicht tut, kann es ab dem nächsten Klick nur noch einrichten, und eigene Zugriffstoken werden bis dahin abgelehnt. Keine Sitzung endet; API-Schlüssel gelten weiter.";
    ALL_HAVE_IT "Everybody here does already." "Alle hier tun es schon.";
    LACKING "{count} people do not yet: {who}" "{count} Personen tun es noch nicht: {who}";
    LACKING_ONE "1 person does not yet: {who}" "1 Person tut es noch nicht: {who}";
    SAVED "Saved" "Gespeichert";
}
