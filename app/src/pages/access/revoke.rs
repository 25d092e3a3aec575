//! The question before a grant ends early. There is no endpoint for one, so it is looked for among all.

use super::list::What;
use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{access as text, t, t_with},
    ui::{
        Card, CodePanel, Confirm, Empty, Instant, KeyValue, KeyValues, Kind, LinkButton, Loaded,
        PageHeader, icons, page_status,
    },
    visit::visit,
};
use api::{AccessGrant, ErrorCode, Nothing, op};
use leptos::prelude::*;

#[component]
pub fn Revoke(id: String) -> impl IntoView {
    let grants = load(op::ListAccessGrants, &["access-grant"], Ask::all);
    let show = move |all: Vec<AccessGrant>| {
        let found = all.into_iter().find(|one| one.active && one.id.to_string() == id);
        match found {
            Some(one) => view! { <Question one=one /> }.into_any(),
            None => view! { <Gone /> }.into_any(),
        }
    };
    view! { <Loaded answer=grants page=true view=move |reply| show(reply.body.access_grants) /> }
        .into_any()
}

#[component]
fn Gone() -> impl IntoView {
    page_status(ErrorCode::NotFound);
    view! {
        <PageHeader title=t(text::GONE).to_owned() />
        <Card>
            <Empty icon=icons::LOCK title=t(text::GONE) lead=t(text::GONE_NEXT)>
                <LinkButton to=path::access_requests() label=t(text::TITLE) kind=Kind::Primary />
            </Empty>
        </Card>
    }
    .into_any()
}

#[component]
fn Question(one: AccessGrant) -> impl IntoView {
    let id = one.id.to_string();
    let words = [("who", one.email.as_str()), ("what", one.operation.as_str())];
    let title = t_with(text::REVOKE_NAMED, &words);
    let follows = [text::REVOKE_DIES, text::REVOKE_STAYS].map(|text| t_with(text, &words));
    let code = as_code(&visit().origin, "revoke-access-grant", &[("id", &id)], &Nothing {}, &[]);
    view! {
        <PageHeader title=title lead=|| t(text::REVOKE_LEAD) />
        <Confirm
            operation="revoke-access-grant"
            path=vec![("id", id)]
            act=t(text::REVOKE)
            return_to=path::access_requests()
            cancel=path::access_requests()
            done=t(text::REVOKE_DONE)
        >
            <KeyValues>
                <KeyValue name=t(text::WHO)>{one.email}</KeyValue>
                <KeyValue name=t(text::WHAT)><What operation=one.operation resource=one.resource /></KeyValue>
                <KeyValue name=t(text::UNTIL)><Instant at=one.ends_at /></KeyValue>
            </KeyValues>
            <ul class="consequences">
                {follows.map(|text| view! { <li class="break">{text}</li> }).collect_view()}
            </ul>
        </Confirm>
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}
