//! Identity providers: who signs people of an organization in, and which roles they get.
//!
//! Whoever sets one up hands its roles out, to whom the provider names. So none of them is wider than
//! their own, whatever they change. An owner who can sign in stays.

pub mod mapping;
pub mod store;

use crate::{
    act::{Act, Subject},
    call::Call,
    error::{Error, Result},
    iam::roles,
    single_sign_on,
    users::owners,
    view::View,
};
use api::{
    CreateIdentityProvider, Done, IdentityProvider, IdentityProviderTest, IdentityProviders,
    IdentityRuleTest, Nothing, TestIdentityProvider, UpdateIdentityProvider,
};
use domain::{
    IdentityProviderId, RoleId, name,
    single_sign_on::{
        CLIENT_CHARACTERS_MAX, DOMAINS_MAX, NAME_CHARACTERS_MAX, check_domain, domain_of,
    },
};
use std::collections::BTreeSet;
use store::Row;

/// `list-identity-providers`
pub async fn list(view: &View, _: Nothing) -> Result<IdentityProviders> {
    let org = view.org()?;
    let mut db = view.cloud.db.read().await?;
    let found = store::of(&mut db, org).await?;
    let at = |path: String| format!("{}{path}", view.cloud.origin);
    Ok(IdentityProviders {
        identity_providers: found.iter().map(Row::shown).collect(),
        redirect_url: at(app::path::single_sign_on_answer(org)),
        sign_in_url: at(app::path::sign_in_by_organization(org)),
    })
}

/// `get-identity-provider`
pub async fn get(view: &View, _: Nothing) -> Result<IdentityProvider> {
    let row = of_path(view).await?;
    view.version(row.version);
    Ok(row.shown())
}

async fn of_path(view: &View) -> Result<Row> {
    let (org, id) = (view.org()?, view.param::<IdentityProviderId>("id")?);
    let mut db = view.cloud.db.read().await?;
    let found = store::of(&mut db, org).await?.filter(|row| row.id == id);
    found.ok_or_else(|| Error::not_found("identity provider"))
}

/// `create-identity-provider`
pub async fn create(act: &mut Act, input: CreateIdentityProvider) -> Result<IdentityProvider> {
    let issuer = check_issuer(act, &input.issuer)?;
    let id: IdentityProviderId = act.new_id();
    let principal = act.principal()?;
    let mut row = Row {
        id,
        org: principal.org,
        project: principal.project,
        org_name: principal.org_name.clone(),
        name: check_name(&input.name)?,
        issuer,
        client_id: check_client("client-id", &input.client_id)?,
        sealed: seal(act, id, &input.client_secret)?,
        mapping: input.mapping.unwrap_or_default(),
        two_step_trusted: input.two_step_trusted.unwrap_or(false),
        domains: Vec::new(),
        created: act.now(),
        version: 1,
    };
    row.domains = check_domains(act, input.domains.unwrap_or_default(), &[]).await?;
    check_mapping(act, &row).await?;
    if !store::insert(act, &row).await? {
        return Err(Error::Conflict(
            "This organization has an identity provider already: change or delete that one.".into(),
        ));
    }
    written(act, &row, None);
    Ok(row.shown())
}

/// `update-identity-provider`
pub async fn update(act: &mut Act, input: UpdateIdentityProvider) -> Result<IdentityProvider> {
    let mut row = store::held(act).await?;
    act.expect_version("identity provider", row.id, row.version).await?;
    let (before, was) = (row.clone(), row.shown());
    if let Some(name) = &input.name {
        row.name = check_name(name)?;
    }
    if let Some(client_id) = &input.client_id {
        row.client_id = check_client("client-id", client_id)?;
    }
    if let Some(secret) = &input.client_secret {
        row.sealed = seal(act, row.id, secret)?;
    }
    if let Some(domains) = input.domains {
        row.domains = check_domains(act, domains, &was.domains).await?;
    }
    row.mapping = input.mapping.unwrap_or(row.mapping);
    row.two_step_trusted = input.two_step_trusted.unwrap_or(row.two_step_trusted);
    check_mapping(act, &row).await?;
    must_keep_an_owner(act, &before, Some(&row)).await?;
    row.version += 1;
    store::update(act, &row).await?;
    act.changes(was, row.shown())?;
    written(act, &row, None);
    Ok(row.shown())
}

/// `delete-identity-provider`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Done> {
    let row = store::held(act).await?;
    act.expect_version("identity provider", row.id, row.version).await?;
    must_be_mine_to_delete(act, &row).await?;
    must_keep_an_owner(act, &row, None).await?;
    store::delete(act, &row).await?;
    act.ends_access();
    written(act, &row, Some("deleted"));
    Ok(Done {})
}

