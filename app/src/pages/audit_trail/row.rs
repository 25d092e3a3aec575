//! One call in the trail, with everything that is recorded of it.

use super::{called, changes::Changes, decision::Decision, ended, those};
use crate::{
    text::{audit_trail as text, common, t},
    ui::{Ago, Cell, Row},
};
use api::{Event, ListAuditTrail};
use leptos::prelude::*;

#[component]
pub fn Call(event: Event) -> impl IntoView {
    let json = serde_json::to_string_pretty(&event).unwrap_or_default();
    let result = ended(&event);
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
                    <a href=same>{called(&event.handler)}</a>
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
            <Cell label=t(text::RESULT)>{result}</Cell>
        </Row>
    }
    .into_any()
}
