//! Addresses of single sign-on: where people begin and come back to, and where it is set up.

use super::with_query;
use domain::{IdentityProviderId, OrgId};

/// Where somebody says which organization they belong to.
pub fn sign_in_by_provider() -> String {
    "/sign-in/organization".to_owned()
}

/// The same, and where to go afterwards.
pub fn sign_in_by_provider_then(destination: &str) -> String {
    with_query(sign_in_by_provider(), &[("return", destination)])
}

/// Where people of one organization begin.
pub fn sign_in_by_organization(organization: OrgId) -> String {
    with_query(sign_in_by_provider(), &[("organization", &organization.to_string())])
}

/// The same, for somebody who knows which it is and wants to come back to a page.
pub fn sign_in_by_organization_then(organization: &str, destination: &str) -> String {
    with_query(sign_in_by_provider(), &[("organization", organization), ("return", destination)])
}

/// Where an organization's provider sends them back to. Providers know it, so it never changes.
pub fn single_sign_on_answer(organization: OrgId) -> String {
    format!("/sign-in/answer/{organization}")
}

/// Where single sign-on is set up.
pub fn single_sign_on() -> String {
    "/single-sign-on".to_owned()
}

/// Where a provider is tried.
pub fn single_sign_on_test(provider: IdentityProviderId) -> String {
    with_query(single_sign_on_act("test"), &[("id", &provider.to_string())])
}

/// What is done about it: `edit`, `test` or `delete`.
pub fn single_sign_on_act(act: &str) -> String {
    format!("/single-sign-on/{act}")
}
