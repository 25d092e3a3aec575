//! What it will cost, what the total becomes, how much quota it takes, and the button.

use super::{draft::Draft, quota::QuotaBars};
use crate::{
    as_code::as_code,
    text::{common, create as text, t, t_with},
    ui::{Button, CodePanel, Kind, Notice, Tone},
    visit::{language, visit},
};
use api::InstanceType;
use domain::{format, money::NanoPerHour};
use leptos::prelude::*;

#[component]
pub fn Rail(draft: Draft) -> impl IntoView {
    let origin = visit().origin;
    let code = Signal::derive(move || {
        let of = draft.chosen_type().map(|of| of.name()).unwrap_or_default();
        let template = draft.chosen_template().map(|t| t.name).unwrap_or_default();
        let names = [("instance-type", of.as_str()), ("template", template.as_str())];
        as_code(&origin, "create-instance", &[], &draft.input(), &names)
    });
    let label = Signal::derive(move || {
        draft.name.with(|name| match name.trim().is_empty() {
            true => t(text::TITLE).to_owned(),
            false => t_with(text::CREATE_NAMED, &[("name", name.trim())]),
        })
    });
    let blocked = Signal::derive(move || draft.blocked());
    view! {
        <aside class="card rail" aria-label=t(text::RAIL)>
            <Price draft=draft />
            <Total draft=draft />
            <QuotaBars draft=draft />
            <Warnings draft=draft />
            <div class="rail-part rail-act">
                <Button label=label kind=Kind::Primary reason=blocked />
                {move || blocked.get().map(|why| view! { <p class="field-error">{why}</p> })}
                <CodePanel code=code />
            </div>
        </aside>
    }
    .into_any()
}

/// The one big figure, and what it is made of.
#[component]
fn Price(draft: Draft) -> impl IntoView {
    let currency = draft.stock.with_value(|stock| stock.prices.currency);
    let monthly =
        move |price: NanoPerHour| format::money(language(), currency, price.minor_per_month());
    let hourly = move |price| {
        let amount = format!("{currency}\u{a0}{}", format::per_hour(language(), price));
        t_with(text::AN_HOUR, &[("amount", &amount)])
    };
    view! {
        <div class="rail-part">
            <p class="muted">{t(text::THIS_INSTANCE)}</p>
            {move || match (draft.chosen_type(), draft.price()) {
                (Some(of), Some(price)) => view! {
                    <p class="rail-figure">{monthly(price)}<span class="rail-unit">{t(text::A_MONTH)}</span></p>
                    <p class="hint num">{hourly(price)}</p>
                    <dl class="rail-rows">
                        <Line name=of.name() amount=monthly(type_price(&of)) />
                        <Line name=disk(draft) amount=monthly(draft.disk_price()) />
                    </dl>
                }
                .into_any(),
                _ => view! { <p class="hint">{t(text::CHOOSE_TYPE)}</p> }.into_any(),
            }}
            {move || (!draft.start.get()).then(|| view! {
                <p class="hint">{t_with(text::STOPPED_COST, &[("amount", &monthly(draft.disk_price()))])}</p>
            })}
        </div>
    }
    .into_any()
}

fn type_price(of: &InstanceType) -> NanoPerHour {
    of.price.map(|price| price.nano_per_hour).unwrap_or_default()
}

fn disk(draft: Draft) -> String {
    let gib = draft.disk_gib().map(|gib| format::integer(language(), gib));
    let size = gib.map_or_else(|| t(common::NONE).to_owned(), |gib| format!("{gib}\u{a0}GiB"));
    t_with(text::DISK_OF, &[("size", &size)])
}

/// What everything costs now and with it.
#[component]
fn Total(draft: Draft) -> impl IntoView {
    let (currency, now) =
        draft.stock.with_value(|stock| (stock.summary.currency, stock.summary.nano_per_hour));
    let monthly = move |price: NanoPerHour| {
        let amount = format::money(language(), currency, price.minor_per_month());
        t_with(common::PER_MONTH, &[("amount", &amount)])
    };
    let more = move || match draft.start.get() {
        true => draft.price().unwrap_or_default(),
        false => draft.disk_price(),
    };
    view! {
        <div class="rail-part">
            <dl class="rail-rows">
                <Line name=t(text::COSTS_NOW).to_owned() amount=monthly(now) />
                {move || view! { <Line name=t(text::COSTS_AFTER).to_owned() amount=monthly(now.plus(more())) /> }}
            </dl>
        </div>
    }
    .into_any()
}

#[component]
fn Line(name: String, amount: String) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{amount}</dd>
        </div>
    }
    .into_any()
}

/// What would hurt later.
#[component]
fn Warnings(draft: Draft) -> impl IntoView {
    let warning = move || {
        let template = draft.chosen_template().filter(|_| draft.keys.with(Vec::is_empty))?;
        Some(match template.password_enabled {
            true => (Tone::Neutral, t(text::NO_KEY_PASSWORD)),
            false => (Tone::Warn, t(text::NO_KEY_WARNING)),
        })
    };
    move || {
        warning().map(|(tone, what)| {
            view! {
                <div class="rail-part"><Notice tone=tone>{what}</Notice></div>
            }
        })
    }
}
