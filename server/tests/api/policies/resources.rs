//! Rules on what a call is about: read before they are asked, wherever the call comes from.

use super::{key, refused_by, rules};
use crate::harness::{Platform, Tenant, Who, requests};
use api::{BulkItems, SearchResults};
use engine::sim::{CallName, Fault};
use serde_json::json;

/// Whoever may touch one instance only: what is not it is refused.
async fn one_only(platform: &Platform, acme: &Tenant) -> Who {
    let policy =
        rules("compute", &[("deny", "resources.instance.name != 'mine'"), ("allow", "true")]);
    key(platform, acme, "One", policy).await
}

#[tokio::test]
async fn what_is_another_s_is_answered_like_what_nobody_has() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let (mine, not_mine) =
        (acme.instance(&platform, "mine").await, acme.instance(&platform, "not").await);
    let foreign =
        [other.instance(&platform, "mine").await, other.instance(&platform, "else").await];
    let denies = one_only(&platform, &acme).await;
    let allows = rules("compute", &[("allow", "resources.instance.name == 'mine'")]);
    let allows = key(&platform, &acme, "Allows", allows).await;
    for (who, status) in [(&denies, 404), (&allows, 403)] {
        for (method, verb) in [("GET", ""), ("PUT", ":stop"), ("DELETE", "")] {
            let ask = |id: String| {
                let ask = platform.door.ask(method, &format!("/instance/{id}{verb}")).by(who);
                ask.send()
            };
            let nobody_s = ask(requests::nothing()).await.is(status).without_request_id();
            for id in foreign {
                let answer = ask(id.to_string()).await.is(status);
                assert_eq!(answer.without_request_id(), nobody_s);
            }
            refused_by(ask(not_mine.to_string()).await, "for the service \"compute\"");
            // Another zone's address does not hide it.
            let path = format!("/de-fra-1/v2/instance/{not_mine}{verb}");
            refused_by(platform.door.ask(method, &path).by(who).send().await, "The role");
        }
        platform.door.get(who, &format!("/instance/{mine}")).await.is(200);
        platform
            .door
            .put(who, &format!("/instance/{mine}:reboot?dry-run=true"), json!({}))
            .await
            .is(200);
    }
    // Without an instance there is nothing to compare.
    platform.door.get(&denies, "/instance").await.is(200);
    platform.door.get(&allows, "/instance").await.is(403);
    platform.finish().await;
}

#[tokio::test]
async fn what_the_body_names_is_read_too_and_what_the_operation_ignores_is_not() {
    let (platform, acme) = Platform::new().await;
    let web = acme.stopped_instance(&platform, "web").await;
    let policy = rules(
        "compute",
        &[
            (
                "deny",
                "resources.instance_type.size == 'large' || resource['instance_type']['gpus'] > 0",
            ),
            (
                "deny",
                "resources.template.name.contains('Debian 12') && operation == 'reset-instance'",
            ),
            ("allow", "resources.snapshot.name == 'golden'"),
            ("allow", "operation in ['scale-instance', 'reset-instance', 'list-instances']"),
        ],
    );
    let key = key(&platform, &acme, "Small", policy).await;
    let scale = |size: &str| {
        let body = json!({ "instance-type": { "id": platform.type_id(size) } });
        let path = format!("/instance/{web}:scale?dry-run=true");
        let (door, key) = (platform.door.clone(), key.clone());
        async move { door.put(&key, &path, body).await }
    };
    scale("standard.medium").await.is(200);
    refused_by(scale("standard.large").await, "rule 1");
    let template = acme.template(&platform, crate::harness::ZONES[0]).await;
    let path = format!("/instance/{web}:reset?dry-run=true");
    let with = json!({ "template": { "id": template } });
    refused_by(platform.door.put(&key, &path, with).await, "rule 2");
    platform.door.put(&key, &path, json!({})).await.is(200);

    // A snapshot that stopping does not take opens nothing.
    let snapshot = acme.snapshot(&platform, web).await;
    let named = rules("compute", &[("allow", &format!("resources.snapshot.id == '{snapshot}'"))]);
    let named = super::key(&platform, &acme, "Named", named).await;
    let path = format!("/instance/{web}:revert-snapshot?dry-run=true");
    platform.door.post(&named, &path, json!({ "id": snapshot })).await.is(200);
    let junk = json!({ "snapshot": { "id": snapshot }, "id": snapshot });
    refused_by(
        platform.door.put(&named, &format!("/instance/{web}:start"), junk).await,
        "none of its",
    );

    let roles = rules(
        "iam",
        &[("allow", "operation == 'create-api-key' && resources.iam_role.name == 'Billing'")],
    );
    let roles = super::key(&platform, &acme, "Keys", roles).await;
    for (role, expected) in [("Billing", 200), ("Owner", 403)] {
        let body = json!({ "name": "ci", "role-id": acme.role(&platform, role).await });
        platform.door.post(&roles, "/api-key", body).await.is(expected);
    }
    platform.finish().await;
}

#[tokio::test]
async fn many_at_once_and_what_is_tried_again_are_decided_one_by_one() {
    let (platform, acme) = Platform::new().await;
    let (mine, other) =
        (acme.instance(&platform, "mine").await, acme.instance(&platform, "other").await);
    let policy = rules(
        "compute",
        &[
            ("deny", "!source_ip.inIpRange('192.0.2.0/24')"),
            ("deny", "resources.instance.name != 'mine'"),
            ("allow", "source_ip.inIpRange('192.0.2.0/24')"),
        ],
    );
    let key = key(&platform, &acme, "One", policy).await;
    let body = json!({ "action": "stop-instance", "ids": [mine, other] });
    let bulk = platform.door.post(&key, "/bulk-action", body).await.operation();
    platform.drain().await;
    let path = format!("/bulk-action/{}/item?state=failed", bulk.reference.unwrap().id);
    let failed: BulkItems = platform.door.get(&key, &path).await.is(200).body();
    let said: Vec<_> =
        failed.items.iter().map(|item| item.message.clone().unwrap_or_default()).collect();
    assert_eq!(
        said,
        ["The role \"One\" refuses stop-instance: rule 2 for the service \"compute\" is true."]
    );
    assert_eq!(acme.get(&platform, other).await.state.to_string(), "running");
    assert_eq!(acme.get(&platform, mine).await.state.to_string(), "stopped");

    // What others asked for and failed is not one's own to ask for again.
    platform.sims[0].inject(CallName::Stop, Fault::Refuses, 1);
    let stop = platform
        .door
        .put(&acme.owner, &format!("/instance/{other}:stop"), json!({}))
        .await
        .operation();
    platform.drain().await;
    refused_by(
        platform.door.put(&key, &format!("/operation/{}:retry", stop.id), json!({})).await,
        "refuses stop-instance: rule 2",
    );
    platform
        .door
        .put(&acme.owner, &format!("/operation/{}:retry", stop.id), json!({}))
        .await
        .is(200);

    // What is found offers what may be done with it.
    let found: SearchResults = platform.door.get(&key, "/search?q=other").await.is(200).body();
    let hit = found.hits.iter().find(|hit| hit.name == "other").unwrap();
    assert_eq!(hit.can, [""; 0]);
    let found: SearchResults = platform.door.get(&key, "/search?q=mine").await.is(200).body();
    let hit = found.hits.iter().find(|hit| hit.name == "mine").unwrap();
    assert!(hit.can.contains(&"start-instance".to_owned()), "{:?}", hit.can);
    platform.finish().await;
}
