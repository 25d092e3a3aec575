//! The reference of the API.

texts! {
    TITLE "API reference" "API-Referenz";
    LEAD "Every operation of this platform. The portal itself uses nothing else." "Jede Operation dieser Plattform. Auch das Portal selbst nutzt nichts anderes.";
    DOCUMENT "OpenAPI document" "OpenAPI-Dokument";
    SEARCH "Search by name, path or purpose" "Nach Name, Pfad oder Zweck suchen";
    FIND "Search" "Suchen";
    COUNT "Operations: {count}" "Operationen: {count}";
    NONE "No operation is like that" "Keine Operation passt dazu";
    NONE_NEXT "Try a noun, such as instance, or part of a path." "Ein Hauptwort wie instance versuchen, oder einen Teil eines Pfads.";
    OPERATION "Operation" "Operation";
    METHOD "Method" "Methode";
    PATH "Path" "Pfad";
    WHAT "What it means" "Bedeutung";
    REQUEST "Request" "Anfrage";
    CREDENTIALS "Credentials" "Anmeldung";
    PUBLIC "none are needed" "keine nötig";
    ANSWERS "Answer" "Antwort";
    AT_ONCE "When it is done." "Sobald es getan ist.";
    LATER "With an operation, when it is accepted; the work may go on." "Mit einem Vorgang, sobald es angenommen ist; die Arbeit kann weitergehen.";
    MAY "Your role {role} may call this." "Ihre Rolle {role} darf das aufrufen.";
    MAY_BY_RULES "Whether your role {role} may call this depends on its rules, and on what is asked." "Ob Ihre Rolle {role} das aufrufen darf, hängt von ihren Regeln ab und davon, was verlangt wird.";
    MAY_NOT "Your role {role} may not call this: the API will refuse it." "Ihre Rolle {role} darf das nicht aufrufen: Die API wird es ablehnen.";
    PARAMETERS "Parameters" "Parameter";
    BODY "Request body" "Inhalt der Anfrage";
    ANSWER "Answer of success" "Antwort bei Erfolg";
    ERRORS "Errors" "Fehler";
    ERRORS_LEAD "Every answer of 400 and above has this form: 400 for what is wrong, 401 without credentials, 403 when a policy refuses, 404, 409 when the state does not allow it, 412 when somebody changed it since, 429, 503." "Jede Antwort ab 400 hat diese Form: 400 für Falsches, 401 ohne Anmeldung, 403 wenn eine Richtlinie ablehnt, 404, 409 wenn der Zustand es nicht erlaubt, 412 wenn jemand es inzwischen geändert hat, 429, 503.";
    FIELD "Field" "Feld";
    KIND "Type" "Typ";
    REQUIRED "required" "nötig";
    IN "in {place}" "in {place}";
    TRY "Try it" "Ausprobieren";
    TRY_READ "Calls the API as you, and changes nothing." "Ruft die API in Ihrem Namen auf und ändert nichts.";
    TRY_WRITE "Calls the API as you. A dry run says what would happen." "Ruft die API in Ihrem Namen auf. Ein Probelauf sagt, was geschähe.";
    REAL "Without the dry run this really happens, in your organization." "Ohne Probelauf geschieht es wirklich, in Ihrer Organisation.";
    SEND "Send" "Senden";
    DRY_RUN "Dry run" "Probelauf";
    SEND_REALLY "Really send" "Wirklich senden";
    NO_TRY_STREAM "This answer never ends; try the curl line in a terminal." "Diese Antwort endet nie; die curl-Zeile im Terminal versuchen.";
    NO_TRY_SIGN_IN "This signs in, and you are signed in." "Das meldet an, und Sie sind angemeldet.";
    MAP_HINT "A line for each key=value." "Eine Zeile je key=value.";
    LINES_HINT "A line for each value." "Eine Zeile je Wert.";
    OUTCOME "Status {status} after {millis} ms" "Status {status} nach {millis} ms";
    HEADERS "Headers of the answer" "Kopfzeilen der Antwort";
    CUT "Cut off after {most} characters." "Abgeschnitten nach {most} Zeichen.";
}
