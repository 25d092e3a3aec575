//! The question before a role is deleted.

use super::{one::About, users::no_delete};
use crate::{
    as_code::as_code,
    pages::fate::Fate,
    path,
    text::{common, roles as text, t, t_with},
    ui::{CodePanel, Confirm, Notice, PageHeader, Tone},
    visit::visit,
};
use api::Nothing;
use leptos::prelude::*;

#[component]
pub fn Delete(about: About) -> impl IntoView {
    let role = about.role;
    let reason = no_delete(&role);
    let used = reason.clone();
    let (id, name) = (role.id, role.name);
    let dies = vec![
        (t(text::DIES_ROLE).to_owned(), Vec::new()),
        (t(text::DIES_TOKENS).to_owned(), Vec::new()),
    ];
    let code =
        as_code(&visit().origin, "delete-iam-role", &[("id", &id.to_string())], &Nothing {}, &[]);
    view! {
        <PageHeader
            title=t_with(text::DELETE_NAMED, &[("name", &name)])
            about=(path::role(id), name.clone())
        />
        {used.map(|reason| view! { <Notice tone=Tone::Warn><p>{t_with(common::NOT_NOW, &[("reason", &reason)])}</p></Notice> })}
        <Confirm
            operation="delete-iam-role"
            path=vec![("id", id.to_string())]
            act=t_with(text::DELETE_ACT, &[("name", &name)])
            return_to=path::roles()
            cancel=path::role(id)
            type_name=name
            done=t(text::DELETE_REQUESTED)
            reason=Signal::stored(reason)
        >
            <Fate dies=dies stays=vec![t(text::STAYS_MADE), t(text::STAYS_AUDIT)] />
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}
