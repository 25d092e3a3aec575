//! The key that signs. It follows from the platform's key, which lies outside of the database: who can
//! write the database only can't sign what he wrote.

use crate::seal::{Sealer, hex};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sha2::{Digest, Sha256};

/// What the seed is made for.
const PURPOSE: &str = "couloir audit signing key 1";
/// Bytes of a key's hash that people compare.
const ID_BYTES: usize = 8;
/// What stands before the 32 bytes of an Ed25519 key in a certificate's notation (RFC 8410).
const DER_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0];

pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    pub fn of(sealer: &Sealer) -> SigningKey {
        let seed = sealer.derive(PURPOSE);
        SigningKey(Ed25519KeyPair::from_seed_unchecked(&seed).expect("32 bytes are a seed"))
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.public_key().as_ref().to_vec())
    }

    pub fn sign(&self, text: &str) -> String {
        STANDARD.encode(self.0.sign(text.as_bytes()))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(Vec<u8>);

impl PublicKey {
    /// From base64, or from a PEM file's text.
    pub fn read(text: &str) -> Option<PublicKey> {
        let inner: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
        let bytes = STANDARD.decode(inner.trim()).ok()?;
        let bytes = bytes.strip_prefix(&DER_PREFIX).unwrap_or(&bytes).to_vec();
        (bytes.len() == 32).then_some(PublicKey(bytes))
    }

    pub fn text(&self) -> String {
        STANDARD.encode(&self.0)
    }

    pub fn pem(&self) -> String {
        let der = STANDARD.encode([&DER_PREFIX[..], &self.0].concat());
        format!("-----BEGIN PUBLIC KEY-----\n{der}\n-----END PUBLIC KEY-----\n")
    }

    pub fn id(&self) -> String {
        hex(&Sha256::digest(&self.0)[..ID_BYTES])
    }

    pub fn has_signed(&self, text: &str, signature: &str) -> bool {
        STANDARD.decode(signature).is_ok_and(|signature| {
            UnparsedPublicKey::new(&ED25519, &self.0).verify(text.as_bytes(), &signature).is_ok()
        })
    }
}
