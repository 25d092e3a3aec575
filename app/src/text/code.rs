//! Panels that show an act as code.

texts! {
    ACT_AS_CODE "{act}, as code" "{act}, als Code";
    REFERENCE "API reference" "API-Referenz";
    PYTHON "Python" "Python";
    TERRAFORM "Terraform" "Terraform";
    WITH_TOKEN "Put a personal access token into COULOIR_TOKEN." "COULOIR_TOKEN enthält ein persönliches Zugriffstoken.";
    WITH_SESSION "Only a session may do this, no token. Put the value of its cookie __Host-couloir-session into COULOIR_SESSION." "Das darf nur eine Sitzung, kein Token. COULOIR_SESSION enthält den Wert ihres Cookies __Host-couloir-session.";
    WITH_SESSION_AND_REQUESTS "Only a session may do this, no token. Needs pip install requests, and the value of its cookie __Host-couloir-session in COULOIR_SESSION." "Das darf nur eine Sitzung, kein Token. Braucht pip install requests und den Wert ihres Cookies __Host-couloir-session in COULOIR_SESSION.";
    WITH_KEY "Put an API key into EXOSCALE_API_KEY and EXOSCALE_API_SECRET, and the address of this API into EXOSCALE_API_ENDPOINT." "EXOSCALE_API_KEY und EXOSCALE_API_SECRET enthalten einen API-Schlüssel, EXOSCALE_API_ENDPOINT die Adresse dieser API.";
    WITH_SDK "Needs pip install exoscale, and an API key in EXOSCALE_API_KEY and EXOSCALE_API_SECRET." "Braucht pip install exoscale sowie einen API-Schlüssel in EXOSCALE_API_KEY und EXOSCALE_API_SECRET.";
    WITH_REQUESTS "Exoscale's SDK does not know this. Needs pip install requests, and a personal access token in COULOIR_TOKEN." "Das SDK von Exoscale kennt das nicht. Braucht pip install requests und ein persönliches Zugriffstoken in COULOIR_TOKEN.";
    WITH_PROVIDER "For the provider exoscale/exoscale, with an API key in the environment as for exo." "Für den Provider exoscale/exoscale, mit einem API-Schlüssel in der Umgebung wie bei exo.";
    FILE "File" "Datei";
    SECRET_FILE "Secrets do not belong in a command line. The file {file}, which only you should be able to read, holds this, with what is secret in place of …:" "Geheimnisse gehören nicht in eine Kommandozeile. Die Datei {file}, die nur für Sie lesbar sein sollte, enthält dies, mit dem Geheimen anstelle von …:";
    NO_EXO "The exo command line has no command for this; use curl or Python." "Die Kommandozeile exo kennt dafür keinen Befehl; hier helfen curl und Python.";
    EXO_NOT_SAID "Fill in the form: the exo command line needs more for this." "Das Formular ausfüllen: Die Kommandozeile exo braucht dafür mehr.";
    EXO_NEVER_ENDS "The exo command line makes API keys that never end; use curl or Python, or leave the days empty." "Die Kommandozeile exo erstellt API-Schlüssel, die nie enden; hier helfen curl und Python, oder die Tage leer lassen.";
    EXO_LEAVES_OUT_EMPTY "The exo command line leaves out what is empty, so it can't take away all of it; use curl or Python." "Die Kommandozeile exo lässt Leeres weg und kann deshalb nicht alles davon wegnehmen; hier helfen curl und Python.";
    EXO_SIGNS_IN_LABELS "The exo command line reads = and \" in labels as signs of its own; use curl or Python." "Die Kommandozeile exo liest = und \" in Labels als eigene Zeichen; hier helfen curl und Python.";
    EXO_ASKS_POLICIES "exo iam org-policy reset does something else: it writes a policy that allows everything, which the policies must allow first. Use curl or Python." "exo iam org-policy reset tut etwas anderes: Es schreibt eine Richtlinie, die alles erlaubt, und das müssen die Richtlinien erst erlauben. Hier helfen curl und Python.";
    TERRAFORM_ACT "Terraform describes what there is; an act like this one leaves nothing that it could describe." "Terraform beschreibt, was da ist; eine solche Aktion hinterlässt nichts, was es beschreiben könnte.";
    TERRAFORM_DELETE "Terraform deletes what is taken out of its configuration: remove the block and apply." "Terraform löscht, was aus der Konfiguration verschwindet: den Block entfernen und anwenden.";
    TERRAFORM_UNKNOWN "Exoscale's provider has neither a resource nor a data source for this." "Der Provider von Exoscale hat dafür weder eine Ressource noch eine Datenquelle.";
    TERRAFORM_NO_ZONE "Terraform lists instances of one zone: filter by a zone." "Terraform listet Instanzen einer Zone: nach einer Zone filtern.";
}
