//! A provider with a certificate of an authority of one's own.

use super::{
    World,
    provider::{Fault, Provider},
};
use crate::harness::{
    Platform,
    tls::{Authority, Front, HOST},
};
use serde_json::json;
use server::{clock::Clock, outbound};

#[tokio::test]
async fn a_provider_is_asked_if_its_certificate_is_believed() {
    let authority = Authority::new();
    let reach = outbound::Setting { private: true, ca_file: Some(authority.file()) };
    let (platform, acme) = Platform::reaching(reach).await;
    let provider = Provider::open(platform.clock.now().unix_seconds()).await;
    let world = World { platform, acme, provider };
    for (shown, status) in [(authority.expired(), 503), (authority.certificate(HOST), 200)] {
        let front = Front::of(&world.provider.issuer, shown).await;
        let issuer = front.url(HOST);
        world.provider.does(Fault::Issuer(issuer.clone()));
        world.set_up(json!({ "issuer": issuer })).await.is(200);
        let asked = world.provider.asked("discovery");
        let begun = world.begin_in(world.acme.org).await.is(status);
        let passed = usize::from(status == 200);
        assert_eq!(begun.text().contains("has expired"), passed == 0, "{}", begun.text());
        assert_eq!((front.connections(), world.provider.asked("discovery") - asked), (1, passed));
        let id = world.own().await.id;
        let path = format!("/identity-provider/{id}");
        world.platform.door.delete(&world.acme.owner, &path).await.is(200);
    }
    world.platform.finish().await;
}
