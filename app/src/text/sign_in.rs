//! Signing in.

texts! {
    TITLE "Sign in" "Anmelden";
    LEAD "Use the e-mail address and password of your account." "Mit E-Mail-Adresse und Passwort des Kontos.";
    EMAIL "E-mail" "E-Mail";
    PASSWORD "Password" "Passwort";
    SUBMIT "Sign in" "Anmelden";
    NO_PASSWORD "No password yet? Open the one-time link that the operator gave you, or that the server printed when it first started." "Noch kein Passwort? Den Einmal-Link öffnen, den der Betreiber geschickt oder der Server beim ersten Start ausgegeben hat.";
    LINK_TITLE "Sign in with a one-time link" "Mit Einmal-Link anmelden";
    LINK_LEAD "The link works once. Choose a password now, and the next sign-in needs no link." "Der Link gilt einmal. Mit einem Passwort geht die nächste Anmeldung ohne Link.";
    TOKEN "One-time code" "Einmal-Code";
    TOKEN_HINT "The part of the link behind “token=” or “#”." "Der Teil des Links hinter „token=“ oder „#“.";
    NEW_PASSWORD "New password" "Neues Passwort";
    NEW_PASSWORD_HINT "12 to 1,024 characters. A few unrelated words are better than one complicated one. Leave it empty to keep the one you have." "12 bis 1.024 Zeichen. Einige Wörter ohne Zusammenhang sind besser als ein kompliziertes. Leer lassen, um das bisherige zu behalten.";
    WITH_PASSWORD "Sign in with a password instead" "Stattdessen mit Passwort anmelden";
    PITCH "Your own cloud, on your own machines." "Die eigene Cloud, auf eigenen Maschinen.";
    PITCH_MORE "One API for the portal, the command line and your code." "Eine API für Portal, Kommandozeile und eigenen Code.";
}
