//! Zones that do not answer.

texts! {
    AWAY "The zone {zone} does not answer" "Die Zone {zone} antwortet nicht";
    AWAY_SINCE "Noticed {time}." "Bemerkt {time}.";
    AWAY_MEANS "Its instances keep running. What is asked of them waits, and fails if it takes too long." "Ihre Instanzen laufen weiter. Was von ihnen verlangt wird, wartet und schlägt fehl, wenn es zu lange dauert.";
    AWAY_CREATE "An instance can be requested; it is made when the zone answers again, and fails if that takes too long. Better choose another zone." "Eine Instanz lässt sich anfordern; sie entsteht, sobald die Zone wieder antwortet, und scheitert, wenn das zu lange dauert. Besser eine andere Zone wählen.";
    AWAY_TAB "{zone} (away)" "{zone} (gestört)";
}
