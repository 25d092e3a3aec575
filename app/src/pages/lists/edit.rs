//! Changing a saved view: its name, its question, who sees it. Also where one is mended that the
//! list does not take any more.

use crate::{
    load::{Ask, load},
    path,
    text::{common, saved_views as text, t, t_with},
    ui::{
        Button, Card, Check, EditForm, Field, FormCode, Kind, LinkButton, Loaded, Notice,
        PageHeader, Tone,
    },
};
use api::{Reply, SavedView, op};
use domain::list::List;
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Edit(list: List, id: String) -> impl IntoView {
    // What somebody else changes meanwhile must not take away what is typed here.
    let found = load(op::GetSavedView, &[], move || Ask::of("id", id.clone()));
    view! {
        <Loaded answer=found page=true view=move |reply| view! { <Change list=list found=reply /> }.into_any() />
    }
    .into_any()
}

#[component]
fn Change(list: List, found: Reply<SavedView>) -> impl IntoView {
    let Reply { body: found, etag, .. } = found;
    let name = found.name.clone();
    let may_share = found.own || !found.shared;
    let mut start = json!({ "name": found.name });
    if !found.query.is_empty() {
        start["query"] = json!(found.query);
    }
    if may_share {
        start["shared"] = json!(found.shared);
    }
    let shared_by = match found.made_by {
        Some(who) => t_with(text::SHARED_BY, &[("who", &who)]),
        None => t(text::SHARED_BY_KEY).to_owned(),
    };
    view! {
        <PageHeader
            title=t_with(text::EDIT_NAMED, &[("name", &name)])
            about=(path::views(list), t(text::VIEWS).to_owned())
        >
            <LinkButton to=path::view_delete(list, found.id) label=t(text::DELETE) />
        </PageHeader>
        {found.problem.map(|problem| view! {
            <Notice tone=Tone::Warn>
                {t(text::PROBLEM)}" "<span lang="en">{problem}</span>" "{t(text::PROBLEM_NEXT)}
            </Notice>
        })}
        <Card>
            <EditForm
                operation="update-saved-view"
                path=vec![("id", found.id.to_string())]
                if_match=etag
                return_to=path::views(list)
                done=t(text::CHANGED)
            >
                <div class="stack">
                    <Field name="name" label=t(text::NAME_OF) value=found.name required=true autocomplete="off" max_length=60 />
                    <Field name="query" label=t(text::QUERY) value=found.query hint=t(text::QUERY_HINT) mono=true autocomplete="off" max_length=1_000 />
                    {match may_share {
                        true => view! {
                            <Check name="shared" label=t(text::SHARED) hint=t(text::SHARED_HINT) checked=found.shared />
                        }
                        .into_any(),
                        false => view! { <p class="hint">{shared_by}</p> }.into_any(),
                    }}
                    <div class="row">
                        <Button label=t(common::SAVE).to_owned() kind=Kind::Primary />
                        <LinkButton to=path::views(list) label=t(common::CANCEL) />
                    </div>
                </div>
            </EditForm>
        </Card>
        <FormCode operation="update-saved-view" path=vec![("id", found.id.to_string())] start=start />
    }
    .into_any()
}
