//! In whose name the platform goes on with what somebody asked for. Only who it was is kept: what
//! they may do is looked up each time, so that a right that is taken away is taken away at once.

use super::store;
use crate::{
    cloud::Cloud,
    error::{Error, Result},
    principal::{Actor, Principal},
};
use domain::{AccessTokenId, OrgId, SessionId, UserId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Behalf {
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
    pub fn of(actor: &Actor) -> Result<Behalf> {
        match actor {
            Actor::Session { user, session, .. } => {
                Ok(Behalf::Session { user: *user, session: *session })
            }
            Actor::Token { token, .. } => Ok(Behalf::Token { token: *token }),
            Actor::Key { key, .. } => Ok(Behalf::Key { key: key.clone() }),
            Actor::Claimed { .. } | Actor::System { .. } => {
                Err(Error::internal("nobody in whose name to go on"))
            }
        }
    }

    /// What they may do now.
    pub async fn principal(&self, cloud: &Cloud, org: OrgId) -> Result<Principal> {
        let pool = cloud.db.reader();
        let (found, gone) = match self {
            Behalf::Session { user, session } => (
                store::principal_of_member(pool, org, *user, *session).await?,
                "Who asked for this is not a member of the organization any more.",
            ),
            Behalf::Token { token } => (
                store::principal_of_token_id(pool, *token, cloud.now()).await?,
                "The access token that asked for this was revoked or has expired.",
            ),
            Behalf::Key { key } => (
                store::principal_of_key(pool, key).await?.map(|(principal, _)| principal),
                "The API key that asked for this was revoked.",
            ),
        };
        let found = found.filter(|principal| principal.org == org);
        found.ok_or_else(|| Error::Unauthenticated(gone.to_owned()))
    }
}
