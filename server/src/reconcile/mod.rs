//! The reconciler: compares what the engines have with what the database says, level-triggered.
//!
//! An instance that stopped, started or vanished behind our back shows it, and is metered
//! accordingly. An engine object that we do not know is left alone until it has been unknown in
//! three complete listings over at least five minutes, and then is only reported: it may be
//! somebody's.

mod store;

use crate::{
    act::{Act, Subject},
    call::{Call, Request},
    cloud::Cloud,
    error::{Error, Result},
    instances::{self, InstanceRow},
    principal::{Actor, Principal, Role},
    random,
    usage::{self, Meter},
    zones::Zone,
};
use domain::{
    OperationId, OrgId, ProjectId, RequestId, RoleId, Uuid, iam::Policy, instance::InstanceState,
};
use engine::{Observed, Power};
use std::{collections::HashMap, sync::Arc};

/// Looks at every zone. One that does not answer is left as it is.
pub async fn all(cloud: &Arc<Cloud>) -> Result<()> {
    for zone in cloud.zones.iter() {
        if let Err(error) = zone_once(cloud, zone).await {
            tracing::warn!(zone = zone.name, %error, "the zone could not be compared");
        }
    }
    Ok(())
}

async fn zone_once(cloud: &Arc<Cloud>, zone: &Zone) -> Result<()> {
    // The engine is asked first: what is made meanwhile has a row before it has an engine object.
    let seen: HashMap<String, Observed> =
        zone.engine.list().await?.into_iter().map(|o| (o.name.clone(), o)).collect();
    let rows = instances::store::of_zone(cloud.db.reader(), &zone.name).await?;
    for (org, project, row) in &rows {
        if let Some(found) = drift(row, seen.get(&row.engine_name)) {
            mend(cloud, *org, *project, row.id, found, seen.get(&row.engine_name)).await?;
        }
    }
    let unknown: Vec<&str> = seen
        .keys()
        .map(String::as_str)
        .filter(|name| !rows.iter().any(|(_, _, row)| row.engine_name == *name))
        .collect();
    for stray in store::note(cloud, &zone.name, &unknown).await? {
        tracing::warn!(
            zone = zone.name,
            stray,
            "the engine has something of ours that no row knows"
        );
    }
    Ok(())
}

/// The state that an instance really has, when it is not what its row says.
fn drift(row: &InstanceRow, seen: Option<&Observed>) -> Option<InstanceState> {
    use InstanceState::*;
    if row.operation.is_some() || row.state.is_moving() {
        return None;
    }
    match (row.state, seen.map(|s| s.power)) {
        (Running, Some(Power::Stopped)) => Some(Stopped),
        (Stopped, Some(Power::Running)) => Some(Running),
        (Running | Stopped, None) => Some(Error),
        _ => None,
    }
}

/// Writes it down, if nothing has happened to the instance since it was looked at.
async fn mend(
    cloud: &Arc<Cloud>,
    org: OrgId,
    project: ProjectId,
    id: domain::InstanceId,
    state: InstanceState,
    seen: Option<&Observed>,
) -> Result<()> {
    let mut act = begin(cloud, org, project).await?;
    let Some(row) = instances::store::get_for_change(&mut act, org, id).await? else {
        return Ok(());
    };
    if drift(&row, seen) != Some(state) {
        return Ok(());
    }
    usage::close(&mut act, &id.to_string(), "instance.").await?;
    let reason = match state {
        InstanceState::Error => Some("The engine does not have this instance any more."),
        _ => None,
    };
    if state == InstanceState::Running {
        if let Some(of) = cloud.catalogue.find(row.instance_type) {
            usage::open(&mut act, &Meter::running(&row, of)).await?;
        }
    }
    if let Some(seen) = seen {
        instances::store::set_observed(&mut act, id, seen).await?;
    }
    instances::store::finish(&mut act, id, state, reason).await?;
    act.about(Subject::new("instance", id, &row.name));
    act.changed("instance", id, Some(state.as_str()));
    tracing::info!(instance = %id, was = %row.state, is = %state, "changed outside of the platform");
    act.commit(200).await
}

/// An act of the platform itself that no operation is behind.
async fn begin(cloud: &Arc<Cloud>, org: OrgId, project: ProjectId) -> Result<Act> {
    let endpoint = api::find("get-instance").ok_or_else(|| Error::internal("no get-instance"))?;
    let now = cloud.now();
    let request = Request {
        id: RequestId(random::id(now)),
        endpoint,
        params: Vec::new(),
        query: Vec::new(),
        body: serde_json::json!({}),
        uri: "/reconcile".to_owned(),
        zone: None,
        source_ip: None,
        user_agent: None,
        if_match: None,
        dry_run: false,
        replaces_session: None,
        started: now,
    };
    let principal = Principal {
        org,
        project,
        org_name: String::new(),
        currency: Default::default(),
        org_policy: Policy::allow_all(),
        role: Role {
            id: RoleId(Uuid::nil()),
            name: "platform".to_owned(),
            policy: Policy::allow_all(),
        },
        actor: Actor::System { operation: OperationId(Uuid::nil()) },
    };
    Act::begin(Call::open(cloud.clone(), request, Some(principal))?).await
}
