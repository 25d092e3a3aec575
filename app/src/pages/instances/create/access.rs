//! SSH keys: which of them, and a new one on the way.

use super::{draft::Draft, place::FieldError, section::Section};
use crate::{
    text::{create as text, ssh_keys, t},
    ui::{Button, ErrorText, Field, IconView, TextArea, icons},
};
use api::{Client, ErrorBody, RegisterSshKey, SshKey, forms, op};
use leptos::{ev, prelude::*, task::spawn_local};

/// What the form's adapter takes as a detour.
const REGISTER: &str = "register-ssh-key";
const KEY_NAME: &str = "_register-ssh-key.name";
const KEY_TEXT: &str = "_register-ssh-key.public-key";

#[component]
pub fn Access(draft: Draft) -> impl IntoView {
    let keys = RwSignal::new(draft.stock.with_value(|stock| stock.keys.clone()));
    let none = move || keys.with(Vec::is_empty);
    view! {
        <Section title=t(text::ACCESS) lead=t(text::ACCESS_LEAD).to_owned()>
            {move || none().then(|| view! { <p class="muted">{t(text::NO_KEYS)}</p> })}
            <div class="checks">
                <For each=move || keys.get() key=|key| key.name.clone() let(key)>
                    <KeyCheck draft=draft key_=key />
                </For>
            </div>
            <FieldError name="ssh-keys" />
            <Add draft=draft keys=keys open=untrack(none) />
        </Section>
    }
    .into_any()
}

#[component]
fn KeyCheck(draft: Draft, key_: SshKey) -> impl IntoView {
    let (own, name) = (key_.name.clone(), key_.name.clone());
    let checked = draft.keys.with_untracked(|keys| keys.contains(&key_.name));
    let node = NodeRef::<leptos::html::Input>::new();
    let set = move |name: &str, on: bool| {
        draft.keys.update(|keys| {
            keys.retain(|key| key != name);
            if on {
                keys.push(name.to_owned());
            }
        });
    };
    Effect::new(move |_| {
        if let Some(input) = node.get()
            && input.checked() != draft.keys.with_untracked(|keys| keys.contains(&own))
        {
            set(&own, input.checked());
        }
    });
    view! {
        <label class="check">
            <input
                node_ref=node
                type="checkbox"
                name="ssh-keys[].name"
                value=key_.name.clone()
                checked=checked
                on:change=move |event| set(&name, event_target_checked(&event))
            />
            <span>
                <span class="check-label">{key_.name}</span>
                {key_.fingerprint.map(|print| view! { <code class="hint">{print}</code> })}
            </span>
        </label>
    }
    .into_any()
}

/// Registers a key without leaving the form: by a script, or as a detour of the form itself.
#[component]
fn Add(draft: Draft, keys: RwSignal<Vec<SshKey>>, open: bool) -> impl IntoView {
    let client = expect_context::<Client>();
    let (name, line) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (round, busy) = (RwSignal::new(0_u32), RwSignal::new(false));
    let wrong = RwSignal::new(None::<ErrorBody>);
    let add = move || {
        let input = RegisterSshKey { name: name.get_untracked(), public_key: line.get_untracked() };
        let client = client.clone();
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(op::RegisterSshKey, &[], &input).await;
            busy.set(false);
            wrong.set(answer.as_ref().err().cloned());
            if answer.is_ok() {
                draft.keys.update(|chosen| chosen.push(input.name.clone()));
                keys.update(|keys| keys.push(SshKey { name: input.name, fingerprint: None }));
                round.update(|round| *round += 1);
            }
        });
    };
    let on_key = {
        let add = add.clone();
        move |event: ev::KeyboardEvent| {
            if event.key() == "Enter" && event_target_is_line(&event) {
                event.prevent_default();
                add();
            }
        }
    };
    let press = move |event: ev::MouseEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            add();
        }
    };
    view! {
        <details class="add-key" open=open>
            <summary><IconView icon=icons::PLUS />{t(text::ADD_KEY)}</summary>
            <div class="stack" on:keydown=on_key>
                {move || wrong.get().map(|error| view! { <div class="form-error" role="alert"><ErrorText error=error /></div> })}
                <For each=move || [round.get()] key=|round| *round let(_round)>
                        <Field name=KEY_NAME label=t(ssh_keys::KEY_NAME) autocomplete="off" max_length=255 follow=name />
                        <TextArea
                            name=KEY_TEXT
                            label=t(ssh_keys::PUBLIC_KEY)
                            hint=t(ssh_keys::PUBLIC_KEY_HINT)
                            placeholder=t(ssh_keys::PUBLIC_KEY_EXAMPLE)
                            rows=3
                            follow=line
                        />
                </For>
                <div class="row" on:click=press>
                    <Button
                        label=t(text::ADD_KEY_SUBMIT).to_owned()
                        small=true
                        skips_checks=true
                        sends=(forms::DETOUR, REGISTER.to_owned())
                    />
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// Whether the key was pressed in a field of one line.
fn event_target_is_line(event: &ev::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    event.target().is_some_and(|target| target.has_type::<web_sys::HtmlInputElement>())
}
