//! Whatever is sent: 4xx with a sentence that names the field, and nothing half done.

use crate::harness::{Answer, Dump, Platform, Tenant, ZONES, difference, requests};
use serde_json::{Value, json};

/// Sends it, expects this refusal about these fields, and that nothing but its event was written.
async fn refused(
    platform: &Platform,
    acme: &Tenant,
    method: &str,
    path: &str,
    body: Vec<u8>,
    status: u16,
    fields: &[&str],
) -> Answer {
    let before = platform.dump().await;
    let answer = said_to_be_wrong(platform, acme, method, path, body, status, fields).await;
    wrote_nothing(platform, &before, &format!("{method} {path}: {}", answer.text())).await;
    answer
}

/// Nothing but events was written since.
async fn wrote_nothing(platform: &Platform, before: &Dump, what: &str) {
    let changed = difference(before, &platform.dump().await);
    let only_audit =
        changed.iter().all(|c| c.contains("audit_events: ") || c.contains(" organizations: "));
    assert!(only_audit, "{what}: {changed:?}");
}

/// Sends it, and expects this refusal about these fields.
async fn said_to_be_wrong(
    platform: &Platform,
    acme: &Tenant,
    method: &str,
    path: &str,
    body: Vec<u8>,
    status: u16,
    fields: &[&str],
) -> Answer {
    let answer = platform.door.ask(method, path).by(&acme.owner).bytes(body.clone()).send().await;
    let shown = String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned();
    assert_eq!(answer.status, status, "{method} {path} {shown}: {}", answer.text());
    assert_eq!(answer.fields(), fields, "{method} {path} {shown}: {}", answer.text());
    for field in fields {
        assert!(answer.message().contains(field), "{}", answer.message());
    }
    answer
}

#[tokio::test]
async fn a_creation_that_is_wrong_names_its_field() {
    let (platform, acme) = Platform::new().await;
    let good = acme.body(&platform, "web").await;
    let elsewhere = acme.template(&platform, ZONES[1]).await;
    let long = "x".repeat(256);
    let nested = |field: &str, value: Value| (field.to_owned(), value);
    let cases: Vec<((String, Value), &str)> = vec![
        (nested("name", json!(7)), "name"),
        (nested("name", json!("")), "name"),
        (nested("name", json!("  ")), "name"),
        (nested("name", json!(long)), "name"),
        (nested("name", json!("a\u{7}b")), "name"),
        (nested("name", json!("a\u{0}b")), "name"),
        (nested("disk-size", json!("10")), "disk-size"),
        (nested("disk-size", json!(10.5)), "disk-size"),
        (nested("disk-size", json!(9)), "disk-size"),
        (nested("disk-size", json!(401)), "disk-size"),
        (nested("disk-size", json!(-1)), "disk-size"),
        (nested("disk-size", json!(1e30)), "disk-size"),
        (nested("instance-type", json!("standard.small")), "instance-type"),
        (nested("instance-type", json!({ "id": "7" })), "instance-type.id"),
        (nested("instance-type", json!({ "id": domain::Uuid::from_u128(7) })), "instance-type.id"),
        (nested("instance-type", json!({})), "instance-type.id"),
        (nested("template", json!({ "id": domain::Uuid::from_u128(7) })), "template.id"),
        (nested("template", json!({ "id": elsewhere })), "template.id"),
        (nested("user-data", json!("not base64!")), "user-data"),
        (nested("user-data", json!("")), "user-data"),
        (nested("user-data", json!("A".repeat(32_772))), "user-data"),
        (nested("public-ip-assignment", json!("inet9")), "public-ip-assignment"),
        (nested("auto-start", json!("yes")), "auto-start"),
        (nested("labels", json!(["a"])), "labels"),
        (nested("labels", json!({ "": "x" })), "labels"),
        (nested("labels", json!({ long.clone(): "x" })), "labels"),
        (nested("labels", json!({ "x": long })), "labels"),
        (nested("labels", json!({ "x": 1 })), "labels.x"),
        (nested("labels", json!({ "x": "a\u{0}" })), "labels.x"),
        (nested("ssh-keys", json!([{ "name": "nobody's" }])), "ssh-keys"),
        (nested("ssh-keys", json!({})), "ssh-keys"),
        (nested("ssh-key", json!({ "name": "nobody's" })), "ssh-keys"),
        (
            nested("security-groups", json!([{ "id": domain::Uuid::from_u128(7) }])),
            "security-groups",
        ),
        (nested("security-groups", json!([{ "id": "x" }])), "security-groups[0].id"),
        (
            nested("anti-affinity-groups", json!([{ "id": domain::Uuid::from_u128(7) }])),
            "anti-affinity-groups",
        ),
        (nested("tpm-enabled", json!(true)), "tpm-enabled"),
        (nested("secureboot-enabled", json!(true)), "secureboot-enabled"),
        (nested("zone", json!("mars")), "zone"),
    ];
    for ((field, value), wrong) in cases {
        let mut body = good.clone();
        body[&field] = value;
        refused(&platform, &acme, "POST", "/instance", body.to_string().into(), 400, &[wrong])
            .await;
    }
    for missing in ["instance-type", "template", "disk-size"] {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(missing);
        refused(&platform, &acme, "POST", "/instance", body.to_string().into(), 400, &[missing])
            .await;
        body[missing] = Value::Null;
        refused(&platform, &acme, "POST", "/instance", body.to_string().into(), 400, &[missing])
            .await;
    }
    let body = good.to_string();
    refused(
        &platform,
        &acme,
        "POST",
        &format!("/{}/v2/instance", ZONES[1]),
        body.into(),
        400,
        &["zone"],
    )
    .await;
    assert_eq!(platform.door.get(&acme.owner, "/quota/instance").await.json()["usage"], 0);
    platform.finish().await;
}

