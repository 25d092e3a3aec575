//! Organizations are walls: what another one has is answered like what nobody has, in every place
//! where an id can stand.

mod named;
mod places;

use crate::harness::{Answer, Ask, Everything, Platform, Tenant, Who, difference, requests};

struct Two {
    platform: Platform,
    acme: Tenant,
    with: Everything,
    other: Tenant,
    theirs: Everything,
    /// Another one, that has nothing.
    third: Tenant,
}

async fn two() -> Two {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let theirs = other.everything(&platform).await;
    let third = platform.tenant("Third", "cleo@third.example").await;
    Two { platform, acme, with, other, theirs, third }
}

/// Equal but for the request id and the id itself.
fn same(operation: &str, foreign: &Answer, theirs: &str, random: &Answer, nothing: &str) {
    let (a, b) = (foreign.about_any(theirs), random.about_any(nothing));
    assert_eq!(a, b, "{operation}: another's is told apart from nobody's");
}

#[tokio::test]
async fn an_id_of_another_organization_in_the_path_is_nobodys() {
    let Two { platform, acme, with, theirs, .. } = two().await;
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
async fn lists_hold_ones_own_only() {
    let Two { platform, acme, with, theirs, .. } = two().await;
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
