//! What is closed to a role that is only assumed: whatever would outlast it. What is enforced is what
//! is simulated and listed.

use crate::harness::{Answer, Platform, Tenant, Who, requests};
use api::{Access, IamPermissions, IamSimulation};
use serde_json::json;

/// A key of a role that may do everything, assumed for a quarter of an hour; and the role.
pub async fn deputy(platform: &Platform, acme: &Tenant) -> (Who, String) {
    let body = json!({
        "name": "Deputies",
        "policy": { "default-service-strategy": "allow", "services": {} },
        "permissions": ["reset-iam-organization-policy"],
        "assume-role-policy": { "rules": [{ "action": "allow", "expression": "true" }] },
    });
    let made = platform.door.post(&acme.owner, "/iam-role", body).await.is(200).operation();
    let role = made.reference.unwrap().id.to_string();
    let path = format!("/iam-role/{role}/assume");
    let given = platform.door.post(&acme.owner, &path, json!({ "ttl": 900 })).await.is(200).json();
    let text = |name: &str| given[name].as_str().unwrap().to_owned();
    (Who::Key { key: text("key"), secret: text("secret") }, role)
}

/// Refused because the role is assumed, and for nothing else.
fn is_closed(answer: &Answer) -> bool {
    let said = answer.message();
    answer.status == 403
        && (said.contains(": it is only assumed, and what this changes would outlast it")
            || said.starts_with("A key of the assumed role \"Deputies\" has not the permission"))
}

#[tokio::test]
async fn an_hour_is_not_made_to_last() {
    let (platform, acme) = Platform::new().await;
    let (deputy, role) = deputy(&platform, &acme).await;
    let door = &platform.door;
    let owner = json!({ "id": acme.role(&platform, "Owner").await });
    let invitation = json!({ "email": "eve@acme.example", "role": owner });
    let before = platform.dump().await;
    for refused in [
        door.post(&deputy, "/api-key", json!({ "name": "for good", "role-id": role })).await,
        door.post(&deputy, "/user", invitation).await,
        door.post(&deputy, "/iam-role", json!({ "name": "Mine" })).await,
        door.post(&deputy, &format!("/iam-role/{role}/assume"), json!({ "ttl": 900 })).await,
        door.post(&deputy, "/iam-organization-policy:reset", json!({})).await,
        door.post(&deputy, "/audit-export", json!({})).await,
    ] {
        assert!(is_closed(&refused), "{}", refused.text());
        assert!(
            refused.message().contains("with credentials of your own"),
            "{}",
            refused.message()
        );
    }
    let after = platform.dump().await;
    for table in ["api_keys", "invitations", "roles", "organizations"] {
        assert_eq!(before[table].len(), after[table].len(), "{table}");
    }
    // What the role is for works, and the key can be given back before its time.
    door.get(&deputy, "/user").await.is(200);
    let body = json!({ "name": "by-deputy", "public-key": crate::harness::PUBLIC_KEY });
    door.post(&deputy, "/ssh-key", body).await.is(200);
    door.delete(&deputy, &format!("/api-key/{}", requests::id_of_key(&deputy))).await.is(200);
    door.get(&deputy, "/user").await.is(401);
    platform.finish().await;
}

#[tokio::test]
async fn what_is_closed_to_an_assumed_role_is_said_the_same_everywhere() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let (deputy, role) = deputy(&platform, &acme).await;
    let key = requests::id_of_key(&deputy);
    let permissions = async |query: String| -> IamPermissions {
        platform.door.get(&acme.owner, &format!("/iam-permission?{query}")).await.is(200).body()
    };
    let of_key = permissions(format!("api-key={key}")).await;
    let of_role = permissions(format!("role-id={role}")).await;
    let mut closed = 0;
    for endpoint in api::ENDPOINTS.iter().filter(|e| e.access == Access::Anyone) {
        let mut ask = requests::ready(&platform, &acme, &with, endpoint).await.by(&deputy);
        if endpoint.is_mutation() {
            ask.path.push_str("?dry-run=true");
        }
        let answer = ask.send().await;
        let refused = is_closed(&answer);
        let question = json!({ "operation": endpoint.operation, "api-key": key });
        let said = platform.door.post(&acme.owner, "/iam-simulation", question).await.is(200);
        let said: IamSimulation = said.body();
        assert_eq!(said.allowed, !refused, "{}: {}", endpoint.operation, answer.text());
        let outcome = |of: &IamPermissions| {
            let found = of.operations.iter().find(|one| one.operation == endpoint.operation);
            found.unwrap().outcome.clone()
        };
        let listed = outcome(&of_key);
        assert_eq!(listed == "refused", refused, "{}: {listed}", endpoint.operation);
        assert_ne!(outcome(&of_role), "refused", "{}", endpoint.operation);
        if refused {
            closed += 1;
            assert_eq!(said.message, answer.message());
            let why = if endpoint.service.is_empty() { "permission" } else { "assumed" };
            assert_eq!(said.why, why, "{}", endpoint.operation);
        }
        let writes = endpoint.service == "iam" && endpoint.is_mutation();
        let open = ["revoke-access-grant", "delete-api-key"].contains(&endpoint.operation);
        let expected = writes && !open || endpoint.operation == "reset-iam-organization-policy";
        assert_eq!(refused, expected, "{}: {}", endpoint.operation, answer.text());
    }
    assert!(closed > 20, "{closed}");
    platform.finish().await;
}
