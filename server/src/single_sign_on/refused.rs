//! Who is known to the provider and not let in here, in the organization's trail. What they had by single
//! sign-on ends with it: sessions and access tokens.

use super::store;
use crate::{
    act::{Act, Subject},
    call::{Call, Request},
    cloud::Cloud,
    error::Result,
    identity_providers::store::Row,
    organization,
    principal::Principal,
};
use domain::{OperationId, UserId, Uuid};
use std::sync::Arc;

/// What the caller is told.
const STATUS: i64 = 403;

/// Somebody who is not let in.
pub struct Outsider {
    /// Whom they are here, if they have been here.
    pub user: Option<UserId>,
    pub email: String,
    pub reason: String,
    /// The provider itself gives them nothing any more.
    pub loses_access: bool,
}

/// Writes it down behind the caller's back: the act that signs in undoes itself.
pub fn note(act: &Act, row: &Row, outsider: Outsider) {
    if act.request.dry_run {
        return;
    }
    let (cloud, request, row) = (act.cloud(), act.request.clone(), row.clone());
    tokio::spawn(async move {
        if let Err(error) = write(&cloud, &request, &row, outsider).await {
            tracing::error!(%error, "a refused sign-in could not be written to the audit trail");
        }
    });
}

async fn write(cloud: &Arc<Cloud>, request: &Request, row: &Row, outsider: Outsider) -> Result<()> {
    let principal = Principal::platform(row.org, row.project, OperationId(Uuid::nil()));
    let call = Call::for_audit(cloud.clone(), request.clone(), Some(principal));
    let mut act = Act::begin(call).await?;
    let member = match outsider.user {
        Some(user) => store::membership(&mut act, row, user).await?,
        None => None,
    };
    let id = member.map_or_else(String::new, |member| member.id.to_string());
    act.about(Subject::new("user", id, outsider.email.as_str()));
    act.refused_because(format!("{}: {}", outsider.email, outsider.reason));
    if let Some(user) = outsider.user.filter(|_| outsider.loses_access) {
        // As whoever signs in does it: the organization first, or two of them wait for each other.
        organization::store::hold(&mut act).await?;
        store::shut_out(&mut act, user).await?;
        act.ends_sessions_of(user);
    }
    act.commit(STATUS).await
}
