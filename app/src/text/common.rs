//! Words that many pages use.

texts! {
    PRODUCT "Couloir" "Couloir";
    CREATE "Create" "Erstellen";
    CANCEL "Cancel" "Abbrechen";
    SAVE "Save" "Speichern";
    CLOSE "Close" "Schließen";
    COPY_FAILED "could not be copied: download it instead" "ließ sich nicht kopieren: stattdessen herunterladen";
    COPIED "Copied" "Kopiert";
    COPY_OF "Copy {what}" "{what} kopieren";
    DISMISS "Dismiss" "Ausblenden";
    RETRY "Try again" "Erneut versuchen";
    RELOAD "Reload the page" "Seite neu laden";
    CLEAR_FILTERS "Clear filters" "Filter zurücksetzen";
    LOADING "Loading…" "Wird geladen …";
    OPTIONAL "optional" "optional";
    ACTIONS "Actions" "Aktionen";
    NAME "Name" "Name";
    ID "ID" "ID";
    STATE "State" "Zustand";
    ZONE "Zone" "Zone";
    CREATED "Created" "Erstellt";
    NEXT "Next" "Nächste";
    FIRST_PAGE "First page" "Erste Seite";
    PAGES "Pages" "Seiten";
    SHOWN_OF "{shown} of {total}" "{shown} von {total}";
    PER_HOUR "{amount} per hour" "{amount} pro Stunde";
    PER_MONTH "{amount} per month" "{amount} pro Monat";
    NONE "–" "–";
    AS_CODE "As code" "Als Code";
    TOOL "Tool" "Werkzeug";
    CURL "curl" "curl";
    EXO "exo" "exo";
    TYPE_TO_CONFIRM "Type {name} to confirm" "Zur Bestätigung {name} eingeben";
    FIX_THESE "Please check:" "Bitte prüfen:";
    NOT_NOW "Not possible now: {reason}" "Jetzt nicht möglich: {reason}";
    USED_OF "{used} of {limit} used" "{used} von {limit} belegt";
    UNLIMITED "{used} used, no limit" "{used} belegt, keine Grenze";
    SIMULATED "Simulated" "Simuliert";
}
