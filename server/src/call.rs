//! One call: what was asked, by whom, and what can be read for it.

mod request;

use crate::{
    cloud::Cloud,
    error::{Error, Result},
    iam::decision,
    principal::{Actor, Principal},
    random,
};
use api::{Askable, Endpoint};
use domain::{
    OrgId, ProjectId, Timestamp, assurance,
    money::{Currency, NanoPerHour},
};
use policy::{Decision, Layer};
pub use request::Request;
use serde::Serialize;
use serde_json::{Map, Value};
use std::{fmt::Display, str::FromStr, sync::Arc};

/// A call that the policies refuse. It is good for nothing but writing the refusal down.
pub struct Refused {
    pub call: Call,
    pub error: Error,
}

impl From<Box<Refused>> for Error {
    fn from(refused: Box<Refused>) -> Error {
        refused.error
    }
}

/// A request with its principal; the policy has allowed it.
#[derive(Clone)]
pub struct Call {
    pub cloud: Arc<Cloud>,
    pub request: Request,
    principal: Option<Principal>,
    stands_for: Option<StandsFor>,
    /// What the policies said of it.
    decision: Option<Decision>,
    /// What it is to delete, for the audit trail.
    deletes: Map<String, Value>,
}

/// An operation that a call does in its own place, and the parameters it would have in its path.
#[derive(Clone)]
struct StandsFor {
    endpoint: &'static Endpoint,
    params: api::Params,
}

impl Call {
    /// Asks the policies. This is the only way to a call, and a call the only way to an act or view.
    pub async fn open(
        cloud: Arc<Cloud>,
        request: Request,
        principal: Option<Principal>,
    ) -> std::result::Result<Call, Box<Refused>> {
        let mut call = Call::undecided(cloud, request, principal);
        let decided = match call.must_have_second_factor() {
            Ok(()) => call.decide().await,
            Err(error) => Err(error),
        };
        let decided = decided.and_then(|decision| {
            call.decision = decision;
            call.refusal(call.decision.as_ref())
        });
        let decided = decided.and_then(|()| call.must_be_confirmed_for_this());
        match decided {
            Ok(()) => Ok(call),
            Err(error) => Err(Box::new(Refused { call, error })),
        }
    }

    /// Good for nothing until it was decided about.
    fn undecided(cloud: Arc<Cloud>, request: Request, principal: Option<Principal>) -> Call {
        let (stands_for, decision, deletes) = (None, None, Map::new());
        Call { cloud, request, principal, stands_for, decision, deletes }
    }

    /// Refuses whoever lacks the second step that the organization demands: before any policy, since
    /// none can let them in.
    fn must_have_second_factor(&self) -> Result<()> {
        let missing = self.principal.as_ref().filter(|of| of.second_factor_missing);
        let Some(principal) = missing else { return Ok(()) };
        if assurance::is_open_without_second_factor(self.request.endpoint.operation) {
            return Ok(());
        }
        Err(Error::SecondFactorRequired(format!(
            "The organization {} demands two-step sign-in, and {} has none yet: set it up in the \
             portal under Security, or with begin-second-factor and confirm-second-factor.",
            principal.org_name,
            principal.actor.label(),
        )))
    }

    /// Asks for a fresh proof before something sensitive, after the policies: nobody has to prove
    /// anything for what they may not do. A rehearsal does nothing, so it asks for nothing.
    fn must_be_confirmed_for_this(&self) -> Result<()> {
        let asks = self.request.endpoint.is_sensitive() && !self.request.dry_run;
        if asks { self.must_be_confirmed() } else { Ok(()) }
    }

    /// Refuses a browser's session whose person has not lately proven who they are. Programs are not
    /// asked.
    pub fn must_be_confirmed(&self) -> Result<()> {
        let session = self.principal.as_ref();
        let session = session.filter(|of| matches!(of.actor, Actor::Session { .. }));
        match session.is_none_or(|of| assurance::is_confirmed(of.confirmed_until, self.now())) {
            true => Ok(()),
            false => Err(Error::StepUpRequired(
                "This asks for a fresh proof of who you are: call confirm-session with a passkey, with \
                 a code if you have an app for it, or else with your password, then send it again."
                    .into(),
            )),
        }
    }

    async fn decide(&self) -> Result<Option<Decision>> {
        match &self.principal {
            None => Ok(None),
            Some(of) => decision::of(self, &of.org_policy, &of.role.policy).await,
        }
    }

