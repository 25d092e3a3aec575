//! Who a request comes from, whatever credential it carried.

use crate::iam::policies::Ready;
use domain::{
    AccessTokenId, OperationId, OrgId, ProjectId, RoleId, SessionId, Timestamp, UserId, Uuid,
    iam::grant::Grant, money::Currency,
};
use std::sync::Arc;

/// An organization, somebody or something in it, and what their role and their grants allow.
#[derive(Clone, Debug)]
pub struct Principal {
    pub org: OrgId,
    pub project: ProjectId,
    pub org_name: String,
    pub currency: Currency,
    pub org_policy: Arc<Ready>,
    pub role: Role,
    /// What a person may do beside the role, for a while.
    pub grants: Arc<[Grant]>,
    pub actor: Actor,
    /// When the key or token was made, or the session began.
    pub credential_created: Timestamp,
    /// When it ends by itself, where that is known ahead.
    pub expires: Option<Timestamp>,
    /// A person who has a second step, and in a session has shown it.
    pub two_steps: bool,
    /// The organization demands two-step sign-in, and the person has none.
    pub second_factor_missing: bool,
    /// Until when a session counts as confirmed; long ago for everything else.
    pub confirmed_until: Timestamp,
}

impl Principal {
    /// Whether they have only assumed the role.
    pub fn has_assumed(&self) -> bool {
        matches!(self.actor, Actor::Key { assumed_by: Some(_), .. })
    }

    /// When they may do less by themselves: the credential ends, or a grant that goes on.
    pub fn changes_at(&self, now: Timestamp) -> Option<Timestamp> {
        let grants = self.grants.iter().map(|grant| grant.until).filter(|until| *until > now);
        grants.chain(self.expires).min()
    }

    /// The platform itself, in an organization; on the way of an operation when one is named.
    pub fn platform(org: OrgId, project: ProjectId, operation: OperationId) -> Principal {
        Principal {
            org,
            project,
            org_name: String::new(),
            currency: Default::default(),
            org_policy: Ready::allow_all(),
            role: Role {
                id: RoleId(Uuid::nil()),
                name: "platform".to_owned(),
                policy: Ready::allow_all(),
            },
            grants: Arc::default(),
            actor: Actor::System { operation },
            credential_created: Timestamp(0),
            expires: None,
            two_steps: false,
            second_factor_missing: false,
            confirmed_until: Timestamp(0),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    pub policy: Arc<Ready>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person in a browser.
    Session { user: UserId, email: String, session: SessionId },
    /// A person's own token.
    Token { user: UserId, email: String, token: AccessTokenId },
    /// A program; with a key that was made by assuming a role, who did.
    Key { key: String, name: String, assumed_by: Option<String> },
    /// Somebody who says to be a person, and did not prove it.
    Claimed { user: UserId, email: String },
    /// The platform itself, going on with an operation that was accepted.
    System { operation: OperationId },
}

impl Actor {
    /// The platform itself, when nobody had asked for anything, or its operator.
    pub fn platform() -> Actor {
        Actor::System { operation: OperationId(Uuid::nil()) }
    }

    /// How people read it: an address, a key, or the operation that went on.
    pub fn label(&self) -> String {
        match self {
            Actor::Session { email, .. } | Actor::Token { email, .. } => email.clone(),
            Actor::Key { key, name, assumed_by } => {
                domain::audit::actor_of_key(key, name, assumed_by.as_deref())
            }
            Actor::Claimed { email, .. } => domain::audit::actor_claimed(email),
            Actor::System { operation } if operation.0.is_nil() => "the platform".to_owned(),
            Actor::System { operation } => format!("operation {operation}"),
        }
    }

    /// What scopes `Idempotency-Key`.
    pub fn scope(&self) -> String {
        match self {
            Actor::Session { user, .. } | Actor::Token { user, .. } => format!("user:{user}"),
            Actor::Key { key, .. } => format!("key:{key}"),
            Actor::Claimed { user, .. } => format!("claimed:{user}"),
            Actor::System { operation } => format!("operation:{operation}"),
        }
    }

    pub fn user(&self) -> Option<UserId> {
        match self {
            Actor::Session { user, .. } | Actor::Token { user, .. } => Some(*user),
            Actor::Key { .. } | Actor::System { .. } | Actor::Claimed { .. } => None,
        }
    }
}
