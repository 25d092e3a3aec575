//! What ties the provider's answer to whoever began: sealed, held by their browser, good once and for ten
//! minutes. So beginning leaves nothing here that anybody could fill the database with.

use crate::{
    cloud::Cloud,
    error::{Error, Result},
    random,
    seal::sha256,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{IdentityProviderId, OrgId, Timestamp, single_sign_on::SIGN_IN_WITHIN};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What it is sealed for.
const SCOPE: &str = "single-sign-on";

/// One sign-in that was begun.
#[derive(Debug, Serialize, Deserialize)]
pub struct Binding {
    pub organization: OrgId,
    pub provider: IdentityProviderId,
    /// Of the state that travels by the provider.
    pub state_hash: String,
    pub expires: Timestamp,
    pub return_to: Option<String>,
}

/// What follows from a state, for who has the platform's key: it is kept nowhere.
pub struct Secrets {
    /// Comes back in the ID token.
    pub nonce: String,
    /// Proves to the provider that who asks for tokens is who began (RFC 7636).
    pub verifier: String,
}

impl Binding {
    /// Begins a sign-in: it, and its state.
    pub fn begin(
        cloud: &Cloud,
        organization: OrgId,
        provider: IdentityProviderId,
        return_to: Option<String>,
    ) -> (Binding, String) {
        let state = random::token();
        let expires = cloud.now().plus(SIGN_IN_WITHIN);
        let state_hash = sha256(&state);
        (Binding { organization, provider, state_hash, expires, return_to }, state)
    }

    pub fn sealed(&self, cloud: &Cloud) -> Result<String> {
        let text = serde_json::to_vec(self).map_err(Error::internal)?;
        Ok(cloud.sealer.seal(SCOPE, &text))
    }

    /// What somebody has come back with, if it is one of ours, of this organization, and in time.
    pub fn opened(
        cloud: &Cloud,
        sealed: &str,
        organization: OrgId,
        state: &str,
    ) -> Option<Binding> {
        let text = cloud.sealer.unseal(SCOPE, sealed).ok()?;
        let binding: Binding = serde_json::from_slice(&text).ok()?;
        let is_theirs = binding.organization == organization && binding.state_hash == sha256(state);
        (is_theirs && cloud.now() < binding.expires).then_some(binding)
    }
}

impl Secrets {
    pub fn of(cloud: &Cloud, state: &str) -> Secrets {
        let made = |what: &str| cloud.sealer.sign(&format!("{SCOPE} {what} {state}"));
        Secrets { nonce: made("nonce"), verifier: made("verifier") }
    }

    /// What of the verifier the provider hears at first.
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()))
    }
}
