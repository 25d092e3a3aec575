//! The way there.

use super::{
    binding::{Binding, Secrets},
    none_here, provider,
};
use crate::{
    error::{Error, Result},
    identity_providers::store,
    view::View,
};
use api::{BeginSingleSignOn, SingleSignOnBegun};

/// What is asked of a provider: who it is, and their address.
const SCOPES: &str = "openid email profile";
/// Longest page to go back to.
const RETURN_CHARACTERS_MAX: usize = 1_000;

/// `begin-single-sign-on`
pub async fn begin(view: &View, input: BeginSingleSignOn) -> Result<SingleSignOnBegun> {
    let return_to = input.return_to.filter(|to| !to.is_empty());
    if return_to.as_ref().is_some_and(|to| !leads_here(to)) {
        return Err(Error::field("return-to", "must be a page of this portal, such as /instances"));
    }
    let row = {
        let mut db = view.cloud.db.read().await?;
        store::of(&mut db, input.organization).await?.ok_or_else(none_here)?
    };
    let about = provider::about(&view.cloud, &row.issuer).await;
    let about = about.map_err(|what| provider::away(&row, &what))?;
    let (binding, state) = Binding::begin(&view.cloud, row.org, row.id, return_to);
    let secrets = Secrets::of(&view.cloud, &state);
    let redirect = provider::redirect_url(&view.cloud, row.org);
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", &row.client_id)
        .append_pair("redirect_uri", &redirect)
        .append_pair("scope", SCOPES)
        .append_pair("state", &state)
        .append_pair("nonce", &secrets.nonce)
        .append_pair("code_challenge", &secrets.challenge())
        .append_pair("code_challenge_method", "S256")
        .finish();
    let endpoint = about.authorization_endpoint;
    let sign = if endpoint.contains('?') { '&' } else { '?' };
    view.shows_secret();
    Ok(SingleSignOnBegun {
        host: provider::host(&endpoint),
        authorization_url: format!("{endpoint}{sign}{query}"),
        binding: binding.sealed(&view.cloud)?,
        organization_name: row.org_name,
    })
}

fn leads_here(to: &str) -> bool {
    to.chars().count() <= RETURN_CHARACTERS_MAX && app::path::is_local(to)
}