    /// The refusal that a decision is.
    fn refusal(&self, decision: Option<&Decision>) -> Result<()> {
        match decision {
            Some(decision) if !decision.allowed => {
                let (operation, principal) = (self.request.endpoint.operation, self.principal()?);
                let message = decision::sentence(decision, operation, &principal.role.name);
                let could_be_granted = decision.layer == Layer::Role
                    && principal.actor.user().is_some()
                    && self.request.endpoint.is_grantable();
                let ask = could_be_granted.then(|| Askable {
                    operation: operation.to_owned(),
                    resource: self.resource().map(str::to_owned),
                });
                Err(Error::Refused { message, ask })
            }
            _ => Ok(()),
        }
    }

    /// Id or name of the one thing that the path names first.
    pub fn resource(&self) -> Option<&str> {
        let name = self.request.endpoint.resource()?;
        let found = self.request.params.iter().find(|(of, _)| *of == name);
        found.map(|(_, value)| value.as_str())
    }

    async fn must_be_allowed(&self) -> Result<()> {
        self.refusal(self.decide().await?.as_ref())
    }

    /// What the policies said of it, where they were asked.
    pub fn decision(&self) -> Option<&Decision> {
        self.decision.as_ref()
    }

    /// Keeps for the audit trail what is about to be deleted: nobody can read it afterwards, and rules
    /// may be about it.
    pub async fn keep_what_it_deletes(&mut self) -> Result<()> {
        self.deletes = decision::as_it_is(self).await?;
        Ok(())
    }

    pub fn deletes(&self) -> &Map<String, Value> {
        &self.deletes
    }

    /// Does what another operation does, if the policies allow that one too, with this body. The
    /// audit event stays that of the request.
    pub async fn stand_for(
        &mut self,
        operation: &str,
        params: &[(&'static str, &str)],
        body: &impl Serialize,
    ) -> Result<()> {
        let body = serde_json::to_value(body).map_err(Error::internal)?;
        let other = self.other(operation, params, body)?;
        other.must_be_allowed().await?;
        let params = params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.stands_for = Some(StandsFor { endpoint: other.request.endpoint, params });
        Ok(())
    }

    /// Whether the policies let the caller do something else, as far as that is known without a
    /// body.
    pub async fn may(&self, operation: &str, params: &[(&'static str, &str)]) -> Result<bool> {
        match self.must(operation, params).await {
            Ok(()) => Ok(true),
            Err(Error::Refused { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Refuses when the policies do not let the caller do something else.
    pub async fn must(&self, operation: &str, params: &[(&'static str, &str)]) -> Result<()> {
        self.other(operation, params, serde_json::Value::Null)?.must_be_allowed().await
    }

    /// A call that is not made: to be decided about, and nothing else.
    pub fn imagined(&self, request: Request, principal: Principal) -> Call {
        Call::undecided(self.cloud.clone(), request, Some(principal))
    }

    /// Another operation, asked by the same in the same place, with those of the parameters that its
    /// path has.
    fn other(
        &self,
        operation: &str,
        params: &[(&'static str, &str)],
        body: serde_json::Value,
    ) -> Result<Call> {
        let endpoint = request::endpoint_of(operation)?;
        let in_path = |name: &str| endpoint.path.contains(&format!("{{{name}}}"));
        let params = params.iter().filter(|(name, _)| in_path(name));
        let params = params.map(|(name, value)| (*name, (*value).to_owned())).collect();
        Ok(self.instead(Request {
            params,
            body,
            zone: self.request.zone.clone(),
            source_ip: self.request.source_ip,
            ..Request::of_platform(endpoint, String::new(), self.request.started)
        }))
    }

    /// The caller's view of something, in whatever zone it is, for the policies to look at.
    pub fn to_look_at(&self, getter: &'static Endpoint, params: api::Params) -> Call {
        let request = Request::of_platform(getter, String::new(), self.request.started);
        self.instead(Request { params, ..request })
    }

    fn instead(&self, request: Request) -> Call {
        Call::undecided(self.cloud.clone(), request, self.principal.clone())
    }

    /// The same caller, who looks at another instant.
    pub fn looking_at(&self, cloud: Arc<Cloud>) -> Call {
        Call::undecided(cloud, self.request.clone(), self.principal.clone())
    }

    /// The operation that is done.
    pub fn operation(&self) -> &'static str {
        self.stands_for.as_ref().map_or(self.request.endpoint, |of| of.endpoint).operation
    }

    /// A call that was refused, to write the refusal down with. Nothing else may be done with it.
    pub fn for_audit(cloud: Arc<Cloud>, request: Request, principal: Option<Principal>) -> Call {
        Call::undecided(cloud, request, principal)
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

    /// The instant that is read or written: when it was asked, unless it was asked for a past one.
    pub fn now(&self) -> Timestamp {
        self.cloud.db.at().unwrap_or(self.request.started)
    }

    /// Whether what is read is what was.
    pub fn is_of_the_past(&self) -> bool {
        self.cloud.db.at().is_some()
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
