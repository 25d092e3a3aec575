//! What things were like, and what became of them.

texts! {
    TITLE "As it was" "Wie es war";
    LEAD "What there was at an instant, as the API answered it then. Nothing can be done to the past." "Was es zu einem Zeitpunkt gab, wie die API es damals beantwortete. An der Vergangenheit lässt sich nichts ändern.";
    CHANGES_TITLE "What changed" "Was sich änderte";
    CHANGES_LEAD "What was created, changed and deleted between two instants, and who asked for it." "Was zwischen zwei Zeitpunkten erstellt, geändert und gelöscht wurde, und wer es verlangte.";
    PARTS "The past" "Vergangenheit";
    QUESTION "Which instant" "Welcher Zeitpunkt";
    SPAN "Between which instants" "Zwischen welchen Zeitpunkten";
    KIND "What" "Was";
    ALL_KINDS "Everything" "Alles";
    AT "When, in UTC" "Wann, in UTC";
    FROM "From, in UTC" "Ab, in UTC";
    TO "Until, in UTC" "Bis, in UTC";
    SHOW "Show" "Anzeigen";
    COMPARE "Compare" "Vergleichen";
    START "Choose an instant" "Zeitpunkt wählen";
    START_NEXT "The organization's settings say for how many days it is known what there was." "In den Einstellungen der Organisation steht, für wie viele Tage bekannt ist, was es gab.";
    BANNER "This is the past: {kind} as it was at {time}." "Das ist die Vergangenheit: {kind}, Stand {time}.";
    TO_NOW "Show it as it is now" "Zeigen, wie es jetzt ist";
    ALL_THEN "Everything of the kind, then" "Alles dieser Art, damals";
    SINCE_THEN "What changed since" "Was sich seitdem änderte";
    NOTHING "There was nothing of this kind" "Davon gab es nichts";
    NOTHING_NEXT "Choose another instant, or look at what changed." "Einen anderen Zeitpunkt wählen oder ansehen, was sich änderte.";
    ESSENCE "In short" "Kurz gesagt";
    SHOWN "{count} shown" "{count} angezeigt";
    FIELD "Field" "Feld";
    VALUE "Value" "Wert";
    BECAME "What became of it" "Was daraus wurde";
    CREATED "created" "erstellt";
    CHANGED "changed" "geändert";
    DELETED "deleted" "gelöscht";
    BY "Asked for by" "Verlangt von";
    BY_PLATFORM "the platform" "die Plattform";
    EVENT "Event {number}: {operation}" "Ereignis {number}: {operation}";
    SAME "Nothing differs" "Kein Unterschied";
    SAME_NEXT "What came and went in between, or was changed back, is in the audit trail." "Was dazwischen kam und ging oder zurückgeändert wurde, steht im Prüfprotokoll.";
    BETWEEN "From {from} until {to}." "Von {from} bis {to}.";
    ORGANIZATION "Organization and policy" "Organisation und Richtlinie";
}
