//! One service of a policy that is edited.

use super::{editor::Draft, rule::RulePart};
use crate::{
    text::{policy as text, t, t_with},
    ui::{Button, FormContext, Kind, field_id, icons},
};
use api::{
    forms::RESHAPE,
    policy_form::{ADD_RULE, ENTRY, Entry, REMOVE_SERVICE, RuleLine, SERVICE, ServiceLines},
};
use domain::iam::limits::RULES_MAX;
use leptos::prelude::*;

#[component]
pub fn ServicePart(name: String, draft: Draft) -> impl IntoView {
    let form = expect_context::<FormContext>();
    let named = StoredValue::new(name.clone());
    let of = move |what: fn(&ServiceLines) -> usize| {
        draft.lines.with(|lines| named.with_value(|name| lines.service(name).map_or(0, what)))
    };
    let entry = Memo::new(move |_| {
        let entry = draft.lines.with(|lines| {
            named.with_value(|name| lines.service(name).map(|service| service.entry))
        });
        entry.unwrap_or(Entry::Deny)
    });
    let full = Signal::derive(move || {
        (of(|service| service.rules.len()) >= RULES_MAX).then(|| t(text::RULES_FULL).to_owned())
    });
    let press = |what: &'static str| {
        let change = format!("{what} {name}");
        let sends = (RESHAPE, change.clone());
        let press = Callback::new(move |()| draft.lines.update(|lines| lines.reshape(&change)));
        (sends, press)
    };
    let (remove, on_remove) = press(REMOVE_SERVICE);
    let (add, on_add) = press(ADD_RULE);
    let field = format!("services.{name}");
    let id = field_id(form.operation, &field);
    let words = [("name", name.as_str())];
    view! {
        <section class="policy-service" id=id>
            <input type="hidden" name=SERVICE value=name.clone() />
            <div class="row-between">
                <h3><code class="break">{name.clone()}</code></h3>
                <div class="row">
                    <select
                        class="control select policy-entry"
                        name=ENTRY
                        aria-label=t_with(text::SERVICE_DOES, &words)
                        on:change=move |event| {
                            let chosen = Entry::named(&event_target_value(&event));
                            draft.lines.update(|lines| named.with_value(|name| {
                                lines.service_mut(name).into_iter().for_each(|service| service.entry = chosen);
                            }));
                        }
                    >
                        {Entry::ALL
                            .into_iter()
                            .map(|value| {
                                let label = match value {
                                    Entry::Allow => text::ALLOW,
                                    Entry::Deny => text::DENY,
                                    Entry::Rules => text::BY_RULES,
                                };
                                view! {
                                    <option
                                        value=value.as_str()
                                        selected=entry.get_untracked() == value
                                        prop:selected=move || entry.get() == value
                                    >
                                        {t(label)}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                    <Button
                        label=t_with(text::REMOVE_SERVICE, &words)
                        icon=icons::TRASH_2
                        icon_only=true
                        kind=Kind::Quiet
                        small=true
                        sends=remove
                        on_press=on_remove
                    />
                </div>
            </div>
            {move || form.error_of(&field).map(|what| view! { <p class="field-error">{what}</p> })}
            {move || (entry.get() == Entry::Rules).then(|| view! { <Rules named=named draft=draft /> })}
            <div class="row">
                <Button
                    label=t_with(text::ADD_RULE_TO, &words)
                    icon=icons::PLUS
                    small=true
                    sends=add
                    reason=full
                    on_press=on_add
                />
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Rules(named: StoredValue<String>, draft: Draft) -> impl IntoView {
    let rules = move || -> Vec<RuleLine> {
        draft
            .lines
            .with(|lines| {
                named.with_value(|name| lines.service(name).map(|service| service.rules.clone()))
            })
            .unwrap_or_default()
    };
    view! {
        <p class="hint">{move || t(if rules().is_empty() { text::NO_RULES } else { text::RULES_LEAD })}</p>
        <ol class="policy-rules">
            <For each=rules key=|line| line.key let(line)>
                <RulePart service=named.get_value() line=line draft=draft />
            </For>
        </ol>
    }
    .into_any()
}
