//! What a provider says about itself: where to sign in, where to ask for tokens, and its keys. It is kept
//! for a while; a key that is not among those kept is asked for once more, since keys change.

use super::token;
use crate::{cloud::Cloud, error::Error, identity_providers::store::Row, outbound::Ask};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{OrgId, Timestamp};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use jsonwebtoken::jwk::Jwk;
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::Semaphore;

/// For how long it is believed.
const KEPT_FOR: Duration = Duration::from_secs(600);
/// Before keys are asked for again because one was missing.
const KEYS_AGAIN_AFTER: Duration = Duration::from_secs(10);
/// Providers that are kept; beyond that those of before are forgotten.
const KEPT_MAX: usize = 1_000;
/// Of one answer.
const ANSWER_BYTES_MAX: usize = 256 << 10;
/// Questions at once, over all providers: each may take its ten seconds.
const AT_ONCE_MAX: usize = 32;
/// Characters of an error code that a provider gives.
const CODE_CHARACTERS_MAX: usize = 60;

/// The discovery document (OpenID Connect Discovery 1.0, section 3), as far as it is used.
#[derive(Clone, Debug, Deserialize)]
pub struct About {
    issuer: String,
    pub authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// It says who answers (RFC 9207).
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

#[derive(Clone)]
struct Kept {
    about: About,
    keys: Arc<[Jwk]>,
    about_at: Timestamp,
    keys_at: Timestamp,
}

/// What is known of providers, by issuer.
pub struct Providers {
    kept: Mutex<HashMap<String, Kept>>,
    at_once: Semaphore,
}

impl Default for Providers {
    fn default() -> Self {
        Providers { kept: Mutex::default(), at_once: Semaphore::new(AT_ONCE_MAX) }
    }
}

impl Providers {
    fn get(&self, issuer: &str, now: Timestamp) -> Option<Kept> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(issuer).filter(|kept| now.since(kept.about_at) < KEPT_FOR).cloned()
    }

    fn put(&self, issuer: &str, new: Kept) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(issuer.to_owned(), new);
    }
}

/// Where the organization's provider sends people back to.
pub fn redirect_url(cloud: &Cloud, organization: OrgId) -> String {
    format!("{}{}", cloud.origin, app::path::single_sign_on_answer(organization))
}

/// The host of an address, for people to read.
pub fn host(url: &str) -> String {
    let uri: Option<http::Uri> = url.parse().ok();
    uri.and_then(|uri| uri.authority().map(|of| of.as_str().to_owned())).unwrap_or_default()
}

/// The refusal of somebody who can't sign in for now.
pub fn away(row: &Row, what: &str) -> Error {
    Error::Unavailable(format!(
        "The identity provider {} of {} does not answer as it should: {what}. Try again; if it stays \
         so, tell an admin of {}.",
        row.name, row.org_name, row.org_name
    ))
}

/// What the provider says about itself.
pub async fn about(cloud: &Cloud, issuer: &str) -> Result<About, String> {
    known(cloud, issuer).await.map(|kept| kept.about)
}

/// Asks anew for all that it says about itself; what is wrong is a sentence's end.
pub async fn look_at(cloud: &Cloud, row: &Row) -> Result<(), String> {
    asked(cloud, &row.issuer).await.map(drop)
}

async fn known(cloud: &Cloud, issuer: &str) -> Result<Kept, String> {
    match cloud.providers.get(issuer, cloud.now()) {
        Some(kept) => Ok(kept),
        None => asked(cloud, issuer).await,
    }
}

async fn asked(cloud: &Cloud, issuer: &str) -> Result<Kept, String> {
    let now = cloud.now();
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let about: About = read(cloud, &address).await?;
    if about.issuer != issuer {
        return Err(format!("its discovery document is that of {:?}", shortened(&about.issuer)));
    }
    // People are led to the first; the others are asked by us.
    for (name, url) in [
        ("authorization_endpoint", &about.authorization_endpoint),
        ("token_endpoint", &about.token_endpoint),
        ("jwks_uri", &about.jwks_uri),
    ] {
        cloud.outbound.target(url).map_err(|what| format!("its {name} {what}"))?;
    }
    let keys = keys(cloud, &about).await?;
    let kept = Kept { about, keys, about_at: now, keys_at: now };
    cloud.providers.put(issuer, kept.clone());
    Ok(kept)
}

async fn keys(cloud: &Cloud, about: &About) -> Result<Arc<[Jwk]>, String> {
    #[derive(Deserialize)]
    struct Keys {
        keys: Vec<serde_json::Value>,
    }
    let Keys { keys } = read(cloud, &about.jwks_uri).await?;
    // One that we can't read is for somebody else.
    let read: Vec<Jwk> =
        keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
    match read.iter().any(token::is_usable) {
        true => Ok(read.into()),
        false => Err("it has no key that signs with RSA, ECDSA or Ed25519".to_owned()),
    }
}

