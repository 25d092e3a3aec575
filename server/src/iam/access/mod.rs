//! Access for a while: what a role refuses is asked for, and whoever may do it themselves grants it.
//! What a grant allows is decided where everything is: `iam::decision`.

pub mod granted;
mod letters;
pub mod store;
mod withdraw;

pub use withdraw::withdraw;

use super::{
    permissions::effect::{Beside, Effect, effect},
    policies::Ready,
};
use crate::{
    act::{Act, Subject},
    call::Call,
    error::{Error, Result},
    organization,
    principal::Actor,
    view::View,
};
use api::{
    AccessGrant, AccessGrants, AccessRequest, AccessRequests, Endpoint, Nothing,
    RefuseAccessRequest, RequestAccess,
};
use domain::{
    AccessRequestId, UserId,
    iam::grant::{AccessState, HOURS_OFFERED, RESOURCE_CHARACTERS_MAX, TEXT_CHARACTERS_MAX},
    name,
};
use policy::Layer;
use serde_json::json;
use std::time::Duration;
use store::Row;

/// How long a request waits for somebody to decide.
const LAPSES: Duration = Duration::from_secs(7 * 24 * 3_600);
/// For how long it is known what was decided, and what was granted.
const KEPT: Duration = Duration::from_secs(90 * 24 * 3_600);
/// Requests that a person may have open, and an organization.
const OPEN_MAX: i64 = 5;
const OPEN_OF_ORGANIZATION_MAX: i64 = 200;
/// Grants that a person may have at once: each call looks at all of them.
const GRANTS_MAX: i64 = 20;

/// `request-access`
pub async fn request(act: &mut Act, input: RequestAccess) -> Result<AccessRequest> {
    let user = person(act)?;
    let input = checked(input)?;
    must_be_refused(act, asked_for(&input.operation)?)?;
    // Nobody else is counted meanwhile.
    organization::store::hold(act).await?;
    let (everybodys, own, same) = store::count_open(act, user, &input).await?;
    if same > 0 {
        return Err(Error::Conflict("You have asked for this, and nobody has decided yet.".into()));
    }
    if own >= OPEN_MAX || everybodys >= OPEN_OF_ORGANIZATION_MAX {
        return Err(Error::Conflict(format!(
            "{own} requests of yours and {everybodys} of the organization wait for a decision, and \
             {OPEN_MAX} and {OPEN_OF_ORGANIZATION_MAX} may: ask somebody to decide about them."
        )));
    }
    let id: AccessRequestId = act.new_id();
    store::insert(act, id, user, &input).await?;
    letters::to_who_decides(act, id, user, &input).await?;
    let row = held(act, id).await?;
    written(act, &row, AccessState::Open);
    Ok(row.request(act))
}

/// `list-access-requests`
pub async fn list(view: &View, _: Nothing) -> Result<AccessRequests> {
    let (all, of) = whose(view).await?;
    let mut db = view.cloud.db.read().await?;
    let rows = store::requests(&mut db, view.org()?, of).await?;
    let access_requests = rows.into_iter().map(|row| row.request(view)).collect();
    Ok(AccessRequests { access_requests, all })
}

/// `get-access-request`
pub async fn get(view: &View, _: Nothing) -> Result<AccessRequest> {
    let (all, _) = whose(view).await?;
    let mut db = view.cloud.db.read().await?;
    let row = store::get(&mut db, view.org()?, view.param("id")?).await?;
    let row = row.filter(|row| all || row.is_own(view));
    Ok(row.ok_or_else(|| Error::not_found("request for access"))?.request(view))
}

/// `list-access-grants`
pub async fn grants(view: &View, _: Nothing) -> Result<AccessGrants> {
    let (_, of) = whose(view).await?;
    let mut db = view.cloud.db.read().await?;
    let rows = store::grants(&mut db, view.org()?, of).await?;
    Ok(AccessGrants { access_grants: rows.into_iter().filter_map(|row| row.grant(view)).collect() })
}

