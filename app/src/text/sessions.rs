//! Where one is signed in.

texts! {
    FAILED "Failed sign-ins" "Fehlgeschlagene Anmeldungen";
    FAILED_LEAD "Sign-ins with your address that were refused stand in the audit trail, for whoever may read it." "Abgelehnte Anmeldungen mit der eigenen Adresse stehen im Prüfprotokoll, für alle, die es lesen dürfen.";
    TITLE "Sessions" "Sitzungen";
    LEAD "Every browser where you are signed in. End what you don't recognize." "Alle Browser mit aktiver Anmeldung. Unbekannte Sitzungen beenden.";
    BROWSER "Browser" "Browser";
    ADDRESS "Address" "Adresse";
    SIGNED_IN "Signed in" "Angemeldet";
    LAST_SEEN "Last seen" "Zuletzt aktiv";
    EXPIRES "Expires" "Läuft ab";
    THIS_ONE "this one" "diese hier";
    UNKNOWN "Unknown browser" "Unbekannter Browser";
    ON "{browser} on {system}" "{browser} auf {system}";
    REVOKE "End session" "Sitzung beenden";
    REVOKED "The session has ended." "Die Sitzung ist beendet.";
    SIGN_OUT "Sign out here" "Hier abmelden";
    PASSWORD "Password" "Passwort";
    PASSWORD_LEAD "Changing it ends all other sessions." "Eine Änderung beendet alle anderen Sitzungen.";
    CURRENT_PASSWORD "Present password" "Bisheriges Passwort";
    NEW_PASSWORD "New password" "Neues Passwort";
    NEW_PASSWORD_HINT "12 to 1,024 characters." "12 bis 1.024 Zeichen.";
    SET_PASSWORD "Set password" "Passwort setzen";
    PASSWORD_SET "The new password holds from now on." "Das neue Passwort gilt ab jetzt.";
    EMPTY "There are no sessions." "Keine Sitzungen.";
}
