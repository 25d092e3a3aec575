//! What is compressed on its way out, and what never is.

use crate::harness::{Answer, Ask, Door, Platform, Who};
use http_body_util::BodyExt;
use serde_json::json;

/// As the browser asks.
async fn sent(ask: Ask, encodings: &str) -> Answer {
    let response = ask.header("accept-encoding", encodings).respond().await;
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes().to_vec();
    Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }.is(200)
}

fn vary(answer: &Answer) -> String {
    let all = answer.headers.get_all("vary").iter();
    all.map(|v| v.to_str().unwrap()).collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn pages_and_long_answers_are_compressed_and_vary_by_it() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    acme.instance(&platform, "web").await;
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    for path in ["/", "/v2/instance-type", "/v2/openapi.json"] {
        let ask = || door.page(path).by(&ann);
        let plain = sent(ask(), "identity").await;
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        for encoding in ["br", "gzip"] {
            let packed = sent(ask(), encoding).await;
            assert_eq!(packed.header("content-encoding"), encoding, "{path}");
            assert!(packed.bytes.len() * 3 < plain.bytes.len(), "{path} with {encoding}");
            assert!(vary(&packed).contains("accept-encoding"), "{path}");
        }
        assert!(path != "/" || vary(&plain).contains("cookie, accept-language"));
    }
    let short = sent(door.ask("GET", "/me").by(&ann), "br").await;
    assert_eq!(short.header("content-encoding"), "", "{}", short.bytes.len());
    platform.finish().await;
}

#[tokio::test]
async fn a_compressed_answer_has_a_weak_tag_that_still_guards_a_change() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let path = format!("/instance/{id}");
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    let packed = sent(door.ask("GET", &path).by(&acme.owner), "gzip").await;
    let plain = sent(door.ask("GET", &path).by(&acme.owner), "identity").await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_eq!(packed.header("etag"), format!("W/{}", plain.header("etag")));
    let rename = |name: &str| {
        let ask = door.ask("PUT", &path).by(&acme.owner).json(&json!({ "name": name }));
        ask.header("if-match", packed.header("etag")).send()
    };
    rename("new").await.is(200);
    rename("newer").await.is(412);
    platform.finish().await;
}

#[tokio::test]
async fn secrets_changes_and_streams_are_never_compressed() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let id = acme.instance(&platform, "web").await;
    let snapshot = acme.snapshot(&platform, id).await;
    for _ in 0..3 {
        acme.snapshot(&platform, id).await;
    }
    let door = Door::whole(&platform.cloud, platform.clock.clone());
    let page = |path: &str| door.page(path).by(&ann);
    let connect = format!("/instances/{id}/connect");
    let encoding = async |ask: Ask| sent(ask, "br").await.header("content-encoding").to_owned();
    assert_eq!(encoding(page(&connect)).await, "br");

    let shown = sent(page(&format!("{connect}?password=shown")), "br").await;
    let password = door.get(&ann, &format!("/instance/{id}:password")).await.is(200).json();
    assert!(shown.text().contains(password["password"].as_str().unwrap()));

    let list = || door.ask("GET", "/snapshot").by(&acme.owner);
    assert_eq!(encoding(list()).await, "br");
    acme.done(&platform, "POST", &format!("/snapshot/{snapshot}:export"), json!({})).await;
    let with_address = sent(list(), "br").await.json();
    let exported =
        with_address["snapshots"].as_array().unwrap().iter().find_map(|s| {
            s["export"]["presigned-url"].as_str()?.strip_prefix(crate::harness::ORIGIN)
        });
    let file = exported.unwrap();
    assert_eq!(encoding(door.ask("GET", file)).await, "");

    let mut form = door.page("/form/create-api-key").by(&ann);
    form.method = "POST".to_owned();
    let role = acme.role(&platform, "Owner").await;
    let made = sent(form.bytes(format!("name=laptop&role-id={role}&page=/")), "br").await;
    assert!(made.text().starts_with("<!DOCTYPE html>"), "shown as it is");
    let stream = door.ask("GET", "/stream").by(&ann).header("accept-encoding", "br");
    assert!(!stream.respond().await.headers().contains_key("content-encoding"));
    let stranger = sent(page("/sign-in").by(&Who::Nobody), "br").await;
    assert_eq!(stranger.header("content-encoding"), "br");
    platform.finish().await;
}
