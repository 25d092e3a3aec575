//! Webhooks are told of events: signed, in order, until they take them, and never the inside of a
//! network.

mod sink;
mod tls;

use crate::harness::{Platform, Tenant, requests};
use api::{Webhook, WebhookCreated, WebhookDeliveries, WebhookDelivery, WebhookSecret};
use domain::webhook::{DeliveryCause, DeliveryState, WebhookState};
use serde_json::{Value, json};
use server::webhooks;
use sink::{Answers, Sink};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

async fn create(platform: &Platform, acme: &Tenant, url: &str, filter: Value) -> WebhookCreated {
    let body = json!({ "name": "siem", "url": url, "filter": filter });
    platform.door.post(&acme.owner, "/webhook", body).await.is(200).body()
}

async fn get(platform: &Platform, acme: &Tenant, made: &WebhookCreated) -> Webhook {
    platform.door.get(&acme.owner, &format!("/webhook/{}", made.id)).await.is(200).body()
}

async fn deliveries(
    platform: &Platform,
    acme: &Tenant,
    made: &WebhookCreated,
) -> Vec<WebhookDelivery> {
    let path = format!("/webhook/{}/delivery", made.id);
    let answer = platform.door.get(&acme.owner, &path).await.is(200);
    answer.body::<WebhookDeliveries>().webhook_deliveries
}

/// A refused call: one event, whose operation is `stop-instance`.
async fn happens(platform: &Platform, acme: &Tenant) {
    let missing = format!("/instance/{}:stop", requests::nothing());
    platform.door.put(&acme.owner, &missing, json!({})).await.is(404);
}

async fn work(platform: &Platform) {
    webhooks::deliver(&platform.cloud).await.unwrap();
}

