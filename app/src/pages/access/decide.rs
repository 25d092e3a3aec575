//! `/access-requests/{id}`: what would be granted, and the two answers. Without a question where somebody
//! has decided; one's own can be withdrawn before.

use super::{list::What, revoke::Revoke, state, time, withdraw::Withdraw};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::audit_trail::activity::{self, ActivityPage},
    path,
    text::{access as text, audit_trail, t, t_with},
    ui::{
        Button, Card, CodePanel, Confirm, Form, FormCode, KeyValue, KeyValues, Kind, LinkButton,
        Loaded, PageHeader, TextArea, ToneChip, icons,
    },
    visit::{language, visit},
};
use api::{AccessRequest, Nothing, op};
use domain::{
    format,
    iam::grant::{AccessState, TEXT_CHARACTERS_MAX},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde_json::json;
use std::time::Duration;

#[component]
pub fn One() -> impl IntoView {
    let params = use_params_map();
    let param = move |name| params.with(|params| params.get(name)).unwrap_or_default();
    move || {
        if param("act") == "revoke" {
            return view! { <Revoke id=param("id") /> }.into_any();
        }
        let (refuse, past) = (param("act") == "refuse", param("act") == "activity");
        let withdraw = param("act") == "withdraw";
        let ask = move || Ask::of("id", param("id"));
        let request = load(op::GetAccessRequest, &["access-request"], ask);
        let show = move |one: AccessRequest| match one.own || one.state != AccessState::Open {
            _ if past => view! { <Activity one=one /> }.into_any(),
            true if withdraw && may_withdraw(&one) => view! { <Withdraw one=one /> }.into_any(),
            true => view! { <Shown one=one /> }.into_any(),
            false if refuse => view! { <Refuse one=one /> }.into_any(),
            false => view! { <Approve one=one /> }.into_any(),
        };
        view! { <Loaded answer=request page=true view=move |reply| show(reply.body) /> }.into_any()
    }
}

/// What was asked.
#[component]
pub fn Asked(one: AccessRequest) -> impl IntoView {
    let (tone, word) = state(one.state);
    view! {
        <KeyValues>
            <KeyValue name=t(text::WHO)>{one.email}</KeyValue>
            <KeyValue name=t(text::ROLE)>{one.role}</KeyValue>
            <KeyValue name=t(text::WHAT)><What operation=one.operation resource=one.resource /></KeyValue>
            <KeyValue name=t(text::REASON)><span class="break">{one.reason}</span></KeyValue>
            <KeyValue name=t(text::HOURS)>{time(one.hours)}</KeyValue>
            <KeyValue name=t(text::STATE)><ToneChip tone=tone word=t(word) /></KeyValue>
            {one.answer.map(|answer| view! {
                <KeyValue name=t(text::ANSWER)><span class="break">{answer}</span></KeyValue>
            })}
        </KeyValues>
    }
    .into_any()
}

/// The request and what was granted have one id.
#[component]
fn Activity(one: AccessRequest) -> impl IntoView {
    view! {
        <ActivityPage
            name=named(&one)
            page=path::access_request(one.id)
            asked=activity::about(one.id)
            kinds=&["access-request", "access-grant"]
        />
    }
    .into_any()
}

fn named(one: &AccessRequest) -> String {
    t_with(text::REQUEST_OF, &[("what", &one.operation), ("who", &one.email)])
}

/// Whether the visitor can take it back.
pub fn may_withdraw(one: &AccessRequest) -> bool {
    one.own && one.state == AccessState::Open
}

#[component]
fn Shown(one: AccessRequest) -> impl IntoView {
    let id = one.id.to_string();
    let (title, activity) = (named(&one), path::access_act(one.id, "activity"));
    let withdraw = may_withdraw(&one).then(|| path::access_act(one.id, "withdraw"));
    let code = as_code(&visit().origin, "get-access-request", &[("id", &id)], &Nothing {}, &[]);
    view! {
        <PageHeader title=title>
            <LinkButton to=activity label=t(audit_trail::ACTIVITY) icon=icons::ACTIVITY />
            {withdraw.map(|to| view! { <LinkButton to=to label=t(text::WITHDRAW) /> })}
        </PageHeader>
        <Card><Asked one=one /></Card>
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}

#[component]
fn Approve(one: AccessRequest) -> impl IntoView {
    let id = one.id.to_string();
    let refuse = path::access_act(one.id, "refuse");
    let activity = path::access_act(one.id, "activity");
    let until = visit().now.plus(Duration::from_secs(one.hours.unsigned_abs() * 3_600));
    let until = format::date_time(language(), until);
    let resource = one.resource.clone().unwrap_or_else(|| t(text::ANY).to_owned());
    let words = [
        ("who", one.email.as_str()),
        ("what", one.operation.as_str()),
        ("resource", resource.as_str()),
        ("time", &time(one.hours)),
        ("until", &until),
    ];
    let follows = [text::MAY_DO, text::MAY_UNTIL, text::MAY_STAYS, text::MAY_BACK]
        .map(|text| t_with(text, &words));
    let title = t_with(text::APPROVE_NAMED, &words);
    let code = as_code(&visit().origin, "approve-access-request", &[("id", &id)], &Nothing {}, &[]);
    view! {
        <PageHeader title=title lead=|| t(text::APPROVE_LEAD)>
            <LinkButton to=activity label=t(audit_trail::ACTIVITY) icon=icons::ACTIVITY />
            <LinkButton to=refuse label=t(text::REFUSE) />
        </PageHeader>
        <Confirm
            operation="approve-access-request"
            path=vec![("id", id)]
            act=t(text::APPROVE)
            return_to=path::access_requests()
            cancel=path::access_requests()
            done=t(text::APPROVE_DONE)
        >
            <Asked one=one />
            <ul class="consequences">
                {follows.map(|text| view! { <li class="break">{text}</li> }).collect_view()}
            </ul>
        </Confirm>
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}

#[component]
fn Refuse(one: AccessRequest) -> impl IntoView {
    let id = one.id.to_string();
    let of_code = vec![("id", id.clone())];
    let most = u32::try_from(TEXT_CHARACTERS_MAX).unwrap_or(u32::MAX);
    let title = t_with(text::REFUSE_NAMED, &[("who", &one.email)]);
    view! {
        <PageHeader title=title lead=|| t(text::REFUSE_LEAD) />
        <Card>
            <Form
                operation="refuse-access-request"
                path=vec![("id", id)]
                return_to=path::access_requests()
                done=t(text::REFUSE_DONE)
            >
                <div class="stack">
                    <Asked one=one />
                    <TextArea name="answer" label=t(text::ANSWER) hint=t(text::ANSWER_HINT) optional=true rows=3 max_length=most />
                    <div class="row">
                        <Button label=t(text::REFUSE).to_owned() kind=Kind::Primary />
                        <LinkButton to=path::access_requests() label=t(crate::text::common::CANCEL) />
                    </div>
                </div>
            </Form>
        </Card>
        <FormCode operation="refuse-access-request" path=of_code start=json!({}) />
    }
    .into_any()
}
