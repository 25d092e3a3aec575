//! Signing in in two steps: what it asks for, what it does not tell, and every way round it.

use super::{PASSWORD, session, set_password};
use crate::harness::{Answer, Platform, Tenant, Who, requests};
use serde_json::json;
use server::admin::Command;
use std::time::Duration;

const STEP: Duration = Duration::from_secs(30);
const ANOTHER: &str = "another long password";

/// What a token may change of its person's own, and why that helps no thief.
const BY_TOKEN: [(&str, &str); 5] = [
    ("request-access", "somebody else decides about it"),
    ("withdraw-access-request", "it ends what was only asked for"),
    ("create-access-token", "policies decide as about API keys, and it is no wider"),
    ("delete-access-token", "it takes access away from what is no person"),
    ("update-preferences", "it says how lists look"),
];

async fn sign_in(platform: &Platform, of: &Tenant, password: &str, code: Option<&str>) -> Answer {
    let mut body = json!({ "email": of.email, "password": password });
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    platform.door.post(&Who::Nobody, "/session", body).await
}

/// Somebody with a password and an app; their session, its secret, their recovery codes.
async fn ann(platform: &Platform, acme: &Tenant) -> (Who, Vec<u8>, Vec<String>) {
    let ann = acme.sign_in(platform).await;
    set_password(platform, &ann, None, PASSWORD).await.is(200);
    let (secret, codes) = platform.two_step(&ann).await;
    platform.clock.advance(2 * STEP);
    (ann, secret, codes)
}

async fn link(platform: &Platform, of: &Tenant) -> String {
    let made = platform.admin(Command::SignInLink { email: of.email.clone() }).await.unwrap();
    made.text.split_once("token=").unwrap().1.to_owned()
}

#[tokio::test]
async fn a_password_alone_signs_nobody_in_and_is_not_said_to_be_right() {
    let (platform, acme) = Platform::new().await;
    let (first, secret, _) = ann(&platform, &acme).await;
    let right = sign_in(&platform, &acme, PASSWORD, None).await.is(401);
    let code = platform.code(&secret);
    for (password, typed) in [
        (PASSWORD, Some("")),
        (PASSWORD, Some("000000")),
        (PASSWORD, Some("no code at all, and far longer than any that there is, by a line or two")),
        ("wrong wrong wrong", None),
        ("wrong wrong wrong", Some(code.as_str())),
    ] {
        let answer = sign_in(&platform, &acme, password, typed).await.is(401);
        assert_eq!(answer.without_request_id(), right.without_request_id());
        assert!(answer.cookie().is_none());
    }
    let nobody = json!({ "email": "nobody@acme.example", "password": PASSWORD });
    let nobody = platform.door.post(&Who::Nobody, "/session", nobody).await.is(401);
    assert_eq!(nobody.without_request_id(), right.without_request_id());
    // A wrong password has used no code up.
    let second = session(&sign_in(&platform, &acme, PASSWORD, Some(&code)).await.is(200));
    platform.door.get(&second, "/me").await.is(200);
    // It is in the users list, and in the trail what was missing.
    let users: api::Users = platform.door.get(&first, "/user").await.is(200).body();
    assert!(users.users[0].two_factor_authentication);
    platform.finish().await;
}

#[tokio::test]
async fn a_code_is_good_once_and_around_its_time() {
    let (platform, acme) = Platform::new().await;
    let (_, secret, _) = ann(&platform, &acme).await;
    for (ahead, status) in [(-2, 401), (2, 401), (-1, 200), (-1, 401), (1, 200), (0, 401), (1, 401)]
    {
        let code = platform.code_in(&secret, ahead);
        let answer = sign_in(&platform, &acme, PASSWORD, Some(&code)).await;
        assert_eq!(answer.status, status, "{ahead}");
    }
    // Two with the same code at once: one of them.
    platform.clock.advance(3 * STEP);
    let code = platform.code(&secret);
    let twice = [0, 1].map(|_| sign_in(&platform, &acme, PASSWORD, Some(&code)));
    let mut statuses: Vec<_> =
        futures::future::join_all(twice).await.into_iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
    platform.finish().await;
}

