//! `/audit-trail/webhooks`

use super::{NAME_MAX, URL_MAX, filter::FilterFields, secret::OfNew, state};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{common, t, webhooks as text},
    ui::{
        Ago, Button, Card, Cell, CodePanel, Column, Empty, Field, Form, FormCode, Kind, LinkButton,
        Loaded, PageHeader, Row, Table, ToneChip, answer_into, answer_of, icons,
    },
    visit::visit,
};
use api::{Nothing, Webhook, WebhookCreated, WebhookFilter, op};
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn List() -> impl IntoView {
    let webhooks = load(op::ListWebhooks, &["webhook"], Ask::all);
    let made = RwSignal::new(answer_of::<WebhookCreated>("create-webhook"));
    let code = as_code(&visit().origin, "list-webhooks", &[], &Nothing {}, &[]);
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        {move || made.get().map(|made| view! { <OfNew made=made /> })}
        <Loaded
            answer=webhooks
            page=true
            view=|reply| view! { <Rows webhooks=reply.body.webhooks /> }.into_any()
        />
        <CodePanel code=code />
        <Create made=made />
    }
    .into_any()
}

#[component]
fn Rows(webhooks: Vec<Webhook>) -> impl IntoView {
    if webhooks.is_empty() {
        return view! {
            <Card><Empty icon=icons::GLOBE title=t(text::EMPTY) lead=t(text::EMPTY_NEXT) /></Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(text::URL)),
        Column::text(t(common::STATE)),
        Column::figures(t(text::TOLD_UP_TO)),
        Column::text(t(common::CREATED)),
        Column::actions(t(common::ACTIONS)),
    ];
    view! {
        <Table caption=t(text::TITLE) columns=columns>
            {webhooks.into_iter().map(|webhook| view! { <One webhook=webhook /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn One(webhook: Webhook) -> impl IntoView {
    let (tone, word) = state(webhook.state, webhook.failing_since.is_some());
    let (id, name) = (webhook.id, webhook.name.clone());
    view! {
        <Row>
            <Cell label=t(common::NAME) main=true>
                <a class="break" href=path::webhook(id)>{name}</a>
            </Cell>
            <Cell label=t(text::URL)><code class="break">{webhook.url}</code></Cell>
            <Cell label=t(common::STATE)><ToneChip tone=tone word=t(word) /></Cell>
            <Cell label=t(text::TOLD_UP_TO) figures=true>{webhook.sequence.map(|told| told.to_string())}</Cell>
            <Cell label=t(common::CREATED)><Ago at=webhook.created_at /></Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <LinkButton to=path::webhook_act(id, "delete") label=t(text::DELETE) about=webhook.name small=true />
            </Cell>
        </Row>
    }
    .into_any()
}

#[component]
fn Create(made: RwSignal<Option<WebhookCreated>>) -> impl IntoView {
    view! {
        <Card title=t(text::CREATE) lead=t(text::CREATE_LEAD)>
            <Form operation="create-webhook" on_answer=answer_into(made)>
                <div class="stack">
                    <Field name="name" label=t(text::NAME) hint=t(text::NAME_HINT) required=true autocomplete="off" max_length=NAME_MAX />
                    <Field name="url" label=t(text::URL) hint=t(text::URL_HINT) kind="url" required=true autocomplete="off" max_length=URL_MAX mono=true />
                    <FilterFields filter=WebhookFilter::default() />
                    <div class="row"><Button label=t(text::CREATE_SUBMIT).to_owned() kind=Kind::Primary /></div>
                </div>
            </Form>
            <FormCode operation="create-webhook" start=json!({ "filter": {} }) id="create-webhook-code" />
        </Card>
    }
    .into_any()
}
