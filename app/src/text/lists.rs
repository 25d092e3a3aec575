//! Lists: their filters, and addresses that ask for what a list does not know.

texts! {
    ANY "{what}: any" "{what}: alle";
    APPLY "Apply" "Anwenden";
    FILTERS_ON "Filters that are on" "Aktive Filter";
    REMOVE_FILTER "Remove the filter" "Filter entfernen:";
    NO_MATCH "Nothing matches" "Kein Treffer";
    NO_MATCH_LEAD "There may be some, but none that passes these filters." "Es gibt vielleicht welche, aber keine passen zu diesen Filtern.";
    BAD_ADDRESS "The address of this page is wrong: {field} {what}." "Die Adresse dieser Seite ist falsch: {field} {what}.";
    BAD_NEXT "Correct the address, or go on below." "Die Adresse berichtigen oder unten weitergehen.";
    BAD_CHOICE "is “{value}”; possible are {possible}" "ist „{value}“; möglich sind {possible}";
    BAD_NUMBER "is “{value}”, which is not a number" "ist „{value}“ und damit keine Zahl";
    BAD_ID "is “{value}”, which is not an id" "ist „{value}“ und damit keine ID";
    BAD_PARAMETER "is not a filter of this list" "ist kein Filter dieser Liste";
    SHOW_ALL "Show all" "Alle zeigen";
}