/// `approve-access-request`
pub async fn approve(act: &mut Act, _: Nothing) -> Result<AccessGrant> {
    let row = undecided(act).await?;
    if row.member.is_none() {
        return Err(Error::Conflict(format!(
            "{} is not in this organization any more.",
            row.email
        )));
    }
    must_be_mine_to_grant(act, asked_for(&row.operation)?)?;
    if store::count_active(act, row.user).await? >= GRANTS_MAX {
        return Err(Error::Conflict(format!(
            "{} has {GRANTS_MAX} grants: revoke one, or give them another role.",
            row.email
        )));
    }
    let hours = Duration::from_secs(row.hours.unsigned_abs() * 3_600);
    let ends = act.now().plus(hours);
    store::decide(act, row.id, Some(ends), None).await?;
    act.changes(json!({ "state": "open" }), json!({ "state": "approved", "ends-at": ends }))?;
    letters::approved(act, &row, ends).await?;
    let row = held(act, row.id).await?;
    written(act, &row, AccessState::Approved);
    act.changed("access-grant", row.id, None);
    // Open streams ask again what they may hear.
    act.ends_access();
    row.grant(act).ok_or_else(|| Error::internal("a request that was approved is no grant"))
}

/// `refuse-access-request`
pub async fn refuse(act: &mut Act, input: RefuseAccessRequest) -> Result<AccessRequest> {
    let row = undecided(act).await?;
    let answer = input.answer.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    name::check_text(answer.as_deref().unwrap_or_default(), TEXT_CHARACTERS_MAX)
        .map_err(|e| Error::field("answer", e))?;
    store::decide(act, row.id, None, answer.clone()).await?;
    act.changes(json!({ "state": "open" }), json!({ "state": "refused" }))?;
    letters::refused(act, &row, answer.as_deref()).await?;
    let row = held(act, row.id).await?;
    written(act, &row, AccessState::Refused);
    Ok(row.request(act))
}

/// `revoke-access-grant`
pub async fn revoke(act: &mut Act, _: Nothing) -> Result<AccessGrant> {
    let id = act.param("id")?;
    organization::store::hold(act).await?;
    let now = act.now();
    let is_grant = |row: &Row| row.state(now) == AccessState::Approved;
    let found = found(act, id).await?.filter(is_grant);
    let grant = found.and_then(|row| row.grant(act)).ok_or_else(|| Error::not_found("grant"))?;
    if !grant.active {
        return Err(Error::Conflict(format!("This grant ended at {}.", grant.ends_at)));
    }
    store::revoke(act, id).await?;
    act.changes(json!({ "ends-at": grant.ends_at }), json!({ "ends-at": now }))?;
    act.about(Subject::new("access-grant", id, &grant.operation));
    act.changed("access-grant", id, Some("ended"));
    act.ends_access();
    let row = held(act, id).await?;
    row.grant(act).ok_or_else(|| Error::internal("a grant that was revoked is none"))
}

/// Whether the caller may decide, and if not, whose requests they see.
async fn whose(view: &View) -> Result<(bool, Option<UserId>)> {
    if view.may("approve-access-request", &[]).await? {
        return Ok((true, None));
    }
    // A key has asked for nothing: there is nobody with this id.
    let own = view.principal()?.actor.user().unwrap_or(UserId(domain::Uuid::nil()));
    Ok((false, Some(own)))
}

fn person(call: &Call) -> Result<UserId> {
    match &call.principal()?.actor {
        Actor::Session { user, .. } | Actor::Token { user, .. } => Ok(*user),
        _ => Err(Error::Forbidden("Access is granted to people.".into())),
    }
}

fn asked_for(operation: &str) -> Result<&'static Endpoint> {
    let endpoint = api::find(operation)
        .ok_or_else(|| Error::field("operation", format!("is {operation:?}, and there is none")))?;
    if !endpoint.is_grantable() {
        let what = match endpoint.service.is_empty() {
            true => "is open to everybody here: there is nothing to ask for",
            false => "can't be granted, because it hands out access: ask for a role that has it",
        };
        return Err(Error::field("operation", what));
    }
    Ok(endpoint)
}

