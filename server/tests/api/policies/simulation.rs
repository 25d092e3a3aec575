//! The simulation says what would be enforced, and why; and tells nobody what they may not read.

use super::{key, refused_by, rules};
use crate::harness::{Platform, Who, requests};
use api::{Access, IamSimulation, Resolved};
use serde_json::{Map, Value, json};

async fn simulated(platform: &Platform, by: &Who, question: Value) -> IamSimulation {
    platform.door.post(by, "/iam-simulation", question).await.is(200).body()
}

#[tokio::test]
async fn it_names_the_layer_and_the_rule_and_shows_what_was_seen() {
    let (platform, acme) = Platform::new().await;
    let other = acme.instance(&platform, "other").await;
    let policy = rules(
        "compute",
        &[
            ("deny", "not an expression"),
            ("deny", "parameters.bucket == 'x'"),
            ("deny", "resources.instance.name != 'mine'"),
            ("allow", "sourceip.inIpRange('192.0.2.0/24')"),
        ],
    );
    let who = key(&platform, &acme, "One", policy.clone()).await;
    let path = format!("/instance/{other}:stop");
    let refused = platform.door.put(&who, &path, json!({})).await.is(403).message();
    let role = acme.role(&platform, "One").await;
    let question = |id: String| json!({ "operation": "stop-instance", "role-id": role, "parameters": { "id": id } });
    let said = simulated(&platform, &acme.owner, question(other.to_string())).await;
    assert_eq!((said.allowed, &said.message), (false, &refused));
    assert_eq!((said.layer.as_deref(), said.role.as_str()), (Some("role"), "One"));
    assert_eq!((said.why.as_str(), said.rule), ("rule", Some(3)));
    assert_eq!(said.expression.as_deref(), Some("resources.instance.name != 'mine'"));
    let outcomes: Vec<_> = said.rules.iter().map(|rule| rule.outcome.as_str()).collect();
    assert_eq!(outcomes, ["invalid", "failed", "true", "not-reached"]);
    assert_eq!(said.rules[1].detail.as_deref(), Some("there is no field bucket (at byte 0)"));
    let seen = &said.rules[2].seen[0];
    assert_eq!(
        (seen.name.as_str(), seen.value.as_deref()),
        ("resources.instance.name", Some("'other'"))
    );
    assert_eq!(said.rules[3].warnings[0].hint, "did you mean source_ip?");
    let named = &said.resources[0];
    assert_eq!((named.kind.as_str(), named.exists), ("instance", true));

    // What nobody here has is not there, and what another has neither.
    let stranger = platform.tenant("Other", "bob@other.example").await;
    let foreign = stranger.instance(&platform, "mine").await;
    for id in [foreign.to_string(), requests::nothing()] {
        let said = simulated(&platform, &acme.owner, question(id)).await;
        assert_eq!((said.why.as_str(), said.resources[0].exists), ("no-rule", false));
    }
    // Another place, time, policy, key.
    let office = rules(
        "compute",
        &[(
            "allow",
            "source_ip == '198.51.100.7' && zone == 'de-fra-1' && timestamp(now).getHours() == 3 && identity.key.startsWith('EXO')",
        )],
    );
    let Who::Key { key: id, .. } = &who else { unreachable!() };
    let mut question = json!({
        "operation": "list-instances", "policy": office, "api-key": id, "zone": "de-fra-1",
        "source-ip": "198.51.100.7", "at": "2027-02-01T03:30:00.000Z",
    });
    assert!(simulated(&platform, &acme.owner, question.clone()).await.allowed);
    question["organization-policy"] = rules("compute", &[("deny", "true")]);
    let said = simulated(&platform, &acme.owner, question).await;
    assert_eq!((said.layer.as_deref(), said.rule), (Some("organization"), Some(1)));
    let said = simulated(&platform, &acme.owner, json!({ "operation": "get-me" })).await;
    assert_eq!((said.allowed, said.why.as_str(), said.layer), (true, "not-asked", None));
    let reset = json!({ "operation": "reset-iam-organization-policy" });
    let said = simulated(&platform, &acme.owner, reset.clone()).await;
    assert_eq!((said.allowed, said.why.as_str(), said.layer), (true, "permission", None));
    let mut of_key = reset;
    of_key["api-key"] = json!(id);
    let said = simulated(&platform, &acme.owner, of_key).await;
    assert_eq!((said.allowed, said.why.as_str(), said.layer), (false, "permission", None));
    assert!(said.message.contains("has not the permission reset-iam-"), "{}", said.message);
    platform.finish().await;
}

