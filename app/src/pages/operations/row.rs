//! One operation with everything that is known of it.

use super::{
    line::{name, subject_path, tone},
    question,
};
use crate::{
    live::Live,
    path,
    text::{Text, common, operations as text, states, t, t_with},
    ui::{Ago, Button, Cell, CopyButton, Form, Icon, Row, ToneChip, icons, stay},
    visit::language,
};
use api::{ListOperations, OperationDetail};
use domain::{
    OperationId, format,
    operation::{OperationState, makes_its_subject},
};
use leptos::prelude::*;
use std::time::Duration;

/// What is done with the request itself takes no time that people would notice.
const AT_ONCE: Duration = Duration::from_millis(50);

#[component]
pub fn OperationRow(
    first: OperationDetail,
    operations: Memo<Vec<OperationDetail>>,
    asked: Memo<ListOperations>,
) -> impl IntoView {
    let id = first.id;
    // What left the list is shown as it was until its row is gone.
    let row = Memo::new(move |before: Option<&OperationDetail>| {
        operations.with(|all| all.iter().find(|o| o.id == id).or(before).unwrap_or(&first).clone())
    });
    view! { <Row>{move || view! { <Cells operation=row.get() asked=asked /> }}</Row> }.into_any()
}

#[component]
fn Cells(operation: OperationDetail, asked: Memo<ListOperations>) -> impl IntoView {
    let none = || t(common::NONE).to_owned();
    let request = operation.request_id.to_string();
    let began = operation.created_at;
    let ended = operation.finished_at;
    let live = expect_context::<Live>();
    let took = move || took(ended.unwrap_or_else(|| live.now()).since(began));
    let zone = operation.zone.clone().unwrap_or_else(none);
    let actor = operation.actor.clone().unwrap_or_else(none);
    let again = operation.clone();
    view! {
        <Cell label=t(text::OPERATION) main=true><What operation=operation /></Cell>
        <Cell label=t(common::STATE)><State operation=again asked=asked /></Cell>
        <Cell label=t(common::ZONE)><span class="nowrap">{zone}</span></Cell>
        <Cell label=t(text::ACTOR)>{actor}</Cell>
        <Cell label=t(text::STARTED)><Ago at=began /></Cell>
        <Cell label=t(text::DURATION) figures=true>{took}</Cell>
        <Cell label=t(text::REQUEST)>
            <span class="with-copy">
                <code class="shortened" title=request.clone()>{request.clone()}</code>
                <CopyButton text=request what=t(text::REQUEST) />
            </span>
        </Cell>
    }
    .into_any()
}

/// What was asked for, and of what.
#[component]
fn What(operation: OperationDetail) -> impl IntoView {
    let subject = operation.subject.clone().unwrap_or_default();
    view! {
        <span class="two-lines">
            <span>{name(&operation.operation)}</span>
            {match subject_path(&operation) {
                Some(to) => view! { <a href=to>{subject}</a> }.into_any(),
                None => view! { <span class="hint">{subject}</span> }.into_any(),
            }}
        </span>
    }
    .into_any()
}

/// How far it is, or why it went no further.
#[component]
fn State(operation: OperationDetail, asked: Memo<ListOperations>) -> impl IntoView {
    let failed = matches!(operation.state, OperationState::Failure | OperationState::Timeout);
    let waits = operation.can_cancel.then(|| waits(&operation));
    let id = operation.id;
    let (state, word) = (operation.state, t(states::operation(operation.state)));
    let pending = state == OperationState::Pending;
    let step = operation.step.as_deref().and_then(text::step).filter(|_| pending);
    let tries = (pending && operation.attempt > 0).then(|| {
        let number = format::integer(language(), operation.attempt + 1);
        t_with(text::ATTEMPT, &[("number", &number)])
    });
    let now = step.map(|step| t(step).to_owned()).into_iter().chain(tries);
    let now = now.collect::<Vec<_>>().join(" · ");
    let reason = operation.reason.map(|reason| t(text::reason(reason)));
    view! {
        <div class="two-lines">
            {match pending {
                true => view! { <ToneChip tone=tone(state) word=word progress=operation.progress /> }.into_any(),
                false => view! { <ToneChip tone=tone(state) word=word /> }.into_any(),
            }}
            {(!now.is_empty()).then(|| view! { <span class="hint">{now}</span> })}
            {operation.message.map(|message| view! {
                <span class=if reason.is_some() { "why why-bad" } else { "why" }>
                    {reason.map(|reason| view! { <strong>{reason}</strong>" · " })}
                    <span lang="en">{message}</span>
                </span>
            })}
            {failed.then(|| view! {
                <Ask operation="retry-operation" id=id asked=asked label=common::RETRY icon=icons::ROTATE_CW done=text::RETRY_REQUESTED />
            })}
            {waits.map(|what| view! {
                <span class="hint">{what}</span>
                <Ask operation="cancel-operation" id=id asked=asked label=common::CANCEL icon=icons::X done=text::CANCELLED />
            })}
        </div>
    }
    .into_any()
}

/// What follows from cancelling what nobody has begun.
fn waits(operation: &OperationDetail) -> String {
    if makes_its_subject(&operation.operation) {
        return t(text::WAITS_TO_MAKE).to_owned();
    }
    t_with(text::WAITS, &[("name", operation.subject.as_deref().unwrap_or_default())])
}

/// Asks for the same again, or for what waits to be taken back.
#[component]
fn Ask(
    operation: &'static str,
    id: OperationId,
    asked: Memo<ListOperations>,
    label: Text,
    icon: Icon,
    /// Said when it was accepted.
    done: Text,
) -> impl IntoView {
    view! {
        <span class="row">
        <Form
            operation=operation
            path=vec![("id", id.to_string())]
            return_to=question::page(&asked.get_untracked(), None)
            done=t(done)
            on_answer=stay()
        >
            <Button label=t(label).to_owned() icon=icon small=true />
        </Form>
        <a href=path::reference_with(operation, "id", id)>{t(common::AS_CODE)}</a>
        </span>
    }
    .into_any()
}

/// `2 min 5 s`, `0.4 s`
fn took(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let number = |n: u64| format::integer(language(), i64::try_from(n).unwrap_or(i64::MAX));
    if duration < AT_ONCE {
        return t(text::AT_ONCE).to_owned();
    }
    if seconds < 60 {
        let tenths = i64::try_from(duration.as_millis() / 100 % 10).unwrap_or_default();
        let text = format::minor(
            language(),
            i64::try_from(seconds).unwrap_or_default() * 100 + tenths * 10,
        );
        let short = text.strip_suffix('0').unwrap_or(&text);
        return t_with(text::SECONDS, &[("seconds", short)]);
    }
    let (minutes, seconds) = (number(seconds / 60), number(seconds % 60));
    t_with(text::MINUTES, &[("minutes", &minutes), ("seconds", &seconds)])
}
