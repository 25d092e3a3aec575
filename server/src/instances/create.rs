//! `create-instance`: everything is checked and counted before anything is promised.

use super::{InstanceRow, find_type, plan::Plan, row::SshKeyOf, store};
use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    operations::{self, Was},
    quotas, ssh_keys,
    templates::{self, TemplateRow},
};
use api::{CreateInstance, Operation};
use domain::{
    InstanceId, SecurityGroupId, TemplateId,
    instance::{InstanceState, PublicIpAssignment},
    instance_type::{InstanceType, TypeError},
    labels, name, price,
    quota::QuotaResource,
    template, user_data,
};

/// SSH keys that one instance may have.
const SSH_KEYS_MAX: usize = 50;
const SECURITY_GROUPS_MAX: usize = 50;

pub async fn create(act: &mut Act, input: CreateInstance) -> Result<Operation> {
    let zone = act.cloud.zones.choose(act.zone(), input.zone.as_deref())?.name.clone();
    let id: InstanceId = act.new_id();
    let display = match &input.name {
        Some(name) => {
            name::check(name).map_err(|e| Error::field("name", e))?;
            name.clone()
        }
        None => format!("instance-{}", &id.to_string()[24..]),
    };
    let of = find_type(act, input.instance_type.id)?;
    let template = usable_template(act, input.template.id, &zone).await?;
    check_disk(&of, &template, input.disk_size)?;
    if let Some(data) = &input.user_data {
        user_data::decode(data).map_err(|e| Error::field("user-data", e))?;
    }
    let labels = input.labels.clone().unwrap_or_default();
    labels::check(&labels).map_err(|e| Error::field("labels", e))?;
    refuse_what_is_missing(&input)?;
    let public_ip_assignment = match (input.public_ip_assignment, input.ipv6_enabled) {
        (Some(assignment), _) => assignment,
        (None, Some(true)) => PublicIpAssignment::Dual,
        (None, _) => PublicIpAssignment::Inet4,
    };
    let ssh_keys = ssh_keys_of(act, &input).await?;
    let security_groups = security_groups_of(act, &input).await?;

    quotas::take(act, QuotaResource::Instance, 1).await?;
    quotas::take(act, QuotaResource::Gpu, of.gpus).await?;

    let password_sealed = template.password_enabled.then(|| {
        let password = crate::random::password();
        act.cloud.sealer.seal(&super::password::seal_scope(id), password.as_bytes())
    });
    let row = InstanceRow {
        id,
        zone,
        engine_name: format!("{}{id}", engine::NAME_PREFIX),
        name: display,
        state: InstanceState::Starting,
        instance_type: of.id,
        template: template.id,
        disk_gib: input.disk_size,
        public_ip_assignment,
        ipv4: None,
        ipv6: None,
        mac: None,
        ssh_keys,
        user_data: input.user_data,
        labels,
        security_groups,
        app_consistent: input.application_consistent_snapshot_enabled.unwrap_or(false),
        protected: false,
        password_sealed,
        operation: None,
        reason: None,
        recover_until: None,
        created: act.now(),
        version: 1,
        metered: Default::default(),
        made: false,
    };
    store::insert(act, &row).await?;
    act.about(Subject::new("instance", id, &row.name));
    let plan = Plan::Create { start: input.auto_start.unwrap_or(true) };
    let new = operations::New {
        step: "create",
        zone: Some(&row.zone),
        lock: id.0,
        data: &plan,
        was: Some(Was::Nothing),
    };
    let operation = operations::start(act, new).await?;
    store::begin(act, id, InstanceState::Starting, operation.id).await?;
    act.changed("instance", id, Some("starting"));
    let after = price::instance(&act.cloud.catalogue.prices, &of, row.disk_gib, plan.ends_as());
    let (before, after) = (act.price(Default::default())?, act.price(after)?);
    act.price_effect(before, after);
    Ok(operation)
}

