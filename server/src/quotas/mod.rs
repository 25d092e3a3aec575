//! Quotas: counted and enforced in the transaction that makes the resource.

pub mod store;

use crate::{
    act::Act,
    error::{Error, Result},
    view::View,
};
use api::{Nothing, Quota, QuotaEffect, Quotas};
use domain::quota::{QuotaResource, check};

/// Takes from a quota, or refuses. Giving back is taking less than nothing.
pub async fn take(act: &mut Act, resource: QuotaResource, asked: i64) -> Result<()> {
    if asked == 0 {
        return Ok(());
    }
    let (limit, used) = match store::add(act, resource, asked).await? {
        Some(after) => after,
        None => {
            let (limit, used) = store::get(act, resource).await?;
            check(resource, limit, used, asked)?;
            // Somebody gave back in between; the caller may try again.
            return Err(Error::Conflict("The quota changed meanwhile: try again.".into()));
        }
    };
    act.quota_effect(QuotaEffect { resource, used: used - asked, after: used, limit });
    Ok(())
}

pub async fn give_back(act: &mut Act, resource: QuotaResource, count: i64) -> Result<()> {
    take(act, resource, -count).await
}

/// Tells a preview what the accepted work gives back when it is done.
pub async fn will_give_back(act: &mut Act, resource: QuotaResource, count: i64) -> Result<()> {
    if count > 0 && act.request.dry_run {
        let (limit, used) = store::get(act, resource).await?;
        act.quota_effect(QuotaEffect { resource, used, after: used - count, limit });
    }
    Ok(())
}

/// `list-quotas`
pub async fn list(view: &View, _: Nothing) -> Result<Quotas> {
    Ok(Quotas { quotas: store::list(view.cloud.db.reader(), view.org()?).await? })
}

/// `get-quota`
pub async fn get(view: &View, _: Nothing) -> Result<Quota> {
    let asked = view.text_param("entity");
    let quotas = store::list(view.cloud.db.reader(), view.org()?).await?;
    quotas.into_iter().find(|q| q.resource == asked).ok_or_else(|| Error::not_found("quota"))
}