#[tokio::test]
async fn a_type_too_small_for_the_template_is_refused() {
    let (platform, acme) = Platform::new().await;
    let id = acme.stopped_instance(&platform, "big").await;
    acme.done(
        &platform,
        "PUT",
        &format!("/instance/{id}:resize-disk"),
        json!({ "disk-size": 300 }),
    )
    .await;
    let snapshot = acme.snapshot(&platform, id).await;
    let template = acme.own_template(&platform, snapshot).await;
    let mut body = acme.body(&platform, "web").await;
    body["template"]["id"] = json!(template);
    refused(&platform, &acme, "POST", "/instance", body.to_string().into(), 400, &["disk-size"])
        .await;
    body["instance-type"]["id"] = json!(platform.type_id("standard.micro"));
    let answer = refused(
        &platform,
        &acme,
        "POST",
        "/instance",
        body.to_string().into(),
        400,
        &["instance-type.id"],
    )
    .await;
    assert!(answer.message().contains("300 GiB"), "{}", answer.message());
    platform.finish().await;
}

#[tokio::test]
async fn bodies_that_are_no_requests_are_refused() {
    let (platform, acme) = Platform::new().await;
    let deep = |n: usize| format!("{}{}", "{\"a\":".repeat(n), "1") + &"}".repeat(n);
    let bodies = [
        "{",
        "{\"name\":",
        "[]",
        "7",
        "null",
        "\"x\"",
        "nonsense",
        "{\"name\":\"a\"}x",
        "{'name':1}",
        "\u{feff}{}",
        &deep(17),
        &deep(127),
        &deep(200),
        &deep(100_000),
        &"[".repeat(100_000),
    ];
    for body in bodies {
        for (method, path) in [("POST", "/instance"), ("POST", "/ssh-key"), ("POST", "/api-key")] {
            refused(&platform, &acme, method, path, body.as_bytes().to_vec(), 400, &[]).await;
        }
    }
    refused(&platform, &acme, "POST", "/instance", vec![0xff, 0xfe, b'{', b'}'], 400, &[]).await;
    refused(&platform, &acme, "POST", "/instance", b"{\"name\":\"\xc3\x28\"}".to_vec(), 400, &[])
        .await;
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(api::BODY_BYTES_MAX));
    refused(&platform, &acme, "POST", "/instance", large.into(), 413, &[]).await;
    // Just below the limit it is read, and refused for what it says.
    let below = format!("{{\"name\":\"{}\"}}", "x".repeat(api::BODY_BYTES_MAX - 20));
    refused(&platform, &acme, "POST", "/instance", below.into(), 400, &["instance-type"]).await;
    platform.finish().await;
}

#[tokio::test]
async fn what_is_not_there_is_said_before_what_is_wrong() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let instance = other.instance(&platform, "web").await.to_string();
    let nobody = requests::nothing().to_string();
    let mut tried = 0;
    for endpoint in api::ENDPOINTS.iter().filter(|e| e.is_mutation() && e.path.contains("{id}")) {
        let kind = endpoint.path.trim_start_matches('/').split('/').next().unwrap_or_default();
        if api::find(&format!("get-{kind}")).is_none() || endpoint.access.is_of_people() {
            continue;
        }
        for (id, body) in [(&nobody, "no JSON"), (&nobody, r#"{"nonsense":7}"#), (&instance, "{")] {
            let path = endpoint.path.replace("{id}", id).replace("{field}", "labels");
            for query in ["", "?dry-run=maybe"] {
                let method = endpoint.method.as_str();
                let ask = platform.door.ask(method, &format!("{path}{query}")).by(&acme.owner);
                let answer = ask.bytes(body.as_bytes().to_vec()).send().await;
                assert_eq!(answer.status, 404, "{method} {path}{query} {body}: {}", answer.text());
                assert!(!answer.text().contains(id.as_str()), "{}", answer.text());
            }
        }
        tried += 1;
    }
    assert!(tried > 40, "{tried}");
    // Of one's own it is said what is wrong.
    let path = format!("/instance/{instance}");
    let wrong = platform.door.put(&other.owner, &path, json!({ "name": "" })).await.is(400);
    assert_eq!(wrong.fields(), ["name"]);
    platform.door.put(&acme.owner, &path, json!({ "name": "" })).await.is(404);
    platform.finish().await;
}