fn checked(input: RequestAccess) -> Result<RequestAccess> {
    let endpoint = asked_for(&input.operation)?;
    let trimmed = |text: String| text.trim().to_owned();
    let resource = input.resource.map(trimmed).filter(|text| !text.is_empty());
    if let Some(resource) = &resource {
        if endpoint.resource().is_none() {
            return Err(Error::field("resource", "is not asked of one thing; leave it out"));
        }
        name::check_text(resource, RESOURCE_CHARACTERS_MAX)
            .map_err(|e| Error::field("resource", e))?;
        if resource.contains(char::is_control) {
            return Err(Error::field("resource", "has more than one line"));
        }
    }
    let reason = trimmed(input.reason);
    if reason.is_empty() {
        return Err(Error::field("reason", "is empty: say what you need it for"));
    }
    name::check_text(&reason, TEXT_CHARACTERS_MAX).map_err(|e| Error::field("reason", e))?;
    if !HOURS_OFFERED.contains(&input.hours) {
        let offered = HOURS_OFFERED.map(|hours| hours.to_string()).join(", ");
        return Err(Error::field("hours", format!("must be one of {offered}")));
    }
    Ok(RequestAccess { resource, reason, ..input })
}

/// A grant of what is allowed anyway, or of what the organization refuses, would change nothing.
fn must_be_refused(act: &Act, endpoint: &Endpoint) -> Result<()> {
    let principal = act.principal()?;
    match effect(endpoint, &principal.org_policy, &principal.role.policy, Beside::Nothing) {
        Effect::Refused(Layer::Organization) => Err(outvoted(endpoint)),
        Effect::Allowed | Effect::Open => Err(Error::Conflict(format!(
            "Your role {:?} allows {} already.",
            principal.role.name, endpoint.operation
        ))),
        _ => Ok(()),
    }
}

fn outvoted(endpoint: &Endpoint) -> Error {
    Error::Conflict(format!(
        "The organization's policy refuses {}, whoever asks: no grant changes that.",
        endpoint.operation
    ))
}

/// The ceiling: whoever grants something can do it themselves, whatever else is asked. What their own
/// role makes depend on anything can't be shown to be no wider, and what they were granted they can't
/// hand on.
fn must_be_mine_to_grant(act: &Act, endpoint: &Endpoint) -> Result<()> {
    let principal = act.principal()?;
    let everything = Ready::allow_all();
    let (org, own) = (&principal.org_policy, &principal.role);
    if let Effect::Refused(_) = effect(endpoint, org, &everything, Beside::Nothing) {
        return Err(outvoted(endpoint));
    }
    match effect(endpoint, &everything, &own.policy, Beside::Nothing) {
        Effect::Allowed => Ok(()),
        other => {
            let does = match other {
                Effect::Depends(_) => "allows it only sometimes",
                _ => "does not allow it",
            };
            Err(Error::Forbidden(format!(
                "Nobody grants more than they have, and your own role ({:?}) {does}: {}. Ask \
                 somebody whose role always does.",
                own.name, endpoint.operation
            )))
        }
    }
}

async fn found(act: &mut Act, id: AccessRequestId) -> Result<Option<Row>> {
    let org = act.org()?;
    store::get(act.db(), org, id).await
}

/// A request as it stands in this act.
async fn held(act: &mut Act, id: AccessRequestId) -> Result<Row> {
    found(act, id).await?.ok_or_else(|| Error::not_found("request for access"))
}

/// The request of the path, if it waits for a decision; nobody else decides until the act ends.
async fn undecided(act: &mut Act) -> Result<Row> {
    let id = act.param("id")?;
    organization::store::hold(act).await?;
    let row = held(act, id).await?;
    open(act, row)
}

/// The same request, if nobody has decided about it.
fn open(act: &Act, row: Row) -> Result<Row> {
    match row.state(act.now()) {
        AccessState::Open => Ok(row),
        AccessState::Lapsed => Err(Error::Conflict(
            "Nobody decided about this for a week, so it lapsed: it has to be asked again.".into(),
        )),
        AccessState::Withdrawn => Err(Error::Conflict(
            "Who asked for this has withdrawn it: there is nothing to decide any more.".into(),
        )),
        state => Err(Error::Conflict(format!("Somebody has decided already: it is {state}."))),
    }
}

fn written(act: &mut Act, row: &Row, state: AccessState) {
    act.about(Subject::new("access-request", row.id, &row.operation));
    act.changed("access-request", row.id, Some(state.as_str()));
}
