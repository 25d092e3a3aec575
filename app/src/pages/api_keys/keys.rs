//! The organization's keys, and a new one.

use super::{create::CreateKey, once::KeyOnce};
use crate::{
    load::{Ask, load},
    path,
    text::{api_keys as text, common, t},
    ui::{
        Ago, Cell, Chip, Column, CopyButton, Empty, LinkButton, Loaded, Row, SectionTitle, Table,
        Tone, ToneChip, answer_of, icons,
    },
    visit::visit,
};
use api::{ApiKey, ApiKeyCreated, IamRole, op};
use leptos::prelude::*;
use std::time::Duration;

/// What was not used for so long may be forgotten.
const IDLE_AFTER: Duration = Duration::from_secs(90 * 24 * 3_600);

#[component]
pub fn Keys() -> impl IntoView {
    let keys = load(op::ListApiKeys, &["api-key"], Ask::all);
    let roles = load(op::ListIamRoles, &[], Ask::all);
    let created = RwSignal::new(answer_of::<ApiKeyCreated>("create-api-key"));
    view! {
        <SectionTitle title=t(text::KEYS) lead=t(text::KEYS_LEAD) />
        {move || created.get().map(|key| view! { <KeyOnce created=key /> })}
        <Loaded
            answer=keys
            rows=3
            view=move |reply| view! {
                <Loaded
                    answer=roles
                    rows=3
                    view=move |roles| view! { <KeyTable keys=reply.body.api_keys.clone() roles=roles.body.iam_roles /> }.into_any()
                />
            }
            .into_any()
        />
        <Loaded
            answer=roles
            rows=2
            view=move |roles| view! { <CreateKey roles=roles.body.iam_roles created=created /> }.into_any()
        />
    }
    .into_any()
}

#[component]
fn KeyTable(keys: Vec<ApiKey>, roles: Vec<IamRole>) -> impl IntoView {
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(text::KEY)),
        Column::text(t(text::ROLE)),
        Column::text(t(common::CREATED)),
        Column::text(t(text::LAST_USED)),
        Column::actions(t(common::ACTIONS)),
    ];
    match keys.is_empty() {
        true => view! {
            <section class="card compact"><Empty icon=icons::KEY title=t(text::EMPTY) lead=t(text::EMPTY_NEXT) /></section>
        }
        .into_any(),
        false => view! {
            <Table caption=t(text::KEYS) columns=columns>
                {keys
                    .into_iter()
                    .map(|key| {
                        let role = roles.iter().find(|role| role.id == key.role_id);
                        view! { <KeyRow role=role.map(|role| role.name.clone()) key_=key /> }
                    })
                    .collect_view()}
            </Table>
        }
        .into_any(),
    }
}

#[component]
fn KeyRow(key_: ApiKey, role: Option<String>) -> impl IntoView {
    let id = key_.key.clone();
    let last = key_.last_used_at.or(key_.created_at);
    let idle = last.is_some_and(|last| visit().now.since(last) > IDLE_AFTER);
    let (name, revoke) = (key_.name.clone(), path::api_key_delete(&key_.key));
    view! {
        <Row>
            <Cell label=t(common::NAME) main=true>{name}</Cell>
            <Cell label=t(text::KEY)>
                <span class="with-copy"><code>{id.clone()}</code><CopyButton text=id what=t(text::KEY) /></span>
            </Cell>
            <Cell label=t(text::ROLE)>{role.map(|role| view! { <Chip>{role}</Chip> })}</Cell>
            <Cell label=t(common::CREATED)>{key_.created_at.map(|at| view! { <Ago at=at /> })}</Cell>
            <Cell label=t(text::LAST_USED)>
                <span class="two-lines">
                    {match key_.last_used_at {
                        Some(at) => view! { <Ago at=at /> }.into_any(),
                        None => view! { <span class="muted">{t(text::NEVER)}</span> }.into_any(),
                    }}
                    {idle.then(|| view! { <span><ToneChip tone=Tone::Warn word=t(text::IDLE) /></span> })}
                </span>
            </Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <span class="row">
                    <LinkButton to=path::permissions("api-key", &key_.key) label=t(text::PERMISSIONS) about=key_.name.clone() small=true />
                    <LinkButton to=revoke label=t(text::REVOKE) about=key_.name small=true />
                </span>
            </Cell>
        </Row>
    }
    .into_any()
}
