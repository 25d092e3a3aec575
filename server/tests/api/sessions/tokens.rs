//! Access tokens of people.

use crate::harness::{Platform, Who};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn tokens_expire_are_revoked_and_belong_to_people() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let token = acme.token(&platform, &ann).await;
    platform.door.get(&token, "/instance").await.is(200);
    platform.door.get(&Who::Token("couloir_nonsense".into()), "/instance").await.is(401);
    let list: api::AccessTokens = platform.door.get(&ann, "/access-token").await.is(200).body();
    let id = list.access_tokens[0].id;
    platform.door.delete(&ann, &format!("/access-token/{id}")).await.is(200);
    platform.door.get(&token, "/instance").await.is(401);
    for days in [0, -1, 366, i64::MAX] {
        let body = json!({ "name": "long", "days": days });
        assert_eq!(
            platform.door.post(&ann, "/access-token", body).await.is(400).fields(),
            ["days"]
        );
    }
    let body = json!({ "name": "short", "days": 1 });
    let short: Value = platform.door.post(&ann, "/access-token", body).await.is(200).json();
    let short = Who::Token(short["token"].as_str().unwrap().to_owned());
    platform.clock.advance(Duration::from_secs(86_399));
    platform.door.get(&short, "/instance").await.is(200);
    platform.clock.advance(Duration::from_secs(1));
    platform.door.get(&short, "/instance").await.is(401);
    let body = json!({ "name": "ci" });
    platform.door.post(&acme.owner, "/access-token", body).await.is(403);
    platform.finish().await;
}
