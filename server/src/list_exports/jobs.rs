//! Writing a list to its file, page by page, in the name of whoever asked: with what they may see now.

use super::{Plan, file::Writer, store};
use crate::{
    act::Subject,
    call::{Call, Request},
    download,
    error::{Error, Result},
    instances,
    operations::job::{Job, Next, StepError},
    view::View,
};
use api::{Instances, ListInstances, PAGE_MAX};
use domain::{ListExportId, list::List, operation::Reason};
use std::{fs::File, io::BufWriter, time::Duration};

/// How long a file can be downloaded.
const FILE_LIFETIME: Duration = Duration::from_secs(24 * 3_600);
const ROWS_MAX: i64 = 100_000;

pub async fn run(job: &mut Job) -> std::result::Result<Next, StepError> {
    let plan: Plan = job.data()?;
    let id: ListExportId = job.subject()?;
    // Written anew from the beginning when it is tried again.
    let path = download::prepare(&job.cloud, id.0).await?;
    let file = File::create(&path).map_err(Error::internal)?;
    let mut writer = Writer::begin(plan.format, &plan.columns, BufWriter::new(file))?;
    let mut cursor = None;
    loop {
        let asked = ListInstances {
            sort: plan.sort.clone(),
            limit: Some(PAGE_MAX),
            cursor,
            ..plan.filter.clone().into()
        };
        let (page, next) = page(job, &plan, asked).await.map_err(refused)?;
        writer.rows(&page.instances)?;
        if writer.count() > ROWS_MAX {
            let what = format!("More than {ROWS_MAX} rows match: narrow the list down.");
            return Err(StepError::Impossible(Reason::Incorrect, what));
        }
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    let rows = writer.count();
    writer.end()?;
    let size = std::fs::metadata(&path).map_err(Error::internal)?.len();
    let mut act = job.act().await?;
    let until = act.at().plus(FILE_LIFETIME);
    store::written(&mut act, id, rows, i64::try_from(size).unwrap_or(i64::MAX), until).await?;
    act.about(Subject::new("list-export", id, List::Instances.as_str()));
    act.changed("list-export", id, None);
    job.end(act, Ok(None)).await?;
    Ok(Next::Done)
}

/// One page, and where the next begins.
async fn page(job: &Job, plan: &Plan, asked: ListInstances) -> Result<(Instances, Option<String>)> {
    let endpoint =
        api::find("list-instances").ok_or_else(|| Error::internal("no list-instances"))?;
    let principal = plan.behalf.principal(&job.cloud, job.task.org).await?;
    let uri = format!("/v2{}", endpoint.path);
    let query = serde_urlencoded::to_string(&asked).map_err(Error::internal)?;
    let query = form_urlencoded::parse(query.as_bytes()).into_owned();
    let request = Request {
        query: query.collect(),
        source_ip: plan.behalf.source_ip,
        ..Request::of_platform(endpoint, uri, job.cloud.now())
    };
    let view = View::new(Call::open(job.cloud.clone(), request, Some(principal)).await?);
    let page = instances::list(&view, asked).await?;
    Ok((page, view.headers().next_cursor))
}

/// Who may not see the list any more gets no file, however often it is tried.
fn refused(error: Error) -> StepError {
    match error {
        error if error.is_refusal() => StepError::Impossible(Reason::Forbidden, error.to_string()),
        error => StepError::Other(error),
    }
}

/// It says why there is no file.
pub async fn fail(job: &Job, error: &StepError) -> std::result::Result<(), StepError> {
    let id: ListExportId = job.subject()?;
    download::remove(&job.cloud, id.0).await;
    let mut act = job.act().await?;
    store::failed(&mut act, id, &error.to_string()).await?;
    act.about(Subject::new("list-export", id, List::Instances.as_str()));
    act.changed("list-export", id, None);
    job.end(act, Err((error.reason(), error.to_string()))).await
}
