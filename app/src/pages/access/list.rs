//! `/access-requests`: one's own requests and grants, and everybody's for who may decide.

use super::{decide::may_withdraw, state, time};
use crate::{
    as_code::as_code,
    live::Live,
    load::{Ask, load},
    path,
    text::{access as text, audit_trail, common, t, t_with},
    ui::{
        Ago, Card, Cell, CodePanel, Column, Empty, Instant, Kind, LinkButton, Loaded, PageHeader,
        Row, SectionTitle, Table, Tone, ToneChip, icons,
    },
    visit::visit,
};
use api::{AccessGrant, AccessRequest, AccessRequests, Nothing, op};
use domain::{Timestamp, iam::grant::AccessState};
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    let requests = load(op::ListAccessRequests, &["access-request"], Ask::all);
    let grants = load(op::ListAccessGrants, &["access-grant"], Ask::all);
    let code = as_code(&visit().origin, "list-access-requests", &[], &Nothing {}, &[]);
    let show = move |said: AccessRequests| {
        let all = said.all;
        view! {
            <Requests requests=said.access_requests all=all />
            <Loaded answer=grants view=move |reply| view! { <Grants grants=reply.body.access_grants all=all /> }.into_any() />
        }
        .into_any()
    };
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LinkButton to=path::request_access("", None) label=t(text::REQUEST) kind=Kind::Primary />
        </PageHeader>
        <Loaded answer=requests page=true view=move |reply| show(reply.body) />
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}

#[component]
fn Requests(requests: Vec<AccessRequest>, all: bool) -> impl IntoView {
    if requests.is_empty() {
        return view! {
            <Card><Empty icon=icons::LOCK title=t(text::NO_REQUESTS) lead=t(text::NO_REQUESTS_NEXT) /></Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::text(t(text::WHAT)),
        Column::text(t(text::WHO)),
        Column::text(t(text::REASON)),
        Column::text(t(text::HOURS)),
        Column::text(t(text::STATE)),
        Column::text(t(text::ASKED)),
        Column::actions(t(common::ACTIONS)),
    ];
    view! {
        <Table caption=t(text::REQUESTS) columns=columns>
            {requests.into_iter().map(|one| view! { <Request one=one all=all /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Request(one: AccessRequest, all: bool) -> impl IntoView {
    let (tone, word) = state(one.state);
    let open = all && !one.own && one.state == AccessState::Open;
    let withdraw = may_withdraw(&one);
    let about = format!("{} {}", one.operation, one.email);
    let by = one.decided_by.map(|who| t_with(text::DECIDED_BY, &[("who", &who)]));
    view! {
        <Row>
            <Cell label=t(text::WHAT) main=true><What operation=one.operation resource=one.resource /></Cell>
            <Cell label=t(text::WHO)><span class="break">{one.email}</span></Cell>
            <Cell label=t(text::REASON)><span class="break">{one.reason}</span></Cell>
            <Cell label=t(text::HOURS)>{time(one.hours)}</Cell>
            <Cell label=t(text::STATE)>
                <span class="two-lines">
                    <span><ToneChip tone=tone word=t(word) /></span>
                    {by.map(|by| view! { <span class="hint break">{by}</span> })}
                    {one.answer.map(|answer| view! { <span class="hint break">{answer}</span> })}
                </span>
            </Cell>
            <Cell label=t(text::ASKED)><Ago at=one.created_at /></Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <span class="row">
                    <LinkButton to=path::access_act(one.id, "activity") label=t(audit_trail::ACTIVITY) about=about.clone() small=true />
                    {withdraw.then(|| view! {
                        <LinkButton to=path::access_act(one.id, "withdraw") label=t(text::WITHDRAW) about=about.clone() small=true />
                    })}
                    {open.then(|| view! {
                        <LinkButton to=path::access_request(one.id) label=t(text::DECIDE) about=about small=true />
                    })}
                </span>
            </Cell>
        </Row>
    }
    .into_any()
}

#[component]
fn Grants(grants: Vec<AccessGrant>, all: bool) -> impl IntoView {
    let columns = vec![
        Column::text(t(text::WHAT)),
        Column::text(t(text::WHO)),
        Column::text(t(text::UNTIL)),
        Column::text(t(text::GRANTED_BY)),
        Column::actions(t(common::ACTIONS)),
    ];
    let table = match grants.is_empty() {
        true => view! {
            <Card><Empty icon=icons::LOCK_OPEN title=t(text::NO_GRANTS) lead=t(text::NO_GRANTS_NEXT) /></Card>
        }
        .into_any(),
        false => view! {
            <Table caption=t(text::GRANTS) columns=columns>
                {grants.into_iter().map(|one| view! { <Grant one=one all=all /> }).collect_view()}
            </Table>
        }
        .into_any(),
    };
    view! {
        <SectionTitle title=t(text::GRANTS) />
        {table}
    }
    .into_any()
}

#[component]
fn Grant(one: AccessGrant, all: bool) -> impl IntoView {
    let about = format!("{} {}", one.operation, one.email);
    let revoked = one.revoked_by.map(|who| t_with(text::REVOKED, &[("who", &who)]));
    view! {
        <Row>
            <Cell label=t(text::WHAT) main=true><What operation=one.operation resource=one.resource /></Cell>
            <Cell label=t(text::WHO)><span class="break">{one.email}</span></Cell>
            <Cell label=t(text::UNTIL)>
                <span class="two-lines">
                    <Instant at=one.ends_at />
                    <span><Left until=one.ends_at active=one.active /></span>
                    {revoked.map(|by| view! { <span class="hint break">{by}</span> })}
                </span>
            </Cell>
            <Cell label=t(text::GRANTED_BY)><span class="break">{one.granted_by}</span></Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                {(all && one.active).then(|| view! {
                    <LinkButton to=path::access_act(one.id, "revoke") label=t(text::REVOKE) about=about small=true />
                })}
            </Cell>
        </Row>
    }
    .into_any()
}

/// The operation, and the one thing that it is for.
#[component]
pub fn What(operation: String, resource: Option<String>) -> impl IntoView {
    view! {
        <span class="two-lines">
            <code class="break">{operation}</code>
            {resource.map(|of| view! { <span class="hint break">{of}</span> })}
        </span>
    }
    .into_any()
}

/// How long a grant goes on, as the clock of the page says.
#[component]
fn Left(until: Timestamp, active: bool) -> impl IntoView {
    let live = expect_context::<Live>();
    move || {
        let minutes = until.since(live.now()).as_secs().div_ceil(60);
        if !active || minutes == 0 {
            return view! { <ToneChip tone=Tone::Neutral word=t(text::ENDED) /> }.into_any();
        }
        let (hours, minutes) = ((minutes / 60).to_string(), (minutes % 60).to_string());
        let left = t_with(text::LEFT, &[("hours", &hours), ("minutes", &minutes)]);
        view! { <span class="chip">{left}</span> }.into_any()
    }
}
