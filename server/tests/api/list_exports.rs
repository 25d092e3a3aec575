//! Lists written to files: all that match, by whoever may see them, for a day.

use crate::harness::{ORIGIN, Platform, Tenant, Who};
use api::ListExport;
use domain::operation::{OperationState, Reason};
use serde_json::{Value, json};
use std::time::Duration;

/// Asks for a file and waits until it is there, or can't be.
async fn export(platform: &Platform, who: &Who, body: Value) -> (api::Operation, ListExport) {
    let asked = platform.door.post(who, "/list-export", body).await.operation();
    let ended = platform.outcome(who, asked.id).await;
    let path = format!("/list-export/{}", asked.reference.unwrap().id);
    (ended, platform.door.get(who, &path).await.is(200).body())
}

async fn text(platform: &Platform, export: &ListExport) -> String {
    let path = export.url.as_deref().unwrap().strip_prefix(ORIGIN).unwrap();
    platform.door.page(path).send().await.is(200).text()
}

async fn three(platform: &Platform, acme: &Tenant) {
    for name in ["b, \"quoted\"", "a", "=1+1"] {
        acme.instance(platform, name).await;
    }
}

#[tokio::test]
async fn all_that_match_are_written_in_the_columns_that_were_chosen() {
    let (platform, acme) = Platform::new().await;
    three(&platform, &acme).await;
    let body = json!({
        "list": "instances", "format": "csv", "sort": "name", "filter": { "state": "running" },
        "columns": ["name", "per-hour", "state"],
    });
    let (_, done) = export(&platform, &acme.owner, body).await;
    assert_eq!((done.rows, done.reason.clone()), (Some(3), None));
    let text = text(&platform, &done).await;
    assert_eq!(done.size, Some(text.len() as i64));
    let lines: Vec<_> = text.split("\r\n").collect();
    assert_eq!(lines[0], "id,name,per-hour,state");
    assert!(lines[1].ends_with(",'=1+1,0.02473 EUR,running"), "{text}");
    assert!(lines[2].ends_with(",a,0.02473 EUR,running"), "{text}");
    assert!(lines[3].ends_with(",\"b, \"\"quoted\"\"\",0.02473 EUR,running"), "{text}");
    assert_eq!(lines[4..], [""]);
    platform.finish().await;
}

#[tokio::test]
async fn json_is_what_the_api_answers_also_beyond_one_page() {
    let (platform, acme) = Platform::new().await;
    platform.set_quota(&acme, domain::quota::QuotaResource::Instance, -1).await;
    for n in 0..1_001 {
        acme.begin(&platform, &format!("web-{n}")).await;
    }
    platform.drain().await;
    let body = json!({ "list": "instances", "format": "json", "filter": { "q": "web" } });
    let (_, done) = export(&platform, &acme.owner, body).await;
    let rows: Vec<api::Instance> = serde_json::from_str(&text(&platform, &done).await).unwrap();
    assert_eq!((rows.len(), done.rows), (1_001, Some(1_001)));
    let none = json!({ "list": "instances", "format": "json", "filter": { "q": "nobody" } });
    let (_, done) = export(&platform, &acme.owner, none).await;
    let rows: Vec<Value> = serde_json::from_str(&text(&platform, &done).await).unwrap();
    assert_eq!((rows.len(), done.rows), (0, Some(0)));
    platform.finish().await;
}

#[tokio::test]
async fn what_is_asked_badly_is_refused_before_anything_is_written() {
    let (platform, acme) = Platform::new().await;
    for (field, body) in [
        ("columns", json!({ "columns": ["name", "colour"] })),
        ("columns", json!({ "columns": ["zone", "name"] })),
        ("sort", json!({ "sort": "colour" })),
        ("zone", json!({ "filter": { "zone": "nowhere" } })),
        ("format", json!({ "format": "pdf" })),
    ] {
        let mut whole = json!({ "list": "instances", "format": "csv" });
        let given = body.as_object().unwrap().clone();
        whole.as_object_mut().unwrap().extend(given);
        let refused = platform.door.post(&acme.owner, "/list-export", whole).await.is(400);
        assert!(refused.text().contains(field), "{field}: {}", refused.text());
    }
    platform.finish().await;
}

#[tokio::test]
async fn a_file_is_there_for_a_day_and_there_are_not_too_many() {
    let (platform, acme) = Platform::new().await;
    let body = json!({ "list": "instances", "format": "csv" });
    let (_, done) = export(&platform, &acme.owner, body.clone()).await;
    for _ in 1..20 {
        export(&platform, &acme.owner, body.clone()).await;
    }
    let full = platform.door.post(&acme.owner, "/list-export", body.clone()).await.is(409);
    assert!(full.message().contains("20 exported files"), "{}", full.message());
    let files = || std::fs::read_dir(platform.storage().1.join("exports")).unwrap().count();
    assert_eq!(files(), 20);

    platform.clock.advance(Duration::from_secs(24 * 3_600));
    let path = done.url.as_deref().unwrap().strip_prefix(ORIGIN).unwrap();
    platform.door.page(path).send().await.is(404);
    server::housekeeping::once(&platform.cloud).await.unwrap();
    assert_eq!(files(), 0);
    let over: ListExport =
        platform.door.get(&acme.owner, &format!("/list-export/{}", done.id)).await.body();
    assert_eq!((over.url, over.expires_at, over.rows), (None, None, Some(0)));
    export(&platform, &acme.owner, body).await;
    platform.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn files_asked_for_at_once_count_each_other() {
    let (platform, acme) = Platform::new().await;
    let ask = platform.door.ask("POST", "/list-export").by(&acme.owner);
    let ask = ask.json(&json!({ "list": "instances", "format": "csv" }));
    let all = futures::future::join_all((0..40).map(|_| tokio::spawn(ask.clone().send()))).await;
    let statuses: Vec<u16> = all.into_iter().map(|a| a.unwrap().status).collect();
    assert_eq!(statuses.iter().filter(|s| **s == 200).count(), 20, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|s| **s == 409).count(), 20, "{statuses:?}");
    platform.finish().await;
}

#[tokio::test]
async fn whose_right_is_gone_gets_no_file() {
    let (platform, acme) = Platform::new().await;
    let key = acme.key(&platform, "Owner").await;
    let body = json!({ "list": "instances", "format": "csv" });
    let asked = platform.door.post(&key, "/list-export", body).await.operation();
    let Who::Key { key, .. } = &key else { unreachable!() };
    platform.door.delete(&acme.owner, &format!("/api-key/{key}")).await.is(200);
    let ended = platform.outcome(&acme.owner, asked.id).await;
    assert_eq!((ended.state, ended.reason), (OperationState::Failure, Some(Reason::Forbidden)));
    let path = format!("/list-export/{}", asked.reference.unwrap().id);
    let none: ListExport = platform.door.get(&acme.owner, &path).await.is(200).body();
    assert!(none.reason.unwrap().contains("revoked") && none.url.is_none());
    assert_eq!(
        std::fs::read_dir(platform.storage().1.join("exports")).map_or(0, Iterator::count),
        0
    );
    platform.finish().await;
}
