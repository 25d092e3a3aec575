//! `dry-run=true` on every mutation: the effect is told, and nothing changes.

use crate::harness::{Platform, difference, requests};
use api::Preview;
use domain::quota::QuotaResource::{self, *};

#[tokio::test]
async fn every_mutation_can_be_tried_without_having_it() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let before = platform.dump().await;
    // There is one already; where there is none, its own story tries it.
    let possible = |e: &&api::Endpoint| e.operation != "create-identity-provider";
    for endpoint in api::ENDPOINTS.iter().filter(|e| e.is_mutation()).filter(possible) {
        let mut ask = requests::ready(&platform, &acme, &with, endpoint).await;
        ask.path.push_str("?dry-run=true");
        let ask = ask.header("idempotency-key", endpoint.operation);
        let calls: usize = platform.sims.iter().map(|s| s.calls().len()).sum();
        let answer = ask.send().await.is(200);
        let preview: Preview = answer.body();
        assert!(preview.dry_run);
        assert_eq!(preview.operation, endpoint.operation);
        assert!(answer.cookie().is_none(), "{} signs nobody in", endpoint.operation);
        platform.work().await;
        let changed = difference(&before, &platform.dump().await);
        assert_eq!(changed, [""; 0], "{}", endpoint.operation);
        assert_eq!(calls, platform.sims.iter().map(|s| s.calls().len()).sum::<usize>());
        effect(endpoint.operation, &preview);
    }
    // What was tried can then be done.
    for endpoint in api::ENDPOINTS.iter().filter(|e| e.operation == "create-instance") {
        requests::ready(&platform, &acme, &with, endpoint).await.send().await.is(200);
    }
    platform.finish().await;
}

/// What the preview must say of quotas, price and number.
fn effect(operation: &str, preview: &Preview) {
    let quotas: &[(QuotaResource, i64)] = match operation {
        "create-instance" => &[(Instance, 1)],
        "delete-instance" => &[(Instance, -1), (Snapshot, -1)],
        "soft-delete-instance" => &[(Instance, -1)],
        "recover-instance" => &[(Instance, 1)],
        "create-snapshot" => &[(Snapshot, 1)],
        "delete-snapshot" => &[(Snapshot, -1)],
        "promote-snapshot-to-template" => &[(Template, 1)],
        "delete-template" => &[(Template, -1)],
        "create-api-key" | "rotate-api-key" => &[(IamKey, 1)],
        "delete-api-key" => &[(IamKey, -1)],
        _ => &[],
    };
    let told: Vec<_> = preview.quotas.iter().map(|q| (q.resource, q.after - q.used)).collect();
    assert_eq!(told, quotas, "{operation}");
    let items = preview.items.map(|items| (items.total, items.refused));
    assert_eq!(items, (operation == "create-bulk-action").then_some((1, 0)), "{operation}");
    let price = preview.price.as_ref();
    let change = price.map(|p| p.after.nano_per_hour.0 - p.before.nano_per_hour.0);
    let (small, disk, snapshot, template) = (23_330_000, 140_000, 140_000, 280_000);
    let expected = match operation {
        "create-instance" => Some(small + 10 * disk),
        "delete-instance" => Some(-(small + 10 * disk)),
        "start-instance" => Some(small),
        "stop-instance" | "soft-delete-instance" | "create-bulk-action" => Some(-small),
        "resize-instance-disk" => Some(10 * disk),
        "create-snapshot" => Some(10 * snapshot),
        "delete-snapshot" => Some(-10 * snapshot),
        "promote-snapshot-to-template" => Some(10 * template),
        "delete-template" => Some(-10 * template),
        "scale-instance"
        | "reboot-instance"
        | "reset-instance"
        | "reset-instance-password"
        | "recover-instance"
        | "revert-instance-to-snapshot" => Some(0),
        _ => None,
    };
    assert_eq!(change, expected, "{operation}");
}

#[tokio::test]
async fn a_dry_run_refuses_what_the_mutation_would() {
    let (platform, acme) = Platform::new().await;
    platform.set_quota(&acme, Instance, 0).await;
    let body = acme.body(&platform, "web").await;
    let before = platform.dump().await;
    let answer = platform.door.post(&acme.owner, "/instance?dry-run=true", body).await.is(409);
    assert_eq!(answer.json()["code"], "quota-exceeded");
    platform.door.post(&acme.owner, "/instance?dry-run=true", serde_json::json!({})).await.is(400);
    assert_eq!(difference(&before, &platform.dump().await), [""; 0]);
    platform.finish().await;
}
