//! Quotas hold whoever asks at the same time.

use crate::harness::{Platform, Who};
use domain::{InstanceId, quota::QuotaResource};
use serde_json::{Value, json};

async fn used(platform: &Platform, who: &Who, resource: &str) -> Value {
    platform.door.get(who, &format!("/quota/{resource}")).await.is(200).json()["usage"].clone()
}

async fn ids(platform: &Platform, who: &Who) -> Vec<InstanceId> {
    let list: api::Instances = platform.door.get(who, "/instance").await.is(200).body();
    list.instances.into_iter().map(|i| i.id).collect()
}

/// Sends all at once and counts how many were accepted; everything else must be a plain refusal.
async fn at_once(asks: Vec<crate::harness::Ask>, refusals: &[u16]) -> usize {
    let all = asks.into_iter().map(|ask| tokio::spawn(ask.send()));
    let answers = futures::future::join_all(all).await;
    let statuses: Vec<u16> = answers.into_iter().map(|a| a.unwrap().status).collect();
    let others: Vec<u16> =
        statuses.iter().copied().filter(|s| *s != 200 && !refusals.contains(s)).collect();
    assert_eq!(others, [0; 0]);
    statuses.iter().filter(|s| **s == 200).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_creations_at_once_ten_succeed() {
    let (platform, acme) = Platform::new().await;
    platform.set_quota(&acme, QuotaResource::Instance, 10).await;
    let body = acme.body(&platform, "race").await;
    // On PostgreSQL half of them ask another process.
    let other = platform.beside().await;
    let second = other.as_ref().map_or(&platform.door, |(_, door)| door);
    for _ in 0..5 {
        let ask = |n: usize| {
            let door = if n.is_multiple_of(2) { &platform.door } else { second };
            door.ask("POST", "/instance").by(&acme.owner).json(&body)
        };
        let key = |n: usize| format!("{n}-{}", server::random::hex::<4>());
        let asks = (0..200).map(|n| ask(n).header("idempotency-key", key(n))).collect();
        assert_eq!(at_once(asks, &[409]).await, 10);
        assert_eq!(used(&platform, &acme.owner, "instance").await, 10);
        let made = ids(&platform, &acme.owner).await;
        assert_eq!(made.len(), 10);
        let asks = made
            .iter()
            .map(|id| platform.door.ask("DELETE", &format!("/instance/{id}")).by(&acme.owner));
        assert_eq!(at_once(asks.collect(), &[]).await, 10);
        platform.drain().await;
        assert_eq!(used(&platform, &acme.owner, "instance").await, 0);
    }
    if let Some((cloud, _)) = other {
        cloud.db.close().await;
    }
    platform.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_storm_of_creations_and_deletions_never_leaves_the_bounds() {
    let (platform, acme) = Platform::new().await;
    platform.set_quota(&acme, QuotaResource::Instance, 10).await;
    let body = acme.body(&platform, "storm").await;
    for round in 0..8 {
        let mut asks: Vec<_> = (0..20)
            .map(|n| {
                let ask = platform.door.ask("POST", "/instance").by(&acme.owner).json(&body);
                ask.header("idempotency-key", format!("{round}-{n}"))
            })
            .collect();
        // Each twice: the second is refused, and gives nothing back again.
        for id in ids(&platform, &acme.owner).await.into_iter().take(7) {
            let ask = platform.door.ask("DELETE", &format!("/instance/{id}")).by(&acme.owner);
            asks.extend([ask.clone(), ask]);
        }
        let work = platform.work();
        let (_, ()) = tokio::join!(at_once(asks, &[404, 409]), work);
        let used = used(&platform, &acme.owner, "instance").await.as_i64().unwrap();
        assert!((0..=10).contains(&used), "{used}");
        platform.drain().await;
        platform.check().await.unwrap();
    }
    platform.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_counted_resource_stops_at_its_limit() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let snapshot = acme.snapshot(&platform, id).await;
    let role = acme.role(&platform, "Billing").await;
    for (resource, path, body, limit) in [
        (QuotaResource::IamKey, "/api-key".to_owned(), json!({ "name": "k", "role-id": role }), 5),
        (
            QuotaResource::Template,
            format!("/snapshot/{snapshot}:promote"),
            json!({ "name": "t" }),
            3,
        ),
    ] {
        platform.set_quota(&acme, resource, limit).await;
        let before = used(&platform, &acme.owner, resource.as_str()).await.as_i64().unwrap();
        let ask = |n: i32| {
            platform
                .door
                .ask("POST", &path)
                .by(&acme.owner)
                .json(&body)
                .header("idempotency-key", format!("{resource}{n}"))
        };
        let accepted = at_once((0..30).map(ask).collect(), &[409]).await;
        assert_eq!(i64::try_from(accepted).unwrap() + before, limit, "{resource}");
        let refused = ask(99).send().await.is(409);
        assert_eq!(refused.json()["code"], "quota-exceeded");
        assert!(
            refused.message().contains("quota exceeded")
                || refused.message().contains("Quota exceeded")
        );
        platform.drain().await;
    }
    // Snapshots of one instance are made one after the other, each waiting in its row.
    platform.set_quota(&acme, QuotaResource::Snapshot, 4).await;
    let path = format!("/instance/{id}:create-snapshot");
    let ask = |n: i32| {
        platform.door.ask("POST", &path).by(&acme.owner).header("idempotency-key", n.to_string())
    };
    assert_eq!(at_once((0..30).map(ask).collect(), &[409]).await, 3);
    // A limit below what is used takes nothing away, and -1 is none.
    platform.set_quota(&acme, QuotaResource::Snapshot, 1).await;
    platform.drain().await;
    assert_eq!(used(&platform, &acme.owner, "snapshot").await, 4);
    platform.set_quota(&acme, QuotaResource::Snapshot, -1).await;
    acme.snapshot(&platform, id).await;
    platform.finish().await;
}
