//! What is done to a person is an event of each of their organizations: under the id that they have
//! there, so that no two organizations see whom they share, and in one act, so that none goes without.

use super::store;
use crate::{
    act::{Act, Subject},
    call::{Call, Request},
    cloud::Cloud,
    error::Result,
    principal::Actor,
};
use domain::UserId;
use std::sync::Arc;

/// Begins an act about a person, who is called so in its events; `None` where they have no organization.
/// It was decided elsewhere that it may be done.
pub async fn begin(
    cloud: &Arc<Cloud>,
    request: Request,
    (user, actor): (UserId, Actor),
    name: &str,
) -> Result<Option<Act>> {
    let mut principals = {
        let mut db = cloud.db.read().await?;
        store::principals_of(&mut db, user, &actor).await?.into_iter()
    };
    let Some((member, principal)) = principals.next() else { return Ok(None) };
    let about = |member| Subject::new("user", member, name);
    let mut act = Act::begin(Call::for_audit(cloud.clone(), request, Some(principal))).await?;
    act.about(about(member));
    act.is_also_of(principals.map(|(member, principal)| (principal, about(member))));
    Ok(Some(act))
}
