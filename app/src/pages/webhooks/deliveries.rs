//! What a webhook was told, and what became of it; the newest first.

use super::delivery;
use crate::{
    load::{Ask, load},
    pages::audit_trail::called,
    path,
    text::{audit_trail, common, t, t_with, webhooks as text},
    ui::{
        Ago, Button, Card, Cell, Column, Empty, Form, Hidden, Loaded, Row, SectionTitle, Table,
        ToneChip, icons, stay,
    },
};
use api::{ListWebhookDeliveries, WebhookDelivery, op};
use domain::{
    WebhookId,
    webhook::{DeliveryCause, DeliveryState},
};
use leptos::prelude::*;

/// As many as one looks at; the API has the others.
const SHOWN: i64 = 50;

#[component]
pub fn Deliveries(id: WebhookId) -> impl IntoView {
    let deliveries = load(op::ListWebhookDeliveries, &["webhook"], move || Ask {
        params: vec![("id", id.to_string())],
        input: ListWebhookDeliveries { limit: Some(SHOWN), ..Default::default() },
    });
    view! {
        <SectionTitle title=t(text::DELIVERIES) lead=t(text::DELIVERIES_LEAD) />
        <Loaded
            answer=deliveries
            rows=3
            view=move |reply| view! { <Rows id=id deliveries=reply.body.webhook_deliveries /> }.into_any()
        />
    }
    .into_any()
}

#[component]
fn Rows(id: WebhookId, deliveries: Vec<WebhookDelivery>) -> impl IntoView {
    if deliveries.is_empty() {
        return view! {
            <Card><Empty icon=icons::GLOBE title=t(text::NOTHING_TOLD) lead=t(text::NOTHING_TOLD_NEXT) /></Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::text(t(audit_trail::WHEN)),
        Column::text(t(text::WHAT)),
        Column::text(t(common::STATE)),
        Column::figures(t(text::TRIES)),
        Column::text(t(text::ANSWER)),
        Column::actions(t(common::ACTIONS)),
    ];
    view! {
        <Table caption=t(text::DELIVERIES) columns=columns>
            {deliveries
                .into_iter()
                .map(|delivery| view! { <One webhook=id told=delivery /> })
                .collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn One(webhook: WebhookId, told: WebhookDelivery) -> impl IntoView {
    let (tone, word) = delivery(told.state);
    let what = match (told.cause, &told.operation) {
        (DeliveryCause::Test, _) | (_, None) => t(text::OF_TEST).to_owned(),
        (_, Some(operation)) => called(operation),
    };
    let number = told.sequence.map(|n| t_with(text::EVENT, &[("number", &n.to_string())]));
    let took = told.elapsed_ms.map(|ms| t_with(text::TOOK, &[("ms", &ms.to_string())]));
    let again = told.sequence.is_some() && told.state != DeliveryState::Pending;
    view! {
        <Row>
            <Cell label=t(audit_trail::WHEN)><span class="nowrap"><Ago at=told.attempted_at.unwrap_or(told.created_at) /></span></Cell>
            <Cell label=t(text::WHAT) main=true>
                <div class="two-lines">
                    <span>{what}</span>
                    <span class="hint">
                        {number}
                        {(told.cause == DeliveryCause::Again).then(|| t(text::AGAIN))}
                    </span>
                </div>
            </Cell>
            <Cell label=t(common::STATE)><ToneChip tone=tone word=t(word) /></Cell>
            <Cell label=t(text::TRIES) figures=true>{told.attempts.to_string()}</Cell>
            <Cell label=t(text::ANSWER)>
                <div class="two-lines">
                    <span>{told.status.map(|status| view! { <code>{status.to_string()}</code> })}{" "}{took}</span>
                    {told.error.map(|error| view! { <span class="why" lang="en">{error}</span> })}
                </div>
            </Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                {again.then(|| view! {
                    <Form operation="redeliver-webhook" path=vec![("id", webhook.to_string())] return_to=path::webhook(webhook) done=t(text::REDELIVERED) on_answer=stay()>
                        <Hidden name="delivery" value=Signal::stored(told.id.to_string()) />
                        <Button label=t(text::REDELIVER).to_owned() small=true />
                    </Form>
                })}
            </Cell>
        </Row>
    }
    .into_any()
}
