//! How each person wants to see an organization.

mod store;

use crate::{
    act::{Act, Subject},
    call::Call,
    db::Connection,
    error::{Error, Result},
    view::View,
};
use api::{Nothing, Preferences, UpdatePreferences};
use domain::{OrgId, UserId};

/// `get-preferences`
pub async fn get(view: &View, _: Nothing) -> Result<Preferences> {
    let (org, user) = (view.org()?, user_of(view)?);
    let mut db = view.cloud.db.read().await?;
    let row = store::get(&mut db, org, user).await?;
    view.version(row.version);
    Ok(row.shown())
}

/// What somebody wants, for whoever tells them who they are.
pub async fn of(db: &mut Connection, org: OrgId, user: UserId) -> Result<Preferences> {
    Ok(store::get(db, org, user).await?.shown())
}

/// `update-preferences`
pub async fn update(act: &mut Act, input: UpdatePreferences) -> Result<Preferences> {
    let (org, user) = (act.org()?, user_of(act)?);
    let mut row = store::get(act.db(), org, user).await?;
    act.expect_version("preferences", user, row.version).await?;
    let was = row.shown();
    let said = choose(&mut row, input)?;
    row.version += 1;
    if !store::put(act, user, &row).await? {
        return Err(Error::Conflict("Your choice was changed at the same time: try again.".into()));
    }
    act.changes(was, row.shown())?;
    act.new_version(row.version);
    act.about(Subject::new("preferences", user, said));
    Ok(row.shown())
}

/// Writes a choice into the row; what it is about.
fn choose(row: &mut store::Row, input: UpdatePreferences) -> Result<&'static str> {
    if let Some(on) = input.single_keys {
        row.single_keys = on;
    }
    let columns = input.columns.map(|columns| columns.join(","));
    let Some(list) = input.list else {
        return match (input.single_keys, columns) {
            (Some(_), None) => Ok("single-keys"),
            _ => Err(Error::field("list", "is required where columns are chosen")),
        };
    };
    match columns {
        Some(columns) => {
            list.check_columns(&columns).map_err(|what| Error::field("columns", what))?;
            row.columns.insert(list.to_string(), columns);
        }
        // Whoever turns keys off has not chosen the usual columns.
        None if input.single_keys.is_some() => {}
        None => {
            row.columns.remove(list.as_str());
        }
    }
    Ok(list.as_str())
}

fn user_of(call: &Call) -> Result<UserId> {
    let user = call.principal()?.actor.user();
    user.ok_or_else(|| Error::Forbidden("Preferences belong to people, not to API keys.".into()))
}
