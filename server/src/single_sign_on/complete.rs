//! The way back: what the provider has sent with the browser becomes a session, once.

use super::{
    binding::{Binding, Secrets},
    none_here, people,
    provider::{self, Exchanged},
    store,
};
use crate::{
    act::Act,
    cloud::Cloud,
    error::{Error, Result},
    identity_providers::{
        self,
        store::{self as providers, Row},
    },
    organization,
    principal::{Actor, Principal},
    sessions,
};
use api::{CompleteSingleSignOn, SingleSignOnCompleted};
use domain::{
    OperationId, Uuid,
    single_sign_on::claims::{self, Expected},
};
use serde_json::Value;

fn stale() -> Error {
    Error::invalid(
        "This sign-in was answered already, took longer than ten minutes, or was begun in another \
         browser: begin again.",
    )
}

/// `complete-single-sign-on`
pub async fn complete(act: &mut Act, input: CompleteSingleSignOn) -> Result<SingleSignOnCompleted> {
    let (source, now) = (act.request.source_ip, act.cloud.now());
    act.cloud.limits.attempt("", source, now)?;
    let cloud = act.cloud();
    let binding = Binding::opened(&cloud, &input.binding, input.organization, &input.state);
    let binding = binding.ok_or_else(stale)?;
    let row = of_binding(act, &binding).await?;
    let (organization, return_to) = (binding.organization, binding.return_to.clone());
    if act.request.dry_run {
        act.cloud.limits.succeeded("", source);
        return Ok(SingleSignOnCompleted { organization, return_to });
    }
    let secret = identity_providers::client_secret(act, &row)?;
    let claims = act.outside(answered(&cloud, &row, &secret, &binding, &input)).await?;
    // It may have been changed meanwhile, and from here on it is not.
    let nobody = OperationId(Uuid::nil());
    act.become_principal(Principal::platform(row.org, row.project, nobody));
    organization::store::hold(act).await?;
    let row = of_binding(act, &binding).await?;
    let expected = Expected {
        issuer: &row.issuer,
        client: &row.client_id,
        nonce: &Secrets::of(&cloud, &input.state).nonce,
        now: cloud.now(),
    };
    let identity = claims::check(&claims, expected)
        .map_err(|wrong| Error::invalid(format!("The answer of {} {wrong}.", row.name)))?;
    let user = people::let_in(act, &row, &claims, &identity).await?;
    sessions::begin_session(act, user, row.org).await?;
    if let Actor::Session { session, .. } = act.principal()?.actor {
        store::mark(act, session, identity.two_steps || row.two_step_trusted).await?;
    }
    act.cloud.limits.succeeded("", source);
    Ok(SingleSignOnCompleted { organization, return_to })
}

/// The provider that was asked, if it is still the organization's.
async fn of_binding(act: &mut Act, binding: &Binding) -> Result<Row> {
    let found = providers::of(act.db(), binding.organization).await?;
    found.filter(|row| row.id == binding.provider).ok_or_else(none_here)
}

/// The claims that the provider has signed. Whatever comes of it, the sign-in is used up: a code that was
/// seen once is worth nothing.
async fn answered(
    cloud: &Cloud,
    row: &Row,
    secret: &str,
    binding: &Binding,
    input: &CompleteSingleSignOn,
) -> Result<Value> {
    let mut housekeeping = cloud.housekeeping().await?;
    let first =
        sessions::used::store::use_up(housekeeping.db(), &binding.state_hash, binding.expires)
            .await?;
    housekeeping.commit().await?;
    if !first {
        return Err(stale());
    }
    let away = |what: String| provider::away(row, &what);
    if !provider::may_have_answered(cloud, row, input.issuer.as_deref()).await.map_err(away)? {
        return Err(Error::invalid(format!(
            "The answer does not come from {}, which was asked: begin again, and tell an admin of {} \
             when it happens again.",
            row.name, row.org_name
        )));
    }
    let code = match (&input.code, &input.error) {
        (Some(code), None) => code,
        (_, error) => return Err(not_signed_in(row, error.as_deref().unwrap_or("no code"))),
    };
    let secrets = Secrets::of(cloud, &input.state);
    let exchanged = provider::exchange(cloud, row, secret, (code, &secrets.verifier)).await;
    match exchanged.map_err(away)? {
        Exchanged::Refused(error) => Err(not_signed_in(row, &error)),
        Exchanged::IdToken(token) => provider::verified(cloud, row, &token).await.map_err(|what| {
            Error::invalid(format!("What {} answered is not believed: {what}.", row.name))
        }),
    }
}

fn not_signed_in(row: &Row, error: &str) -> Error {
    Error::invalid(format!(
        "{} did not sign you in ({}): begin again, or ask an admin of {}.",
        row.name,
        provider::shortened(error),
        row.org_name
    ))
}
