//! What the policies would say, and why: layer, service, rule, and what each rule saw.

use crate::{
    pages::policy::{OneRule, Says},
    text::{Text, simulator as text, t, t_with},
    ui::{Card, KeyValue, KeyValues, Tone, ToneChip},
};
use api::{IamNamedResource, IamRuleOutcome, IamSeen, IamSimulation, policy_form::strategy};
use leptos::prelude::*;

#[component]
pub fn Answer(said: IamSimulation) -> impl IntoView {
    let (tone, word) = match said.allowed {
        true => (Tone::Ok, text::ALLOWED),
        false => (Tone::Bad, text::REFUSED),
    };
    let number = said.rule.unwrap_or_default().to_string();
    let why = t_with(why(&said.why), &[("number", &number)]);
    let by = said.layer.as_deref().map_or(text::NO_LAYER, layer);
    let IamSimulation { role, service, message, rules, resources, layer, rule, .. } = said;
    view! {
        <section class="card" role="status">
            <div class="stack">
                <div class="row"><ToneChip tone=tone word=t(word) /></div>
                <p lang="en">{message}</p>
                <KeyValues>
                    <KeyValue name=t(text::DECIDED_BY)>{t(by)}</KeyValue>
                    <KeyValue name=t(text::ROLE)><span class="break">{role}</span></KeyValue>
                    {service.map(|service| view! {
                        <KeyValue name=t(text::SERVICE)><code>{service}</code></KeyValue>
                    })}
                    <KeyValue name=t(text::WHY)>{why}</KeyValue>
                </KeyValues>
            </div>
        </section>
        {(!rules.is_empty()).then(|| view! {
            <Card title=t(text::RULES) lead=t(text::RULES_LEAD)>
                <ol class="policy-rules">
                    {rules
                        .into_iter()
                        .map(|one| {
                            let decides = Some(one.rule) == rule && Some(&one.layer) == layer.as_ref();
                            view! { <Rule rule=one decides=decides /> }
                        })
                        .collect_view()}
                </ol>
            </Card>
        })}
        {(!resources.is_empty()).then(|| view! { <Resources resources=resources /> })}
    }
    .into_any()
}

/// The policy that decided, or a grant.
pub fn layer(of: &str) -> Text {
    match of {
        "organization" => text::LAYER_ORGANIZATION,
        "grant" => text::LAYER_GRANT,
        _ => text::LAYER_ROLE,
    }
}

/// Why it decided so; may have a `{number}`.
pub fn why(of: &str) -> Text {
    match of {
        "default" => text::WHY_DEFAULT,
        "entry" => text::WHY_ENTRY,
        "rule" => text::WHY_RULE,
        "named" => text::WHY_NAMED,
        "assumed" => text::WHY_ASSUMED,
        "out-of-fuel" => text::WHY_FUEL,
        "no-rule" => text::WHY_NO_RULE,
        "permission" => text::WHY_PERMISSION,
        _ => text::WHY_NOT_ASKED,
    }
}

fn outcome(of: &str) -> (Tone, Text) {
    match of {
        "true" => (Tone::Ok, text::TRUE),
        "false" => (Tone::Neutral, text::FALSE),
        "other" => (Tone::Warn, text::OTHER),
        "failed" => (Tone::Warn, text::FAILED),
        "invalid" => (Tone::Bad, text::INVALID),
        _ => (Tone::Neutral, text::NOT_REACHED),
    }
}

#[component]
fn Rule(rule: IamRuleOutcome, decides: bool) -> impl IntoView {
    let (tone, word) = outcome(&rule.outcome);
    let (number, of) = (rule.rule.to_string(), t(layer(&rule.layer)));
    let warnings = rule.warnings.into_iter().map(|warning| {
        view! { <p class="hint" lang="en">{format!("{}: {}", warning.message, warning.hint)}</p> }
    });
    view! {
        <OneRule
            name=t_with(text::RULE_OF, &[("number", &number), ("layer", of)])
            says=move || view! {
                <Says strategy=strategy(&rule.action) />
                <ToneChip tone=tone word=t(word) />
            }
            expression=rule.expression
        >
            {decides.then(|| view! { <p><strong>{t(text::DECIDES)}</strong></p> })}
            {rule.detail.map(|detail| view! { <p class="hint" lang="en">{detail}</p> })}
            {warnings.collect_view()}
            {(!rule.seen.is_empty()).then(|| view! { <Seen seen=rule.seen /> })}
        </OneRule>
    }
    .into_any()
}

#[component]
fn Seen(seen: Vec<IamSeen>) -> impl IntoView {
    view! {
        <div class="stack-small">
            <p class="hint">{t(text::SEEN)}</p>
            <ul class="lines-plain">
                {seen
                    .into_iter()
                    .map(|one| {
                        let problem = one.problem.map(|why| view! { <span class="hint" lang="en">{why}</span> });
                        view! {
                            <li>
                                <code class="break">{one.name}</code>
                                {one.value.map(|value| view! { " = "<code class="break">{value}</code> })}
                                " "{problem}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

#[component]
fn Resources(resources: Vec<IamNamedResource>) -> impl IntoView {
    view! {
        <Card title=t(text::RESOURCES)>
            <ul class="lines-plain">
                {resources
                    .into_iter()
                    .map(|one| view! {
                        <li>
                            <code class="break">{format!("resources.{}", one.kind)}</code>" "
                            <code class="break">{one.id}</code>" "
                            {t(if one.exists { text::EXISTS } else { text::ABSENT })}
                        </li>
                    })
                    .collect_view()}
            </ul>
        </Card>
    }
    .into_any()
}