/// A template that may be used in the zone.
pub async fn usable_template(act: &mut Act, id: TemplateId, zone: &str) -> Result<TemplateRow> {
    let org = act.org()?;
    let mut found = templates::store::get(act.db(), id).await?;
    if found.as_ref().is_some_and(|t| t.org == Some(org)) {
        // Nobody deletes public ones; holding those would let every create wait for every other.
        found = templates::store::get_held(act, id).await?;
    }
    let found = found.filter(|t| t.org.is_none_or(|owner| owner == org));
    let row =
        found.ok_or_else(|| Error::field("template.id", "is not a template that you may use"))?;
    if row.zone != zone {
        let what =
            format!("is a template of the zone {}; the instance is to be in {zone}", row.zone);
        return Err(Error::field("template.id", what));
    }
    if row.state != "ready" {
        return Err(Error::Conflict(format!("The template {:?} is {}.", row.name, row.state)));
    }
    Ok(row)
}

/// Whether a disk fits both the type and the template.
pub fn check_disk(of: &InstanceType, template: &TemplateRow, disk_gib: i64) -> Result<()> {
    let refused = |e: TypeError| Error::field("disk-size", format!("is not possible: {e}"));
    of.check_disk(disk_gib).map_err(refused)?;
    let needed = template::disk_gib_needed(template.size_bytes);
    if of.disk_gib_max < needed {
        let what = format!(
            "is too small for the template: {} allows at most {} GiB, and the template needs {needed} GiB",
            of.name(),
            of.disk_gib_max
        );
        return Err(Error::field("instance-type.id", what));
    }
    if disk_gib < needed {
        return Err(refused(TypeError::DiskForTemplate {
            name: of.name(),
            min: of.disk_gib_min,
            needed,
        }));
    }
    Ok(())
}

/// What this platform can't give is refused, never silently left out.
fn refuse_what_is_missing(input: &CreateInstance) -> Result<()> {
    if input.anti_affinity_groups.as_ref().is_some_and(|g| !g.is_empty()) {
        return Err(Error::field("anti-affinity-groups", "names a group that does not exist"));
    }
    for (field, asked) in
        [("tpm-enabled", input.tpm_enabled), ("secureboot-enabled", input.secureboot_enabled)]
    {
        if asked == Some(true) {
            return Err(Error::field(field, "is not possible here: instances are containers"));
        }
    }
    Ok(())
}

async fn ssh_keys_of(act: &mut Act, input: &CreateInstance) -> Result<Vec<SshKeyOf>> {
    let mut names: Vec<&str> = Vec::new();
    for key in input.ssh_key.iter().chain(input.ssh_keys.iter().flatten()) {
        if !names.contains(&key.name.as_str()) {
            names.push(&key.name);
        }
    }
    if names.len() > SSH_KEYS_MAX {
        return Err(Error::field("ssh-keys", format!("may be {SSH_KEYS_MAX} at most")));
    }
    let mut keys = Vec::new();
    for name in names {
        let found = ssh_keys::store::line(act, name).await?;
        let (key, line) = found.ok_or_else(|| {
            Error::field("ssh-keys", format!("names {name:?}, which does not exist"))
        })?;
        keys.push(SshKeyOf { name: key.name, fingerprint: key.fingerprint, line });
    }
    Ok(keys)
}

/// The groups that were asked for, or `default`.
async fn security_groups_of(act: &mut Act, input: &CreateInstance) -> Result<Vec<SecurityGroupId>> {
    let org = act.org()?;
    let all = crate::organization::store::security_groups(act.db(), org).await?;
    let asked: Vec<_> = input.security_groups.iter().flatten().map(|g| g.id).collect();
    if asked.len() > SECURITY_GROUPS_MAX {
        return Err(Error::field(
            "security-groups",
            format!("may be {SECURITY_GROUPS_MAX} at most"),
        ));
    }
    if asked.is_empty() {
        return Ok(all.iter().filter(|g| g.name == "default").map(|g| g.id).collect());
    }
    match asked.iter().find(|id| !all.iter().any(|g| g.id == **id)) {
        Some(_) => Err(Error::field("security-groups", "names a group that does not exist")),
        None => Ok(asked),
    }
}
