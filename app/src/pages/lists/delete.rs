//! The question before a saved view is deleted.

use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{saved_views as text, t, t_with},
    ui::{CodePanel, Confirm, Loaded, PageHeader},
    visit::visit,
};
use api::{Nothing, SavedView, op};
use domain::list::List;
use leptos::prelude::*;

#[component]
pub fn Delete(list: List, id: String) -> impl IntoView {
    let found = load(op::GetSavedView, &[], move || Ask::of("id", id.clone()));
    view! {
        <Loaded answer=found page=true view=move |reply| view! { <Question list=list found=reply.body /> }.into_any() />
    }
    .into_any()
}

#[component]
fn Question(list: List, found: SavedView) -> impl IntoView {
    let act = t_with(text::DELETE_NAMED, &[("name", &found.name)]);
    let seen = if found.shared { text::DELETE_ALL } else { text::DELETE_ME };
    let id = found.id.to_string();
    let code = as_code(&visit().origin, "delete-saved-view", &[("id", &id)], &Nothing {}, &[]);
    view! {
        <PageHeader
            title=act.clone()
            about=(path::views(list), t(text::VIEWS).to_owned())
            lead=|| t(text::DELETE_LEAD)
        />
        <Confirm
            operation="delete-saved-view"
            path=vec![("id", found.id.to_string())]
            act=act
            return_to=path::views(list)
            cancel=path::views(list)
            done=t(text::DELETED)
        >
            <ul class="consequences">
                <li>{t(text::DELETE_STAYS)}</li>
                <li>{t(seen)}</li>
            </ul>
        </Confirm>
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}
