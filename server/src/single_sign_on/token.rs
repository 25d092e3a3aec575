//! ID tokens: their form by `jsonwebtoken`, their signatures by `ring`, as everything else here. What the
//! claims must be is in the core.

use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind, Validation,
    crypto::{CryptoProvider, JwtVerifier, KeyUtils},
    decode, decode_header,
    errors::{ErrorKind, Result as JwtResult},
    jwk::{Jwk, PublicKeyUse},
};
use ring::signature::{self as signatures, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::Value;
use std::collections::HashSet;

/// Signatures that are believed. None with a shared secret, and never none at all.
const ALLOWED: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];
/// Keys that are tried where a token does not name its own.
const TRIED_MAX: usize = 10;

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    #[error("its ID token is none, or is signed in a way that is not believed")]
    Form,
    #[error("its ID token is signed with a key that is not among its own")]
    UnknownKey,
    #[error("the signature of its ID token is wrong")]
    Signature,
}

/// Whether a key can sign what is believed.
pub fn is_usable(key: &Jwk) -> bool {
    key.common.public_key_use != Some(PublicKeyUse::Encryption)
        && DecodingKey::from_jwk(key).is_ok_and(|key| key.family() != AlgorithmFamily::Hmac)
}

/// The claims of a token that one of these keys has signed.
pub fn verified(token: &str, keys: &[Jwk]) -> Result<Value, Unverified> {
    let _ = PROVIDER.install_default();
    let header = decode_header(token).map_err(|_| Unverified::Form)?;
    let algorithm = header.alg;
    if !ALLOWED.contains(&algorithm) || header.crit.is_some() {
        return Err(Unverified::Form);
    }
    let is_named = |key: &&Jwk| match &header.kid {
        Some(id) => key.common.key_id.as_ref() == Some(id),
        None => true,
    };
    let fits = |key: &&Jwk| {
        let own = key.common.key_algorithm.as_ref();
        own.is_none_or(|own| own.to_string() == format!("{algorithm:?}"))
            && DecodingKey::from_jwk(key).is_ok_and(|key| key.family() == algorithm.family())
    };
    let usable = |key: &&Jwk| is_usable(key);
    let mut wrong = Unverified::UnknownKey;
    for key in keys.iter().filter(usable).filter(is_named).filter(fits).take(TRIED_MAX) {
        let key = DecodingKey::from_jwk(key).map_err(|_| Unverified::UnknownKey)?;
        match decode::<Value>(token, &key, &signature_only(algorithm)) {
            Ok(decoded) => return Ok(decoded.claims),
            Err(_) => wrong = Unverified::Signature,
        }
    }
    Err(wrong)
}

/// Times would be compared with a clock that is not ours, so all claims are looked at in the core.
fn signature_only(algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims = HashSet::new();
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation
}

/// We sign nothing of this kind.
static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(ErrorKind::InvalidAlgorithm.into()),
    verifier_factory: |algorithm, key| verifier(*algorithm, key),
    key_utils: KeyUtils::new_unimplemented(),
};

fn verifier(algorithm: Algorithm, key: &DecodingKey) -> JwtResult<Box<dyn JwtVerifier>> {
    match ALLOWED.contains(&algorithm) && key.family() == algorithm.family() {
        true => Ok(Box::new(ByRing { algorithm, key: key.clone() })),
        false => Err(ErrorKind::InvalidKeyFormat.into()),
    }
}

struct ByRing {
    algorithm: Algorithm,
    key: DecodingKey,
}

impl JwtVerifier for ByRing {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

impl signature::Verifier<Vec<u8>> for ByRing {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let right = match self.key.kind() {
            DecodingKeyKind::RsaModulusExponent { n, e } => rsa(self.algorithm)
                .map(|how| RsaPublicKeyComponents { n, e }.verify(how, message, signature)),
            DecodingKeyKind::SecretOrDer(bytes) => curve(self.algorithm)
                .map(|how| UnparsedPublicKey::new(how, bytes).verify(message, signature)),
        };
        match right {
            Some(Ok(())) => Ok(()),
            _ => Err(signature::Error::new()),
        }
    }
}

fn rsa(algorithm: Algorithm) -> Option<&'static signatures::RsaParameters> {
    match algorithm {
        Algorithm::RS256 => Some(&signatures::RSA_PKCS1_2048_8192_SHA256),
        Algorithm::RS384 => Some(&signatures::RSA_PKCS1_2048_8192_SHA384),
        Algorithm::RS512 => Some(&signatures::RSA_PKCS1_2048_8192_SHA512),
        Algorithm::PS256 => Some(&signatures::RSA_PSS_2048_8192_SHA256),
        Algorithm::PS384 => Some(&signatures::RSA_PSS_2048_8192_SHA384),
        Algorithm::PS512 => Some(&signatures::RSA_PSS_2048_8192_SHA512),
        _ => None,
    }
}

fn curve(algorithm: Algorithm) -> Option<&'static dyn signatures::VerificationAlgorithm> {
    match algorithm {
        Algorithm::ES256 => Some(&signatures::ECDSA_P256_SHA256_FIXED),
        Algorithm::ES384 => Some(&signatures::ECDSA_P384_SHA384_FIXED),
        Algorithm::EdDSA => Some(&signatures::ED25519),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
