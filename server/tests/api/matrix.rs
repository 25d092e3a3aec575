//! Who may do what: every operation by every kind of caller, compared with a list that was read by
//! people. `COULOIR_BLESS=1` writes it anew.
//!
//! `looks-key` has a role that only looks at the service compute, `assumed-key` one that may do everything
//! and is assumed; the staff are in sessions, in an organization of their own, so what others have is 404.

use crate::{
    assumed::deputy,
    harness::{Platform, Who, requests},
    policies::{key, rules},
};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/matrix.txt");

#[tokio::test]
async fn who_may_do_what_is_as_it_was_read() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let looks = [("allow", "operation.startsWith('list-') || operation.startsWith('get-')")];
    let looks = key(&platform, &acme, "Looks", rules("compute", &looks)).await;
    let staff = platform.staff().await;
    let (_, support) = staff.member(&platform, "tom@provider.example", "Support").await;
    let callers = [
        ("anonymous", Who::Nobody),
        ("billing-key", with.billing.clone()),
        ("owner-key", acme.owner.clone()),
        ("owner-session", with.session.clone()),
        ("owner-token", with.token.clone()),
        ("looks-key", looks),
        ("assumed-key", deputy(&platform, &acme).await.0),
        ("staff-owner", staff.sign_in(&platform).await),
        ("staff-support", support),
    ];
    let mut lines = vec![format!(
        "{:<34}{}",
        "operation",
        callers.iter().map(|(name, _)| format!("{name:<15}")).collect::<String>()
    )];
    for endpoint in api::ENDPOINTS {
        let mut line = format!("{:<34}", endpoint.operation);
        for (_, who) in &callers {
            // Dry: the same caller must be there for the next row.
            let mut ask = requests::ready(&platform, &acme, &with, endpoint).await.by(who);
            if endpoint.is_mutation() {
                ask.path.push_str("?dry-run=true");
            }
            let status = ask.send().await.status;
            if endpoint.access != api::Access::Public && matches!(who, Who::Nobody) {
                assert_eq!(status, 401, "{}", endpoint.operation);
            }
            line.push_str(&format!("{status:<15}"));
        }
        lines.push(line.trim_end().to_owned());
    }
    let public: Vec<_> = api::ENDPOINTS
        .iter()
        .filter(|e| e.access == api::Access::Public)
        .map(|e| e.operation)
        .collect();
    let expected = [
        "list-zones",
        "get-audit-key",
        "find-single-sign-on",
        "begin-single-sign-on",
        "complete-single-sign-on",
        "create-session",
        "get-passkey-request-options",
        "create-passkey-session",
        "redeem-sign-in-link",
        "get-invitation",
        "accept-invitation",
        "request-password-reset",
        "reset-password",
    ];
    assert_eq!(public, expected);
    let text = lines.iter().map(|l| format!("{}\n", l.trim_end())).collect::<String>();
    if std::env::var("COULOIR_BLESS").is_ok_and(|b| b == "1") {
        std::fs::write(GOLDEN, &text).unwrap();
    }
    let golden = std::fs::read_to_string(GOLDEN).unwrap_or_default();
    assert_eq!(text, golden, "read the difference, then COULOIR_BLESS=1");
    platform.finish().await;
}
