//! Receivers that speak TLS: who is believed, and what is said of who is not.

use super::{
    create, deliveries,
    sink::{Answers, Sink},
    work,
};
use crate::harness::{Platform, Tenant, tls};
use domain::webhook::DeliveryState;
use serde_json::json;
use server::outbound;
use std::sync::{Arc, Mutex};
use tls::{Authority, Front, HOST};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// A platform that believes the authority.
async fn believing(authority: &Authority, private: bool) -> (Platform, Tenant) {
    Platform::reaching(outbound::Setting { private, ca_file: Some(authority.file()) }).await
}

/// What is said of the only delivery to a new webhook there.
async fn refusal(platform: &Platform, acme: &Tenant, url: &str) -> String {
    let made = create(platform, acme, url, json!({})).await;
    work(platform).await;
    let listed = deliveries(platform, acme, &made).await;
    let last = listed.last().unwrap();
    assert_eq!((last.state, last.status), (DeliveryState::Pending, None), "{last:?}");
    let path = format!("/webhook/{}", made.id);
    platform.door.ask("DELETE", &path).by(&acme.owner).send().await.is(200);
    last.error.clone().unwrap()
}

#[tokio::test]
async fn a_receiver_of_an_authority_that_the_operator_named_is_told() {
    let authority = Authority::new();
    let (platform, acme) = believing(&authority, true).await;
    let sink = Sink::open(Answers::All(204)).await;
    let front = Front::of(&sink.url, authority.certificate(HOST)).await;
    let made = create(&platform, &acme, &front.url(HOST), json!({})).await;
    work(&platform).await;
    let listed = deliveries(&platform, &acme, &made).await;
    let states: Vec<_> = listed.iter().map(|one| (one.state, one.status)).collect();
    assert_eq!(states, [(DeliveryState::Delivered, Some(204))]);
    let message = sink.taken().pop().unwrap();
    assert!(message.is_signed_with(&made.secret));
    assert!(message.headers["host"].starts_with("localhost:"), "{:?}", message.headers);
    // Redirects are as little followed as without TLS.
    let inside = Sink::open(Answers::All(200)).await;
    sink.answers(Answers::Redirects(inside.url.clone()));
    let path = format!("/webhook/{}:test", made.id);
    platform.door.post(&acme.owner, &path, json!({})).await.is(200);
    work(&platform).await;
    let listed = deliveries(&platform, &acme, &made).await;
    let said = listed.into_iter().find_map(|one| one.error).unwrap();
    assert!(said.contains("not followed"), "{said}");
    assert_eq!(inside.connections(), 0);
    platform.finish().await;
}

#[tokio::test]
async fn a_certificate_that_proves_nothing_is_refused_with_its_reason() {
    let authority = Authority::new();
    let (platform, acme) = believing(&authority, true).await;
    for (shown, reason) in [
        (tls::self_signed(), "not from an authority that is trusted"),
        (Authority::new().certificate(HOST), "not from an authority that is trusted"),
        (authority.expired(), "has expired"),
        (authority.of_later(), "is not valid yet"),
        (authority.certificate("other.example"), "is for another name"),
    ] {
        let sink = Sink::open(Answers::All(204)).await;
        let front = Front::of(&sink.url, shown).await;
        let error = refusal(&platform, &acme, &front.url(HOST)).await;
        assert!(error.contains(reason) && error.contains(HOST), "{reason}: {error}");
        assert!(!error.contains("other.example"), "what else is there is not told: {error}");
        assert_eq!((front.connections(), sink.connections()), (1, 0), "{reason}");
    }
    platform.finish().await;
}

#[tokio::test]
async fn without_the_file_an_authority_of_ones_own_is_nobody() {
    let authority = Authority::new();
    let (platform, acme) = Platform::to_private_addresses().await;
    let sink = Sink::open(Answers::All(204)).await;
    let front = Front::of(&sink.url, authority.certificate(HOST)).await;
    let error = refusal(&platform, &acme, &front.url(HOST)).await;
    assert!(error.contains("not from an authority that is trusted"), "{error}");
    assert_eq!(sink.connections(), 0);
    platform.finish().await;
}

#[tokio::test]
async fn who_speaks_no_tls_is_never_told_in_plain_text() {
    let authority = Authority::new();
    let (platform, acme) = believing(&authority, true).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let heard: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
    let own = heard.clone();
    // As a web server answers what it does not understand.
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 4_096];
            let n = stream.read(&mut buffer).await.unwrap_or_default();
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
            own.lock().unwrap().push(buffer[..n].to_vec());
        }
    });
    let error = refusal(&platform, &acme, &url).await;
    assert!(error.contains("speaks no TLS"), "{error}");
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.len(), 1, "nobody tries again in another way");
    // 22 begins a TLS handshake.
    assert_eq!(heard[0][0], 22);
    assert!(!heard[0].windows(7).any(|seven| seven == b"webhook"));
    platform.finish().await;
}

#[tokio::test]
async fn to_be_believed_opens_no_way_to_the_inside() {
    let authority = Authority::new();
    let (platform, acme) = believing(&authority, false).await;
    let sink = Sink::open(Answers::All(204)).await;
    let front = Front::of(&sink.url, authority.certificate(HOST)).await;
    let error = refusal(&platform, &acme, &front.url(HOST)).await;
    assert!(error.contains("not a public address"), "{error}");
    assert_eq!((front.connections(), sink.connections()), (0, 0));
    platform.finish().await;
}
