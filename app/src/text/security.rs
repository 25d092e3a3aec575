//! How one signs in.

texts! {
    TITLE "Security" "Sicherheit";
    LEAD "How you sign in, and where you are signed in." "Wie die Anmeldung geschieht, und wo sie besteht.";
    TWO_STEP "Two-step sign-in" "Anmeldung in zwei Schritten";
    TWO_STEP_LEAD "A password that somebody else knows is not enough: signing in asks for a code of your phone, too." "Ein fremd gewordenes Passwort genügt nicht: die Anmeldung fragt zusätzlich nach einem Code vom Telefon.";
    STATE "State" "Status";
    ON "on" "ein";
    OFF "off" "aus";
    SINCE "since" "seit";
    IS_ON "Two-step sign-in is on. All your other sessions have ended." "Die Anmeldung in zwei Schritten ist eingeschaltet. Alle anderen Sitzungen sind beendet.";
    IS_OFF "Two-step sign-in is off" "Die Anmeldung in zwei Schritten ist ausgeschaltet";
    SET_UP "Set up two-step sign-in" "Anmeldung in zwei Schritten einrichten";
    SET_UP_LEAD "With any authenticator app: it shows six digits, and others every 30 seconds." "Mit einer beliebigen Authenticator-App: sie zeigt sechs Ziffern, und alle 30 Sekunden andere.";
    DEMANDED "{organization} demands two-step sign-in. Set it up now; until then nothing else opens." "{organization} verlangt die Anmeldung in zwei Schritten. Jetzt einrichten; bis dahin öffnet sich nichts anderes.";
    STAYS_ON "{organization} demands it" "{organization} verlangt sie";
    GO_ON "Go on setting it up" "Weiter einrichten";
    SCAN "Scan this with the authenticator app." "Mit der Authenticator-App scannen.";
    QR "QR code for the authenticator app" "QR-Code für die Authenticator-App";
    OPEN_APP "Open the app on this device" "App auf diesem Gerät öffnen";
    BY_HAND "Type it instead" "Stattdessen eintippen";
    SECRET "secret" "Geheimnis";
    FIRST_CODE "Code that the app shows" "Code, den die App zeigt";
    FIRST_CODE_HINT "Six digits. Nothing is asked for before this fits." "Sechs Ziffern. Erst wenn sie stimmen, wird danach gefragt.";
    CONFIRM "Turn on" "Einschalten";
    CONTINUE "Continue" "Weiter";
    BACK "Back to Security" "Zurück zu Sicherheit";
    CODE "Code" "Code";
    CODE_HINT "Six digits of the authenticator app, or a recovery code." "Sechs Ziffern der Authenticator-App oder ein Wiederherstellungscode.";
    CODES "Recovery codes" "Wiederherstellungscodes";
    CODES_LEFT "{count} left" "{count} übrig";
    CODES_FEW "They run out: without a code and without the phone only the operator can let you in." "Sie gehen zur Neige: ohne Code und ohne Telefon hilft nur der Betreiber.";
    CODES_ONCE "They are shown now and never again. Each signs you in once, when the phone is not at hand: keep them elsewhere." "Sie stehen nur jetzt hier. Jeder gilt einmal, wenn das Telefon nicht zur Hand ist: an anderem Ort aufbewahren.";
    NEW_CODES "New recovery codes" "Neue Wiederherstellungscodes";
    NEW_CODES_LEAD "Ten new ones; those of before end." "Zehn neue; die bisherigen enden.";
    MAKE_CODES "Make new codes" "Neue Codes erstellen";
    DOWNLOAD "Download" "Herunterladen";
    KEPT_THEM "I have kept them" "Sie sind aufbewahrt";
    TURN_OFF "Turn off two-step sign-in" "Anmeldung in zwei Schritten ausschalten";
    TURN_OFF_LEAD "It holds from the next sign-in on." "Gilt ab der nächsten Anmeldung.";
    OFF_PASSWORD "Your password alone signs you in again." "Das Passwort allein genügt wieder.";
    OFF_CODES "The app's codes and all recovery codes end." "Die Codes der App und alle Wiederherstellungscodes enden.";
    OFF_AGAIN "It can be set up again at any time." "Neu einrichten geht jederzeit.";
}
