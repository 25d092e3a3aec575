//! Templates: public ones, one's own made of a snapshot, who uses them, and their end.

use crate::harness::{Platform, Tenant};
use domain::{InstanceId, TemplateId, operation::OperationState};
use engine::sim::{CallName, Fault};
use serde_json::{Value, json};

/// A template of one's own.
async fn golden(platform: &Platform, acme: &Tenant) -> TemplateId {
    let instance = acme.instance(platform, "web").await;
    let snapshot = acme.snapshot(platform, instance).await;
    acme.own_template(platform, snapshot).await
}

/// An instance made from a template.
async fn clone(platform: &Platform, acme: &Tenant, template: TemplateId, name: &str) -> InstanceId {
    let mut body = acme.body(platform, name).await;
    body["template"]["id"] = json!(template);
    let create = acme.done(platform, "POST", "/instance", body).await;
    InstanceId(create.reference.unwrap().id)
}

#[tokio::test]
async fn a_promoted_snapshot_is_a_template_of_its_own() {
    let (platform, acme) = Platform::new().await;
    let instance = acme.instance(&platform, "web").await;
    let snapshot = acme.snapshot(&platform, instance).await;
    let body = json!({ "name": "golden", "description": "patched", "default-user": "admin", "password-enabled": false });
    let promote =
        acme.done(&platform, "POST", &format!("/snapshot/{snapshot}:promote"), body).await;
    let id = promote.reference.unwrap().id;
    let list: api::Templates =
        platform.door.get(&acme.owner, "/template?visibility=private").await.is(200).body();
    assert_eq!(list.templates.len(), 1);
    let template = platform.door.get(&acme.owner, &format!("/template/{id}")).await.is(200);
    assert_eq!(template.json()["default-user"], "admin");

    acme.done(&platform, "PUT", &format!("/template/{id}"), json!({ "name": "golden-2" })).await;
    let stale = platform.door.ask("PUT", &format!("/template/{id}")).by(&acme.owner);
    let stale = stale
        .header("if-match", template.header("etag"))
        .json(&json!({ "name": "x" }))
        .send()
        .await
        .is(412);
    assert!(stale.message().contains("golden-2"), "{}", stale.message());

    let mut body = acme.body(&platform, "clone").await;
    body["template"]["id"] = json!(id);
    let create = platform.door.post(&acme.owner, "/instance", body.clone()).await.operation();
    platform.succeed(&acme.owner, &create).await;
    let clone = create.reference.unwrap().id;
    platform.door.get(&acme.owner, &format!("/instance/{clone}:password")).await.is(404);
    platform
        .door
        .put(&acme.owner, &format!("/instance/{clone}:reset-password"), json!({}))
        .await
        .is(409);

    acme.done(&platform, "DELETE", &format!("/instance/{clone}"), json!({})).await;
    acme.done(&platform, "DELETE", &format!("/template/{id}"), json!({})).await;
    platform.door.get(&acme.owner, &format!("/template/{id}")).await.is(404);
    assert_eq!(
        platform.door.post(&acme.owner, "/instance", body).await.is(400).fields(),
        ["template.id"]
    );
    assert_eq!(platform.door.get(&acme.owner, "/quota/template").await.json()["usage"], 0);
    platform.finish().await;
}

#[tokio::test]
async fn public_templates_belong_to_the_operator() {
    let (platform, acme) = Platform::new().await;
    let id = acme.template(&platform, "ch-gva-2").await;
    platform
        .door
        .put(&acme.owner, &format!("/template/{id}"), json!({ "name": "mine" }))
        .await
        .is(403);
    platform.door.delete(&acme.owner, &format!("/template/{id}")).await.is(403);
    platform.finish().await;
}

#[tokio::test]
async fn a_template_that_could_not_be_made_is_not_counted() {
    let (platform, acme) = Platform::new().await;
    let instance = acme.instance(&platform, "web").await;
    let snapshot = acme.snapshot(&platform, instance).await;
    platform.sims[0].inject(CallName::Publish, Fault::Refuses, 1);
    let path = format!("/snapshot/{snapshot}:promote");
    let operation =
        platform.door.post(&acme.owner, &path, json!({ "name": "golden" })).await.operation();
    assert_eq!(platform.outcome(&acme.owner, operation.id).await.state, OperationState::Failure);
    assert_eq!(platform.door.get(&acme.owner, "/quota/template").await.json()["usage"], 0);
    platform.finish().await;
}

