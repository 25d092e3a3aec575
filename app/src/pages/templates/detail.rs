//! What a template is, who uses it, and what can be done with it.

use super::{
    one::About,
    users::{UsedBy, refusal},
};
use crate::{
    as_code::as_code,
    pages::instances::cost,
    path,
    text::{audit_trail, common, instance as words, t, t_with, templates as text},
    ui::{
        Card, Chip, CodePanel, CopyButton, Instant, KeyValue, KeyValues, Kind, LinkButton,
        LiveNote, PageHeader, icons,
    },
    visit::{language, visit},
};
use api::{Nothing, Prices, Template};
use domain::{
    format,
    template::{Visibility, disk_gib_needed},
};
use leptos::prelude::*;

#[component]
pub fn Detail(about: About) -> impl IntoView {
    let About { template, prices, .. } = about.clone();
    let id = template.id.to_string();
    let code = as_code(&visit().origin, "get-template", &[("id", &id)], &Nothing {}, &[]);
    view! {
        <Header about=about.clone() />
        <div class="detail">
            <Card title=t(text::PROPERTIES)><Properties template=template prices=prices /></Card>
            <UsedBy about=about />
        </div>
        <CodePanel code=code />
    }
    .into_any()
}

#[component]
fn Header(about: About) -> impl IntoView {
    let reason = refusal(&about);
    let Template { id, name, visibility, zones, .. } = about.template;
    let zone = zones.into_iter().next().unwrap_or_default();
    let create = path::instance_create_from(&zone, id);
    let own = visibility == Visibility::Private;
    let lead = move || {
        let whose = if own { text::OWN } else { text::PUBLIC };
        view! {
            <div class="facts">
                <Chip>{t(whose)}</Chip>
                <span>{zone.clone()}</span>
                <span class="break"><code>{id.to_string()}</code><CopyButton text=id.to_string() what=t(common::ID) /></span>
            </div>
        }
    };
    view! {
        <PageHeader title=name lead=lead>
            <LiveNote />
            <LinkButton to=path::template_act(id, "activity") label=t(audit_trail::ACTIVITY) icon=icons::ACTIVITY />
            {own.then(|| view! {
                <LinkButton to=path::template_act(id, "edit") label=t(text::EDIT) icon=icons::PENCIL />
                <LinkButton to=path::template_act(id, "delete") label=t(text::DELETE) icon=icons::TRASH_2 reason=reason />
            })}
            <LinkButton to=create label=t(text::USE) kind=Kind::Primary icon=icons::PLUS />
        </PageHeader>
    }
    .into_any()
}

#[component]
fn Properties(template: Template, prices: Prices) -> impl IntoView {
    let text = |text: Option<String>| text.unwrap_or_else(|| t(common::NONE).to_owned());
    let gib = disk_gib_needed(template.size).max(1);
    let disk = t_with(words::GIB, &[("size", &format::integer(language(), gib))]);
    let keys = if template.ssh_key_enabled { text::TAKEN } else { text::NOT_TAKEN };
    let password = if template.password_enabled { text::MADE } else { text::NOT_MADE };
    let price = (template.visibility == Visibility::Private).then(|| cost::template(gib, &prices));
    view! {
        <KeyValues>
            <KeyValue name=t(text::DESCRIPTION)>{text(template.description)}</KeyValue>
            <KeyValue name=t(text::FAMILY)>{text(template.family)}</KeyValue>
            <KeyValue name=t(text::VERSION)>{text(template.version)}</KeyValue>
            <KeyValue name=t(text::BUILD)>{text(template.build)}</KeyValue>
            <KeyValue name=t(common::ZONE)>{template.zones.join(", ")}</KeyValue>
            <KeyValue name=t(text::DISK)>{disk}</KeyValue>
            <KeyValue name=t(text::USER)>{text(template.default_user)}</KeyValue>
            <KeyValue name=t(text::SSH_KEYS)>{t(keys)}</KeyValue>
            <KeyValue name=t(text::PASSWORD)>{t(password)}</KeyValue>
            <KeyValue name=t(text::BOOT_MODE)>{template.boot_mode.as_str()}</KeyValue>
            <KeyValue name=t(text::CHECKSUM)><code class="break">{text(template.checksum)}</code></KeyValue>
            <KeyValue name=t(common::CREATED)><Instant at=template.created_at /></KeyValue>
            {price.map(|price| view! { <KeyValue name=t(text::COST)>{cost::both(price)}</KeyValue> })}
        </KeyValues>
    }
    .into_any()
}