/// `test-identity-provider`
pub async fn test(view: &View, input: TestIdentityProvider) -> Result<IdentityProviderTest> {
    let row = of_path(view).await?;
    let reached = single_sign_on::look_at(&view.cloud, &row).await;
    let claims = input.claims.map(serde_json::Value::Object);
    let truths = claims.as_ref().map(|claims| mapping::truths(&row.mapping, claims));
    let nothing = vec![false; row.mapping.rules.len()];
    let rule = |(at, rule): (usize, &api::IdentityRule)| IdentityRuleTest {
        expression: rule.expression.clone(),
        role_id: rule.role_id,
        problem: mapping::problem(&rule.expression),
        holds: truths.as_ref().map(|truths| truths[at]),
    };
    Ok(IdentityProviderTest {
        reachable: reached.is_ok(),
        error: reached.err(),
        rules: row.mapping.rules.iter().enumerate().map(rule).collect(),
        role_id: mapping::role(&row.mapping, truths.as_ref().unwrap_or(&nothing)),
    })
}

/// Whether somebody may get this role by the organization's provider.
pub async fn hands_out(act: &mut Act, role: RoleId) -> Result<bool> {
    let org = act.org()?;
    let found = store::of(act.db(), org).await?;
    Ok(found.is_some_and(|row| mapping::roles(&row.mapping).any(|(_, named)| named == role)))
}

/// The secret that a provider knows us by.
pub fn client_secret(call: &Call, row: &Row) -> Result<String> {
    let secret = call.cloud.sealer.unseal(&scope(row.id), &row.sealed)?;
    String::from_utf8(secret).map_err(Error::internal)
}

fn scope(id: IdentityProviderId) -> String {
    format!("identity-provider {id}")
}

fn seal(act: &Act, id: IdentityProviderId, secret: &str) -> Result<String> {
    let secret = check_client("client-secret", secret)?;
    Ok(act.cloud.sealer.seal(&scope(id), secret.as_bytes()))
}

fn check_name(given: &str) -> Result<String> {
    let given = given.trim();
    name::check(given)
        .and_then(|()| name::check_text(given, NAME_CHARACTERS_MAX))
        .map_err(|e| Error::field("name", e))?;
    Ok(given.to_owned())
}

fn check_client(field: &str, given: &str) -> Result<String> {
    let given = given.trim();
    name::check(given)
        .and_then(|()| name::check_text(given, CLIENT_CHARACTERS_MAX))
        .map_err(|e| Error::field(field, e))?;
    Ok(given.to_owned())
}

/// As discovery compares it: letter by letter.
fn check_issuer(act: &Act, given: &str) -> Result<String> {
    let given = given.trim();
    let read = act.cloud.outbound.target(given);
    read.map_err(|what| Error::field("issuer", what))?;
    if given.contains('?') {
        return Err(Error::field("issuer", "must not have a part behind ?"));
    }
    Ok(given.to_owned())
}

/// Somebody must have come from each domain in another way than by the provider, or anybody could lead
/// the people of another company to a page of their own.
async fn check_domains(act: &mut Act, given: Vec<String>, had: &[String]) -> Result<Vec<String>> {
    let wrong = |what: String| Error::field("domains", what);
    let named = given.iter().filter(|domain| !domain.trim().is_empty());
    let read = named.map(|domain| check_domain(domain).map_err(|what| wrong(what.to_owned())));
    let domains = read.collect::<Result<BTreeSet<_>>>()?;
    if domains.len() > DOMAINS_MAX {
        return Err(wrong(format!("has more than {DOMAINS_MAX} entries")));
    }
    let addresses = store::proven_addresses(act).await?;
    let known: BTreeSet<_> = addresses.iter().filter_map(|address| domain_of(address)).collect();
    let new = domains.iter().find(|domain| !had.contains(domain) && !known.contains(*domain));
    if let Some(new) = new {
        return Err(wrong(format!(
            "has {new:?}, where no member has an address that was proven here: invite somebody from \
             there first"
        )));
    }
    Ok(domains.into_iter().collect())
}

async fn check_mapping(act: &mut Act, row: &Row) -> Result<()> {
    mapping::check(&row.mapping)?;
    for (field, role) in mapping::roles(&row.mapping) {
        roles::must_be_grantable(act, &field, role).await?;
    }
    Ok(())
}

/// Nobody shuts people out whose role is wider than their own.
async fn must_be_mine_to_delete(act: &mut Act, row: &Row) -> Result<()> {
    check_mapping(act, row).await.map_err(|error| match error {
        Error::ForbiddenFields { .. } => Error::Forbidden(format!(
            "By {} people get a role that is wider than your own: ask somebody whose role is.",
            row.name
        )),
        other => other,
    })
}

/// Refuses what would leave no owner who can sign in, where there is one: `becomes` is what is there then.
async fn must_keep_an_owner(act: &mut Act, was: &Row, becomes: Option<&Row>) -> Result<()> {
    if !owners::with(act, becomes).await?.is_empty()
        || owners::with(act, Some(was)).await?.is_empty()
    {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "All owners of this organization sign in by {}, and none of them could any more: first invite \
         somebody as an owner, at another address, who accepts with a password.",
        was.name
    )))
}

fn written(act: &mut Act, row: &Row, state: Option<&str>) {
    act.new_version(row.version);
    act.about(Subject::new("identity-provider", row.id, &row.name));
    act.changed("identity-provider", row.id, state);
}
