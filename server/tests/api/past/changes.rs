//! What became of things between two instants.

use super::{names, tick};
use crate::harness::{Platform, Tenant, Who};
use api::{ResourceChange, ResourceChanges};
use domain::history::Became;
use serde_json::{Value, json};

async fn changes(platform: &Platform, who: &Who, query: &str) -> Vec<ResourceChange> {
    let path = format!("/resource-change?{query}");
    let found: ResourceChanges = platform.door.get(who, &path).await.is(200).body();
    found.resource_changes
}

/// Two instants, between which things of several kinds were made, changed and deleted.
async fn happened(platform: &Platform, acme: &Tenant) -> (String, String) {
    acme.ssh_key(platform, "old").await;
    let web = acme.instance(platform, "web").await;
    let gone = acme.instance(platform, "gone").await;
    let from = tick(platform);
    acme.done(platform, "PUT", &format!("/instance/{web}"), json!({ "name": "web-2" })).await;
    acme.done(platform, "PUT", &format!("/instance/{web}:stop"), json!({})).await;
    acme.done(platform, "DELETE", &format!("/instance/{gone}"), json!({})).await;
    acme.ssh_key(platform, "new").await;
    acme.done(platform, "DELETE", "/ssh-key/old", json!({})).await;
    platform.clock.advance(super::SECOND);
    // What comes and goes in between differs in nothing.
    acme.ssh_key(platform, "passing").await;
    platform.clock.advance(super::SECOND);
    acme.done(platform, "DELETE", "/ssh-key/passing", json!({})).await;
    (from, tick(platform))
}

#[tokio::test]
async fn what_was_made_changed_and_deleted_is_told_with_the_events_behind_it() {
    let (platform, acme) = Platform::new().await;
    let (from, to) = happened(&platform, &acme).await;
    acme.ssh_key(&platform, "later").await;
    let span = format!("from={from}&to={to}");
    let mut found = changes(&platform, &acme.owner, &span).await;
    // Within a kind they come by their ids, which two of one instant have at random.
    found.sort_by_key(|change| (change.kind.clone(), change.became));
    let told: Vec<_> = found
        .iter()
        .map(|c| (c.kind.as_str(), c.name.as_deref().unwrap_or(&c.id), c.became))
        .collect();
    let expected = [
        ("instance", "web-2", Became::Changed),
        ("instance", "gone", Became::Deleted),
        ("quota", "instance", Became::Changed),
        ("ssh-key", "new", Became::Created),
        ("ssh-key", "old", Became::Deleted),
    ];
    assert_eq!(told, expected);
    let field = |name: &str| {
        let found = found[0].fields.iter().find(|change| change.field == name).unwrap();
        (found.before.clone().unwrap(), found.after.clone().unwrap())
    };
    assert_eq!(field("name"), (json!("web"), json!("web-2")));
    assert_eq!(field("state"), (json!("running"), json!("stopped")));
    let behind = |change: &ResourceChange| -> Vec<String> {
        change.events.iter().map(|event| event.operation.clone()).collect()
    };
    assert_eq!(behind(&found[0]), ["update-instance", "stop-instance"]);
    assert_eq!(behind(&found[1]), ["delete-instance"]);
    assert_eq!(behind(&found[4]), ["delete-ssh-key"]);
    let events: Vec<Value> = platform.door.get(&acme.owner, "/event").await.is(200).body();
    let event = &found[3].events[0];
    let in_trail = events.iter().find(|e| e["sequence"] == event.sequence).unwrap();
    assert_eq!(in_trail["handler"], "register-ssh-key");
    let keys = changes(&platform, &acme.owner, &format!("{span}&kind=ssh-key")).await;
    assert_eq!(keys.len(), 2);
    assert!(changes(&platform, &acme.owner, &format!("from={to}&to={to}")).await.is_empty());
    platform.finish().await;
}

