//! The audit trail: one event for every mutation, accepted or refused, in a chain that shows every
//! change made behind its back.

use crate::harness::{Database, Platform, Who, requests};
use api::Event;
use serde_json::json;
use server::db::Dialect;

async fn events(platform: &Platform, who: &Who) -> Vec<Event> {
    platform.door.get(who, "/event").await.is(200).body()
}

/// An order in which every mutation can be made of one [`crate::harness::Everything`].
fn order(operation: &str) -> usize {
    const FIRST: [&str; 5] = [
        "cancel-operation",
        "retry-operation",
        "scale-instance",
        "resize-instance-disk",
        "start-instance",
    ];
    const LAST: [&str; 8] = [
        // When the one that was there is deleted.
        "create-identity-provider",
        // From then on signing in takes a code.
        "confirm-second-factor",
        "stop-instance",
        "soft-delete-instance",
        "delete-snapshot",
        "delete-template",
        "delete-instance",
        "delete-session",
    ];
    let first = FIRST.iter().position(|o| *o == operation);
    let last = LAST.iter().position(|o| *o == operation).map(|at| 20 + at);
    first.or(last).unwrap_or(10)
}

#[tokio::test]
async fn every_accepted_mutation_has_exactly_one_event() {
    let (platform, acme) = Platform::new().await;
    let mut with = acme.everything(&platform).await;
    let mut mutations: Vec<_> = api::ENDPOINTS.iter().filter(|e| e.is_mutation()).collect();
    mutations.sort_by_key(|e| order(e.operation));
    // It takes a provider that answers: its own stories have one, and look at the event.
    mutations.retain(|e| e.operation != "complete-single-sign-on");
    for endpoint in mutations {
        let before = events(&platform, &acme.owner).await.len();
        let ask = requests::ready(&platform, &acme, &with, endpoint).await.from("198.51.100.20");
        let answer = ask.send().await.is(200);
        let mut now = events(&platform, &acme.owner).await;
        // Its event comes behind the answer's back, or the time would tell who has an account.
        while endpoint.operation == "request-password-reset" && now.len() == before {
            now = events(&platform, &acme.owner).await;
        }
        assert_eq!(now.len(), before + 1, "{}", endpoint.operation);
        let event = &now[0];
        assert_eq!((event.handler.as_str(), event.status), (endpoint.operation, 200));
        assert_eq!(event.reason, None);
        assert_eq!(event.request_id, answer.header("x-request-id"));
        assert_eq!(event.source_ip.as_deref(), Some("198.51.100.20"));
        assert!(event.elapsed_ms > 0);
        let person = endpoint.access != api::Access::Anyone;
        assert_eq!(event.iam_user.is_some(), person, "{}", endpoint.operation);
        assert_eq!(event.iam_api_key.is_some(), !person, "{}", endpoint.operation);
        assert!(event.iam_role.is_some());
        if ["switch-organization", "confirm-session"].contains(&endpoint.operation) {
            with.session = Who::Session(answer.cookie().unwrap());
        }
        platform.drain().await;
    }
    platform.finish().await;
}

#[tokio::test]
async fn accepted_work_leaves_a_second_event_when_it_has_ended() {
    let (platform, acme) = Platform::new().await;
    let (id, operation) = acme.begin(&platform, "web").await;
    platform.drain().await;
    let of: Vec<Event> =
        platform.door.get(&acme.owner, &format!("/event?subject-id={id}")).await.is(200).body();
    let handlers: Vec<_> = of.iter().map(|e| e.handler.as_str()).collect();
    assert_eq!(handlers, ["complete-operation", "create-instance"]);
    assert_eq!(of[0].body_params["operation"], json!(operation.id));
    assert_eq!(of[0].request_id, of[1].request_id, "one request, from the call to its end");
    platform.finish().await;
}

#[tokio::test]
async fn refusals_are_written_down_with_their_reason() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let billing = acme.key(&platform, "Billing").await;
    let ann = acme.sign_in(&platform).await;
    let stop = format!("/instance/{id}:stop");
    for (ask, status) in [
        (platform.door.ask("PUT", &stop).by(&billing), 403),
        (
            platform
                .door
                .ask("POST", "/access-token")
                .by(&acme.owner)
                .json(&json!({ "name": "x" })),
            403,
        ),
        (platform.door.ask("POST", "/instance").by(&ann).json(&json!({})), 400),
        (platform.door.ask("POST", "/instance").by(&ann).bytes("{"), 400),
        (platform.door.ask("PUT", &stop).by(&ann).header("if-match", "\"1\""), 412),
        (platform.door.ask("PUT", &stop).by(&ann).header("if-match", "nonsense"), 400),
        (platform.door.ask("PUT", &stop).by(&ann).header("idempotency-key", "a b"), 400),
        (
            platform.door.ask("PUT", &format!("/instance/{}:stop", requests::nothing())).by(&ann),
            404,
        ),
        (platform.door.ask("PUT", &format!("/instance/{id}:start")).by(&ann), 409),
    ] {
        let before = events(&platform, &acme.owner).await.len();
        let answer = ask.send().await.is(status);
        let now = events(&platform, &acme.owner).await;
        assert_eq!(now.len(), before + 1, "{}", answer.text());
        assert_eq!(now[0].status, i64::from(status));
        let reason = now[0].reason.as_deref().unwrap();
        let beginning = reason.split('…').next().unwrap();
        assert!(!beginning.is_empty() && answer.message().starts_with(beginning), "{reason}");
        assert_eq!(now[0].request_id, answer.header("x-request-id"));
    }
    platform.finish().await;
}

