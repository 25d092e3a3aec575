//! What is asked of a browser, and what is made of its answer: the two ceremonies of WebAuthn Level 3,
//! sections 7.1 and 7.2, by the library.
//!
//! What was asked travels sealed with the question, so that asking costs the platform nothing to
//! remember. An answer is good once and for five minutes.

use crate::{
    call::Call,
    cloud::Cloud,
    error::{Error, Result},
};
use api::PasskeyOptions;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{SessionId, Timestamp, UserId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder, WebauthnError, WebauthnResult,
};

/// How long a browser may take.
pub const WITHIN: Duration = Duration::from_secs(300);
const NAME: &str = "Couloir";
/// What signing in is bound to: whose it is shows in the answer.
const SIGN_IN: &str = "passkey sign-in";

/// A question that was asked.
#[derive(Serialize, Deserialize)]
struct Asked<S> {
    until: Timestamp,
    state: S,
}

/// The platform as browsers know it. They bind passkeys to a domain: `None` where there is none.
pub fn party(cloud: &Cloud) -> Option<Webauthn> {
    let origin = Url::parse(&cloud.origin).ok()?;
    let builder = WebauthnBuilder::new(origin.domain()?, &origin).ok()?;
    builder.rp_name(NAME).timeout(WITHIN).build().ok()
}

pub fn must_have_party(cloud: &Cloud) -> Result<Webauthn> {
    party(cloud).ok_or_else(|| {
        Error::Conflict(format!(
            "There are no passkeys at {}: browsers bind them to the name of a host. The operator can \
             give the platform one with --origin.",
            cloud.origin
        ))
    })
}

/// Asks for a new passkey of somebody who has these.
pub fn ask_for_new(
    call: &Call,
    user: UserId,
    email: &str,
    has: &[Passkey],
) -> Result<PasskeyOptions> {
    let party = must_have_party(&call.cloud)?;
    let has = has.iter().map(|passkey| passkey.cred_id().clone()).collect();
    let (options, state) = party
        .start_passkey_registration(user.0, email, email, Some(has))
        .map_err(Error::internal)?;
    let mut asked = asked(call, &scope(user), state, &options.public_key)?;
    // Kept by the device together with whose it is, so that nobody types an address to sign in.
    asked.options["authenticatorSelection"]["residentKey"] = "required".into();
    asked.options["authenticatorSelection"]["requireResidentKey"] = true.into();
    Ok(asked)
}

/// The passkey in a browser's answer.
pub fn made(call: &Call, user: UserId, state: &str, answer: Value) -> Result<Passkey> {
    let party = must_have_party(&call.cloud)?;
    let state: PasskeyRegistration = opened(call, &scope(user), state)?;
    let answer: RegisterPublicKeyCredential = answer_in(answer)?;
    party.finish_passkey_registration(&answer, &state).map_err(|why| refused(&why))
}

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug)]
pub enum For {
    SignIn,
    /// To prove who is in a session.
    Proof(UserId, SessionId),
}

impl For {
    /// What the question is sealed for: an answer to one of another kind, person or session is none.
    fn scope(self) -> String {
        match self {
            For::SignIn => SIGN_IN.to_owned(),
            For::Proof(user, session) => format!("passkey proof of {user} in {session}"),
        }
    }
}

/// Asks for any passkey of this platform.
pub fn ask_who(call: &Call) -> Result<PasskeyOptions> {
    let party = must_have_party(&call.cloud)?;
    let (options, state) = party.start_discoverable_authentication().map_err(Error::internal)?;
    asked(call, &For::SignIn.scope(), state, &options.public_key)
}

/// Asks somebody in a session for one of the passkeys that they have.
pub fn ask_again(
    call: &Call,
    user: UserId,
    session: SessionId,
    has: &[Passkey],
) -> Result<PasskeyOptions> {
    let party = must_have_party(&call.cloud)?;
    let (options, state) = party.start_discoverable_authentication().map_err(Error::internal)?;
    let scope = For::Proof(user, session).scope();
    let mut asked = asked(call, &scope, state, &options.public_key)?;
    // So that the browser offers no other person's.
    let allowed = has.iter().map(
        |passkey| json!({ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(passkey.cred_id()) }),
    );
    asked.options["allowCredentials"] = allowed.collect();
    Ok(asked)
}

/// An answer to [`ask_who`] or [`ask_again`], as it came.
pub struct Shown {
    party: Webauthn,
    state: DiscoverableAuthentication,
    answer: PublicKeyCredential,
}

impl Shown {
    pub fn read(call: &Call, why: For, state: &str, answer: Value) -> Result<Shown> {
        let party = must_have_party(&call.cloud)?;
        let state = opened(call, &why.scope(), state)?;
        Ok(Shown { party, state, answer: answer_in(answer)? })
    }

    /// What the device calls the passkey.
    pub fn credential_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.answer.get_credential_id())
    }

    /// Refuses what was not made with this passkey of this person. Its counter moves on. Whose it is
    /// need not be said by a device that was asked for this one by its name.
    pub fn accept_as(self, user: UserId, passkey: &mut Passkey, why: For) -> WebauthnResult<()> {
        let said = self.answer.get_user_unique_id();
        let unnamed = said.is_none() && matches!(why, For::Proof(..));
        if !unnamed && said != Some(user.0.as_bytes()) {
            return Err(WebauthnError::InvalidUserUniqueId);
        }
        let key = DiscoverableKey::from(&*passkey);
        let result =
            self.party.finish_discoverable_authentication_v2(&self.answer, self.state, key)?;
        passkey.update_credential(&result);
        Ok(())
    }
}

fn scope(user: UserId) -> String {
    format!("passkey of {user}")
}

fn asked<S: Serialize>(
    call: &Call,
    scope: &str,
    state: S,
    options: &impl Serialize,
) -> Result<PasskeyOptions> {
    let asked = Asked { until: call.now().plus(WITHIN), state };
    let asked = serde_json::to_vec(&asked).map_err(Error::internal)?;
    let options = serde_json::to_value(options).map_err(Error::internal)?;
    Ok(PasskeyOptions { state: call.cloud.sealer.seal(scope, &asked), options })
}

fn opened<S: DeserializeOwned>(call: &Call, scope: &str, state: &str) -> Result<S> {
    let late = || Error::field("state", "is not what was asked here within the last five minutes");
    let bytes = call.cloud.sealer.unseal(scope, state).map_err(|_| late())?;
    let asked: Asked<S> = serde_json::from_slice(&bytes).map_err(|_| late())?;
    if asked.until <= call.now() {
        return Err(late());
    }
    Ok(asked.state)
}

fn answer_in<T: DeserializeOwned>(answer: Value) -> Result<T> {
    let read = serde_json::from_value(answer);
    read.map_err(|error| Error::field("credential", format!("is no browser's answer: {error}")))
}

fn refused(why: &WebauthnError) -> Error {
    Error::field("credential", format!("was not accepted: {why}"))
}
