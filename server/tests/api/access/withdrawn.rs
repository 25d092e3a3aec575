//! Who asked takes it back.

use super::{BOB, HOUR, approve, requests_of};
use crate::harness::{Answer, PASSWORD, Platform, Tenant, Who};
use api::AccessRequest;
use domain::{Uuid, iam::grant::AccessState};
use serde_json::json;

async fn withdraw(platform: &Platform, by: &Who, id: Uuid) -> Answer {
    platform.door.put(by, &format!("/access-request/{id}:withdraw"), json!({})).await
}

async fn state(platform: &Platform, acme: &Tenant, id: Uuid, at: &str) -> AccessState {
    let path = format!("/access-request/{id}{at}");
    platform.door.get(&acme.owner, &path).await.is(200).body::<AccessRequest>().state
}

#[tokio::test]
async fn who_asked_takes_it_back_and_nobody_decides_any_more() {
    let (platform, acme) = Platform::new().await;
    let (_, bob) = acme.member(&platform, BOB, "Billing").await;
    let (_, eve) = acme.member(&platform, "eve@acme.example", "Billing").await;
    let id = acme.ask_for(&platform, &bob, "list-instances").await;
    let mails = platform.mails_to(BOB).await.len();
    let asked_at = platform.cloud.now();
    platform.clock.advance(HOUR);
    // It is nobody else's to take back, also not of who may decide.
    withdraw(&platform, &eve, id).await.is(404);
    withdraw(&platform, &acme.sign_in(&platform).await, id).await.is(404);
    withdraw(&platform, &acme.owner, id).await.is(403);

    let gone: AccessRequest = withdraw(&platform, &bob, id).await.is(200).body();
    assert_eq!((gone.state, gone.own), (AccessState::Withdrawn, true));
    assert_eq!(gone.decided_at, Some(platform.cloud.now()));
    assert_eq!(gone.decided_by.as_deref(), Some(BOB));
    for refused in [
        approve(&platform, &acme.owner, id).await,
        platform.door.put(&acme.owner, &format!("/access-request/{id}:refuse"), json!({})).await,
        withdraw(&platform, &bob, id).await,
    ] {
        assert!(refused.is(409).message().contains("withdrawn"));
    }
    platform.door.get(&bob, "/instance").await.is(403);
    assert_eq!(platform.mails_to(BOB).await.len(), mails, "nobody is told what they did");

    // Admins see what has become of it, and what it was before.
    let shown = requests_of(&platform, &acme.owner).await.access_requests;
    assert_eq!(shown.iter().map(|one| one.state).collect::<Vec<_>>(), [AccessState::Withdrawn]);
    let then = format!("?at={}", asked_at.plus(HOUR / 2));
    assert_eq!(state(&platform, &acme, id, &then).await, AccessState::Open);
    assert_eq!(state(&platform, &acme, id, "").await, AccessState::Withdrawn);
    let of = format!("/event?subject-id={id}");
    let events: Vec<api::Event> = platform.door.get(&acme.owner, &of).await.is(200).body();
    assert_eq!((events[0].handler.as_str(), events[0].status), ("withdraw-access-request", 409));
    let done = events.iter().find(|event| event.status == 200).unwrap();
    assert_eq!(done.handler, "withdraw-access-request");
    assert_eq!(done.iam_user.as_ref().map(|who| who.email.as_str()), Some(BOB));

    // The place is free for the same question.
    acme.ask_for(&platform, &bob, "list-instances").await;
    platform.finish().await;
}

#[tokio::test]
async fn what_was_decided_or_has_lapsed_is_not_taken_back() {
    let (platform, acme) = Platform::new().await;
    let (_, bob) = acme.member(&platform, BOB, "Billing").await;
    let id = acme.ask_for(&platform, &bob, "list-instances").await;
    approve(&platform, &acme.owner, id).await.is(200);
    let late = withdraw(&platform, &bob, id).await.is(409);
    assert!(late.message().contains("decided already"), "{}", late.message());
    platform.door.get(&bob, "/instance").await.is(200);
    let id = acme.ask_for(&platform, &bob, "list-snapshots").await;
    platform.clock.advance(7 * 24 * HOUR);
    let body = json!({ "email": BOB, "password": PASSWORD });
    let session = platform.door.post(&Who::Nobody, "/session", body).await.is(200);
    let bob = Who::Session(session.cookie().unwrap());
    let lapsed = withdraw(&platform, &bob, id).await;
    assert!(lapsed.is(409).message().contains("lapsed"));
    platform.finish().await;
}
