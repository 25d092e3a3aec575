//! Codes of an authenticator app (RFC 6238), as all of them make them: six digits of an HMAC-SHA-1,
//! another every thirty seconds.

use crate::error::{Error, Result};
use domain::Timestamp;
use qrcode::{EcLevel, QrCode, render::svg};
use ring::hmac;
use subtle::ConstantTimeEq;

const STEP_SECONDS: i64 = 30;
/// 160 bits, as RFC 4226 recommends (section 4, R6).
pub const SECRET_BYTES: usize = 20;
/// Steps that a phone's clock may be ahead or behind.
const WINDOW: i64 = 1;
/// What a QR code is drawn in, at least.
const PIXELS: u32 = 232;

pub fn step(now: Timestamp) -> i64 {
    now.unix_seconds().div_euclid(STEP_SECONDS)
}

/// The code of a step (RFC 4226 section 5.3).
pub fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let digest = hmac::sign(&key, &step.to_be_bytes());
    let digest = digest.as_ref();
    let at = usize::from(digest[digest.len() - 1] & 0x0f);
    let bytes = [digest[at] & 0x7f, digest[at + 1], digest[at + 2], digest[at + 3]];
    format!("{:06}", u32::from_be_bytes(bytes) % 1_000_000)
}

/// The step that a code belongs to, if it is one of now and after the last that was used.
pub fn matching(secret: &[u8], typed: &str, now: Timestamp, last: i64) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let now = step(now);
    // All are compared, however early one fits.
    let fits: Vec<i64> = (now - WINDOW..=now + WINDOW)
        .filter(|step| bool::from(code(secret, *step).as_bytes().ct_eq(typed.as_bytes())))
        .collect();
    fits.into_iter().find(|step| *step > last)
}

/// RFC 4648 section 6, without padding: what apps take when it is typed.
pub fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bit = |n: usize| bytes.get(n / 8).is_some_and(|byte| byte >> (7 - n % 8) & 1 == 1);
    (0..bytes.len() * 8)
        .step_by(5)
        .map(|start| (start..start + 5).fold(0, |value, n| value << 1 | usize::from(bit(n))))
        .map(|value| char::from(ALPHABET[value]))
        .collect()
}

/// What a QR code holds: the app shows it as the platform's, with the person's address.
pub fn uri(origin: &str, email: &str, secret: &str) -> String {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let issuer = format!("Couloir {host}");
    let (issuer, email) = (api::encode(&issuer), api::encode(email));
    format!("otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}")
}

/// Dark on light with a margin, whatever the page's colours are: cameras need that.
pub fn drawn(uri: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(uri, EcLevel::M).map_err(Error::internal)?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(PIXELS, PIXELS)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, its last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(secret, step(Timestamp::from_unix_seconds(seconds))), expected);
        }
    }

    #[test]
    fn a_code_fits_a_step_around_now_and_none_that_was_used() {
        let (secret, now) = (b"12345678901234567890", Timestamp::from_unix_seconds(1_111_111_111));
        let present = step(now);
        for (ahead, fits) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let typed = code(secret, present + ahead);
            assert_eq!(matching(secret, &typed, now, 0).is_some(), fits, "{ahead}");
            assert_eq!(matching(secret, &typed, now, present + ahead), None);
        }
        assert_eq!(matching(secret, " 050 471\n", now, 0), Some(present));
        for wrong in ["", "05047", "0504711", "٠٥٠٤٧١"] {
            assert_eq!(matching(secret, wrong, now, 0), None, "{wrong}");
        }
    }

    #[test]
    fn base32_is_that_of_the_standard() {
        for (plain, expected) in [("f", "MY"), ("fo", "MZXQ"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(base32(plain.as_bytes()), expected);
        }
    }

    #[test]
    fn an_app_is_told_whose_it_is() {
        let uri = uri("https://cloud.example:8443", "ann+a@x.example", "MZXQ");
        assert!(uri.contains("Couloir%20cloud.example%3A8443:ann%2Ba%40x.example?"), "{uri}");
        assert!(drawn(&uri).is_ok_and(|svg| svg.contains("<svg")));
    }
}
