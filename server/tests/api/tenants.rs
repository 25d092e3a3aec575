//! Organizations are walls: what another one has is answered like what nobody has, in every place
//! where an id can stand.

use crate::harness::{Answer, Ask, Everything, Platform, Tenant, Who, difference, requests};
use serde_json::{Value, json};

struct Two {
    platform: Platform,
    acme: Tenant,
    with: Everything,
    theirs: Everything,
}

async fn two() -> Two {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let theirs = other.everything(&platform).await;
    Two { platform, acme, with, theirs }
}

/// Equal but for the request id, with the id itself taken out.
fn same(operation: &str, foreign: &Answer, theirs: &str, random: &Answer, nothing: &str) {
    let plain = |answer: &Answer, id: &str| {
        let (status, json) = answer.without_request_id();
        (status, json.to_string().replace(id, "ID"))
    };
    let (a, b) = (plain(foreign, theirs), plain(random, nothing));
    assert_eq!(a, b, "{operation}: another's is told apart from nobody's");
    assert!(matches!(a.0, 400 | 404), "{operation}: {a:?}");
}

#[tokio::test]
async fn an_id_of_another_organization_in_the_path_is_nobodys() {
    let Two { platform, acme, with, theirs } = two().await;
    let before = platform.dump().await;
    let mut walked = 0;
    for endpoint in api::ENDPOINTS.iter().filter(|e| !e.operation.contains("instance-type")) {
        let mine = requests::path(endpoint, &platform, &with);
        let ids = requests::ids(endpoint, &platform, &theirs);
        let mine_ids = requests::ids(endpoint, &platform, &with);
        let named = endpoint.path.contains("{name}");
        let (own, foreign, nobody) = match (ids.first(), named) {
            (Some((_, id)), _) if endpoint.path.starts_with("/api-key") => {
                (mine_ids[0].1.clone(), id.clone(), "EXO0123456789abcdef01234567".to_owned())
            }
            (Some((_, id)), _) => (mine_ids[0].1.clone(), id.clone(), requests::nothing()),
            (None, true) => (with.ssh_key.clone(), theirs.ssh_key.clone(), "nobodys".to_owned()),
            (None, false) => continue,
        };
        walked += 1;
        let ready = requests::ready(&platform, &acme, &with, endpoint).await;
        let at = |id: &str| {
            let mut ask: Ask = ready.clone();
            ask.path = format!("/v2{}", mine.replace(&own, id));
            ask.send()
        };
        let (a, b) = (at(&foreign).await, at(&nobody).await);
        assert_eq!(a.status, 404, "{}: {}", endpoint.operation, a.text());
        same(endpoint.operation, &a, &foreign, &b, &nobody);
    }
    assert!(walked > 30, "{walked} operations have an id in their path");
    // Refusals were written into our own trail, and nothing else anywhere.
    let changed = difference(&before, &platform.dump().await);
    let ours = acme.org.to_string();
    for line in &changed {
        let audit = line.contains("audit_events: ") || line.contains(" organizations: ");
        assert!(audit && line.contains(&ours), "{line}");
    }
    platform.finish().await;
}

