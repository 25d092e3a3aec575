//! A policy as a form and as JSON, side by side. Each follows the other; without scripts both are sent,
//! and the button says which of them counts.

use super::{service::ServicePart, would_change::WouldChange};
use crate::{
    path,
    text::{policy as text, t, t_with},
    ui::{Button, FormContext, Notice, TextArea, Tone, field_id, icons, put},
    visit::language,
};
use api::{
    forms::RESHAPE,
    policy_form::{
        ADD_SERVICE, BY, BY_FIELDS, BY_JSON, DEFAULT, JSON, LOOK, Lines, NEW, pretty, strategy,
        word,
    },
};
use domain::{
    RoleId, format,
    iam::{
        Policy, ServicePolicy, Strategy,
        limits::{POLICY_BYTES_MAX, SERVICES_MAX},
    },
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Services that Exoscale's policies name.
const SERVICES: [&str; 7] = ["ai", "compute", "compute-legacy", "dbaas", "dns", "iam", "sos"];
/// The service that changes policies.
const IAM: &str = "iam";

/// What is edited.
#[derive(Clone, Copy)]
pub struct Draft {
    pub lines: RwSignal<Lines>,
    /// What was moved, to be read out.
    pub said: RwSignal<String>,
    /// The rule that is typed in, and what stands before the place of the next letter.
    pub typed: RwSignal<Option<(usize, String)>>,
}

#[component]
pub fn Editor(
    policy: Policy,
    /// It counts for whoever edits it.
    own: bool,
    /// Whose policy it is; none: the organization's.
    role: Option<RoleId>,
) -> impl IntoView {
    let form = expect_context::<FormContext>();
    let text = form.kept(JSON).unwrap_or_else(|| pretty(&policy));
    let start = read(&text).unwrap_or_else(|_| policy.clone());
    let draft = Draft {
        lines: RwSignal::new(Lines::of(&start)),
        said: RwSignal::new(String::new()),
        typed: RwSignal::new(None),
    };
    let json = RwSignal::new(text);
    let unreadable = Memo::new(move |_| json.with(|text| read(text).err()));
    follow_each_other(form.operation, draft.lines, json);
    view! {
        <div class="policy-editor">
            <fieldset class="policy-fields" disabled=move || unreadable.with(Option::is_some)>
                <legend>{t(text::FORM)}</legend>
                {move || unreadable.get().map(|why| view! {
                    <Notice tone=Tone::Bad><p>{t(text::UNREADABLE)}" "<span lang="en">{why}</span></p></Notice>
                })}
                <input type="hidden" name=BY value=BY_FIELDS />
                <NewService draft=draft />
                <Services draft=draft />
                <Default draft=draft />
                <Used draft=draft />
                <div class="still stack-small">
                    <div class="row"><Button label=t(text::LOOK).to_owned() sends=(RESHAPE, LOOK.to_owned()) /></div>
                    <p class="hint">{t(text::LOOK_HINT)}</p>
                </div>
            </fieldset>
            <div class="stack-small">
                <TextArea
                    name=JSON
                    label=t(text::JSON)
                    hint=t(text::JSON_HINT)
                    value=pretty(&policy)
                    required=true
                    rows=24
                    max_length=u32::try_from(2 * POLICY_BYTES_MAX).unwrap_or(u32::MAX)
                    follow=json
                />
                <div class="still row"><Button label=t(text::SAVE_JSON).to_owned() sends=(BY, BY_JSON.to_owned()) /></div>
            </div>
        </div>
        <p class="sr-only" role="status">{draft.said}</p>
        {own.then(|| view! { <LockOut draft=draft /> })}
        <WouldChange draft=draft role=role />
    }
    .into_any()
}

fn read(text: &str) -> Result<Policy, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// What changes on one side changes on the other.
fn follow_each_other(operation: &'static str, lines: RwSignal<Lines>, json: RwSignal<String>) {
    Effect::new(move |_| {
        if let Ok(policy) = json.with(|text| read(text))
            && lines.with_untracked(Lines::policy) != policy
        {
            lines.set(Lines::of(&policy));
        }
    });
    Effect::new(move |before: Option<()>| {
        let policy = lines.with(Lines::policy);
        let same = json.with_untracked(|text| read(text).is_ok_and(|now| now == policy));
        if before.is_none() || same {
            return;
        }
        let area = document().get_element_by_id(&field_id(operation, JSON));
        let form = area.and_then(|area| area.closest("form").ok().flatten());
        if let Some(form) = form.and_then(|form| form.dyn_into().ok()) {
            put(&form, JSON, &pretty(&policy));
        }
    });
}

#[component]
fn NewService(draft: Draft) -> impl IntoView {
    let node = NodeRef::<leptos::html::Input>::new();
    let full = Signal::derive(move || {
        let full = draft.lines.with(|lines| lines.services.len()) >= SERVICES_MAX;
        full.then(|| t(text::SERVICES_FULL).to_owned())
    });
    let add = move || {
        if let Some(input) = node.get_untracked().filter(|_| full.get_untracked().is_none()) {
            draft.lines.update(|lines| lines.add_service(&input.value()));
            input.set_value("");
        }
    };
    view! {
        <div class="form-row">
            <div class="field">
                <label for="new-service">{t(text::NEW_SERVICE)}</label>
                <input
                    node_ref=node
                    class="control mono"
                    id="new-service"
                    name=NEW
                    list="known-services"
                    autocomplete="off"
                    maxlength="64"
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                            add();
                        }
                    }
                />
                <datalist id="known-services">
                    {SERVICES.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
                </datalist>
            </div>
            <Button
                label=t(text::ADD_SERVICE).to_owned()
                icon=icons::PLUS
                sends=(RESHAPE, ADD_SERVICE.to_owned())
                reason=full
                on_press=Callback::new(move |()| add())
            />
        </div>
    }
    .into_any()
}