#[tokio::test]
async fn what_one_may_not_read_one_does_not_learn_and_what_is_wrong_is_said() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let only = rules("iam", &[("allow", "operation == 'simulate-iam-policy'")]);
    let asks = key(&platform, &acme, "Asks", only).await;
    let ask = |question: Value| platform.door.post(&asks, "/iam-simulation", question);
    let owner = acme.role(&platform, "Owner").await;
    let all = json!({ "default-service-strategy": "allow", "services": {} });
    let base = json!({ "operation": "stop-instance", "organization-policy": all });
    let with = |name: &str, value: Value| {
        let mut question = base.clone();
        question[name] = value;
        question
    };
    ask(base.clone()).await.is(200);
    refused_by(ask(json!({ "operation": "stop-instance" })).await, "get-iam-organization-policy");
    refused_by(ask(with("role-id", json!(owner))).await, "refuses get-iam-role");
    refused_by(ask(with("api-key", json!("EXO1"))).await, "refuses get-api-key");
    let reads = rules("compute", &[("allow", "resources.instance.name == 'web'")]);
    let mut question = with("policy", reads);
    question["parameters"] = json!({ "id": id });
    refused_by(ask(question).await, "refuses get-instance");

    let long = rules("compute", &[("allow", &"x".repeat(2_049))]);
    for (name, value, field) in [
        ("operation", json!("fly"), "operation"),
        ("policy", long.clone(), "policy"),
        ("organization-policy", long, "organization-policy"),
        ("role-id", json!(requests::nothing()), "role-id"),
        ("api-key", json!("EXO1"), "api-key"),
        ("zone", json!("nowhere"), "zone"),
        ("source-ip", json!("here"), "source-ip"),
        ("at", json!("tomorrow"), "at"),
        ("nonsense", json!(1), "nonsense"),
    ] {
        let answer = platform.door.post(&acme.owner, "/iam-simulation", with(name, value)).await;
        assert_eq!(answer.is(400).fields(), [field]);
    }
    platform.finish().await;
}

