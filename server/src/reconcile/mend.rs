//! Writing down what an instance really is.

use super::store::Claim;
use crate::{
    act::{Act, Subject},
    cloud::Cloud,
    error::Result,
    instances,
    usage::{self, Meter},
};
use domain::instance::InstanceState;
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
    let (place, params) = ((claim.org, claim.project), [("id", claim.id.to_string())]);
    let mut act = Act::of_platform(cloud, place, "get-instance", &params).await?;
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
