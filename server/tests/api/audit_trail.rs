//! Every call is in the audit trail, and found: also what only read, was refused or failed.

use crate::harness::{Answer, Database, PUBLIC_KEY, Platform, Tenant, Who, requests};
use api::{AuditTrail, Event};
use domain::Timestamp;
use serde_json::json;
use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

/// What is found, after what was noted is written.
async fn find(platform: &Platform, who: &Who, query: &str) -> Vec<Event> {
    page(platform, who, query).await.body::<AuditTrail>().events
}

async fn page(platform: &Platform, who: &Who, query: &str) -> Answer {
    server::audit::calls::write(&platform.cloud).await.unwrap();
    platform.door.get(who, &format!("/audit-trail?{query}")).await.is(200)
}

fn handlers(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.handler.as_str()).collect()
}

async fn set_days(platform: &Platform, acme: &Tenant, days: i64) -> Answer {
    let body = json!({ "api-call-days": days });
    platform.door.put(&acme.owner, "/organization", body).await
}

#[tokio::test]
async fn reads_dry_runs_and_refusals_of_reads_are_there_with_who_and_why() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let billing = acme.key(&platform, "Billing").await;
    let read = format!("/instance/{id}");
    let ask = platform.door.ask("GET", &read).by(&acme.owner).from("198.51.100.20");
    let tick = || platform.clock.advance(Duration::from_millis(1));
    tick();
    let answer = ask.send().await.is(200);
    tick();
    platform.door.get(&billing, &read).await.is(403);
    tick();
    let dry = format!("{read}:stop?dry-run=true");
    platform.door.put(&acme.owner, &dry, json!({})).await.is(200);
    tick();
    platform.door.get(&acme.owner, "/instance?limit=0").await.is(400);
    tick();
    let [wrong, dry, refused, read, ..]: [Event; 4] =
        find(&platform, &acme.owner, "calls=reads&limit=4").await.try_into().unwrap();
    assert_eq!((read.handler.as_str(), read.status), ("get-instance", 200));
    assert_eq!(read.subject_id, Some(id.to_string()));
    assert_eq!(read.source_ip.as_deref(), Some("198.51.100.20"));
    assert_eq!(read.request_id, answer.header("x-request-id"));
    assert!(read.iam_api_key.is_some() && read.iam_role.is_some() && read.elapsed_ms > 0);
    assert_eq!((refused.status, read.reason), (403, None));
    assert_eq!(refused.subject_id, Some(id.to_string()), "somebody was to read this");
    assert!(refused.reason.unwrap().contains("role"), "it says which policy refused");
    assert_eq!(
        (dry.handler.as_str(), &dry.get_params["dry-run"]),
        ("stop-instance", &json!("true"))
    );
    assert_eq!((wrong.status, &wrong.get_params["limit"]), (400, &json!("0")));
    // The trail of changes is as it was: nothing of this is in it.
    let of_chain = find(&platform, &acme.owner, &format!("calls=changes&subject-id={id}")).await;
    assert_eq!(handlers(&of_chain), ["complete-operation", "create-instance"]);
    assert_eq!(of_chain[1].sequence, Some(1));
    platform.finish().await;
}

#[tokio::test]
async fn who_is_given_an_answer_again_is_known() {
    let (platform, acme) = Platform::new().await;
    let role = json!({ "id": acme.role(&platform, "Owner").await });
    let body = json!({ "name": "robot", "role-id": role["id"] });
    let create = platform.door.ask("POST", "/api-key").by(&acme.owner).json(&body).signed();
    let first = create.clone().from("192.0.2.1").send().await.is(200).json();
    let again = create.from("203.0.113.9").send().await.is(200).json();
    assert_eq!(first["secret"], again["secret"]);
    let found = find(&platform, &acme.owner, "operation=create-api-key").await;
    let seen: Vec<_> = found.iter().map(|e| (e.status, e.source_ip.as_deref().unwrap())).collect();
    assert!(seen.contains(&(200, "192.0.2.1")) && seen.contains(&(200, "203.0.113.9")), "{seen:?}");
    let reason = found.iter().find_map(|event| event.reason.as_deref()).unwrap();
    assert!(reason.contains("answered before"), "{reason}");
    platform.finish().await;
}