/// Every operation, by roles of every kind: what is enforced is what the simulation says.
#[tokio::test]
async fn what_is_simulated_is_what_is_enforced() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let about = |expressions: &[(&str, &str)]| {
        let mut policy = rules("compute", expressions);
        policy["services"]["iam"] = policy["services"]["compute"].clone();
        policy
    };
    let id = with.running.to_string();
    let policies = [
        about(&[
            ("deny", "operation.matches('delete|reset')"),
            ("allow", "operation.size() % 2 == 0"),
        ]),
        about(&[
            ("deny", "resources.instance.name == 'running'"),
            ("deny", "resource.iam_role.name.startsWith('N')"),
            ("allow", "true"),
        ]),
        about(&[
            ("allow", "parameters.has('name') || parameters.has('limit')"),
            (
                "allow",
                "resources.snapshot.state == 'exported' || resources.template.visibility == 'private'",
            ),
        ]),
        about(&[
            ("deny", &format!("parameters.id != '{id}'")),
            ("allow", "parameters.size() > 0 && zone == null"),
        ]),
    ];
    let organization = [
        json!({ "default-service-strategy": "allow", "services": {} }),
        json!({ "default-service-strategy": "allow", "services": rules("compute", &[
            ("deny", "resources.instance.state == 'stopped' && operation != 'get-instance'"),
            ("allow", "!operation.startsWith('create-')"),
        ])["services"] }),
    ];
    let (mut compared, mut refused) = (0, 0);
    for (number, policy) in policies.into_iter().enumerate() {
        let who = key(&platform, &acme, &format!("Role {number}"), policy).await;
        let Who::Key { key: id, .. } = &who else { unreachable!() };
        for organization in &organization {
            platform
                .door
                .put(&acme.owner, "/iam-organization-policy", organization.clone())
                .await
                .is(200);
            for endpoint in api::ENDPOINTS.iter().filter(|e| e.access == Access::Anyone) {
                let path = requests::path(endpoint, &platform, &with);
                let body = match endpoint.method {
                    api::Method::GET => json!({}),
                    _ => requests::body(&platform, &acme, &with, endpoint.operation).await,
                };
                let dry = if endpoint.is_mutation() { "?dry-run=true" } else { "" };
                let ask = platform.door.ask(endpoint.method.as_str(), &format!("{path}{dry}"));
                let answer = ask.by(&who).json(&body).send().await;
                // What it is refused for on the way is about other operations.
                let by_policy = format!(" refuses {}: ", endpoint.operation);
                let by_permission = format!(" has not the permission {}: ", endpoint.operation);
                let sentence = Some(answer.message()).filter(|said| {
                    let decided = said.contains(&by_policy) || said.contains(&by_permission);
                    answer.status == 403 && decided
                });
                let Resolved::Found(_, params) = api::resolve(endpoint.method.as_str(), &path)
                else {
                    panic!("{path}");
                };
                let mut parameters: Map<String, Value> = body.as_object().unwrap().clone();
                parameters.extend(
                    params.into_iter().map(|(name, value)| (name.to_owned(), json!(value))),
                );
                let question = json!({
                    "operation": endpoint.operation, "api-key": id, "parameters": parameters,
                });
                let said = simulated(&platform, &acme.owner, question).await;
                assert_eq!(
                    said.allowed,
                    sentence.is_none(),
                    "{}: {said:?} {}",
                    endpoint.operation,
                    answer.text()
                );
                if let Some(sentence) = sentence {
                    assert_eq!(said.message, sentence);
                    refused += 1;
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 500 && refused > 100 && refused < compared - 100, "{refused} of {compared}");
    platform.finish().await;
}

#[tokio::test]
async fn a_member_is_simulated_with_what_they_were_granted() {
    let (platform, acme) = Platform::new().await;
    let (member, bob) = acme.member(&platform, "bob@acme.example", "Billing").await;
    let invited = acme.invite(&platform, "eve@acme.example", "Billing").await;
    let request = acme.ask_for(&platform, &bob, "list-snapshots").await;
    let question = json!({ "operation": "list-snapshots", "user-id": member });
    let said = simulated(&platform, &acme.owner, question.clone()).await;
    assert_eq!((said.allowed, said.role.as_str()), (false, "Billing"));
    assert_eq!(platform.door.get(&bob, "/snapshot").await.is(403).message(), said.message);
    let approve = format!("/access-request/{request}:approve");
    platform.door.put(&acme.owner, &approve, json!({})).await.is(200);
    let said = simulated(&platform, &acme.owner, question.clone()).await;
    assert_eq!((said.allowed, said.layer.as_deref()), (true, Some("grant")));
    platform.door.get(&bob, "/snapshot").await.is(200);
    // In another role they would not have it.
    let mut other = question.clone();
    other["role-id"] = json!(acme.role(&platform, "Billing").await);
    assert!(!simulated(&platform, &acme.owner, other).await.allowed);
    // Who is invited does nothing yet; who is elsewhere is nobody here; and one of the two is asked of.
    let stranger = platform.tenant("Other", "cleo@other.example").await;
    let (foreign, _) = stranger.member(&platform, "dan@other.example", "Billing").await;
    let Who::Key { key, .. } = &acme.owner else { unreachable!() };
    for (id, key) in [
        (invited.to_string(), None),
        (foreign.to_string(), None),
        (requests::nothing(), None),
        (member.to_string(), Some(key)),
    ] {
        let mut wrong = json!({ "operation": "list-snapshots", "user-id": id });
        if let Some(key) = key {
            wrong["api-key"] = json!(key);
        }
        let refused = platform.door.post(&acme.owner, "/iam-simulation", wrong).await.is(400);
        assert_eq!(refused.fields(), ["user-id"]);
    }
    // Nobody learns by it what they may not read.
    platform.door.post(&bob, "/iam-simulation", question).await.is(403);
    platform.finish().await;
}
