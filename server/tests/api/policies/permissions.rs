//! What somebody may do, operation by operation, is what is enforced; and what was used is known.

use super::{key, refused_by, rules};
use crate::harness::{Platform, Who, requests};
use api::{Access, IamPermission, IamPermissions};
use serde_json::json;
use std::time::Duration;

/// What a permission of the role decides, and no policy.
const RESET: &str = "reset-iam-organization-policy";

async fn permissions(platform: &Platform, by: &Who, query: &str) -> IamPermissions {
    platform.door.get(by, &format!("/iam-permission?{query}")).await.is(200).body()
}

fn find<'a>(of: &'a IamPermissions, operation: &str) -> &'a IamPermission {
    of.operations.iter().find(|one| one.operation == operation).unwrap()
}

#[tokio::test]
async fn what_is_said_of_an_operation_holds_for_each_of_its_calls() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let about = |expressions: &[(&str, &str)]| {
        let mut policy = rules("compute", expressions);
        policy["services"]["iam"] = policy["services"]["compute"].clone();
        policy
    };
    let policies = [
        about(&[
            ("deny", "operation.matches('delete|reset')"),
            ("allow", "operation.size() % 2 == 0"),
        ]),
        about(&[("deny", "resources.instance.name == 'running'"), ("allow", "true")]),
        about(&[
            ("allow", "operation.startsWith('get-') && parameters.has('id')"),
            ("deny", "operation in ['list-snapshots'] || not an expression"),
            ("deny", "source_ip == '192.0.2.9' && operation == 'list-zones'"),
            ("allow", "operation == 'list-instances' || zone == 'de-fra-1'"),
        ]),
        about(&[("deny", "parameters.has('name')"), ("deny", "unknown"), ("allow", "'zone' == 7")]),
    ];
    let organization = rules(
        "compute",
        &[("deny", "zone == 'de-fra-1' && operation == 'list-templates'"), ("allow", "true")],
    );
    let organization =
        json!({ "default-service-strategy": "allow", "services": organization["services"] });
    platform.door.put(&acme.owner, "/iam-organization-policy", organization).await.is(200);
    let mut seen = std::collections::BTreeMap::new();
    for (number, policy) in policies.into_iter().enumerate() {
        let name = format!("Role {number}");
        let who = key(&platform, &acme, &name, policy).await;
        let role = acme.role(&platform, &name).await;
        let said = permissions(&platform, &acme.owner, &format!("role-id={role}")).await;
        assert_eq!(said.operations.len(), api::ENDPOINTS.len());
        for endpoint in api::ENDPOINTS.iter().filter(|e| e.access == Access::Anyone) {
            let path = requests::path(endpoint, &platform, &with);
            let body = match endpoint.method {
                api::Method::GET => json!({}),
                _ => requests::body(&platform, &acme, &with, endpoint.operation).await,
            };
            let dry = if endpoint.is_mutation() { "?dry-run=true" } else { "" };
            let one = find(&said, endpoint.operation);
            *seen.entry(one.outcome.clone()).or_insert(0) += 1;
            for place in ["/v2", "/de-fra-1/v2"] {
                let ask =
                    platform.door.ask(endpoint.method.as_str(), &format!("{place}{path}{dry}"));
                let answer = ask.by(&who).json(&body).send().await;
                let sentence = match &one.permission {
                    Some(permission) => format!(" has not the permission {permission}: "),
                    None => format!(" refuses {}: ", endpoint.operation),
                };
                let refused = answer.status == 403 && answer.message().contains(&sentence);
                match one.outcome.as_str() {
                    "allowed" | "open" => assert!(!refused, "{one:?} {}", answer.text()),
                    "refused" => assert!(refused, "{one:?} {}", answer.text()),
                    _ => assert!(!one.rules.is_empty(), "{one:?}"),
                }
            }
        }
    }
    assert!(
        ["allowed", "refused", "depends", "open"].iter().all(|of| seen.contains_key(*of)),
        "{seen:?}"
    );
    platform.finish().await;
}