#[tokio::test]
async fn a_stream_that_was_refused_is_not_one_that_was_opened() {
    let (platform, acme) = Platform::new().await;
    platform.door.get(&acme.owner, "/stream?since=yesterday").await.is(400);
    let found = find(&platform, &acme.owner, "calls=reads&limit=1").await;
    assert_eq!(found[0].status, 400);
    assert!(found[0].reason.as_deref().unwrap().contains("since"), "{:?}", found[0].reason);
    platform.finish().await;
}

#[tokio::test]
async fn what_is_sent_by_a_wrong_name_is_in_no_trail() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let wrong =
        json!({ "current-password": "a long old password", "new-password": "a long new one" });
    platform.door.put(&ann, "/me/password?old=a%20long%20query", wrong).await.is(400);
    let found = find(&platform, &acme.owner, "operation=set-password").await;
    let written = serde_json::to_string(&found).unwrap();
    assert!(written.contains("new-password") && !written.contains("a long"), "{written}");
    platform.finish().await;
}

#[tokio::test]
async fn what_the_operator_does_is_there() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", &acme.email).await;
    platform.set_quota(&acme, domain::quota::QuotaResource::Instance, 3).await;
    let link = server::admin::Command::SignInLink { email: acme.email.clone() };
    platform.admin(link).await.unwrap();
    let told = async |of: &Tenant, operation: &str| {
        let query = format!("operation={operation}&calls=changes");
        let found = find(&platform, &of.owner, &query).await;
        assert!(found.iter().all(|event| event.actor.as_deref() == Some("the platform")));
        found
    };
    let quota = told(&acme, "update-quota").await.remove(0);
    let change = &quota.changes.as_ref().unwrap()[0];
    assert_eq!((change.field.as_str(), change.after.clone()), ("limit", Some(json!(3))));
    assert_eq!(quota.path_params["entity"], "instance");
    assert!(told(&other, "update-quota").await.is_empty());
    for of in [&acme, &other] {
        assert_eq!(told(of, "create-sign-in-link").await.len(), 1);
    }
    let resources = find(&platform, &acme.owner, "resource=quota").await;
    assert_eq!(handlers(&resources), ["update-quota"]);
    platform.finish().await;
}

#[tokio::test]
async fn calls_are_found_by_what_people_know_of_them() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let id = acme.instance(&platform, "web").await;
    let before = platform.cloud.now();
    platform.clock.advance(Duration::from_secs(60));
    let stop = format!("/instance/{id}:stop");
    platform.door.put(&ann, &stop, json!({})).await.is(200);
    platform.drain().await;
    platform.clock.advance(Duration::from_secs(60));
    platform.door.put(&ann, &stop, json!({})).await.is(409);
    platform.door.ask("GET", "/template").by(&ann).from("203.0.113.9").send().await.is(200);
    let missing = requests::nothing();
    platform.door.get(&ann, &format!("/snapshot/{missing}")).await.is(404);
    let all = find(&platform, &acme.owner, "").await;
    for (query, expected) in [
        ("operation=stop-instance".to_owned(), vec!["stop-instance", "stop-instance"]),
        ("operation=stop-instance&result=refused".into(), vec!["stop-instance"]),
        ("result=refused".into(), vec!["stop-instance", "get-snapshot"]),
        ("result=failed".into(), vec![]),
        ("result=refused&actor=ann@acme.example".into(), vec!["stop-instance", "get-snapshot"]),
        (
            "result=refused&actor=ann@acme.example&operation=get-snapshot".into(),
            vec!["get-snapshot"],
        ),
        ("result=failed&actor=ann@acme.example".into(), vec![]),
        (
            "operation=stop-instance&actor=ann@acme.example".into(),
            vec!["stop-instance", "stop-instance"],
        ),
        (format!("subject-id={missing}"), vec![]),
        (format!("q={missing}"), vec!["get-snapshot"]),
        (
            format!("subject-id={id}&from={}", before.plus(Duration::from_secs(1))),
            vec!["stop-instance", "complete-operation", "stop-instance"],
        ),
        (format!("subject-id={id}&to={before}"), vec!["complete-operation", "create-instance"]),
        ("resource=snapshot".into(), vec!["get-snapshot"]),
        ("resource=template&actor=ann@acme.example".into(), vec!["list-templates"]),
        ("q=203.0.113.9".into(), vec!["list-templates"]),
        ("q=already%20STOPPED&calls=changes".into(), vec!["stop-instance"]),
        ("q=nobody".into(), vec![]),
        ("actor=bob@acme.example".into(), vec![]),
    ] {
        let mut found = handlers(&find(&platform, &acme.owner, &query).await)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        found.retain(|handler| handler != "list-audit-trail");
        assert_eq!(found, expected, "{query}: {:?}", handlers(&all));
    }
    for (query, field) in [
        ("operation=fly", "operation"),
        ("resource=cloud", "resource"),
        ("result=maybe", "result"),
        ("from=2027-01-02T00:00:00Z&to=2027-01-01T00:00:00Z", "from"),
        ("limit=0", "limit"),
        ("cursor=x", "cursor"),
        (&format!("q={}", "x".repeat(201)), "q"),
    ] {
        let refused =
            platform.door.get(&acme.owner, &format!("/audit-trail?{query}")).await.is(400);
        assert_eq!(refused.fields(), [field]);
    }
    platform.finish().await;
}

