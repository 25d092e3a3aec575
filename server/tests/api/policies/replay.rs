//! A replay says of calls that were made what another policy would have said, and is right about it.

use super::{key, refused_by, rules};
use crate::harness::{Platform, Tenant, Who, requests};
use api::{Access, AuditTrail, Event, IamFlip, IamReplay};
use domain::Uuid;
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};

async fn replayed(platform: &Platform, by: &Who, question: Value) -> IamReplay {
    platform.door.post(by, "/iam-replay", question).await.is(200).body()
}

fn everything(strategy: &str) -> Value {
    json!({ "default-service-strategy": strategy, "services": {} })
}

/// What the audit trail has of a role's calls that policies were asked about.
async fn recorded(platform: &Platform, acme: &Tenant, role: Uuid) -> Vec<Event> {
    server::audit::calls::write(&platform.cloud).await.unwrap();
    let mut all = Vec::new();
    let mut next = Some("/v2/audit-trail?limit=1000".to_owned());
    while let Some(path) = next {
        let answer = platform.door.get(&acme.owner, &path).await.is(200);
        all.extend(answer.body::<AuditTrail>().events);
        let link = answer.header("link").to_owned();
        next = link.split_once('>').map(|(path, _)| path.trim_start_matches('<').to_owned());
    }
    all.retain(|event| event.iam_role.as_ref().is_some_and(|of| of.id.0 == role));
    all.retain(|event| event.decision.is_some());
    all
}

fn counted<T>(
    all: impl IntoIterator<Item = T>,
    of: impl Fn(T) -> (String, i64),
) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for (operation, count) in all.into_iter().map(of) {
        *counts.entry(operation).or_default() += count;
    }
    counts
}

#[tokio::test]
async fn the_decision_is_in_the_audit_trail_also_when_it_allowed() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let policy = rules("compute", &[("deny", "zone == 'de-fra-1'"), ("allow", "true")]);
    let who = key(&platform, &acme, "One", policy).await;
    let role = acme.role(&platform, "One").await;
    platform.door.get(&who, "/instance").await.is(200);
    platform.clock.advance(Duration::from_millis(1));
    platform.door.put(&who, &format!("/instance/{id}:stop"), json!({})).await.is(200);
    platform.clock.advance(Duration::from_millis(1));
    platform.door.get(&who, "/de-fra-1/v2/instance").await.is(403);
    platform.clock.advance(Duration::from_millis(1));
    platform.door.get(&who, "/iam-role").await.is(403);
    platform.drain().await;
    let said: Vec<_> = recorded(&platform, &acme, role)
        .await
        .into_iter()
        .map(|event| {
            let of = event.decision.unwrap();
            (event.handler, of.allowed, of.layer, of.service, of.why, of.rule)
        })
        .collect();
    let line = |handler: &str, allowed, service: &str, why: &str, rule| {
        (handler.to_owned(), allowed, "role".to_owned(), service.to_owned(), why.to_owned(), rule)
    };
    assert_eq!(
        said,
        [
            line("list-iam-roles", false, "iam", "default", None),
            line("list-instances", false, "compute", "rule", Some(1)),
            line("stop-instance", true, "compute", "rule", Some(2)),
            line("list-instances", true, "compute", "rule", Some(2)),
        ]
    );
    let found = platform.door.get(&acme.owner, "/audit-trail?q=role%20rule%202").await.is(200);
    assert_eq!(found.body::<AuditTrail>().events.len(), 2);
    platform.finish().await;
}

/// A busy day: every operation, by keys with rules of every kind, tried and done, also on what is gone.
async fn busy(platform: &Platform, acme: &Tenant) -> Vec<(Uuid, Value)> {
    let with = acme.everything(platform).await;
    let about = |expressions: &[(&str, &str)]| {
        let mut policy = rules("compute", expressions);
        policy["services"]["iam"] = policy["services"]["compute"].clone();
        policy
    };
    let web = acme.instance(platform, "web").await;
    let policies = [
        about(&[
            ("deny", "operation.matches('delete|reset') && source_ip != '192.0.2.7'"),
            ("allow", "operation.size() % 2 == 0 || timestamp(now).getMinutes() == 7"),
        ]),
        about(&[
            ("deny", "resources.instance.name == 'running'"),
            ("deny", "resource.iam_role.name.startsWith('N')"),
            ("allow", "identity.key != null && timestamp(identity.created) < timestamp(now)"),
        ]),
        about(&[
            ("allow", "resources.instance.name == 'web' || resources.ssh_key.name == 'laptop'"),
            ("allow", "parameters.has('name') || parameters.has('limit')"),
            ("deny", "zone == 'de-fra-1'"),
            ("allow", "resources.template.visibility == 'private'"),
        ]),
    ];
    let mut roles = Vec::new();
    for (number, policy) in policies.into_iter().enumerate() {
        let name = format!("Role {number}");
        let who = key(platform, acme, &name, policy.clone()).await;
        platform.clock.advance(Duration::from_secs(60));
        for endpoint in api::ENDPOINTS.iter().filter(|e| e.access == Access::Anyone) {
            let path = requests::path(endpoint, platform, &with);
            let body = match endpoint.method {
                api::Method::GET => json!({}),
                _ => requests::body(platform, acme, &with, endpoint.operation).await,
            };
            for place in ["/v2", "/de-fra-1/v2"] {
                let dry = if endpoint.is_mutation() { "?dry-run=true" } else { "?limit=3" };
                let path = format!("{place}{path}{dry}");
                let ask = platform.door.ask(endpoint.method.as_str(), &path);
                ask.by(&who).json(&body).from("192.0.2.7").send().await;
            }
        }
        roles.push((acme.role(platform, &name).await, policy, who));
    }
    // By rules about what was there then, and is not now.
    let who = &roles[2].2;
    platform.door.get(who, &format!("/instance/{web}")).await.is(200);
    acme.ssh_key(platform, "laptop").await;
    platform.door.get(who, "/ssh-key/laptop").await.is(200);
    platform.door.ask("DELETE", "/ssh-key/laptop").by(who).send().await.is(200);
    platform.door.ask("DELETE", &format!("/instance/{web}")).by(who).send().await.is(200);
    platform.drain().await;
    platform.door.get(&acme.owner, &format!("/instance/{web}")).await.is(404);
    roles.into_iter().map(|(role, policy, _)| (role, policy)).collect()
}