#[tokio::test]
async fn ids_that_are_none_are_refused() {
    let (platform, acme) = Platform::new().await;
    for endpoint in api::ENDPOINTS
        .iter()
        .filter(|e| e.path.contains("{id}") || e.path.contains("{instance-id}"))
    {
        if endpoint.operation.ends_with("api-key") {
            continue; // goes by a text
        }
        let name = if endpoint.path.contains("{id}") { "id" } else { "instance-id" };
        let before = platform.dump().await;
        for wrong in [
            "x",
            "7",
            "00000000-0000-0000-0000-00000000000",
            "%27%20OR%201%3D1--",
            "..%2f..%2fetc",
            "%00",
            "%F0%9F%98%80",
        ] {
            let path =
                endpoint.path.replace(&format!("{{{name}}}"), wrong).replace("{field}", "labels");
            let person = endpoint.access.is_of_people();
            let (status, fields): (u16, &[&str]) = if person { (403, &[]) } else { (400, &[name]) };
            let body = full_body(&platform, endpoint.operation);
            let method = endpoint.method.as_str();
            said_to_be_wrong(&platform, &acme, method, &path, body, status, fields).await;
        }
        wrote_nothing(&platform, &before, endpoint.operation).await;
    }
    for path in [
        "/ssh-key/%00",
        "/quota/%00",
        "/api-key/%00",
        "/instance?q=%00",
        "/instance?ip-address=%00",
        "/instance?labels=a:%00",
        "/template?family=%00",
    ] {
        let answer = platform.door.get(&acme.owner, path).await.is(400);
        assert_eq!(answer.fields().len(), 1, "{}", answer.text());
    }
    for path in ["/ssh-key/%ff", "/instance/%zz", "/instance/", "//instance", "/zone/", "/nothing"]
    {
        platform.door.get(&acme.owner, path).await.is(404);
    }
    assert_eq!(
        platform.door.post(&acme.owner, "/zone", json!({})).await.is(405).header("allow"),
        "GET"
    );
    platform.finish().await;
}

/// A body that says all that the operation needs.
fn full_body(platform: &Platform, operation: &str) -> Vec<u8> {
    let body = match operation {
        "update-iam-role-policy" => {
            json!({ "default-service-strategy": "deny", "services": {} })
        }
        "scale-instance" => {
            json!({ "instance-type": { "id": platform.type_id("standard.large") } })
        }
        "replay-iam-policy" => json!({
            "organization-policy": { "default-service-strategy": "deny", "services": {} },
        }),
        "assume-iam-role" => json!({ "ttl": 60 }),
        "update-user-role" => json!({ "role": { "id": domain::Uuid::from_u128(7) } }),
        "resize-instance-disk" => json!({ "disk-size": 20 }),
        "redeliver-webhook" => json!({ "delivery": domain::Uuid::from_u128(7) }),
        "revert-instance-to-snapshot" => json!({ "id": domain::Uuid::from_u128(7) }),
        "promote-snapshot-to-template" => json!({ "name": "golden" }),
        _ => json!({}),
    };
    body.to_string().into()
}

#[tokio::test]
async fn names_of_ssh_keys_are_unique_and_keys_are_keys() {
    let (platform, acme) = Platform::new().await;
    acme.ssh_key(&platform, "laptop").await;
    let again = json!({ "name": "laptop", "public-key": crate::harness::PUBLIC_KEY }).to_string();
    let answer = refused(&platform, &acme, "POST", "/ssh-key", again.into(), 409, &[]).await;
    assert!(answer.message().contains("already exists"), "{}", answer.message());
    let private = "-----BEGIN OPENSSH PRIVATE KEY-----";
    for (name, key, field) in [
        ("", crate::harness::PUBLIC_KEY, "name"),
        ("a b", crate::harness::PUBLIC_KEY, "name"),
        ("-a", crate::harness::PUBLIC_KEY, "name"),
        (&"x".repeat(256), crate::harness::PUBLIC_KEY, "name"),
        ("ok", "", "public-key"),
        ("ok", "ssh-ed25519 AAAA", "public-key"),
        ("ok", private, "public-key"),
        ("ok", &format!("{}\nssh-ed25519 AAAA evil", crate::harness::PUBLIC_KEY), "public-key"),
    ] {
        let body = json!({ "name": name, "public-key": key }).to_string();
        refused(&platform, &acme, "POST", "/ssh-key", body.into(), 400, &[field]).await;
    }
    // Instance names need not be unique.
    acme.instance(&platform, "web").await;
    acme.instance(&platform, "web").await;
    platform.finish().await;
}

