//! Saved views: kept questions to a list, seen by all or by one, counted in one go, never silently
//! something else.

use crate::harness::{Platform, Tenant, Who};
use serde_json::{Value, json};

async fn listed(platform: &Platform, who: &Who, query: &str) -> Vec<api::SavedView> {
    let list: api::SavedViews =
        platform.door.get(who, &format!("/saved-view{query}")).await.is(200).body();
    list.saved_views
}

async fn names(platform: &Platform, who: &Who) -> Vec<String> {
    listed(platform, who, "").await.into_iter().map(|view| view.name).collect()
}

fn of(name: &str, query: &str) -> Value {
    json!({ "name": name, "list": "instances", "query": query })
}

#[tokio::test]
async fn a_view_is_kept_as_the_portal_writes_it_and_counted() {
    let (platform, acme) = Platform::new().await;
    acme.instance(&platform, "web").await;
    acme.stopped_instance(&platform, "db").await;
    let view = acme
        .saved_view(
            &platform,
            &acme.owner,
            " Up ",
            "?state=running&limit=50&sort=name&q=&cols=name,state",
        )
        .await;
    assert_eq!(
        (view.name.as_str(), view.query.as_str()),
        ("Up", "cols=name%2Cstate&sort=name&state=running")
    );
    assert_eq!((view.shared, view.own, view.count, view.problem), (true, false, None, None));
    acme.saved_view(&platform, &acme.owner, "all", "").await;
    acme.saved_view(&platform, &acme.owner, "Frankfurt", "zone=de-fra-1&labels=env%3Dprod").await;
    let counts: Vec<_> = listed(&platform, &acme.owner, "?counts=true&list=instances")
        .await
        .into_iter()
        .map(|view| (view.name, view.count))
        .collect();
    let expected =
        [("all", Some(2)), ("Frankfurt", Some(0)), ("Up", Some(1))].map(|(n, c)| (n.to_owned(), c));
    assert_eq!(counts, expected);
    assert!(listed(&platform, &acme.owner, "").await.iter().all(|view| view.count.is_none()));
    platform.finish().await;
}

#[tokio::test]
async fn what_the_list_does_not_take_is_refused() {
    let (platform, acme) = Platform::new().await;
    acme.saved_view(&platform, &acme.owner, "Mine", "").await;
    for (query, word) in [
        ("colour=red", "colour"),
        ("cursor=abc", "cursor"),
        ("sort=price", "sort"),
        ("state=asleep", "state"),
        ("zone=mars", "zone"),
        ("instance-type=standard.colossal", "instance-type"),
        ("limit=0", "limit"),
        ("labels=env", "labels"),
        ("cols=name,price", "price"),
        ("cols=state,name", "state"),
        ("state=running&state=stopped", "twice"),
        ("q=state:running", "parameter"),
        (&"x".repeat(1_001), "1000"),
    ] {
        let answer = platform.door.post(&acme.owner, "/saved-view", of("New", query)).await.is(400);
        assert_eq!(answer.fields(), ["query"], "{query}");
        assert!(answer.message().contains(word), "{query}: {}", answer.message());
    }
    for name in ["", "  ", &"x".repeat(61), "a\u{7}"] {
        let answer = platform.door.post(&acme.owner, "/saved-view", of(name, "")).await.is(400);
        assert_eq!(answer.fields(), ["name"], "{name}");
    }
    let answer = platform.door.post(&acme.owner, "/saved-view", of("Mine", "q=x")).await.is(409);
    assert!(answer.message().contains("already exists"), "{}", answer.message());
    let mut unknown = of("New", "");
    unknown["list"] = json!("unicorns");
    assert_eq!(
        platform.door.post(&acme.owner, "/saved-view", unknown).await.is(400).fields(),
        ["list"]
    );
    for n in 1..100 {
        acme.saved_view(&platform, &acme.owner, &format!("view {n}"), "").await;
    }
    let answer = platform.door.post(&acme.owner, "/saved-view", of("One more", "")).await.is(409);
    assert!(answer.message().contains("100 saved views"), "{}", answer.message());
    let counted = listed(&platform, &acme.owner, "?counts=true").await;
    assert!(counted.len() == 100 && counted.iter().all(|view| view.count == Some(0)));
    platform.finish().await;
}

