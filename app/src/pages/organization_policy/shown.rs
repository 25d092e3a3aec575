//! What the organization allows. Who may not read it can reset it all the same.

use crate::{
    as_code::as_code,
    load::Asked,
    pages::policy::{Shown, summary},
    path,
    text::{audit_trail, organization_policy as text, policy as words, simulator, t},
    ui::{Card, CodePanel, Kind, LinkButton, LiveNote, Loaded, PageHeader, icons},
    visit::visit,
};
use api::{IamPolicy, Nothing};
use leptos::prelude::*;

#[component]
pub fn Policy(policy: Asked<IamPolicy>) -> impl IntoView {
    let code = as_code(&visit().origin, "get-iam-organization-policy", &[], &Nothing {}, &[]);
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LiveNote />
            <LinkButton to=path::organization_policy_act("activity") label=t(audit_trail::ACTIVITY) icon=icons::ACTIVITY />
            <LinkButton to=path::simulator() label=t(simulator::TITLE) icon=icons::PLAY />
            <LinkButton to=path::organization_policy_act("reset") label=t(text::RESET) icon=icons::UNDO_2 />
            <LinkButton to=path::organization_policy_act("edit") label=t(text::EDIT) icon=icons::PENCIL kind=Kind::Primary />
        </PageHeader>
        <Loaded
            answer=policy
            view=|reply| {
                let policy = reply.body;
                let untouched = policy == IamPolicy::allow_all();
                view! {
                    <Card title=t(words::POLICY) lead=summary(&policy)>
                        <Shown policy=policy />
                        {untouched.then(|| view! { <p class="hint">{t(text::STARTS)}</p> })}
                    </Card>
                }
                .into_any()
            }
        />
        <CodePanel code=code />
    }
    .into_any()
}
