//! Whether a call is allowed: the one function that decides, for everybody who asks.
//!
//! The organization's policy and the role's must both allow (`policy::decide`); in the place of a role
//! that refuses, a grant may stand (`domain::iam::grant`), and to one that is only assumed some things are
//! closed (`domain::iam::assumed`). What their rules can read is bound first, as far as they read it: a rule
//! that denies and finds its resource missing would conclude nothing, and one after it would allow.

mod bindings;
pub(crate) mod resources;
mod words;

use super::policies::{Needs, Ready};
use crate::{
    call::Call,
    error::Result,
    principal::{Actor, Principal},
};
use api::{Access, Endpoint};
use domain::iam::grant::Asked;
use policy::{Bindings, Decision, Report};

pub use bindings::bind;
pub use resources::{Named, as_it_is, kind, named, read};
pub use words::{counted, layer, recorded, sentence, why};

/// A decision, and all that led to it.
pub struct Explained {
    pub decision: Decision,
    pub reports: Vec<Report>,
    /// What was named, as far as rules may read it.
    pub named: Vec<Named>,
}

/// What the policies say of a call; nothing where no policy is asked.
pub async fn of(call: &Call, organization: &Ready, role: &Ready) -> Result<Option<Decision>> {
    let named = looked_up(call, organization, role).await?;
    of_known(call, organization, role, &named)
}

/// The same, when it is known what the call names.
pub fn of_known(
    call: &Call,
    organization: &Ready,
    role: &Ready,
    named: &[Named],
) -> Result<Option<Decision>> {
    let Some(service) = service(call) else { return Ok(None) };
    let bindings = bound(call, organization, role, service, named)?;
    let decision = policy::decide(&organization.compiled, &role.compiled, service, &bindings);
    Ok(Some(for_whoever_calls(call, decision)))
}

/// The same, and why.
pub async fn explained(
    call: &Call,
    organization: &Ready,
    role: &Ready,
) -> Result<Option<Explained>> {
    let Some(service) = service(call) else { return Ok(None) };
    let named = looked_up(call, organization, role).await?;
    let bindings = bound(call, organization, role, service, &named)?;
    let (decision, reports) =
        policy::explain(&organization.compiled, &role.compiled, service, &bindings);
    let decision = for_whoever_calls(call, decision);
    Ok(Some(Explained { decision, reports, named }))
}

/// Whether the policies let a call happen.
pub async fn allows(call: &Call, organization: &Ready, role: &Ready) -> Result<bool> {
    Ok(of(call, organization, role).await?.is_none_or(|decision| decision.allowed))
}

/// What both policies decided, for somebody who may have a grant, or have only assumed the role.
fn for_whoever_calls(call: &Call, decision: Decision) -> Decision {
    let has_assumed = || call.principal_or_none().is_some_and(Principal::has_assumed);
    let is_closed = || call.request.endpoint.is_closed_to_assumed() && has_assumed();
    decision.beside(|| is_granted(call)).assumed(is_closed)
}

/// Whether whoever calls was granted just this, at the time of the call.
fn is_granted(call: &Call) -> bool {
    let request = &call.request;
    let asked = Asked {
        operation: request.endpoint.operation,
        resource: call.resource(),
        at: request.started,
    };
    call.principal_or_none().is_some_and(|of| of.grants.iter().any(|grant| grant.covers(asked)))
}

/// Whether rules may read what a call names.
pub fn reads_resources(call: &Call, organization: &Ready, role: &Ready) -> bool {
    service(call).is_some_and(|service| {
        organization.needs(service).max(role.needs(service)) == Needs::Resources
    })
}

/// The service that is asked for; none for what everybody may, for what a person does with their own
/// identity, and for the platform itself.
fn service(call: &Call) -> Option<&'static str> {
    let principal = call.principal_or_none()?;
    let system = matches!(principal.actor, Actor::System { .. });
    let Endpoint { service, access, .. } = *call.request.endpoint;
    (!system && access != Access::Public && !service.is_empty()).then_some(service)
}

/// What a call names, if rules may read it.
async fn looked_up(call: &Call, organization: &Ready, role: &Ready) -> Result<Vec<Named>> {
    match reads_resources(call, organization, role) {
        true => resources::of(call).await,
        false => Ok(Vec::new()),
    }
}

fn bound(
    call: &Call,
    organization: &Ready,
    role: &Ready,
    service: &str,
    named: &[Named],
) -> Result<Bindings> {
    match organization.needs(service).max(role.needs(service)) {
        Needs::Nothing => Ok(Bindings::new()),
        Needs::Request => bindings::of(call),
        Needs::Resources => {
            let record = resources::record(named);
            let bindings = bindings::of(call)?.with("resource", record.clone());
            Ok(bindings.with("resources", record))
        }
    }
}
