//! Policies decide about every call: by rules on what is asked, by whom, from where, when and about
//! what; and nothing that is said in another way gets around them.

mod hostile;
mod permissions;
mod public;
mod replay;
mod resources;
mod simulation;

use crate::harness::{Answer, Platform, Tenant, Who};
use serde_json::{Value, json};
use std::time::Duration;

/// A policy that allows no service but one, by these rules.
pub fn rules(service: &str, rules: &[(&str, &str)]) -> Value {
    let rules: Vec<Value> = rules
        .iter()
        .map(|(action, expression)| json!({ "action": action, "expression": expression }))
        .collect();
    json!({
        "default-service-strategy": "deny",
        "services": { service: { "type": "rules", "rules": rules } },
    })
}

/// A role with a policy, and a key that has it.
pub async fn key(platform: &Platform, acme: &Tenant, role: &str, policy: Value) -> Who {
    let body = json!({ "name": role, "policy": policy });
    platform.door.post(&acme.owner, "/iam-role", body).await.is(200);
    acme.key(platform, role).await
}

/// A refusal by a policy, and not of anything else.
#[track_caller]
pub fn refused_by(answer: Answer, what: &str) {
    let message = answer.is(403).message();
    assert!(message.contains(what), "{message}");
}

/// Asks whether an instance could be made, without making it.
async fn create(
    platform: &Platform,
    who: &Who,
    query: &str,
    mut body: Value,
    more: Value,
) -> Answer {
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    platform.door.post(who, &format!("/instance?dry-run=true{query}"), body).await
}

#[tokio::test]
async fn rules_on_parameters_see_what_the_operation_sees_and_nothing_else() {
    let (platform, acme) = Platform::new().await;
    let private = rules(
        "compute",
        &[
            (
                "deny",
                "operation == 'create-instance' && (!parameters.has('public_ip_assignment') || parameters.public_ip_assignment != 'none')",
            ),
            ("deny", "parameters.has('nonsense')"),
            ("allow", "true"),
        ],
    );
    let key = key(&platform, &acme, "Private", private).await;
    let body = acme.body(&platform, "web").await;
    let ask = |query: &'static str, more: Value| create(&platform, &key, query, body.clone(), more);
    ask("", json!({ "public-ip-assignment": "none" })).await.is(200);
    let by =
        "The role \"Private\" refuses create-instance: rule 1 for the service \"compute\" is true.";
    let refused = ask("", json!({ "public-ip-assignment": "inet4" })).await.is(403);
    assert_eq!(refused.message(), by);
    refused_by(ask("", json!({})).await, by);
    // Nothing that the operation ignores is believed.
    refused_by(ask("&public-ip-assignment=none", json!({})).await, by);
    refused_by(ask("&public_ip_assignment=none", json!({})).await, by);
    refused_by(ask("", json!({ "public_ip_assignment": "none" })).await, by);
    refused_by(ask("", json!({ "public-ip-assignment": null })).await, by);
    let both = json!({ "public_ip_assignment": "none", "public-ip-assignment": "inet4" });
    refused_by(ask("", both).await, by);
    let nonsense = json!({ "nonsense": 1, "public-ip-assignment": "none" });
    ask("&nonsense=1", nonsense).await.is(200);

    // The query of a read counts as it does for the read.
    let few = rules(
        "compute",
        &[
            ("allow", "parameters.limit == '5'"),
            ("allow", "operation == 'get-quota' && parameters.entity == 'gpu'"),
        ],
    );
    let few = self::key(&platform, &acme, "Few", few).await;
    platform.door.get(&few, "/instance?limit=5").await.is(200);
    for query in ["?limit=6", "?limit=", "?limit=5&limit=6", ""] {
        refused_by(
            platform.door.get(&few, &format!("/instance{query}")).await,
            "none of its rules",
        );
    }
    platform.door.get(&few, "/quota/gpu?limit=6").await.is(200);
    platform.door.get(&few, "/quota/instance").await.is(403);
    platform.door.get(&few, "/quota/instance?entity=gpu").await.is(403);
    platform.finish().await;
}

#[tokio::test]
async fn rules_on_place_and_time_hold_there_and_then() {
    let (platform, acme) = Platform::new().await;
    let office = rules(
        "compute",
        &[
            (
                "deny",
                "!(source_ip.inIpRange('192.0.2.0/24') || source_ip.inIpRange('2001:db8::/32'))",
            ),
            ("deny", "zone != null && zone != 'ch-gva-2'"),
            ("deny", "timestamp(now) >= timestamp('2027-01-15T17:00:00Z')"),
            (
                "allow",
                "service == 'compute' && api_key == identity.key && api_key.startsWith('EXO')",
            ),
        ],
    );
    let key = key(&platform, &acme, "Office", office).await;
    let from = |peer: &str| platform.door.ask("GET", "/instance").by(&key).from(peer).send();
    from("192.0.2.200").await.is(200);
    from("[2001:db8::7]").await.is(200);
    from("[::ffff:192.0.2.9]").await.is(200);
    refused_by(from("198.51.100.7").await, "rule 1");
    refused_by(from("[2001:db9::7]").await, "rule 1");
    platform.door.get(&key, "/ch-gva-2/v2/instance").await.is(200);
    refused_by(platform.door.get(&key, "/de-fra-1/v2/instance").await, "rule 2");
    platform.clock.advance(Duration::from_secs(9 * 3_600));
    refused_by(from("192.0.2.200").await, "rule 3");
    platform.finish().await;
}

