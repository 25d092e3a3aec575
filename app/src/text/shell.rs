//! The frame around every page.

texts! {
    SKIP "Skip to content" "Zum Inhalt springen";
    NAVIGATION "Navigation" "Navigation";
    CRUMBS "Where this page is" "Wo diese Seite ist";
    OPEN_NAVIGATION "Menu" "Menü";
    HOME "Home" "Start";
    GROUP_COMPUTE "Compute" "Rechnen";
    GROUP_ACCESS "Access" "Zugang";
    GROUP_ORGANIZATION "Organization" "Organisation";
    INSTANCES "Instances" "Instanzen";
    TEMPLATES "Templates" "Vorlagen";
    SNAPSHOTS "Snapshots" "Snapshots";
    SSH_KEYS "SSH keys" "SSH-Schlüssel";
    API_KEYS "API keys" "API-Schlüssel";
    OPERATIONS "Operations" "Vorgänge";
    QUOTAS "Quotas" "Kontingente";
    SETTINGS "Settings" "Einstellungen";
    SESSIONS "Sessions" "Sitzungen";
    ORGANIZATION "Organization" "Organisation";
    SWITCH_ORGANIZATION "Switch organization" "Organisation wechseln";
    ROLE_IN "{role} in {organization}" "{role} in {organization}";
    CURRENT "current" "aktuell";
    TRAY "Operations: {count} running" "Vorgänge: {count} laufend";
    TRAY_TITLE "Recent operations" "Letzte Vorgänge";
    TRAY_EMPTY "Nothing has been done yet. What you start shows up here." "Noch nichts geschehen. Was gestartet wird, erscheint hier.";
    TRAY_ALL "All operations" "Alle Vorgänge";
    USER_MENU "Account" "Konto";
    SIGNED_IN_AS "Signed in as" "Angemeldet als";
    SIGN_OUT "Sign out" "Abmelden";
    THEME "Theme" "Darstellung";
    THEME_LIGHT "Light" "Hell";
    THEME_DARK "Dark" "Dunkel";
    THEME_SYSTEM "System" "System";
    LANGUAGE "Language" "Sprache";
    ENGLISH "English" "English";
    GERMAN "Deutsch" "Deutsch";
    API_REFERENCE "API reference" "API-Referenz";
    LIVE "Live" "Live";
    POLLING "Polling" "Fragt regelmäßig";
    PAUSED "Paused" "Angehalten";
    UPDATED "updated {time}" "Stand {time}";
    PAUSE "Pause updates" "Aktualisierung anhalten";
    RESUME "Resume updates" "Aktualisierung fortsetzen";
    NOTICES "Notices" "Meldungen";
    REQUESTED "Requested" "Angefordert";
    DONE "Done" "Erledigt";
}
