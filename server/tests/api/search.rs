//! Search: whatever one has is found by what one knows of it, the best first, and nothing else is.

use crate::harness::{Everything, Platform, Tenant, Who};
use api::{SearchHit, SearchResults};
use domain::search::{Fit, SearchKind};
use serde_json::json;

async fn search(platform: &Platform, who: &Who, q: &str) -> SearchResults {
    let path = format!("/search?q={}", api::encode(q));
    platform.door.get(who, &path).await.is(200).body()
}

async fn first(platform: &Platform, who: &Who, q: &str) -> SearchHit {
    let found = search(platform, who, q).await;
    found.hits.into_iter().next().unwrap_or_else(|| panic!("{q} finds nothing"))
}

async fn labelled(platform: &Platform, acme: &Tenant, name: &str, labels: serde_json::Value) {
    let mut body = acme.body(platform, name).await;
    body["labels"] = labels;
    platform.door.post(&acme.owner, "/instance", body).await.is(200);
    platform.drain().await;
}

/// The ids under which everything goes.
fn ids(with: &Everything) -> Vec<(SearchKind, String)> {
    let Who::Key { key, .. } = &with.billing else { unreachable!() };
    vec![
        (SearchKind::Instance, with.running.to_string()),
        (SearchKind::Template, with.template.to_string()),
        (SearchKind::Snapshot, with.snapshot.to_string()),
        (SearchKind::SavedView, with.saved_view.to_string()),
        (SearchKind::SshKey, with.ssh_key.clone()),
        (SearchKind::ApiKey, key.clone()),
        (SearchKind::Operation, with.failed.to_string()),
        (SearchKind::BulkAction, with.bulk_action.to_string()),
    ]
}

#[tokio::test]
async fn everything_is_found_by_its_id_and_by_its_beginning() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    for (kind, id) in ids(&with) {
        let hit = first(&platform, &acme.owner, &format!(" {id} ")).await;
        assert_eq!((hit.kind, &hit.id, hit.fit), (kind, &id, Fit::Id));
        let beginning = &id[..id.len() - 2];
        let found = search(&platform, &acme.owner, &beginning.to_uppercase()).await;
        assert!(found.hits.iter().any(|hit| hit.id == id), "{kind} {beginning}");
    }
    let org = first(&platform, &acme.owner, &acme.org.to_string()).await;
    assert_eq!((org.kind, org.name.as_str()), (SearchKind::Organization, "Acme"));
    platform.finish().await;
}

#[tokio::test]
async fn what_another_organization_has_is_not_found() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let theirs = other.everything(&platform).await;
    let mut secret = ids(&theirs);
    secret.push((SearchKind::Organization, other.org.to_string()));
    for (kind, id) in secret {
        for q in [&id, &id[..id.len() - 1]] {
            let found = search(&platform, &acme.owner, q).await;
            assert!(found.hits.is_empty() && !found.more, "{kind} {q}: {:?}", found.hits);
        }
    }
    for name in ["running", "golden", "key-of"] {
        assert!(search(&platform, &acme.owner, name).await.hits.is_empty(), "{name}");
    }
    platform.finish().await;
}

#[tokio::test]
async fn the_best_comes_first_and_says_what_can_be_asked() {
    let (platform, acme) = Platform::new().await;
    for name in ["my-web", "Web", "web-1"] {
        acme.instance(&platform, name).await;
    }
    acme.stopped_instance(&platform, "web-2").await;
    labelled(&platform, &acme, "db", json!({ "for": "web%s", "Env": "Prod" })).await;
    let names = async |q: &str| {
        let found = search(&platform, &acme.owner, q).await;
        found.hits.into_iter().map(|hit| hit.name).collect::<Vec<_>>()
    };
    assert_eq!(names("WEB").await, ["Web", "web-1", "web-2", "db", "my-web"]);
    assert_eq!(names("eb-").await, ["web-1", "web-2"]);
    for label in ["env=prod", "ENV:pro", "prod", "web%", "%s"] {
        assert_eq!(names(label).await, ["db"], "{label}");
    }
    assert_eq!(names("env=test").await, [""; 0]);
    let hit = first(&platform, &acme.owner, "env=prod").await;
    assert!(hit.detail.is_some_and(|detail| detail.ends_with("Env=Prod")));
    let running = first(&platform, &acme.owner, "web-1").await;
    assert!(running.can.iter().any(|can| can == "stop-instance"));
    assert!(!running.can.iter().any(|can| can == "start-instance"));
    assert_eq!(first(&platform, &acme.owner, "web-2").await.can[0], "start-instance");
    let list: api::Instances = platform.door.get(&acme.owner, "/instance?q=web-1").await.body();
    let v4 = list.instances[0].public_ip.clone().unwrap();
    assert_eq!(names(&v4).await[0], "web-1");
    assert!(names(v4.rsplit_once('.').unwrap().0).await.contains(&"web-1".to_owned()));
    platform.finish().await;
}

#[tokio::test]
async fn nobody_finds_what_they_may_not_list() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    for (kind, id) in ids(&with) {
        assert!(search(&platform, &with.billing, &id).await.hits.is_empty(), "{kind}");
    }
    assert!(search(&platform, &with.billing, "running").await.hits.is_empty());
    platform.finish().await;
}

#[tokio::test]
async fn what_is_too_much_is_refused_and_nothing_finds_nothing() {
    let (platform, acme) = Platform::new().await;
    for n in 0..4 {
        acme.instance(&platform, &format!("web-{n}")).await;
    }
    for (query, field) in [
        (format!("q={}", "x".repeat(201)), "q"),
        ("q=a%07".to_owned(), "q"),
        ("q=web&limit=0".to_owned(), "limit"),
        ("q=web&limit=21".to_owned(), "limit"),
    ] {
        let answer = platform.door.get(&acme.owner, &format!("/search?{query}")).await.is(400);
        assert_eq!(answer.fields(), [field], "{query}");
    }
    for nothing in ["/search", "/search?q=", "/search?q=%20", "/search?q=nobody%27s"] {
        let found: SearchResults = platform.door.get(&acme.owner, nothing).await.is(200).body();
        assert!(found.hits.is_empty() && !found.more, "{nothing}");
    }
    let path = "/search?q=web&limit=3";
    let found: SearchResults = platform.door.get(&acme.owner, path).await.is(200).body();
    assert!(found.hits.len() == 3 && found.more);
    let there: SearchResults =
        platform.door.get(&acme.owner, "/de-fra-1/v2/search?q=web").await.is(200).body();
    assert!(there.hits.is_empty(), "a zone's address shows that zone alone");
    platform.finish().await;
}
