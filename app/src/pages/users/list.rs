//! `/users`

use super::invite::Invite;
use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{Text, audit_trail, common, past, security, single_sign_on, t, t_count, users as text},
    ui::{
        Ago, Button, Card, Cell, Chip, CodePanel, Column, Empty, Form, LinkButton, Loaded, Notice,
        PageHeader, Row, Table, Tone, ToneChip, icons, stay,
    },
    visit::visit,
};
use api::{Nothing, User, Users, op};
use domain::assurance::SecondStep;
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    let users = load(op::ListUsers, &["user"], Ask::all);
    let roles = load(op::ListIamRoles, &["iam-role"], Ask::all);
    let code = as_code(&visit().origin, "list-users", &[], &Nothing {}, &[]);
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LinkButton to=path::past_when("user", None) label=t(past::TITLE) icon=icons::CLOCK />
        </PageHeader>
        <Loaded
            answer=users
            page=true
            view=|reply| view! { <People users=reply.body /> }.into_any()
        />
        <CodePanel code=Signal::stored(code) />
        <Loaded
            answer=roles
            rows=2
            view=|reply| view! { <Invite roles=reply.body.iam_roles /> }.into_any()
        />
    }
    .into_any()
}

#[component]
fn People(users: Users) -> impl IntoView {
    let columns = vec![
        Column::text(t(text::EMAIL)),
        Column::text(t(text::ROLE)),
        Column::text(t(text::STATE)),
        Column::text(t(text::TWO_STEP)),
        Column::text(t(text::SINCE)),
        Column::actions(t(common::ACTIONS)),
    ];
    let files = users.mail.as_deref() == Some("files");
    let count = t_count(text::COUNT_ONE, text::COUNT, users.users.len());
    let table = match users.users.is_empty() {
        true => view! {
            <Card><Empty icon=icons::USER_ROUND title=t(text::NOBODY) lead=t(text::INVITE_LEAD) /></Card>
        }
        .into_any(),
        false => view! {
            <Table caption=t(text::TITLE) columns=columns footer=view! { <span class="hint">{count}</span> }.into_any()>
                {users.users.into_iter().map(|user| view! { <Person user=user /> }).collect_view()}
            </Table>
        }
        .into_any(),
    };
    view! {
        {files.then(|| view! { <Notice tone=Tone::Neutral>{t(text::NO_MAIL)}</Notice> })}
        {table}
    }
    .into_any()
}

#[component]
fn Person(user: User) -> impl IntoView {
    let you = visit().me.is_some_and(|me| me.email == user.email);
    let expired = user.expires_at.is_some_and(|at| at < visit().now);
    let (tone, state) = match (user.pending, expired) {
        (false, _) => (Tone::Ok, text::MEMBER),
        (true, false) => (Tone::Busy, text::INVITED),
        (true, true) => (Tone::Warn, text::EXPIRED),
    };
    let (shown, about) = (user.email.clone(), user.email.clone());
    let remove = if user.pending { text::TAKE_BACK } else { text::REMOVE };
    view! {
        <Row>
            <Cell label=t(text::EMAIL) main=true>
                <span class="row">
                    <span class="break">{shown}</span>
                    {you.then(|| view! { <Chip>{t(text::YOU)}</Chip> })}
                    {user.sso.then(|| view! { <Chip>{t(single_sign_on::SESSION)}</Chip> })}
                </span>
            </Cell>
            <Cell label=t(text::ROLE)><Chip>{user.role.name}</Chip></Cell>
            <Cell label=t(text::STATE)><ToneChip tone=tone word=t(state) /></Cell>
            <Cell label=t(text::TWO_STEP)>{(!user.pending).then(|| view! { <Steps steps=user.second_steps /> })}</Cell>
            <Cell label=t(text::SINCE)>{user.created_at.map(|at| view! { <Ago at=at /> })}</Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <span class="row">
                    {user.pending.then(|| view! { <Again id=user.id.to_string() /> })}
                    <LinkButton to=path::user_activity(user.id) label=t(audit_trail::ACTIVITY) about=user.email.clone() small=true />
                    <LinkButton to=path::permissions("user", user.id) label=t(text::PERMISSIONS) about=user.email.clone() small=true />
                    <LinkButton to=path::user_role(user.id) label=t(text::CHANGE_ROLE) about=about small=true />
                    <LinkButton to=path::user_delete(user.id) label=t(remove) about=user.email small=true />
                </span>
            </Cell>
        </Row>
    }
    .into_any()
}

/// What somebody has to sign in with in two steps.
#[component]
fn Steps(steps: Vec<SecondStep>) -> impl IntoView {
    let chip = |(tone, word): (Tone, Text)| view! { <ToneChip tone=tone word=t(word) /> };
    if steps.is_empty() {
        return chip(match visit().me.is_some_and(|me| me.second_factor_required) {
            true => (Tone::Warn, text::LACKS),
            false => (Tone::Neutral, security::OFF),
        })
        .into_any();
    }
    let words = steps.into_iter().map(|step| match step {
        SecondStep::App => text::BY_APP,
        SecondStep::Passkey => text::BY_PASSKEY,
        SecondStep::Provider => text::BY_PROVIDER,
    });
    view! { <span class="row">{words.map(|word| chip((Tone::Ok, word))).collect_view()}</span> }
        .into_any()
}

#[component]
fn Again(id: String) -> impl IntoView {
    view! {
        <Form
            operation="resend-user-invitation"
            path=vec![("id", id)]
            return_to=path::users()
            done=t(text::SENT_AGAIN)
            on_answer=stay()
        >
            <Button label=t(text::SEND_AGAIN).to_owned() small=true />
        </Form>
    }
    .into_any()
}
