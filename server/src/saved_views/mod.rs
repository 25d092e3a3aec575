//! Saved views: questions to lists that people keep, with how many match each of them now.

mod question;
mod store;

use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    instances,
    view::View,
};
use api::{CreateSavedView, Done, ListSavedViews, Nothing, SavedView, SavedViews, UpdateSavedView};
use domain::{SavedViewId, list::List, name};
use question::Checked;
use serde_json::{Value, json};
use store::Row;

/// Views that an organization may have, everybody's own included.
const VIEWS_MAX: i64 = 100;
const NAME_CHARACTERS_MAX: usize = 60;

/// `list-saved-views`
pub async fn list(view: &View, input: ListSavedViews) -> Result<SavedViews> {
    let rows = store::list(view, input.list).await?;
    let mut counted = Vec::new();
    let mut saved_views = Vec::new();
    for row in &rows {
        let checked = question::check(view, row.list, &row.query);
        saved_views.push(row.shown(view, checked.as_ref().err()));
        if let Ok(Checked { question, .. }) = checked {
            counted.push((saved_views.len() - 1, question));
        }
    }
    if input.counts == Some(true) {
        let (places, questions): (Vec<_>, Vec<_>) = counted.into_iter().unzip();
        let counts = instances::list::counts(view, &questions).await?;
        for (place, count) in places.into_iter().zip(counts) {
            saved_views[place].count = Some(count);
        }
    }
    Ok(SavedViews { saved_views })
}

/// `get-saved-view`
pub async fn get(view: &View, _: Nothing) -> Result<SavedView> {
    let mut db = view.cloud.db.read().await?;
    let row = store::get(&mut db, view, view.param("id")?).await?;
    let row = row.ok_or_else(|| Error::not_found("saved view"))?;
    view.version(row.version);
    Ok(row.shown(view, question::check(view, row.list, &row.query).err().as_ref()))
}

/// `create-saved-view`
pub async fn create(act: &mut Act, input: CreateSavedView) -> Result<SavedView> {
    let name = check_name(&input.name)?;
    let query = input.query.unwrap_or_default();
    let Checked { query, .. } = question::check(act, input.list, &query)?;
    let user = act.principal()?.actor.user();
    let shared = input.shared.unwrap_or(true);
    if user.is_none() && !shared {
        return Err(Error::field("shared", "must be true: an API key has no views of its own"));
    }
    if store::count(act).await? >= VIEWS_MAX {
        return Err(Error::Conflict(format!(
            "There are {VIEWS_MAX} saved views in this organization: delete one that is not used."
        )));
    }
    let id: SavedViewId = act.new_id();
    let row = Row {
        id,
        list: input.list,
        name,
        query,
        shared,
        user,
        email: None,
        created: act.now(),
        version: 1,
    };
    if !store::insert(act, &row).await? {
        return Err(taken(row.list, &row.name));
    }
    written(act, row).await
}

/// `update-saved-view`
pub async fn update(act: &mut Act, input: UpdateSavedView) -> Result<SavedView> {
    let mut row = of_path(act).await?;
    act.expect_version("saved view", row.id, row.version).await?;
    let was = fields(&row);
    if let Some(name) = &input.name {
        row.name = check_name(name)?;
    }
    if let Some(query) = &input.query {
        row.query = question::check(act, row.list, query)?.query;
    }
    let own = row.user.is_some() && row.user == act.principal()?.actor.user();
    if input.shared == Some(false) && row.shared && !own {
        return Err(Error::Forbidden(
            "Only who made a saved view may take it back from the others.".into(),
        ));
    }
    row.shared = input.shared.unwrap_or(row.shared);
    row.version += 1;
    if !store::update(act, &row).await? {
        return Err(taken(row.list, &row.name));
    }
    act.changes(was, fields(&row))?;
    written(act, row).await
}

/// What can be changed, as the API calls it.
fn fields(row: &Row) -> Value {
    json!({ "name": row.name, "query": row.query, "shared": row.shared })
}

/// `delete-saved-view`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Done> {
    let row = of_path(act).await?;
    act.expect_version("saved view", row.id, row.version).await?;
    store::delete(act, row.id).await?;
    act.about(Subject::new("saved-view", row.id, row.name));
    act.changed("saved-view", row.id, Some("deleted"));
    Ok(Done {})
}

async fn of_path(act: &mut Act) -> Result<Row> {
    let (call, id) = ((**act).clone(), act.param("id")?);
    store::get(act.db(), &call, id).await?.ok_or_else(|| Error::not_found("saved view"))
}

/// The answer of what was written, with everything that goes with a write.
async fn written(act: &mut Act, row: Row) -> Result<SavedView> {
    act.new_version(row.version);
    act.about(Subject::new("saved-view", row.id, &row.name));
    act.changed("saved-view", row.id, None);
    // What was not changed may be wrong all the same.
    let problem = question::check(act, row.list, &row.query).err();
    let row = of_id(act, row.id).await?;
    Ok(row.shown(act, problem.as_ref()))
}

async fn of_id(act: &mut Act, id: SavedViewId) -> Result<Row> {
    let call = (**act).clone();
    let row = store::get(act.db(), &call, id).await?;
    row.ok_or_else(|| Error::internal("a saved view is gone that was just written"))
}

fn check_name(given: &str) -> Result<String> {
    let given = given.trim();
    name::check(given)
        .and_then(|()| name::check_text(given, NAME_CHARACTERS_MAX))
        .map_err(|e| Error::field("name", e))?;
    Ok(given.to_owned())
}

fn taken(list: List, name: &str) -> Error {
    Error::Conflict(format!(
        "A view of the list of {list} named {name:?} already exists, perhaps as somebody's own: \
         choose another name."
    ))
}
