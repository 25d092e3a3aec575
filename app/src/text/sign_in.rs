//! Signing in.

texts! {
    TITLE "Sign in" "Anmelden";
    LEAD "Use the e-mail address and password of your account." "Mit E-Mail-Adresse und Passwort des Kontos.";
    EMAIL "E-mail" "E-Mail";
    PASSWORD "Password" "Passwort";
    CODE "Code of two-step sign-in" "Code der Anmeldung in zwei Schritten";
    CODE_HINT "Six digits of the authenticator app, or a recovery code. Leave it empty if you have not set it up." "Sechs Ziffern der Authenticator-App oder ein Wiederherstellungscode. Leer lassen, wenn nicht eingerichtet.";
    SUBMIT "Sign in" "Anmelden";
    NO_PASSWORD "No password yet? Open the one-time link that the operator gave you, or that the server printed when it first started." "Noch kein Passwort? Den Einmal-Link öffnen, den der Betreiber geschickt oder der Server beim ersten Start ausgegeben hat.";
    LINK_TITLE "Sign in with a one-time link" "Mit Einmal-Link anmelden";
    LINK_LEAD "The link works once. Choose a password now, and the next sign-in needs no link." "Der Link gilt einmal. Mit einem Passwort geht die nächste Anmeldung ohne Link.";
    TOKEN "One-time code" "Einmal-Code";
    TOKEN_HINT "The part of the link behind “token=” or “#”." "Der Teil des Links hinter „token=“ oder „#“.";
    NEW_PASSWORD "New password" "Neues Passwort";
    NEW_PASSWORD_HINT "12 to 1,024 characters. A few unrelated words are better than one complicated one. Leave it empty to keep the one you have." "12 bis 1.024 Zeichen. Einige Wörter ohne Zusammenhang sind besser als ein kompliziertes. Leer lassen, um das bisherige zu behalten.";
    WITH_PASSWORD "Sign in with a password instead" "Stattdessen mit Passwort anmelden";
    KEPT "Your session has ended, and nothing was done yet. What you filled in is kept: sign in, and it is there again." "Die Sitzung ist abgelaufen, ausgeführt wurde noch nichts. Die Eingaben sind aufbewahrt und nach dem Anmelden wieder da.";
    TOO_LARGE "Your session has ended, and nothing was done. What you filled in is too large to be kept: sign in in another tab, then reload this page, and your browser sends it again." "Die Sitzung ist abgelaufen, ausgeführt wurde nichts. Die Eingaben sind zu groß zum Aufbewahren: in einem anderen Tab anmelden, dann diese Seite neu laden, und der Browser sendet sie erneut.";
    GIVEN_BACK "You are signed in again. Nothing was sent yet: look at what is filled in, then send it." "Wieder angemeldet. Noch wurde nichts gesendet: die Eingaben ansehen, dann senden.";
    GIVEN_BACK_ELSEWHERE "You are signed in, and nothing was sent. What is filled in was meant for another organization, of which you are no member: look at it closely before you send it." "Angemeldet, gesendet wurde nichts. Die Eingaben waren für eine andere Organisation gedacht, zu der dieses Konto nicht gehört: vor dem Senden genau ansehen.";
    PITCH "Your own cloud, on your own machines." "Die eigene Cloud, auf eigenen Maschinen.";
    PITCH_MORE "One API for the portal, the command line and your code." "Eine API für Portal, Kommandozeile und eigenen Code.";
}
