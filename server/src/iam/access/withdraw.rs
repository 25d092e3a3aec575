//! A request is taken back by who made it.

use super::{held, open, store, written};
use crate::{
    act::Act,
    error::{Error, Result},
    organization,
};
use api::{AccessRequest, Nothing};
use domain::iam::grant::AccessState;
use serde_json::json;

/// `withdraw-access-request`
pub async fn withdraw(act: &mut Act, _: Nothing) -> Result<AccessRequest> {
    let id = act.param("id")?;
    // Nobody decides meanwhile.
    organization::store::hold(act).await?;
    let row = held(act, id).await?;
    // Of somebody else's nobody learns what has become of it.
    if !row.is_own(act) {
        return Err(Error::not_found("request of yours for access"));
    }
    let row = open(act, row)?;
    store::withdraw(act, row.id).await?;
    act.changes(json!({ "state": "open" }), json!({ "state": "withdrawn" }))?;
    let row = held(act, row.id).await?;
    written(act, &row, AccessState::Withdrawn);
    Ok(row.request(act))
}
