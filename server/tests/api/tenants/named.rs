//! What a query or a body names of another organization is answered like what nobody has: in every place
//! of the document where an id can stand.

use super::{
    Two,
    places::{Place, places, put},
    same, two,
};
use crate::harness::{Answer, Tenant, difference, requests};
use api::Endpoint;
use serde_json::{Value, json};

/// What looks like an id of an organization's, and is none: operation, place, and what it is.
const NOT_OF_AN_ORGANIZATION: [(&str, &str, &str); 5] = [
    ("create-identity-provider", "client-id", "what a provider calls the platform"),
    ("update-identity-provider", "client-id", "what a provider calls the platform"),
    ("create-instance", "instance-type/id", "types are the platform's, the same for everybody"),
    ("scale-instance", "instance-type/id", "types are the platform's, the same for everybody"),
    ("list-audit-trail", "resource", "a kind of thing"),
];

/// Where one's own id is answered like nobody's, too.
const TELLS_NOTHING: [(&str, &str, &str); 3] = [
    (
        "create-list-export",
        "filter/template-id",
        "its rehearsal does not look for what it would list",
    ),
    ("list-instances", "manager-id", "no instance has a manager here"),
    ("request-access", "resource", "it is looked up when it is used, by the operation itself"),
];

/// An id that another organization has, of what belongs into a place, and one of our own.
struct Samples {
    own: String,
    foreign: String,
}

/// Nothing, where nobody has said yet what belongs there.
fn samples(two: &Two, endpoint: &Endpoint, place: &Place) -> Option<Samples> {
    let Two { acme, with, other, theirs, third, .. } = two;
    let of = |own: &dyn ToString, foreign: &dyn ToString| {
        Some(Samples { own: own.to_string(), foreign: foreign.to_string() })
    };
    match (place.name(), endpoint.operation) {
        ("id", "revert-instance-to-snapshot") => of(&with.snapshot, &theirs.snapshot),
        ("ids" | "ids/0" | "subject-id" | "instance-id" | "manager-id" | "resource", _) => {
            of(&with.running, &theirs.running)
        }
        ("template/id" | "template-id" | "filter/template-id", _) => {
            of(&with.template, &theirs.template)
        }
        ("security-groups/0/id", _) => of(&with.security_group, &theirs.security_group),
        ("ssh-key/name" | "ssh-keys/0/name", _) => of(&with.ssh_key, &theirs.ssh_key),
        ("delivery", _) => of(&with.delivery, &theirs.delivery),
        ("user-id", _) => of(&with.user, &theirs.user),
        ("api-key", _) => Some(Samples {
            own: requests::id_of_key(&with.billing),
            foreign: requests::id_of_key(&theirs.billing),
        }),
        ("role-id" | "role/id" | "mapping/default-role-id" | "mapping/rules/0/role-id", _) => {
            of(&with.role, &theirs.role)
        }
        ("org-id", _) | ("organization", "switch-organization") => of(&acme.org, &other.org),
        // Whoever knows the id of an organization may ask for its single sign-on; where there is none,
        // nothing says whether there is the organization.
        (
            "organization",
            "find-single-sign-on" | "begin-single-sign-on" | "complete-single-sign-on",
        ) => of(&acme.org, &third.org),
        _ => None,
    }
}

/// The rest of a body in which an id at this place is read.
async fn around(two: &Two, endpoint: &Endpoint, place: &Place) -> Value {
    let nothing = json!({ "default-service-strategy": "deny", "services": {} });
    match (endpoint.operation, place.name()) {
        ("create-bulk-action", "filter/template-id") => {
            json!({ "action": "stop-instance", "filter": {} })
        }
        ("request-access", _) => {
            json!({ "operation": "get-instance", "reason": "to look", "hours": 1 })
        }
        ("replay-iam-policy", _) => json!({ "policy": nothing }),
        (operation, at) => {
            let Two { platform, acme, with, .. } = two;
            let mut body = requests::body(platform, acme, with, operation).await;
            if at == "mapping/rules/0/role-id" {
                body["mapping"] = json!({ "rules": [{ "expression": "true", "role-id": "" }] });
            }
            body
        }
    }
}

