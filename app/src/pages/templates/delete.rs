//! The question before a template is deleted.

use super::{
    one::About,
    users::{UsedBy, refusal},
};
use crate::{
    as_code::as_code,
    pages::{fate::Fate, instances::cost},
    path,
    text::{common, t, t_with, templates as text},
    ui::{CodePanel, Confirm, Notice, PageHeader, Tone},
    visit::{language, visit},
};
use api::Nothing;
use domain::{format, template::disk_gib_needed};
use leptos::prelude::*;

#[component]
pub fn Delete(about: About) -> impl IntoView {
    let reason = refusal(&about);
    let used = reason.clone();
    let About { template, prices, .. } = about.clone();
    let (id, name) = (template.id, template.name);
    let gib = disk_gib_needed(template.size).max(1);
    let size = format::integer(language(), gib);
    let dies = vec![(t_with(text::DIES, &[("size", &size)]), Vec::new())];
    let code =
        as_code(&visit().origin, "delete-template", &[("id", &id.to_string())], &Nothing {}, &[]);
    view! {
        <PageHeader
            title=t_with(text::DELETE_TITLE, &[("name", &name)])
            about=(path::template(id), name.clone())
        />
        {used.map(|reason| view! { <Notice tone=Tone::Warn><p>{t_with(common::NOT_NOW, &[("reason", &reason)])}</p></Notice> })}
        <Confirm
            operation="delete-template"
            path=vec![("id", id.to_string())]
            act=t_with(text::DELETE_ACT, &[("name", &name)])
            return_to=path::templates()
            cancel=path::template(id)
            type_name=name
            done=t(text::DELETE_REQUESTED)
            reason=Signal::stored(reason)
        >
            <p>{t(text::DELETE_LEAD)}</p>
            <Fate
                dies=dies
                stays=vec![t(text::STAYS_INSTANCES), t(text::STAYS_SNAPSHOTS)]
                saves=Some(cost::template(gib, &prices))
            />
        </Confirm>
        <UsedBy about=about />
        <CodePanel code=code />
    }
    .into_any()
}
