//! Which organizations somebody can sign in to by a provider.

use super::provider::host;
use crate::{
    error::{Error, Result},
    identity_providers::store::{self, Row},
    view::View,
};
use api::{FindSingleSignOn, SingleSignOn, SingleSignOns};
use domain::single_sign_on::domain_of;

/// Organizations that are offered for one domain.
const OFFERED_MAX: i64 = 10;

/// `find-single-sign-on`
pub async fn find(view: &View, input: FindSingleSignOn) -> Result<SingleSignOns> {
    let mut db = view.cloud.db.read().await?;
    let found = match (input.organization, input.email.as_deref().map(str::trim)) {
        (Some(organization), _) => store::of(&mut db, organization).await?.into_iter().collect(),
        (None, Some(email)) if !email.is_empty() => {
            let domain = domain_of(email).ok_or_else(|| {
                Error::field("email", "is no e-mail address, such as ann@acme.example")
            })?;
            store::for_domain(&mut db, &domain, OFFERED_MAX).await?
        }
        _ => return Err(Error::field("email", "or organization must be there")),
    };
    Ok(SingleSignOns { single_sign_ons: found.iter().map(shown).collect() })
}

fn shown(row: &Row) -> SingleSignOn {
    SingleSignOn {
        organization: row.org,
        organization_name: row.org_name.clone(),
        provider: row.name.clone(),
        host: host(&row.issuer),
    }
}
