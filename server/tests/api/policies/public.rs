//! The eight public policies that are known (what they do in the language is tested beside it): over
//! HTTP, as they stand, and with what this platform serves in the place of what it does not.

use super::{key, refused_by, rules};
use crate::harness::{PUBLIC_KEY, Platform, Who};
use serde_json::{Value, json};
use std::time::Duration;

const E1: &[(&str, &str)] = &[
    ("allow", "operation in ['list-sos-buckets-usage', 'list-buckets']"),
    ("deny", "!(parameters.bucket in ['my-test-bucket', 'my-other-bucket'])"),
    ("deny", "operation in ['create-bucket', 'delete-bucket']"),
    ("allow", "true"),
];
const E2: &[(&str, &str)] =
    &[("deny", "resources.dbaas_service.name != 'my-dbaas-instance'"), ("allow", "true")];
const E7: &[(&str, &str)] = &[
    ("deny", "parameters.has('type') && parameters.type != 'TXT'"),
    ("deny", "parameters.has('name') && !parameters.name.startsWith('_acme-challenge')"),
    (
        "allow",
        "operation in ['list-dns-domains', 'list-dns-domain-records', 'create-dns-domain-record', 'delete-dns-domain-record']",
    ),
];
const E8: &[(&str, &str)] = &[
    ("deny", "parameters.bucket != 'serenditree-backup-user'"),
    ("allow", "operation.matches('^[^-]+-object.*')"),
];

/// Those that are about services which are not served here allow nothing else.
#[tokio::test]
async fn policies_about_other_services_allow_nothing_here() {
    let (platform, acme) = Platform::new().await;
    let signed = "identity.key!=null || source_ip.inIpRange('89.145.160.0/24') || source_ip.inIpRange('2a04:c46::/32')";
    let e5: &[(&str, &str)] = &[("allow", signed)];
    for (name, service, policy) in [
        ("E1", "sos", E1),
        ("E2", "dbaas", E2),
        ("E5", "sos", e5),
        ("E7", "dns", E7),
        ("E8", "sos", E8),
    ] {
        let key = key(&platform, &acme, name, rules(service, policy)).await;
        for path in ["/instance", "/iam-role", "/quota"] {
            refused_by(platform.door.get(&key, path).await, "deny is its default");
        }
    }
    platform.finish().await;
}

#[tokio::test]
async fn e3_allows_private_instances_only() {
    let (platform, acme) = Platform::new().await;
    let mut policy = rules(
        "compute",
        &[
            (
                "deny",
                "operation == 'create-instance' && (!parameters.has('public_ip_assignment') || parameters.public_ip_assignment != 'none')",
            ),
            ("allow", "true"),
        ],
    );
    policy["default-service-strategy"] = json!("allow");
    policy["services"]["compute-legacy"] = json!({ "type": "deny" });
    let key = key(&platform, &acme, "E3", policy).await;
    let mut body = acme.body(&platform, "web").await;
    refused_by(platform.door.post(&key, "/instance", body.clone()).await, "rule 1");
    body["public-ip-assignment"] = json!("inet4");
    refused_by(platform.door.post(&key, "/instance", body.clone()).await, "rule 1");
    body["public-ip-assignment"] = json!("none");
    platform.door.post(&key, "/instance", body).await.is(200);
    platform.door.get(&key, "/instance").await.is(200);
    platform.door.get(&key, "/iam-role").await.is(200);
    platform.finish().await;
}

#[tokio::test]
async fn e4_allows_the_operations_that_it_names() {
    let (platform, acme) = Platform::new().await;
    let named =
        "operation in ['list-zones', 'get-block-storage-volume', 'list-block-storage-volumes']";
    let key = key(&platform, &acme, "E4", rules("compute", &[("allow", named)])).await;
    platform.door.get(&key, "/zone").await.is(200);
    let id = acme.instance(&platform, "web").await;
    refused_by(platform.door.get(&key, &format!("/instance/{id}")).await, "none of its rules");
    refused_by(platform.door.get(&key, "/template").await, "none of its rules");
    platform.finish().await;
}

#[tokio::test]
async fn e6_ends_a_key_after_an_hour() {
    let (platform, acme) = Platform::new().await;
    let policy = rules(
        "compute",
        &[
            ("deny", "timestamp(identity.created) < timestamp(now) - duration('1h')"),
            ("allow", "operation.startsWith('list-')"),
        ],
    );
    let key = key(&platform, &acme, "E6", policy).await;
    let id = acme.instance(&platform, "web").await;
    platform.door.get(&key, "/instance").await.is(200);
    refused_by(platform.door.get(&key, &format!("/instance/{id}")).await, "none of its rules");
    platform.clock.advance(Duration::from_secs(3_590));
    platform.door.get(&key, "/instance").await.is(200);
    platform.clock.advance(Duration::from_secs(11));
    refused_by(platform.door.get(&key, "/instance").await, "rule 1");
    refused_by(platform.door.get(&key, &format!("/instance/{id}")).await, "rule 1");
    platform.finish().await;
}

