//! Guessing: how it is slowed down, what it does not tell, and who sees that it was tried.

use super::{PASSWORD, session, set_password, sign_in};
use crate::harness::{Door, Platform, Tenant, Who};
use domain::MemberId;
use serde_json::json;
use std::time::Duration;
use tower::ServiceExt;

#[tokio::test]
async fn guessing_is_slowed_down_whatever_address_is_forged() {
    let (platform, acme) = Platform::new().await;
    let first = acme.sign_in(&platform).await;
    set_password(&platform, &first, None, PASSWORD).await.is(200);
    let guess = |n: u32, password: &str| {
        let body = json!({ "email": acme.email, "password": password });
        let ask = platform.door.ask("POST", "/session").json(&body);
        ask.header("x-forwarded-for", format!("198.51.100.{n}")).send()
    };
    for n in 0..10 {
        guess(n, "wrong wrong wrong").await.is(401);
    }
    let limited = guess(10, "wrong wrong wrong").await.is(429);
    assert!(limited.header("retry-after").parse::<u64>().unwrap() > 0);
    guess(11, PASSWORD).await.is(429);
    // Elsewhere people go on.
    platform.door.get(&first, "/me").await.is(200);
    platform.clock.advance(Duration::from_secs(600));
    for _ in 0..12 {
        guess(12, PASSWORD).await.is(200);
    }
    platform.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guesses_made_at_once_count_each_other() {
    let (platform, acme) = Platform::new().await;
    let body = json!({ "email": acme.email, "password": "wrong wrong wrong" });
    let ask = platform.door.ask("POST", "/session").json(&body);
    let all = futures::future::join_all((0..30).map(|_| tokio::spawn(ask.clone().send()))).await;
    let statuses: Vec<u16> = all.into_iter().map(|a| a.unwrap().status).collect();
    assert_eq!(statuses.iter().filter(|s| **s == 401).count(), 10, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|s| **s == 429).count(), 20);
    platform.finish().await;
}