#[tokio::test]
async fn an_id_of_another_organization_in_the_body_or_query_is_nobodys() {
    let Two { platform, acme, with, theirs } = two().await;
    let before = platform.dump().await;
    let create = acme.body(&platform, "web").await;
    let replaced = |mut body: Value, pointer: &str, value: Value| {
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let mut groups = create.clone();
    groups["security-groups"] = json!([{ "id": "" }]);
    let mut keys = create.clone();
    keys["ssh-keys"] = json!([{ "name": "" }]);
    let running = with.running;
    let role = json!({ "name": "x", "role-id": "" });
    let bulk = json!({ "action": "stop-instance", "ids": [""] });
    let cases: [(&str, String, Value, &str, String, &Who); 11] = [
        ("POST", "/bulk-action".into(), bulk, "/ids/0", theirs.running.to_string(), &acme.owner),
        (
            "POST",
            "/instance".into(),
            create,
            "/template/id",
            theirs.template.to_string(),
            &acme.owner,
        ),
        (
            "POST",
            "/instance".into(),
            groups,
            "/security-groups/0/id",
            theirs.security_group.to_string(),
            &acme.owner,
        ),
        ("POST", "/instance".into(), keys, "/ssh-keys/0/name", theirs.ssh_key.clone(), &acme.owner),
        (
            "PUT",
            format!("/instance/{running}:reset"),
            json!({ "template": { "id": "" } }),
            "/template/id",
            theirs.template.to_string(),
            &acme.owner,
        ),
        (
            "POST",
            format!("/instance/{running}:revert-snapshot"),
            json!({ "id": "" }),
            "/id",
            theirs.snapshot.to_string(),
            &acme.owner,
        ),
        ("POST", "/api-key".into(), role.clone(), "/role-id", theirs.role.to_string(), &acme.owner),
        ("POST", "/access-token".into(), role, "/role-id", theirs.role.to_string(), &with.session),
        (
            "PUT",
            "/me:switch-organization".into(),
            json!({ "organization": "" }),
            "/organization",
            platform_org(&platform, &theirs).await,
            &with.session,
        ),
        (
            "PUT",
            format!("/webhook/{}:redeliver", with.webhook),
            json!({ "delivery": "" }),
            "/delivery",
            theirs.delivery.to_string(),
            &acme.owner,
        ),
        // Our instance, their snapshot; and the other way round.
        (
            "POST",
            format!("/instance/{}:revert-snapshot", theirs.running),
            json!({ "id": "" }),
            "/id",
            with.snapshot.to_string(),
            &acme.owner,
        ),
    ];
    for (method, path, body, pointer, foreign, who) in cases {
        let ask = async |id: &str| {
            let body = replaced(body.clone(), pointer, json!(id));
            platform.door.ask(method, &path).by(who).json(&body).send().await
        };
        let nobody = requests::nothing();
        same(&path, &ask(&foreign).await, &foreign, &ask(&nobody).await, &nobody);
    }
    for path in [
        format!("/operation?subject-id={}", theirs.running),
        format!("/operation?limit=1000&subject-id={}", theirs.snapshot),
        format!("/event?subject-id={}", theirs.running),
        format!("/instance?q={}", theirs.running),
    ] {
        let text = platform.door.get(&acme.owner, &path).await.is(200).text();
        assert!(!text.contains(&theirs.running.to_string()), "{path}: {text}");
    }
    let changed = difference(&before, &platform.dump().await);
    let ours = acme.org.to_string();
    assert!(changed.iter().all(|line| line.contains(&ours)), "{changed:?}");
    platform.finish().await;
}

async fn platform_org(platform: &Platform, of: &Everything) -> String {
    let me: api::Me = platform.door.get(&of.session, "/me").await.is(200).body();
    me.organization.id.to_string()
}

#[tokio::test]
async fn lists_hold_ones_own_only() {
    let Two { platform, acme, with, theirs } = two().await;
    let foreign: Vec<String> = [
        theirs.running.to_string(),
        theirs.stopped.to_string(),
        theirs.snapshot.to_string(),
        theirs.template.to_string(),
        theirs.operation.to_string(),
        theirs.bulk_action.to_string(),
        theirs.ssh_key.clone(),
        theirs.security_group.to_string(),
        theirs.role.to_string(),
        theirs.saved_view.to_string(),
        theirs.token_id.to_string(),
        theirs.session_id.to_string(),
        match &theirs.billing {
            Who::Key { key, .. } => key.clone(),
            _ => unreachable!(),
        },
    ]
    .into();
    let queries = ["", "?visibility=private", "?limit=1000"];
    for endpoint in
        api::ENDPOINTS.iter().filter(|e| e.kind == api::Kind::Read && !e.path.contains('{'))
    {
        for (query, who) in
            queries.iter().flat_map(|q| [(q, &acme.owner), (q, &with.session), (q, &with.token)])
        {
            let text = platform.door.get(who, &format!("{}{query}", endpoint.path)).await.text();
            for id in &foreign {
                assert!(!text.contains(id), "{} {query} shows {id}", endpoint.operation);
            }
        }
    }
    platform.finish().await;
}

#[tokio::test]
async fn changes_are_told_to_ones_own_only() {
    use futures::StreamExt;
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let response = platform.door.ask("GET", "/stream").by(&acme.owner).respond().await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    let mut events = response.into_body().into_data_stream();
    let mut next =
        async || String::from_utf8(events.next().await.unwrap().unwrap().to_vec()).unwrap();
    assert!(next().await.contains("hello"));
    let theirs = other.instance(&platform, "theirs").await;
    let (ours, _) = acme.begin(&platform, "ours").await;
    loop {
        let event = next().await;
        assert!(event.starts_with("event: change"), "{event}");
        assert!(!event.contains(&theirs.to_string()), "{event}");
        if event.contains(&ours.to_string()) {
            break;
        }
    }
    platform.finish().await;
}
