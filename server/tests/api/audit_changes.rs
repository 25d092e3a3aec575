//! Events of updates say what was and what became of it, without secrets.

use crate::harness::{Platform, Tenant};
use api::{Event, FieldChange};
use serde_json::{Value, json};

/// The changes of the newest event of an operation.
async fn newest(platform: &Platform, acme: &Tenant, operation: &str) -> Vec<FieldChange> {
    let events: Vec<Event> = platform.door.get(&acme.owner, "/event").await.is(200).body();
    let event = events.into_iter().find(|event| event.handler == operation).unwrap();
    event.changes.unwrap_or_default()
}

fn change(field: &str, before: Value, after: Value) -> FieldChange {
    let some = |value: Value| Some(value).filter(|value| !value.is_null());
    FieldChange { field: field.to_owned(), before: some(before), after: some(after) }
}

#[tokio::test]
async fn an_update_says_what_was_and_what_is() {
    let (platform, acme) = Platform::new().await;
    let id = acme.stopped_instance(&platform, "web").await;
    let path = format!("/instance/{id}");
    let body = json!({ "name": "web-2", "labels": { "env": "prod" }, "user-data": "IyEvYmluL3No" });
    acme.done(&platform, "PUT", &path, body).await;
    let [labels, name, data]: [FieldChange; 3] =
        newest(&platform, &acme, "update-instance").await.try_into().unwrap();
    assert_eq!(labels, change("labels", json!({}), json!({ "env": "prod" })));
    assert_eq!(name, change("name", json!("web"), json!("web-2")));
    assert_eq!((data.field.as_str(), &data.before), ("user-data", &None));
    assert!(data.after.unwrap().as_str().unwrap().starts_with("12 characters, SHA-256 "));
    // The same once more changes nothing, and says so.
    acme.done(&platform, "PUT", &path, json!({ "name": "web-2" })).await;
    assert_eq!(newest(&platform, &acme, "update-instance").await, []);

    acme.done(&platform, "PUT", &format!("{path}:resize-disk"), json!({ "disk-size": 20 })).await;
    let expected = [change("disk-size", json!(10), json!(20))];
    assert_eq!(newest(&platform, &acme, "resize-instance-disk").await, expected);

    let body = json!({ "instance-recovery-hours": 48 });
    platform.door.put(&acme.owner, "/organization", body).await.is(200);
    let expected = [change("instance-recovery-hours", json!(24), json!(48))];
    assert_eq!(newest(&platform, &acme, "update-organization").await, expected);

    let body = json!({ "name": "Operators", "description": "old" });
    let made = platform.door.post(&acme.owner, "/iam-role", body).await.operation();
    let role = format!("/iam-role/{}", made.reference.unwrap().id);
    acme.done(&platform, "PUT", &role, json!({ "description": "new" })).await;
    let expected = [change("description", json!("old"), json!("new"))];
    assert_eq!(newest(&platform, &acme, "update-iam-role").await, expected);
    let services = json!({ "compute": { "type": "allow" } });
    let policy = json!({ "default-service-strategy": "deny", "services": services });
    acme.done(&platform, "PUT", &format!("{role}:policy"), policy.clone()).await;
    let changed = newest(&platform, &acme, "update-iam-role-policy").await;
    assert_eq!((changed.len(), changed[0].field.as_str()), (1, "policy"));
    assert_eq!(changed[0].after, Some(policy));
    platform.finish().await;
}
