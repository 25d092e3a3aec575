//! What the platform does for itself: no tenant's state, so no act and no audit event. What may be
//! written here is named by the functions that use it: last uses, what they were for, calls that changed
//! nothing, expired sessions, sign-ins that were answered, keys of assumed roles, access that ended long ago, answers and exports, mail that was sent, signed heads,
//! what webhooks were told, public templates, strays, what things were like long ago.

use crate::{
    audit,
    cloud::Cloud,
    db::{Connection, Write},
    error::Result,
    http, iam, instances, last_used, list_exports, mail, past, reconcile, sessions, snapshots,
};
use std::{sync::Arc, time::Duration};

const EVERY: Duration = Duration::from_secs(30);

/// A transaction for the platform's own rows.
pub struct Housekeeping(Write);

impl Housekeeping {
    pub fn db(&mut self) -> &mut Connection {
        &mut self.0
    }

    pub async fn commit(self) -> Result<()> {
        self.0.commit().await
    }
}

impl Cloud {
    pub async fn housekeeping(&self) -> Result<Housekeeping> {
        Ok(Housekeeping(self.db.begin().await?))
    }
}

/// Works until the process ends.
pub async fn run(cloud: Arc<Cloud>) {
    loop {
        if let Err(error) = once(&cloud).await {
            tracing::warn!(%error, "housekeeping failed and is tried again");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Everything that is due now.
pub async fn once(cloud: &Arc<Cloud>) -> Result<()> {
    cloud.availability.refresh(&cloud.zones, cloud.now()).await;
    last_used::write(cloud).await?;
    let now = cloud.now();
    let mut housekeeping = cloud.housekeeping().await?;
    sessions::store::delete_expired(housekeeping.db(), now).await?;
    sessions::used::store::forget(housekeeping.db(), now).await?;
    iam::keys::store::delete_ended(housekeeping.db(), now).await?;
    iam::access::store::forget(housekeeping.db(), now).await?;
    http::delete_expired_answers(housekeeping.db(), now).await?;
    mail::forget(&mut housekeeping, now).await?;
    past::forget(&mut housekeeping, now).await?;
    housekeeping.commit().await?;
    iam::keys::remove_ended(cloud).await?;
    snapshots::remove_expired_exports(cloud).await?;
    list_exports::remove_expired(cloud).await?;
    audit::calls::remove_old(cloud).await?;
    iam::uses::remove_old(cloud).await?;
    audit::heads::sign(cloud).await?;
    instances::expunge_expired(cloud).await?;
    reconcile::all(cloud).await
}