/// The claims of an ID token that a provider has signed.
pub async fn verified(
    cloud: &Cloud,
    row: &Row,
    id_token: &str,
) -> Result<serde_json::Value, String> {
    let kept = known(cloud, &row.issuer).await?;
    match token::verified(id_token, &kept.keys) {
        Err(token::Unverified::UnknownKey)
            if cloud.now().since(kept.keys_at) >= KEYS_AGAIN_AFTER =>
        {
            let (keys, keys_at) = (keys(cloud, &kept.about).await?, cloud.now());
            cloud.providers.put(&row.issuer, Kept { keys: keys.clone(), keys_at, ..kept });
            token::verified(id_token, &keys)
        }
        outcome => outcome,
    }
    .map_err(|wrong| wrong.to_string())
}

/// Whether the answer may be this provider's, by what it says of that itself.
pub async fn may_have_answered(
    cloud: &Cloud,
    row: &Row,
    says: Option<&str>,
) -> Result<bool, String> {
    let about = about(cloud, &row.issuer).await?;
    Ok(match says {
        Some(says) => says == row.issuer,
        None => !about.authorization_response_iss_parameter_supported,
    })
}

/// What the exchange of a code came to.
pub enum Exchanged {
    IdToken(String),
    /// The provider's error code.
    Refused(String),
}

/// Exchanges a code for the ID token.
pub async fn exchange(
    cloud: &Cloud,
    row: &Row,
    secret: &str,
    (code, verifier): (&str, &str),
) -> Result<Exchanged, String> {
    #[derive(Deserialize)]
    struct Tokens {
        id_token: Option<String>,
    }
    #[derive(Deserialize)]
    struct Refused {
        error: String,
    }
    let about = about(cloud, &row.issuer).await?;
    let target = cloud.outbound.target(&about.token_endpoint)?;
    let redirect = redirect_url(cloud, row.org);
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &redirect),
        ("code_verifier", verifier),
    ];
    let mut headers = json_wanted();
    let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
    headers.insert(header::CONTENT_TYPE, form_type);
    let methods = about.token_endpoint_auth_methods_supported.unwrap_or_default();
    let can = |method: &str| methods.iter().any(|can| can == method);
    if can("client_secret_post") && !can("client_secret_basic") {
        form.extend([("client_id", row.client_id.as_str()), ("client_secret", secret)]);
    } else {
        headers.insert(header::AUTHORIZATION, basic(&row.client_id, secret)?);
    }
    let body = serde_urlencoded::to_string(form).map_err(|e| e.to_string())?;
    let method = Method::POST;
    let ask = Ask { target: &target, method, headers, body, bytes_max: ANSWER_BYTES_MAX };
    let answer = at_once(cloud, ask).await?;
    if answer.status == StatusCode::OK {
        let tokens: Tokens = serde_json::from_slice(&answer.body).map_err(unreadable)?;
        let token = tokens.id_token.ok_or("it gave no ID token")?;
        return Ok(Exchanged::IdToken(token));
    }
    match serde_json::from_slice(&answer.body) {
        Ok(Refused { error }) => Ok(Exchanged::Refused(shortened(&error))),
        Err(_) => Err(format!("it answered {} when asked for tokens", answer.status.as_u16())),
    }
}

/// An error code as it may be shown.
pub fn shortened(code: &str) -> String {
    code.chars().filter(|c| !c.is_control()).take(CODE_CHARACTERS_MAX).collect()
}

/// RFC 6749, section 2.3.1.
fn basic(client: &str, secret: &str) -> Result<HeaderValue, String> {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let both = STANDARD.encode(format!("{}:{}", encoded(client), encoded(secret)));
    HeaderValue::from_str(&format!("Basic {both}")).map_err(|e| e.to_string())
}

fn json_wanted() -> HeaderMap {
    HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static("application/json"))])
}

fn unreadable(_: serde_json::Error) -> String {
    "what it answered is not the JSON that it should be".to_owned()
}

async fn read<T: DeserializeOwned>(cloud: &Cloud, url: &str) -> Result<T, String> {
    let target = cloud.outbound.target(url)?;
    let ask = Ask {
        target: &target,
        method: Method::GET,
        headers: json_wanted(),
        body: String::new(),
        bytes_max: ANSWER_BYTES_MAX,
    };
    let answer = at_once(cloud, ask).await?;
    if answer.status != StatusCode::OK {
        return Err(format!("{url} answered {}", answer.status.as_u16()));
    }
    serde_json::from_slice(&answer.body).map_err(unreadable)
}

async fn at_once(cloud: &Cloud, ask: Ask<'_>) -> Result<crate::outbound::Answer, String> {
    let _held = cloud.providers.at_once.try_acquire().map_err(|_| "too many ask at once")?;
    cloud.outbound.ask(ask).await
}
