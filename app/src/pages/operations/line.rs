//! An operation in one line.

use crate::{
    path,
    text::{operations, states, t},
    ui::{Ago, Tone, ToneChip},
};
use api::OperationDetail;
use domain::{list::List, operation::OperationState};
use leptos::prelude::*;

/// How a state looks.
pub fn tone(state: OperationState) -> Tone {
    match state {
        OperationState::Pending => Tone::Busy,
        OperationState::Success => Tone::Ok,
        OperationState::Failure | OperationState::Timeout => Tone::Bad,
    }
}

/// What an operation is called.
pub fn name(operation: &str) -> String {
    operations::name(operation).map_or_else(|| operation.to_owned(), |text| t(text).to_owned())
}

/// Where its subject is shown, if it has a page.
pub fn subject_path(operation: &OperationDetail) -> Option<String> {
    let reference = operation.reference.as_ref()?;
    match (reference.command.as_str(), operation.operation.as_str()) {
        (_, "delete-instance") => None,
        ("get-instance", _) => Some(path::instance(reference.id)),
        ("get-list-export", _) => Some(path::list_exported(List::Instances, reference.id)),
        ("get-bulk-action", _) => Some(path::bulk_action(reference.id)),
        _ => None,
    }
}

#[component]
pub fn Line(operation: OperationDetail) -> impl IntoView {
    let subject = operation.subject.clone().unwrap_or_default();
    let progress = (operation.state == OperationState::Pending).then_some(operation.progress);
    view! {
        <div class="line">
            <div class="line-what">
                <span>{name(&operation.operation)}</span>
                {match subject_path(&operation) {
                    Some(to) => view! { <a href=to>{subject}</a> }.into_any(),
                    None => view! { <span class="line-subject">{subject}</span> }.into_any(),
                }}
            </div>
            <div class="line-state">
                {match progress {
                    Some(percent) => view! { <ToneChip tone=tone(operation.state) word=t(states::operation(operation.state)) progress=percent /> }.into_any(),
                    None => view! { <ToneChip tone=tone(operation.state) word=t(states::operation(operation.state)) /> }.into_any(),
                }}
                <span class="hint"><Ago at=operation.created_at /></span>
            </div>
            {operation.message.filter(|_| operation.state != OperationState::Success).map(|why| view! { <p class="line-why" lang="en">{why}</p> })}
        </div>
    }
    .into_any()
}