#[tokio::test]
async fn what_is_replayed_is_what_was_decided() {
    let (platform, acme) = Platform::new().await;
    let mut compared = 0;
    for (role, policy) in busy(&platform, &acme).await {
        let of = |policy: Value| {
            replayed(&platform, &acme.owner, json!({ "role-id": role, "policy": policy }))
        };
        let same = of(policy).await;
        let calls = recorded(&platform, &acme, role).await;
        assert_eq!(same.flips, [], "the same policy says the same");
        assert_eq!((same.undecided, same.more), (0, false));
        assert_eq!(same.calls, i64::try_from(calls.len()).unwrap());
        // One by one: what another policy would change is what was decided.
        let allowed = |yes: bool| {
            let of =
                calls.iter().filter(move |call| call.decision.as_ref().unwrap().allowed == yes);
            counted(of, |call| (call.handler.clone(), 1))
        };
        let flips = |flips: Vec<IamFlip>| counted(flips, |flip| (flip.operation, flip.count));
        assert_eq!(flips(of(everything("deny")).await.flips), allowed(true));
        assert_eq!(flips(of(everything("allow")).await.flips), allowed(false));
        compared += calls.len();
    }
    let same =
        replayed(&platform, &acme.owner, json!({ "organization-policy": everything("allow") }));
    let same = same.await;
    assert_eq!((same.flips.len(), same.undecided), (0, 0));
    assert!(same.calls > i64::try_from(compared).unwrap() && compared > 500, "{compared}");
    platform.finish().await;
}

#[tokio::test]
async fn who_would_lose_what_is_said_before_it_is_saved() {
    let (platform, acme) = Platform::new().await;
    let allowed = rules("compute", &[("allow", "true")]);
    let who = key(&platform, &acme, "Operators", allowed).await;
    let role = acme.role(&platform, "Operators").await;
    let (_, bob) = acme.member(&platform, "bob@acme.example", "Operators").await;
    for _ in 0..3 {
        platform.door.get(&who, "/instance").await.is(200);
        platform.clock.advance(Duration::from_secs(60));
    }
    platform.door.get(&bob, "/template").await.is(200);
    platform.door.get(&bob, "/iam-role").await.is(403);
    let last = platform.cloud.now();
    let draft = json!({ "default-service-strategy": "deny", "services": {
        "compute": { "type": "rules", "rules": [{ "action": "deny", "expression": "operation == 'list-instances'" }, { "action": "allow", "expression": "true" }] },
        "iam": { "type": "allow" },
    } });
    let said = replayed(&platform, &acme.owner, json!({ "role-id": role, "policy": draft })).await;
    assert_eq!((said.calls, said.allowed_before, said.allowed_after), (5, 4, 2));
    let Who::Key { key: id, .. } = &who else { unreachable!() };
    let [lost, gained] = said.flips.try_into().unwrap();
    assert_eq!((lost.operation.as_str(), lost.count, lost.allowed), ("list-instances", 3, false));
    assert_eq!(
        (lost.actor.as_str(), lost.role.as_str()),
        (format!("another ({id})").as_str(), "Operators")
    );
    assert_eq!(
        lost.message,
        "The role \"Operators\" refuses list-instances: rule 1 for the service \"compute\" is true."
    );
    assert!(lost.last_at < last);
    assert_eq!(
        (gained.operation.as_str(), gained.actor.as_str()),
        ("list-iam-roles", "bob@acme.example")
    );
    assert!(gained.allowed);

    // The organization's policy, for everybody; and calls of more than a month ago are forgotten.
    let closed = json!({ "organization-policy": everything("deny") });
    let said = replayed(&platform, &acme.owner, closed.clone()).await;
    assert_eq!(said.allowed_after, 0);
    assert!(said.flips.iter().any(|flip| flip.role == "Owner") && said.reads_kept_days == 30);
    platform.clock.advance(Duration::from_secs(31 * 24 * 3_600));
    assert_eq!(replayed(&platform, &acme.owner, closed).await.calls, 0);

    // Nothing is learned by it that may not be read, and what is wrong is said.
    let only = rules("iam", &[("allow", "operation == 'replay-iam-policy'")]);
    let asks = key(&platform, &acme, "Asks", only).await;
    let question = json!({ "organization-policy": everything("deny") });
    refused_by(
        platform.door.post(&asks, "/iam-replay", question).await,
        "refuses list-audit-trail",
    );
    let long = rules("compute", &[("allow", &"x".repeat(2_049))]);
    for (question, field) in [
        (json!({}), "policy"),
        (json!({ "policy": everything("deny") }), "role-id"),
        (json!({ "role-id": requests::nothing(), "policy": everything("deny") }), "role-id"),
        (json!({ "role-id": role, "policy": long }), "policy"),
        (json!({ "organization-policy": long }), "organization-policy"),
        (json!({ "organization-policy": everything("deny"), "days": 3 }), "days"),
    ] {
        let answer = platform.door.post(&acme.owner, "/iam-replay", question).await;
        assert_eq!(answer.is(400).fields(), [field]);
    }
    platform.finish().await;
}
