//! Forms that ask for a fresh proof: what was filled in is carried to where it is asked, and done once it
//! was given.

use crate::{
    forms::form,
    harness::{Answer, Door, ORIGIN, PASSWORD, Platform, Tenant, Who},
    kept_forms::{carried, end, person},
};
use domain::assurance::CONFIRMED_FOR;
use serde_json::{Value, json};

const PAGE: &str = "/security/confirm?return=%2Froles%2Fcreate";

/// Somebody with a password whose last proof is too old.
async fn unproven(platform: &Platform, acme: &Tenant) -> (Who, Door) {
    let ann = person(platform, acme).await;
    platform.clock.advance(CONFIRMED_FOR);
    (ann, Door::whole(&platform.cloud, platform.clock.clone()))
}

/// The form is sent, and a proof asked for: what is carried meanwhile.
async fn asked(door: &Door, who: &Who, operation: &str, fields: &[(&str, &str)]) -> String {
    let page = form(door, who, operation, fields, false).shown().await.is(403).text();
    assert!(page.contains("Confirm that it is you") && page.contains(operation), "{page}");
    carried(&page).expect("it carries the form")
}

async fn confirm(door: &Door, who: &Who, password: &str, kept: &str) -> Answer {
    let fields = [("_page", PAGE), ("_return", "/"), ("_kept", kept), ("password", password)];
    form(door, who, "confirm-session", &fields, false).header("origin", ORIGIN).shown().await
}

async fn roles(platform: &Platform, acme: &Tenant) -> Vec<String> {
    let list: api::IamRoles = platform.door.get(&acme.owner, "/iam-role").await.is(200).body();
    list.iam_roles.into_iter().map(|role| role.name).collect()
}

const ROLE: [(&str, &str); 4] = [
    ("_page", "/roles/create"),
    ("_return", "/roles/{reference}"),
    ("name", "Carried"),
    ("description", "<b>\"kept\"</b> & whole"),
];

#[tokio::test]
async fn a_form_is_carried_through_wrong_proofs_and_done_with_the_right_one() {
    let (platform, acme) = Platform::new().await;
    let (ann, door) = unproven(&platform, &acme).await;
    // With scripts the browser is told, and sends it to where it is asked.
    let json = form(&door, &ann, "create-iam-role", &ROLE, true).shown().await.is(403).json();
    assert_eq!(json["refused"]["error"]["code"], "step-up-required");
    let kept = asked(&door, &ann, "create-iam-role", &ROLE).await;
    for _ in 0..2 {
        let wrong = confirm(&door, &ann, "not the password", &kept).await.is(403).text();
        assert!(wrong.contains("This does not prove who you are"), "{wrong}");
        assert!(!wrong.contains("not the password"), "{wrong}");
        assert_eq!(carried(&wrong), Some(kept.clone()), "neither lost nor grown");
    }
    assert!(!roles(&platform, &acme).await.contains(&"Carried".to_owned()), "nothing was done");

    let done = confirm(&door, &ann, PASSWORD, &kept).await.is(303);
    assert!(done.header("location").starts_with("/roles/"), "{}", done.header("location"));
    assert_eq!(done.header("cache-control"), "no-store");
    assert!(roles(&platform, &acme).await.contains(&"Carried".to_owned()));
    platform.door.get(&ann, "/me").await.is(401);
    let ann = Who::Session(done.cookie().expect("the session goes on"));
    let path = format!("/iam-role/{}", done.header("location").trim_start_matches("/roles/"));
    let role = platform.door.get(&ann, &path).await.is(200).json();
    assert_eq!(role["description"], ROLE[3].1);
    platform.finish().await;
}

#[tokio::test]
async fn what_is_shown_once_is_shown_after_the_proof() {
    let (platform, acme) = Platform::new().await;
    let (ann, door) = unproven(&platform, &acme).await;
    let role = acme.role(&platform, "Billing").await.to_string();
    let fields = [("_page", "/api-keys"), ("name", "deploy"), ("role-id", role.as_str())];
    let kept = asked(&door, &ann, "create-api-key", &fields).await;
    let page = confirm(&door, &ann, PASSWORD, &kept).await.is(200);
    let keys: api::ApiKeys = platform.door.get(&acme.owner, "/api-key").await.is(200).body();
    let key = keys.api_keys.iter().find(|key| key.name == "deploy").expect("it is there");
    assert!(page.text().contains(&key.key), "{}", page.text());
    // What is wrong with the form itself is said where it stands, and the proof counts.
    let fields = [("_page", "/api-keys"), ("name", "a"), ("role-id", "none")];
    let ann = Who::Session(page.cookie().unwrap());
    form(&door, &ann, "create-api-key", &fields, false).shown().await.is(400);
    platform.finish().await;
}

