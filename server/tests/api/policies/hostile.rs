//! Rules that are written to stop the process or to hold it up: they allow nothing, and others are
//! served meanwhile.
//!
//! How much work they can make is bounded where it is done, and no time is measured here: sources of each
//! of these kinds are parsed within their limits and evaluated within the fuel of a decision, on a thread
//! with little stack, in `policy/tests/hostile.rs` and `policy/tests/exhausting.rs`; what that comes to as
//! time is told by `cargo xtask bench`.

use super::{key, rules};
use crate::harness::Platform;

#[tokio::test]
async fn hostile_rules_are_answered_and_allow_nothing() {
    let (platform, acme) = Platform::new().await;
    let list = "[0,1,2,3,4,5,6,7,8,9]";
    let loops = |depth: usize| {
        let open: String = (0..depth).map(|n| format!("{list}.all(v{n},")).collect();
        format!("{open}true{}", ")".repeat(depth))
    };
    let sources = [
        "(".repeat(2_000),
        format!("a{}", "[0]".repeat(600)),
        format!("{}1 > 0", "1+".repeat(1_000)),
        format!("{}true", "!".repeat(2_000)),
        loops(6),
        loops(7),
        format!("['0123456789']{} == 1", ".map(v,v+v)".repeat(24)),
        format!("[1]{} == 1", ".map(v,[v,v])".repeat(20)),
        format!("operation.matches(r'{}(a+)+$')", "(x+x+)+".repeat(10)),
        format!("{}operation.matches(r'(\\w{{100}})*!')", "operation != '' && ".repeat(20)),
        "\u{202e}🐱 == true".to_owned(),
    ];
    for (number, source) in sources.iter().enumerate() {
        let policy = rules("compute", &vec![("allow", source.as_str()); 10]);
        let key = key(&platform, &acme, &format!("Hostile {number}"), policy).await;
        platform.door.get(&key, "/instance").await.is(403);
        platform.door.get(&acme.owner, "/instance").await.is(200);
    }
    // A rule that takes all there is refuses, whatever comes behind it.
    let hog = loops(7);
    let policy = rules("compute", &[("deny", &hog), ("allow", "true")]);
    let key = key(&platform, &acme, "Hog", policy).await;
    let refused = platform.door.get(&key, "/instance").await.is(403);
    assert!(refused.message().contains("rule 1"), "{}", refused.message());
    assert!(refused.message().contains("more work than a decision may"), "{}", refused.message());
    platform.finish().await;
}