#[tokio::test]
async fn a_recovery_code_signs_in_once_and_new_ones_end_the_old() {
    let (platform, acme) = Platform::new().await;
    let (ann, secret, codes) = ann(&platform, &acme).await;
    assert_eq!(codes.len(), 10);
    let left = async || {
        let shown: api::SecondFactor =
            platform.door.get(&ann, "/me/second-factor").await.is(200).body();
        assert!(shown.enabled && shown.pending.is_none());
        shown.recovery_codes
    };
    let typed = format!(" {} ", codes[0].to_uppercase().replace('-', " "));
    sign_in(&platform, &acme, PASSWORD, Some(&typed)).await.is(200);
    sign_in(&platform, &acme, PASSWORD, Some(&codes[0])).await.is(401);
    assert_eq!(left().await, 9);
    let renew = async |code: &str| {
        let body = json!({ "code": code });
        platform.door.put(&ann, "/me/second-factor:renew-recovery-codes", body).await
    };
    assert_eq!(renew("000000").await.is(400).fields(), ["code"]);
    let fresh: api::RecoveryCodes = renew(&platform.code(&secret)).await.is(200).body();
    assert_eq!(left().await, 10);
    sign_in(&platform, &acme, PASSWORD, Some(&codes[1])).await.is(401);
    sign_in(&platform, &acme, PASSWORD, Some(&fresh.recovery_codes[1])).await.is(200);
    // Neither they nor the secret are in the database, nor in the trail.
    let dump = format!("{:?}", platform.dump().await);
    for secret in codes.iter().chain(&fresh.recovery_codes) {
        assert!(!dump.contains(secret.as_str()));
    }
    platform.finish().await;
}

#[tokio::test]
async fn setting_it_up_takes_a_code_and_turning_it_off_too() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    set_password(&platform, &ann, None, PASSWORD).await.is(200);
    let other = session(&sign_in(&platform, &acme, PASSWORD, None).await.is(200));
    let put = async |who: &Who, act: &str, code: &str| {
        let path = format!("/me/second-factor:{act}");
        platform.door.put(who, &path, json!({ "code": code })).await
    };
    put(&ann, "confirm", "000000").await.is(409);
    let first = platform.begin_two_step(&ann).await;
    let secret = platform.begin_two_step(&ann).await;
    assert_ne!(first, secret);
    let shown = platform.door.get(&ann, "/me/second-factor").await.is(200);
    let pending = shown.body::<api::SecondFactor>().pending.unwrap();
    assert!(pending.uri.starts_with("otpauth://totp/") && pending.qr_code.contains("<svg"));
    assert_eq!(put(&ann, "confirm", &platform.code(&first)).await.is(400).fields(), ["code"]);
    // Until it is confirmed nobody is asked for anything; later than an hour it can't be.
    sign_in(&platform, &acme, PASSWORD, None).await.is(200);
    platform.clock.advance(Duration::from_secs(3_600));
    put(&ann, "confirm", &platform.code(&secret)).await.is(409);
    let proof = json!({ "password": PASSWORD });
    let ann = session(&platform.door.put(&ann, "/session:confirm", proof).await.is(200));
    let secret = platform.begin_two_step(&ann).await;
    put(&ann, "confirm", &platform.code(&secret)).await.is(200);
    platform.door.get(&other, "/me").await.is(401);
    platform.door.post(&ann, "/me/second-factor", json!({})).await.is(409);
    // The code that confirmed it is used up.
    sign_in(&platform, &acme, PASSWORD, Some(&platform.code(&secret))).await.is(401);
    put(&ann, "remove", &platform.code(&secret)).await.is(400);
    put(&ann, "remove", &platform.code_in(&secret, 1)).await.is(200);
    put(&ann, "remove", "000000").await.is(409);
    sign_in(&platform, &acme, PASSWORD, None).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn a_stolen_token_changes_nothing_about_signing_in() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let own = api::ENDPOINTS.iter().filter(|e| e.is_mutation() && e.access.is_of_people());
    let mut may = Vec::new();
    for endpoint in own {
        let mut ask = requests::ready(&platform, &acme, &with, endpoint).await.by(&with.token);
        // Dry: the same token must be there for the next one.
        ask.path.push_str("?dry-run=true");
        // An owner is refused nothing that could be asked for, and has asked for nothing.
        let expected = match endpoint.operation {
            "create-access-token" | "delete-access-token" | "update-preferences" => 200,
            "withdraw-access-request" => 404,
            "request-access" => 409,
            _ => 403,
        };
        let answer = ask.send().await;
        assert_eq!(answer.status, expected, "{}: {}", endpoint.operation, answer.text());
        if !answer.message().starts_with("A key or token ") {
            may.push(endpoint.operation);
        }
    }
    let known = BY_TOKEN.map(|(operation, _)| operation);
    assert_eq!(may, known, "what a token may do of its person's own has a reason");
    platform.finish().await;
}

