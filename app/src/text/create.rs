//! Creating an instance.

use super::Text;
use domain::{instance::PublicIpAssignment, instance_type::Family, user_data::Doubt};

texts! {
    TITLE "Create instance" "Instanz erstellen";
    LEAD "Billed by the second, from the moment it runs. Name, labels, type and disk can change later; zone and template stay." "Abgerechnet wird sekundengenau, sobald sie läuft. Name, Labels, Typ und Datenträger lassen sich später ändern, Zone und Vorlage nicht.";
    PLACE "Name" "Name";
    PLACE_LEAD "The name is the host name too." "Der Name ist auch der Hostname.";
    NAME_HINT "Up to 255 characters. Left empty, one is made up." "Bis zu 255 Zeichen. Bleibt das Feld leer, wird einer vergeben.";
    NAME_EXAMPLE "web-1" "web-1";
    ZONE_CHOICE "Zone" "Zone";
    TEMPLATE "Zone and template" "Zone und Vorlage";
    TEMPLATE_LEAD "Where it runs, and what its disk is made from. The zone can't change later." "Wo sie läuft und woraus ihr Datenträger entsteht. Die Zone lässt sich später nicht ändern.";
    TEMPLATES_IN "Templates in {zone}" "Vorlagen in {zone}";
    TEMPLATE_FACTS "User {user} · from {size}" "Benutzer {user} · ab {size}";
    TEMPLATE_SIZE "From {size}" "Ab {size}";
    OWN "Your own" "Eigene";
    NO_TEMPLATES "No template in this zone" "Keine Vorlage in dieser Zone";
    NO_TEMPLATES_NEXT "Choose another zone, or ask the operator to import one." "Eine andere Zone wählen oder den Betreiber um eine Vorlage bitten.";
    NO_ZONES "There is no zone yet" "Es gibt noch keine Zone";
    NO_ZONES_NEXT "Instances run in zones. The operator adds them when starting the server." "Instanzen laufen in Zonen. Der Betreiber fügt sie beim Start des Servers hinzu.";
    TYPE "Type" "Typ";
    TYPE_LEAD "Scaling needs a stop; it stays in the family, or moves between standard, CPU and memory." "Skaliert wird angehalten, innerhalb der Familie oder zwischen Standard, CPU und Speicher.";
    FAMILIES "Families" "Familien";
    STANDARD "Standard" "Standard";
    CPU "CPU" "CPU";
    MEMORY "Memory" "Speicher";
    STORAGE "Storage" "Massenspeicher";
    GPU "GPU" "GPU";
    COLOSSUS "Colossus" "Colossus";
    CPUS "{cpus} vCPU · {memory}" "{cpus} vCPU · {memory}";
    CPUS_GPUS "{cpus} vCPU · {memory} · {gpus} GPU" "{cpus} vCPU · {memory} · {gpus} GPU";
    HOURLY "{amount}/h" "{amount}/h";
    NOT_AUTHORIZED "Needs an authorization by the operator" "Muss vom Betreiber freigegeben werden";
    NOT_IN_ZONE "Not available in {zone}" "In {zone} nicht verfügbar";
    TOO_SMALL "At most {max} of disk; the template needs {needed}" "Höchstens {max} Datenträger; die Vorlage braucht {needed}";
    GPU_QUOTA "Quota: {left} of {limit} GPU left, {needed} needed" "Kontingent: {left} von {limit} GPU frei, {needed} nötig";
    DISK "Disk" "Datenträger";
    DISK_LEAD "It can grow later, never shrink. It is billed while the instance exists." "Er kann später wachsen, nie schrumpfen. Er kostet, solange die Instanz besteht.";
    DISK_SIZE "Size in GiB" "Größe in GiB";
    DISK_LIMITS "{type} takes {min} to {max}; the template needs {needed}." "{type} erlaubt {min} bis {max}; die Vorlage braucht {needed}.";
    DISK_PRICE "{amount} per GiB and month" "{amount} pro GiB und Monat";
    ACCESS "Access" "Zugang";
    ACCESS_LEAD "These keys may sign in as the template's user." "Mit diesen Schlüsseln meldet man sich als Benutzer der Vorlage an.";
    NO_KEYS "No SSH key is registered yet." "Noch ist kein SSH-Schlüssel hinterlegt.";
    ADD_KEY "Add a key" "Schlüssel hinzufügen";
    ADD_KEY_SUBMIT "Add and select" "Hinzufügen und auswählen";
    NETWORK "Network" "Netzwerk";
    NETWORK_LEAD "Security group: default." "Sicherheitsgruppe: default.";
    PUBLIC_IP "Public address" "Öffentliche Adresse";
    IP_INET4 "IPv4" "IPv4";
    IP_INET4_HINT "One public IPv4 address" "Eine öffentliche IPv4-Adresse";
    IP_DUAL "IPv4 and IPv6" "IPv4 und IPv6";
    IP_DUAL_HINT "One public address of each" "Je eine öffentliche Adresse";
    IP_NONE "None" "Keine";
    IP_NONE_HINT "Not reachable from outside" "Von außen nicht erreichbar";
    USER_DATA "User data" "Benutzerdaten";
    USER_DATA_LEAD "Runs once, at first boot, by cloud-init." "Läuft einmal beim ersten Start, durch cloud-init.";
    USER_DATA_LABEL "Script or cloud-config" "Skript oder Cloud-Config";
    USER_DATA_SIZE "{used} of {limit} characters, counted in base64" "{used} von {limit} Zeichen, in Base64 gezählt";
    DOUBT_FORMAT "cloud-init will ignore this: the first line is neither #cloud-config nor #! nor another format that it knows." "cloud-init übergeht das: Die erste Zeile ist weder #cloud-config noch #! noch ein anderes bekanntes Format.";
    DOUBT_TAB "Line {line} is indented with a tab, which YAML refuses." "Zeile {line} ist mit einem Tabulator eingerückt, das erlaubt YAML nicht.";
    DOUBT_YAML "Line {line} is neither a key nor a list item: YAML will not take it." "Zeile {line} ist weder Schlüssel noch Listeneintrag, das erlaubt YAML nicht.";
    LOOKS_GOOD "Looks right to cloud-init." "Sieht für cloud-init richtig aus.";
    OPTIONS "Labels and start" "Labels und Start";
    LABELS "Labels" "Labels";
    LABELS_HINT "A line each: key=value. Good for finding things, and for telling apart what costs what." "Je Zeile: Schlüssel=Wert. Hilft beim Finden und beim Zuordnen der Kosten.";
    START "Start it right away" "Gleich starten";
    START_HINT "Otherwise it waits, stopped, and only its disk is billed." "Sonst wartet sie angehalten, und nur der Datenträger kostet.";
    RAIL "Summary" "Zusammenfassung";
    THIS_INSTANCE "This instance" "Diese Instanz";
    A_MONTH "a month" "im Monat";
    AN_HOUR "{amount} an hour · billed by the second" "{amount} pro Stunde · sekundengenau";
    STOPPED_COST "Until it is started, its disk: {amount} a month" "Bis zum Start nur der Datenträger: {amount} im Monat";
    CHOOSE_TYPE "Choose a type to see the price." "Der Preis folgt mit der Wahl des Typs.";
    DISK_OF "{size} of disk" "{size} Datenträger";
    COSTS_NOW "All you have now" "Bestand bisher";
    COSTS_AFTER "With this one" "Mit dieser";
    QUOTA "Quota: {what}" "Kontingent: {what}";
    QUOTA_AFTER "{after} of {limit}" "{after} von {limit}";
    QUOTA_SPOKEN "{used} of {limit} used now, {after} afterwards" "{used} von {limit} jetzt belegt, danach {after}";
    QUOTA_FULL "Your quota of {limit} instances is used up: delete one, or ask the operator for more." "Das Kontingent von {limit} Instanzen ist ausgeschöpft: eine löschen oder beim Betreiber mehr anfragen.";
    NO_KEY_WARNING "No SSH key is chosen, and the template has no password: nobody will be able to sign in." "Kein SSH-Schlüssel gewählt, und die Vorlage hat kein Passwort: Niemand wird sich anmelden können.";
    NO_KEY_PASSWORD "No SSH key is chosen. The template sets a password; it is shown on the instance's page." "Kein SSH-Schlüssel gewählt. Die Vorlage vergibt ein Passwort; es steht auf der Seite der Instanz.";
    SIMULATED_ZONE "{zone} only simulates: nothing really runs there." "{zone} simuliert nur: Dort läuft nichts wirklich.";
    CREATE_NAMED "Create {name}" "{name} erstellen";
    DONE "Instance requested" "Instanz angefordert";
}

/// The tab that a family of types stands on.
pub fn family(family: Family) -> Text {
    match family {
        Family::Standard => STANDARD,
        Family::Cpu => CPU,
        Family::Memory => MEMORY,
        Family::Storage => STORAGE,
        Family::Colossus => COLOSSUS,
        _ => GPU,
    }
}

/// A kind of public address, and what it means.
pub fn public_ip(assignment: PublicIpAssignment) -> (Text, Text) {
    match assignment {
        PublicIpAssignment::Inet4 => (IP_INET4, IP_INET4_HINT),
        PublicIpAssignment::Dual => (IP_DUAL, IP_DUAL_HINT),
        PublicIpAssignment::None => (IP_NONE, IP_NONE_HINT),
    }
}

/// What cloud-init would stumble over.
pub fn doubt(doubt: Doubt) -> String {
    let at = |text, line: usize| super::t_with(text, &[("line", &line.to_string())]);
    match doubt {
        Doubt::UnknownFormat => super::t(DOUBT_FORMAT).to_owned(),
        Doubt::TabIndent { line } => at(DOUBT_TAB, line),
        Doubt::NotYaml { line } => at(DOUBT_YAML, line),
    }
}
