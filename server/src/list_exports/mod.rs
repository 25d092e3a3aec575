//! Lists that are written to files: all that match, as whoever asked may see them.

mod file;
pub mod jobs;
mod store;

use crate::{
    act::{Act, Subject},
    cloud::Cloud,
    download,
    error::{Error, Result},
    iam::behalf::Behalf,
    instances,
    operations::{self, Was, store::Found},
    view::View,
};
use api::{CreateListExport, InstanceFilter, ListExport, ListInstances, Nothing, Operation};
use domain::{
    ListExportId,
    list::{ExportFormat, List},
};
use serde::{Deserialize, Serialize};

/// Files that an organization may have at once, and what is still being written.
const FILES_MAX: i64 = 20;

/// What is to be written, and in whose name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    behalf: Behalf,
    format: ExportFormat,
    filter: InstanceFilter,
    sort: Option<String>,
    columns: Vec<String>,
}

/// `create-list-export`
pub async fn create(act: &mut Act, input: CreateListExport) -> Result<Operation> {
    let CreateListExport { list, format, filter, sort, columns } = input;
    let columns =
        columns.unwrap_or_else(|| list.columns().into_iter().map(str::to_owned).collect());
    list.check_columns(&columns.join(",")).map_err(|what| Error::field("columns", what))?;
    let filter = filter.unwrap_or_default();
    // What can't be asked of the list is refused now, and not in the file.
    let asked = ListInstances { sort: sort.clone(), ..filter.clone().into() };
    instances::check_question(act, &asked)?;
    let there = store::count(act).await?;
    if there >= FILES_MAX {
        return Err(Error::Conflict(format!(
            "There are {there} exported files already, which is as many as may be: each is removed a \
             day after it was written."
        )));
    }
    let id: ListExportId = act.new_id();
    store::insert(act, id, list, format).await?;
    act.about(Subject::new("list-export", id, list.as_str()));
    act.changed("list-export", id, None);
    let plan = Plan { behalf: Behalf::of(act)?, format, filter, sort, columns };
    let was = Some(Was::Nothing);
    let new = operations::New { step: "write", zone: None, lock: id.0, data: &plan, was };
    operations::start(act, new).await
}

/// One that was cancelled before it began: it says so, and no file is counted.
pub async fn put_back(act: &mut Act, found: &Found) -> Result<String> {
    let id = found.subject()?;
    store::failed(act, id, "It was cancelled.").await?;
    act.changed("list-export", id, None);
    Ok("no file was written".into())
}

/// What could not be written is written anew, to a file of its own.
pub async fn again(act: &mut Act, plan: Plan) -> Result<Operation> {
    let Plan { format, filter, sort, columns, .. } = plan;
    let (filter, columns) = (Some(filter), Some(columns));
    let input = CreateListExport { list: List::Instances, format, filter, sort, columns };
    act.stand_for("create-list-export", &[], &input).await?;
    create(act, input).await
}

/// `get-list-export`
pub async fn get(view: &View, _: Nothing) -> Result<ListExport> {
    let mut db = view.cloud.db.read().await?;
    let found = store::get(&mut db, view.org()?, view.param("id")?).await?;
    let mut export = found.ok_or_else(|| Error::not_found("list export"))?;
    let now = view.cloud.now();
    if let Some(until) = export.expires_at.filter(|until| *until > now) {
        view.shows_secret();
        let name = file_name(export.list, export.format);
        export.url = Some(download::address(&view.cloud, export.id.0, &name, until));
    }
    Ok(export)
}

/// `/instances.csv`
fn file_name(list: List, format: ExportFormat) -> String {
    format!("/{list}.{format}")
}

/// Removes files whose day is over.
pub async fn remove_expired(cloud: &Cloud) -> Result<()> {
    let expired = store::expired(cloud.db.reader(), cloud.now()).await?;
    if expired.is_empty() {
        return Ok(());
    }
    let mut housekeeping = cloud.housekeeping().await?;
    for id in &expired {
        download::remove(cloud, id.0).await;
        store::removed(housekeeping.db(), *id).await?;
    }
    housekeeping.commit().await
}
