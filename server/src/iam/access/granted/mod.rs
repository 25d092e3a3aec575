//! What people were granted: brought to decisions with the principal, of now or of then.

pub mod store;

use crate::principal::Principal;
use domain::iam::grant::Grant;
use std::sync::Arc;

/// What somebody was granted, of all that was granted in the organization.
pub fn those_of(all: &[store::Whose], principal: &Principal) -> Arc<[Grant]> {
    let Some(user) = principal.actor.user() else { return Arc::default() };
    let theirs = all.iter().filter(|one| one.user == user && one.role == principal.role.id);
    theirs.map(|one| one.grant.clone()).collect()
}
