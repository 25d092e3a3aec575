//! An authenticator app.

use super::{Platform, Who};
use serde_json::json;
use server::sessions::second_factor::totp;

impl Platform {
    /// What the app shows now.
    pub fn code(&self, secret: &[u8]) -> String {
        self.code_in(secret, 0)
    }

    /// What it shows so many steps later.
    pub fn code_in(&self, secret: &[u8], steps: i64) -> String {
        totp::code(secret, totp::step(self.cloud.now()) + steps)
    }

    /// Begins two-step sign-in; the app's secret.
    pub async fn begin_two_step(&self, who: &Who) -> Vec<u8> {
        let begun = self.door.post(who, "/me/second-factor", json!({})).await.is(200);
        let begun: api::SecondFactor = begun.body();
        plain(&begun.pending.unwrap().secret)
    }

    /// What the app shows now of somebody who has begun.
    pub async fn pending_code(&self, who: &Who) -> String {
        let shown = self.door.get(who, "/me/second-factor").await.is(200);
        self.code(&plain(&shown.body::<api::SecondFactor>().pending.unwrap().secret))
    }

    /// Turns two-step sign-in on; the app's secret, and the recovery codes.
    pub async fn two_step(&self, who: &Who) -> (Vec<u8>, Vec<String>) {
        let secret = self.begin_two_step(who).await;
        let code = json!({ "code": self.code(&secret) });
        let made = self.door.put(who, "/me/second-factor:confirm", code).await.is(200);
        let made: api::RecoveryCodes = made.body();
        (secret, made.recovery_codes)
    }
}

/// Of base32.
fn plain(text: &str) -> Vec<u8> {
    let value = |c: char| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap();
    let bits: Vec<usize> =
        text.chars().flat_map(|c| (0..5).rev().map(move |bit| value(c) >> bit & 1)).collect();
    let byte = |bits: &[usize]| bits.iter().fold(0, |byte, bit| byte << 1 | *bit as u8);
    bits.chunks_exact(8).map(byte).collect()
}
