//! Keys: the sheet that lists them, and the switch for those that are single letters.

texts! {
    TITLE "Keyboard shortcuts" "Tastenkürzel";
    LEAD "Single letters do nothing while something is typed, in dialogs, or with a modifier." "Einzelne Buchstaben wirken nicht beim Tippen, in Dialogen und zusammen mit Strg, Alt oder Cmd.";
    GROUP_GO "Go to" "Gehe zu";
    GROUP_LIST "In a list" "In einer Liste";
    GROUP_PAGE "On a page" "Auf einer Seite";
    GROUP_EVERYWHERE "Everywhere" "Überall";
    FILTER "Focus the filter" "Filter ansteuern";
    NEXT_ROW "Next row" "Nächste Zeile";
    PREVIOUS_ROW "Previous row" "Vorherige Zeile";
    OPEN "Open the row" "Zeile öffnen";
    SELECT "Select the row" "Zeile auswählen";
    MENU "Open the menu of the row, or of the page" "Menü der Zeile oder der Seite öffnen";
    CREATE "Create" "Erstellen";
    EDIT "Edit" "Bearbeiten";
    UP "Go up" "Eine Ebene höher";
    PAUSE "Pause updates, or resume" "Aktualisierung anhalten oder fortsetzen";
    PALETTE "Search and act" "Suchen und handeln";
    SHEET "Show these keys" "Diese Tasten zeigen";
    ESCAPE "Close a menu or a dialog" "Menü oder Dialog schließen";
    ON "Single letters are on." "Einzelne Buchstaben sind eingeschaltet.";
    OFF "Single letters are off." "Einzelne Buchstaben sind ausgeschaltet.";
    TURN_ON "Turn single letters on" "Einzelne Buchstaben einschalten";
    TURN_OFF "Turn single letters off" "Einzelne Buchstaben ausschalten";
}
