//! Roles, API keys and personal access tokens.

pub mod behalf;
pub mod store;

use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    operations,
    principal::Actor,
    quotas, random,
    seal::sha256,
    view::View,
};
use api::{
    AccessTokenCreated, AccessTokens, ApiKey, ApiKeyCreated, ApiKeys, CreateAccessToken,
    CreateApiKey, Done, IamRole, IamRoles, Nothing, Operation,
};
use domain::{AccessTokenId, RoleId, UserId, name, quota::QuotaResource};
use std::time::Duration;

const TOKEN_DAYS_DEFAULT: i64 = 30;
const TOKEN_DAYS_MAX: i64 = 365;
/// Tokens that a person may have.
const TOKENS_MAX: i64 = 50;

/// `list-iam-roles`
pub async fn list_roles(view: &View, _: Nothing) -> Result<IamRoles> {
    Ok(IamRoles { iam_roles: store::roles(view.cloud.db.reader(), view.org()?).await? })
}

/// `get-iam-role`
pub async fn get_role(view: &View, _: Nothing) -> Result<IamRole> {
    let mut db = view.cloud.db.read().await?;
    let role = store::role(&mut db, view.org()?, view.param("id")?).await?;
    role.ok_or_else(|| Error::not_found("role"))
}

/// `list-api-keys`
pub async fn list_keys(view: &View, _: Nothing) -> Result<ApiKeys> {
    Ok(ApiKeys { api_keys: store::keys(view.cloud.db.reader(), view.org()?).await? })
}

/// `get-api-key`
pub async fn get_key(view: &View, _: Nothing) -> Result<ApiKey> {
    let mut db = view.cloud.db.read().await?;
    let key = store::key(&mut db, view.org()?, view.text_param("id")).await?;
    key.ok_or_else(|| Error::not_found("API key"))
}

/// `create-api-key`
pub async fn create_key(act: &mut Act, input: CreateApiKey) -> Result<ApiKeyCreated> {
    name::check(&input.name).map_err(|e| Error::field("name", e))?;
    must_be_role(act, input.role_id).await?;
    quotas::take(act, QuotaResource::IamKey, 1).await?;
    let key = format!("EXO{}", random::hex::<12>());
    let secret = random::token();
    let sealed = act.cloud.sealer.seal(&seal_scope(&key), secret.as_bytes());
    store::insert_key(act, &key, &input.name, input.role_id, &sealed).await?;
    act.about(Subject::new("api-key", &key, &input.name));
    act.changed("api-key", &key, None);
    Ok(ApiKeyCreated { key, name: input.name, secret, role_id: input.role_id })
}

/// What the sealed secret of a key is bound to.
pub fn seal_scope(key: &str) -> String {
    format!("api-key {key}")
}

/// `delete-api-key`
pub async fn delete_key(act: &mut Act, _: Nothing) -> Result<Operation> {
    let key = act.text_param("id").to_owned();
    let org = act.org()?;
    let Some(found) = store::key(act.db(), org, &key).await? else {
        return Err(Error::not_found("API key"));
    };
    if !store::delete_key(act, &key).await? {
        return Err(Error::not_found("API key"));
    }
    quotas::give_back(act, QuotaResource::IamKey, 1).await?;
    act.about(Subject::new("api-key", &key, found.name));
    act.changed("api-key", &key, Some("deleted"));
    operations::done(act).await
}

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
    must_be_role(act, role_id).await?;
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
    Ok(Done {})
}

async fn must_be_role(act: &mut Act, role: RoleId) -> Result<()> {
    let org = act.org()?;
    match store::role(act.db(), org, role).await? {
        Some(_) => Ok(()),
        None => Err(Error::field("role-id", "is not a role of this organization")),
    }
}

fn user_of(actor: &Actor) -> Result<UserId> {
    actor.user().ok_or_else(|| Error::Forbidden("Tokens belong to people, not to API keys.".into()))
}
