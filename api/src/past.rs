//! What can be asked as it was at an instant: `?at=2027-01-15T08:00:00Z`.

/// The parameter that names the instant, beside what an operation takes by itself.
pub const AT: &str = "at";

/// Reads of things whose every version is kept.
const AS_THEY_WERE: [&str; 29] = [
    "list-templates",
    "get-template",
    "list-ssh-keys",
    "get-ssh-key",
    "list-instances",
    "get-instance",
    "list-snapshots",
    "get-snapshot",
    "get-organization",
    "list-quotas",
    "get-quota",
    "list-webhooks",
    "get-webhook",
    "list-security-groups",
    "get-security-group",
    "get-iam-organization-policy",
    "list-iam-roles",
    "get-iam-role",
    "list-access-requests",
    "get-access-request",
    "list-access-grants",
    "list-users",
    "list-api-keys",
    "get-api-key",
    "list-access-tokens",
    "list-saved-views",
    "get-saved-view",
    "list-identity-providers",
    "get-identity-provider",
];

/// Whether a read can be asked as it was at an instant.
pub fn is_known_of_the_past(operation: &str) -> bool {
    AS_THEY_WERE.contains(&operation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ENDPOINTS, Kind, find};

    /// Reads that only know the present: what the operator's catalogue or the process says, what is a
    /// record of the past already, what adds up or finds, and what belongs to a browser or to somebody who is yet to sign in.
    const ONLY_NOW: [&str; 33] = [
        "list-zones",
        "list-instance-types",
        "get-instance-type",
        "list-prices",
        "get-audit-key",
        "reveal-instance-password",
        "get-reverse-dns-instance",
        "list-bulk-actions",
        "get-bulk-action",
        "list-bulk-items",
        "get-operation",
        "list-operations",
        "get-list-export",
        "list-events",
        "list-audit-trail",
        "list-resource-changes",
        "get-audit-head",
        "list-audit-heads",
        "get-audit-retention",
        "list-webhook-deliveries",
        "list-iam-permissions",
        "get-summary",
        "search-resources",
        "get-invitation",
        "find-single-sign-on",
        "list-sessions",
        "get-me",
        "get-second-factor",
        "list-passkeys",
        "get-passkey-creation-options",
        "get-passkey-request-options",
        "get-session-confirmation-options",
        "get-preferences",
    ];

    #[test]
    fn every_read_is_known_of_the_past_or_says_why_not() {
        for endpoint in ENDPOINTS.iter().filter(|e| e.kind == Kind::Read) {
            let now = ONLY_NOW.contains(&endpoint.operation);
            assert_ne!(is_known_of_the_past(endpoint.operation), now, "{}", endpoint.operation);
        }
        for operation in AS_THEY_WERE.iter().chain(&ONLY_NOW) {
            let kind = find(operation).map(|e| e.kind);
            assert_eq!(kind, Some(Kind::Read), "{operation}");
        }
    }
}
