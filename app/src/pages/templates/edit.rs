//! The form of a template's name and description.

use super::one::About;
use crate::{
    as_code::as_code,
    path,
    text::{common, t, t_with, templates as text},
    ui::{Button, CodePanel, EditForm, Field, Kind, LinkButton, PageHeader, TextArea},
    visit::visit,
};
use api::{Template, UpdateTemplate};
use domain::name::NAME_CHARACTERS_MAX;
use leptos::prelude::*;

const DESCRIPTION_CHARACTERS_MAX: u32 = 255;

#[component]
pub fn Edit(about: About) -> impl IntoView {
    let About { template, etag, .. } = about;
    let Template { id, name, description, .. } = template;
    let typed_name = RwSignal::new(name.clone());
    let typed_description = RwSignal::new(description.clone().unwrap_or_default());
    let origin = visit().origin;
    let code = Signal::derive(move || {
        let (name, description) = (Some(typed_name.get()), Some(typed_description.get()));
        let input = UpdateTemplate { name, description };
        as_code(&origin, "update-template", &[("id", &id.to_string())], &input, &[])
    });
    view! {
        <PageHeader
            title=t_with(text::EDIT_NAMED, &[("name", &name)])
            about=(path::template(id), name.clone())
            lead=|| t(text::EDIT_LEAD)
        />
        <section class="card confirm">
            <EditForm
                operation="update-template"
                path=vec![("id", id.to_string())]
                return_to=path::template(id)
                if_match=Signal::stored(etag)
                done=t(text::SAVED)
            >
                <div class="stack">
                    <Field
                        name="name"
                        label=t(common::NAME)
                        value=name
                        required=true
                        max_length=u32::try_from(NAME_CHARACTERS_MAX).unwrap_or(u32::MAX)
                        autocomplete="off"
                        follow=typed_name
                    />
                    <TextArea
                        name="description:or-empty"
                        label=t(text::DESCRIPTION)
                        hint=t(text::DESCRIPTION_HINT)
                        value=description.unwrap_or_default()
                        optional=true
                        rows=3
                        max_length=DESCRIPTION_CHARACTERS_MAX
                        follow=typed_description
                    />
                    <div class="confirm-actions">
                        <LinkButton to=path::template(id) label=t(common::CANCEL) />
                        <Button label=t(common::SAVE).to_owned() kind=Kind::Primary />
                    </div>
                </div>
            </EditForm>
        </section>
        <CodePanel code=code />
    }
    .into_any()
}
