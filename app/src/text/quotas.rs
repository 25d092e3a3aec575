//! Quotas: what is counted, how much is used, how much may be.

texts! {
    TITLE "Quotas" "Kontingente";
    LEAD "How much of each resource your organization may have. What is nearest to its limit stands first." "Wie viel die Organisation von jeder Ressource haben darf. Was der Grenze am nächsten ist, steht zuerst.";
    RESOURCE "Resource" "Ressource";
    LEVEL "State" "Stand";
    BAR "Used share" "Anteil";
    USED "Used" "Belegt";
    LIMIT "Limit" "Grenze";
    FREE "Free" "Frei";
    NO_LIMIT "no limit" "keine Grenze";
    PERCENT "{percent}%" "{percent} %";
    FINE "Room left" "Platz";
    HIGH "Near the limit" "Fast voll";
    FULL "Full" "Voll";
    NOT_GRANTED "Not granted" "Nicht freigegeben";
    BAR_OF "{what}: {used} of {limit} used" "{what}: {used} von {limit} belegt";
    EMPTY "No quotas" "Keine Kontingente";
    EMPTY_LEAD "Nothing is counted in this organization." "In dieser Organisation wird nichts gezählt.";
    MORE "When it is not enough" "Wenn es nicht reicht";
    MORE_LEAD "Delete what you don't need: its place is free again when it is gone. Or ask whoever operates this platform for more; this is the command:" "Löschen, was nicht gebraucht wird: Der Platz ist frei, sobald es weg ist. Oder den Betreiber dieser Plattform um mehr bitten; das ist der Befehl:";
    MORE_COMMAND "Command for the operator" "Befehl für den Betreiber";
}
