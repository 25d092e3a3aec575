//! Passkeys: which there are, and making another.

use super::{code, stays, two_step::CHANGES};
use crate::{
    load::{Ask, load},
    pages::passkey::{Ceremony, WithPasskey},
    path,
    text::{audit_trail, common, passkeys as text, t},
    ui::{
        Ago, Button, Card, Cell, CodePanel, Column, Empty, Field, Form, Hidden, Kind, LinkButton,
        Loaded, Notice, Row, Table, Tone, icons, stay,
    },
};
use api::{Passkey, op};
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Passkeys() -> impl IntoView {
    let passkeys = load(op::ListPasskeys, CHANGES, Ask::all);
    view! {
        <Card title=t(text::TITLE) lead=t(text::LEAD)>
            <Loaded
                answer=passkeys
                rows=2
                view=move |reply| view! {
                    <div class="stack">
                        <All passkeys=reply.body.passkeys stays=stays(&reply.body.stays_for) />
                        {match reply.body.available {
                            true => view! { <Make /><MakeCode /> }.into_any(),
                            false => view! { <Notice tone=Tone::Neutral>{t(text::NOT_HERE)}</Notice> }.into_any(),
                        }}
                    </div>
                }
                .into_any()
            />
        </Card>
        <CodePanel code=code("list-passkeys", &[], &json!({})) act=t(text::TITLE) id="passkeys-code" />
    }
    .into_any()
}

/// Where none can be made, a line that makes one would only be refused.
#[component]
fn MakeCode() -> impl IntoView {
    let made = json!({ "name": "", "state": "", "credential": {} });
    view! {
        <CodePanel code=code("create-passkey", &[], &made) act=t(text::MAKE) id="create-passkey-code" />
    }
    .into_any()
}

#[component]
fn All(
    passkeys: Vec<Passkey>,
    /// Why none can be deleted.
    stays: Option<String>,
) -> impl IntoView {
    if passkeys.is_empty() {
        return view! { <Empty icon=icons::KEY_ROUND title=t(text::EMPTY) lead=t(text::EMPTY_LEAD) /> }
            .into_any();
    }
    let columns = vec![
        Column::text(t(text::NAME)),
        Column::text(t(text::MADE)),
        Column::text(t(text::LAST_USED)),
        Column::actions(t(common::ACTIONS)),
    ];
    view! {
        <Table caption=t(text::TITLE) columns=columns>
            {passkeys
                .into_iter()
                .map(|passkey| view! { <One passkey=passkey stays=stays.clone() /> })
                .collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn One(passkey: Passkey, stays: Option<String>) -> impl IntoView {
    view! {
        <Row>
            <Cell label=t(text::NAME) main=true>{passkey.name}</Cell>
            <Cell label=t(text::MADE)><Ago at=passkey.created_at /></Cell>
            <Cell label=t(text::LAST_USED)>
                {match passkey.last_used_at {
                    Some(at) => view! { <Ago at=at /> }.into_any(),
                    None => t(text::NEVER).into_any(),
                }}
            </Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <span class="row">
                    <LinkButton to=path::audit_trail_of(passkey.id) label=t(audit_trail::ACTIVITY) small=true />
                    <LinkButton to=path::passkey_delete(passkey.id) label=t(text::DELETE) small=true reason=stays />
                </span>
            </Cell>
        </Row>
    }
    .into_any()
}

#[component]
fn Make() -> impl IntoView {
    view! {
        <WithPasskey ceremony=Ceremony::Create>
            <Form
                operation="create-passkey"
                return_to=path::security()
                done=t(text::IS_MADE)
                on_answer=stay()
            >
                <Hidden name="state" value="" />
                <Hidden name="credential:json" value="" />
                <div class="form-row">
                    <Field
                        name="name"
                        label=t(text::NAME)
                        hint=t(text::NAME_HINT)
                        required=true
                        autocomplete="off"
                        max_length=255
                    />
                    <Button label=t(text::MAKE).to_owned() kind=Kind::Primary />
                </div>
            </Form>
        </WithPasskey>
    }
    .into_any()
}
