//! The style page: components in every state.

texts! {
    TITLE "Style" "Stil";
    LEAD "The components in use, in every state." "Alle Bausteine in jedem Zustand.";
    BUTTONS "Buttons" "Schaltflächen";
    STATES "States" "Zustände";
    FIELDS "Fields" "Felder";
    TABLE "Table" "Tabelle";
    NOTICES "Notices" "Hinweise";
    METERS "Meters" "Balken";
    CODE "Code" "Code";
    CONFIRMS "Confirmations" "Bestätigungen";
    EMPTY "Nothing, loading, wrong" "Leer, ladend, falsch";
    COLOURS "Colours" "Farben";
    TYPE "Type" "Schrift";
    SAMPLE "The quick brown fox jumps over 0123456789" "Zwölf Boxkämpfer jagen Viktor quer über den Deich 0123456789";
    PRIMARY "Primary" "Haupt";
    SECONDARY "Secondary" "Neben";
    QUIET "Quiet" "Leise";
    DANGER "Danger" "Gefahr";
    DISABLED "Not now" "Jetzt nicht";
    REASON "it must be stopped first" "dazu muss die Instanz angehalten sein";
    HINT "A hint says what is possible." "Ein Hinweis sagt, was möglich ist.";
    WRONG "must be 1–255 characters" "muss 1–255 Zeichen haben";
    NOTHING_YET "Nothing here yet" "Noch nichts da";
    NOTHING_YET_NEXT "One sentence says what this is for." "Ein Satz sagt, wozu das dient.";
    TOAST "Say something" "Etwas melden";
    OPEN "Open" "Öffnen";
}
