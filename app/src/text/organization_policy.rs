//! The organization's policy: what nobody in it may do, whatever their role says.

texts! {
    TITLE "Organization policy" "Organisationsrichtlinie";
    LEAD "What it refuses nobody may do, whatever their role says. What it allows, a role must allow, too." "Was sie verweigert, darf niemand, was immer die Rolle sagt. Was sie erlaubt, muss auch die Rolle erlauben.";
    EDIT "Edit policy" "Richtlinie bearbeiten";
    EDIT_TITLE "Edit the organization's policy" "Organisationsrichtlinie bearbeiten";
    EDIT_LEAD "It counts from the next call on, for everybody in the organization, you included." "Sie gilt ab dem nächsten Aufruf, für alle in der Organisation, auch für Sie.";
    SAVED "Policy saved" "Richtlinie gespeichert";
    RESET "Reset" "Zurücksetzen";
    RESET_TITLE "Reset the organization's policy" "Organisationsrichtlinie zurücksetzen";
    RESET_ACT "Reset the policy" "Richtlinie zurücksetzen";
    RESET_LEAD "For when it refuses too much. Roles with the permission to do so may, whatever policies say; Owner is one of them." "Für den Fall, dass sie zu viel verweigert. Rollen mit dieser Berechtigung dürfen das, was immer Richtlinien sagen; Owner ist eine davon.";
    RESET_DONE "Policy reset" "Richtlinie zurückgesetzt";
    DIES_ENTRIES "All entries and rules of it" "Alle Einträge und Regeln darin";
    STAYS_ROLES "Roles, with what they allow and refuse" "Rollen, mit dem, was sie erlauben und verweigern";
    AFTER "Then it allows everything, and roles alone decide." "Danach erlaubt sie alles, und allein die Rollen entscheiden.";
    NOW "Now it allows" "Jetzt erlaubt sie";
    STARTS "A new organization's policy allows everything: roles alone decide." "Die Richtlinie einer neuen Organisation erlaubt alles: Allein die Rollen entscheiden.";
}