#[tokio::test]
async fn only_a_trusted_proxy_tells_where_somebody_is() {
    let (platform, acme) = Platform::new().await;
    let first = acme.sign_in(&platform).await;
    set_password(&platform, &first, None, PASSWORD).await.is(200);
    let behind = Door::behind(&platform.cloud, platform.clock.clone(), &["10.0.0.0/8"]);
    for (door, peer, forwarded, expected) in [
        (&behind, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (&behind, "10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (&behind, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (&behind, "10.0.0.1", "nonsense", "10.0.0.1"),
        (&platform.door, "10.0.0.1", "203.0.113.9", "10.0.0.1"),
    ] {
        let body = json!({ "email": acme.email, "password": PASSWORD });
        let ask = door
            .ask("POST", "/session")
            .from(peer)
            .header("x-forwarded-for", forwarded)
            .json(&body);
        let who = session(&ask.send().await.is(200));
        let list: api::Sessions = platform.door.get(&who, "/session").await.is(200).body();
        let mine = list.sessions.into_iter().find(|s| s.current).unwrap();
        assert_eq!(mine.source_ip.as_deref(), Some(expected));
    }
    platform.finish().await;
}

#[tokio::test]
async fn nobody_learns_who_has_an_account() {
    let (platform, acme) = Platform::new().await;
    let first = acme.sign_in(&platform).await;
    set_password(&platform, &first, None, PASSWORD).await.is(200);
    let known = sign_in(&platform, &acme.email, "wrong wrong wrong").await;
    let unknown = sign_in(&platform, "nobody@acme.example", "wrong wrong wrong").await;
    assert_eq!(known.without_request_id(), unknown.without_request_id());
    assert_eq!(known.status, 401);
    assert_eq!(known.bytes.len(), unknown.bytes.len());
    assert_eq!((known.cookie(), unknown.cookie()), (None, None));
    for round in 0..10 {
        for email in [&acme.email, "nobody@acme.example"] {
            let status = sign_in(&platform, email, "wrong wrong wrong").await.status;
            assert_eq!(status, if round < 9 { 401 } else { 429 });
        }
    }
    platform.finish().await;
}

/// How many passwords the platform has compared so far.
async fn compared(platform: &Platform) -> u64 {
    let request = http::Request::get("/metrics").body(axum::body::Body::empty()).unwrap();
    let answer = server::metrics::router(platform.cloud.clone()).oneshot(request).await.unwrap();
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let line = text.lines().find_map(|l| l.strip_prefix("couloir_password_checks_total "));
    line.unwrap().parse().unwrap()
}

#[tokio::test]
async fn every_refusal_has_cost_the_same_work() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    set_password(&platform, &ann, None, PASSWORD).await.is(200);
    platform.two_step(&ann).await;
    acme.member(&platform, "ben@acme.example", "Billing").await;
    platform.tenant("Other", "nopassword@other.example").await;
    for (email, password, code) in [
        ("nobody@acme.example", PASSWORD, None),
        ("nobody@acme.example", PASSWORD, Some("000000")),
        ("nopassword@other.example", PASSWORD, None),
        ("ben@acme.example", "wrong wrong wrong", None),
        (acme.email.as_str(), "wrong wrong wrong", None),
        (acme.email.as_str(), "wrong wrong wrong", Some("000000")),
        (acme.email.as_str(), PASSWORD, None),
        (acme.email.as_str(), PASSWORD, Some("000000")),
    ] {
        let before = compared(&platform).await;
        let body = json!({ "email": email, "password": password, "code": code });
        platform.door.post(&Who::Nobody, "/session", body).await.is(401);
        assert_eq!(compared(&platform).await - before, 1, "{email} {password} {code:?}");
    }
    platform.finish().await;
}

/// The events of failed sign-ins, when there are as many. They come behind the answer's back.
async fn failed_sign_ins(platform: &Platform, of: &Tenant, count: usize) -> Vec<api::Event> {
    let all = async {
        loop {
            let all: Vec<api::Event> = platform.door.get(&of.owner, "/event").await.is(200).body();
            let mut failed = all;
            failed.retain(|event| event.handler == "create-session" && event.status == 401);
            if failed.len() >= count {
                return failed;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), all).await.unwrap()
}

/// What an organization calls the only person in it.
async fn member(platform: &Platform, of: &Tenant) -> MemberId {
    let users: api::Users = platform.door.get(&of.owner, "/user").await.is(200).body();
    assert_eq!(users.users.len(), 1);
    users.users[0].id
}

/// How often an organization's trail says that somebody tried to sign in as the member with this id.
async fn tried_as(platform: &Platform, of: &Tenant, member: &MemberId) -> usize {
    let path = format!("/audit-trail?subject-id={member}&operation=create-session");
    let found: api::AuditTrail = platform.door.get(&of.owner, &path).await.is(200).body();
    assert!(found.events.iter().all(|event| event.status == 401));
    found.events.len()
}

#[tokio::test]
async fn failed_sign_ins_are_seen_in_every_organization_of_the_person() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", &acme.email).await;
    let foreign = platform.tenant("Foreign", "zoe@foreign.example").await;
    sign_in(&platform, &acme.email, "wrong wrong wrong").await.is(401);
    let first = acme.sign_in(&platform).await;
    set_password(&platform, &first, None, PASSWORD).await.is(200);
    for path in ["/session", "/session?dry-run=true"] {
        let body = json!({ "email": acme.email, "password": "guess guess guess" });
        let guess = platform.door.ask("POST", path).from("198.51.100.66").json(&body);
        guess.send().await.is(401);
    }
    sign_in(&platform, "nobody@acme.example", "wrong wrong wrong").await.is(401);
    let (in_acme, in_other) = (member(&platform, &acme).await, member(&platform, &other).await);
    assert_ne!(in_acme, in_other);
    for of in [&acme, &other] {
        let events = failed_sign_ins(&platform, of, 3).await;
        assert_eq!(events.len(), 3);
        let mut reasons: Vec<_> = events.iter().flat_map(|e| e.reason.as_deref()).collect();
        reasons.sort_unstable();
        assert_eq!(reasons[..2], ["The password was wrong."; 2]);
        assert!(reasons[2].contains("has no password"), "{reasons:?}");
        let from = |ip| events.iter().filter(|e| e.source_ip.as_deref() == Some(ip)).count();
        assert_eq!((from("198.51.100.66"), from("192.0.2.7")), (2, 1));
        for event in &events {
            assert_eq!(event.iam_user.as_ref().unwrap().email, acme.email);
            assert_eq!(event.body_params["password"], "…");
        }
        // They are found where everything is that was done to the person, in each organization by its own id.
        assert_eq!(tried_as(&platform, of, &in_acme).await, if of.org == acme.org { 3 } else { 0 });
        assert_eq!(
            tried_as(&platform, of, &in_other).await,
            if of.org == acme.org { 0 } else { 3 }
        );
    }
    assert_eq!(tried_as(&platform, &foreign, &in_acme).await, 0);
    let none: Vec<api::Event> = platform.door.get(&foreign.owner, "/event").await.body();
    assert!(none.iter().all(|event| event.status == 200));
    platform.finish().await;
}
