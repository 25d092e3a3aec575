//! Three credentials, one principal: signature, bearer token, session cookie.

use super::{
    origin,
    signature::{SCHEME, Signature, Signed},
};
use crate::{
    cloud::Cloud,
    error::{Error, Result},
    iam,
    principal::{Actor, Principal},
    seal::sha256,
    sessions,
};
use api::{Access, Endpoint, Method};
use domain::Timestamp;
use http::{HeaderMap, header};

/// Who it is, and what of the query counts.
pub struct Authenticated {
    pub principal: Option<Principal>,
    pub query: Vec<(String, String)>,
    /// The signature and when it expires.
    pub signature: Option<(String, Timestamp)>,
    /// Hash of the session token that somebody who signs in already had.
    pub replaces_session: Option<String>,
}

impl Authenticated {
    fn new(principal: Option<Principal>, query: Vec<(String, String)>) -> Self {
        Authenticated { principal, query, signature: None, replaces_session: None }
    }
}

/// What of a request is looked at.
pub struct Sent<'a> {
    pub endpoint: &'a Endpoint,
    pub method: &'a str,
    pub path: &'a str,
    pub query: Vec<(String, String)>,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
}

/// Finds the principal. An endpoint for everybody ignores what it does not need.
pub async fn authenticate(cloud: &Cloud, sent: Sent<'_>) -> Result<Authenticated> {
    if sent.endpoint.access == Access::Public {
        if sent.endpoint.is_mutation() {
            // Signing in from another site would be signing in as somebody else.
            origin::check(cloud, sent.headers)?;
        }
        let replaces_session = session_token(sent.headers).map(|token| sha256(&token));
        return Ok(Authenticated { replaces_session, ..Authenticated::new(None, sent.query) });
    }
    let found = match sent.headers.get(header::AUTHORIZATION) {
        Some(value) => {
            let text = value.to_str().map_err(|_| unknown())?;
            match text.split_once(' ') {
                Some((SCHEME, rest)) => by_signature(cloud, rest, sent).await?,
                Some(("Bearer", token)) => by_token(cloud, token.trim(), sent.query).await?,
                _ => return Err(unknown()),
            }
        }
        None => by_cookie(cloud, sent).await?,
    };
    if let Some(principal) = &found.principal {
        cloud.last_used.note(&principal.actor, cloud.now());
    }
    Ok(found)
}

fn unknown() -> Error {
    Error::Unauthenticated(format!(
        "The Authorization header is neither `{SCHEME} …` nor `Bearer …`."
    ))
}

async fn by_signature(cloud: &Cloud, text: &str, sent: Sent<'_>) -> Result<Authenticated> {
    let signature = Signature::parse(text)?;
    let (pool, now) = (cloud.db.reader(), cloud.now());
    let found = iam::keys::store::principal_of_key(pool, &signature.credential, now).await?;
    let (principal, sealed) = found.ok_or_else(|| {
        Error::Unauthenticated("This API key does not exist, was revoked or has expired.".into())
    })?;
    let secret = cloud.sealer.unseal(&iam::keys::seal_scope(&signature.credential), &sealed)?;
    let signed =
        Signed { method: sent.method, path: sent.path, body: sent.body, query: &sent.query };
    let query = signature.verify(&secret, cloud.now(), &signed)?;
    let expires = Timestamp::from_unix_seconds(signature.expires);
    let signature = Some((signature.signature, expires));
    Ok(Authenticated { signature, ..Authenticated::new(Some(principal), query) })
}

async fn by_token(
    cloud: &Cloud,
    token: &str,
    query: Vec<(String, String)>,
) -> Result<Authenticated> {
    let pool = cloud.db.reader();
    let found = iam::store::principal_of_token(pool, &sha256(token), cloud.now()).await?;
    let principal = found.ok_or_else(|| {
        Error::Unauthenticated(
            "This access token does not exist, was revoked or has expired.".into(),
        )
    })?;
    Ok(Authenticated::new(Some(principal), query))
}

async fn by_cookie(cloud: &Cloud, sent: Sent<'_>) -> Result<Authenticated> {
    let token = session_token(sent.headers)
        .ok_or_else(|| Error::Unauthenticated("Sign in first.".into()))?;
    if sent.endpoint.method != Method::GET {
        origin::check(cloud, sent.headers)?;
    }
    let mut db = cloud.db.read().await?;
    let found =
        sessions::store::principal_of_session(&mut db, &sha256(&token), cloud.now()).await?;
    let principal = found
        .ok_or_else(|| Error::Unauthenticated("The session is over: sign in again.".into()))?;
    Ok(Authenticated::new(Some(principal), sent.query))
}

/// The session cookie's value.
fn session_token(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == api::SESSION_COOKIE)
        .map(|(_, value)| value.to_owned())
}

/// Whether the kind of credential may call the endpoint at all.
pub fn check_access(endpoint: &Endpoint, principal: Option<&Principal>) -> Result<()> {
    match (endpoint.access, principal.map(|p| &p.actor)) {
        (Access::Public, _) => Ok(()),
        (_, None) => Err(Error::Unauthenticated("Sign in first.".into())),
        (Access::Person, Some(Actor::Key { .. })) => Err(Error::Forbidden(
            "This is for people: sign in, or use a personal access token.".into(),
        )),
        (Access::Session, Some(Actor::Key { .. } | Actor::Token { .. })) => Err(Error::Forbidden(
            "A key or token changes nothing about how people sign in, or are signed in: do it in the \
             portal."
                .into(),
        )),
        _ => Ok(()),
    }
}
