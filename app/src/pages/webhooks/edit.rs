//! The form of a webhook.

use super::{NAME_MAX, URL_MAX, filter::FilterFields};
use crate::{
    path,
    text::{common, t, t_with, webhooks as text},
    ui::{Button, Field, Form, FormCode, Kind, LinkButton, PageHeader},
};
use api::Webhook;
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Edit(webhook: Webhook, etag: Option<String>) -> impl IntoView {
    let Webhook { id, name, url, filter, .. } = webhook;
    let start = json!({ "name": name, "url": url, "filter": filter });
    view! {
        <PageHeader
            title=t_with(text::EDIT_NAMED, &[("name", &name)])
            about=(path::webhook(id), name.clone())
            lead=|| t(text::EDIT_LEAD)
        />
        <section class="card confirm">
            <Form
                operation="update-webhook"
                path=vec![("id", id.to_string())]
                return_to=path::webhook(id)
                if_match=Signal::stored(etag)
                done=t(text::SAVED)
            >
                <div class="stack">
                    <Field name="name" label=t(text::NAME) value=name required=true autocomplete="off" max_length=NAME_MAX />
                    <Field name="url" label=t(text::URL) hint=t(text::URL_HINT) kind="url" value=url required=true autocomplete="off" max_length=URL_MAX mono=true />
                    <FilterFields filter=filter />
                    <div class="confirm-actions">
                        <LinkButton to=path::webhook(id) label=t(common::CANCEL) />
                        <Button label=t(common::SAVE).to_owned() kind=Kind::Primary />
                    </div>
                </div>
            </Form>
        </section>
        <FormCode operation="update-webhook" path=vec![("id", id.to_string())] start=start />
    }
    .into_any()
}