#[tokio::test]
async fn events_are_told_in_order_with_a_signature_that_holds() {
    let (platform, acme) = Platform::to_private_addresses().await;
    let sink = Sink::open(Answers::All(204)).await;
    let made = create(&platform, &acme, &sink.url, json!({})).await;
    let id = acme.instance(&platform, "web").await;
    happens(&platform, &acme).await;
    work(&platform).await;
    let got = sink.taken();
    let told: Vec<_> = got
        .iter()
        .map(|message| {
            let event = &message.body["event"];
            (event["sequence"].as_i64().unwrap(), event["handler"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected = ["create-webhook", "create-instance", "complete-operation", "stop-instance"];
    let expected: Vec<_> = (1..).zip(expected.map(str::to_owned)).collect();
    assert_eq!(told, expected);
    for message in &got {
        assert!(message.is_signed_with(&made.secret), "{:?}", message.headers);
        assert!(!message.is_signed_with("whsec_AAAA"));
        assert_eq!(message.body["type"], "audit.event");
        assert_eq!(message.body["organization"], json!(acme.org));
    }
    assert_eq!(got[1].body["event"]["subject-id"], json!(id));
    assert!(got[1].body["event"]["actor"].is_string() && got[1].body["event"]["hash"].is_string());
    assert!(!got.iter().any(|message| message.text.contains(&made.secret)), "no secret is told");
    let listed = deliveries(&platform, &acme, &made).await;
    assert!(listed.iter().all(|one| one.state == DeliveryState::Delivered && one.attempts == 1));
    assert!(listed.iter().all(|one| one.status == Some(204) && one.elapsed_ms.is_some()));
    assert_eq!(listed.iter().filter_map(|one| one.sequence).sum::<i64>(), 1 + 2 + 3 + 4);
    work(&platform).await;
    assert_eq!(sink.taken().len(), 4, "what was taken is not told again");
    platform.finish().await;
}

#[tokio::test]
async fn only_what_was_asked_for_is_told() {
    let (platform, acme) = Platform::to_private_addresses().await;
    let sink = Sink::open(Answers::All(200)).await;
    for filter in [
        json!({ "operations": ["register-ssh-key", "delete-ssh-key"] }),
        json!({ "resources": ["ssh-key"], "results": ["refused", "failed"] }),
        json!({ "resources": ["quota"] }),
    ] {
        create(&platform, &acme, &sink.url, filter).await;
    }
    acme.ssh_key(&platform, "laptop").await;
    let wrong = json!({ "name": "", "public-key": "no key" });
    platform.door.post(&acme.owner, "/ssh-key", wrong).await.is(400);
    happens(&platform, &acme).await;
    work(&platform).await;
    let mut statuses: Vec<_> =
        sink.taken().iter().map(|m| m.body["event"]["status"].as_i64().unwrap()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400, 400]);
    let list: api::Webhooks = platform.door.get(&acme.owner, "/webhook").await.is(200).body();
    let newest: api::AuditHead = platform.door.get(&acme.owner, "/audit-head").await.is(200).body();
    assert!(
        list.webhooks.iter().all(|one| one.sequence == Some(newest.sequence)),
        "none lags behind"
    );
    platform.finish().await;
}

#[tokio::test]
async fn what_is_not_taken_is_tried_again_before_anything_else_and_after_a_restart() {
    let (platform, acme) = Platform::to_private_addresses().await;
    let sink = Sink::open(Answers::All(503)).await;
    let made = create(&platform, &acme, &sink.url, json!({ "results": ["refused"] })).await;
    for _ in 0..3 {
        happens(&platform, &acme).await;
    }
    work(&platform).await;
    assert_eq!(sink.taken().len(), 1, "the others wait behind it");
    let waiting = get(&platform, &acme, &made).await;
    assert_eq!((waiting.attempts, waiting.state), (Some(1), WebhookState::Active));
    let next = waiting.next_attempt_at.unwrap();
    assert_eq!(next, platform.cloud.now().plus(Duration::from_secs(10)));
    work(&platform).await;
    platform.clock.advance(Duration::from_secs(10));
    work(&platform).await;
    assert_eq!(sink.taken().len(), 2, "not before its time");
    // The process ends while the sink has it and before that is noted: it is told again, once.
    sink.answers(Answers::Never);
    platform.clock.advance(MINUTE);
    let cloud = platform.cloud.clone();
    let ended = tokio::spawn(async move { webhooks::deliver(&cloud).await });
    sink.until(3).await;
    ended.abort();
    let _ = ended.await;
    let platform = platform.restart().await;
    sink.answers(Answers::All(200));
    platform.clock.advance(MINUTE);
    work(&platform).await;
    let ids: Vec<_> = sink.taken().into_iter().map(|message| message.id()).collect();
    assert_eq!(ids.len(), 6);
    assert!(ids[..4].iter().all(|id| *id == ids[0]), "{ids:?}");
    assert!(ids[3] < ids[4] && ids[4] < ids[5], "{ids:?}");
    let listed = deliveries(&platform, &acme, &made).await;
    let first = listed.last().unwrap();
    assert_eq!((first.attempts, first.state), (3, DeliveryState::Delivered));
    assert_eq!(get(&platform, &acme, &made).await.failing_since, None);
    platform.finish().await;
}

#[tokio::test]
async fn an_event_that_is_refused_for_what_it_is_is_given_up_and_can_be_asked_for() {
    let (platform, acme) = Platform::to_private_addresses().await;
    let sink = Sink::open(Answers::Refuses("\"create-webhook\"")).await;
    let made = create(&platform, &acme, &sink.url, json!({})).await;
    happens(&platform, &acme).await;
    for _ in 0..10 {
        work(&platform).await;
        platform.clock.advance(MINUTE * 60);
    }
    work(&platform).await;
    assert_eq!(sink.taken().len(), 11, "ten tries of one, then the next");
    let listed = deliveries(&platform, &acme, &made).await;
    let states: Vec<_> = listed.iter().map(|one| (one.sequence, one.state, one.status)).collect();
    let (failed, delivered) = (DeliveryState::Failed, DeliveryState::Delivered);
    assert_eq!(states, [(Some(2), delivered, Some(200)), (Some(1), failed, Some(422))]);
    sink.answers(Answers::All(200));
    let path = format!("/webhook/{}:redeliver", made.id);
    let body = json!({ "delivery": listed[1].id });
    let again: WebhookDelivery = platform.door.put(&acme.owner, &path, body).await.is(200).body();
    assert_eq!((again.cause, again.state), (DeliveryCause::Again, DeliveryState::Pending));
    work(&platform).await;
    let got = sink.taken();
    let repeated = got.iter().rev().find(|m| m.body["event"]["sequence"] == json!(1)).unwrap();
    assert_eq!(repeated.id(), got[0].id(), "whoever took it before knows it");
    let unknown = json!({ "delivery": requests::nothing() });
    let refused = platform.door.put(&acme.owner, &path, unknown).await.is(400);
    assert_eq!(refused.fields(), ["delivery"]);
    platform.finish().await;
}

#[tokio::test]
async fn after_days_of_nothing_it_is_paused_and_its_owners_get_mail() {
    let (platform, acme) = Platform::to_private_addresses().await;
    let sink = Sink::open(Answers::All(500)).await;
    let made = create(&platform, &acme, &sink.url, json!({ "results": ["refused"] })).await;
    happens(&platform, &acme).await;
    happens(&platform, &acme).await;
    for _ in 0..80 {
        work(&platform).await;
        platform.clock.advance(MINUTE * 60);
    }
    let stopped = get(&platform, &acme, &made).await;
    assert_eq!(stopped.state, WebhookState::Failed);
    let tries = sink.taken().len();
    assert!((70..80).contains(&tries), "{tries} tries in three days");
    let mails = platform.mails_to(&acme.email).await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("siem") && mails[0].contains(&sink.url), "{}", mails[0]);
    let events: Vec<api::Event> = platform
        .door
        .get(&acme.owner, &format!("/event?subject-id={}", made.id))
        .await
        .is(200)
        .body();
    assert_eq!(events[0].handler, "update-webhook");
    assert!(events[0].reason.as_ref().unwrap().contains("three days"));
    // It goes on where it stopped.
    sink.answers(Answers::All(200));
    let body = json!({ "paused": false });
    platform.door.put(&acme.owner, &format!("/webhook/{}", made.id), body).await.is(200);
    work(&platform).await;
    assert_eq!(sink.taken().len(), tries + 2);
    platform.finish().await;
}

#[tokio::test]
async fn the_inside_of_a_network_is_never_asked() {
    let (platform, acme) = Platform::new().await;
    for url in [
        "http://hooks.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[fd00:ec2::254]/",
        "https://[::ffff:10.0.0.1]/",
        "https://user:pass@hooks.example/",
        "gopher://hooks.example/",
        "no address",
    ] {
        let body = json!({ "name": "x", "url": url });
        let refused = platform.door.post(&acme.owner, "/webhook", body).await.is(400);
        assert_eq!(refused.fields(), ["url"], "{url}");
    }
    // A name is looked at when it is asked, whatever it meant before.
    let sink = Sink::open(Answers::All(200)).await;
    let port = sink.url.rsplit(':').next().unwrap().trim_end_matches('/').to_owned();
    for host in ["localhost", "127.1", "2130706433"] {
        let url = format!("https://{host}:{port}/");
        let made = create(&platform, &acme, &url, json!({})).await;
        work(&platform).await;
        let listed = deliveries(&platform, &acme, &made).await;
        let error = listed.last().unwrap().error.clone().unwrap();
        assert!(error.contains("not a public address"), "{host}: {error}");
    }
    assert_eq!(sink.connections(), 0);
    platform.finish().await;
}

#[tokio::test]
async fn redirects_are_not_followed_and_slow_or_endless_answers_are_left() {
    let (platform, acme) = Platform::to_private_addresses().await;
    let inside = Sink::open(Answers::All(200)).await;
    for (answers, said) in [
        (Answers::Redirects(inside.url.clone()), "not followed"),
        (Answers::Never, "no answer within"),
        (Answers::Endless, "without an answer"),
    ] {
        let sink = Sink::open(answers).await;
        let made = create(&platform, &acme, &sink.url, json!({})).await;
        work(&platform).await;
        let listed = deliveries(&platform, &acme, &made).await;
        let error = listed.last().unwrap().error.clone().unwrap();
        assert!(error.contains(said), "{error}");
        let path = format!("/webhook/{}", made.id);
        platform.door.ask("DELETE", &path).by(&acme.owner).send().await.is(200);
    }
    assert_eq!(inside.connections(), 0);
    // A slow one holds up no other.
    let (slow, quick) = (Sink::open(Answers::Never).await, Sink::open(Answers::All(200)).await);
    create(&platform, &acme, &slow.url, json!({})).await;
    create(&platform, &acme, &quick.url, json!({})).await;
    let cloud = platform.cloud.clone();
    let working = tokio::spawn(async move { webhooks::deliver(&cloud).await });
    quick.until(1).await;
    working.abort();
    let _ = working.await;
    platform.finish().await;
}

#[tokio::test]
async fn a_secret_is_shown_once_and_rotates_without_a_gap() {
    let (platform, acme) = Platform::to_private_addresses().await;
    let sink = Sink::open(Answers::All(200)).await;
    let made = create(&platform, &acme, &sink.url, json!({ "resources": ["quota"] })).await;
    let path = format!("/webhook/{}", made.id);
    let rotated: WebhookSecret = platform
        .door
        .put(&acme.owner, &format!("{path}:rotate-secret"), json!({}))
        .await
        .is(200)
        .body();
    let test = async || {
        let path = format!("{path}:test");
        let asked: WebhookDelivery =
            platform.door.post(&acme.owner, &path, json!({})).await.is(200).body();
        assert_eq!((asked.cause, asked.state), (DeliveryCause::Test, DeliveryState::Pending));
        work(&platform).await;
        let message = sink.taken().pop().unwrap();
        assert_eq!(
            (&message.body["type"], &message.body["event"]),
            (&json!("webhook.test"), &Value::Null)
        );
        (message.is_signed_with(&made.secret), message.is_signed_with(&rotated.secret))
    };
    assert_eq!(test().await, (true, true));
    platform.clock.advance(MINUTE * 60 * 24);
    assert_eq!(test().await, (false, true));
    let dump = format!("{:?}", platform.dump().await);
    let bare = |secret: &str| secret.trim_start_matches("whsec_").to_owned();
    assert!(!dump.contains(&bare(&made.secret)) && !dump.contains(&bare(&rotated.secret)));
    let shown = platform.door.get(&acme.owner, &path).await.is(200);
    assert!(!shown.text().contains("whsec_") && !shown.text().contains(&bare(&rotated.secret)));
    platform.finish().await;
}

#[tokio::test]
async fn wrong_ones_are_refused_and_there_are_not_too_many() {
    let (platform, acme) = Platform::new().await;
    let good = "https://hooks.example/x";
    for (body, field) in [
        (json!({ "name": " ", "url": good }), "name"),
        (json!({ "name": "x".repeat(61), "url": good }), "name"),
        (
            json!({ "name": "x", "url": good, "filter": { "operations": ["list-instances"] } }),
            "filter.operations",
        ),
        (
            json!({ "name": "x", "url": good, "filter": { "resources": ["nothing"] } }),
            "filter.resources",
        ),
        (
            json!({ "name": "x", "url": good, "filter": { "results": ["good"] } }),
            "filter.results[0]",
        ),
        (json!({ "name": "x", "url": format!("{good}{}", "x".repeat(1_000)) }), "url"),
    ] {
        let refused = platform.door.post(&acme.owner, "/webhook", body).await.is(400);
        assert_eq!(refused.fields(), [field], "{}", refused.text());
    }
    for _ in 0..20 {
        create(&platform, &acme, good, json!({})).await;
    }
    let body = json!({ "name": "x", "url": good });
    let refused = platform.door.post(&acme.owner, "/webhook", body).await.is(409);
    assert!(refused.message().contains("20 webhooks"), "{}", refused.message());
    platform.finish().await;
}
