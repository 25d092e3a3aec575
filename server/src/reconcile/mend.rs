//! Writing down what an instance really is.

use super::store::Claim;
use crate::{
    act::{Act, Subject},
    call::{Call, Request},
    cloud::Cloud,
    error::{Error, Result},
    instances,
    principal::{Actor, Principal, Role},
    random,
    usage::{self, Meter},
};
use domain::{
    OperationId, OrgId, ProjectId, RequestId, RoleId, Uuid, iam::Policy, instance::InstanceState,
};
use engine::Observed;
use std::sync::Arc;

const VANISHED: &str = "The engine does not have this instance any more.";

/// Writes it down, if nothing has happened to the instance since the engine was asked.
pub async fn write(
    cloud: &Arc<Cloud>,
    claim: &Claim,
    state: InstanceState,
    seen: Option<&Observed>,
) -> Result<()> {
    let mut act = begin(cloud, claim.org, claim.project).await?;
    let row = instances::store::get_for_change(&mut act, claim.org, claim.id).await?;
    let Some(row) = row.filter(|row| row.version == claim.version) else { return Ok(()) };
    let id = row.id.to_string();
    // What vanished has no disk either.
    let ended = if state == InstanceState::Error { "" } else { "instance." };
    usage::close(&mut act, &id, ended).await?;
    if state != InstanceState::Error {
        let prices = &cloud.catalogue.prices;
        usage::open(&mut act, &Meter::disk(&row, row.disk_gib, prices)).await?;
    }
    if let (InstanceState::Running, Some(of)) = (state, cloud.catalogue.find(row.instance_type)) {
        usage::open(&mut act, &Meter::running(&row, of)).await?;
    }
    if let Some(seen) = seen {
        instances::store::set_observed(&mut act, &row, seen).await?;
    }
    let reason = match state {
        InstanceState::Error => Some(VANISHED),
        // Why it was in error stays worth knowing.
        _ => row.reason.as_deref().filter(|reason| *reason != VANISHED),
    };
    instances::store::finish(&mut act, row.id, state, reason).await?;
    act.about(Subject::new("instance", row.id, &row.name));
    act.changed("instance", row.id, Some(state.as_str()));
    tracing::info!(instance = %row.id, was = %row.state, is = %state, "changed outside of the platform");
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