#[tokio::test]
async fn other_bodies_name_their_fields_too() {
    let (platform, acme) = Platform::new().await;
    let id = acme.stopped_instance(&platform, "web").await;
    let snapshot = acme.snapshot(&platform, id).await;
    let long = "x".repeat(256);
    let role = acme.role(&platform, "Owner").await;
    for (method, path, body, field) in [
        ("PUT", format!("/instance/{id}"), json!({ "name": long }), "name"),
        ("PUT", format!("/instance/{id}"), json!({ "user-data": "!" }), "user-data"),
        ("PUT", format!("/instance/{id}"), json!({ "labels": { "a": long } }), "labels"),
        (
            "PUT",
            format!("/instance/{id}"),
            json!({ "public-ip-assignment": "none" }),
            "public-ip-assignment",
        ),
        ("PUT", format!("/instance/{id}:scale"), json!({}), "instance-type"),
        ("PUT", format!("/instance/{id}:resize-disk"), json!({ "disk-size": true }), "disk-size"),
        (
            "PUT",
            format!("/instance/{id}:reset"),
            json!({ "template": { "id": "x" } }),
            "template.id",
        ),
        ("POST", format!("/instance/{id}:revert-snapshot"), json!({ "id": 7 }), "id"),
        ("POST", format!("/snapshot/{snapshot}:promote"), json!({}), "name"),
        ("POST", format!("/snapshot/{snapshot}:promote"), json!({ "name": long }), "name"),
        (
            "POST",
            format!("/snapshot/{snapshot}:promote"),
            json!({ "name": "a", "description": "x".repeat(4_097) }),
            "description",
        ),
        (
            "POST",
            format!("/snapshot/{snapshot}:promote"),
            json!({ "name": "a", "default-user": "a\nroot:x" }),
            "default-user",
        ),
        ("POST", "/api-key".to_owned(), json!({ "name": "a" }), "role-id"),
        ("POST", "/api-key".to_owned(), json!({ "name": "", "role-id": role }), "name"),
        (
            "POST",
            "/api-key".to_owned(),
            json!({ "name": "a", "role-id": domain::Uuid::from_u128(7) }),
            "role-id",
        ),
        ("POST", "/session".to_owned(), json!({ "email": "a" }), "password"),
        ("POST", "/session".to_owned(), json!({ "email": "a\u{0}", "password": "x" }), "email"),
        (
            "POST",
            "/session".to_owned(),
            json!({ "email": "a", "password": "x", "role": "Owner" }),
            "role",
        ),
        ("POST", "/sign-in-link:redeem".to_owned(), json!({}), "token"),
    ] {
        refused(&platform, &acme, method, &path, body.to_string().into(), 400, &[field]).await;
    }
    for (name, value) in [("dry-run", "yes"), ("dry-run", "1")] {
        let path = format!("/instance/{id}?{name}={value}");
        refused(&platform, &acme, "DELETE", &path, vec![], 400, &[name]).await;
    }
    for path in [
        "/event?from=yesterday",
        "/event?to=7",
        "/operation?subject-id=x",
        "/security-group?visibility=secret",
    ] {
        platform.door.get(&acme.owner, path).await.is(400);
    }
    platform.finish().await;
}

#[tokio::test]
async fn what_is_not_for_customers_to_set_is_ignored_or_refused() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let id = acme.instance(&platform, "web").await;
    let before = acme.get(&platform, id).await;
    let body = json!({
        "id": domain::Uuid::from_u128(7), "org-id": other.org, "org_id": other.org, "state": "stopped",
        "created-at": "2020-01-01T00:00:00Z", "price": 0, "zone": "de-fra-1", "protected": true,
        "version": 99, "role": "Owner", "is-staff": true, "balance": 1_000_000,
    });
    acme.done(&platform, "PUT", &format!("/instance/{id}"), body.clone()).await;
    assert_eq!(acme.get(&platform, id).await, before);
    let ann = acme.sign_in(&platform).await;
    let mut token = body;
    token["name"] = json!("laptop");
    platform.door.post(&ann, "/access-token", token).await.is(400);
    platform.finish().await;
}
