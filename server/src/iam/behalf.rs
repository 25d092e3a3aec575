//! In whose name the platform goes on with what somebody asked for. Only who it was is kept, and
//! from where: what they may do is looked up each time, so that a right that is taken away is taken
//! away at once.

use super::{keys, store};
use crate::{
    call::Call,
    cloud::Cloud,
    error::{Error, Result},
    principal::{Actor, Principal},
};
use domain::{AccessTokenId, OrgId, SessionId, UserId};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behalf {
    #[serde(flatten)]
    by: By,
    /// The address that it was asked from, which policies may look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_ip: Option<IpAddr>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
enum By {
    /// A person; the session need not live any more.
    Session {
        user: UserId,
        session: SessionId,
    },
    Token {
        token: AccessTokenId,
    },
    Key {
        key: String,
    },
}

impl Behalf {
    pub fn of(call: &Call) -> Result<Behalf> {
        let by = match &call.principal()?.actor {
            Actor::Session { user, session, .. } => By::Session { user: *user, session: *session },
            Actor::Token { token, .. } => By::Token { token: *token },
            Actor::Key { key, .. } => By::Key { key: key.clone() },
            Actor::Claimed { .. } | Actor::System { .. } => {
                return Err(Error::internal("nobody in whose name to go on"));
            }
        };
        Ok(Behalf { by, source_ip: call.request.source_ip })
    }

    /// What they may do now.
    pub async fn principal(&self, cloud: &Cloud, org: OrgId) -> Result<Principal> {
        let pool = cloud.db.reader();
        let (found, gone) = match &self.by {
            By::Session { user, session } => (
                store::principal_of_member(pool, org, *user, *session, cloud.now()).await?,
                "Who asked for this is not a member of the organization any more.",
            ),
            By::Token { token } => (
                store::principal_of_token_id(pool, *token, cloud.now()).await?,
                "The access token that asked for this was revoked or has expired.",
            ),
            By::Key { key } => (
                keys::store::principal_of_key(pool, key, cloud.now())
                    .await?
                    .map(|(principal, _)| principal),
                "The API key that asked for this was revoked or has expired.",
            ),
        };
        let found = found.filter(|principal| principal.org == org);
        found.ok_or_else(|| Error::Unauthenticated(gone.to_owned()))
    }
}
