//! Personal access tokens; API keys, roles, policies and decisions are modules of their own.

pub mod access;
pub mod assume;
pub mod behalf;
pub mod decision;
pub mod keys;
pub mod organization_policy;
pub mod permissions;
pub mod policies;
pub mod replay;
pub mod roles;
pub mod simulation;
pub mod store;
pub mod uses;
pub mod wider_tokens;

use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    principal::Actor,
    random,
    seal::sha256,
    view::View,
};
use api::{AccessTokenCreated, AccessTokens, CreateAccessToken, Done, Nothing};
use domain::{AccessTokenId, UserId, name};
use std::time::Duration;

const TOKEN_DAYS_DEFAULT: i64 = 30;
const TOKEN_DAYS_MAX: i64 = 365;
/// Tokens that a person may have.
const TOKENS_MAX: i64 = 50;

/// `list-access-tokens`
pub async fn list_tokens(view: &View, _: Nothing) -> Result<AccessTokens> {
    let user = user_of(&view.principal()?.actor)?;
    let access_tokens = store::tokens(view.cloud.db.reader(), view.org()?, user).await?;
    Ok(AccessTokens { access_tokens })
}

/// `create-access-token`
pub async fn create_token(act: &mut Act, input: CreateAccessToken) -> Result<AccessTokenCreated> {
    let user = user_of(&act.principal()?.actor)?;
    name::check(&input.name).map_err(|e| Error::field("name", e))?;
    let days = input.days.unwrap_or(TOKEN_DAYS_DEFAULT);
    if !(1..=TOKEN_DAYS_MAX).contains(&days) {
        return Err(Error::field("days", format!("must be 1 to {TOKEN_DAYS_MAX}")));
    }
    let role_id = input.role_id.unwrap_or(act.principal()?.role.id);
    roles::must_be_grantable(act, "role-id", role_id).await?;
    if store::count_tokens(act, user).await? >= TOKENS_MAX {
        return Err(Error::Conflict(format!(
            "You have {TOKENS_MAX} personal access tokens: delete one that is not used."
        )));
    }
    let token = format!("couloir_{}", random::token());
    let id: AccessTokenId = act.new_id();
    let expires_at = act.now().plus(Duration::from_secs(days as u64 * 86_400));
    let new =
        store::NewToken { id, user, role_id, name: &input.name, hash: sha256(&token), expires_at };
    store::insert_token(act, &new).await?;
    act.about(Subject::new("access-token", id, &input.name));
    Ok(AccessTokenCreated { id, name: input.name, token, expires_at })
}

/// `delete-access-token`
pub async fn delete_token(act: &mut Act, _: Nothing) -> Result<Done> {
    let user = user_of(&act.principal()?.actor)?;
    let id: AccessTokenId = act.param("id")?;
    if !store::delete_token(act, user, id).await? {
        return Err(Error::not_found("access token"));
    }
    act.about(Subject::new("access-token", id, "access token"));
    act.ends_access();
    Ok(Done {})
}

fn user_of(actor: &Actor) -> Result<UserId> {
    actor.user().ok_or_else(|| Error::Forbidden("Tokens belong to people, not to API keys.".into()))
}
