//! The past: what the lists and details of the API answered at an instant.
//!
//! Triggers keep every version of a recorded row (`tables`), in the transaction that writes it, whoever
//! writes. A read with `at` is served by the same handler from a database in which views of that instant
//! have the names of the tables: filters, order, pages and refusals are those of the present, because
//! they are the same code. No engine is asked.

pub mod changes;
pub mod ddl;
pub mod store;
pub mod tables;

use crate::{
    call::Request,
    cloud::Cloud,
    error::{Error, Result},
    housekeeping::Housekeeping,
    principal::Principal,
};
use domain::{OrgId, Timestamp, history::HISTORY_DAYS_MAX};
use std::{sync::Arc, time::Duration};
use tokio::sync::{AcquireError, SemaphorePermit};

/// Reads of the past that may be done at once: each has connections of its own.
pub const AT_ONCE_MAX: usize = 4;
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// The platform as it was, until it is closed.
pub struct Past<'a> {
    pub cloud: Arc<Cloud>,
    _permit: SemaphorePermit<'a>,
}

impl<'a> Past<'a> {
    async fn at(cloud: &Cloud, at: Timestamp, permit: SemaphorePermit<'a>) -> Result<Past<'a>> {
        let cloud = cloud.reading(cloud.db.as_of(at).await?);
        Ok(Past { cloud, _permit: permit })
    }

    /// Whoever still has it keeps the connection: nobody else is to turn it to another instant.
    pub async fn close(self) {
        match Arc::try_unwrap(self.cloud) {
            Ok(cloud) => cloud.give_back().await,
            Err(shared) => shared.db.close().await,
        }
    }
}

/// The platform as a request wants to see it; none: as it is.
pub async fn asked<'a>(
    cloud: &'a Cloud,
    request: &Request,
    principal: Option<&Principal>,
) -> Result<Option<Past<'a>>> {
    let mut found =
        request.query.iter().filter(|(name, value)| name == api::AT && !value.is_empty());
    let Some((_, text)) = found.next() else { return Ok(None) };
    if found.next().is_some() {
        return Err(Error::field(api::AT, "stands there more than once"));
    }
    let operation = request.endpoint.operation;
    if !api::is_known_of_the_past(operation) {
        let what = format!("is not possible here: {operation} only knows the present");
        return Err(Error::field(api::AT, what));
    }
    let wrong = "is not an instant: write it as 2027-01-15T08:00:00Z";
    let at = Timestamp::parse(text).ok_or_else(|| Error::field(api::AT, wrong))?;
    let Some(principal) = principal else { return Ok(None) };
    open(cloud, principal.org, at, api::AT).await.map(Some)
}

/// The platform as it was at an instant that a field names.
async fn open<'a>(cloud: &'a Cloud, org: OrgId, at: Timestamp, field: &str) -> Result<Past<'a>> {
    must_be_known(cloud, org, at, field).await?;
    let permit = cloud.pasts.acquire().await.map_err(closed)?;
    Past::at(cloud, at, permit).await
}

/// The platform as it was at two instants. Nobody waits for the second with the first in hand.
async fn open_two<'a>(
    cloud: &'a Cloud,
    org: OrgId,
    first: (&str, Timestamp),
    second: (&str, Timestamp),
) -> Result<(Past<'a>, Past<'a>)> {
    for (field, at) in [first, second] {
        must_be_known(cloud, org, at, field).await?;
    }
    let mut permits = cloud.pasts.acquire_many(2).await.map_err(closed)?;
    let permit = permits.split(1).ok_or_else(|| Error::internal("of two permits, none"))?;
    let first = Past::at(cloud, first.1, permit).await?;
    Ok((first, Past::at(cloud, second.1, permits).await?))
}

async fn must_be_known(cloud: &Cloud, org: OrgId, at: Timestamp, field: &str) -> Result<()> {
    let now = cloud.now();
    if at > now {
        return Err(Error::field(field, format!("is in the future: now it is {now}")));
    }
    let first = earliest(cloud, org).await?;
    if at < first {
        return Err(Error::field(field, format!("is before {first}, the earliest that is known")));
    }
    Ok(())
}

fn closed(_: AcquireError) -> Error {
    Error::internal("nobody reads the past any more")
}

/// The first instant of an organization's past that is still known.
pub async fn earliest(cloud: &Cloud, org: OrgId) -> Result<Timestamp> {
    let (since, days) = store::reach(cloud.db.reader(), &org.to_string()).await?;
    let kept = Duration::from_secs(days.unsigned_abs() * DAY.as_secs());
    Ok(since.max(cloud.now().minus(kept)))
}

/// Removes what nobody can ask for any more.
pub async fn forget(housekeeping: &mut Housekeeping, now: Timestamp) -> Result<()> {
    let longest = Duration::from_secs(HISTORY_DAYS_MAX.unsigned_abs() * DAY.as_secs());
    store::forget(housekeeping, now, longest).await
}
