//! One call in the trail, with everything that is recorded of it.

use super::{changes::Changes, decision::Decision, question};
use crate::{
    pages::operations::name,
    path,
    text::{audit_trail as text, common, t},
    ui::{Ago, Cell, Row, Tone, ToneChip},
};
use api::{Event, ListAuditTrail};
use domain::audit::AuditResult;
use leptos::prelude::*;

fn those(asked: ListAuditTrail) -> String {
    path::audit_trail_where(&asked)
}

#[component]
pub fn Call(event: Event) -> impl IntoView {
    let json = serde_json::to_string_pretty(&event).unwrap_or_default();
    let result = AuditResult::of(event.status);
    let tone = if result == AuditResult::Done { Tone::Ok } else { Tone::Bad };
    let before = those(ListAuditTrail { to: Some(event.timestamp), ..Default::default() });
    let decision = view! { <Decision event=&event /> }.into_any();
    let same =
        those(ListAuditTrail { operation: Some(event.handler.clone()), ..Default::default() });
    let about = event.subject_id.map(|id| {
        let to = those(ListAuditTrail { subject_id: Some(id.clone()), ..Default::default() });
        view! { <a href=to><code class="shortened" title=id.clone()>{id.clone()}</code></a> }
    });
    let who = event.actor.unwrap_or_else(|| t(common::NONE).to_owned());
    let theirs = those(ListAuditTrail { actor: Some(who.clone()), ..Default::default() });
    view! {
        <Row>
            <Cell label=t(text::WHEN)>
                <a class="nowrap" href=before title=t(text::EARLIER)><Ago at=event.timestamp /></a>
            </Cell>
            <Cell label=t(text::OPERATION) main=true>
                <div class="two-lines">
                    <a href=same>{name(&event.handler)}</a>
                    {about}
                    <Changes changes=event.changes />
                    <details>
                        <summary>{t(text::DETAIL)}</summary>
                        {decision}
                        <pre><code>{json}</code></pre>
                    </details>
                </div>
            </Cell>
            <Cell label=t(text::ACTOR)><a href=theirs>{who}</a></Cell>
            <Cell label=t(text::SOURCE)>
                <code class="nowrap">{event.source_ip.unwrap_or_else(|| t(common::NONE).to_owned())}</code>
            </Cell>
            <Cell label=t(text::RESULT)>
                <div class="two-lines">
                    <span class="row"><ToneChip tone=tone word=t(question::result(result)) /><code>{event.status.to_string()}</code></span>
                    {event.reason.map(|reason| view! { <span class="why">{reason}</span> })}
                </div>
            </Cell>
        </Row>
    }
    .into_any()
}
