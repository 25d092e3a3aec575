//! Heads are signed by themselves each hour in which something happened, and are what an export, and
//! the operator's check, are held against.

use crate::harness::{Database, Platform, Tenant, requests};
use api::{AuditExport, AuditHead, AuditRetention, ListAuditHeads, op};
use serde_json::json;
use server::{audit::proof::verify, housekeeping};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3_600);

async fn heads(
    platform: &Platform,
    acme: &Tenant,
    asked: ListAuditHeads,
) -> (Vec<AuditHead>, Option<String>) {
    let client = platform.client(&acme.owner);
    let reply = client.call(op::ListAuditHeads, &[], &asked).await.unwrap();
    (reply.body.audit_heads, reply.next)
}

async fn happens(platform: &Platform, acme: &Tenant) {
    let missing = format!("/instance/{}:stop", requests::nothing());
    platform.door.put(&acme.owner, &missing, json!({})).await.is(404);
}

#[tokio::test]
async fn each_hour_in_which_something_happened_has_a_head() {
    let (platform, acme) = Platform::new().await;
    let quiet = platform.tenant("Quiet", "bob@quiet.example").await;
    let pass = async || {
        housekeeping::once(&platform.cloud).await.unwrap();
        let found = heads(&platform, &acme, ListAuditHeads::default()).await.0;
        found.into_iter().map(|head| head.sequence).collect::<Vec<_>>()
    };
    assert!(pass().await.is_empty(), "nothing has happened");
    happens(&platform, &acme).await;
    assert_eq!(pass().await, [1]);
    happens(&platform, &acme).await;
    platform.clock.advance(HOUR / 2);
    assert_eq!(pass().await, [1], "the hour is not over");
    platform.clock.advance(HOUR / 2);
    assert_eq!(pass().await, [2, 1]);
    platform.clock.advance(HOUR * 5);
    assert_eq!(pass().await, [2, 1], "what is the same is not signed again");
    happens(&platform, &acme).await;
    assert_eq!(pass().await, [3, 2, 1]);
    assert!(heads(&platform, &quiet, ListAuditHeads::default()).await.0.is_empty());
    let asked = ListAuditHeads { limit: Some(2), cursor: None };
    let (first, cursor) = heads(&platform, &acme, asked.clone()).await;
    let (rest, end) = heads(&platform, &acme, ListAuditHeads { cursor, ..asked }).await;
    assert_eq!((first.len(), rest.len(), end), (2, 1, None));
    platform.door.get(&acme.owner, "/audit-head/hourly?limit=0").await.is(400);

    let made: AuditExport =
        platform.door.post(&acme.owner, "/audit-export", json!({})).await.is(200).body();
    let path = made.url.strip_prefix(crate::harness::ORIGIN).unwrap().to_owned();
    let file = platform.door.page(&path).send().await.is(200).bytes;
    let kept = [first, rest].concat();
    let proven = verify(&file[..], None, &kept).unwrap();
    assert_eq!(proven.heads.iter().filter(|(_, reached)| *reached).count(), 3);
    platform.finish().await;
}

#[tokio::test]
async fn a_trail_that_was_written_anew_disagrees_with_its_heads() {
    let (platform, acme) = Platform::new().await;
    happens(&platform, &acme).await;
    housekeeping::once(&platform.cloud).await.unwrap();
    let zeros = "0".repeat(64);
    let run = async |sql: String| Database::run(platform.storage().0, &sql).await;
    run(format!("UPDATE audit_heads SET hash = '{zeros}'")).await;
    let broken = platform.check().await.unwrap_err();
    assert!(broken.contains("of event 1, says that it was another event"), "{broken}");
    let head: AuditHead = platform.door.get(&acme.owner, "/audit-head").await.is(200).body();
    run(format!("UPDATE audit_heads SET hash = '{}', at_us = at_us + 1000000", head.hash)).await;
    let broken = platform.check().await.unwrap_err();
    assert!(broken.contains("is not what was signed"), "{broken}");
    platform.finish_broken().await;
}

#[tokio::test]
async fn a_shorter_retention_says_what_it_would_remove() {
    let (platform, acme) = Platform::new().await;
    let shown = async || {
        server::audit::calls::write(&platform.cloud).await.unwrap();
        let answer = platform.door.get(&acme.owner, "/audit-retention").await.is(200);
        let AuditRetention { days, would_remove } = answer.body();
        let removed = would_remove.into_iter().map(|one| (one.days, one.calls, one.more));
        (days, removed.collect::<Vec<_>>())
    };
    assert_eq!(shown().await, (30, vec![(0, 0, false), (7, 0, false)]));
    platform.clock.advance(HOUR * 24 * 8);
    for _ in 0..2 {
        platform.door.get(&acme.owner, "/quota").await.is(200);
    }
    platform.clock.advance(HOUR);
    assert_eq!(shown().await, (30, vec![(0, 3, false), (7, 1, false)]));
    let body = json!({ "api-call-days": 0 });
    platform.door.put(&acme.owner, "/organization", body).await.is(200);
    assert_eq!(shown().await, (0, vec![]));
    platform.finish().await;
}
