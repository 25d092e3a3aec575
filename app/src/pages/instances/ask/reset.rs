//! The question before the disk is replaced by a fresh one.

use super::{super::may::refusal, About, Head};
use crate::{
    pages::fate::Fate,
    path,
    text::{instance_acts as text, t, t_with},
    ui::{Confirm, Entry, FormCode, Loaded, Select},
    visit::language,
};
use api::Template;
use domain::{format, instance::Verb};
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Reset(about: About) -> impl IntoView {
    let now = about.now();
    let About { id, instance, templates, .. } = about.clone();
    let size = format::integer(language(), now.disk_size);
    let dies = vec![(t_with(text::DISK_DIES, &[("size", &size)]), Vec::new())];
    let (zone, present, disk) = (now.zone, now.template.name, now.disk_size);
    let options = move |templates: Vec<Template>| {
        let fits = |of: &Template| {
            zone.as_ref().is_none_or(|zone| of.zones.contains(zone))
                && domain::template::disk_gib_needed(of.size) <= disk
        };
        let same = Entry::new("", t_with(text::SAME_TEMPLATE, &[("name", &present)]));
        let others = templates.into_iter().filter(fits);
        let mut entries = vec![same];
        entries.extend(others.map(|of| Entry::new(of.id.to_string(), of.name)));
        entries
    };
    view! {
        <Head about=about title=t_with(text::RESET_TITLE, &[("name", &now.name)]) />
        <Confirm
            operation="reset-instance"
            path=vec![("id", id.to_string())]
            act=t_with(text::RESET_ACT, &[("name", &now.name)])
            return_to=path::instance(id)
            cancel=path::instance_tab(id, "settings")
            type_name=now.name
            reason=Signal::derive(move || instance.with(|instance| refusal(instance, Verb::Reset)))
        >
            <p>{t(text::RESET_LEAD)}</p>
            <Fate dies=dies stays=vec![t(text::ADDRESS_STAYS), t(text::SNAPSHOTS_STAY)] />
            {templates.map(|templates| view! {
                <Loaded
                    answer=templates
                    rows=1
                    view=move |reply| {
                        let options = options(reply.body.templates);
                        view! { <Select name="template.id" label=t(text::NEW_TEMPLATE) options=options /> }.into_any()
                    }
                />
            })}
        </Confirm>
        <FormCode operation="reset-instance" path=vec![("id", id.to_string())] start=json!({}) />
    }
    .into_any()
}