#[tokio::test]
async fn secrets_do_not_enter_the_trail() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let mut body = acme.body(&platform, "web").await;
    body["user-data"] = json!("I2Nsb3VkLWNvbmZpZw==");
    platform.door.post(&acme.owner, "/instance", body).await.is(200);
    let wrong = json!({ "current": "guess guess guess", "password": "another long password" });
    platform.door.put(&with.session, "/me/password", wrong).await.is(400);
    let text = platform.door.get(&acme.owner, "/event").await.is(200).text();
    for secret in [
        "I2Nsb3VkLWNvbmZpZw",
        "guess guess",
        "another long password",
        crate::harness::PASSWORD,
        &acme.link,
        &with.link,
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    platform.finish().await;
}

#[tokio::test]
async fn what_is_long_enters_the_trail_shortened() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let path = format!("/instance/{id}");
    let update = |body| platform.door.ask("PUT", &path).by(&acme.owner).json(&body).send();
    update(json!({ "name": "x".repeat(900_000) })).await.is(400);
    let many: serde_json::Map<_, _> = (0..20_000).map(|n| (format!("l{n}"), json!(n))).collect();
    update(json!({ "labels": many })).await.is(400);
    update(json!({ "user-data": "A".repeat(32_768) })).await.is(200);
    let answer = platform.door.get(&acme.owner, "/event").await.is(200);
    assert!(answer.bytes.len() < 20_000, "{} bytes", answer.bytes.len());
    let [data, list, name]: [Event; 3] =
        answer.body::<Vec<Event>>()[..3].to_vec().try_into().unwrap();
    let said = name.body_params["name"].as_str().unwrap();
    assert!(
        said.starts_with(&format!("{}… (900000 characters, SHA-256 ", "x".repeat(256))),
        "{said}"
    );
    assert!(list.body_params["…"].as_str().unwrap().contains("SHA-256"));
    let said = data.body_params["user-data"].as_str().unwrap().to_owned();
    assert!(said.starts_with("32768 characters, SHA-256 "), "{said}");
    platform.finish().await;
}

#[tokio::test]
async fn events_are_never_changed_or_deleted() {
    let (platform, acme) = Platform::new().await;
    acme.instance(&platform, "web").await;
    let url = platform.storage().0.to_owned();
    for sql in [
        "UPDATE audit_events SET status = 200",
        "UPDATE audit_events SET actor = 'nobody' WHERE sequence = 1",
        "DELETE FROM audit_events",
        "DELETE FROM audit_events WHERE sequence = 1",
    ] {
        let said = Database::try_run(&url, sql).await.expect_err(sql);
        assert!(said.contains("audit events are never"), "{said}");
    }
    platform.finish().await;
}

#[tokio::test]
async fn whoever_goes_around_the_triggers_is_found() {
    let drop = |dialect| match dialect {
        Dialect::Sqlite => {
            "DROP TRIGGER audit_events_no_update; DROP TRIGGER audit_events_no_delete"
        }
        Dialect::Postgres => "DROP TRIGGER audit_events_no_change ON audit_events",
    };
    for (sql, found) in [
        (
            "UPDATE audit_events SET data = replace(data, 'web', 'wfb') WHERE sequence = 1",
            "event 1",
        ),
        ("UPDATE audit_events SET previous_hash = '' WHERE sequence = 3", "event 3"),
        ("UPDATE audit_events SET status = 201 WHERE sequence = 2", "event 2"),
        ("UPDATE audit_events SET actor = 'nobody' WHERE sequence = 2", "event 2"),
        ("UPDATE audit_events SET at_us = at_us + 1 WHERE sequence = 2", "event 2"),
        ("UPDATE audit_events SET operation = 'stop-instance' WHERE sequence = 2", "event 2"),
        ("UPDATE audit_events SET subject_id = '' WHERE sequence = 2", "event 2"),
        ("DELETE FROM audit_events WHERE sequence = 2", "event 3"),
        (
            "DELETE FROM audit_events WHERE sequence = (SELECT MAX(sequence) FROM audit_events)",
            "head",
        ),
    ] {
        let (platform, acme) = Platform::new().await;
        let id = acme.instance(&platform, "web").await;
        let put = |verb: &str| {
            platform.door.ask("PUT", &format!("/instance/{id}:{verb}")).by(&acme.owner).send()
        };
        put("add-protection").await.is(200);
        put("remove-protection").await.is(200);
        platform.check().await.unwrap();
        let url = platform.storage().0.to_owned();
        for statement in drop(platform.cloud.db.dialect).split("; ") {
            Database::run(&url, statement).await;
        }
        Database::run(&url, sql).await;
        let said = platform.check().await.expect_err(sql);
        assert!(said.contains(found) && said.contains(&acme.org.to_string()), "{sql}: {said}");
        platform.finish_broken().await;
    }
}
