//! API keys and personal access tokens.

texts! {
    TITLE "API keys" "API-Schlüssel";
    LEAD "For programs: a key signs requests, a token is sent with them. Each can do what its role may." "Für Programme: Ein Schlüssel signiert Anfragen, ein Token wird mitgeschickt. Beide dürfen, was ihre Rolle darf.";
    KEYS "Keys of the organization" "Schlüssel der Organisation";
    KEYS_LEAD "For the exo command line, the SDKs and Terraform. They belong to the organization." "Für die Kommandozeile exo, die SDKs und Terraform. Sie gehören der Organisation.";
    KEY "Key" "Schlüssel";
    ROLE "Role" "Rolle";
    LAST_USED "Last used" "Zuletzt benutzt";
    NEVER "never" "nie";
    EMPTY "No API key yet" "Noch kein API-Schlüssel";
    EMPTY_NEXT "Create one for each program, so that it can be revoked without touching the others." "Für jedes Programm einen erstellen, dann lässt er sich einzeln widerrufen.";
    CREATE_KEY "Create an API key" "API-Schlüssel erstellen";
    CREATE_KEY_SUBMIT "Create key" "Schlüssel erstellen";
    KEY_NAME "Name of the key" "Name des Schlüssels";
    KEY_NAME_HINT "What will use it: “terraform”, “backup job”." "Was ihn benutzt: „terraform“, „Backup“.";
    KEY_READY "The key {name} is ready" "Der Schlüssel {name} ist bereit";
    SECRET "Secret" "Geheimnis";
    ONCE "This is shown once. Copy it now: nobody can show it again, the operator neither." "Das wird nur einmal gezeigt. Jetzt kopieren: Niemand kann es noch einmal zeigen, auch der Betreiber nicht.";
    HOW_TO "How to use it" "So wird er benutzt";
    ENVIRONMENT "Environment" "Umgebung";
    EXO "exo" "exo";
    PYTHON "Python" "Python";
    CURL "curl" "curl";
    CURL_NOTE "curl can't sign. Use a personal access token, below." "curl kann nicht signieren. Dafür gibt es die persönlichen Token weiter unten.";
    REVOKE "Revoke" "Widerrufen";
    REVOKE_NAMED "Revoke {name}" "{name} widerrufen";
    REVOKE_LEAD "The key stops working at once." "Der Schlüssel gilt sofort nicht mehr.";
    REVOKE_KEY_DIES "Every program that uses it is refused from now on." "Jedes Programm, das ihn benutzt, wird ab sofort abgewiesen.";
    REVOKE_STAYS "What was made with it stays as it is." "Was mit ihm erstellt wurde, bleibt, wie es ist.";
    REVOKE_FOREVER "This can't be taken back; a new key has another secret." "Das lässt sich nicht zurücknehmen; ein neuer Schlüssel hat ein anderes Geheimnis.";
    REVOKED "Revoked" "Widerrufen";
    TOKENS "Personal access tokens" "Persönliche Zugriffstoken";
    TOKENS_LEAD "For your own curl. They belong to you and end by themselves." "Für das eigene curl. Sie gehören Ihnen und enden von selbst.";
    TOKEN "Token" "Token";
    EXPIRES "Expires" "Läuft ab";
    TOKENS_EMPTY "No token yet" "Noch kein Token";
    TOKENS_EMPTY_NEXT "A token lets curl do what you may do, for as many days as you say." "Mit einem Token darf curl, was Sie dürfen, so viele Tage, wie Sie bestimmen.";
    CREATE_TOKEN "Create a token" "Token erstellen";
    CREATE_TOKEN_SUBMIT "Create token" "Token erstellen";
    TOKEN_NAME "Name of the token" "Name des Tokens";
    TOKEN_NAME_HINT "Where you will use it: “laptop”." "Wo Sie ihn benutzen: „Laptop“.";
    DAYS "Days until it ends" "Tage bis zum Ende";
    DAYS_HINT "1 to 365" "1 bis 365";
    TOKEN_READY "The token {name} is ready" "Der Token {name} ist bereit";
    TOKEN_GONE "This token does not exist any more" "Diesen Token gibt es nicht mehr";
    TOKEN_GONE_NEXT "It was revoked, or it belongs to somebody else." "Er wurde widerrufen oder gehört jemand anderem.";
}
