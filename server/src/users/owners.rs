//! Owners: one who can sign in stays, whatever is done to people, to the provider that signs them in, or to
//! the organization's policy. Whoever asks holds the organization.

use super::store;
use crate::{
    act::Act,
    error::Result,
    identity_providers::{self, store::Row as Provider},
};
use domain::{
    MemberId, RoleId, UserId,
    single_sign_on::owners::{SignsIn, can_come, is_relied_on},
};

/// Somebody whose role is Owner.
pub struct Owner {
    pub id: MemberId,
    pub user: UserId,
    pub role: RoleId,
    /// As people read it.
    pub email: String,
    pub signs_in: SignsIn,
}

/// Owners who can sign in, in the order that they came.
pub async fn who_can_come(act: &mut Act) -> Result<Vec<Owner>> {
    let org = act.org()?;
    let provider = identity_providers::store::of(act.db(), org).await?;
    with(act, provider.as_ref()).await
}

/// The same, if this were the organization's provider.
pub async fn with(act: &mut Act, provider: Option<&Provider>) -> Result<Vec<Owner>> {
    let mut owners = store::owners(act).await?;
    owners.retain(|owner| can_come(&owner.signs_in, provider.map(Provider::lets_in)));
    Ok(owners)
}

/// Whether there is an owner who surely can sign in when this one is none any more.
pub async fn one_is_left(act: &mut Act, without: MemberId) -> Result<bool> {
    let others = who_can_come(act).await?.into_iter().filter(|owner| owner.id != without);
    Ok(others.map(|owner| owner.signs_in).any(|signs_in| is_relied_on(&signs_in)))
}
