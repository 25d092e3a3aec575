//! How long a refusal takes tells nothing of what was wrong: neither how much of a secret was right, nor
//! whether there is who was named.
//!
//! Two kinds of requests are sent in turn, so that whatever else the machine does meets both alike; what
//! is compared is Welch's t (Welch, Biometrika 34, 1947), as in `dudect` (Reparaz et al., 2017), after the slowest
//! were left out. More than 4.5 would be a difference that can be measured.

use crate::harness::{Ask, Platform, Who};
use serde_json::json;
use std::time::{Duration, Instant};

const DIFFERENT: f64 = 4.5;
/// Of a hundred; the slowest were interrupted.
const KEPT: usize = 80;

/// Sends both in turn, in an order that changes, and says how far apart they are.
async fn t(rounds: usize, mut ask: impl FnMut(usize) -> [Ask; 2]) -> f64 {
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..rounds {
        let mut pair = ask(round).map(Some);
        for place in [round % 2, (round + 1) % 2] {
            let ask = pair[place].take().unwrap();
            let began = Instant::now();
            let response = ask.respond().await;
            times[place].push(began.elapsed().as_secs_f64());
            assert_eq!(response.status(), 401);
        }
    }
    let [one, other] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times.truncate(times.len() * KEPT / 100);
        let count = times.len() as f64;
        let mean = times.iter().sum::<f64>() / count;
        let spread = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
        (mean, spread / count)
    });
    (one.0 - other.0) / (one.1 + other.1).sqrt()
}

/// With another character in this place.
fn other_at(text: &str, place: usize) -> String {
    let other = if text[place..].starts_with('A') { "B" } else { "A" };
    format!("{}{other}{}", &text[..place], &text[place + 1..])
}

#[tokio::test]
async fn a_signature_is_compared_as_a_whole() {
    let (platform, acme) = Platform::new().await;
    let ask = platform.door.ask("GET", "/instance").by(&acme.owner);
    let ask = |_| {
        let good = ask.authorization();
        let begins = good.find("signature=").unwrap() + "signature=".len();
        // The last character before the padding stands for fewer bits.
        [begins, good.len() - 3].map(|place| {
            platform.door.ask("GET", "/instance").header("authorization", other_at(&good, place))
        })
    };
    let t = t(1_500, ask).await;
    assert!(t.abs() < DIFFERENT, "{t}");
    platform.finish().await;
}

#[tokio::test]
async fn a_token_is_looked_up_as_a_whole() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let Who::Token(token) = acme.token(&platform, &ann).await else { panic!("no token") };
    let ask = |_| {
        [token.len() / 2, token.len() - 1].map(|place| {
            platform.door.ask("GET", "/instance").by(&Who::Token(other_at(&token, place)))
        })
    };
    let t = t(1_500, ask).await;
    assert!(t.abs() < DIFFERENT, "{t}");
    platform.finish().await;
}

#[tokio::test]
async fn who_is_not_there_takes_as_long_to_refuse_as_who_is() {
    let (platform, acme) = Platform::new().await;
    let ann = acme.sign_in(&platform).await;
    let password = json!({ "password": "a long enough password" });
    platform.door.put(&ann, "/me/password", password).await.is(200);
    let ask = |_| {
        // Failures are limited for each of both.
        platform.clock.advance(Duration::from_secs(600));
        [acme.email.as_str(), "nobody@acme.example"].map(|email| {
            let body = json!({ "email": email, "password": "wrong wrong wrong" });
            platform.door.ask("POST", "/session").json(&body)
        })
    };
    let t = t(60, ask).await;
    assert!(t.abs() < DIFFERENT, "{t}");
    platform.finish().await;
}
