//! The life of an instance, from its creation to the end of its snapshots.

use crate::harness::{Platform, ZONES};
use api::{Nothing, op};
use domain::instance::InstanceState;
use serde_json::json;

#[tokio::test]
async fn an_instance_is_created_comes_up_and_is_deleted() {
    let (platform, acme) = Platform::new().await;
    let (id, operation) = acme.begin(&platform, "web-1").await;
    assert_eq!(acme.get(&platform, id).await.state, InstanceState::Starting);
    platform.succeed(&acme.owner, &operation).await;

    let instance = acme.get(&platform, id).await;
    assert_eq!((instance.state, instance.name.as_str()), (InstanceState::Running, "web-1"));
    assert_eq!(instance.zone.as_deref(), Some(ZONES[0]));
    assert!(instance.public_ip.is_some() && instance.operation.is_none());
    assert_eq!(instance.engine.as_deref(), Some("sim"));
    let price = instance.price.unwrap();
    assert_eq!(price.nano_per_hour.0, 23_330_000 + 10 * 140_000);

    acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    platform.door.get(&acme.owner, &format!("/instance/{id}")).await.is(404);
    let client = platform.client(&acme.owner);
    let quota = client.call(op::GetQuota, &[("entity", "instance")], &Nothing {}).await.unwrap();
    assert_eq!(quota.body.usage, 0);
    platform.finish().await;
}
