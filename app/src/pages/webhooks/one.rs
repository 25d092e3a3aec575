//! `/audit-trail/webhooks/{id}`: one webhook, its form, and the question before it is deleted.

use super::{deliveries::Deliveries, edit::Edit, secret::OfRotated, state};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::{
        NotFound,
        audit_trail::{
            activity::{self, ActivityPage},
            question,
        },
    },
    path,
    text::{audit_trail, common, t, t_with, webhooks as text},
    ui::{
        Ago, Button, Card, CodePanel, Confirm, Form, Hidden, KeyValue, KeyValues, LinkButton,
        Loaded, Notice, PageHeader, Tone, ToneChip, answer_into, answer_of, stay,
    },
    visit::visit,
};
use api::{Nothing, Webhook, WebhookSecret, op};
use domain::{WebhookId, webhook::WebhookState};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn One() -> impl IntoView {
    let params = use_params_map();
    let parameter = move |name: &str| params.with(|params| params.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| (parameter("id"), parameter("act")));
    move || {
        let (id, act) = asked.get();
        match (id.parse::<WebhookId>(), act.as_str()) {
            (Ok(id), "") => view! { <Whole id=id kinds=&["webhook"] page=detail /> }.into_any(),
            // What is typed must not go when something is told.
            (Ok(id), "edit") => view! { <Whole id=id kinds=&[] page=edit /> }.into_any(),
            (Ok(id), "activity") => view! { <Whole id=id kinds=&[] page=activity /> }.into_any(),
            (Ok(id), "delete") => view! { <Whole id=id kinds=&[] page=delete /> }.into_any(),
            _ => view! { <NotFound /> }.into_any(),
        }
    }
}

/// A new secret, for as long as the page is there: what is read again must not take it away.
type Made = RwSignal<Option<WebhookSecret>>;
type Page = fn(Webhook, Option<String>, Made) -> AnyView;

#[component]
fn Whole(id: WebhookId, kinds: &'static [&'static str], page: Page) -> impl IntoView {
    let webhook = load(op::GetWebhook, kinds, move || Ask::of("id", id.to_string()));
    let made: Made = RwSignal::new(answer_of("rotate-webhook-secret"));
    view! {
        <Loaded answer=webhook page=true view=move |reply| page(reply.body, reply.etag, made) />
        {move || made.get().map(|made| view! { <OfRotated made=made /> })}
        {(!kinds.is_empty()).then(|| view! { <Deliveries id=id /> })}
    }
    .into_any()
}

fn edit(webhook: Webhook, etag: Option<String>, _: Made) -> AnyView {
    view! { <Edit webhook=webhook etag=etag /> }.into_any()
}

fn activity(webhook: Webhook, _: Option<String>, _: Made) -> AnyView {
    let Webhook { id, name, .. } = webhook;
    view! {
        <ActivityPage
            name=name
            page=path::webhook(id)
            asked=activity::about(id)
            kinds=&["webhook"]
        />
    }
    .into_any()
}

fn detail(webhook: Webhook, _: Option<String>, made: Made) -> AnyView {
    let (id, name) = (webhook.id, webhook.name.clone());
    let paused = webhook.state != WebhookState::Active;
    let code =
        as_code(&visit().origin, "get-webhook", &[("id", &id.to_string())], &Nothing {}, &[]);
    view! {
        <PageHeader title=name about=(path::webhooks(), t(text::TITLE).to_owned()) lead=|| t(text::ONE_LEAD)>
            <Act id=id operation="test-webhook" label=text::TEST done=text::TESTED />
            <LinkButton to=path::webhook_act(id, "activity") label=t(audit_trail::ACTIVITY) />
            <LinkButton to=path::webhook_act(id, "edit") label=t(text::EDIT) />
            <LinkButton to=path::webhook_act(id, "delete") label=t(text::DELETE) />
        </PageHeader>
        {(webhook.state == WebhookState::Failed).then(|| view! { <Notice tone=Tone::Bad>{t(text::STOPPED_WHY)}</Notice> })}
        <Card>
            <div class="stack">
                <Facts webhook=webhook />
                <div class="row">
                    <Form operation="update-webhook" path=vec![("id", id.to_string())] return_to=path::webhook(id) done=t(text::SAVED) on_answer=stay()>
                        <Hidden name="paused" value=Signal::stored((!paused).to_string()) />
                        <Button label=t(if paused { text::RESUME } else { text::PAUSE }).to_owned() />
                    </Form>
                    <Form operation="rotate-webhook-secret" path=vec![("id", id.to_string())] on_answer=answer_into(made)>
                        <Button label=t(text::ROTATE).to_owned() />
                    </Form>
                </div>
            </div>
        </Card>
        <CodePanel code=code />
    }
    .into_any()
}

