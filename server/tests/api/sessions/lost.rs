//! Second steps that are lost: the operator takes them away, and everybody concerned sees it.

use super::{PASSWORD, session, set_password, sign_in};
use crate::harness::{Authenticator, Platform, Tenant, Who};
use api::{AuditTrail, ErrorCode};
use serde_json::json;
use server::admin::Command;
use std::time::Duration;

async fn take_away(platform: &Platform, email: &str) -> Result<String, String> {
    let command = Command::SecondFactorRemove { email: email.to_owned() };
    platform.admin(command).await.map(|answer| answer.text)
}

async fn events(platform: &Platform, of: &Tenant) -> Vec<api::Event> {
    let path = "/audit-trail?operation=remove-second-factor";
    platform.door.get(&of.owner, path).await.is(200).body::<AuditTrail>().events
}

#[tokio::test]
async fn who_has_lost_all_second_steps_comes_in_again_and_it_is_told() {
    let (platform, acme) = Platform::new().await;
    let beta = platform.tenant("Beta", "bea@beta.example").await;
    let ann = acme.sign_in(&platform).await;
    set_password(&platform, &ann, None, PASSWORD).await.is(200);
    beta.invite(&platform, &acme.email, "Owner").await;
    let token = platform.token_for(&acme.email, 0).await;
    let accepted = json!({ "token": token, "password": PASSWORD });
    platform.door.post(&ann, "/invitation:accept", accepted).await.is(200);
    let ann = session(&sign_in(&platform, &acme.email, PASSWORD).await.is(200));
    let refused = take_away(&platform, &acme.email).await.unwrap_err();
    assert!(refused.contains("no second step"), "{refused}");

    let (_, codes) = platform.two_step(&ann).await;
    platform.clock.advance(Duration::from_secs(60));
    let passkey = platform.new_passkey(&ann, &mut Authenticator::new()).await;
    platform.door.post(&ann, "/me/passkey", passkey).await.is(200);
    let demanded = json!({ "second-factor-required": true });
    platform.door.put(&ann, "/organization", demanded).await.is(200);
    sign_in(&platform, &acme.email, PASSWORD).await.is(401);

    let told = take_away(&platform, " Ann@Acme.example ").await.unwrap();
    assert!(told.contains("authenticator-app, passkey"), "{told}");
    platform.door.get(&ann, "/me").await.is(401);
    for of in [&acme, &beta] {
        let events = events(&platform, of).await;
        assert_eq!(events.len(), 1);
        assert_eq!((events[0].iam_user.is_none(), events[0].status), (true, 200));
        assert!(events[0].reason.as_deref().unwrap().contains("operator"));
    }
    let mails = platform.mails_to(&acme.email).await;
    assert!(mails.last().unwrap().contains("second steps were removed"), "{mails:?}");

    let ann = session(&sign_in(&platform, &acme.email, PASSWORD).await.is(200));
    let shut: api::ErrorBody = platform.door.get(&ann, "/instance").await.is(403).body();
    assert_eq!(shut.code, ErrorCode::SecondFactorRequired);
    platform.two_step(&ann).await;
    platform.door.get(&ann, "/instance").await.is(200);
    let old = json!({ "email": acme.email, "password": PASSWORD, "code": codes[0] });
    platform.door.post(&Who::Nobody, "/session", old).await.is(401);
    platform.finish().await;
}

#[tokio::test]
async fn nobody_else_is_touched() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    platform.two_step(&ann).await;
    for (whom, says) in [("nobody@acme.example", "nobody with the address"), ("ann", "e-mail")] {
        let refused = take_away(&platform, whom).await.unwrap_err();
        assert!(refused.contains(says), "{refused}");
    }
    let me: api::SecondFactor = platform.door.get(&ann, "/me/second-factor").await.is(200).body();
    assert!(me.enabled && events(&platform, &acme).await.is_empty());
    platform.finish().await;
}
