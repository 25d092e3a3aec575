//! API keys: for programs, and of the organization.

pub mod store;

use super::roles;
use crate::{
    act::{Act, Subject},
    cloud::Cloud,
    error::{Error, Result},
    operations, quotas, random,
    view::View,
};
use api::{
    ApiKey, ApiKeyCreated, ApiKeyRotated, ApiKeys, CreateApiKey, Nothing, Operation, RotateApiKey,
};
use domain::{RoleId, name, quota::QuotaResource};
use std::{sync::Arc, time::Duration};
use store::NewKey;

const DAYS_MAX: i64 = 3_650;
/// For how long a key goes on when another takes its place.
const OVERLAP_HOURS_DEFAULT: i64 = 24;
const OVERLAP_HOURS_MAX: i64 = 720;
/// Keys that are deleted in one go when they have ended.
const AT_ONCE: i64 = 100;

/// `list-api-keys`
pub async fn list(view: &View, _: Nothing) -> Result<ApiKeys> {
    Ok(ApiKeys { api_keys: store::list(view.cloud.db.reader(), view.org()?, view.now()).await? })
}

/// `get-api-key`
pub async fn get(view: &View, _: Nothing) -> Result<ApiKey> {
    let mut db = view.cloud.db.read().await?;
    let key = store::get(&mut db, view.org()?, view.text_param("id"), view.now()).await?;
    key.ok_or_else(|| Error::not_found("API key"))
}

/// `create-api-key`
pub async fn create(act: &mut Act, input: CreateApiKey) -> Result<ApiKeyCreated> {
    name::check(&input.name).map_err(|e| Error::field("name", e))?;
    if input.days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days)) {
        return Err(Error::field("days", format!("must be 1 to {DAYS_MAX}")));
    }
    let lives = input.days.map(|days| Duration::from_secs(days.unsigned_abs() * 86_400));
    roles::must_be_grantable(act, "role-id", input.role_id).await?;
    created(act, input.name, input.role_id, lives).await
}

/// `rotate-api-key`: another key, so that it shows which of the two is still used.
pub async fn rotate(act: &mut Act, input: RotateApiKey) -> Result<ApiKeyRotated> {
    let (org, now, key) = (act.org()?, act.now(), act.text_param("id").to_owned());
    let old = store::get(act.db(), org, &key, now).await?;
    let old = old.ok_or_else(|| Error::not_found("API key"))?;
    let hours = input.overlap_hours.unwrap_or(OVERLAP_HOURS_DEFAULT);
    if !(0..=OVERLAP_HOURS_MAX).contains(&hours) {
        return Err(Error::field("overlap-hours", format!("must be 0 to {OVERLAP_HOURS_MAX}")));
    }
    if old.assumed_by.is_some() {
        return Err(Error::Conflict(
            "This key was made by assuming a role: assume it again for another one.".into(),
        ));
    }
    roles::must_be_grantable(act, "id", old.role_id).await?;
    let ends = now.plus(Duration::from_secs(hours.unsigned_abs() * 3_600));
    let previous_until = old.expires_at.map_or(ends, |at| at.min(ends));
    store::end_at(act, &key, previous_until).await?;
    act.changed("api-key", &key, None);
    if hours == 0 {
        act.ends_access();
    }
    // One that was made to end lives as long again.
    let lives = old.expires_at.zip(old.created_at).map(|(ends, made)| ends.since(made));
    let ApiKeyCreated { key, name, secret, role_id, expires_at } =
        created(act, old.name, old.role_id, lives).await?;
    Ok(ApiKeyRotated { key, name, secret, role_id, expires_at, previous_until })
}

async fn created(
    act: &mut Act,
    name: String,
    role: RoleId,
    lives: Option<Duration>,
) -> Result<ApiKeyCreated> {
    quotas::take(act, QuotaResource::IamKey, 1).await?;
    let expires_at = lives.map(|lives| act.now().plus(lives));
    let new = NewKey { name: &name, role, expires: expires_at, assumed: None };
    let (key, secret) = made(act, &new).await?;
    Ok(ApiKeyCreated { key, name, secret, role_id: role, expires_at })
}

/// Writes a new key; answers with it and its secret, which nobody can read again.
pub async fn made(act: &mut Act, new: &NewKey<'_>) -> Result<(String, String)> {
    let key = format!("EXO{}", random::hex::<12>());
    let secret = random::token();
    let sealed = act.cloud.sealer.seal(&seal_scope(&key), secret.as_bytes());
    store::insert(act, &key, new, &sealed).await?;
    act.about(Subject::new("api-key", &key, new.name));
    act.changed("api-key", &key, None);
    Ok((key, secret))
}

/// What the sealed secret of a key is bound to.
pub fn seal_scope(key: &str) -> String {
    format!("api-key {key}")
}

/// Deletes keys that have ended, in the platform's own name. They are refused from the instant on; this
/// gives their quota back.
pub async fn remove_ended(cloud: &Arc<Cloud>) -> Result<()> {
    for ended in store::ended(cloud.db.reader(), cloud.now(), AT_ONCE).await? {
        let (place, params) = ((ended.org, ended.project), [("id", ended.key.clone())]);
        let mut act = Act::of_platform(cloud, place, "delete-api-key", &params).await?;
        if store::delete(&mut act, &ended.key).await? {
            quotas::give_back(&mut act, QuotaResource::IamKey, 1).await?;
            act.about(Subject::new("api-key", &ended.key, ended.name));
            act.changed("api-key", &ended.key, Some("deleted"));
            act.commit(200).await?;
        }
    }
    Ok(())
}

/// `delete-api-key`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Operation> {
    let key = act.text_param("id").to_owned();
    let (org, now) = (act.org()?, act.now());
    let Some(found) = store::get(act.db(), org, &key, now).await? else {
        return Err(Error::not_found("API key"));
    };
    if !store::delete(act, &key).await? {
        return Err(Error::not_found("API key"));
    }
    if found.assumed_by.is_none() {
        quotas::give_back(act, QuotaResource::IamKey, 1).await?;
    }
    act.about(Subject::new("api-key", &key, found.name));
    act.changed("api-key", &key, Some("deleted"));
    act.ends_access();
    operations::done(act).await
}
