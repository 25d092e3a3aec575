//! The way into an instance: an SSH command, and the password where the template has one.

use super::{super::may::refusal, Seen};
use crate::{
    load::{Ask, load},
    path,
    text::{instance as text, t, t_with},
    ui::{Card, CodeBlock, LinkButton, Loaded, Notice, Tone, icons},
};
use api::{Instance, op};
use domain::instance::{InstanceState, Verb};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The parameter that shows the password.
const SHOW: &str = "password";

#[component]
pub fn Connect(seen: Seen) -> impl IntoView {
    let has_password = seen.instance.with_untracked(|i| i.template.password_enabled);
    view! {
        <Card title=t(text::BY_SSH) lead=t(text::BY_SSH_LEAD)>
            {move || seen.instance.with(|instance| view! { <Ssh instance=instance.clone() /> })}
        </Card>
        <Card title=t(text::PASSWORD)>
            {match has_password {
                true => view! { <Password seen=seen /> }.into_any(),
                false => view! { <p class="muted">{t(text::NO_PASSWORD)}</p> }.into_any(),
            }}
        </Card>
    }
    .into_any()
}

#[component]
fn Ssh(instance: Instance) -> impl IntoView {
    let address = instance.public_ip.as_ref().or(instance.ipv6_address.as_ref());
    let runs = instance.state == InstanceState::Running;
    let keyless = instance.template.ssh_key_enabled && instance.ssh_keys.is_empty();
    let keys: Vec<_> = instance.ssh_keys.iter().map(|key| key.name.clone()).collect();
    let main = match (&instance.template.default_user, address) {
        (None, _) => view! { <p class="muted">{t(text::NO_SSH_USER)}</p> }.into_any(),
        (_, None) => view! { <p class="muted">{t(text::NO_SSH_ADDRESS)}</p> }.into_any(),
        (Some(user), Some(address)) => {
            let command = format!("ssh {user}@{address}");
            view! { <CodeBlock code=command what=t(text::SSH_COMMAND) /> }.into_any()
        }
    };
    view! {
        <div class="stack">
            {main}
            {(!runs).then(|| view! { <Notice tone=Tone::Warn><p>{t(text::NOT_RUNNING)}</p></Notice> })}
            {keyless.then(|| view! { <Notice tone=Tone::Warn><p>{t(text::NO_KEY_WARNING)}</p></Notice> })}
            {(!keys.is_empty()).then(|| view! {
                <p class="row"><span class="muted">{t(text::SSH_KEYS)}</span>{keys.into_iter().map(|key| view! { <a class="tag mono" href=path::ssh_keys()>{key}</a> }).collect_view()}</p>
            })}
        </div>
    }
    .into_any()
}

/// The password, when it was asked for; a link asks, so it needs no scripts.
#[component]
fn Password(seen: Seen) -> impl IntoView {
    let Seen { id, instance, .. } = seen;
    let query = use_query_map();
    let shown = Memo::new(move |_| query.with(|query| query.get_str(SHOW).is_some()));
    let user = instance.with_untracked(|i| i.template.default_user.clone().unwrap_or_default());
    view! {
        <div class="stack">
            <p class="lead">{t_with(text::PASSWORD_LEAD, &[("user", &user)])}</p>
            {move || shown.get().then(|| view! { <Revealed seen=seen /> })}
            <div class="row">
                {move || match shown.get() {
                    true => view! { <LinkButton to=path::instance_tab(id, "connect") label=t(text::HIDE) icon=icons::EYE /> },
                    false => view! { <LinkButton to=path::instance_password(id) label=t(text::REVEAL) icon=icons::EYE /> },
                }}
                {move || {
                    let reason = instance.with(|i| refusal(i, Verb::ResetPassword));
                    view! { <LinkButton to=path::instance_confirm(id, "reset-password") label=t(text::RESET_PASSWORD) icon=icons::ROTATE_CW reason=reason /> }
                }}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Revealed(seen: Seen) -> impl IntoView {
    let answer = load(op::RevealInstancePassword, &["instance", "operation"], move || {
        Ask::of("id", seen.id.to_string())
    });
    view! {
        <Loaded
            answer=answer
            rows=1
            view=|reply| view! { <CodeBlock code=reply.body.password what=t(text::PASSWORD) /> }.into_any()
        />
    }
    .into_any()
}
