//! Access tokens that allow more than the role of the person whose they are. A token keeps the role that
//! it was made with, so it can come to that when the person gets another role, and when one of the two
//! roles is changed. Such tokens end.

use super::{roles, store};
use crate::{act::Act, error::Result};
use domain::{
    RoleId, UserId,
    iam::{Policy, ceiling},
};
use serde_json::json;

/// What a change is called that says how many tokens have ended.
const ENDED: &str = "access-tokens-ended";

/// Whose tokens are looked at.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// Those of a person.
    Person(UserId),
    /// Those that have a role, and those of the people who have it.
    Role(RoleId),
}

/// Somebody's tokens of one role.
pub struct Beside {
    pub user: UserId,
    pub role_of_token: RoleId,
    pub role_of_person: RoleId,
}

/// Ends those that are wider, by what is written by now. The audit event says how many.
pub async fn end(act: &mut Act, whose: Whose) -> Result<()> {
    let mut ended = 0;
    for tokens in store::tokens_beside(act, whose).await? {
        let own = policy(act, tokens.role_of_person).await?;
        let of_token = policy(act, tokens.role_of_token).await?;
        if ceiling::within(&own, &of_token).is_err() {
            ended += store::end_tokens(act, &tokens).await?;
        }
    }
    act.changes(json!({ ENDED: 0 }), json!({ ENDED: ended }))
}

async fn policy(act: &mut Act, role: RoleId) -> Result<Policy> {
    let org = act.org()?;
    let found = roles::of(act.db(), org, role).await?;
    Ok(found.and_then(|role| role.policy).unwrap_or_else(Policy::deny_all))
}
