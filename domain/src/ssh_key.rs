//! SSH public keys in OpenSSH's one-line form, and the names they go by.

use base64::{Engine as _, engine::general_purpose::STANDARD};

pub const PUBLIC_KEY_CHARACTERS_MAX: usize = 16_384;

/// A checked public key: its type, the decoded blob that fingerprints are taken of, the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    pub kind: String,
    pub blob: Vec<u8>,
    pub line: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SshKeyError {
    #[error("may have at most {PUBLIC_KEY_CHARACTERS_MAX} characters")]
    TooLong,
    #[error("must be one line: type, base64, comment (what `ssh-keygen` writes to the .pub file)")]
    NotOneLine,
    #[error("looks like a private key: paste the .pub file, and consider the private one leaked")]
    Private,
    #[error("has the type {0:?}; possible are ssh-ed25519, ssh-rsa, ecdsa-sha2-* and sk-*")]
    UnknownType(String),
    #[error("is damaged: the base64 part does not hold a key of the type it names")]
    Damaged,
    #[error(
        "must begin with a letter or digit and hold only letters, digits, '.', '_' and '-', at most 255"
    )]
    Name,
}

const TYPES: [&str; 8] = [
    "ssh-ed25519",
    "ssh-rsa",
    "ssh-dss",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// Reads a public key line (RFC 4253 section 6.6 for the blob: it begins with its own type).
pub fn parse(text: &str) -> Result<PublicKey, SshKeyError> {
    let line = text.trim();
    if line.len() > PUBLIC_KEY_CHARACTERS_MAX {
        return Err(SshKeyError::TooLong);
    }
    if line.contains("PRIVATE KEY") {
        return Err(SshKeyError::Private);
    }
    if line.contains(['\n', '\r']) {
        return Err(SshKeyError::NotOneLine);
    }
    let mut words = line.split_whitespace();
    let (Some(kind), Some(encoded)) = (words.next(), words.next()) else {
        return Err(SshKeyError::NotOneLine);
    };
    if !TYPES.contains(&kind) {
        return Err(SshKeyError::UnknownType(kind.to_owned()));
    }
    let blob = STANDARD.decode(encoded).map_err(|_| SshKeyError::Damaged)?;
    let named = blob.get(..4).and_then(|length| {
        let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
        blob.get(4..4_usize.checked_add(length)?)
    });
    if named != Some(kind.as_bytes()) {
        return Err(SshKeyError::Damaged);
    }
    Ok(PublicKey { kind: kind.to_owned(), blob, line: line.to_owned() })
}

/// `^[a-zA-Z0-9]{1}[a-zA-Z0-9._-]{0,254}$`, as in Exoscale's specification.
pub fn check_name(name: &str) -> Result<(), SshKeyError> {
    let mut bytes = name.bytes();
    let first = bytes.next().is_some_and(|b| b.is_ascii_alphanumeric());
    let rest = bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    if first && rest && name.len() <= 255 { Ok(()) } else { Err(SshKeyError::Name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host";

    #[test]
    fn the_blob_must_hold_the_type_it_names() {
        assert_eq!(parse(KEY).map(|k| k.kind).as_deref(), Ok("ssh-ed25519"));
        assert_eq!(parse(&KEY.replace("ssh-ed25519", "ssh-rsa")), Err(SshKeyError::Damaged));
        assert_eq!(parse("ssh-ed25519 AAAA"), Err(SshKeyError::Damaged));
        assert_eq!(parse("hello world"), Err(SshKeyError::UnknownType("hello".into())));
        assert_eq!(parse("hello"), Err(SshKeyError::NotOneLine));
        assert_eq!(parse("-----BEGIN OPENSSH PRIVATE KEY-----"), Err(SshKeyError::Private));
    }

    #[test]
    fn names() {
        assert_eq!(check_name("me.laptop_1"), Ok(()));
        for wrong in ["", "-a", "a b", "é", &"a".repeat(256)] {
            assert_eq!(check_name(wrong), Err(SshKeyError::Name), "{wrong}");
        }
    }
}
