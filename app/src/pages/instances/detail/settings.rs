//! What can be changed about an instance; what can't be taken back stands last.

mod details;
mod disk;
mod scale;

use super::{super::may::refusal, Seen};
use crate::{
    as_code::{AsCode, as_code, instance_with},
    path,
    text::{instance as text, t},
    ui::{Button, Card, CodePanel, Form, Kind, LinkButton, Terraform, Tone, ToneChip, icons, stay},
    visit::visit,
};
use domain::instance::Verb;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

#[component]
pub fn Settings(seen: Seen) -> impl IntoView {
    let shape = Memo::new(move |_| seen.instance.with(|i| (i.instance_type.id, i.disk_size)));
    view! {
        <details::Details seen=seen />
        <Protection seen=seen />
        <For each=move || [shape.get()] key=|shape| *shape let(_)>
            <div class="columns">
                <scale::Scale seen=seen />
                <disk::Disk seen=seen />
            </div>
        </For>
        <Danger seen=seen />
    }
    .into_any()
}

#[component]
fn Protection(seen: Seen) -> impl IntoView {
    let Seen { id, instance, .. } = seen;
    let on = Memo::new(move |_| instance.with(|instance| instance.protected == Some(true)));
    view! {
        <Card title=t(text::PROTECTION) lead=t(text::PROTECTION_LEAD)>
            {move || {
                let (operation, label, tone, word) = match on.get() {
                    true => ("remove-instance-protection", text::UNPROTECT, Tone::Ok, text::PROTECTION_ON),
                    false => ("add-instance-protection", text::PROTECT, Tone::Neutral, text::PROTECTION_OFF),
                };
                view! {
                    <div class="row-between">
                        <ToneChip tone=tone word=t(word) />
                        <Form
                            operation=operation
                            path=vec![("id", id.to_string())]
                            return_to=path::instance_tab(id, "settings")
                            done=t(text::PROTECTION_SAVED)
                            on_answer=stay()
                        >
                            <Button
                                label=t(label).to_owned()
                                icon=if on.get_untracked() { icons::LOCK_OPEN } else { icons::LOCK }
                                reason=Signal::derive(move || instance.with(|i| refusal(i, Verb::Update)))
                            />
                        </Form>
                    </div>
                    <CodePanel code=code(seen, operation) id="protection-code" />
                }
            }}
        </Card>
    }
    .into_any()
}

/// An act on the instance that takes nothing but its id.
fn code(seen: Seen, operation: &str) -> Signal<AsCode> {
    let id = seen.id.to_string();
    let code = as_code(&visit().origin, operation, &[("id", &id)], &Value::Null, &[]);
    let becomes = seen.instance.with_untracked(|i| instance_with(i, operation, &Value::Null));
    Signal::stored(becomes.map_or(code.clone(), |lines| code.with_terraform(lines)))
}

/// What Terraform makes of a form that changes the instance.
fn becomes(seen: Seen, operation: &'static str) -> Terraform {
    Arc::new(move |body| seen.instance.with(|i| instance_with(i, operation, body)))
}

#[component]
fn Danger(seen: Seen) -> impl IntoView {
    let Seen { id, instance, .. } = seen;
    view! {
        <Card title=t(text::DANGER) danger=true>
            {move || {
                let (reset, delete) = instance.with(|i| (refusal(i, Verb::Reset), refusal(i, Verb::Delete)));
                view! {
                    <div class="stack">
                        <div class="row-between">
                            <p class="lead">{t(text::RESET_LEAD)}</p>
                            <LinkButton to=path::instance_confirm(id, "reset") label=t(text::RESET_BUTTON) icon=icons::UNDO_2 reason=reset />
                        </div>
                        <div class="row-between">
                            <p class="lead">{t(text::DELETE_LEAD)}</p>
                            <LinkButton to=path::instance_confirm(id, "delete") label=t(text::DELETE_BUTTON) kind=Kind::Danger icon=icons::TRASH_2 reason=delete />
                        </div>
                    </div>
                }
            }}
        </Card>
    }
    .into_any()
}
