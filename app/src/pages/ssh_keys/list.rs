//! `/ssh-keys`

use super::register::Register;
use crate::{
    as_code::{as_code, ssh_keys},
    load::{Ask, load},
    path,
    text::{audit_trail, common, ssh_keys as text, t, t_count},
    ui::{
        Card, Cell, CodePanel, Column, CopyButton, Empty, LinkButton, Loaded, PageHeader, Row,
        Table, icons,
    },
    visit::visit,
};
use api::{Nothing, SshKey, op};
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    let keys = load(op::ListSshKeys, &["ssh-key"], Ask::all);
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        <Loaded
            answer=keys
            page=true
            view=|reply| {
                let keys = reply.body.ssh_keys;
                let code = as_code(&visit().origin, "list-ssh-keys", &[], &Nothing {}, &[]);
                let code = match keys.is_empty() {
                    true => code,
                    false => code.with_terraform(ssh_keys(&keys)),
                };
                view! { <Keys keys=keys /><CodePanel code=Signal::stored(code) /> }.into_any()
            }
        />
        <Register />
    }
    .into_any()
}

#[component]
fn Keys(keys: Vec<SshKey>) -> impl IntoView {
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(text::FINGERPRINT)),
        Column::actions(t(common::ACTIONS)),
    ];
    let count = t_count(text::COUNT_ONE, text::COUNT, keys.len());
    match keys.is_empty() {
        true => view! {
            <Card><Empty icon=icons::KEY_ROUND title=t(text::EMPTY) lead=t(text::EMPTY_NEXT) /></Card>
        }
        .into_any(),
        false => view! {
            <Table caption=t(text::TITLE) columns=columns footer=view! { <span class="hint">{count}</span> }.into_any()>
                {keys.into_iter().map(|key| view! { <KeyRow key_=key /> }).collect_view()}
            </Table>
        }
        .into_any(),
    }
}

#[component]
fn KeyRow(key_: SshKey) -> impl IntoView {
    let print = key_.fingerprint.unwrap_or_default();
    let (name, delete) = (key_.name.clone(), path::ssh_key_delete(&key_.name));
    let activity = path::audit_trail_of_named("ssh-key", &key_.name);
    view! {
        <Row>
            <Cell label=t(common::NAME) main=true>{name}</Cell>
            <Cell label=t(text::FINGERPRINT)>
                <span class="with-copy">
                    <code>{print.clone()}</code>
                    <CopyButton text=print what=t(text::FINGERPRINT) />
                </span>
            </Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <span class="row">
                    <LinkButton to=activity label=t(audit_trail::ACTIVITY) about=key_.name.clone() small=true />
                    <LinkButton to=delete label=t(text::DELETE) about=key_.name small=true />
                </span>
            </Cell>
        </Row>
    }
    .into_any()
}
