//! The life of API keys: some end by themselves, and another can take one's place.

use crate::harness::{Answer, Platform, Who};
use serde_json::json;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3_600);

fn who(answer: &Answer) -> Who {
    let text = |name: &str| answer.json()[name].as_str().unwrap().to_owned();
    Who::Key { key: text("key"), secret: text("secret") }
}

fn path(who: &Who) -> String {
    let Who::Key { key, .. } = who else { unreachable!() };
    format!("/api-key/{key}")
}

#[tokio::test]
async fn a_key_ends_when_it_was_said_to() {
    let (platform, acme) = Platform::new().await;
    let (door, owner) = (&platform.door, acme.role(&platform, "Owner").await);
    let body = |days: i64| json!({ "name": "ci", "role-id": owner, "days": days });
    for days in [0, -1, 3_651, i64::MAX] {
        assert_eq!(door.post(&acme.owner, "/api-key", body(days)).await.is(400).fields(), ["days"]);
    }
    let made = door.post(&acme.owner, "/api-key", body(1)).await.is(200);
    assert!(made.json()["expires-at"].is_string());
    let key = who(&made);
    let used = async || door.get(&acme.owner, "/quota/iam-key").await.json()["usage"].clone();
    assert_eq!(used().await, 2);
    platform.clock.advance(24 * HOUR - Duration::from_millis(1));
    door.get(&key, "/instance").await.is(200);
    platform.clock.advance(Duration::from_millis(1));
    door.get(&key, "/instance").await.is(401);
    door.get(&acme.owner, &path(&key)).await.is(404);
    let listed: api::ApiKeys = door.get(&acme.owner, "/api-key").await.body();
    assert_eq!(listed.api_keys.len(), 1);
    // The platform clears it away, and says so.
    server::housekeeping::once(&platform.cloud).await.unwrap();
    assert_eq!(used().await, 1);
    let trail = door.get(&acme.owner, "/audit-trail?operation=delete-api-key").await.json();
    assert_eq!(trail["events"][0]["actor"], "the platform");
    platform.finish().await;
}

#[tokio::test]
async fn another_key_takes_the_place_of_one_which_goes_on_for_a_while() {
    let (platform, acme) = Platform::new().await;
    let door = &platform.door;
    let old = acme.key(&platform, "Owner").await;
    let rotate = format!("{}:rotate", path(&old));
    for hours in [-1, 721] {
        let answer = door.post(&acme.owner, &rotate, json!({ "overlap-hours": hours })).await;
        assert_eq!(answer.is(400).fields(), ["overlap-hours"]);
    }
    let made = door.post(&acme.owner, &rotate, json!({ "overlap-hours": 2 })).await.is(200);
    let new = who(&made);
    let before = door.get(&acme.owner, &path(&old)).await.json();
    let after = door.get(&acme.owner, &path(&new)).await.json();
    assert_eq!((&after["name"], &after["role-id"]), (&before["name"], &before["role-id"]));
    assert!(before["expires-at"].is_string() && after["expires-at"].is_null());
    assert_eq!(before["expires-at"], made.json()["previous-until"]);
    // It is never given longer than it has.
    let again = door.post(&acme.owner, &rotate, json!({})).await.is(200);
    assert_eq!(again.json()["previous-until"], before["expires-at"]);
    for both in [&old, &new] {
        door.get(both, "/instance").await.is(200);
    }
    platform.clock.advance(2 * HOUR);
    door.get(&old, "/instance").await.is(401);
    door.get(&new, "/instance").await.is(200);
    door.post(&acme.owner, &rotate, json!({})).await.is(404);

    // At once, when there is reason to.
    let now = json!({ "overlap-hours": 0 });
    let last = door.post(&acme.owner, &format!("{}:rotate", path(&new)), now).await.is(200);
    door.get(&new, "/instance").await.is(401);
    door.get(&who(&last), "/instance").await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn who_rotates_a_key_has_as_much_as_it() {
    let (platform, acme) = Platform::new().await;
    let door = &platform.door;
    let iam =
        json!({ "default-service-strategy": "deny", "services": { "iam": { "type": "allow" } } });
    let body = json!({ "name": "Keepers", "policy": iam });
    door.post(&acme.owner, "/iam-role", body).await.is(200);
    let keeper = acme.key(&platform, "Keepers").await;
    door.post(&keeper, &format!("{}:rotate", path(&acme.owner)), json!({})).await.is(403);
    let small = acme.key(&platform, "Billing").await;
    door.post(&keeper, &format!("{}:rotate", path(&small)), json!({})).await.is(200);
    platform.finish().await;
}
