//! Mails about access: to who may decide, and to whoever asked. They are notices: the list of
//! requests has it all.

use super::{
    super::permissions::effect::{Beside, Effect, effect},
    store::Row,
};
use crate::{
    act::Act,
    error::Result,
    mail::{self, Letter},
    users,
};
use api::RequestAccess;
use app::text::{Text, mails};
use domain::{
    AccessRequestId, Timestamp, UserId,
    format::{Language, date_time},
};

/// People who are told of a request.
const TOLD_MAX: usize = 10;

/// Tells those whose role lets them decide, and always allows what is asked for.
pub async fn to_who_decides(
    act: &mut Act,
    id: AccessRequestId,
    asker: UserId,
    input: &RequestAccess,
) -> Result<()> {
    let organization = act.principal()?.org_policy.clone();
    let deciding = ["approve-access-request", input.operation.as_str()].map(api::find);
    let who = act.principal()?.actor.label();
    let link = format!("{}{}", act.cloud.origin, app::path::access_request(id));
    let hours = input.hours.to_string();
    let language = input.language.unwrap_or(Language::En);
    let words = [
        ("who", who.as_str()),
        ("what", &named(&input.operation, input.resource.as_deref())),
        ("hours", &hours),
        ("reason", &input.reason),
        ("link", &link),
    ];
    let may = |role| {
        deciding.into_iter().flatten().all(|endpoint| {
            effect(endpoint, &organization, role, Beside::Nothing) == Effect::Allowed
        })
    };
    let members = users::store::with_policies(act).await?;
    let told = members.iter().filter(|(user, _, role)| *user != asker && may(role));
    for (_, email, _) in told.take(TOLD_MAX) {
        let texts = (mails::ACCESS_REQUEST_SUBJECT, mails::ACCESS_REQUEST);
        send(act, email, language, texts, &words).await?;
    }
    Ok(())
}

/// Tells whoever asked that they may, and until when.
pub async fn approved(act: &mut Act, row: &Row, ends: Timestamp) -> Result<()> {
    let (by, ends) = (act.principal()?.actor.label(), date_time(row.language, ends));
    let link = format!("{}{}", act.cloud.origin, app::path::access_requests());
    let what = named(&row.operation, row.resource.as_deref());
    let words = [("by", by.as_str()), ("what", &what), ("ends", &ends), ("link", &link)];
    let texts = (mails::ACCESS_APPROVED_SUBJECT, mails::ACCESS_APPROVED);
    send(act, &row.email, row.language, texts, &words).await
}

/// Tells whoever asked that they may not, and why.
pub async fn refused(act: &mut Act, row: &Row, answer: Option<&str>) -> Result<()> {
    let by = act.principal()?.actor.label();
    let what = named(&row.operation, row.resource.as_deref());
    let answer = answer.unwrap_or("–");
    let words = [("by", by.as_str()), ("what", &what), ("answer", answer)];
    let texts = (mails::ACCESS_REFUSED_SUBJECT, mails::ACCESS_REFUSED);
    send(act, &row.email, row.language, texts, &words).await
}

/// `stop-instance (0190…)`
fn named(operation: &str, resource: Option<&str>) -> String {
    resource.map_or_else(|| operation.to_owned(), |resource| format!("{operation} ({resource})"))
}

async fn send(
    act: &mut Act,
    to: &str,
    language: Language,
    (subject, text): (Text, Text),
    words: &[(&str, &str)],
) -> Result<()> {
    let letter = Letter {
        to: to.to_owned(),
        subject: subject.filled(language, words),
        text: text.filled(language, words),
    };
    mail::queue_notice(act, &letter).await
}
