//! What lists and details were at an instant.

mod changes;
mod plans;
mod random;

use crate::harness::{Database, PUBLIC_KEY, Platform, Tenant, Who, requests};
use serde_json::{Value, json};
use server::housekeeping;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// The instant, and a second more on the clock.
fn tick(platform: &Platform) -> String {
    let now = platform.cloud.now().to_string();
    platform.clock.advance(SECOND);
    now
}

async fn names(platform: &Platform, who: &Who, path: &str) -> Vec<String> {
    let list = platform.door.get(who, path).await.is(200).json();
    let items = list.as_object().unwrap().values().next().unwrap().as_array().unwrap().clone();
    items.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn who_let_people_in_is_known_when_they_no_longer_do() {
    let (platform, acme) = Platform::new().await;
    acme.everything(&platform).await;
    let providers = async |at: &str| {
        let path = format!("/identity-provider{at}");
        platform.door.get(&acme.owner, &path).await.is(200).json()["identity-providers"].clone()
    };
    let stood = providers("").await;
    assert!(stood[0]["issuer"].is_string(), "{stood}");
    let then = format!("?at={}", tick(&platform));
    let one = format!("/identity-provider/{}", stood[0]["id"].as_str().unwrap());
    platform.door.ask("DELETE", &one).by(&acme.owner).send().await.is(200);
    tick(&platform);
    assert_eq!(providers("").await, json!([]));
    assert_eq!(providers(&then).await, stood);
    platform.door.get(&acme.owner, &one).await.is(404);
    let was = platform.door.get(&acme.owner, &format!("{one}{then}")).await.is(200).json();
    assert_eq!(was, stood[0]);
    platform.finish().await;
}

#[tokio::test]
async fn an_instance_is_seen_before_between_and_after_its_life() {
    let (platform, acme) = Platform::new().await;
    let before = tick(&platform);
    let (id, operation) = acme.begin(&platform, "web").await;
    let starting = tick(&platform);
    platform.succeed(&acme.owner, &operation).await;
    let running = tick(&platform);
    acme.done(&platform, "PUT", &format!("/instance/{id}"), json!({ "name": "web-2" })).await;
    let renamed = tick(&platform);
    acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    let gone = tick(&platform);
    let was = async |at: &str| {
        let path = format!("/instance/{id}?at={at}");
        let answer = platform.door.get(&acme.owner, &path).await;
        let listed = names(&platform, &acme.owner, &format!("/instance?at={at}")).await;
        (answer.status, answer.json()["state"].clone(), listed)
    };
    let (no, starts, runs) = (Value::Null, json!("starting"), json!("running"));
    assert_eq!(was(&before).await, (404, no.clone(), vec![]));
    assert_eq!(was(&starting).await, (200, starts, vec!["web".to_owned()]));
    assert_eq!(was(&running).await, (200, runs.clone(), vec!["web".to_owned()]));
    assert_eq!(was(&renamed).await, (200, runs, vec!["web-2".to_owned()]));
    assert_eq!(was(&gone).await, (404, no, vec![]));
    let quota = format!("/quota/instance?at={running}");
    assert_eq!(platform.door.get(&acme.owner, &quota).await.is(200).json()["usage"], 1);
    platform.finish().await;
}

#[tokio::test]
async fn filters_order_and_pages_are_those_of_the_present() {
    let (platform, acme) = Platform::new().await;
    for name in ["b", "web", "c"] {
        acme.instance(&platform, name).await;
    }
    let then = tick(&platform);
    acme.instance(&platform, "b-web").await;
    let first = format!("/instance?sort=name&limit=2&at={then}");
    let page = platform.door.get(&acme.owner, &first).await.is(200);
    assert_eq!(page.json()["instances"][1]["name"], "c");
    let link = page.header("link").to_owned();
    assert!(link.contains(&format!("at={}", then.replace(':', "%3A"))), "{link}");
    let next = link.trim_start_matches("</v2").split('>').next().unwrap();
    assert_eq!(names(&platform, &acme.owner, next).await, ["web"]);
    let found = format!("/instance?q=web&totals=true&at={then}");
    let found = platform.door.get(&acme.owner, &found).await.is(200).json();
    assert_eq!((&found["total"], &found["running"]), (&json!(1), &json!(1)));
    platform.finish().await;
}

#[tokio::test]
async fn what_can_not_be_known_is_refused_and_says_what_can() {
    let (platform, acme) = Platform::new().await;
    let refused = async |path: &str| {
        let answer = platform.door.get(&acme.owner, path).await.is(400);
        assert_eq!(answer.fields(), ["at"], "{path}");
        answer.message()
    };
    platform.clock.advance(SECOND);
    let now = platform.cloud.now();
    let later = now.plus(SECOND);
    assert!(refused(&format!("/instance?at={later}")).await.contains(&format!("now it is {now}")));
    assert!(refused("/instance?at=yesterday").await.contains("2027-01-15T08:00:00Z"));
    let earliest = now.minus(SECOND);
    let said = refused("/instance?at=2026-12-31T23:59:59Z").await;
    assert!(said.contains(&earliest.to_string()), "{said}");
    assert!(refused(&format!("/zone?at={now}")).await.contains("list-zones"));
    let (path, body) = ("/ssh-key", json!({ "name": "k", "public-key": PUBLIC_KEY }));
    let write = platform.door.post(&acme.owner, &format!("{path}?at={now}"), body).await;
    assert_eq!(write.is(400).fields(), ["at"]);
    platform.finish().await;
}

#[tokio::test]
async fn the_past_is_read_with_the_permissions_of_now() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let then = tick(&platform);
    let of_instance = format!("/instance/{}?at={then}", with.running);
    platform.door.get(&other.owner, &of_instance).await.is(404);
    assert!(names(&platform, &other.owner, &format!("/instance?at={then}")).await.is_empty());
    platform.door.get(&with.billing, &of_instance).await.is(403);
    platform.door.get(&Who::Nobody, &of_instance).await.is(401);
    // A rule about the thing is about what is shown.
    let only_web = json!({ "name": "Web", "policy": { "default-service-strategy": "deny",
        "services": { "compute": { "type": "rules", "rules": [
            { "action": "allow", "expression": "resources.instance.name == 'web'" }] } } } });
    platform.door.post(&acme.owner, "/iam-role", only_web).await.is(200);
    let web = acme.key(&platform, "Web").await;
    let path = format!("/instance/{}", with.running);
    acme.done(&platform, "PUT", &path, json!({ "name": "web" })).await;
    let named = tick(&platform);
    platform.door.get(&web, &path).await.is(200);
    platform.door.get(&web, &format!("{path}?at={then}")).await.is(403);
    platform.door.get(&web, &format!("{path}?at={named}")).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn an_address_of_a_file_is_not_given_away_later() {
    let (platform, acme) = Platform::new().await;
    let of = acme.instance(&platform, "web").await;
    let snapshot = acme.snapshot(&platform, of).await;
    let path = format!("/snapshot/{snapshot}");
    acme.done(&platform, "POST", &format!("{path}:export"), json!({})).await;
    let then = tick(&platform);
    let now = platform.door.get(&acme.owner, &path).await.is(200).json();
    assert!(now["export"]["presigned-url"].is_string());
    let was = platform.door.get(&acme.owner, &format!("{path}?at={then}")).await.is(200).json();
    assert_eq!(was["export"]["md5sum"], now["export"]["md5sum"]);
    assert!(was["export"]["presigned-url"].is_null());
    platform.finish().await;
}

async fn versions(platform: &Platform, acme: &Tenant) -> usize {
    let all = platform.dump().await;
    let of = format!("org_id={}", acme.org);
    all["resource_versions"].iter().filter(|row| row.contains(&of)).count()
}

#[tokio::test]
async fn the_past_is_forgotten_after_as_many_days_as_the_organization_says() {
    let (platform, acme) = Platform::new().await;
    let set = async |days: i64| {
        platform.door.put(&acme.owner, "/organization", json!({ "history-days": days })).await
    };
    for wrong in [0, -1, 366] {
        assert_eq!(set(wrong).await.is(400).fields(), ["history-days"]);
    }
    let id = acme.instance(&platform, "web").await;
    let early = tick(&platform);
    let rename = async |name: &str| {
        acme.done(&platform, "PUT", &format!("/instance/{id}"), json!({ "name": name })).await;
        tick(&platform)
    };
    rename("web-2").await;
    platform.clock.advance(DAY * 3);
    let late = rename("web-3").await;
    assert_eq!(set(2).await.is(200).json()["history-days"], 2);
    let before = versions(&platform, &acme).await;
    housekeeping::once(&platform.cloud).await.unwrap();
    assert!(versions(&platform, &acme).await < before);
    let list = async |at: &str| platform.door.get(&acme.owner, &format!("/instance?at={at}")).await;
    let said = list(&early).await.is(400).message();
    let limit = platform.cloud.now().minus(DAY * 2).to_string();
    assert!(said.contains(&limit), "{said}");
    // What stood at the limit still does.
    assert_eq!(list(&limit).await.is(200).json()["instances"][0]["name"], "web-2");
    assert_eq!(list(&late).await.is(200).json()["instances"][0]["name"], "web-3");
    platform.finish().await;
}

#[tokio::test]
async fn what_was_there_before_is_known_from_the_start_on() {
    let (platform, acme) = Platform::new().await;
    acme.instance(&platform, "web").await;
    let before = tick(&platform);
    // As it was before versions were kept.
    for table in ["resource_versions", "recorded_tables"] {
        Database::run(platform.storage().0, &format!("DELETE FROM {table}")).await;
    }
    let platform = platform.restart().await;
    let start = tick(&platform);
    assert_eq!(names(&platform, &acme.owner, &format!("/instance?at={start}")).await, ["web"]);
    let said = platform.door.get(&acme.owner, &format!("/instance?at={before}")).await;
    assert!(said.is(400).message().contains(&start));
    // Once more brings nothing new.
    let known = versions(&platform, &acme).await;
    let platform = platform.restart().await;
    assert_eq!(versions(&platform, &acme).await, known);
    platform.finish().await;
}

#[tokio::test]
async fn the_operators_check_compares_the_newest_versions_with_what_there_is() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    platform.check().await.unwrap();
    let changed = format!(
        "UPDATE resource_versions SET body = REPLACE(body, 'web', 'db') WHERE id = '{id}' \
         AND until_us = {}",
        i64::MAX
    );
    Database::run(platform.storage().0, &changed).await;
    let said = platform.check().await.unwrap_err();
    assert!(said.contains(&format!("instances {id}")), "{said}");
    platform.finish_broken().await;
}