#[tokio::test]
async fn what_was_refused_is_found_by_what_it_was_asked_of_unless_that_is_not_there() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let billing = acme.key(&platform, "Billing").await;
    let stop = |id: &str| format!("/instance/{id}:stop");
    platform.door.put(&billing, &stop(&id.to_string()), json!({})).await.is(403);
    platform.door.put(&acme.owner, &format!("/instance/{id}"), json!({ "name": "" })).await.is(400);
    let missing = requests::nothing();
    platform.door.put(&acme.owner, &stop(&missing.to_string()), json!({})).await.is(404);
    let long = "x".repeat(domain::name::NAME_CHARACTERS_MAX + 1);
    platform.door.ask("DELETE", &format!("/ssh-key/{long}")).by(&billing).send().await.is(403);
    let refused = |subject: String| format!("calls=changes&result=refused&subject-id={subject}");
    let of_it = find(&platform, &acme.owner, &refused(id.to_string())).await;
    assert_eq!(handlers(&of_it), ["update-instance", "stop-instance"]);
    assert!(of_it.iter().all(|event| event.reason.is_some()));
    assert!(find(&platform, &acme.owner, &refused(missing.to_string())).await.is_empty());
    assert!(find(&platform, &acme.owner, &refused(long)).await.is_empty(), "nothing is called so");
    // What a stranger is refused is in no trail but their own.
    let other = platform.tenant("Other", "o@other.example").await;
    platform.door.put(&other.owner, &stop(&id.to_string()), json!({})).await.is(404);
    assert_eq!(find(&platform, &acme.owner, &refused(id.to_string())).await.len(), 2);
    platform.finish().await;
}

#[tokio::test]
async fn a_key_is_found_by_what_was_done_to_it_and_by_what_it_did() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let made = json!({ "name": "robot", "role-id": acme.role(&platform, "Owner").await });
    let made = platform.door.post(&ann, "/api-key", made).await.is(200).json();
    let (key, secret) = (made["key"].as_str().unwrap(), made["secret"].as_str().unwrap());
    let robot = Who::Key { key: key.to_owned(), secret: secret.to_owned() };
    let name = json!({ "name": "by-robot", "public-key": PUBLIC_KEY });
    platform.door.post(&robot, "/ssh-key", name).await.is(200);
    platform.door.post(&ann, &format!("/api-key/{key}:rotate"), json!({})).await.is(200);
    let to_it = find(&platform, &acme.owner, &format!("calls=changes&subject-id={key}")).await;
    assert_eq!(handlers(&to_it), ["create-api-key"]);
    assert!(to_it.iter().all(|event| event.actor.as_deref() == Some("ann@acme.example")));
    let actor = domain::audit::actor_of_key(key, "robot", None).replace(' ', "%20");
    let by_it = find(&platform, &acme.owner, &format!("calls=changes&actor={actor}")).await;
    assert_eq!(handlers(&by_it), ["register-ssh-key"]);
    platform.finish().await;
}

