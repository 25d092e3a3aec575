//! What went wrong, why, and what to do next.

use super::Text;
use api::ErrorCode;

texts! {
    REQUEST_ID "Request" "Anfrage";
    COPY_DETAILS "Copy details" "Details kopieren";
    INVALID "Something in the request is not right" "Etwas in der Anfrage stimmt nicht";
    INVALID_NEXT "Correct the marked fields and send it again. Everything else is kept." "Markierte Felder berichtigen und erneut senden. Alles andere bleibt erhalten.";
    UNAUTHENTICATED "Not signed in" "Nicht angemeldet";
    UNAUTHENTICATED_NEXT "Sign in, then continue where you were." "Anmelden und an derselben Stelle weitermachen.";
    FORBIDDEN "Not allowed" "Nicht erlaubt";
    FORBIDDEN_NEXT "Ask an owner of the organization for a role that allows it." "Wer die Organisation besitzt, kann eine Rolle vergeben, die das erlaubt.";
    SECOND_FACTOR "Two-step sign-in is missing" "Die Anmeldung in zwei Schritten fehlt";
    SECOND_FACTOR_NEXT "Set it up, then continue where you were." "Einrichten und an derselben Stelle weitermachen.";
    NOT_FOUND "Not found" "Nicht gefunden";
    NOT_FOUND_NEXT "It may have been deleted, or it belongs to another organization. Switch the organization above, or go back to the list." "Vielleicht wurde es gelöscht, oder es gehört zu einer anderen Organisation. Oben die Organisation wechseln oder zurück zur Liste gehen.";
    CONFLICT "Not possible in this state" "In diesem Zustand nicht möglich";
    CONFLICT_NEXT "Look at its present state; then try again." "Den aktuellen Zustand ansehen, dann erneut versuchen.";
    QUOTA "Quota exceeded" "Kontingent ausgeschöpft";
    QUOTA_NEXT "Delete what is no longer needed, or ask the operator for more." "Nicht mehr Benötigtes löschen oder beim Betreiber mehr anfragen.";
    PRECONDITION "Changed in the meantime" "Inzwischen geändert";
    PRECONDITION_NEXT "Reload to see the change, then decide again." "Neu laden, die Änderung ansehen und neu entscheiden.";
    TOO_LARGE "Too large" "Zu groß";
    TOO_LARGE_NEXT "Send less at once." "Weniger auf einmal senden.";
    RATE_LIMITED "Too many attempts" "Zu viele Versuche";
    RATE_LIMITED_NEXT "Wait a minute, then try again." "Eine Minute warten, dann erneut versuchen.";
    INTERNAL "The platform made a mistake" "Die Plattform hat einen Fehler gemacht";
    INTERNAL_NEXT "Nothing was left half done. Try again; if it happens twice, give the operator the request number." "Nichts blieb halb getan. Erneut versuchen; passiert es zweimal, hilft dem Betreiber die Anfragenummer.";
    UNAVAILABLE "A part of the platform is down" "Ein Teil der Plattform ist gestört";
    UNAVAILABLE_NEXT "Your resources keep running. Try again in a moment." "Bestehende Ressourcen laufen weiter. Gleich noch einmal versuchen.";
    FULL "The platform's disk is full" "Der Speicher der Plattform ist voll";
    FULL_NEXT "Reading still works. The operator has to make room." "Lesen geht weiterhin. Der Betreiber muss Platz schaffen.";
    PAGE_NOT_FOUND "There is no such page" "Diese Seite gibt es nicht";
    PAGE_NOT_FOUND_NEXT "Check the address, or start from the home page." "Adresse prüfen oder auf der Startseite beginnen.";
    SIMULATE "Simulate this call" "Diesen Aufruf simulieren";
    REQUEST_ACCESS "Request access" "Zugriff anfragen";
    GO_HOME "Go to the home page" "Zur Startseite";
}

/// Title and next step for a code.
pub fn of(code: ErrorCode) -> (Text, Text) {
    match code {
        ErrorCode::Invalid | ErrorCode::MethodNotAllowed => (INVALID, INVALID_NEXT),
        ErrorCode::Unauthenticated => (UNAUTHENTICATED, UNAUTHENTICATED_NEXT),
        // Forms lead to the question; what else is asked of programs is theirs to answer.
        ErrorCode::Forbidden | ErrorCode::StepUpRequired => (FORBIDDEN, FORBIDDEN_NEXT),
        ErrorCode::SecondFactorRequired => (SECOND_FACTOR, SECOND_FACTOR_NEXT),
        ErrorCode::NotFound => (NOT_FOUND, NOT_FOUND_NEXT),
        ErrorCode::Conflict => (CONFLICT, CONFLICT_NEXT),
        ErrorCode::QuotaExceeded => (QUOTA, QUOTA_NEXT),
        ErrorCode::PreconditionFailed => (PRECONDITION, PRECONDITION_NEXT),
        ErrorCode::TooLarge => (TOO_LARGE, TOO_LARGE_NEXT),
        ErrorCode::RateLimited => (RATE_LIMITED, RATE_LIMITED_NEXT),
        ErrorCode::Internal => (INTERNAL, INTERNAL_NEXT),
        ErrorCode::Unavailable => (UNAVAILABLE, UNAVAILABLE_NEXT),
        ErrorCode::Full => (FULL, FULL_NEXT),
    }
}
