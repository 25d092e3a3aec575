//! `replay-iam-policy`: what other policies would have said of the calls that were made. Each is decided
//! twice by the function that decides about calls: as now, and as it would be.

mod flips;
mod past;
mod things;

use super::{
    access, decision,
    policies::Ready,
    roles::{self, PolicyOf},
};
use crate::{
    audit,
    error::{Error, Result},
    organization,
    view::View,
};
use api::{Event, IamPolicy, IamReplay, ReplayIamPolicy};
use domain::{RoleId, iam::limits};
use flips::Flips;
use past::Past;
use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};
use things::Things;

/// How far back is looked…
const WINDOW: Duration = Duration::from_secs(30 * 24 * 3_600);
/// … at so many calls…
pub const CALLS_MAX: usize = 10_000;
/// … for so long: rules may take their time.
const DECIDING_MAX: Duration = Duration::from_secs(5);
/// How long one waits for its turn.
const WAITING_MAX: Duration = Duration::from_secs(20);
/// Replays that this process does at once.
pub const AT_ONCE_MAX: usize = 2;

/// `replay-iam-policy`
pub async fn replay(view: &View, input: ReplayIamPolicy) -> Result<IamReplay> {
    // The portal asks more than once for a page, and each replay takes a moment.
    let turn = tokio::time::timeout(WAITING_MAX, view.cloud.replays.acquire()).await;
    let _permit = turn.map_err(|_| {
        Error::Unavailable(format!(
            "{AT_ONCE_MAX} replays are being done already: try again in some seconds."
        ))
    })?;
    let policies = Policies::of(view, &input).await?;
    let org = view.org()?;
    let settings = {
        let mut db = view.cloud.db.read().await?;
        organization::store::settings(&mut db, org).await?
    };
    // What was noted just now counts, too.
    audit::calls::write(&view.cloud).await?;
    let begin = view.now().minus(WINDOW);
    let (events, mut more) = audit::newest(view, begin, CALLS_MAX).await?;
    let mut since = if more { events.last().map_or(begin, |last| last.timestamp) } else { begin };
    let mut flips = Flips::default();
    let mut things = Things::of(view, &events);
    let grants = {
        let mut db = view.cloud.db.read().await?;
        access::granted::store::since(&mut db, org, begin).await?
    };
    let clock = Instant::now();
    for event in &events {
        if clock.elapsed() > DECIDING_MAX {
            (more, since) = (true, event.timestamp);
            break;
        }
        policies.again(view, (event, &grants), &mut things, &mut flips).await?;
        // Others wait for the same threads.
        tokio::task::yield_now().await;
    }
    Ok(flips.told(since, more, settings.call_days))
}

/// What is decided by: as it is, and as it would be.
struct Policies {
    only: Option<RoleId>,
    roles: HashMap<RoleId, PolicyOf>,
    organization: Arc<Ready>,
    new_role: Option<Arc<Ready>>,
    new_organization: Option<Arc<Ready>>,
}

impl Policies {
    /// What one may not read one does not learn by asking so.
    async fn of(view: &View, input: &ReplayIamPolicy) -> Result<Policies> {
        if input.policy.is_none() && input.organization_policy.is_none() {
            return Err(Error::field(
                "policy",
                "or organization-policy is what would be; give one",
            ));
        }
        if input.policy.is_some() && input.role_id.is_none() {
            return Err(Error::field("role-id", "says whose policy it would be; give it"));
        }
        view.must("list-audit-trail", &[]).await?;
        view.must("get-iam-organization-policy", &[]).await?;
        let new_role = ready("policy", input.policy.as_ref()).await?;
        let new_organization =
            ready("organization-policy", input.organization_policy.as_ref()).await?;
        match input.role_id {
            Some(id) => view.must("get-iam-role", &[("id", &id.to_string())]).await?,
            None => view.must("list-iam-roles", &[]).await?,
        }
        let roles = roles::policies(view).await?;
        if input.role_id.is_some_and(|id| !roles.contains_key(&id)) {
            return Err(Error::field("role-id", "is not a role of this organization"));
        }
        let organization = view.principal()?.org_policy.clone();
        Ok(Policies { only: input.role_id, roles, organization, new_role, new_organization })
    }

    /// Decides one call again.
    async fn again(
        &self,
        view: &View,
        (event, grants): (&Event, &[access::granted::store::Whose]),
        things: &mut Things<'_>,
        flips: &mut Flips,
    ) -> Result<()> {
        let Some(role) = event.iam_role.as_ref() else { return Ok(()) };
        if self.only.is_some_and(|only| only != role.id) {
            return Ok(());
        }
        let Some(past) = Past::of(view, event, grants)? else { return Ok(()) };
        let Some(now) = self.roles.get(&role.id) else {
            flips.undecided();
            return Ok(());
        };
        let new_role = self.new_role.as_ref().unwrap_or(&now.policy);
        let new_organization = self.new_organization.as_ref().unwrap_or(&self.organization);
        let (old, new) = ((&*self.organization, &*now.policy), (&**new_organization, &**new_role));
        let reads = [old, new]
            .into_iter()
            .any(|(organization, role)| decision::reads_resources(&past.call, organization, role));
        let named = match reads {
            true => things.named(&past.call).await?,
            false => Some(Vec::new()),
        };
        let (Some(named), true) = (named, past.is_whole) else {
            flips.undecided();
            return Ok(());
        };
        let decide =
            |(organization, role)| decision::of_known(&past.call, organization, role, &named);
        if let (Some(before), Some(after)) = (decide(old)?, decide(new)?) {
            flips.decided(event, &now.name, &before, &after);
        }
        Ok(())
    }
}

async fn ready(field: &str, policy: Option<&IamPolicy>) -> Result<Option<Arc<Ready>>> {
    let Some(policy) = policy else { return Ok(None) };
    limits::check(policy).map_err(|e| Error::field(field, e))?;
    Ready::prepared(policy.clone()).await.map(Some)
}