#[tokio::test]
async fn differences_come_in_pages_that_lose_nothing() {
    let (platform, acme) = Platform::new().await;
    let (from, to) = happened(&platform, &acme).await;
    let whole = changes(&platform, &acme.owner, &format!("from={from}&to={to}")).await;
    let mut path = format!("/resource-change?from={from}&to={to}&limit=2");
    let mut found = Vec::new();
    loop {
        let page = platform.door.get(&acme.owner, &path).await.is(200);
        let link = page.header("link").to_owned();
        found.extend(page.body::<ResourceChanges>().resource_changes);
        match link.strip_prefix("</v2") {
            Some(next) => path = next.split('>').next().unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!(found, whole);
    platform.finish().await;
}

#[tokio::test]
async fn nobody_is_told_more_than_they_may_read() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let from = tick(&platform);
    let body = json!({ "name": "web" });
    acme.done(&platform, "PUT", &format!("/instance/{}", with.running), body).await;
    acme.ssh_key(&platform, "k").await;
    let to = tick(&platform);
    let span = format!("from={from}&to={to}");
    assert_eq!(changes(&platform, &acme.owner, &span).await.len(), 2);
    assert!(changes(&platform, &other.owner, &span).await.is_empty());
    let billing = changes(&platform, &with.billing, &span).await;
    assert!(billing.is_empty(), "{billing:?}");
    // Whoever sees keys only, and no trail.
    let keys = json!({ "name": "Keys", "policy": { "default-service-strategy": "deny",
        "services": { "compute": { "type": "rules", "rules": [
            { "action": "allow", "expression": "operation in ['get-ssh-key', 'list-ssh-keys']" }] } } } });
    platform.door.post(&acme.owner, "/iam-role", keys).await.is(200);
    let keys = acme.key(&platform, "Keys").await;
    let told = changes(&platform, &keys, &span).await;
    let kinds: Vec<_> =
        told.iter().map(|change| (change.kind.as_str(), change.events.len())).collect();
    assert_eq!(kinds, [("ssh-key", 0)]);
    assert_eq!(names(&platform, &keys, &format!("/ssh-key?at={to}")).await.len(), 2);
    platform.finish().await;
}

#[tokio::test]
async fn who_became_what_is_told_field_by_field_and_without_secrets() {
    let (platform, acme) = Platform::new().await;
    let from = tick(&platform);
    let (id, _) = acme.member(&platform, "cleo@acme.example", "Billing").await;
    let joined = tick(&platform);
    let role = acme.role(&platform, "Owner").await;
    let path = format!("/user/{id}");
    platform.door.put(&acme.owner, &path, json!({ "role": { "id": role } })).await.is(200);
    let policy =
        json!({ "default-service-strategy": "allow", "services": { "dns": { "type": "deny" } } });
    platform.door.put(&acme.owner, "/iam-organization-policy", policy).await.is(200);
    let to = tick(&platform);
    let first =
        changes(&platform, &acme.owner, &format!("from={from}&to={joined}&kind=user")).await;
    assert_eq!((first.len(), first[0].became), (1, Became::Created));
    assert_eq!(first[0].name.as_deref(), Some("cleo@acme.example"));
    let then = changes(&platform, &acme.owner, &format!("from={joined}&to={to}")).await;
    let fields: Vec<_> =
        then.iter().map(|change| (change.kind.as_str(), change.fields[0].field.as_str())).collect();
    assert_eq!(fields, [("user", "role"), ("organization", "policy")]);
    platform.finish().await;
}

#[tokio::test]
async fn instants_that_can_not_be_compared_are_refused() {
    let (platform, acme) = Platform::new().await;
    let now = tick(&platform);
    let later = platform.cloud.now();
    for (query, field) in [
        ("from=2026-01-01T00:00:00Z".to_owned(), "from"),
        ("to=2028-01-01T00:00:00Z".to_owned(), "to"),
        (format!("from={later}&to={now}"), "from"),
        ("kind=nothing".to_owned(), "kind"),
        ("limit=0".to_owned(), "limit"),
        (format!("at={now}"), "at"),
    ] {
        let answer = platform.door.get(&acme.owner, &format!("/resource-change?{query}")).await;
        assert_eq!(answer.is(400).fields(), [field], "{query}");
    }
    let answer = platform.door.get(&acme.owner, "/resource-change").await.is(200);
    assert_eq!(answer.json()["from"], now);
    platform.finish().await;
}
