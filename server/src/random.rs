//! The only source of randomness.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Timestamp, Uuid};

/// Fills an array from the operating system.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut buffer = [0; N];
    getrandom::fill(&mut buffer).expect("the operating system gives random bytes");
    buffer
}

/// A UUIDv7: sorts by the time it was made.
pub fn id(now: Timestamp) -> Uuid {
    let millis = u64::try_from(now.0 / 1_000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes()).into_uuid()
}

/// 256 bits as URL-safe text, for tokens and secrets.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// Lower-case hexadecimal of `N` random bytes.
pub fn hex<const N: usize>() -> String {
    bytes::<N>().iter().map(|b| format!("{b:02x}")).collect()
}

/// A password that people can type: 20 letters and digits that are not mistaken for each other
/// (about 114 bits).
pub fn password() -> String {
    chosen(b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20)
}

/// So many small letters and digits that are not mistaken for each other (about 5 bits each).
pub fn letters(count: usize) -> String {
    chosen(b"abcdefghjkmnpqrstuvwxyz23456789", count)
}

fn chosen(alphabet: &[u8], count: usize) -> String {
    let mut text = String::new();
    while text.len() < count {
        // Rejects what would make some letters likelier than others.
        let byte = usize::from(bytes::<1>()[0]);
        if byte < 256 - 256 % alphabet.len() {
            text.push(char::from(alphabet[byte % alphabet.len()]));
        }
    }
    text
}

/// A number below `below`, for jitter.
pub fn below(below: u64) -> u64 {
    if below == 0 { 0 } else { u64::from_le_bytes(bytes()) % below }
}
