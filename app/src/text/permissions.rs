//! What somebody may do, and has done.

texts! {
    TITLE "Effective permissions" "Wirksame Berechtigungen";
    TITLE_OF "What {who} may do" "Was {who} darf";
    LEAD "Every operation, as the organization's policy and the role {role} come to it." "Jede Operation, wie Richtlinie der Organisation und Rolle {role} sie beurteilen.";
    SINCE "What was used is known since {since}." "Was benutzt wurde, ist seit {since} bekannt.";
    OPEN_PAGE "Permissions and use" "Berechtigungen und Nutzung";
    PROPOSE "Role from what was used" "Rolle aus dem Benutzten";
    NOTHING_USED "nothing was used since it is recorded" "seit Beginn der Aufzeichnung wurde nichts benutzt";
    OPERATION "Operation" "Operation";
    SERVICE "Service" "Dienst";
    MAY "May" "Darf";
    ALLOWED "Allowed" "Erlaubt";
    REFUSED "Refused" "Abgelehnt";
    DEPENDS "Depends" "Je nachdem";
    OPEN "No policy is asked" "Keine Richtlinie wird gefragt";
    UNUSED "May, and not used" "Erlaubt und unbenutzt";
    BY_ORGANIZATION "by the organization's policy" "durch die Richtlinie der Organisation";
    BY_ROLE "by the role" "durch die Rolle";
    BY_PERMISSION "by the role's permission {permission}; no policy is asked" "durch die Berechtigung {permission} der Rolle; keine Richtlinie wird gefragt";
    WITHOUT_PERMISSION "the role has not the permission {permission}; no policy is asked" "die Rolle hat die Berechtigung {permission} nicht; keine Richtlinie wird gefragt";
    BY_PERMISSIONS "Decided by permissions of the role" "Durch Berechtigungen der Rolle entschieden";
    NOT_COUNTED "not counted" "nicht gezählt";
    BY_GRANT "by a grant" "durch Gewährtes";
    GRANTED "Granted until {until}" "Gewährt bis {until}";
    GRANTED_OF "Granted for {resource} until {until}" "Gewährt für {resource} bis {until}";
    RULE_ORGANIZATION "Rule {number} of the organization" "Regel {number} der Organisation";
    RULE_ROLE "Rule {number} of the role" "Regel {number} der Rolle";
    LAST_USED "Last used" "Zuletzt benutzt";
    NOT_USED "not used" "unbenutzt";
    USES "Uses" "Nutzungen";
    FILTER "Filter permissions" "Berechtigungen filtern";
    NONE_MATCHES "No operation matches" "Keine Operation passt";
    NONE_MATCHES_NEXT "Take a filter off to see more." "Einen Filter entfernen, um mehr zu sehen.";
    ONE_OPERATION "1 operation" "1 Operation";
    OPERATIONS "{count} operations" "{count} Operationen";
    COUNT "{shown} of {all} operations; {unused} that are allowed or depend were not used." "{shown} von {all} Operationen; {unused} erlaubte oder bedingte wurden nicht benutzt.";
    SIMULATE "Simulate" "Simulieren";
}
