//! Questions about what can be repaired: start, stop, reboot, a new password.

use super::{
    super::{cost, may::refusal},
    About, Head, code,
};
use crate::{
    pages::fate::PriceChange,
    path,
    text::{Text, instance_acts as text, t, t_with},
    ui::{CodePanel, Confirm},
};
use domain::instance::Verb;
use leptos::prelude::*;
use serde_json::Value;

/// Where the instance is seen a press starts it; from a search one should see which one it is.
#[component]
pub fn Start(about: About) -> impl IntoView {
    let instance = about.now();
    let before = cost::while_stopped(&instance, &about.prices);
    let after = cost::while_running(&instance, &about.prices);
    view! {
        <Mild about=about verb=Verb::Start operation="start-instance" title=text::START_TITLE act=text::START_ACT>
            <p>{t(text::START_LEAD)}</p>
            <PriceChange before=before after=after />
        </Mild>
    }
    .into_any()
}

#[component]
pub fn Stop(about: About) -> impl IntoView {
    let instance = about.now();
    let before = cost::while_running(&instance, &about.prices);
    let after = cost::while_stopped(&instance, &about.prices);
    view! {
        <Mild about=about verb=Verb::Stop operation="stop-instance" title=text::STOP_TITLE act=text::STOP_ACT>
            <p>{t(text::STOP_LEAD)}</p>
            <PriceChange before=before after=after />
        </Mild>
    }
    .into_any()
}

#[component]
pub fn Reboot(about: About) -> impl IntoView {
    view! {
        <Mild about=about verb=Verb::Reboot operation="reboot-instance" title=text::REBOOT_TITLE act=text::REBOOT_ACT>
            <p>{t(text::REBOOT_LEAD)}</p>
        </Mild>
    }
    .into_any()
}

#[component]
pub fn Password(about: About) -> impl IntoView {
    let user = about.now().template.default_user.unwrap_or_default();
    view! {
        <Mild
            about=about
            verb=Verb::ResetPassword
            operation="reset-instance-password"
            title=text::PASSWORD_TITLE
            act=text::PASSWORD_ACT
            tab="connect"
        >
            <p>{t_with(text::PASSWORD_LEAD, &[("user", &user)])}</p>
        </Mild>
    }
    .into_any()
}

/// A question with its consequences in `children`.
#[component]
fn Mild(
    about: About,
    verb: Verb,
    operation: &'static str,
    title: Text,
    act: Text,
    /// Where it leads.
    #[prop(optional)]
    tab: &'static str,
    children: Children,
) -> impl IntoView {
    let About { id, instance, .. } = about.clone();
    let name = about.now().name;
    let key = id.to_string();
    let code = code(&about, operation, &[("id", &key)], &Value::Null);
    view! {
        <Head about=about title=t_with(title, &[("name", &name)]) />
        <Confirm
            operation=operation
            path=vec![("id", id.to_string())]
            act=t_with(act, &[("name", &name)])
            return_to=path::instance_tab(id, tab)
            cancel=path::instance_tab(id, tab)
            reason=Signal::derive(move || instance.with(|instance| refusal(instance, verb)))
        >
            {children()}
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}