/// The same thoughts, about instances and keys.
#[tokio::test]
async fn what_the_others_mean_holds_for_what_is_served() {
    let (platform, acme) = Platform::new().await;
    let (mine, other) =
        (acme.instance(&platform, "my-instance").await, acme.instance(&platform, "other").await);
    let get = |who: &Who, path: String| {
        let ask = platform.door.ask("GET", &path).by(who);
        ask.send()
    };
    let as_e2 = rules(
        "compute",
        &[("deny", "resources.instance.name != 'my-instance'"), ("allow", "true")],
    );
    let e2 = key(&platform, &acme, "E2", as_e2).await;
    get(&e2, format!("/instance/{mine}")).await.is(200);
    refused_by(get(&e2, format!("/instance/{other}")).await, "rule 1");
    get(&e2, "/instance".into()).await.is(200);

    let as_e5 = rules(
        "compute",
        &[("allow", "identity.key != null || source_ip.inIpRange('89.145.160.0/24')")],
    );
    let e5 = key(&platform, &acme, "E5", as_e5).await;
    get(&e5, "/instance".into()).await.is(200);
    // Somebody with a session has no key, and must come from there.
    let session = acme.sign_in(&platform).await;
    let role = acme.role(&platform, "E5").await;
    let body = json!({ "name": "laptop", "role-id": role });
    let token = platform.door.post(&session, "/access-token", body).await.is(200).json();
    let token = Who::Token(token["token"].as_str().unwrap().to_owned());
    let from = |peer: &str| platform.door.ask("GET", "/instance").by(&token).from(peer).send();
    from("89.145.160.7").await.is(200);
    from("192.0.2.7").await.is(403);

    let as_e7 = rules(
        "compute",
        &[
            ("deny", "parameters.has('name') && !parameters.name.startsWith('acme-')"),
            ("allow", "operation in ['list-ssh-keys', 'register-ssh-key', 'delete-ssh-key']"),
        ],
    );
    let e7 = key(&platform, &acme, "E7", as_e7).await;
    let register = |name: &str| json!({ "name": name, "public-key": PUBLIC_KEY });
    platform.door.post(&e7, "/ssh-key", register("acme-1")).await.is(200);
    refused_by(platform.door.post(&e7, "/ssh-key", register("www")).await, "rule 1");
    get(&e7, "/ssh-key".into()).await.is(200);
    refused_by(platform.door.delete(&e7, "/ssh-key/www").await, "rule 1");
    platform.door.delete(&e7, "/ssh-key/acme-1").await.is(200);
    refused_by(get(&e7, "/ssh-key/acme-1".into()).await, "none of its rules");

    let e8: Value = rules(
        "compute",
        &[
            ("deny", &format!("parameters.id != '{mine}'")),
            ("allow", "operation.matches('^[^-]+-instance$')"),
        ],
    );
    let e8 = key(&platform, &acme, "E8", e8).await;
    get(&e8, format!("/instance/{mine}")).await.is(200);
    platform
        .door
        .put(&e8, &format!("/instance/{mine}:reboot?dry-run=true"), json!({}))
        .await
        .is(200);
    refused_by(get(&e8, format!("/instance/{other}")).await, "rule 1");
    refused_by(get(&e8, "/instance".into()).await, "none of its rules");
    refused_by(get(&e8, "/snapshot".into()).await, "none of its rules");
    platform.finish().await;
}

/// The example of the documentation, as it stands there.
#[tokio::test]
async fn the_documented_policy_does_what_is_said_of_it() {
    const PAGE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policies.md"));
    let example = PAGE.split("```").nth(1).and_then(|block| block.strip_prefix("json")).unwrap();
    let (platform, acme) = Platform::new().await;
    let policy = serde_json::from_str(example).unwrap();
    let who = key(&platform, &acme, "Documented", policy).await;
    let (web, production) =
        (acme.instance(&platform, "web").await, acme.instance(&platform, "shop").await);
    let labels = json!({ "labels": { "env": "production" } });
    acme.done(&platform, "PUT", &format!("/instance/{production}"), labels).await;
    let stop = |id| {
        let path = format!("/instance/{id}:stop?dry-run=true");
        let (door, who) = (platform.door.clone(), who.clone());
        async move { door.put(&who, &path, json!({})).await }
    };
    stop(web).await.is(200);
    refused_by(stop(production).await, "rule 1");
    refused_by(platform.door.get(&who, &format!("/instance/{production}")).await, "rule 1");
    platform.door.get(&who, "/instance").await.is(200);
    refused_by(platform.door.delete(&who, &format!("/instance/{web}")).await, "none of its rules");
    refused_by(platform.door.get(&who, "/iam-role").await, "its entry");
    platform.finish().await;
}
