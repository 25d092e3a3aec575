//! Two-step sign-in that an organization demands: what stays open without it, and who goes on.

use super::{PASSWORD, session, set_password, sign_in};
use crate::harness::{Answer, Authenticator, Platform, Tenant, Who, requests};
use api::ErrorCode;
use serde_json::{Value, json};
use std::time::Duration;

const BEN: &str = "ben@acme.example";

async fn demand(platform: &Platform, who: &Who, demanded: bool) -> Answer {
    let body = json!({ "second-factor-required": demanded });
    platform.door.put(who, "/organization", body).await
}

/// An organization whose owner signs in in two steps and demands it, and Ben, who does not.
async fn demanding(platform: &Platform, acme: &Tenant) -> (Who, Who) {
    let ann = acme.sign_in(platform).await;
    let (_, ben) = acme.member(platform, BEN, "Owner").await;
    platform.two_step(&ann).await;
    demand(platform, &ann, true).await.is(200);
    (ann, ben)
}

async fn code(platform: &Platform, who: &Who, path: &str) -> ErrorCode {
    let refused: api::ErrorBody = platform.door.get(who, path).await.is(403).body();
    refused.code
}

#[tokio::test]
async fn who_lacks_the_second_step_can_only_set_it_up() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let (_, ben) = acme.member(&platform, BEN, "Owner").await;
    platform.two_step(&with.session).await;
    demand(&platform, &with.session, true).await.is(200);
    for endpoint in api::ENDPOINTS.iter().filter(|e| e.access != api::Access::Public) {
        if domain::assurance::is_open_without_second_factor(endpoint.operation) {
            continue;
        }
        let ask = requests::ready(&platform, &acme, &with, endpoint).await;
        let refused: api::ErrorBody = ask.by(&ben).send().await.is(403).body();
        assert_eq!(refused.code, ErrorCode::SecondFactorRequired, "{}", endpoint.operation);
        assert!(refused.message.contains("begin-second-factor"), "{}", refused.message);
    }
    let me: api::Me = platform.door.get(&ben, "/me").await.is(200).body();
    assert!(me.second_factor_missing && me.role.policy.is_none());
    platform.two_step(&ben).await;
    let me: api::Me = platform.door.get(&ben, "/me").await.is(200).body();
    assert!(!me.second_factor_missing && me.role.policy.is_some());
    platform.door.get(&ben, "/instance").await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn signing_in_anew_does_not_go_round_it() {
    let (platform, acme) = Platform::new().await;
    let (ann, _) = demanding(&platform, &acme).await;
    let ben = session(&sign_in(&platform, BEN, PASSWORD).await.is(200));
    assert_eq!(code(&platform, &ben, "/instance").await, ErrorCode::SecondFactorRequired);
    // Nor does joining only now.
    let (_, dora) = acme.member(&platform, "dora@acme.example", "Owner").await;
    assert_eq!(code(&platform, &dora, "/instance").await, ErrorCode::SecondFactorRequired);
    platform.door.delete(&dora, "/session/current").await.is(200);
    // No longer demanded, everything is open again.
    demand(&platform, &ann, false).await.is(200);
    platform.door.get(&ben, "/instance").await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn keys_go_on_and_tokens_wait_for_their_owner() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let (_, ben) = acme.member(&platform, BEN, "Owner").await;
    let of_ann = acme.token(&platform, &ann).await;
    let of_ben = acme.token(&platform, &ben).await;
    platform.two_step(&ann).await;
    demand(&platform, &ann, true).await.is(200);
    platform.door.get(&acme.owner, "/instance").await.is(200);
    platform.door.get(&of_ann, "/instance").await.is(200);
    assert_eq!(code(&platform, &of_ben, "/instance").await, ErrorCode::SecondFactorRequired);
    platform.two_step(&ben).await;
    platform.door.get(&of_ben, "/instance").await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn nobody_shuts_themselves_out_or_steps_back() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    set_password(&platform, &ann, None, PASSWORD).await.is(200);
    let refused = demand(&platform, &ann, true).await.is(409).json();
    assert!(refused["message"].as_str().unwrap().contains("Security"), "{refused}");
    let token = acme.token(&platform, &ann).await;
    demand(&platform, &token, true).await.is(409);
    let (secret, _) = platform.two_step(&ann).await;
    platform.clock.advance(Duration::from_secs(60));
    demand(&platform, &ann, true).await.is(200);
    let remove = async || {
        let body = json!({ "code": platform.code(&secret) });
        platform.door.put(&ann, "/me/second-factor:remove", body).await
    };
    let refused = remove().await.is(409).json();
    assert!(refused["message"].as_str().unwrap().contains("and Acme demands one"), "{refused}");
    // A refusal has used no code up.
    demand(&platform, &ann, false).await.is(200);
    remove().await.is(200);
    platform.finish().await;
}

/// What keeps somebody's app, and their passkeys.
async fn stays_for(platform: &Platform, who: &Who) -> [Vec<String>; 2] {
    let app: api::SecondFactor = platform.door.get(who, "/me/second-factor").await.is(200).body();
    let passkeys: api::Passkeys = platform.door.get(who, "/me/passkey").await.is(200).body();
    [app.stays_for, passkeys.stays_for]
}

/// Makes a passkey on a new device; its path.
async fn make_passkey(platform: &Platform, who: &Who) -> String {
    let body = platform.new_passkey(who, &mut Authenticator::new()).await;
    let made: api::Passkey = platform.door.post(who, "/me/passkey", body).await.is(200).body();
    format!("/me/passkey/{}", made.id)
}