/// Asks with an id at a place, without doing anything.
async fn asked(two: &Two, endpoint: &Endpoint, place: &Place, id: &str) -> Answer {
    let Two { platform, acme, with, .. } = two;
    let mut ask = requests::ready(platform, acme, with, endpoint).await;
    match place {
        Place::Query(name) => ask.path.push_str(&format!("?{name}={id}")),
        Place::Body(at) => {
            let mut body = around(two, endpoint, place).await;
            put(&mut body, at, id);
            ask = ask.json(&body);
            if endpoint.is_mutation() {
                ask.path.push_str("?dry-run=true");
            }
        }
    }
    ask.send().await
}

#[tokio::test]
async fn an_id_of_another_organization_in_a_body_or_query_is_nobodys() {
    let two = two().await;
    // Lists of what was made from a template have something to tell.
    for (tenant, with) in [(&two.acme, &two.with), (&two.other, &two.theirs)] {
        made_from(&two, tenant, &with.template.to_string()).await;
    }
    // What was read until now is written by now.
    server::audit::calls::write(&two.platform.cloud).await.unwrap();
    let before = two.platform.dump().await;
    let (mut walked, mut wrong) = (0, Vec::new());
    for (endpoint, place) in places() {
        let (operation, name) = (endpoint.operation, place.name());
        let is_of = |list: &[(&str, &str, &str)]| {
            list.iter().any(|(of, at, _)| (*of, *at) == (operation, name))
        };
        if is_of(&NOT_OF_AN_ORGANIZATION) {
            continue;
        }
        let Some(Samples { own, foreign }) = samples(&two, endpoint, &place) else {
            panic!(
                "{operation} takes an id at {name}: say what of another organization that can be"
            )
        };
        let nobody = match name {
            "api-key" => "EXO0123456789abcdef01234567".to_owned(),
            "ssh-key/name" | "ssh-keys/0/name" => "nobodys".to_owned(),
            _ => requests::nothing(),
        };
        let theirs = asked(&two, endpoint, &place, &foreign).await;
        let nobodys = asked(&two, endpoint, &place, &nobody).await;
        let at = format!("{operation} {name}");
        let (of_theirs, of_nobodys) = (theirs.about_any(&foreign), nobodys.about_any(&nobody));
        if of_theirs != of_nobodys {
            wrong.push(format!("{at} tells another's from nobody's: {of_theirs:?} {of_nobodys:?}"));
        }
        let tells = !is_of(&TELLS_NOTHING);
        let selects = matches!(place, Place::Query(_)) || name.starts_with("filter/");
        if tells && !selects && !matches!(nobodys.status, 400 | 404) {
            wrong.push(format!("{at} takes nobody's: {}", nobodys.text()));
        }
        // It is read at all: one's own is answered in another way.
        let ours = asked(&two, endpoint, &place, &own).await;
        let differs = ours.about_any(&own) != of_nobodys;
        if differs != tells {
            wrong.push(format!("{at}: {} {}", ours.text(), nobodys.text()));
        }
        walked += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(walked > 30, "{walked} places");
    // Refusals were written into our own trail, and nothing else anywhere.
    let changed = difference(&before, &two.platform.dump().await);
    let ours = two.acme.org.to_string();
    assert!(changed.iter().all(|line| line.contains(&ours)), "{changed:?}");
    two.platform.finish().await;
}

async fn made_from(two: &Two, tenant: &Tenant, template: &str) {
    let mut body = tenant.body(&two.platform, "golden").await;
    body["template"]["id"] = json!(template);
    tenant.done(&two.platform, "POST", "/instance", body).await;
}

/// What is searched for may be an id, too.
#[tokio::test]
async fn a_search_for_another_organizations_id_finds_what_a_search_for_nobodys_finds() {
    let two = two().await;
    let nobody = requests::nothing();
    for endpoint in api::ENDPOINTS.iter().filter(|e| e.kind == api::Kind::Read) {
        let fields = server::http::openapi::fields(endpoint);
        if !fields.contains("q") {
            continue;
        }
        let found = async |id: &str| {
            let path = format!("{}?q={id}", endpoint.path);
            two.platform.door.get(&two.acme.owner, &path).await.is(200)
        };
        for id in [two.theirs.running.to_string(), two.theirs.snapshot.to_string()] {
            let (theirs, nobodys) = (found(&id).await, found(&nobody).await);
            same(endpoint.operation, &theirs, &id, &nobodys, &nobody);
        }
    }
    let own = two.with.running.to_string();
    let text = two.platform.door.get(&two.acme.owner, &format!("/search?q={own}")).await.text();
    assert!(text.contains(&own), "{text}");
    two.platform.finish().await;
}