#[tokio::test]
async fn what_was_used_is_known_and_a_role_is_proposed_from_it() {
    let (platform, acme) = Platform::new().await;
    let policy = rules("compute", &[("deny", "zone == 'de-fra-1'"), ("allow", "true")]);
    let who = key(&platform, &acme, "Operators", policy).await;
    let (bob, session) = acme.member(&platform, "bob@acme.example", "Operators").await;
    let role = acme.role(&platform, "Operators").await;
    let id = acme.instance(&platform, "web").await;
    platform.door.get(&who, "/template").await.is(200);
    platform.clock.advance(Duration::from_secs(80 * 24 * 3_600));
    for _ in 0..3 {
        platform.door.get(&who, "/instance").await.is(200);
    }
    platform.door.put(&who, &format!("/instance/{id}:stop"), json!({})).await.is(200);
    platform.drain().await;
    platform.door.get(&who, "/iam-role").await.is(403);
    platform.door.get(&session, "/snapshot").await;
    let of_role = format!("role-id={role}");
    let said = permissions(&platform, &acme.owner, &of_role).await;
    assert_eq!((said.role.as_str(), said.who.as_deref()), ("Operators", None));
    let list = find(&said, "list-instances");
    assert_eq!((list.outcome.as_str(), list.uses), ("depends", 3));
    assert_eq!((list.rules[0].layer.as_str(), list.rules[0].rule), ("role", 1));
    assert_eq!(list.rules[0].expression, "zone == 'de-fra-1'");
    assert_eq!(
        (find(&said, "list-iam-roles").outcome.as_str(), find(&said, "list-iam-roles").uses),
        ("refused", 0)
    );
    assert_eq!(find(&said, "get-me").outcome, "open");
    let reset = find(&said, RESET);
    assert_eq!((reset.outcome.as_str(), reset.permission.as_deref()), ("refused", Some(RESET)));
    assert!(said.operations.iter().all(|one| one.operation == RESET || one.permission.is_none()));
    let proposed = |said: IamPermissions| serde_json::to_value(said.proposed).unwrap();
    let of = |names: &str| {
        rules(
            "compute",
            &[("deny", "zone == 'de-fra-1'"), ("allow", &format!("operation in [{names}]"))],
        )
    };
    let expected = "'list-templates', 'list-instances', 'stop-instance'";
    let Who::Key { key: id, .. } = &who else { unreachable!() };
    let said = permissions(&platform, &acme.owner, &format!("api-key={id}")).await;
    assert_eq!(said.who.as_deref(), Some("another"));
    assert_eq!(proposed(said), of(expected));

    // What was used more than 90 days ago is unused; a person is their sessions and tokens.
    platform.clock.advance(Duration::from_secs(11 * 24 * 3_600));
    let said = permissions(&platform, &acme.owner, &format!("api-key={id}")).await;
    assert!(find(&said, "list-templates").last_used_at.unwrap() < said.since);
    assert_eq!(proposed(said), of("'list-instances', 'stop-instance'"));
    let said = permissions(&platform, &acme.owner, &format!("user-id={bob}")).await;
    assert_eq!(said.who.as_deref(), Some("bob@acme.example"));
    assert_eq!(find(&said, "list-instances").uses, 0);

    // It is a policy that can be made a role of, and does what was done.
    let body = json!({ "name": "Proposed", "policy": of(expected) });
    platform.door.post(&acme.owner, "/iam-role", body).await.is(200);
    let narrow = acme.key(&platform, "Proposed").await;
    platform.door.get(&narrow, "/instance").await.is(200);
    platform.door.get(&narrow, "/snapshot").await.is(403);

    // Own ones without a question; nobody else's.
    let said = permissions(&platform, &acme.owner, "").await;
    assert!(said.operations.iter().all(|one| ["allowed", "open"].contains(&one.outcome.as_str())));
    let reset = find(&said, RESET);
    assert_eq!((reset.outcome.as_str(), reset.permission.as_deref()), ("allowed", Some(RESET)));
    let only = rules(
        "iam",
        &[("allow", "operation in ['list-iam-permissions', 'get-iam-organization-policy']")],
    );
    let asks = key(&platform, &acme, "Asks", only).await;
    let ask = |query: String| {
        let (door, asks) = (&platform.door, &asks);
        async move { door.get(asks, &format!("/iam-permission?{query}")).await }
    };
    refused_by(ask(of_role.clone()).await, "refuses get-iam-role");
    refused_by(ask(format!("api-key={id}")).await, "refuses get-api-key");
    refused_by(ask(format!("user-id={bob}")).await, "refuses list-users");
    let other = platform.tenant("Other", "eve@other.example").await;
    for (query, field) in [
        (of_role.clone(), "role-id"),
        (format!("api-key={id}"), "api-key"),
        (format!("user-id={bob}"), "user-id"),
        (format!("{of_role}&api-key={id}"), "role-id"),
    ] {
        let answer = platform.door.get(&other.owner, &format!("/iam-permission?{query}")).await;
        assert_eq!(answer.is(400).fields(), [field]);
    }
    platform.finish().await;
}
