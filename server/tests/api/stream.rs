//! The stream of changes: everybody may listen, and hears of what they may read.

use crate::{
    harness::{Platform, Who},
    policies::rules,
};
use axum::body::BodyDataStream;
use futures::StreamExt;
use serde_json::json;
use std::time::Duration;

/// A listener, and what it has heard since it was last asked.
pub struct Listener(BodyDataStream);

impl Listener {
    pub async fn open(platform: &Platform, who: &Who) -> Listener {
        Listener::at(platform, who, "/stream").await
    }

    async fn at(platform: &Platform, who: &Who, path: &str) -> Listener {
        let response = platform.door.ask("GET", path).by(who).respond().await;
        assert_eq!(response.status(), 200);
        let mut listener = Listener(response.into_body().into_data_stream());
        listener.heard("hello").await;
        listener
    }

    /// All that comes before something that says this.
    pub async fn heard(&mut self, until: &str) -> String {
        let mut heard = String::new();
        while !heard.contains(until) {
            let next = tokio::time::timeout(Duration::from_secs(30), self.0.next()).await;
            let bytes = next.expect("it is said").expect("the stream goes on").unwrap();
            heard.push_str(std::str::from_utf8(&bytes).unwrap());
        }
        heard
    }

    /// Waits until the platform ends it.
    pub async fn ends(self) {
        let rest = tokio::time::timeout(Duration::from_secs(30), self.0.collect::<Vec<_>>()).await;
        assert!(rest.is_ok(), "the stream ends");
    }
}

#[tokio::test]
async fn one_hears_of_what_one_may_read_and_asks_anew_when_that_changes() {
    let (platform, acme) = Platform::new().await;
    let role = json!({ "name": "keys", "policy": rules("iam", &[("allow", "true")]) });
    let made = platform.door.post(&acme.owner, "/iam-role", role).await.is(200).json();
    let key = acme.key(&platform, "keys").await;
    let mut all = Listener::open(&platform, &acme.owner).await;
    let mut some = Listener::open(&platform, &key).await;

    acme.ssh_key(&platform, "laptop").await;
    acme.key(&platform, "Owner").await;
    assert!(all.heard(r#""kind":"api-key""#).await.contains(r#""kind":"ssh-key""#));
    assert!(!some.heard(r#""kind":"api-key""#).await.contains("ssh-key"));

    let id = made["reference"]["id"].as_str().unwrap();
    let policy = rules("compute", &[("allow", "operation == 'list-ssh-keys'")]);
    platform.door.put(&acme.owner, &format!("/iam-role/{id}:policy"), policy).await.is(200);
    some.ends().await;
    let mut some = Listener::open(&platform, &key).await;
    acme.key(&platform, "Owner").await;
    acme.ssh_key(&platform, "desk").await;
    assert!(!some.heard(r#""kind":"ssh-key""#).await.contains("api-key"));
    platform.finish().await;
}

#[tokio::test]
async fn whoever_begins_to_listen_is_told_what_changed_since_they_read() {
    let (platform, acme) = Platform::new().await;
    let beta = platform.tenant("Beta", "bea@beta.example").await;
    let role = json!({ "name": "keys", "policy": rules("iam", &[("allow", "true")]) });
    platform.door.post(&acme.owner, "/iam-role", role).await.is(200);
    let key = acme.key(&platform, "keys").await;
    platform.clock.advance(Duration::from_secs(1));
    let since = platform.cloud.now();
    acme.ssh_key(&platform, "laptop").await;
    beta.ssh_key(&platform, "desk").await;

    let asked = format!("/stream?since={since}");
    let mut all = Listener::at(&platform, &acme.owner, &asked).await;
    let mut some = Listener::at(&platform, &key, &asked).await;
    acme.key(&platform, "Owner").await;
    let heard = all.heard(r#""kind":"api-key""#).await;
    assert!(heard.contains("laptop") && !heard.contains("desk"), "{heard}");
    assert!(!some.heard(r#""kind":"api-key""#).await.contains("laptop"));
    let mut late = Listener::at(&platform, &acme.owner, "/stream?since=2020-01-01T00:00:00Z").await;
    late.heard("lagged").await;

    let refused = platform.door.get(&acme.owner, "/stream?since=yesterday").await;
    assert_eq!((refused.status, refused.message().contains("since")), (400, true));
    platform.door.get(&acme.owner, "/stream?from=2020-01-01T00:00:00Z").await.is(400);
    platform.finish().await;
}
