//! The organization: itself, its security groups, prices and what there is in it.

pub mod store;

use crate::{
    error::{Error, Result},
    instances,
    view::View,
};
use api::{
    ListSecurityGroups, Nothing, Organization, Prices, ReverseDnsRecord, SecurityGroup,
    SecurityGroups, Summary,
};
use domain::template::Visibility;

/// `get-organization`
pub async fn get(view: &View, _: Nothing) -> Result<Organization> {
    let principal = view.principal()?;
    let (name, currency) = (principal.org_name.clone(), principal.currency);
    Ok(Organization { id: principal.org, name, currency })
}

/// `list-security-groups`
pub async fn list_security_groups(
    view: &View,
    input: ListSecurityGroups,
) -> Result<SecurityGroups> {
    if input.visibility == Some(Visibility::Public) {
        return Ok(SecurityGroups { security_groups: Vec::new() });
    }
    let mut db = view.cloud.db.read().await?;
    let security_groups = store::security_groups(&mut db, view.org()?).await?;
    Ok(SecurityGroups { security_groups })
}

/// `get-security-group`
pub async fn get_security_group(view: &View, _: Nothing) -> Result<SecurityGroup> {
    let id = view.param("id")?;
    let mut db = view.cloud.db.read().await?;
    let groups = store::security_groups(&mut db, view.org()?).await?;
    groups.into_iter().find(|g| g.id == id).ok_or_else(|| Error::not_found("security group"))
}

/// `get-reverse-dns-instance`
pub async fn reverse_dns(view: &View, _: Nothing) -> Result<ReverseDnsRecord> {
    // No record can be made yet, so an instance of ours has none; another's is not told apart.
    let id: domain::InstanceId = view.param("id")?;
    instances::load(view, id).await?;
    Err(Error::NotFound("This instance has no reverse DNS record.".into()))
}

/// `list-prices`
pub async fn prices(view: &View, _: Nothing) -> Result<Prices> {
    let prices = view.cloud.catalogue.prices;
    Ok(Prices {
        currency: view.currency()?,
        disk_gib: prices.disk_gib,
        snapshot_gib: prices.snapshot_gib,
        template_gib: prices.template_gib,
    })
}

/// `get-summary`
pub async fn summary(view: &View, _: Nothing) -> Result<Summary> {
    store::summary(view).await
}
