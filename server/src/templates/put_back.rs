//! A template whose operation was cancelled before it began: what it was, or nothing.

use super::store;
use crate::{
    act::Act,
    error::{Error, Result},
    operations::{Was, has_begun, store::Found},
    quotas,
};
use domain::{TemplateId, quota::QuotaResource};

/// Answers what has become of it, as a part of a sentence.
pub async fn put_back(act: &mut Act, found: &Found, was: Was) -> Result<String> {
    let id: TemplateId = found.subject()?;
    match was {
        Was::Nothing => {
            if !store::delete(act, id).await? {
                return Err(has_begun());
            }
            quotas::give_back(act, QuotaResource::Template, 1).await?;
            act.changed("template", id, Some("deleted"));
            Ok("the template was never made".into())
        }
        Was::Template { state } => {
            store::set_state(act, id, &state).await?;
            act.changed("template", id, Some(&state));
            Ok(format!("the template is {state}, as it was"))
        }
        Was::Instance(_) | Was::Snapshot(_) => {
            Err(Error::internal("a template that was something else"))
        }
    }
}
