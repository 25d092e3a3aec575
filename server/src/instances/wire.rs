//! Instances as the API shows them.

use super::{InstanceRow, type_of};
use crate::{
    call::Call,
    error::Result,
    instance_types,
    organization::store::security_groups,
    snapshots,
    templates::{self, TemplateRow},
    view::View,
};
use api::{Instance, SecurityGroup, SnapshotRef, SshKey};
use domain::TemplateId;
use std::collections::{HashMap, hash_map::Entry};

/// What many instances of one answer share.
pub struct Shown {
    templates: HashMap<TemplateId, TemplateRow>,
    groups: Vec<SecurityGroup>,
}

impl Shown {
    pub async fn of(view: &View, rows: &[InstanceRow]) -> Result<Shown> {
        let mut templates = HashMap::new();
        let mut db = view.cloud.db.read().await?;
        for row in rows {
            if let Entry::Vacant(slot) = templates.entry(row.template)
                && let Some(found) = templates::store::get_ever(&mut db, row.template).await?
            {
                slot.insert(found);
            }
        }
        let groups = security_groups(&mut db, view.org()?).await?;
        Ok(Shown { templates, groups })
    }
}

/// One row as it stands in a list: without user data and snapshots.
pub fn show(call: &Call, row: &InstanceRow, shown: &Shown) -> Result<Instance> {
    let of = type_of(call, row)?;
    let keys: Vec<SshKey> = row
        .ssh_keys
        .iter()
        .map(|k| SshKey { name: k.name.clone(), fingerprint: k.fingerprint.clone() })
        .collect();
    let engine = call.cloud.zones.find(&row.zone).map(|z| z.engine.kind().as_str().to_owned());
    let template = shown.templates.get(&row.template).map(TemplateRow::wire);
    Ok(Instance {
        id: row.id,
        name: row.name.clone(),
        state: row.state,
        created_at: row.created,
        instance_type: instance_types::wire(call, &of)?,
        template: template
            .ok_or_else(|| crate::error::Error::internal("an instance without a template"))?,
        disk_size: row.disk_gib,
        public_ip_assignment: row.public_ip_assignment,
        public_ip: row.ipv4.clone(),
        ipv6_address: row.ipv6.clone(),
        mac_address: row.mac.clone(),
        ssh_key: keys.first().cloned(),
        ssh_keys: keys,
        user_data: None,
        labels: row.labels.clone(),
        security_groups: shown
            .groups
            .iter()
            .filter(|g| row.security_groups.contains(&g.id))
            .cloned()
            .collect(),
        snapshots: None,
        secureboot_enabled: false,
        tpm_enabled: false,
        disk_encrypted: false,
        application_consistent_snapshot_enabled: row.app_consistent,
        zone: Some(row.zone.clone()),
        protected: Some(row.protected),
        missing: Some(row.is_missing()),
        price: Some(call.price(row.metered)?),
        operation: row.operation,
        reason: row.reason.clone(),
        recover_until: row.recover_until,
        engine,
    })
}

/// The whole of one instance.
pub async fn detail(view: &View, row: InstanceRow) -> Result<Instance> {
    let shown = Shown::of(view, std::slice::from_ref(&row)).await?;
    let of_instance =
        snapshots::store::of_instance(view.cloud.db.reader(), view.org()?, row.id).await?;
    Ok(Instance {
        user_data: row.user_data.clone(),
        snapshots: Some(of_instance.into_iter().map(|s| SnapshotRef { id: s.id }).collect()),
        ..show(view, &row, &shown)?
    })
}
