//! A form that is sent without scripts after its session has ended: it is kept while somebody signs
//! in, and given back. Nothing of it is done until it is sent again.

use crate::{
    forms::form,
    harness::{Answer, Door, ORIGIN, PASSWORD, Platform, Tenant, Who, ZONES},
};
use serde_json::{Value, json};

/// A person with a password, and what they have signed in with.
pub async fn person(platform: &Platform, of: &Tenant) -> Who {
    let body = json!({ "token": of.link, "password": PASSWORD });
    let answer = platform.door.post(&Who::Nobody, "/sign-in-link:redeem", body).await.is(200);
    Who::Session(answer.cookie().unwrap())
}

pub async fn end(platform: &Platform, session: &Who) {
    platform.door.delete(session, "/session/current").await.is(200);
}

/// What a page carries, as a browser reads it.
pub fn carried(page: &str) -> Option<String> {
    let (_, after) = page.split_once(r#"name="_kept" value=""#)?;
    let text = after.split('"').next()?;
    Some(
        text.replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

/// Signs in where a form is carried.
async fn sign_in(door: &Door, email: &str, password: &str, kept: &str) -> Answer {
    let fields = [
        ("_page", "/sign-in?return=%2Finstances"),
        ("_return", "/instances"),
        ("_kept", kept),
        ("email", email),
        ("password", password),
    ];
    form(door, &Who::Nobody, "create-session", &fields, false)
        .header("origin", ORIGIN)
        .shown()
        .await
}

/// The form is sent, and its sender asked to sign in: what is carried.
async fn refused(door: &Door, who: &Who, operation: &str, fields: &[(&str, &str)]) -> String {
    let answer = form(door, who, operation, fields, false).shown().await.is(401);
    assert_eq!(answer.header("cache-control"), "no-store");
    let page = answer.text();
    assert!(page.contains("Your session has ended, and nothing was done yet."), "{page}");
    carried(&page).expect("it carries the form")
}

async fn names(platform: &Platform, acme: &Tenant) -> Vec<Value> {
    let json = platform.door.get(&acme.owner, "/instance").await.is(200).json();
    json["instances"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect()
}

#[tokio::test]
async fn a_form_is_kept_through_wrong_passwords_given_back_and_sent_by_a_person() {
    let (platform, acme) = Platform::new().await;
    let ann = person(&platform, &acme).await;
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    let body = acme.body(&platform, "web").await;
    let (org, text) = (acme.org.to_string(), |pointer: &str| {
        body.pointer(pointer).unwrap().as_str().unwrap().to_owned()
    });
    let (of_type, template) = (text("/instance-type/id"), text("/template/id"));
    let hostile = "</textarea><script>alert(\"1\")</script> & 'x'\r\n#cloud-config";
    let fields = [
        ("_page", "/instances/create"),
        ("_return", "/instances/{reference}"),
        ("_organization", org.as_str()),
        ("name", "web-kept"),
        ("zone", ZONES[0]),
        ("instance-type.id", of_type.as_str()),
        ("template.id", template.as_str()),
        ("disk-size", "42"),
        ("user-data:base64", hostile),
        ("labels", "env=kept"),
        ("password", "geheim"),
    ];
    end(&platform, &ann).await;
    // With scripts as ever.
    let json = form(&door, &ann, "create-instance", &fields, true).shown().await.is(401);
    assert_eq!(json.json()["refused"]["error"]["code"], "unauthenticated");

    let asked = form(&door, &ann, "create-instance", &fields, false).shown().await.is(401).text();
    assert!(!asked.contains("<script>alert") && !asked.contains("geheim"), "{asked}");
    assert!(asked.contains(r#"value="/instances/create""#), "back to where it was: {asked}");
    let kept = refused(&door, &ann, "create-instance", &fields).await;
    for _ in 0..3 {
        let again = sign_in(&door, &acme.email, "not the password", &kept).await.is(401).text();
        assert!(again.contains("Your session has ended, and nothing was done yet."), "{again}");
        assert!(again.contains("E-mail or password is wrong, or the code"), "{again}");
        assert_eq!(carried(&again), Some(kept.clone()), "neither lost nor grown");
    }

    let back = sign_in(&door, &acme.email, PASSWORD, &kept).await.is(200);
    let ann = Who::Session(back.cookie().expect("a session"));
    assert_eq!(back.header("cache-control"), "no-store");
    let page = back.text();
    assert!(page.contains("You are signed in again. Nothing was sent yet"), "{page}");
    assert!(page.contains("Secrets are never kept"), "{page}");
    assert!(page.contains(&acme.email), "as who has signed in: {page}");
    for shown in [r#"value="web-kept""#, r#"value="42""#, ">env=kept</textarea>"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(page.contains("&lt;/textarea>&lt;script>alert"), "{page}");
    assert!(!page.contains("<script>alert") && carried(&page).is_none(), "{page}");
    assert_eq!(names(&platform, &acme).await, [] as [Value; 0], "nothing was sent");

    let sent = form(&door, &ann, "create-instance", &fields, false).shown().await.is(303);
    assert!(sent.header("location").starts_with("/instances/"));
    assert_eq!(names(&platform, &acme).await, ["web-kept"]);
    platform.finish().await;
}

#[tokio::test]
async fn what_others_changed_meanwhile_is_merged_after_the_sign_in() {
    let (platform, acme) = Platform::new().await;
    let ann = person(&platform, &acme).await;
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    let id = acme.instance(&platform, "web").await.to_string();
    let path = format!("/instance/{id}");
    let seen = platform.door.get(&ann, &path).await.is(200).header("etag").to_owned();
    let page = format!("/instances/{id}/settings");
    let org = acme.org.to_string();
    let fields = [
        ("_path.id", id.as_str()),
        ("_page", page.as_str()),
        ("_organization", org.as_str()),
        ("_if-match", seen.as_str()),
        ("_was.name", "web"),
        ("name", "mine"),
    ];
    end(&platform, &ann).await;
    let kept = refused(&door, &ann, "update-instance", &fields).await;
    acme.done(&platform, "PUT", &path, json!({ "name": "theirs" })).await;
    let back = sign_in(&door, &acme.email, PASSWORD, &kept).await.is(200);
    let ann = Who::Session(back.cookie().unwrap());
    let page = back.text();
    // The form says what it had when it was opened, so sending it asks whose name stays.
    assert!(page.contains(r#"name="_was.name" value="web""#), "{page}");
    assert!(page.contains(r#"value="mine""#), "{page}");
    let merge = form(&door, &ann, "update-instance", &fields, false).shown().await.is(412).text();
    assert!(merge.contains("_merge.name"), "{merge}");
    platform.finish().await;
}

#[tokio::test]
async fn what_many_are_asked_and_what_was_typed_to_confirm_it_come_back() {
    let (platform, acme) = Platform::new().await;
    let ann = person(&platform, &acme).await;
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    let [a, b] = [acme.instance(&platform, "a").await, acme.instance(&platform, "b").await];
    let [a, b] = [a.to_string(), b.to_string()];
    let page = format!("/instances/bulk?act=delete-instance&id={a}&id={b}");
    let fields = [
        ("_page", page.as_str()),
        ("_return", "/bulk-actions/{reference}"),
        ("action", "delete-instance"),
        ("expected", "2"),
        ("ids[]", a.as_str()),
        ("ids[]", b.as_str()),
        ("_confirm", "2"),
    ];
    end(&platform, &ann).await;
    let kept = refused(&door, &ann, "create-bulk-action", &fields).await;
    let back = sign_in(&door, &acme.email, PASSWORD, &kept).await.is(200);
    let ann = Who::Session(back.cookie().unwrap());
    let page = back.text();
    let typed = page.split("<input").find(|input| input.contains(r#"name="_confirm""#)).unwrap();
    assert!(typed.contains(r#"value="2""#), "{typed}");
    assert!(page.contains(&a) && page.contains(&b));
    assert_eq!(names(&platform, &acme).await.len(), 2);
    form(&door, &ann, "create-bulk-action", &fields, false).shown().await.is(303);
    platform.drain().await;
    assert!(names(&platform, &acme).await.is_empty());
    platform.finish().await;
}

#[tokio::test]
async fn a_form_comes_back_in_its_organization_and_to_others_with_a_warning() {
    let (platform, acme) = Platform::new().await;
    let second = platform.tenant("Second", &acme.email).await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let ann = person(&platform, &acme).await;
    person(&platform, &other).await;
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    // Who signs in begins in the first of their organizations.
    let first = platform.door.get(&ann, "/me").await.json()["organization"]["id"].clone();
    let org = [acme.org, second.org].map(|org| org.to_string());
    let org = org.into_iter().find(|org| first != **org).unwrap();
    let fields =
        [("_page", "/ssh-keys"), ("_organization", org.as_str()), ("name", "my-laptop-key")];
    end(&platform, &ann).await;
    let kept = refused(&door, &ann, "register-ssh-key", &fields).await;

    let back = sign_in(&door, &acme.email, PASSWORD, &kept).await.is(200);
    let cookies: Vec<_> = back.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    let ann = Who::Session(back.cookie().unwrap());
    assert_eq!(platform.door.get(&ann, "/me").await.json()["organization"]["id"], json!(org));
    assert!(back.text().contains("You are signed in again."));
    assert!(back.text().contains("my-laptop-key"));

    let back = sign_in(&door, &other.email, PASSWORD, &kept).await.is(200);
    let bob = Who::Session(back.cookie().unwrap());
    let me = platform.door.get(&bob, "/me").await.json();
    assert_eq!(me["organization"]["id"], json!(other.org.to_string()));
    assert!(back.text().contains("was meant for another organization"));
    // The page that shows one organization acts in no other.
    form(&door, &bob, "register-ssh-key", &fields, false).shown().await.is(409);
    platform.finish().await;
}

#[tokio::test]
async fn hostile_forms_lead_to_a_plain_sign_in() {
    let (platform, acme) = Platform::new().await;
    let ann = person(&platform, &acme).await;
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    end(&platform, &ann).await;
    let fields = [("_page", "/ssh-keys"), ("name", "key")];
    let good = refused(&door, &ann, "register-ssh-key", &fields).await;
    let nested = good.replace("key\"]", &format!("key\"],[\"_kept\",{}]", json!(good)));
    for bad in [
        "",
        "{",
        "%ff%00\u{0}",
        "[[[[[[[[",
        &good.replace("register-ssh-key", "create-session"),
        &good.replace("register-ssh-key", "list-ssh-keys"),
        &good.replace("register-ssh-key", "../../etc/passwd"),
    ] {
        let wrong = sign_in(&door, &acme.email, "wrong", bad).await.is(401).text();
        assert!(carried(&wrong).is_none() && !wrong.contains("nothing was done yet"), "{bad}");
        let right = sign_in(&door, &acme.email, PASSWORD, bad).await.is(303);
        assert_eq!(right.header("location"), "/instances");
    }
    let wrong = sign_in(&door, &acme.email, "wrong", &nested).await.is(401).text();
    assert_eq!(carried(&wrong), Some(good.clone()), "one is enough");
    // An address of another site is none.
    let away = good.replace("\"/ssh-keys\"", "\"//evil.example/x\"");
    let home = sign_in(&door, &acme.email, PASSWORD, &away).await.is(200).text();
    assert!(!home.contains("evil.example\""), "{home}");

    // What another site sends is never shown as one's own; what is too large is not kept.
    let foreign = form(&door, &Who::Nobody, "register-ssh-key", &fields, false);
    let foreign = foreign.header("origin", "https://evil.example").shown().await.is(303);
    assert_eq!(foreign.header("location"), "/sign-in?return=%2Fssh-keys");
    let large = "x".repeat(700_000);
    let fields = [("_page", "/ssh-keys"), ("public-key", large.as_str())];
    let large = form(&door, &ann, "register-ssh-key", &fields, false).shown().await.is(401).text();
    assert!(large.contains("too large to be kept") && carried(&large).is_none());
    assert!(large.len() < 100_000, "{}", large.len());
    platform.finish().await;
}

#[tokio::test]
async fn forms_that_call_nothing_are_kept_too_and_signing_out_is_done() {
    let (platform, acme) = Platform::new().await;
    let ann = person(&platform, &acme).await;
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    end(&platform, &ann).await;
    let org = acme.org.to_string();
    let shaped = [
        ("_page", "/lists/instances/columns"),
        ("_organization", org.as_str()),
        ("_reshape", "up labels"),
    ];
    let kept = refused(&door, &ann, "update-preferences", &shaped).await;
    sign_in(&door, &acme.email, PASSWORD, &kept).await.is(200);
    let out = [("_page", "/"), ("_path.id", "current"), ("_return", "/sign-in")];
    form(&door, &ann, "delete-session", &out, false).shown().await.is(303);
    platform.finish().await;
}
