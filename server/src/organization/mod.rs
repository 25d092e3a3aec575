//! The organization: itself, its security groups, prices and what there is in it.

pub mod store;

use crate::{
    act::{Act, Subject},
    db::Connection,
    error::{Error, Result},
    instances,
    principal::Principal,
    view::View,
};
use api::{
    ListSecurityGroups, Nothing, Organization, Prices, ReverseDnsRecord, SecurityGroup,
    SecurityGroups, Summary, UpdateOrganization,
};
use domain::{
    audit::CALL_DAYS_MAX, history::HISTORY_DAYS_MAX, instance::RECOVERY_HOURS_MAX,
    template::Visibility,
};

/// `get-organization`
pub async fn get(view: &View, _: Nothing) -> Result<Organization> {
    let mut db = view.cloud.db.read().await?;
    let settings = store::settings(&mut db, view.org()?).await?;
    view.version(settings.version);
    Ok(shown(view.principal()?, &settings))
}

/// The organization of a principal, with what it has chosen.
pub async fn of(db: &mut Connection, principal: &Principal) -> Result<Organization> {
    Ok(shown(principal, &store::settings(db, principal.org).await?))
}

fn shown(principal: &Principal, settings: &store::Settings) -> Organization {
    Organization {
        id: principal.org,
        name: principal.org_name.clone(),
        currency: principal.currency,
        realm: settings.realm,
        instance_recovery_hours: Some(settings.recovery_hours),
        api_call_days: Some(settings.call_days),
        history_days: Some(settings.history_days),
        second_factor_required: Some(settings.second_factor_required),
    }
}

/// `update-organization`
pub async fn update(act: &mut Act, input: UpdateOrganization) -> Result<Organization> {
    let UpdateOrganization {
        instance_recovery_hours,
        api_call_days,
        history_days,
        second_factor_required,
    } = input;
    for (field, value, most) in [
        ("instance-recovery-hours", instance_recovery_hours, RECOVERY_HOURS_MAX),
        ("api-call-days", api_call_days, CALL_DAYS_MAX),
    ] {
        if value.is_some_and(|value| !(0..=most).contains(&value)) {
            return Err(Error::field(field, format!("must be 0 (off) to {most}")));
        }
    }
    if history_days.is_some_and(|days| !(1..=HISTORY_DAYS_MAX).contains(&days)) {
        return Err(Error::field("history-days", format!("must be 1 to {HISTORY_DAYS_MAX}")));
    }
    let numbers = instance_recovery_hours.or(api_call_days).or(history_days);
    if numbers.is_none() && second_factor_required.is_none() {
        let what = "or another field must be there, or nothing changes";
        return Err(Error::field("instance-recovery-hours", what));
    }
    let org = act.org()?;
    // A field that is left out stays as it is, also when others write at the same time.
    store::hold(act).await?;
    let before = store::settings(act.db(), org).await?;
    act.expect_version("organization", org, before.version).await?;
    let name = act.principal()?.org_name.clone();
    act.about(Subject::new("organization", org, name));
    let after = store::Settings {
        realm: before.realm,
        recovery_hours: instance_recovery_hours.unwrap_or(before.recovery_hours),
        call_days: api_call_days.unwrap_or(before.call_days),
        history_days: history_days.unwrap_or(before.history_days),
        second_factor_required: second_factor_required.unwrap_or(before.second_factor_required),
        version: before.version + 1,
    };
    if after.second_factor_required && !before.second_factor_required {
        must_have_second_factor(act)?;
        // Whoever has none hears nothing more.
        act.ends_access();
    }
    store::set(act, org, &after).await?;
    let (was, is) = (shown(act.principal()?, &before), shown(act.principal()?, &after));
    act.changes(was, is)?;
    act.new_version(after.version);
    act.changed("organization", org, None);
    Ok(shown(act.principal()?, &after))
}

/// Nobody shuts themselves out by demanding of all what they have not done themselves.
fn must_have_second_factor(act: &Act) -> Result<()> {
    let principal = act.principal()?;
    if principal.two_steps || principal.actor.user().is_none() {
        return Ok(());
    }
    Err(Error::Conflict(
        "You do not sign in in two steps yourself, and would be shut out: set it up under Security, \
         then demand it of everybody."
            .into(),
    ))
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
