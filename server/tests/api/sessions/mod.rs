//! People: signing in and out, cookies and where they work.

mod confirmed;
mod demanded;
mod guessing;
mod lost;
mod passkeys;
mod passwords;
mod second_factor;
mod tokens;

use crate::harness::{Platform, Who, difference};
use domain::money::Currency;
use futures::StreamExt;
use serde_json::json;
use server::admin::Command;
use std::time::Duration;

const PASSWORD: &str = "correct horse battery staple";

async fn sign_in(platform: &Platform, email: &str, password: &str) -> crate::harness::Answer {
    let body = json!({ "email": email, "password": password });
    platform.door.post(&Who::Nobody, "/session", body).await
}

async fn set_password(
    platform: &Platform,
    session: &Who,
    current: Option<&str>,
    new: &str,
) -> crate::harness::Answer {
    let body = match current {
        Some(current) => json!({ "current": current, "password": new }),
        None => json!({ "password": new }),
    };
    platform.door.put(session, "/me/password", body).await
}

fn session(answer: &crate::harness::Answer) -> Who {
    Who::Session(answer.cookie().unwrap())
}

#[tokio::test]
async fn a_link_works_once_and_for_a_day() {
    let (platform, acme) = Platform::new().await;
    let redeem = |token: &str| {
        platform.door.ask("POST", "/sign-in-link:redeem").json(&json!({ "token": token })).send()
    };
    let first = redeem(&acme.link).await.is(200);
    let line = first.header("set-cookie").to_owned();
    for part in ["__Host-", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
        assert!(line.contains(part), "{line}");
    }
    assert_eq!(first.json()["user"]["email"], acme.email.as_str());
    redeem(&acme.link).await.is(401);
    redeem("never-made").await.is(401);
    let link = async || {
        let answer = platform
            .admin(Command::SignInLink { email: "Ann@Acme.example ".into() })
            .await
            .unwrap();
        answer.text.split_once("token=").unwrap().1.to_owned()
    };
    let old = link().await;
    platform.clock.advance(Duration::from_secs(24 * 3_600));
    redeem(&old).await.is(401);
    redeem(&link().await).await.is(200);
    assert!(
        platform.admin(Command::SignInLink { email: "nobody@acme.example".into() }).await.is_err()
    );
    // A password that can't be taken uses nothing up.
    let kept = link().await;
    let weak = json!({ "token": kept, "password": "short" });
    let refused = platform.door.post(&Who::Nobody, "/sign-in-link:redeem", weak).await.is(400);
    assert_eq!(refused.fields(), ["password"]);
    redeem(&kept).await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn the_token_is_new_at_every_sign_in_and_the_old_one_dies() {
    let (platform, acme) = Platform::new().await;
    let first = acme.sign_in(&platform).await;
    set_password(&platform, &first, None, PASSWORD).await.is(200);
    // Somebody else's browser stays signed in; this one's old session ends with its new one.
    let other = session(&sign_in(&platform, &acme.email, PASSWORD).await.is(200));
    let body = json!({ "email": acme.email, "password": PASSWORD });
    let second = platform.door.post(&first, "/session", body).await.is(200);
    assert_ne!(format!("{first:?}"), format!("{:?}", session(&second)));
    platform.door.get(&first, "/me").await.is(401);
    platform.door.get(&other, "/me").await.is(200);
    platform.door.get(&session(&second), "/me").await.is(200);
    // A token that somebody made up is not taken over.
    let planted = Who::Session("planted".to_owned());
    let body = json!({ "email": acme.email, "password": PASSWORD });
    let fresh = platform.door.post(&planted, "/session", body).await.is(200);
    assert_ne!(fresh.cookie().unwrap(), "planted");
    platform.door.get(&planted, "/me").await.is(401);
    platform.finish().await;
}

#[tokio::test]
async fn signing_out_and_being_signed_out() {
    let (platform, acme) = Platform::new().await;
    let one = acme.sign_in(&platform).await;
    set_password(&platform, &one, None, PASSWORD).await.is(200);
    let two = session(&sign_in(&platform, &acme.email, PASSWORD).await.is(200));
    let three = session(&sign_in(&platform, &acme.email, PASSWORD).await.is(200));
    let list: api::Sessions = platform.door.get(&one, "/session").await.is(200).body();
    assert_eq!((list.sessions.len(), list.sessions.iter().filter(|s| s.current).count()), (3, 1));

    let out = platform.door.delete(&three, "/session/current").await.is(200);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    platform.door.get(&three, "/me").await.is(401);
    platform.door.delete(&three, "/session/current").await.is(401);
    let list: api::Sessions = platform.door.get(&two, "/session").await.is(200).body();
    let first = list.sessions.iter().find(|s| !s.current).unwrap().id;
    platform.door.delete(&two, &format!("/session/{first}")).await.is(200);
    platform.door.get(&one, "/me").await.is(401);

    // A new password ends all others.
    let one = session(&sign_in(&platform, &acme.email, PASSWORD).await.is(200));
    set_password(&platform, &one, Some("wrong wrong wrong"), "another long password").await.is(400);
    set_password(&platform, &one, None, "another long password").await.is(400);
    set_password(&platform, &one, Some(PASSWORD), "short").await.is(400);
    set_password(&platform, &one, Some(PASSWORD), "another long password").await.is(200);
    platform.door.get(&one, "/me").await.is(200);
    platform.door.get(&two, "/me").await.is(401);
    sign_in(&platform, &acme.email, PASSWORD).await.is(401);
    // So does one that is set through a link.
    let link =
        platform.admin(Command::SignInLink { email: acme.email.clone() }).await.unwrap().text;
    let token = link.split_once("token=").unwrap().1;
    let body = json!({ "token": token, "password": "a third long password" });
    platform.door.post(&Who::Nobody, "/sign-in-link:redeem", body).await.is(200);
    platform.door.get(&one, "/me").await.is(401);
    sign_in(&platform, &acme.email, "a third long password").await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn sessions_end_when_they_are_idle_and_when_they_are_old() {
    let (platform, acme) = Platform::new().await;
    let one = acme.sign_in(&platform).await;
    let use_it = async |who: &Who| {
        let status = platform.door.get(who, "/me").await.status;
        server::last_used::write(&platform.cloud).await.unwrap();
        status
    };
    for _ in 0..14 {
        platform.clock.advance(Duration::from_secs(11 * 3_600));
        assert_eq!(use_it(&one).await, 200);
    }
    platform.clock.advance(Duration::from_secs(15 * 3_600));
    assert_eq!(use_it(&one).await, 401, "seven days");
    let link =
        platform.admin(Command::SignInLink { email: acme.email.clone() }).await.unwrap().text;
    let body = json!({ "token": link.split_once("token=").unwrap().1 });
    let two =
        session(&platform.door.post(&Who::Nobody, "/sign-in-link:redeem", body).await.is(200));
    platform.clock.advance(Duration::from_secs(12 * 3_600));
    assert_eq!(use_it(&two).await, 401, "twelve hours unused");
    platform.finish().await;
}

#[tokio::test]
async fn a_cookie_changes_nothing_for_another_site() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let id = acme.instance(&platform, "web").await;
    let before = platform.dump().await;
    let headers: [&[(&str, &str)]; 7] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1:8081")],
        &[("origin", "https://localhost:8080")],
        &[("origin", "http://localhost:8080.evil.example")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://localhost:8080")],
    ];
    for endpoint in api::ENDPOINTS.iter().filter(|e| e.is_mutation()) {
        let path = endpoint.path.replace("{instance-id}", "{id}").replace("{field}", "labels");
        let path = path.replace("{id}", &id.to_string()).replace("{name}", "x");
        for with in headers {
            for kind in ["application/json", "text/plain", "application/x-www-form-urlencoded"] {
                let mut ask = platform
                    .door
                    .ask(endpoint.method.as_str(), &path)
                    .by(&ann)
                    .header("content-type", kind);
                for (name, value) in with {
                    ask = ask.header(name, *value);
                }
                ask.json(&json!({})).send().await.is(403);
            }
        }
        // No header at all: `origin` is set to nothing, which leaves it out.
        platform
            .door
            .ask(endpoint.method.as_str(), &path)
            .by(&ann)
            .header("origin", "")
            .send()
            .await
            .is(403);
    }
    assert_eq!(difference(&before, &platform.dump().await), [""; 0]);
    // Our own pages may; so may what is no browser.
    let ours = || platform.door.ask("PUT", &format!("/instance/{id}:add-protection")).by(&ann);
    ours().send().await.is(200);
    ours().header("sec-fetch-site", "same-origin").send().await.is(200);
    // Reading is not for other sites either, but harms nothing: the browser keeps the answer.
    platform
        .door
        .ask("GET", "/me")
        .by(&ann)
        .header("origin", "https://evil.example")
        .send()
        .await
        .is(200);
    platform.finish().await;
}

#[tokio::test]
async fn one_person_may_be_in_two_organizations() {
    let (platform, acme) = Platform::new().await;
    let second = platform.tenant("Second", "ANN@acme.example").await;
    assert_eq!(platform.dump().await["users"].len(), 1);
    assert_eq!(platform.dump().await["memberships"].len(), 2);
    let ann = acme.sign_in(&platform).await;
    let me: api::Me = platform.door.get(&ann, "/me").await.is(200).body();
    assert_eq!((me.organization.id, me.organizations.len()), (acme.org, 2));
    let id = acme.instance(&platform, "web").await;
    let switch = |who: &Who, org: domain::OrgId| {
        platform
            .door
            .ask("PUT", "/me:switch-organization")
            .by(who)
            .json(&json!({ "organization": org }))
            .send()
    };
    let switched = switch(&ann, second.org).await.is(200);
    let there = session(&switched);
    platform.door.get(&ann, "/me").await.is(401);
    assert_eq!(
        platform.door.get(&there, "/me").await.json()["organization"]["id"],
        json!(second.org)
    );
    platform.door.get(&there, &format!("/instance/{id}")).await.is(404);
    let token = second.token(&platform, &there).await;
    switch(&token, acme.org).await.is(403);
    let stranger = platform.tenant("Stranger", "eve@evil.example").await;
    switch(&there, stranger.org).await.is(404);
    let back = session(&switch(&there, acme.org).await.is(200));
    platform.door.get(&back, &format!("/instance/{id}")).await.is(200);
    let eur = platform.admin(Command::OrganizationCreate {
        organization: " ".into(),
        email: "x@y".into(),
        currency: Currency::default(),
    });
    assert!(eur.await.is_err());
    platform.finish().await;
}

#[tokio::test]
async fn a_session_that_is_ended_elsewhere_hears_nothing_within_a_second() {
    let (platform, acme) = Platform::new().await;
    let second = platform.tenant("Second", &acme.email).await;
    let here = acme.sign_in(&platform).await;
    set_password(&platform, &here, None, PASSWORD).await.is(200);
    let there = session(&sign_in(&platform, &acme.email, PASSWORD).await.is(200));
    let to = json!({ "organization": second.org });
    let there = session(&platform.door.put(&there, "/me:switch-organization", to).await.is(200));
    let listen = async |who: &Who| {
        let response = platform.door.ask("GET", "/stream").by(who).respond().await;
        let mut stream = response.into_body().into_data_stream();
        stream.next().await.unwrap().unwrap();
        stream
    };
    let (ended, mut goes_on) = (listen(&there).await, listen(&here).await);
    let list: api::Sessions = platform.door.get(&here, "/session").await.is(200).body();
    let other = list.sessions.iter().find(|session| !session.current).unwrap().id;
    platform.door.delete(&here, &format!("/session/{other}")).await.is(200);
    let rest = tokio::time::timeout(Duration::from_secs(1), ended.collect::<Vec<_>>());
    assert!(rest.await.is_ok(), "an open stream in another organization ends, too");
    platform.door.get(&there, "/me").await.is(401);
    acme.ssh_key(&platform, "laptop").await;
    goes_on.next().await.unwrap().unwrap();
    platform.finish().await;
}
