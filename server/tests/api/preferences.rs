//! What a person chose, in one organization: columns, and whether single keys do something.

use crate::harness::{Platform, Who};
use domain::OrgId;
use serde_json::json;

#[tokio::test]
async fn chosen_columns_are_kept_per_person_and_organization() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let get = async |who: &Who| platform.door.get(who, "/preferences").await.is(200);
    assert_eq!(get(&ann).await.json(), json!({ "columns": {}, "single-keys": true }));
    let columns = json!(["name", "zone", "state"]);
    let body = json!({ "list": "instances", "columns": columns });
    platform.door.put(&ann, "/preferences", body).await.is(200);
    assert_eq!(get(&ann).await.json()["columns"]["instances"], columns);
    let me = platform.door.get(&ann, "/me").await.is(200).json();
    assert_eq!(me["preferences"]["columns"]["instances"], columns);
    let other = platform.tenant("Second", &acme.email).await;
    let switch = async |who: &Who, to: OrgId| {
        let body = json!({ "organization": to });
        let answer = platform.door.put(who, "/me:switch-organization", body).await.is(200);
        Who::Session(answer.cookie().unwrap())
    };
    let there = switch(&ann, other.org).await;
    assert_eq!(get(&there).await.json(), json!({ "columns": {}, "single-keys": true }));
    let ann = switch(&there, acme.org).await;
    assert_eq!(get(&ann).await.json()["columns"]["instances"], columns);
    platform.door.put(&ann, "/preferences", json!({ "list": "instances" })).await.is(200);
    assert_eq!(get(&ann).await.json(), json!({ "columns": {}, "single-keys": true }));
    platform.finish().await;
}

#[tokio::test]
async fn columns_that_are_not_there_are_refused_and_keys_have_none() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    for columns in
        [json!(["name", "price"]), json!(["zone"]), json!(["name", "zone", "zone"]), json!([])]
    {
        let body = json!({ "list": "instances", "columns": columns });
        let answer = platform.door.put(&ann, "/preferences", body).await.is(400);
        assert_eq!(answer.fields(), ["columns"], "{columns}");
    }
    let body = json!({ "list": "instances", "columns": ["name"] });
    let put = |tag: &str| {
        let ask = platform.door.ask("PUT", "/preferences").by(&ann).header("if-match", tag);
        ask.json(&body).send()
    };
    put("\"0\"").await.is(200);
    put("\"0\"").await.is(412);
    platform.door.get(&acme.owner, "/preferences").await.is(403);
    platform.door.put(&acme.owner, "/preferences", body.clone()).await.is(403);
    assert!(platform.door.get(&acme.owner, "/me").await.json()["preferences"].is_null());
    platform.finish().await;
}

#[tokio::test]
async fn single_keys_are_turned_off_and_on_beside_the_columns() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let put = async |body| platform.door.put(&ann, "/preferences", body).await;
    put(json!({ "list": "instances", "columns": ["name"] })).await.is(200);
    for on in [false, true, false] {
        let answer = put(json!({ "single-keys": on })).await.is(200).json();
        assert_eq!(answer, json!({ "columns": { "instances": ["name"] }, "single-keys": on }));
    }
    let me = platform.door.get(&ann, "/me").await.is(200).json();
    assert_eq!(me["preferences"]["single-keys"], json!(false));
    put(json!({ "list": "instances" })).await.is(200);
    assert_eq!(platform.door.get(&ann, "/preferences").await.json()["single-keys"], json!(false));
    for wrong in [json!({}), json!({ "columns": ["name"] })] {
        assert_eq!(put(wrong).await.is(400).fields(), ["list"]);
    }
    platform.finish().await;
}