#[tokio::test]
async fn pages_hold_everything_once_whatever_the_time_and_the_table() {
    let (platform, acme) = Platform::new().await;
    let missing = requests::nothing();
    for n in 0..60 {
        // Many at one instant, of both tables.
        if n % 7 == 0 {
            platform.clock.advance(Duration::from_millis(1));
        }
        match n % 2 {
            0 => {
                platform
                    .door
                    .put(&acme.owner, &format!("/instance/{missing}:stop"), json!({}))
                    .await
            }
            _ => platform.door.get(&acme.owner, &format!("/instance/{missing}")).await,
        }
        .is(404);
    }
    platform.clock.advance(Duration::from_secs(1));
    let to = platform.cloud.now();
    platform.clock.advance(Duration::from_secs(1));
    for query in ["", "&q=stop", "&resource=instance"] {
        let mut seen = Vec::new();
        let mut next = Some(format!("/v2/audit-trail?to={to}&limit=7{query}"));
        server::audit::calls::write(&platform.cloud).await.unwrap();
        while let Some(path) = next {
            let answer = platform.door.get(&acme.owner, &path).await.is(200);
            let page: AuditTrail = answer.body();
            assert!(page.events.len() <= 7 && page.searched_to.is_none());
            seen.extend(page.events);
            let link = answer.header("link").to_owned();
            next = link.split_once('>').map(|(path, _)| path.trim_start_matches('<').to_owned());
        }
        let ids: HashSet<_> = seen.iter().map(|event| event.request_id.clone()).collect();
        let expected = if query == "&q=stop" { 30 } else { 60 };
        assert_eq!((seen.len(), ids.len()), (expected, expected), "{query}");
        assert!(seen.is_sorted_by(|a, b| a.timestamp >= b.timestamp));
    }
    platform.finish().await;
}

#[tokio::test]
async fn what_the_portal_asks_again_by_itself_is_one_call_a_minute() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    for _ in 0..61 {
        platform.clock.advance(Duration::from_secs(1));
        platform.door.get(&ann, "/instance").await.is(200);
        platform.door.get(&acme.owner, "/instance").await.is(200);
    }
    let count = async |who: &str| {
        let query = format!("operation=list-instances&actor={who}&limit=1000");
        find(&platform, &acme.owner, &query).await.len()
    };
    assert_eq!(count("ann@acme.example").await, 2);
    let all = find(&platform, &acme.owner, "operation=list-instances&limit=1000").await;
    assert_eq!(all.len(), 2 + 61, "a program's calls are all there");
    platform.finish().await;
}

#[tokio::test]
async fn calls_are_kept_as_long_as_the_organization_says_and_changes_for_ever() {
    let (platform, acme) = Platform::new().await;
    acme.instance(&platform, "web").await;
    platform.door.get(&acme.owner, "/instance").await.is(200);
    let reads = async || find(&platform, &acme.owner, "calls=reads&operation=list-instances").await;
    assert_eq!(reads().await.len(), 1);
    let housekeeping = async || server::housekeeping::once(&platform.cloud).await.unwrap();
    let day = Duration::from_secs(24 * 3_600);
    platform.clock.advance(day * 30);
    housekeeping().await;
    assert_eq!(reads().await.len(), 1, "thirty days, when nobody said otherwise");
    platform.clock.advance(Duration::from_secs(1));
    housekeeping().await;
    assert_eq!(reads().await.len(), 0);
    for wrong in [-1, 3_651] {
        assert_eq!(set_days(&platform, &acme, wrong).await.is(400).fields(), ["api-call-days"]);
    }
    let empty = platform.door.put(&acme.owner, "/organization", json!({})).await.is(400);
    assert_eq!(empty.fields(), ["instance-recovery-hours"]);
    let set = set_days(&platform, &acme, 0).await.is(200).json();
    assert_eq!((&set["api-call-days"], &set["instance-recovery-hours"]), (&json!(0), &json!(24)));
    platform.door.get(&acme.owner, "/instance").await.is(200);
    assert_eq!(reads().await.len(), 0);
    let changes = find(&platform, &acme.owner, "calls=changes&operation=create-instance").await;
    assert_eq!(changes.len(), 1);
    platform.finish().await;
}