#[tokio::test]
async fn a_stolen_token_chooses_no_first_password_and_sees_no_secret() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let token = acme.token(&platform, &ann).await;
    let refused = set_password(&platform, &token, None, ANOTHER).await.is(403);
    assert!(refused.message().contains("token changes nothing"), "{}", refused.message());
    sign_in(&platform, &acme, ANOTHER, None).await.is(401);
    platform.begin_two_step(&ann).await;
    for (who, sees) in [(&token, false), (&ann, true)] {
        let shown = platform.door.get(who, "/me/second-factor").await.is(200);
        assert_eq!(shown.body::<api::SecondFactor>().pending.is_some(), sees);
    }
    platform.finish().await;
}

#[tokio::test]
async fn an_invitation_does_not_go_round_an_app_of_who_has_no_password() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let (secret, _) = platform.two_step(&ann).await;
    platform.clock.advance(2 * STEP);
    let other = platform.tenant("Other", "bob@other.example").await;
    other.invite(&platform, &acme.email, "Billing").await;
    let token = platform.token_for(&acme.email, 0).await;
    let accept = async |code: Option<String>| {
        let body = json!({ "token": token, "password": ANOTHER, "code": code });
        platform.door.post(&Who::Nobody, "/invitation:accept", body).await
    };
    for code in [None, Some("000000".to_owned())] {
        assert_eq!(accept(code).await.is(400).fields(), ["code"]);
    }
    let me: api::Me = platform.door.get(&ann, "/me").await.is(200).body();
    assert_eq!((me.organizations.len(), me.user.unwrap().has_password), (1, false));
    let joined = accept(Some(platform.code(&secret))).await.is(200);
    assert_eq!(joined.body::<api::Me>().organization.id, other.org);
    // As with every new password the other sessions are over, and it does not go round the app either.
    platform.door.get(&ann, "/me").await.is(401);
    sign_in(&platform, &acme, ANOTHER, None).await.is(401);
    platform.clock.advance(2 * STEP);
    sign_in(&platform, &acme, ANOTHER, Some(&platform.code(&secret))).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn mail_does_not_go_round_it_and_the_operator_s_link_does() {
    let (platform, acme) = Platform::new().await;
    let (_, secret, _) = ann(&platform, &acme).await;
    platform
        .door
        .post(&Who::Nobody, "/password-reset", json!({ "email": acme.email }))
        .await
        .is(200);
    let token = platform.token_for(&acme.email, 0).await;
    let redeem = async |code: Option<String>| {
        let body = json!({ "token": token, "password": ANOTHER, "code": code });
        platform.door.post(&Who::Nobody, "/password-reset:redeem", body).await
    };
    for code in [None, Some("000000".to_owned())] {
        assert_eq!(redeem(code).await.is(400).fields(), ["code"]);
    }
    redeem(Some(platform.code(&secret))).await.is(200);
    sign_in(&platform, &acme, ANOTHER, None).await.is(401);
    // An invitation proves the mailbox only.
    let other = platform.tenant("Other", "bob@other.example").await;
    other.invite(&platform, &acme.email, "Billing").await;
    let token = platform.token_for(&acme.email, 1).await;
    let accept = async |password: &str, code: Option<String>| {
        let body = json!({ "token": token, "password": password, "code": code });
        platform.door.post(&Who::Nobody, "/invitation:accept", body).await
    };
    platform.clock.advance(2 * STEP);
    let one = accept("wrong wrong wrong", None).await.is(400);
    let two = accept(ANOTHER, None).await.is(400);
    assert_eq!(one.without_request_id(), two.without_request_id());
    accept(ANOTHER, Some(platform.code(&secret))).await.is(200);
    // Who has lost phone and codes goes to the operator.
    let body = json!({ "token": link(&platform, &acme).await });
    platform.door.post(&Who::Nobody, "/sign-in-link:redeem", body).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn guessing_a_code_is_slowed_down_like_guessing_a_password() {
    let (platform, acme) = Platform::new().await;
    let (ann, secret, _) = ann(&platform, &acme).await;
    let guess = |n: u32, code: &str| {
        let body = json!({ "email": acme.email, "password": PASSWORD, "code": code });
        let ask = platform.door.ask("POST", "/session").json(&body);
        ask.header("x-forwarded-for", format!("198.51.100.{n}")).send()
    };
    for n in 0..10 {
        guess(n, "000000").await.is(401);
    }
    guess(10, &platform.code(&secret)).await.is(429);
    let body = json!({ "code": platform.code(&secret) });
    platform.door.put(&ann, "/me/second-factor:remove", body).await.is(429);
    platform.clock.advance(Duration::from_secs(600));
    // Who first comes without the code, as the portal does, is not counted for that.
    for _ in 0..12 {
        platform.clock.advance(STEP);
        guess(11, "").await.is(401);
        guess(11, &platform.code(&secret)).await.is(200);
    }
    platform.finish().await;
}
