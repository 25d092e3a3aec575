//! Passkeys.

texts! {
    TITLE "Passkeys" "Passkeys";
    LEAD "Sign in with your phone, your computer or a security key instead of a password. A passkey counts as two steps, and no other site can ask for it." "Anmelden mit Telefon, Computer oder Sicherheitsschlüssel statt mit einem Passwort. Ein Passkey zählt als zwei Schritte, und keine fremde Seite kann danach fragen.";
    EMPTY "No passkeys yet" "Noch keine Passkeys";
    EMPTY_LEAD "Make one on this device, or on a phone or key that is at hand." "Auf diesem Gerät erstellen oder auf einem Telefon oder Schlüssel in Reichweite.";
    NOT_HERE "There are no passkeys here: browsers bind them to the name of a host, and this platform is reached by a number. The operator can give it a name with --origin." "Hier gibt es keine Passkeys: Browser binden sie an den Namen eines Hosts, und diese Plattform hat nur eine Nummer. Der Betreiber kann ihr mit --origin einen Namen geben.";
    NEEDS_SCRIPTS "Passkeys need scripts: browsers ask for them in no other way." "Passkeys brauchen Skripte: Browser fragen auf keinem anderen Weg danach.";
    NAME "Name" "Name";
    NAME_HINT "Which device it is on: you will see it in this list." "Auf welchem Gerät er ist: so steht er in dieser Liste.";
    MADE "Made" "Erstellt";
    LAST_USED "Last used" "Zuletzt benutzt";
    NEVER "never" "nie";
    MAKE "Make a passkey" "Passkey erstellen";
    IS_MADE "The passkey signs you in from now on; all your other sessions have ended" "Mit dem Passkey geht ab jetzt die Anmeldung; alle anderen Sitzungen sind beendet";
    SIGN_IN "Sign in with a passkey" "Mit Passkey anmelden";
    PROVE "Confirm with a passkey" "Mit Passkey bestätigen";
    PROVE_THEN "Confirm with a passkey and go on" "Mit Passkey bestätigen und weiter";
    DELETE "Delete" "Löschen";
    DELETE_NAMED "Delete the passkey {name}" "Passkey {name} löschen";
    DELETE_LEAD "It is forgotten here, at once." "Hier wird er sofort vergessen.";
    DELETE_DIES "It signs nobody in any more, and all your other sessions end." "Mit ihm meldet sich niemand mehr an, und alle anderen Sitzungen enden.";
    DELETE_STAYS "Your other passkeys, your password and this session stay." "Andere Passkeys, das Passwort und diese Sitzung bleiben.";
    DELETE_DEVICE "The device may go on offering it: delete it there, too." "Das Gerät bietet ihn vielleicht weiter an: auch dort löschen.";
    DELETED "The passkey is deleted" "Der Passkey ist gelöscht";
    NO_BROWSER "This browser can't use passkeys here. They need a current browser, and a page that came by HTTPS or from this very computer." "Dieser Browser kann hier keine Passkeys benutzen. Nötig sind ein aktueller Browser und eine Seite, die über HTTPS oder von diesem Rechner kam.";
    NOT_ANSWERED "The browser gave no passkey: it was cancelled, took too long, or there is none for this site. Nothing was done." "Der Browser hat keinen Passkey gegeben: abgebrochen, zu spät, oder für diese Seite gibt es keinen. Geschehen ist nichts.";
    HAS_ONE "This device has a passkey of yours already." "Dieses Gerät hat schon einen Passkey dieses Kontos.";
    OTHER_HOST "The browser refused, because the address of this page is not the platform's own. Open the platform by its own name." "Der Browser lehnt ab, weil die Adresse dieser Seite nicht die der Plattform ist. Die Plattform unter ihrem eigenen Namen öffnen.";
}
