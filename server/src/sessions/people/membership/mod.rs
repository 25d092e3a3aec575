//! Becoming a member: the one place where a person comes into an organization.

mod store;

use super::store::hold;
use crate::{
    db::Connection,
    error::{Error, Result},
};
use domain::{MemberId, OrgId, ProjectId, RoleId, Timestamp, UserId, realm::Realm};

/// A person in an organization.
pub struct Membership {
    pub id: MemberId,
    pub org: OrgId,
    pub project: ProjectId,
    pub user: UserId,
    pub role: RoleId,
}

/// Writes it.
///
/// # Errors
/// [`Error::Conflict`] where the person is in an organization of another realm: nobody comes from a
/// customer's account into the provider's, or back.
pub async fn join(db: &mut Connection, new: &Membership, now: Timestamp) -> Result<()> {
    // Two invitations of two realms, accepted at once, can't both pass.
    hold(db, new.user).await?;
    let realm = store::realm_of(db, new.org).await?;
    if let Some(other) = store::other_realm(db, new.user, realm).await? {
        return Err(Error::Conflict(match other {
            Realm::Operator => "This account is one of the provider's staff, who have accounts of \
                their own: take another address for an organization of customers."
                .into(),
            Realm::Customer => {
                "This account is in an organization of customers, and the provider's \
                staff have accounts of their own: take another address."
                    .into()
            }
        }));
    }
    store::insert(db, new, now).await
}
