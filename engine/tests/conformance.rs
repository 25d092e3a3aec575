//! One story, told to every engine: what holds for one has to hold for all.
//!
//! The simulation hears it always. Incus hears it when `COULOIR_TEST_INCUS` says where one is
//! (`unix:///...`), or when we may start a throw-away one, which takes root. Otherwise the test
//! says `SKIPPED:` and passes, unless `COULOIR_REQUIRE_INCUS=1`.

#![allow(clippy::unwrap_used)]

mod story;
mod support;

use engine::incus::Incus;
use engine::sim::{Pace, Sim, SimOptions};
use engine::{Engine, EngineKind};
use story::incus_side::IncusSide;
use story::sim_side::SimSide;
use support::throwaway::Throwaway;

#[tokio::test]
async fn on_the_simulation() {
    let sim = Sim::open(SimOptions { seed: 1, journal: None, pace: Pace::Instant }).unwrap();
    story::tell(&SimSide::new(sim)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_incus() {
    let Some(host) = Throwaway::or_skip("conformance on Incus") else { return };
    let side = IncusSide::new(&host).await;
    story::tell(&side).await;
    story::addresses::taken_meanwhile(&side).await;
    story::remote::reach(&side, &host).await;
}

#[tokio::test]
async fn an_engine_that_is_down_is_unreachable() {
    let incus = Incus::connect("incus:unix:///nowhere/unix.socket").unwrap();
    assert_eq!(incus.kind(), EngineKind::Incus);
    let error = incus.health().await.unwrap_err();
    assert!(error.is_worth_retrying(), "{error}");
    let error = incus.list().await.unwrap_err();
    assert!(error.is_worth_retrying(), "{error}");
}
