//! A device that keeps a passkey, and the browser that speaks for it (WebAuthn Level 3, sections 5.8.1
//! and 6.1 to 6.5): ES256, attestation `none`.

use super::{ORIGIN, Platform, Who};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HAS_KEY: u8 = 0x40;

/// Holds one passkey. What is public can be turned into a fault.
pub struct Authenticator {
    pair: EcdsaKeyPair,
    pub id: Vec<u8>,
    pub user: Vec<u8>,
    pub origin: String,
    pub verifies: bool,
    pub used: AtomicU32,
}

impl Authenticator {
    pub fn new() -> Authenticator {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
        let id = digest(&SHA256, pair.public_key().as_ref()).as_ref().to_vec();
        let origin = ORIGIN.to_owned();
        Authenticator {
            pair,
            id,
            user: Vec::new(),
            origin,
            verifies: true,
            used: AtomicU32::new(0),
        }
    }

    /// Makes the passkey that is asked for.
    pub fn make(&mut self, options: &Value) -> Value {
        self.user = bytes(&options["user"]["id"]);
        let data = self.data(&options["rp"]["id"], HAS_KEY, &self.key());
        let object = [
            map(3),
            [text("fmt"), text("none")].concat(),
            [text("attStmt"), map(0)].concat(),
            [text("authData"), byte_string(&data)].concat(),
        ];
        let client = self.client("webauthn.create", &options["challenge"]);
        self.answer(json!({
            "attestationObject": BASE64.encode(object.concat()),
            "clientDataJSON": BASE64.encode(client),
            "transports": ["internal"],
        }))
    }

    /// Signs what is asked.
    pub fn sign(&self, options: &Value) -> Value {
        self.used.fetch_add(1, Ordering::Relaxed);
        let data = self.data(&options["rpId"], 0, &[]);
        let client = self.client("webauthn.get", &options["challenge"]);
        let signed = [&data[..], digest(&SHA256, &client).as_ref()].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(json!({
            "authenticatorData": BASE64.encode(data),
            "clientDataJSON": BASE64.encode(client),
            "signature": BASE64.encode(signature.as_ref()),
            "userHandle": BASE64.encode(&self.user),
        }))
    }

    fn answer(&self, response: Value) -> Value {
        let id = BASE64.encode(&self.id);
        json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        })
    }

    fn client(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        let said = json!({
            "type": kind,
            "challenge": challenge,
            "origin": self.origin,
            "crossOrigin": false,
        });
        said.to_string().into_bytes()
    }

    fn data(&self, party: &Value, flags: u8, more: &[u8]) -> Vec<u8> {
        let party = digest(&SHA256, party.as_str().unwrap().as_bytes());
        let flags = flags | PRESENT | if self.verifies { VERIFIED } else { 0 };
        let used = self.used.load(Ordering::Relaxed).to_be_bytes();
        [party.as_ref(), &[flags], &used, more].concat()
    }

    /// The attested credential data: who made the device (nobody says), the passkey's name and key.
    fn key(&self) -> Vec<u8> {
        let point = self.pair.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} of RFC 9053.
        let head = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21];
        let key = [&head[..], &byte_string(x), &[0x22], &byte_string(y)].concat();
        [&[0; 16][..], &length, &self.id, &key].concat()
    }
}

impl Platform {
    /// What a browser is asked, and what comes back beside its answer.
    pub async fn asked(&self, who: &Who, path: &str) -> (String, Value) {
        let asked: api::PasskeyOptions = self.door.get(who, path).await.is(200).body();
        (asked.state, asked.options)
    }

    /// The body that keeps a new passkey of somebody.
    pub async fn new_passkey(&self, who: &Who, device: &mut Authenticator) -> Value {
        let (state, options) = self.asked(who, "/me/passkey-options").await;
        json!({ "name": "Phone", "state": state, "credential": device.make(&options) })
    }

    /// The body that proves with a passkey who is in a session.
    pub async fn proving_passkey(&self, who: &Who, device: &Authenticator) -> Value {
        let (state, options) = self.asked(who, "/session/confirmation-options").await;
        json!({ "state": state, "credential": device.sign(&options) })
    }

    /// The body that signs in with a passkey.
    pub async fn shown_passkey(&self, device: &Authenticator) -> Value {
        let (state, options) = self.asked(&Who::Nobody, "/session/passkey-options").await;
        json!({ "state": state, "credential": device.sign(&options) })
    }
}

fn bytes(text: &Value) -> Vec<u8> {
    BASE64.decode(text.as_str().unwrap()).unwrap()
}

// CBOR (RFC 8949), as much of it as there is.

fn map(entries: u8) -> Vec<u8> {
    vec![0xA0 | entries]
}

fn text(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap();
    assert!(length < 24);
    [&[0x60 | length], text.as_bytes()].concat()
}

fn byte_string(bytes: &[u8]) -> Vec<u8> {
    let length = u8::try_from(bytes.len()).unwrap();
    [&[0x58, length], bytes].concat()
}