#[component]
fn Services(draft: Draft) -> impl IntoView {
    let names = move || {
        draft.lines.with(|lines| {
            lines.services.iter().map(|service| service.name.clone()).collect::<Vec<_>>()
        })
    };
    view! {
        <div class="policy">
            <For each=names key=String::clone let(name)>
                <ServicePart name=name draft=draft />
            </For>
        </div>
    }
    .into_any()
}

#[component]
fn Default(draft: Draft) -> impl IntoView {
    let now = move || draft.lines.with(|lines| lines.default);
    let label = move || {
        let alone = draft.lines.with(|lines| lines.services.is_empty());
        t(if alone { text::DEFAULT_ALONE } else { text::DEFAULT })
    };
    let error = expect_context::<FormContext>();
    view! {
        <div class="row-between policy-service">
            <label for="policy-default"><strong>{label}</strong></label>
            <select
                class="control select policy-entry"
                id="policy-default"
                name=DEFAULT
                on:change=move |event| {
                    let chosen = strategy(&event_target_value(&event));
                    draft.lines.update(|lines| lines.default = chosen);
                }
            >
                {[(Strategy::Allow, text::ALLOW), (Strategy::Deny, text::DENY)]
                    .into_iter()
                    .map(|(value, label)| view! {
                        <option value=word(value) selected=now() == value prop:selected=move || now() == value>{t(label)}</option>
                    })
                    .collect_view()}
            </select>
        </div>
        {move || error.error_of("default-service-strategy").map(|what| view! { <p class="field-error">{what}</p> })}
    }
    .into_any()
}

/// How much of what there may be is used.
#[component]
fn Used(draft: Draft) -> impl IntoView {
    let said = move || {
        let (rules, bytes) = draft.lines.with(|lines| {
            let rules = lines.services.iter().map(|service| service.rules.len()).sum::<usize>();
            let of = |service: &api::policy_form::ServiceLines| {
                let rules = service.rules.iter().map(|line| line.rule.expression.len());
                service.name.len() + rules.sum::<usize>()
            };
            (rules, lines.services.iter().map(of).sum::<usize>())
        });
        let number = |n: usize| format::integer(language(), i64::try_from(n).unwrap_or(i64::MAX));
        t_with(text::USED, &[("rules", &number(rules)), ("bytes", &number(bytes))])
    };
    view! { <p class="hint">{said}" · "{t(text::KEYS_HINT)}</p> }
}

/// What is to be known before it is saved: it may be the last thing that can be.
#[component]
fn LockOut(draft: Draft) -> impl IntoView {
    let warning = move || {
        let policy = draft.lines.with(Lines::policy);
        match (policy.services.get(IAM), policy.default_service_strategy) {
            (Some(ServicePolicy::Allow), _) | (None, Strategy::Allow) => None,
            (Some(ServicePolicy::Deny), _) | (None, Strategy::Deny) => Some(text::LOCKS_OUT),
            (Some(ServicePolicy::Rules { .. }), _) => Some(text::LOCKS_RULES),
        }
    };
    move || {
        warning().map(|what| view! {
            <Notice tone=Tone::Warn>
                <p>{t(what)}" "<a href=path::organization_policy_act("reset")>{t(text::WAY_OUT)}</a></p>
            </Notice>
        })
    }
}