#[tokio::test]
async fn what_has_no_value_concludes_nothing_and_the_next_rule_is_asked() {
    let (platform, acme) = Platform::new().await;
    let unsure = rules(
        "compute",
        &[
            ("deny", "this is no expression"),
            ("deny", "parameters.absent == 'x'"),
            ("deny", "'neither true nor false'"),
            ("deny", "unknown"),
            ("allow", "operation == 'list-instances'"),
        ],
    );
    let key = key(&platform, &acme, "Unsure", unsure).await;
    platform.door.get(&key, "/instance").await.is(200);
    let refused = platform.door.get(&key, "/snapshot").await.is(403);
    assert_eq!(
        refused.message(),
        "The role \"Unsure\" refuses list-snapshots: none of its rules for the service \"compute\" is true."
    );
    refused_by(platform.door.get(&key, "/iam-role").await, "deny is its default");
    platform.finish().await;
}

#[tokio::test]
async fn the_organization_s_rules_stand_above_the_role_s_and_changes_hold_at_once() {
    let (platform, acme) = Platform::new().await;
    let all = rules("compute", &[("allow", "true")]);
    let key = key(&platform, &acme, "All", all).await;
    platform.door.get(&key, "/instance").await.is(200);
    let policy = "/iam-organization-policy";
    let mut readers = rules(
        "compute",
        &[("allow", "operation.startsWith('get-') || operation.startsWith('list-')")],
    );
    readers["default-service-strategy"] = json!("allow");
    platform.door.put(&acme.owner, policy, readers).await.is(200);
    platform.door.get(&key, "/instance").await.is(200);
    let body = json!({ "name": "a", "public-key": crate::harness::PUBLIC_KEY });
    let refused = platform.door.post(&key, "/ssh-key", body.clone()).await.is(403);
    let by = "The organization's policy refuses register-ssh-key: none of its rules for the service \"compute\" is true.";
    assert_eq!(refused.message(), by);
    // The audit trail has the same sentence, and what was asked.
    let events: Vec<api::Event> = platform.door.get(&acme.owner, "/event").await.is(200).body();
    let event = events.iter().find(|event| event.handler == "register-ssh-key").unwrap();
    assert_eq!((event.status, event.reason.as_deref()), (403, Some(by)));
    assert_eq!(event.body_params["name"], "a");

    platform.door.post(&acme.owner, &format!("{policy}:reset"), json!({})).await.is(200);
    platform.door.post(&key, "/ssh-key", body).await.is(200);
    let role = acme.role(&platform, "All").await;
    let none = rules("compute", &[("deny", "true")]);
    platform.door.put(&acme.owner, &format!("/iam-role/{role}:policy"), none).await.is(200);
    refused_by(platform.door.get(&key, "/instance").await, "rule 1");

    // Nobody shuts themselves out by a rule either, and whoever keeps a way back does not.
    let no_way_back = rules("iam", &[("allow", "operation.startsWith('get-')")]);
    platform.door.put(&acme.owner, policy, no_way_back).await.is(409);
    let way_back = rules("iam", &[("allow", "operation.startsWith('update-iam-')")]);
    platform.door.put(&acme.owner, policy, way_back).await.is(200);
    refused_by(platform.door.get(&acme.owner, "/iam-role").await, "none of its rules");
    platform.door.post(&acme.owner, &format!("{policy}:reset"), json!({})).await.is(200);
    platform.finish().await;
}

/// First the credentials, then the policies, then what there is, then what was sent.
#[tokio::test]
async fn the_answers_have_their_order() {
    let (platform, acme) = Platform::new().await;
    let key = key(
        &platform,
        &acme,
        "Starts",
        rules("compute", &[("allow", "operation == 'start-instance'")]),
    )
    .await;
    let nothing = crate::harness::requests::nothing();
    let put = |verb: &str| platform.door.ask("PUT", &format!("/instance/{nothing}:{verb}"));
    put("stop").bytes("no JSON").send().await.is(401);
    put("stop").by(&key).bytes("no JSON").send().await.is(403);
    let stale = put("stop").by(&key).header("if-match", "nonsense");
    stale.send().await.is(403);
    platform
        .door
        .put(&key, &format!("/instance/{nothing}:stop?dry-run=maybe"), json!({}))
        .await
        .is(403);
    platform.door.put(&key, &format!("/instance/{nothing}:start"), json!({})).await.is(404);
    put("start").by(&key).bytes("no JSON").send().await.is(404);
    let id = acme.instance(&platform, "web").await;
    let start = platform.door.ask("PUT", &format!("/instance/{id}:start")).by(&key);
    start.bytes("no JSON").send().await.is(400);
    platform.finish().await;
}