#[tokio::test]
async fn a_template_is_kept_for_as_long_as_an_instance_is_made_from_it() {
    let (platform, acme) = Platform::new().await;
    let template = golden(&platform, &acme).await;
    let path = format!("/template/{template}");
    let delete = async |status: u16| platform.door.delete(&acme.owner, &path).await.is(status);
    for name in ["a", "b", "c", "d"] {
        clone(&platform, &acme, template, name).await;
    }
    let rows = async || platform.dump().await["templates"].clone();
    let before = rows().await;
    let refused = delete(409).await.message();
    assert!(refused.contains("4 instances are made from it (a, b, c and 1 more)"), "{refused}");
    platform.door.delete(&acme.owner, &format!("{path}?dry-run=true")).await.is(409);
    let shown = platform.door.get(&acme.owner, &path).await.is(200);
    assert_eq!(shown.json()["name"], "golden", "it can still be used");
    assert_eq!(rows().await, before);

    let list = async || -> Vec<Value> {
        let path = format!("/instance?template-id={template}&totals=true");
        let json = platform.door.get(&acme.owner, &path).await.is(200).json();
        assert_eq!(json["total"], json["instances"].as_array().unwrap().len());
        json["instances"].as_array().unwrap().clone()
    };
    assert_eq!(list().await.len(), 4);
    // Reset to another template they no longer need it; those that are gone don't either.
    let other = acme.template(&platform, "ch-gva-2").await;
    for instance in &list().await[..2] {
        let reset = format!("/instance/{}:reset", instance["id"].as_str().unwrap());
        acme.done(&platform, "PUT", &reset, json!({ "template": { "id": other } })).await;
    }
    for instance in list().await {
        let id = instance["id"].as_str().unwrap();
        acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    }
    assert_eq!(list().await, [] as [Value; 0]);

    // What was accepted counts, before it is done.
    let web: api::Instances =
        platform.door.get(&acme.owner, "/instance?q=web").await.is(200).body();
    let reset = format!("/instance/{}:reset", web.instances[0].id);
    let body = json!({ "template": { "id": template } });
    platform.door.put(&acme.owner, &reset, body).await.is(200);
    assert!(delete(409).await.message().contains("1 instance is made from it (web)"));
    platform.drain().await;
    acme.done(&platform, "PUT", &reset, json!({ "template": { "id": other } })).await;
    delete(200).await;
    platform.drain().await;
    platform.door.get(&acme.owner, &path).await.is(404);
    platform.finish().await;
}

#[tokio::test]
async fn templates_are_filtered() {
    let (platform, acme) = Platform::new().await;
    golden(&platform, &acme).await;
    let of = async |query: &str| {
        let path = format!("/template?{query}");
        let list: api::Templates = platform.door.get(&acme.owner, &path).await.is(200).body();
        list.templates
    };
    let all = of("").await.len();
    let here = of("zone=ch-gva-2").await;
    assert!(!here.is_empty() && here.len() < all);
    assert!(here.iter().all(|t| t.zones == ["ch-gva-2"]));
    let debian = of("family=debian&zone=ch-gva-2").await;
    assert!(!debian.is_empty() && debian.iter().all(|t| t.family.as_deref() == Some("debian")));
    assert_eq!(of("q=DEBIAN&zone=ch-gva-2").await.len(), debian.len());
    assert_eq!(of(&format!("q={}", &debian[0].id)).await.len(), 1);
    assert_eq!(of("q=%25").await.len(), 0, "wildcards stand for themselves");
    assert_eq!(of("visibility=private&q=gold").await.len(), 1);
    assert_eq!(of("visibility=private&zone=de-fra-1").await.len(), 0);
    for wrong in ["zone=mars", "visibility=secret"] {
        let answer = platform.door.get(&acme.owner, &format!("/template?{wrong}")).await.is(400);
        assert_eq!(answer.fields(), [wrong.split('=').next().unwrap()]);
    }
    platform.door.get(&acme.owner, "/instance?template-id=x").await.is(400);
    platform.finish().await;
}
