//! What a signature covers, how long it lasts, and what comes of a request that comes again.

use crate::harness::{Dump, Platform, Who, difference};
use serde_json::{Value, json};
use std::time::Duration;

fn key(who: &Who) -> (String, String) {
    match who {
        Who::Key { key, secret } => (key.clone(), secret.clone()),
        other => panic!("{other:?} is no key"),
    }
}

#[tokio::test]
async fn only_what_is_signed_counts() {
    let (platform, acme) = Platform::new().await;
    let get = |path: &str| platform.door.ask("GET", path).by(&acme.owner);
    get("/instance?limit=5&q=web").send().await.is(200);
    // A parameter that was added on the way.
    let mut added = get("/instance").signed();
    added.path.push_str("?limit=5");
    assert!(added.send().await.is(401).message().contains("limit"));
    // Blank and repeated ones are left out by real clients, and count for nothing.
    get("/instance?limit=&q=a&q=b").send().await.is(200);
    let mut blank = get("/instance").signed();
    blank.path.push_str("?limit=&sort=nonsense&sort=nonsense");
    blank.send().await.is(200);
    // A dry run can't be made of a request, nor a request of a dry run.
    let body = acme.body(&platform, "web").await;
    let create = platform.door.ask("POST", "/instance").by(&acme.owner).json(&body).signed();
    let mut dry = create.clone();
    dry.path.push_str("?dry-run=true");
    dry.send().await.is(401);
    let mut wet =
        platform.door.ask("POST", "/instance?dry-run=true").by(&acme.owner).json(&body).signed();
    wet.path = "/v2/instance".to_owned();
    wet.send().await.is(401);
    let mut other = create;
    other = other.json(&acme.body(&platform, "other").await);
    other.send().await.is(401);
    assert_eq!(platform.door.get(&acme.owner, "/quota/instance").await.json()["usage"], 0);
    platform.finish().await;
}

#[tokio::test]
async fn who_says_twice_that_it_is_a_rehearsal_is_not_taken_at_their_word() {
    let (platform, acme) = Platform::new().await;
    let session = acme.sign_in(&platform).await;
    let token = acme.token(&platform, &session).await;
    let body = acme.body(&platform, "web").await;
    for who in [&acme.owner, &session, &token] {
        for twice in ["true&dry-run=true", "false&dry-run=true", "&dry-run=true"] {
            let path = format!("/instance?dry-run={twice}");
            let refused = platform.door.post(who, &path, body.clone()).await.is(400);
            assert_eq!(refused.fields(), ["dry-run"], "{path}");
        }
    }
    assert_eq!(platform.door.get(&acme.owner, "/quota/instance").await.json()["usage"], 0);
    platform.finish().await;
}

#[tokio::test]
async fn a_signature_is_young_and_of_a_known_key() {
    let (platform, acme) = Platform::new().await;
    let get = || platform.door.ask("GET", "/instance").by(&acme.owner);
    for (seconds, status) in
        [(-1, 401), (0, 401), (1, 200), (600, 200), (630, 200), (631, 401), (86_400, 401)]
    {
        get().expires_in(seconds).send().await.is(status);
    }
    let (key, secret) = key(&acme.owner);
    let wrong = Who::Key { key: key.clone(), secret: format!("{secret}x") };
    platform.door.get(&wrong, "/instance").await.is(401);
    let unknown = Who::Key { key: "EXO0123456789abcdef01234567".into(), secret: secret.clone() };
    platform.door.get(&unknown, "/instance").await.is(401);
    for text in [
        "",
        "Basic eDp4",
        "Bearer",
        "EXO2-HMAC-SHA256",
        "EXO2-HMAC-SHA256 credential=x",
        "EXO2-HMAC-SHA256 credential=x,expires=now,signature=x",
    ] {
        let ask = platform.door.ask("GET", "/instance").header("authorization", text);
        let answer = ask.send().await.is(401);
        assert_eq!(answer.header("www-authenticate"), "EXO2-HMAC-SHA256, Bearer");
    }
    // A revoked key is dead at once, also for a request that was signed before.
    let other = acme.key(&platform, "Owner").await;
    let waiting = platform.door.ask("GET", "/instance").by(&other).signed();
    waiting.clone().send().await.is(200);
    let Who::Key { key, .. } = &other else { unreachable!() };
    platform.door.delete(&acme.owner, &format!("/api-key/{key}")).await.is(200);
    waiting.send().await.is(401);
    platform.door.delete(&acme.owner, &format!("/api-key/{key}")).await.is(404);
    platform.finish().await;
}

async fn instances(platform: &Platform, who: &Who) -> usize {
    let list: api::Instances = platform.door.get(who, "/instance").await.is(200).body();
    list.instances.len()
}

#[tokio::test]
async fn a_signed_request_that_comes_again_has_one_effect() {
    let (platform, acme) = Platform::new().await;
    let body = acme.body(&platform, "web").await;
    let create =
        platform.door.ask("POST", "/instance").by(&acme.owner).json(&body).expires_in(600).signed();
    let first = create.clone().send().await.operation();
    let again = create.clone().send().await.operation();
    assert_eq!((first.id, first.reference.clone()), (again.id, again.reference));
    // The last of its words is kept even over a restart.
    platform.drain().await;
    let platform = platform.restart().await;
    let ask = platform.door.ask("POST", "/instance").by(&acme.owner).json(&body);
    let replayed = ask.clone().expires_in(600).signed().send().await.operation();
    assert_eq!(replayed.id, first.id, "the clock stood still, so the signature is the same");
    assert_eq!(instances(&platform, &acme.owner).await, 1);
    // When the signature has expired it is refused, and its memory is cleaned away.
    platform.clock.advance(Duration::from_secs(601));
    server::housekeeping::once(&platform.cloud).await.unwrap();
    let kept = platform.dump().await["answers"].len();
    assert_eq!(kept, 0);
    platform.finish().await;
}

