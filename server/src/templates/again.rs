//! What an operation on a template that failed was to do, asked for again.

use super::{delete, jobs::Work, store};
use crate::{
    act::Act,
    error::{Error, Result},
    snapshots,
};
use api::{Nothing, Operation, PromoteSnapshot};
use domain::TemplateId;

pub async fn again(act: &mut Act, kind: &str, template: &str, work: Work) -> Result<Operation> {
    let snapshot = match work {
        Work::Publish { snapshot } => snapshot,
        Work::Delete => {
            act.stand_for(kind, &[("id", template)], &Nothing {}).await?;
            return delete(act, Nothing {}).await;
        }
    };
    // The one that could not be made is gone; how it was to be is remembered.
    let id: TemplateId = template.parse().map_err(Error::internal)?;
    let row = store::get_ever(act.db(), id).await?;
    let row = row.ok_or_else(|| Error::not_found("template"))?;
    let input = PromoteSnapshot {
        name: row.name,
        description: Some(row.description),
        default_user: Some(row.default_user).filter(|user| !user.is_empty()),
        ssh_key_enabled: Some(row.ssh_key_enabled),
        password_enabled: Some(row.password_enabled),
    };
    act.stand_for(kind, &[("id", &snapshot.to_string())], &input).await?;
    snapshots::promote(act, input).await
}
