//! The first page after signing in.

texts! {
    TITLE "Home" "Start";
    LEAD "What runs, what it costs, what is going on." "Was läuft, was es kostet, was gerade geschieht.";
    INSTANCES "Instances" "Instanzen";
    RUNNING "{count} running" "{count} laufen";
    STOPPED "Stopped" "Angehalten";
    STOPPED_HELP "Only their disks are billed" "Nur die Datenträger kosten";
    DELETED "Deleted" "Gelöscht";
    DELETED_HELP "Can still be recovered" "Lassen sich noch wiederherstellen";
    FAILED "In error" "Im Fehler";
    FAILED_NONE "Nothing needs you" "Alles in Ordnung";
    FAILED_SOME "Look at them" "Bitte ansehen";
    COST "Cost per hour" "Kosten pro Stunde";
    COST_MONTH "{amount} in 30 days like this" "{amount} in 30 Tagen wie jetzt";
    PENDING "Operations running" "Laufende Vorgänge";
    PENDING_NONE "All is quiet" "Alles ruhig";
    PENDING_SOME "Updates by itself" "Aktualisiert sich selbst";
    RECENT "Recent operations" "Letzte Vorgänge";
    QUOTAS "Quotas" "Kontingente";
    QUOTA_SNAPSHOTS "Snapshots" "Snapshots";
    QUOTA_TEMPLATES "Private templates" "Private Vorlagen";
    QUOTA_API_KEYS "API keys" "API-Schlüssel";
    QUOTA_GPUS "GPUs" "GPUs";
    FIRST_TITLE "Start your first instance" "Die erste Instanz starten";
    FIRST_LEAD "Choose a template and a size; it is up in seconds. Nothing is billed before it runs." "Vorlage und Größe wählen; nach Sekunden läuft sie. Vorher kostet nichts.";
    STAFF_TITLE "This is the operator's organization" "Das ist die Organisation des Betreibers";
    STAFF_LEAD "Nothing runs in it, so it has no quota. Its people look after the platform." "In ihr läuft nichts, darum hat sie kein Kontingent. Ihre Leute kümmern sich um die Plattform.";
    CREATE_INSTANCE "Create instance" "Instanz erstellen";
    ALL_QUOTAS "All quotas" "Alle Kontingente";
    ALL_OPERATIONS "All operations" "Alle Vorgänge";
}

/// What a quota counts; `None` for one that has no word yet.
pub fn quota(resource: &str) -> Option<super::Text> {
    Some(match resource {
        "instance" => INSTANCES,
        "snapshot" => QUOTA_SNAPSHOTS,
        "template" => QUOTA_TEMPLATES,
        "iam-key" => QUOTA_API_KEYS,
        "gpu" => QUOTA_GPUS,
        _ => return None,
    })
}