#[tokio::test]
async fn an_idempotency_key_says_which_requests_are_one() {
    let (platform, acme) = Platform::new().await;
    let session = acme.sign_in(&platform).await;
    let token = acme.token(&platform, &session).await;
    let body = acme.body(&platform, "web").await;
    for (round, who) in [&acme.owner, &session, &token].into_iter().enumerate() {
        let before = instances(&platform, who).await;
        let ask = |key: &str, body: &Value| {
            let key = format!("{key}-{round}");
            platform
                .door
                .ask("POST", "/instance")
                .by(who)
                .header("idempotency-key", key)
                .json(body)
                .send()
        };
        let first = ask("a", &body).await.operation();
        assert_eq!(ask("a", &body).await.operation().id, first.id);
        let other = acme.body(&platform, "other").await;
        assert!(ask("a", &other).await.is(409).message().contains("Idempotency-Key"));
        assert_ne!(ask("b", &body).await.operation().id, first.id);
        assert_eq!(instances(&platform, who).await, before + 2);
    }
    for wrong in ["with space", &"x".repeat(256)] {
        let ask =
            platform.door.ask("POST", "/instance").by(&token).header("idempotency-key", wrong);
        ask.json(&body).send().await.is(400);
    }
    // A refused request is not remembered as one.
    let ask = |disk: i64| {
        let mut body = body.clone();
        body["disk-size"] = json!(disk);
        platform
            .door
            .ask("POST", "/instance")
            .by(&token)
            .header("idempotency-key", "once")
            .json(&body)
            .send()
    };
    ask(1).await.is(400);
    ask(10).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn one_signature_with_two_keys_is_two_requests_and_without_one_is_one() {
    let (platform, acme) = Platform::new().await;
    let body = acme.body(&platform, "web").await;
    let signed = || {
        platform.door.ask("POST", "/instance").by(&acme.owner).json(&body).expires_in(600).signed()
    };
    let one = signed().header("idempotency-key", "one").send().await.operation();
    let two = signed().header("idempotency-key", "two").send().await.operation();
    assert_ne!(one.id, two.id);
    // Whoever has seen one on the way can't take its key away.
    signed().send().await.is(200);
    assert_eq!(instances(&platform, &acme.owner).await, 2);
    // Nor put one to what had none.
    platform.clock.advance(Duration::from_secs(1));
    let first = signed().send().await.operation();
    let added = signed().header("idempotency-key", "three").send().await.operation();
    assert_eq!(first.id, added.id);
    assert_eq!(instances(&platform, &acme.owner).await, 3);
    platform.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twins_at_the_same_time_have_one_effect() {
    let (platform, acme) = Platform::new().await;
    let session = acme.sign_in(&platform).await;
    let body = acme.body(&platform, "web").await;
    for round in 0..10_usize {
        let ask = match round % 2 {
            0 => platform.door.ask("POST", "/instance").by(&acme.owner).json(&body).signed(),
            _ => platform
                .door
                .ask("POST", "/instance")
                .by(&session)
                .json(&body)
                .header("idempotency-key", round.to_string()),
        };
        let all = futures::future::join_all((0..5).map(|_| tokio::spawn(ask.clone().send()))).await;
        let mut ids: Vec<_> = all.into_iter().map(|a| a.unwrap().operation().id).collect();
        ids.dedup();
        assert_eq!(ids.len(), 1);
        assert_eq!(instances(&platform, &acme.owner).await, round + 1);
    }
    platform.finish().await;
}

#[tokio::test]
async fn what_is_remembered_opens_nothing() {
    let (platform, acme) = Platform::new().await;
    let role = acme.role(&platform, "Billing").await;
    let ask = platform
        .door
        .ask("POST", "/api-key")
        .by(&acme.owner)
        .json(&json!({ "name": "ci", "role-id": role }))
        .signed();
    let first = ask.clone().send().await.is(200).json();
    assert_eq!(ask.send().await.is(200).json()["secret"], first["secret"], "a retry sees it again");
    let dump = platform.dump().await;
    let secret = first["secret"].as_str().unwrap();
    assert!(!dump["answers"].is_empty());
    assert!(dump.values().flatten().all(|row| !row.contains(secret)));
    platform.finish().await;
}

#[tokio::test]
async fn reading_writes_nothing() {
    let (platform, acme) = Platform::new().await;
    acme.instance(&platform, "web").await;
    let before: Dump = platform.dump().await;
    for endpoint in api::ENDPOINTS.iter().filter(|e| !e.is_mutation()) {
        let path = endpoint
            .path
            .replace("{id}", &domain::Uuid::from_u128(1).to_string())
            .replace("{name}", "x");
        let path = path.replace("{entity}", "gpu");
        let body = serde_json::json!({ "operation": "stop-instance" });
        platform.door.ask(endpoint.method.as_str(), &path).by(&acme.owner).json(&body).send().await;
    }
    assert_eq!(difference(&before, &platform.dump().await), [""; 0]);
    platform.finish().await;
}
