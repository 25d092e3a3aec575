//! One line of an activity.

use crate::{
    pages::audit_trail::{called, changes::Changes, ended, those},
    text::{audit_trail as text, common, operations, past, t},
    ui::{Ago, Cell, CopyButton, Row},
};
use api::{Event, ListAuditTrail};
use leptos::prelude::*;

/// Letters of a request's id that are shown.
const SHORT: usize = 8;

#[component]
pub fn Act(
    event: Event,
    /// All lines are by the same: each says about what it is.
    by_one: bool,
) -> impl IntoView {
    let what = called(&event.handler);
    let result = ended(&event);
    let (label, of_whom) = match by_one {
        true => (text::SUBJECT, subject(event.subject_id)),
        false => (
            text::ACTOR,
            actor(event.iam_user.is_some() || event.iam_api_key.is_some(), event.actor),
        ),
    };
    let request = event.request_id;
    let short: String = request.chars().take(SHORT).collect();
    view! {
        <Row>
            <Cell label=t(text::WHEN)><span class="nowrap"><Ago at=event.timestamp /></span></Cell>
            <Cell label=t(text::OPERATION) main=true>
                <div class="two-lines">
                    <span>{what}</span>
                    <Changes changes=event.changes />
                </div>
            </Cell>
            <Cell label=t(label)>{of_whom}</Cell>
            <Cell label=t(text::SOURCE)>
                <code class="nowrap">{event.source_ip.unwrap_or_else(|| t(common::NONE).to_owned())}</code>
            </Cell>
            <Cell label=t(text::RESULT)>{result}</Cell>
            <Cell label=t(operations::REQUEST)>
                <span class="second">
                    <code title=request.clone()>{short}{"…"}</code>
                    <CopyButton text=request what=t(operations::REQUEST) />
                </span>
            </Cell>
        </Row>
    }
    .into_any()
}

/// Who, and the way to what else they did; the platform is nobody.
fn actor(is_somebody: bool, actor: Option<String>) -> AnyView {
    match actor.filter(|_| is_somebody) {
        Some(who) => {
            let theirs = those(ListAuditTrail { actor: Some(who.clone()), ..Default::default() });
            view! { <a class="break" href=theirs>{who}</a> }.into_any()
        }
        None => t(past::BY_PLATFORM).into_any(),
    }
}

/// About what, and the way to what else happened to it.
fn subject(id: Option<String>) -> AnyView {
    match id {
        Some(id) => {
            let its = those(ListAuditTrail { subject_id: Some(id.clone()), ..Default::default() });
            view! { <a href=its><code class="shortened" title=id.clone()>{id.clone()}</code></a> }
                .into_any()
        }
        None => t(common::NONE).into_any(),
    }
}
