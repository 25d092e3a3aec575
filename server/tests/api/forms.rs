//! The portal's forms through their adapter: two people at once, the way back from an act, and what
//! is filled in is no markup.

use crate::harness::{Ask, Door, Platform, Who};
use api::{
    encode,
    forms::{FormOutcome, Merge, Undo},
};
use serde_json::{Value, json};

/// A form as a browser sends it with scripts, or without.
pub fn form(
    door: &Door,
    who: &Who,
    operation: &str,
    fields: &[(&str, &str)],
    scripts: bool,
) -> Ask {
    let mut ask = door.page(&format!("/form/{operation}")).by(who);
    ask.method = "POST".to_owned();
    let pairs: Vec<_> =
        fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    let ask = ask.bytes(pairs.join("&"));
    if scripts { ask.header("accept", "application/json") } else { ask }
}

#[tokio::test]
async fn a_form_is_refused_for_what_it_changes_only_and_both_are_put_together() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let id = acme.instance(&platform, "web").await;
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    let path = format!("/instance/{id}");
    let seen = platform.door.get(&ann, &path).await.is(200).header("etag").to_owned();
    let id = id.to_string();
    let settings = format!("/instances/{id}/settings");

    // Something else of it changes: no version that was seen stands in the way.
    acme.done(&platform, "PUT", &format!("{path}:add-protection"), json!({})).await;
    let fields = |name: &'static str, labels: &'static str| {
        [
            ("_path.id", id.as_str()),
            ("_page", settings.as_str()),
            ("_if-match", seen.as_str()),
            ("_was.name", "web"),
            ("name", name),
            ("_was.labels", ""),
            ("labels", labels),
        ]
    };
    form(&door, &ann, "update-instance", &fields("first", ""), true).shown().await.is(200);

    // The same does: nothing is saved, and it is said what has become of each field.
    let refused =
        form(&door, &ann, "update-instance", &fields("second", "a=b"), true).shown().await;
    let FormOutcome::Refused { merge, .. } = refused.is(412).body() else { panic!("accepted") };
    let merge: Merge = serde_json::from_value(merge.expect("a merge")).unwrap();
    assert!(merge.who.is_some() && merge.at.is_some(), "{merge:?}");
    assert_eq!(merge.fields.len(), 1, "{merge:?}");
    assert!(merge.fields[0].is_conflict());
    assert_eq!(merge.fields[0].theirs, "first");

    // Without scripts the form comes back with both, and what is chosen is saved.
    let page = form(&door, &ann, "update-instance", &fields("second", "a=b"), false).shown().await;
    let page = page.is(412).text();
    assert!(page.contains("_merge.name") && page.contains("second"), "{page}");
    let chosen = [
        ("_path.id", id.as_str()),
        ("_was.name", "first"),
        ("name", "second"),
        ("_yours.name", "second"),
        ("_merge.name", "theirs"),
        ("_was.labels", ""),
        ("labels", "a=b"),
    ];
    form(&door, &ann, "update-instance", &chosen, true).shown().await.is(200);
    let now = platform.door.get(&ann, &path).await.json();
    assert_eq!((&now["name"], &now["labels"]), (&json!("first"), &json!({ "a": "b" })));
    platform.finish().await;
}

#[tokio::test]
async fn an_act_is_taken_back_by_its_inverse_unless_somebody_changed_it_since() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let id = acme.instance(&platform, "web").await.to_string();
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    let path = format!("/instance/{id}");
    let rename = async |name: &str| -> Undo {
        let fields = [("_path.id", id.as_str()), ("name", name)];
        let done = form(&door, &ann, "update-instance", &fields, true).shown().await.is(200);
        let FormOutcome::Accepted { undo, .. } = done.body() else { panic!("refused") };
        serde_json::from_value(undo.expect("a way back")).unwrap()
    };
    let take_back = |undo: &Undo| {
        let fields: Vec<_> =
            undo.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        form(&door, &ann, &undo.operation, &fields, true)
    };
    let name = async || -> Value { platform.door.get(&ann, &path).await.json()["name"].clone() };

    let undo = rename("wrong").await;
    take_back(&undo).shown().await.is(200);
    assert_eq!(name().await, "web");
    let late = rename("first").await;
    rename("second").await;
    take_back(&late).shown().await.is(412);
    assert_eq!(name().await, "second");

    // Without scripts the next page offers it, once.
    let fields = [("_path.id", id.as_str()), ("_return", "/instances")];
    let done = form(&door, &ann, "add-instance-protection", &fields, false).shown().await.is(303);
    let cookie = done.header("set-cookie").split(';').next().unwrap().to_owned();
    assert!(cookie.starts_with("couloir-undo="), "{cookie}");
    platform.finish().await;
}

#[tokio::test]
async fn what_somebody_named_or_typed_is_markup_of_nobodys_page() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let id = acme.instance(&platform, "web").await;
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    let hostile = "</title></textarea><script>alert(1)</script>&lt;";
    let data = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, hostile);
    let body = json!({ "name": hostile, "user-data": data, "labels": { "a": hostile } });
    acme.done(&platform, "PUT", &format!("/instance/{id}"), body).await;
    for page in [
        format!("/instances/{id}"),
        format!("/instances/{id}/settings"),
        format!("/instances/create?copy={id}"),
        format!("/api/update-instance?name={}&labels={}", encode(hostile), encode(hostile)),
    ] {
        let shown = door.page(&page).by(&ann).shown().await.is(200).text();
        assert!(!shown.contains("<script>alert"), "{page}: {shown}");
        assert!(!page.contains(&id.to_string()) || shown.contains("&lt;script"), "{page}: {shown}");
    }
    // It is shown as it was typed.
    let settings = door.page(&format!("/instances/{id}/settings")).by(&ann).shown().await.text();
    assert!(settings.contains("&lt;/textarea>&lt;script>alert(1)&lt;/script>&amp;lt;</textarea>"));
    platform.finish().await;
}
