//! Instance types: cards in tabs by family, and why some can't be chosen.

use super::{draft::Draft, panes::Pane, place::FieldError, section::Section, stock::short_name};
use crate::{
    text::{Text, common, create as text, t, t_with},
    ui::Choice,
    visit::language,
};
use api::{InstanceType, Price};
use domain::format;
use leptos::prelude::*;

const MIB: i64 = 1 << 20;

#[component]
pub fn Types(draft: Draft) -> impl IntoView {
    let shown = untrack(|| draft.chosen_type()).map(|of| text::family(of.family));
    let tabs = draft.stock.with_value(|stock| tabs(&stock.types));
    let first = tabs.first().map(|(tab, _)| *tab);
    view! {
        <Section title=t(text::TYPE) lead=t(text::TYPE_LEAD).to_owned()>
            <div class="panes" role="group" aria-label=t(text::FAMILIES)>
                {tabs
                    .into_iter()
                    .map(|(tab, types)| view! {
                        <Pane name="_family" value=tab.en label=t(tab) shown=shown.or(first) == Some(tab)>
                            <div class="choices" role="radiogroup" aria-label=t(tab)>
                                {types.into_iter().map(|of| view! { <TypeCard draft=draft of=of /> }).collect_view()}
                            </div>
                        </Pane>
                    })
                    .collect_view()}
            </div>
            <FieldError name="instance-type.id" />
        </Section>
    }
    .into_any()
}

/// Types by tab, both in the order of the catalogue.
fn tabs(types: &[InstanceType]) -> Vec<(Text, Vec<InstanceType>)> {
    let mut tabs: Vec<(Text, Vec<InstanceType>)> = Vec::new();
    for of in types {
        let tab = text::family(of.family);
        match tabs.iter_mut().find(|(this, _)| *this == tab) {
            Some((_, types)) => types.push(of.clone()),
            None => tabs.push((tab, vec![of.clone()])),
        }
    }
    tabs
}

#[component]
fn TypeCard(draft: Draft, of: InstanceType) -> impl IntoView {
    let id = of.id.to_string();
    let chosen = draft.instance_type.with_untracked(|now| *now == id);
    let (name, facts, price) = (short_name(&of), facts(&of), of.price);
    let reason = Signal::derive(move || draft.refused(&of));
    view! {
        <Choice name="instance-type.id" value=id checked=chosen follow=draft.instance_type reason=reason>
            <span class="choice-head">
                <strong>{name}</strong>
                {price.map(|price| view! { <span class="choice-facts">{hourly(price)}</span> })}
            </span>
            <span class="choice-facts">{facts}</span>
            {price.map(|price| view! { <span class="choice-facts">{monthly(price)}</span> })}
        </Choice>
    }
    .into_any()
}

/// `2 vCPU · 4 GiB`
fn facts(of: &InstanceType) -> String {
    let number = |n| format::integer(language(), n);
    let (cpus, memory) = (number(of.cpus), format::memory(language(), of.memory / MIB));
    match of.gpus.filter(|gpus| *gpus > 0) {
        None => t_with(text::CPUS, &[("cpus", &cpus), ("memory", &memory)]),
        Some(gpus) => t_with(
            text::CPUS_GPUS,
            &[("cpus", &cpus), ("memory", &memory), ("gpus", &number(gpus))],
        ),
    }
}

fn hourly(price: Price) -> String {
    let amount = format::per_hour(language(), price.nano_per_hour);
    t_with(text::HOURLY, &[("amount", &amount)])
}

fn monthly(price: Price) -> String {
    let amount = format::money(language(), price.currency, price.nano_per_hour.minor_per_month());
    t_with(common::PER_MONTH, &[("amount", &amount)])
}