#[tokio::test]
async fn ones_own_view_is_seen_by_nobody_else_until_it_is_shared() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let mut body = of("Secret", "q=acquisition");
    body["shared"] = json!(false);
    assert_eq!(
        platform.door.post(&acme.owner, "/saved-view", body.clone()).await.is(400).fields(),
        ["shared"]
    );
    let own: api::SavedView = platform.door.post(&ann, "/saved-view", body).await.is(200).body();
    assert_eq!((own.own, own.made_by.as_deref()), (true, Some(acme.email.as_str())));
    let path = format!("/saved-view/{}", own.id);
    assert_eq!(names(&platform, &acme.owner).await, [""; 0]);
    platform.door.get(&acme.owner, &path).await.is(404);
    platform.door.put(&acme.owner, &path, json!({ "shared": true })).await.is(404);
    platform.door.delete(&acme.owner, &path).await.is(404);
    platform.door.put(&ann, &path, json!({ "shared": true })).await.is(200);
    assert_eq!(names(&platform, &acme.owner).await, ["Secret"]);
    platform.door.put(&acme.owner, &path, json!({ "shared": false })).await.is(403);
    platform.door.put(&acme.owner, &path, json!({ "name": "Open" })).await.is(200);
    platform.door.put(&ann, &path, json!({ "shared": false })).await.is(200);
    assert_eq!(
        (names(&platform, &ann).await, names(&platform, &acme.owner).await.len()),
        (vec!["Open".into()], 0)
    );
    platform.door.delete(&ann, &path).await.is(200);
    platform.door.get(&ann, &path).await.is(404);
    platform.finish().await;
}

#[tokio::test]
async fn two_people_do_not_overwrite_each_other() {
    let (platform, acme) = Platform::new().await;
    let view = acme.saved_view(&platform, &acme.owner, "Web", "q=web").await;
    acme.saved_view(&platform, &acme.owner, "Taken", "").await;
    let path = format!("/saved-view/{}", view.id);
    let seen = platform.door.get(&acme.owner, &path).await.is(200);
    let rename = |name: &str, tag: &str| {
        let ask = platform.door.ask("PUT", &path).by(&acme.owner).header("if-match", tag);
        ask.json(&json!({ "name": name })).send()
    };
    let tag = seen.header("etag").to_owned();
    let changed = rename("Website", &tag).await.is(200);
    assert_ne!(changed.header("etag"), tag);
    assert_eq!(changed.json()["query"], "q=web");
    assert!(rename("Webs", &tag).await.is(412).message().contains("changed"));
    assert!(rename("Taken", "\"2\"").await.is(409).message().contains("already exists"));
    platform.door.delete(&acme.owner, &path).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn a_view_that_the_list_no_longer_takes_says_so_and_can_be_mended() {
    let (platform, acme) = Platform::new().await;
    let view = acme.saved_view(&platform, &acme.owner, "Old", "zone=de-fra-1").await;
    let path = format!("/saved-view/{}", view.id);
    break_it(&platform, &acme).await;
    for broken in [
        listed(&platform, &acme.owner, "?counts=true").await.remove(0),
        platform.door.get(&acme.owner, &path).await.is(200).body::<api::SavedView>(),
    ] {
        assert_eq!((broken.query.as_str(), broken.count), ("zone=atlantis", None));
        assert!(broken.problem.unwrap_or_default().contains("zone"));
    }
    let renamed = platform.door.put(&acme.owner, &path, json!({ "name": "Older" })).await.is(200);
    assert!(renamed.json()["problem"].is_string());
    let mended = platform.door.put(&acme.owner, &path, json!({ "query": "zone=ch-gva-2" })).await;
    assert!(mended.is(200).json()["problem"].is_null());
    platform.finish().await;
}

/// As if its zone had been taken away since.
async fn break_it(platform: &Platform, acme: &Tenant) {
    let mut db = platform.cloud.db.begin().await.unwrap();
    sqlx::query("UPDATE saved_views SET query = 'zone=atlantis' WHERE org_id = $1")
        .bind(acme.org.to_string())
        .execute(&mut *db)
        .await
        .unwrap();
    db.commit().await.unwrap();
}
