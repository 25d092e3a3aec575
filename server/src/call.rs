//! One call: what was asked, by whom, and what can be read for it.

use crate::{
    cloud::Cloud,
    error::{Error, Result},
    principal::{Actor, Principal},
    random,
};
use api::Endpoint;
use domain::{
    OrgId, ProjectId, RequestId, Timestamp,
    iam::decide,
    money::{Currency, NanoPerHour},
};
use std::{fmt::Display, net::IpAddr, str::FromStr, sync::Arc};

/// A request that found its endpoint.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: RequestId,
    pub endpoint: &'static Endpoint,
    pub params: api::Params,
    pub query: Vec<(String, String)>,
    pub body: serde_json::Value,
    /// Path as it was sent.
    pub uri: String,
    /// The zone of the address that was used, when it was a zone's.
    pub zone: Option<String>,
    pub source_ip: Option<IpAddr>,
    pub user_agent: Option<String>,
    /// Version that the caller has seen.
    pub if_match: Option<i64>,
    pub dry_run: bool,
    /// Hash of the session token that came with a sign-in: that session ends with it.
    pub replaces_session: Option<String>,
    pub started: Timestamp,
}

impl Request {
    /// What the platform asks of itself: nobody sent it.
    pub fn of_platform(endpoint: &'static Endpoint, uri: String, now: Timestamp) -> Request {
        Request {
            id: RequestId(random::id(now)),
            endpoint,
            params: Vec::new(),
            query: Vec::new(),
            body: serde_json::json!({}),
            uri,
            zone: None,
            source_ip: None,
            user_agent: None,
            if_match: None,
            dry_run: false,
            replaces_session: None,
            started: now,
        }
    }
}

/// A request with its principal; the policy has allowed it.
#[derive(Clone)]
pub struct Call {
    pub cloud: Arc<Cloud>,
    pub request: Request,
    principal: Option<Principal>,
    stands_for: Option<StandsFor>,
}

/// An operation that a call does in its own place, and the parameters it would have in its path.
#[derive(Clone)]
struct StandsFor {
    endpoint: &'static Endpoint,
    params: api::Params,
}

impl Call {
    /// Asks the policies. This is the only way to a call, and a call the only way to an act or view.
    pub fn open(cloud: Arc<Cloud>, request: Request, principal: Option<Principal>) -> Result<Call> {
        let call = Call { cloud, request, principal, stands_for: None };
        call.must_allow(call.request.endpoint)?;
        Ok(call)
    }

    fn must_allow(&self, endpoint: &Endpoint) -> Result<()> {
        let Some(principal) = &self.principal else { return Ok(()) };
        let system = matches!(principal.actor, Actor::System { .. });
        if !endpoint.service.is_empty() && !system {
            decide(&principal.org_policy, &principal.role.policy, endpoint.service)?;
        }
        Ok(())
    }

    /// Does what another operation does, if the policies allow that one too. The audit event stays
    /// that of the request.
    pub fn stand_for(&mut self, operation: &str, params: &[(&'static str, &str)]) -> Result<()> {
        let endpoint = api::find(operation)
            .ok_or_else(|| Error::internal(format!("unknown operation {operation}")))?;
        self.must_allow(endpoint)?;
        let params = params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.stands_for = Some(StandsFor { endpoint, params });
        Ok(())
    }

    /// Whether the policies let the caller do something else.
    pub fn may(&self, operation: &str) -> bool {
        api::find(operation).is_some_and(|endpoint| self.must_allow(endpoint).is_ok())
    }

    /// The operation that is done.
    pub fn operation(&self) -> &'static str {
        self.stands_for.as_ref().map_or(self.request.endpoint, |of| of.endpoint).operation
    }

    /// A call that was refused, to write the refusal down with. Nothing else may be done with it.
    pub fn for_audit(cloud: Arc<Cloud>, request: Request, principal: Option<Principal>) -> Call {
        Call { cloud, request, principal, stands_for: None }
    }

    pub fn principal(&self) -> Result<&Principal> {
        self.principal.as_ref().ok_or_else(|| Error::Unauthenticated("Sign in first.".into()))
    }

    pub fn principal_or_none(&self) -> Option<&Principal> {
        self.principal.as_ref()
    }

    /// Signing in makes the principal that the call did not have.
    pub fn become_principal(&mut self, principal: Principal) {
        self.principal = Some(principal);
    }

    pub fn org(&self) -> Result<OrgId> {
        Ok(self.principal()?.org)
    }

    pub fn project(&self) -> Result<ProjectId> {
        Ok(self.principal()?.project)
    }

    pub fn currency(&self) -> Result<Currency> {
        Ok(self.principal()?.currency)
    }

    pub fn now(&self) -> Timestamp {
        self.request.started
    }

    pub fn new_id<T: From<domain::Uuid>>(&self) -> T {
        T::from(random::id(self.cloud.now()))
    }

    /// A path parameter, read as what it should be.
    pub fn param<T: FromStr>(&self, name: &str) -> Result<T>
    where
        T::Err: Display,
    {
        let text = self.text_param(name);
        text.parse().map_err(|_| Error::field(name, "is not a UUID"))
    }

    /// A path parameter as it is.
    pub fn text_param(&self, name: &str) -> &str {
        let params = self.stands_for.as_ref().map_or(&self.request.params, |of| &of.params);
        let found = params.iter().find(|(n, _)| *n == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The zone of the address that was used, else all.
    pub fn zone(&self) -> Option<&str> {
        self.request.zone.as_deref()
    }

    /// The zone that a list is of: that of the address, else the one that was asked for, else all.
    pub fn zone_asked(&self, asked: Option<&str>) -> Result<Option<String>> {
        match (self.zone(), asked) {
            (None, Some(zone)) => Ok(Some(self.cloud.zones.choose(None, Some(zone))?.name.clone())),
            (of_address, _) => Ok(of_address.map(str::to_owned)),
        }
    }

    /// A price in the organization's currency.
    pub fn price(&self, nano_per_hour: NanoPerHour) -> Result<api::Price> {
        Ok(api::Price { currency: self.currency()?, nano_per_hour })
    }
}
