//! The organization's keys, and a new one.

use super::{create::CreateKey, ends::Ends, once::KeyOnce, question::KeyFilters};
use crate::{
    load::{Ask, load},
    path,
    text::{api_keys as text, audit_trail, common, t, t_with},
    ui::{
        Ago, Cell, Chip, Column, CopyButton, Empty, LinkButton, Loaded, Row, SectionTitle, Table,
        Tone, ToneChip, answer_of, icons,
    },
    visit::visit,
};
use api::{ApiKey, ApiKeyCreated, IamRole, op};
use domain::iam::api_key::KeyUse;
use leptos::prelude::*;

#[component]
pub fn Keys(
    /// Only those that are used like this.
    asked: Memo<Option<KeyUse>>,
) -> impl IntoView {
    let keys = load(op::ListApiKeys, &["api-key"], Ask::all);
    let roles = load(op::ListIamRoles, &[], Ask::all);
    let created = RwSignal::new(answer_of::<ApiKeyCreated>("create-api-key"));
    view! {
        <SectionTitle title=t(text::KEYS) lead=t(text::KEYS_LEAD) />
        {move || created.get().map(|key| view! { <KeyOnce created=key /> })}
        <KeyFilters asked=asked />
        <Loaded
            answer=keys
            rows=3
            view=move |reply| view! {
                <Loaded
                    answer=roles
                    rows=3
                    view=move |roles| view! { <KeyTable keys=reply.body.api_keys.clone() roles=roles.body.iam_roles asked=asked /> }.into_any()
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
fn KeyTable(keys: Vec<ApiKey>, roles: Vec<IamRole>, asked: Memo<Option<KeyUse>>) -> impl IntoView {
    if keys.is_empty() {
        return view! {
            <section class="card compact"><Empty icon=icons::KEY title=t(text::EMPTY) lead=t(text::EMPTY_NEXT) /></section>
        }
        .into_any();
    }
    (move || {
        let holds = |key: &&ApiKey| is_asked(key, asked.get());
        view! { <Shown keys=keys.iter().filter(holds).cloned().collect() roles=roles.clone() /> }
    })
    .into_any()
}

fn is_asked(key: &ApiKey, asked: Option<KeyUse>) -> bool {
    asked.is_none_or(|asked| asked.holds(key.created_at, key.last_used_at, visit().now))
}

#[component]
fn Shown(keys: Vec<ApiKey>, roles: Vec<IamRole>) -> impl IntoView {
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(text::KEY)),
        Column::text(t(text::ROLE)),
        Column::text(t(common::CREATED)).minor(),
        Column::text(t(text::LAST_USED)),
        Column::text(t(text::ENDS)),
        Column::actions(t(common::ACTIONS)),
    ];
    match keys.is_empty() {
        true => view! {
            <section class="card compact"><Empty icon=icons::KEY title=t(text::NONE_SUCH) lead=t(text::NONE_SUCH_NEXT) /></section>
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
    let idle = is_asked(&key_, Some(KeyUse::Idle));
    let (rotate, revoke) = (path::api_key_rotate(&key_.key), path::api_key_delete(&key_.key));
    let name = key_.name.clone();
    let by = key_.assumed_by.as_ref().map(|by| t_with(text::ASSUMED_BY, &[("who", by)]));
    let no_rotate = key_.assumed_by.is_some().then(|| t(text::ROTATE_ASSUMED).to_owned());
    view! {
        <Row>
            <Cell label=t(common::NAME) main=true>
                <span class="two-lines">
                    <span class="break">{name}</span>
                    {by.map(|by| view! { <span class="hint break">{by}</span> })}
                </span>
            </Cell>
            <Cell label=t(text::KEY)>
                <span class="with-copy"><code>{id.clone()}</code><CopyButton text=id what=t(text::KEY) /></span>
            </Cell>
            <Cell label=t(text::ROLE)>{role.map(|role| view! { <Chip>{role}</Chip> })}</Cell>
            <Cell label=t(common::CREATED) minor=true>{key_.created_at.map(|at| view! { <Ago at=at /> })}</Cell>
            <Cell label=t(text::LAST_USED)>
                <span class="two-lines">
                    {match key_.last_used_at {
                        Some(at) => view! { <Ago at=at /> }.into_any(),
                        None => view! { <span class="muted">{t(text::NEVER)}</span> }.into_any(),
                    }}
                    {idle.then(|| view! { <span><ToneChip tone=Tone::Warn word=t(text::IDLE) /></span> })}
                </span>
            </Cell>
            <Cell label=t(text::ENDS)><Ends at=key_.expires_at /></Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <span class="row">
                    <LinkButton to=path::api_key_activity(&key_.key) label=t(audit_trail::ACTIVITY) about=key_.name.clone() small=true />
                    <LinkButton to=path::permissions("api-key", &key_.key) label=t(text::PERMISSIONS) about=key_.name.clone() small=true />
                    <LinkButton to=rotate label=t(text::ROTATE) about=key_.name.clone() small=true reason=no_rotate />
                    <LinkButton to=revoke label=t(text::REVOKE) about=key_.name small=true />
                </span>
            </Cell>
        </Row>
    }
    .into_any()
}