/// A button that does one thing with it.
#[component]
fn Act(
    id: WebhookId,
    operation: &'static str,
    label: crate::text::Text,
    done: crate::text::Text,
) -> impl IntoView {
    view! {
        <Form operation=operation path=vec![("id", id.to_string())] return_to=path::webhook(id) done=t(done) on_answer=stay()>
            <Button label=t(label).to_owned() />
        </Form>
    }
    .into_any()
}

#[component]
fn Facts(webhook: Webhook) -> impl IntoView {
    let (tone, word) = state(webhook.state, webhook.failing_since.is_some());
    let results = webhook.filter.results.unwrap_or_default();
    let told = [
        webhook.filter.operations.unwrap_or_default(),
        webhook.filter.resources.unwrap_or_default(),
        results.iter().map(|result| t(question::result(*result)).to_owned()).collect(),
    ];
    let told: Vec<_> =
        told.into_iter().filter(|some| !some.is_empty()).map(|some| some.join(", ")).collect();
    let told = if told.is_empty() { t(text::EVERYTHING).to_owned() } else { told.join(" · ") };
    view! {
        <KeyValues>
            <KeyValue name=t(text::URL)><code class="break">{webhook.url}</code></KeyValue>
            <KeyValue name=t(common::STATE)><ToneChip tone=tone word=t(word) /></KeyValue>
            <KeyValue name=t(text::TOLD)>{told}</KeyValue>
            <KeyValue name=t(text::TOLD_UP_TO)>{webhook.sequence.map(|told| told.to_string())}</KeyValue>
            {webhook.failing_since.map(|since| view! {
                <KeyValue name=t(text::FAILING_SINCE)><Ago at=since /></KeyValue>
            })}
            {webhook.next_attempt_at.map(|at| view! {
                <KeyValue name=t(text::NEXT_TRY)>{at.to_string()}</KeyValue>
            })}
            {webhook.previous_secret_until.map(|at| view! {
                <KeyValue name=t(text::OLD_SECRET)>{at.to_string()}</KeyValue>
            })}
            <KeyValue name=t(common::CREATED)><Ago at=webhook.created_at /></KeyValue>
        </KeyValues>
    }
    .into_any()
}

fn delete(webhook: Webhook, _: Option<String>, _: Made) -> AnyView {
    let (id, name) = (webhook.id.to_string(), webhook.name);
    let act = t_with(text::DELETE_NAMED, &[("name", &name)]);
    let code = as_code(&visit().origin, "delete-webhook", &[("id", &id)], &Nothing {}, &[]);
    view! {
        <PageHeader title=act.clone() about=(path::webhook(webhook.id), name) lead=|| t(text::DELETE_LEAD) />
        <Confirm
            operation="delete-webhook"
            path=vec![("id", id)]
            act=act
            return_to=path::webhooks()
            cancel=path::webhook(webhook.id)
            done=t(text::DELETED)
        >
            <KeyValues>
                <KeyValue name=t(text::URL)><code class="break">{webhook.url}</code></KeyValue>
            </KeyValues>
            <ul class="consequences">
                <li>{t(text::DELETE_STOPS)}</li>
                <li>{t(text::DELETE_SECRET)}</li>
                <li>{t(text::DELETE_STAYS)}</li>
            </ul>
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}