#[tokio::test]
async fn nothing_is_done_in_another_organization_than_it_was_meant_for() {
    let (platform, acme) = Platform::new().await;
    let other = platform.tenant("Other", &acme.email).await;
    let (ann, door) = unproven(&platform, &acme).await;
    let org = acme.org.to_string();
    let fields: Vec<_> = ROLE.into_iter().chain([("_organization", org.as_str())]).collect();
    let kept = asked(&door, &ann, "create-iam-role", &fields).await;
    // Another window goes to another organization meanwhile: nothing is done there.
    let there = json!({ "organization": other.org });
    let moved = platform.door.put(&ann, "/me:switch-organization", there).await.is(200);
    let ann = Who::Session(moved.cookie().unwrap());
    confirm(&door, &ann, PASSWORD, &kept).await.is(409);
    for of in [&acme, &other] {
        assert!(!roles(&platform, of).await.contains(&"Carried".to_owned()));
    }
    platform.finish().await;
}

#[tokio::test]
async fn a_session_that_ends_while_it_is_asked_loses_nothing() {
    let (platform, acme) = Platform::new().await;
    let (ann, door) = unproven(&platform, &acme).await;
    let kept = asked(&door, &ann, "create-iam-role", &ROLE).await;
    end(&platform, &ann).await;
    let out = confirm(&door, &ann, PASSWORD, &kept).await.is(401).text();
    assert!(out.contains("Your session has ended, and nothing was done yet."), "{out}");
    let again: Value = serde_json::from_str(&carried(&out).expect("the form itself")).unwrap();
    assert_eq!(again["operation"], "create-iam-role");
    assert!(again["fields"].as_array().unwrap().contains(&json!(["name", "Carried"])));
    platform.finish().await;
}

#[tokio::test]
async fn only_what_asks_for_a_proof_is_done_with_one() {
    let (platform, acme) = Platform::new().await;
    let (ann, door) = unproven(&platform, &acme).await;
    let id = acme.instance(&platform, "web").await;
    let kept = asked(&door, &ann, "create-iam-role", &ROLE).await;
    for bad in [
        "{".to_owned(),
        kept.replace("create-iam-role", "list-iam-roles"),
        kept.replace("create-iam-role", "confirm-session"),
        format!(
            r#"{{"operation":"delete-instance","fields":[["_path.id","{id}"],["_confirm","web"]],"secrets":false}}"#
        ),
        kept.replace("\"secrets\":false", "\"secrets\":true"),
    ] {
        let wrong = confirm(&door, &ann, "wrong", &bad).await.is(403).text();
        assert!(carried(&wrong).is_none(), "{bad}");
        platform.clock.advance(CONFIRMED_FOR);
    }
    // From another site nothing is asked, carried or confirmed.
    let foreign = form(&door, &ann, "create-iam-role", &ROLE, false);
    let foreign = foreign.header("origin", "https://evil.example").shown().await.is(403).text();
    assert!(
        carried(&foreign).is_none() && !foreign.contains("Confirm that it is you"),
        "{foreign}"
    );
    let fields = [("_page", PAGE), ("_kept", kept.as_str()), ("password", PASSWORD)];
    let foreign = form(&door, &ann, "confirm-session", &fields, false);
    foreign.header("origin", "https://evil.example").shown().await.is(403);
    assert!(!roles(&platform, &acme).await.contains(&"Carried".to_owned()));
    acme.get(&platform, id).await;

    // What is too large to be carried is said to be lost.
    let large = "x".repeat(700_000);
    let fields: Vec<_> = ROLE.into_iter().chain([("labels", large.as_str())]).collect();
    let page = form(&door, &ann, "create-iam-role", &fields, false).shown().await.is(403).text();
    assert!(page.contains("be carried along: confirm, then send it again"), "{}", page.len());
    assert!(carried(&page).is_none() && page.len() < 100_000, "{}", page.len());
    platform.finish().await;
}

#[tokio::test]
async fn the_page_asks_for_what_the_person_has() {
    let (platform, acme) = Platform::new().await;
    let (ann, door) = unproven(&platform, &acme).await;
    let page =
        async |who: &Who| door.page("/security/confirm").by(who).shown().await.is(200).text();
    let password = page(&ann).await;
    assert!(password.contains(r#"name="password""#) && !password.contains(r#"name="code""#));
    let (_, ben) = acme.member(&platform, "ben@acme.example", "Owner").await;
    platform.two_step(&ben).await;
    let code = page(&ben).await;
    assert!(code.contains(r#"name="code""#) && !code.contains(r#"name="password""#));
    let other = platform.tenant("Other", "cleo@other.example").await;
    let neither = page(&other.sign_in(&platform).await).await;
    assert!(neither.contains("Have a link mailed"), "{neither}");
    platform.finish().await;
}
