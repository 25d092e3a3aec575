//! Name, zone, and the templates of the zone.

use super::{draft::Draft, panes::Pane, section::Section, stock::needed};
use crate::{
    pages::zones,
    text::{common, create as text, t, t_with, zones as zone_text},
    ui::{Chip, Choice, Empty, Field, FormContext, Notice, Tone, icons},
    visit::language,
};
use api::{Template, Zone};
use domain::{format, template::Visibility};
use leptos::prelude::*;

const SIMULATED: &str = "sim";

#[component]
pub fn Place(draft: Draft) -> impl IntoView {
    let zones = draft.stock.with_value(|stock| stock.zones.clone());
    let first = draft.zone.get_untracked();
    view! {
        <Section title=t(text::PLACE) lead=t(text::PLACE_LEAD).to_owned()>
            <div class="half">
                <Field
                    name="name"
                    label=t(common::NAME)
                    value=draft.name.get_untracked()
                    hint=t(text::NAME_HINT)
                    optional=true
                    autocomplete="off"
                    placeholder=t(text::NAME_EXAMPLE)
                    max_length=255
                    follow=draft.name
                />
            </div>
        </Section>
        <Section title=t(text::TEMPLATE) lead=t(text::TEMPLATE_LEAD).to_owned()>
            <div class="panes" role="group" aria-label=t(text::ZONE_CHOICE)>
                {zones
                    .into_iter()
                    .map(|zone| {
                        let shown = zone.name == first;
                        let label = match zones::is_away(&zone) {
                            true => t_with(zone_text::AWAY_TAB, &[("zone", &zone.name)]),
                            false => zone.name.clone(),
                        };
                        view! {
                            <Pane
                                name="zone"
                                value=zone.name.clone()
                                label=label
                                shown=shown
                                on_show=Callback::new(move |zone| choose_zone(draft, zone))
                            >
                                <Templates draft=draft zone=zone />
                            </Pane>
                        }
                    })
                    .collect_view()}
            </div>
            <FieldError name="zone" />
            <FieldError name="template.id" />
        </Section>
    }
    .into_any()
}

fn choose_zone(draft: Draft, zone: String) {
    if draft.zone.with_untracked(|now| *now == zone) {
        return;
    }
    let id = draft.stock.with_value(|stock| {
        let found = draft.template.with_untracked(|now| stock.template_for(&zone, now).cloned());
        found.or_else(|| stock.usual_template(&zone).cloned())
    });
    draft.zone.set(zone);
    draft.template.set(id.map(|template| template.id.to_string()).unwrap_or_default());
}

#[component]
fn Templates(draft: Draft, zone: Zone) -> impl IntoView {
    let found: Vec<_> =
        draft.stock.with_value(|stock| stock.templates_in(&zone.name).cloned().collect());
    let simulated = zone.engine.as_deref() == Some(SIMULATED);
    let caption = t_with(text::TEMPLATES_IN, &[("zone", &zone.name)]);
    view! {
        {zones::is_away(&zone).then(|| zones::notice(&zone, zone_text::AWAY_CREATE))}
        {simulated.then(|| view! {
            <Notice tone=Tone::Neutral>{t_with(text::SIMULATED_ZONE, &[("zone", &zone.name)])}</Notice>
        })}
        {match found.is_empty() {
            true => view! { <Empty icon=icons::LAYERS title=t(text::NO_TEMPLATES) lead=t(text::NO_TEMPLATES_NEXT) /> }.into_any(),
            false => view! {
                <div class="choices" role="radiogroup" aria-label=caption>
                    {found.into_iter().map(|template| view! { <TemplateCard draft=draft template=template /> }).collect_view()}
                </div>
            }
            .into_any(),
        }}
    }
    .into_any()
}

#[component]
fn TemplateCard(draft: Draft, template: Template) -> impl IntoView {
    let id = template.id.to_string();
    let chosen = draft.template.with_untracked(|now| *now == id);
    let size = format::memory(language(), needed(&template) * 1024);
    let facts = match &template.default_user {
        Some(user) => t_with(text::TEMPLATE_FACTS, &[("user", user), ("size", &size)]),
        None => t_with(text::TEMPLATE_SIZE, &[("size", &size)]),
    };
    let own = template.visibility == Visibility::Private;
    view! {
        <Choice name="template.id" value=id checked=chosen follow=draft.template>
            <strong>{template.name}</strong>
            <span class="choice-facts">{facts}</span>
            {own.then(|| view! { <Chip>{t(text::OWN)}</Chip> })}
        </Choice>
    }
    .into_any()
}

/// What is wrong with a choice; fields with a label of their own say it themselves.
#[component]
pub fn FieldError(name: &'static str) -> impl IntoView {
    let form = expect_context::<FormContext>();
    let id = crate::ui::field_id(form.operation, name);
    view! {
        <div id=id tabindex="-1">
            {move || form.error(name).map(|what| view! { <p class="field-error" lang="en">{what}</p> })}
        </div>
    }
    .into_any()
}