#[tokio::test]
async fn nobody_finds_calls_of_another_organization() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let id = acme.instance(&platform, "web").await;
    platform.door.get(&acme.owner, &format!("/instance/{id}")).await.is(200);
    assert!(find(&platform, &other.owner, "").await.is_empty());
    assert!(find(&platform, &other.owner, &format!("subject-id={id}")).await.is_empty());
    platform.finish().await;
}

/// `cargo test -p server --release --test api five_million -- --ignored --nocapture`
#[tokio::test]
#[ignore = "writes gigabytes, for minutes"]
async fn five_million_events_are_searched_without_waiting() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    platform.door.get(&acme.owner, &format!("/instance/{id}")).await.is(200);
    server::audit::calls::write(&platform.cloud).await.unwrap();
    fill_trail(platform.storage().0, &acme.org.to_string(), 5_000_000).await;
    let rare = Timestamp(platform.cloud.now().0 - 1).to_string();
    let first = |query: &str| format!("limit=50{query}");
    for (what, query) in [
        ("the newest", first("")),
        ("the newest changes", first("&calls=changes")),
        ("a person", first("&actor=person-77@acme.example")),
        ("an operation", first("&operation=delete-instance")),
        ("a resource that has 3", first(&format!("&subject-id={id}"))),
        ("refused", first("&result=refused")),
        ("failed, of which there is none", first("&result=failed")),
        (
            "a person and an operation",
            first("&actor=person-77@acme.example&operation=delete-instance"),
        ),
        ("who did half of all", first("&actor=robot")),
        (
            "who did half of all, and what they never did",
            first("&actor=robot&operation=stop-instance"),
        ),
        ("who did half of all, and what they were refused", first("&actor=robot&result=refused")),
        ("a kind", first("&resource=snapshot")),
        ("a text that is in none", first("&q=nowhere")),
        ("a time", first(&format!("&to={rare}"))),
    ] {
        let mut times = Vec::new();
        for _ in 0..20 {
            let began = Instant::now();
            page(&platform, &acme.owner, &query).await;
            times.push(began.elapsed());
        }
        times.sort();
        println!("{what}: p50 {:?}, worst {:?}", times[10], times[19]);
    }
    platform.finish_broken().await;
}

/// Writes so many older events and calls of one organization, half of them each, after the model of
/// those that there are.
async fn fill_trail(url: &str, org: &str, count: i64) {
    let rows = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})",
        count / 2
    );
    let of = |table: &str, number: &str, names: &str, more: &str| {
        format!(
            "INSERT INTO {table} (org_id, project_id, at_us, {number}, operation, subject_id, actor, \
             status, data{names}) {rows} SELECT m.org_id, m.project_id, m.at_us - n.i * 100000, \
             {}, CASE WHEN n.i % 1000 = 0 THEN 'delete-instance' ELSE m.operation END, \
             'subject-' || (n.i % 100000), CASE WHEN n.i % 2 = 0 THEN 'robot' ELSE 'person-' || \
             (n.i % 1000) || '@acme.example' END, CASE WHEN n.i % 501 = 0 THEN 403 ELSE 200 END, m.data{more} FROM n, (SELECT * FROM \
             {table} WHERE org_id = '{org}' ORDER BY at_us LIMIT 1) AS m",
            if number == "id" { "'call-' || n.i" } else { "n.i + 1000" }
        )
    };
    Database::run(url, &of("api_calls", "id", "", "")).await;
    let names = ", operation_id, request_id, previous_hash, hash";
    Database::run(url, &of("audit_events", "sequence", names, ", '', '', m.hash, m.hash")).await;
}