#[tokio::test]
async fn what_changes_nothing_writes_no_version() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let before = versions(&platform, &acme).await;
    platform.clock.advance(SECOND);
    platform.door.get(&acme.owner, "/instance").await.is(200);
    let missing = format!("/instance/{}:stop", requests::nothing());
    platform.door.put(&acme.owner, &missing, json!({})).await.is(404);
    let dry = format!("/instance/{id}:stop?dry-run=true");
    platform.door.put(&acme.owner, &dry, json!({})).await.is(200);
    housekeeping::once(&platform.cloud).await.unwrap();
    assert_eq!(versions(&platform, &acme).await, before);
    platform.finish().await;
}

#[tokio::test]
async fn an_organization_has_no_past_before_it_began() {
    let (platform, _) = Platform::new().await;
    let before = tick(&platform);
    platform.clock.advance(SECOND);
    let young = platform.tenant("Young", "eve@young.example").await;
    let began = platform.cloud.now();
    platform.clock.advance(SECOND);
    for path in ["/organization?at=", "/instance?at=", "/resource-change?from="] {
        let refused = platform.door.get(&young.owner, &format!("{path}{before}")).await.is(400);
        assert!(refused.message().contains(&began.to_string()), "{}", refused.message());
        platform.door.get(&young.owner, &format!("{path}{began}")).await.is(200);
    }
    // From the earliest that is known, without anybody saying so.
    platform.door.get(&young.owner, "/resource-change").await.is(200);
    platform.finish().await;
}
