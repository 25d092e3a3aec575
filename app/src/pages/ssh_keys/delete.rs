//! The question before a key is forgotten.

use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{ssh_keys as text, t, t_with},
    ui::{CodePanel, Confirm, KeyValue, KeyValues, Loaded, PageHeader},
    visit::visit,
};
use api::{Nothing, SshKey, op};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn Delete() -> impl IntoView {
    let params = use_params_map();
    let name = move || params.with(|params| params.get("name")).unwrap_or_default();
    let key = load(op::GetSshKey, &[], move || Ask::of("name", name()));
    let title = Signal::derive(move || t_with(text::DELETE_NAMED, &[("name", &name())]));
    view! {
        <PageHeader
            title=title
            lead=|| t(text::DELETE_LEAD)
        />
        <Loaded answer=key page=true view=|reply| view! { <Question key_=reply.body /> }.into_any() />
    }
    .into_any()
}

#[component]
fn Question(key_: SshKey) -> impl IntoView {
    let name = key_.name;
    let code = as_code(&visit().origin, "delete-ssh-key", &[("name", &name)], &Nothing {}, &[]);
    view! {
        <Confirm
            operation="delete-ssh-key"
            path=vec![("name", name.clone())]
            act=t_with(text::DELETE_NAMED, &[("name", &name)])
            return_to=path::ssh_keys()
            cancel=path::ssh_keys()
            done=t(text::DELETED)
        >
            <KeyValues>
                <KeyValue name=t(text::FINGERPRINT)><code>{key_.fingerprint}</code></KeyValue>
            </KeyValues>
            <ul class="consequences">
                <li>{t(text::DELETE_STAYS)}</li>
                <li>{t(text::DELETE_DIES)}</li>
                <li>{t(text::DELETE_BACK)}</li>
            </ul>
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}
