//! Saving what a list is asked as a view.

use crate::{
    path,
    text::{common, saved_views as text, t},
    ui::{Button, Card, Check, Field, Form, FormCode, Hidden, Kind, LinkButton, PageHeader},
};
use domain::list::List;
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Create(list: List, query: String) -> impl IntoView {
    let back = path::list_asking(list, &query);
    let mut start = json!({ "list": list, "shared": true });
    if !query.is_empty() {
        start["query"] = json!(query);
    }
    view! {
        <PageHeader
            title=t(text::SAVE_VIEW).to_owned()
            lead=|| t(text::SAVE_VIEW_LEAD)
        />
        <Card>
            <Form operation="create-saved-view" return_to=back.clone() done=t(text::SAVED)>
                <div class="stack">
                    <Hidden name="list" value=list.to_string() />
                    <Field name="name" label=t(text::NAME_OF) required=true autocomplete="off" max_length=60 />
                    <Field name="query" label=t(text::QUERY) value=query hint=t(text::QUERY_HINT) mono=true autocomplete="off" max_length=1_000 />
                    <Check name="shared" label=t(text::SHARED) hint=t(text::SHARED_HINT) checked=true />
                    <div class="row">
                        <Button label=t(text::SAVE_VIEW).to_owned() kind=Kind::Primary />
                        <LinkButton to=back label=t(common::CANCEL) />
                    </div>
                </div>
            </Form>
        </Card>
        <FormCode operation="create-saved-view" start=start />
    }
    .into_any()
}
