//! The end of hope: a webhook that takes nothing for days.

use super::{store, store::Row};
use crate::{
    act::{Act, Subject},
    cloud::Cloud,
    error::Result,
    mail::{self, Letter},
};
use app::text::mails;
use domain::{format::Language, webhook::WebhookState};
use serde_json::json;
use std::sync::Arc;

/// Pauses a webhook that takes nothing any more, and tells the owners.
pub async fn stop(cloud: &Arc<Cloud>, row: &Row) -> Result<()> {
    let params = [("id", row.id.to_string())];
    let whose = (row.org, row.project);
    let mut act = Act::of_platform(cloud, whose, "update-webhook", &params).await?;
    if !store::stop(&mut act, row.id).await? {
        return Ok(());
    }
    let link = format!("{}{}", cloud.origin, app::path::webhook(row.id));
    let words = [("name", row.name.as_str()), ("url", row.url.as_str()), ("link", link.as_str())];
    let language = Language::En;
    for to in store::owners(&mut act).await? {
        let subject = mails::WEBHOOK_SUBJECT.filled(language, &words);
        let text = mails::WEBHOOK.filled(language, &words);
        // It is paused all the same.
        mail::queue_notice(&mut act, &Letter { to, subject, text }).await?;
    }
    let state = |state| json!({ "state": state });
    act.changes(state(WebhookState::Active), state(WebhookState::Failed))?;
    act.refused_because("nothing was taken for three days");
    act.about(Subject::new("webhook", row.id, &row.name));
    act.changed("webhook", row.id, Some(WebhookState::Failed.as_str()));
    act.commit(200).await
}
