//! People: signing in and out, cookies and where they work, passwords, guessing, tokens.

use crate::harness::{Door, Platform, Tenant, Who, difference};
use domain::money::Currency;
use serde_json::{Value, json};
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
        &[("origin", "https://127.0.0.1:8080")],
        &[("origin", "http://127.0.0.1:8080.evil.example")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:8080")],
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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_waits_for_somebody_elses_password() {
    let (platform, acme) = Platform::new().await;
    let mut asks = Vec::new();
    for n in 0..16 {
        let of = platform.tenant("Other", &format!("{n}@other.example")).await;
        let ask = platform.door.ask("PUT", "/me/password").by(&of.sign_in(&platform).await);
        asks.push(ask.json(&json!({ "password": PASSWORD })));
    }
    let changes: Vec<_> = asks.into_iter().map(|ask| tokio::spawn(ask.send())).collect();
    // The first finds all of them waiting or at work; who stands in line behind them comes last.
    for name in ["first", "second", "third"] {
        acme.ssh_key(&platform, name).await;
    }
    assert!(changes.iter().any(|change| !change.is_finished()), "the keys were registered first");
    for change in changes {
        change.await.unwrap().is(200);
    }
    platform.finish().await;
}

#[tokio::test]
async fn a_password_is_changed_once_however_often_the_request_comes() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    set_password(&platform, &ann, None, PASSWORD).await.is(200);
    let body = json!({ "current": PASSWORD, "password": "another long password" });
    let change = platform.door.ask("PUT", "/me/password").by(&ann).json(&body);
    let change = change.header("idempotency-key", "once");
    change.clone().send().await.is(200);
    change.clone().send().await.is(200);
    change.header("idempotency-key", "").send().await.is(200);
    set_password(&platform, &ann, Some(PASSWORD), PASSWORD).await.is(400);
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
        let user = events[0].iam_user.as_ref().unwrap().id;
        let about: Vec<api::Event> =
            platform.door.get(&of.owner, &format!("/event?subject-id={user}")).await.body();
        assert!(about.len() >= 3, "they are about the person");
    }
    let none: Vec<api::Event> = platform.door.get(&foreign.owner, "/event").await.body();
    assert!(none.iter().all(|event| event.status == 200));
    platform.finish().await;
}

#[tokio::test]
async fn tokens_expire_are_revoked_and_belong_to_people() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let token = acme.token(&platform, &ann).await;
    platform.door.get(&token, "/instance").await.is(200);
    platform.door.get(&Who::Token("couloir_nonsense".into()), "/instance").await.is(401);
    let list: api::AccessTokens = platform.door.get(&ann, "/access-token").await.is(200).body();
    let id = list.access_tokens[0].id;
    platform.door.delete(&ann, &format!("/access-token/{id}")).await.is(200);
    platform.door.get(&token, "/instance").await.is(401);
    for days in [0, -1, 366, i64::MAX] {
        let body = json!({ "name": "long", "days": days });
        assert_eq!(
            platform.door.post(&ann, "/access-token", body).await.is(400).fields(),
            ["days"]
        );
    }
    let body = json!({ "name": "short", "days": 1 });
    let short: Value = platform.door.post(&ann, "/access-token", body).await.is(200).json();
    let short = Who::Token(short["token"].as_str().unwrap().to_owned());
    platform.clock.advance(Duration::from_secs(86_399));
    platform.door.get(&short, "/instance").await.is(200);
    platform.clock.advance(Duration::from_secs(1));
    platform.door.get(&short, "/instance").await.is(401);
    let body = json!({ "name": "ci" });
    platform.door.post(&acme.owner, "/access-token", body).await.is(403);
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
    switch(&token, acme.org).await.is(409);
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
