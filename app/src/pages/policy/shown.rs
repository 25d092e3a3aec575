//! A policy to be read: what each service may, and each rule with what is to be said of it.

use super::{
    one_rule::OneRule,
    validity::{Validity, Verdict},
};
use crate::{
    text::{policy as text, t, t_with},
    ui::{Tone, ToneChip},
};
use domain::iam::{Policy, Rule, ServicePolicy, Strategy};
use leptos::prelude::*;

#[component]
pub fn Shown(policy: Policy) -> impl IntoView {
    let Policy { default_service_strategy: default, services } = policy;
    let rest = if services.is_empty() { text::DEFAULT_ALONE } else { text::DEFAULT };
    view! {
        <ul class="policy">
            {services
                .into_iter()
                .map(|(name, entry)| view! { <Service name=name entry=entry /> })
                .collect_view()}
            <li class="policy-service">
                <div class="row-between"><h3>{t(rest)}</h3><Says strategy=default /></div>
            </li>
        </ul>
    }
    .into_any()
}

#[component]
fn Service(name: String, entry: ServicePolicy) -> impl IntoView {
    let (says, rules) = match entry {
        ServicePolicy::Allow => (view! { <Says strategy=Strategy::Allow /> }.into_any(), None),
        ServicePolicy::Deny => (view! { <Says strategy=Strategy::Deny /> }.into_any(), None),
        ServicePolicy::Rules { rules } => (
            view! { <ToneChip tone=Tone::Neutral word=t(text::BY_RULES) /> }.into_any(),
            Some(rules),
        ),
    };
    view! {
        <li class="policy-service">
            <div class="row-between"><h3><code>{name}</code></h3>{says}</div>
            {rules.map(|rules| view! { <Rules rules=rules /> })}
        </li>
    }
    .into_any()
}

/// Rules in their order, each with what is to be said of it.
#[component]
pub fn Rules(rules: Vec<Rule>) -> impl IntoView {
    let lead = if rules.is_empty() { text::NO_RULES } else { text::RULES_LEAD };
    view! {
        <p class="hint">{t(lead)}</p>
        <ol class="policy-rules">
            {rules
                .into_iter()
                .enumerate()
                .map(|(at, rule)| {
                    let number = (at + 1).to_string();
                    let validity = Validity::of(&rule.expression);
                    view! {
                        <OneRule
                            name=t_with(text::RULE, &[("number", &number)])
                            says=move || view! { <Says strategy=rule.action /> }
                            expression=rule.expression
                        >
                            <Verdict validity=validity />
                        </OneRule>
                    }
                })
                .collect_view()}
        </ol>
    }
    .into_any()
}

/// What an entry, a rule or the default does.
#[component]
pub fn Says(strategy: Strategy) -> impl IntoView {
    match strategy {
        Strategy::Allow => view! { <ToneChip tone=Tone::Ok word=t(text::ALLOWS) /> },
        Strategy::Deny => view! { <ToneChip tone=Tone::Neutral word=t(text::DENIES) /> },
    }
}