#[tokio::test]
async fn the_last_second_step_stays_whatever_it_is_and_every_other_goes() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", BEN).await;
    let (ann, ben) = demanding(&platform, &acme).await;
    let goes_to = async |who: &Who, org| {
        let body = json!({ "organization": org });
        session(&platform.door.put(who, "/me:switch-organization", body).await.is(200))
    };
    // Demanded by another organization than the one that they are in.
    let ben = goes_to(&ben, other.org).await;
    assert_eq!(stays_for(&platform, &ben).await, [Vec::<String>::new(), Vec::new()]);
    let (phone, laptop) =
        (make_passkey(&platform, &ben).await, make_passkey(&platform, &ben).await);
    assert_eq!(stays_for(&platform, &ben).await, [Vec::<String>::new(), Vec::new()]);
    platform.door.delete(&ben, &phone).await.is(200);
    assert_eq!(stays_for(&platform, &ben).await, [vec![], vec!["Acme".to_owned()]]);
    let refused = platform.door.delete(&ben, &laptop).await.is(409).json();
    assert!(refused["message"].as_str().unwrap().contains("and Acme demands one"), "{refused}");
    // What is not there is not the last one.
    platform.door.delete(&ben, &phone).await.is(404);
    // Beside an app it goes, and then the app stays.
    let (secret, _) = platform.two_step(&ben).await;
    assert_eq!(stays_for(&platform, &ben).await, [Vec::<String>::new(), Vec::new()]);
    platform.door.delete(&ben, &laptop).await.is(200);
    assert_eq!(stays_for(&platform, &ben).await, [vec!["Acme".to_owned()], vec![]]);
    platform.clock.advance(Duration::from_secs(60));
    let remove = async || {
        let body = json!({ "code": platform.code(&secret) });
        platform.door.put(&ben, "/me/second-factor:remove", body).await
    };
    remove().await.is(409);
    // Beside a passkey the app goes, and nobody is asked anew for what they have just shown.
    let phone = make_passkey(&platform, &ben).await;
    remove().await.is(200);
    platform.door.delete(&ben, &phone).await.is(409);
    let ben = goes_to(&ben, acme.org).await;
    platform.door.get(&ben, "/instance").await.is(200);
    // No longer demanded, it is theirs to take away; and what is gone is not counted as shown.
    demand(&platform, &ann, false).await.is(200);
    platform.door.delete(&ben, &phone).await.is(200);
    demand(&platform, &ben, true).await.is(409);
    demand(&platform, &ann, true).await.is(200);
    assert_eq!(code(&platform, &ben, "/instance").await, ErrorCode::SecondFactorRequired);
    platform.finish().await;
}

#[tokio::test]
async fn two_steps_that_are_taken_away_at_once_do_not_both_go() {
    let (platform, acme) = Platform::new().await;
    let (_, ben) = demanding(&platform, &acme).await;
    let paths = [make_passkey(&platform, &ben).await, make_passkey(&platform, &ben).await];
    let both = paths.iter().map(|path| platform.door.delete(&ben, path));
    let mut statuses: Vec<_> =
        futures::future::join_all(both).await.into_iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    platform.door.get(&ben, "/instance").await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn only_the_organization_that_demands_it_is_shut() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", BEN).await;
    let (_, ben) = demanding(&platform, &acme).await;
    let ben = {
        let body = json!({ "organization": acme.org });
        let switched = platform.door.put(&ben, "/me:switch-organization", body).await.is(200);
        session(&switched)
    };
    assert_eq!(code(&platform, &ben, "/instance").await, ErrorCode::SecondFactorRequired);
    let body = json!({ "organization": other.org });
    let there = platform.door.put(&ben, "/me:switch-organization", body).await.is(200);
    platform.door.get(&session(&there), "/instance").await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn an_open_stream_ends_when_it_is_demanded() {
    use futures::StreamExt;
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let (_, ben) = acme.member(&platform, BEN, "Owner").await;
    platform.two_step(&ann).await;
    let stream = platform.door.ask("GET", "/stream").by(&ben).respond().await;
    assert_eq!(stream.status(), 200);
    let body = stream.into_body().into_data_stream();
    demand(&platform, &ann, true).await.is(200);
    let rest = tokio::time::timeout(Duration::from_secs(30), body.collect::<Vec<_>>()).await;
    assert!(rest.is_ok(), "it ends");
    platform.finish().await;
}

#[tokio::test]
async fn what_somebody_began_does_not_go_on_without_it() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let (_, ben) = acme.member(&platform, BEN, "Owner").await;
    platform.two_step(&ann).await;
    let body = json!({ "list": "instances", "format": "json" });
    let export = platform.door.post(&ben, "/list-export", body).await.operation();
    demand(&platform, &ann, true).await.is(200);
    let ended = platform.outcome(&acme.owner, export.id).await;
    assert_eq!(ended.state.as_str(), "failure");
    assert!(ended.message.unwrap_or_default().contains("two-step sign-in"));
    let events: Vec<Value> = platform.door.get(&acme.owner, "/event").await.is(200).body();
    let demanded = events.iter().find(|event| event["handler"] == "update-organization").unwrap();
    assert_eq!(demanded["changes"][0]["field"], "second-factor-required");
    platform.finish().await;
}
