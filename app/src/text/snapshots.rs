//! Snapshots of all instances.

texts! {
    TITLE "Snapshots" "Snapshots";
    LEAD "Copies of disks at one moment, of all instances, the newest first. A snapshot dies with its instance." "Kopien von Datenträgern zu einem Zeitpunkt, aller Instanzen, die neuesten zuerst. Ein Snapshot verschwindet mit seiner Instanz.";
    FILTERS "Filter snapshots" "Snapshots filtern";
    SEARCH "Snapshot, instance or ID" "Snapshot, Instanz oder ID";
    EMPTY "No snapshots yet" "Noch keine Snapshots";
    EMPTY_LEAD "A snapshot is taken of an instance: open one, go to its tab Snapshots, and press Take snapshot." "Ein Snapshot entsteht aus einer Instanz: eine öffnen, zum Reiter „Snapshots“ gehen und „Snapshot erstellen“ wählen.";
    TO_INSTANCES "Go to the instances" "Zu den Instanzen";
    COUNT "{count} snapshots" "{count} Snapshots";
    COUNT_ONE "1 snapshot" "1 Snapshot";
    SUM "{count} · {size} GiB · {price}" "{count} · {size} GiB · {price}";
}
