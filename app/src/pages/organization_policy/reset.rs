//! The question before the organization's policy is reset: the way out for who is locked out, so it is
//! asked even of those who may not read it.

use crate::{
    as_code::as_code,
    load::Asked,
    pages::{fate::Fate, policy::summary},
    path,
    text::{organization_policy as text, t},
    ui::{CodePanel, Confirm, KeyValue, KeyValues, Loaded, PageHeader},
    visit::visit,
};
use api::{IamPolicy, Nothing};
use leptos::prelude::*;

#[component]
pub fn Reset(policy: Asked<IamPolicy>) -> impl IntoView {
    let code = as_code(&visit().origin, "reset-iam-organization-policy", &[], &Nothing {}, &[]);
    let dies = vec![(t(text::DIES_ENTRIES).to_owned(), Vec::new())];
    view! {
        <PageHeader title=t(text::RESET_TITLE).to_owned() lead=|| t(text::RESET_LEAD) />
        <Confirm
            operation="reset-iam-organization-policy"
            path=Vec::new()
            act=t(text::RESET_ACT)
            return_to=path::organization_policy()
            cancel=path::organization_policy()
            done=t(text::RESET_DONE)
        >
            <Loaded
                answer=policy
                rows=0
                quiet=true
                view=|reply| view! {
                    <KeyValues><KeyValue name=t(text::NOW)>{summary(&reply.body)}</KeyValue></KeyValues>
                }
                .into_any()
            />
            <Fate dies=dies stays=vec![t(text::STAYS_ROLES)] />
            <p>{t(text::AFTER)}</p>
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}
