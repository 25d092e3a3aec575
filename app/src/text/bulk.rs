//! The same asked of many instances.

use super::Text;
use domain::bulk::{BulkItemState, BulkVerb};

texts! {
    TITLE "Bulk action" "Sammelaktion";
    ACTIONS "Bulk actions" "Sammelaktionen";
    ACTIONS_LEAD "The same asked of many instances, the newest first." "Dasselbe von vielen Instanzen verlangt; das Neueste zuerst.";
    NONE_YET "No bulk actions yet" "Noch keine Sammelaktionen";
    NONE_YET_NEXT "Tick instances in their list and start, stop or delete them together. How far that is stands here, also after you have left its page." "Instanzen in ihrer Liste ankreuzen und zusammen starten, anhalten oder löschen. Wie weit das ist, steht hier, auch wenn die Seite davon verlassen wurde.";
    SOME_FAILED "{count} failed" "{count} gescheitert";
    CHOOSE "Choose" "Auswählen";
    CHOOSE_ONE "Choose {name}" "{name} auswählen";
    CHOOSE_PAGE "Choose all on this page" "Alle auf dieser Seite auswählen";
    CHOSEN "{count} chosen" "{count} ausgewählt";
    CHOSEN_SHOWN "{count} shown" "{count} gezeigt";
    ALL_THAT_MATCH "All {count} that match the filters" "Alle {count} Treffer des Filters";
    WITH_CHOSEN "With those chosen" "Mit der Auswahl";
    START "Start" "Starten";
    STOP "Stop" "Anhalten";
    REBOOT "Reboot" "Neu starten";
    SOFT_DELETE "Delete" "Löschen";
    RECOVER "Recover" "Wiederherstellen";
    DELETE "Delete for good" "Endgültig löschen";
    START_ACT "Start instances ({count})" "Instanzen starten ({count})";
    STOP_ACT "Stop instances ({count})" "Instanzen anhalten ({count})";
    REBOOT_ACT "Reboot instances ({count})" "Instanzen neu starten ({count})";
    SOFT_DELETE_ACT "Delete instances ({count})" "Instanzen löschen ({count})";
    RECOVER_ACT "Recover instances ({count})" "Instanzen wiederherstellen ({count})";
    DELETE_ACT "Delete instances for good ({count})" "Instanzen endgültig löschen ({count})";
    START_LEAD "Each is started; from then on it costs what its type costs." "Jede wird gestartet und kostet ab dann, was ihr Typ kostet.";
    STOP_LEAD "Each is asked to shut down, and switched off when it does not. Disks and addresses stay, and disks go on costing." "Jede wird gebeten herunterzufahren und sonst abgeschaltet. Datenträger und Adressen bleiben; Datenträger kosten weiter.";
    REBOOT_LEAD "Each shuts down and starts again. What runs on it is interrupted." "Jede fährt herunter und startet wieder. Was darauf läuft, wird unterbrochen.";
    SOFT_DELETE_LEAD "Each is stopped and leaves the list. It can be recovered for {hours} hours, with its disk, which costs until then; after that it is deleted for good." "Jede wird angehalten und verlässt die Liste. Sie lässt sich {hours} Stunden lang wiederherstellen, samt Datenträger, der bis dahin kostet; danach wird sie endgültig gelöscht.";
    RECOVER_LEAD "Each comes back as it was, stopped." "Jede kommt zurück, wie sie war, angehalten.";
    DELETE_LEAD "This can't be taken back." "Das lässt sich nicht zurücknehmen.";
    DISKS_DIE "The disks of all {count}, with everything on them" "Die Datenträger von allen {count} mit allem darauf";
    SNAPSHOTS_DIE "All their snapshots" "Alle ihre Snapshots";
    ADDRESSES_DIE "Their addresses" "Ihre Adressen";
    REFUSED "{refused} of {count} can't now; they are asked all the same, and what they answer is listed. The others are not held up." "{refused} von {count} können jetzt nicht; sie werden trotzdem gefragt und ihre Antwort wird gelistet. Die anderen hält das nicht auf.";
    WHICH "Which" "Welche";
    NOW "Now" "Jetzt";
    CAN "can be asked" "kann gefragt werden";
    AND_MORE "and {count} more" "und {count} weitere";
    NONE_CHOSEN "No instance is chosen" "Keine Instanz ausgewählt";
    NONE_CHOSEN_NEXT "Go back to the list and tick some, or take all that match." "Zurück zur Liste und einige ankreuzen, oder alle Treffer nehmen.";
    BAD_ALL "must be true" "muss true sein";
    TO_LIST "Back to the list" "Zurück zur Liste";
    PROGRESS "{over} of {total}" "{over} von {total}";
    BY "by {actor}" "von {actor}";
    OVER "All of it is over." "Alles ist beendet.";
    GOING_ON "It goes on when you leave this page or sign out." "Es geht weiter, auch wenn diese Seite oder die Sitzung geschlossen wird.";
    ALL_STATES "All" "Alle";
    QUEUED "Queued" "Wartend";
    RUNNING "In progress" "In Arbeit";
    DONE "Done" "Erledigt";
    FAILED "Failed" "Gescheitert";
    CANCELLED "Cancelled" "Abgebrochen";
    RETRY "Ask the failed again ({count})" "Gescheiterte erneut fragen ({count})";
    CANCEL "Take back the queued ({count})" "Wartende zurücknehmen ({count})";
    RETRY_REQUESTED "Asked again" "Erneut gefragt";
    CANCEL_REQUESTED "Taken back" "Zurückgenommen";
    NONE_IN_STATE "None in this state" "Keine in diesem Zustand";
    NONE_IN_STATE_NEXT "Look at all of them, or choose another state." "Alle ansehen oder einen anderen Zustand wählen.";
    INSTANCE "Instance" "Instanz";
    WHY "Why" "Grund";
}

/// What a button says that asks it.
pub fn verb(verb: BulkVerb) -> Text {
    match verb {
        BulkVerb::Start => START,
        BulkVerb::Stop => STOP,
        BulkVerb::Reboot => REBOOT,
        BulkVerb::SoftDelete => SOFT_DELETE,
        BulkVerb::Recover => RECOVER,
        BulkVerb::Delete => DELETE,
    }
}

/// The act, with its number.
pub fn act(verb: BulkVerb) -> Text {
    match verb {
        BulkVerb::Start => START_ACT,
        BulkVerb::Stop => STOP_ACT,
        BulkVerb::Reboot => REBOOT_ACT,
        BulkVerb::SoftDelete => SOFT_DELETE_ACT,
        BulkVerb::Recover => RECOVER_ACT,
        BulkVerb::Delete => DELETE_ACT,
    }
}

/// What follows from it.
pub fn lead(verb: BulkVerb) -> Text {
    match verb {
        BulkVerb::Start => START_LEAD,
        BulkVerb::Stop => STOP_LEAD,
        BulkVerb::Reboot => REBOOT_LEAD,
        BulkVerb::SoftDelete => SOFT_DELETE_LEAD,
        BulkVerb::Recover => RECOVER_LEAD,
        BulkVerb::Delete => DELETE_LEAD,
    }
}

/// What has become of one.
pub fn item(state: BulkItemState) -> Text {
    match state {
        BulkItemState::Queued => QUEUED,
        BulkItemState::Running => RUNNING,
        BulkItemState::Done => DONE,
        BulkItemState::Failed => FAILED,
        BulkItemState::Cancelled => CANCELLED,
    }
}
