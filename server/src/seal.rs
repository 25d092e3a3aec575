//! Sealing secrets for the database: a dump of it opens nothing.
//!
//! XChaCha20-Poly1305 with a random nonce; the key lies in the data folder (`key`, mode 600) or
//! comes from the environment. What a secret belongs to is bound in as associated data, so that a
//! sealed text can't be moved to another row.

use crate::{error::Error, random};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::{io::Write, os::unix::fs::OpenOptionsExt, path::Path};

const NONCE_BYTES: usize = 24;

pub struct Sealer {
    cipher: XChaCha20Poly1305,
    key: [u8; 32],
}

impl Sealer {
    pub fn from_key(key: [u8; 32]) -> Sealer {
        Sealer { cipher: XChaCha20Poly1305::new(&key.into()), key }
    }

    /// The key from `base64` (32 bytes), or from the file in the data folder, made when absent.
    pub fn open(data: &Path, base64: Option<&str>) -> Result<Sealer, Error> {
        let file = data.join("key");
        let text = match base64 {
            Some(text) => text.to_owned(),
            None => match std::fs::read_to_string(&file) {
                Ok(text) => text,
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => create(&file)?,
                Err(e) => return Err(Error::Startup(format!("{}: {e}", file.display()))),
            },
        };
        let key = STANDARD.decode(text.trim()).ok().and_then(|k| k.try_into().ok());
        key.map(Sealer::from_key).ok_or_else(|| {
            Error::Startup("the key must be 32 bytes in base64 (openssl rand -base64 32)".into())
        })
    }

    pub fn seal(&self, belongs_to: &str, secret: &[u8]) -> String {
        let nonce = random::bytes::<NONCE_BYTES>();
        let payload = Payload { msg: secret, aad: belongs_to.as_bytes() };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a secret is far below the cipher's limit");
        STANDARD.encode([nonce.as_slice(), &sealed].concat())
    }

    pub fn unseal(&self, belongs_to: &str, sealed: &str) -> Result<Vec<u8>, Error> {
        let wrong = || {
            Error::Internal(format!(
                "the sealed secret of {belongs_to} can't be opened: was the key changed?"
            ))
        };
        let bytes = STANDARD.decode(sealed).map_err(|_| wrong())?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES).ok_or_else(wrong)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| wrong())?;
        let payload = Payload { msg: sealed, aad: belongs_to.as_bytes() };
        self.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| wrong())
    }

    /// A key of its own for a purpose of its own; nobody finds ours from it.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("any length is a key");
        mac.update(b"couloir-derive\n");
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// A keyed digest, for addresses that only we can make (hexadecimal).
    pub fn sign(&self, text: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("any length is a key");
        mac.update(b"couloir-link\n");
        mac.update(text.as_bytes());
        hex(&mac.finalize().into_bytes())
    }
}

fn create(file: &Path) -> Result<String, Error> {
    let text = STANDARD.encode(random::bytes::<32>());
    let failed = |e: std::io::Error| Error::Startup(format!("{}: {e}", file.display()));
    let mut open = std::fs::OpenOptions::new();
    let mut handle = open.write(true).create_new(true).mode(0o600).open(file).map_err(failed)?;
    handle.write_all(text.as_bytes()).and_then(|()| handle.sync_all()).map_err(failed)?;
    Ok(text)
}

/// SHA-256 in lower-case hexadecimal: how tokens are stored and found.
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_only_where_it_belongs() {
        let sealer = Sealer::from_key([7; 32]);
        let sealed = sealer.seal("api-key EXO1", b"secret");
        assert_eq!(sealer.unseal("api-key EXO1", &sealed).ok().as_deref(), Some(&b"secret"[..]));
        assert!(sealer.unseal("api-key EXO2", &sealed).is_err());
        assert!(Sealer::from_key([8; 32]).unseal("api-key EXO1", &sealed).is_err());
        assert_ne!(sealer.seal("x", b"secret"), sealer.seal("x", b"secret"));
    }
}
