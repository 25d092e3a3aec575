//! Addresses that somebody else takes behind our back.

use super::incus_side::IncusSide;
use super::{Side, spec};
use engine::Engine;
use serde_json::json;

const NAME: &str = "addresses";

/// What we hold for free may have been taken since: the new instance gets another one.
pub async fn taken_meanwhile(side: &IncusSide<'_>) {
    let [image, _] = side.images();
    let one = spec(NAME, &image, "ours");
    let address = async || {
        side.incus.create(&one).await.unwrap();
        let seen = side.incus.observe(&one.name).await.unwrap().expect("it was made");
        seen.ipv4.expect("an address from the first moment")
    };
    let first = address().await;
    side.incus.delete(&one.name).await.unwrap();
    // Making another one is when we notice that the address is free again.
    let other = spec("addresses-other", &image, "ours");
    side.incus.create(&other).await.unwrap();

    assert!(side.make_foreign("foreign-address"));
    let nic = json!({
        "type": "nic", "name": "eth0", "network": "couloirbr0", "ipv4.address": first,
    });
    let taken = json!({"devices": {"eth0": nic}});
    let answer = side.ask("PATCH", "/1.0/instances/foreign-address", taken);
    assert_eq!(answer["type"], "sync", "{answer}");

    let second = address().await;
    assert_ne!(first, second);
    side.incus.start(&one.name).await.unwrap();
    for ours in [&one.name, &other.name] {
        side.incus.delete(ours).await.unwrap();
    }
    side.ask("DELETE", "/1.0/instances/foreign-address", json!(null));
    // Nobody has it any more, and that is found out.
    side.incus.create(&other).await.unwrap();
    assert_eq!(address().await, first);
    for ours in [&one.name, &other.name] {
        side.incus.delete(ours).await.unwrap();
    }
}
