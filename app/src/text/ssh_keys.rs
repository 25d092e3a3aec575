//! SSH keys.

texts! {
    TITLE "SSH keys" "SSH-Schlüssel";
    LEAD "Public keys that new instances let in. An instance gets them when it is created." "Öffentliche Schlüssel, die neue Instanzen einlassen. Eine Instanz bekommt sie beim Erstellen.";
    COUNT "{count} keys" "{count} Schlüssel";
    COUNT_ONE "1 key" "1 Schlüssel";
    FINGERPRINT "Fingerprint (MD5)" "Fingerabdruck (MD5)";
    REGISTER "Register a key" "Schlüssel hinterlegen";
    REGISTER_SUBMIT "Register key" "Schlüssel hinterlegen";
    REGISTERED "Key registered" "Schlüssel hinterlegt";
    KEY_NAME "Name of the key" "Name des Schlüssels";
    KEY_NAME_HINT "Begins with a letter or digit; then also “.”, “_” and “-”." "Beginnt mit Buchstabe oder Ziffer; danach auch „.“, „_“ und „-“.";
    PUBLIC_KEY "Public key" "Öffentlicher Schlüssel";
    PUBLIC_KEY_HINT "The one line in the file that ends in .pub. Never the private key." "Die eine Zeile aus der Datei, die auf .pub endet. Niemals der private Schlüssel.";
    PUBLIC_KEY_EXAMPLE "ssh-ed25519 AAAAC3… you@laptop" "ssh-ed25519 AAAAC3… ich@laptop";
    NO_PAIR "No key pair yet? This makes one:" "Noch kein Schlüsselpaar? So entsteht eines:";
    EMPTY "No SSH key yet" "Noch kein SSH-Schlüssel";
    EMPTY_NEXT "Register your public key once, and every instance you create can let you in without a password." "Den öffentlichen Schlüssel einmal hinterlegen, und jede neue Instanz lässt ohne Passwort hinein.";
    DELETE "Delete" "Löschen";
    DELETE_NAMED "Delete {name}" "{name} löschen";
    DELETE_LEAD "Forgets a public key." "Vergisst einen öffentlichen Schlüssel.";
    DELETE_STAYS "Instances that have it keep it: whoever holds the private key can still sign in there." "Instanzen, die ihn haben, behalten ihn: Wer den privaten Schlüssel hat, kommt dort weiterhin hinein.";
    DELETE_DIES "New instances can't be given it any more." "Neue Instanzen können ihn nicht mehr bekommen.";
    DELETE_BACK "The same key can be registered again at any time." "Derselbe Schlüssel lässt sich jederzeit wieder hinterlegen.";
    DELETED "Key deleted" "Schlüssel gelöscht";
}
