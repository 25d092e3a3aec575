//! The fields of a provider: the same where it is set up and where it is changed.

use crate::{
    text::{policy, single_sign_on as text, t, t_with},
    ui::{Check, Entry, Field, FormContext, Select, field_id},
};
use api::{IamRole, IdentityMapping, IdentityProvider};
use leptos::prelude::*;

/// Names of a rule's two fields, by its place.
macro_rules! rows {
    ($($at:literal)*) => {
        [$((
            concat!("mapping.rules[", $at, "].expression"),
            concat!("mapping.rules[", $at, "].role-id"),
        )),*]
    };
}

/// The field of each domain.
const DOMAIN: &str = "domains[]";
/// Rules that fit into the form.
const ROWS: [(&str, &str); 12] = rows!(0 1 2 3 4 5 6 7 8 9 10 11);
/// Empty rows that are offered behind those there are, of rules and of domains.
const MORE: usize = 2;
const NAME_CHARACTERS_MAX: u32 = 60;
const CLIENT_CHARACTERS_MAX: u32 = 500;
const ISSUER_CHARACTERS_MAX: u32 = 1_000;
const EXPRESSION_CHARACTERS_MAX: u32 = 2_048;

#[component]
pub fn Fields(
    roles: Vec<IamRole>,
    /// What there is already.
    #[prop(optional)]
    now: Option<IdentityProvider>,
) -> impl IntoView {
    let is_new = now.is_none();
    let of = now.as_ref();
    let text_of = |get: fn(&IdentityProvider) -> &String| of.map(get).cloned().unwrap_or_default();
    let (name, client) = (text_of(|of| &of.name), text_of(|of| &of.client_id));
    let secret = if is_new { text::CLIENT_SECRET_HINT } else { text::CLIENT_SECRET_STAYS };
    let trusted = of.is_some_and(|of| of.two_step_trusted);
    let (domains, mapping) = now.map(|of| (of.domains, of.mapping)).unwrap_or_default();
    view! {
        <Field name="name" label=t(text::NAME) hint=t(text::NAME_HINT) value=name required=true autocomplete="off" max_length=NAME_CHARACTERS_MAX />
        {is_new.then(|| view! {
            <Field name="issuer" label=t(text::ISSUER) hint=t(text::ISSUER_HINT) kind="url" required=true autocomplete="off" max_length=ISSUER_CHARACTERS_MAX mono=true />
        })}
        <Field name="client-id" label=t(text::CLIENT_ID) value=client required=true autocomplete="off" max_length=CLIENT_CHARACTERS_MAX mono=true />
        <Field name="client-secret" label=t(text::CLIENT_SECRET) hint=t(secret) kind="password" required=is_new optional=!is_new autocomplete="off" max_length=CLIENT_CHARACTERS_MAX mono=true />
        <Domains domains=domains />
        <Check name="two-step-trusted" label=t(text::TWO_STEP) hint=t(text::TWO_STEP_HINT) checked=trusted />
        <Mapping mapping=mapping roles=roles />
    }
    .into_any()
}

#[component]
fn Domains(domains: Vec<String>) -> impl IntoView {
    let form = use_context::<FormContext>();
    let kept = form.and_then(|form| form.kept_all(DOMAIN));
    let domains = kept.unwrap_or(domains).into_iter().filter(|domain| !domain.is_empty());
    let domains: Vec<_> = domains.collect();
    let id = form.map(|form| field_id(form.operation, "domains"));
    let count = domains.len() + MORE;
    let mut domains = domains.into_iter();
    view! {
        <fieldset class="stack-small" id=id>
            <legend>{t(text::DOMAINS)}</legend>
            <p class="hint">{t(text::DOMAINS_LEAD)}</p>
            // Those that are left are all there are.
            <input type="hidden" name="domains:json" value="[]" />
            {(1..=count)
                .map(|number| {
                    let label = t_with(text::DOMAIN, &[("number", &number.to_string())]);
                    let domain = domains.next().unwrap_or_default();
                    view! {
                        <input class="control mono" name=DOMAIN value=domain aria-label=label autocomplete="off" maxlength="253" />
                    }
                })
                .collect_view()}
        </fieldset>
    }
    .into_any()
}

#[component]
fn Mapping(mapping: IdentityMapping, roles: Vec<IamRole>) -> impl IntoView {
    let IdentityMapping { rules, default_role_id } = mapping;
    let entries = |nothing: crate::text::Text| {
        let all = roles.iter().map(|role| Entry::new(role.id.to_string(), role.name.clone()));
        std::iter::once(Entry::new("", t(nothing))).chain(all).collect::<Vec<_>>()
    };
    let all_fit = rules.len() <= ROWS.len();
    let count = (rules.len() + MORE).min(ROWS.len());
    let mut rules = rules.into_iter();
    let rows: Vec<_> = ROWS
        .into_iter()
        .take(count)
        .enumerate()
        .map(|(at, (expression, role))| {
            let number = (at + 1).to_string();
            let words = [("number", number.as_str())];
            let (is, of) = rules.next().map(|rule| (rule.expression, rule.role_id.to_string())).unzip();
            view! {
                <div class="stack-small">
                    <Field name=expression label=t_with(policy::RULE, &words) value=is.unwrap_or_default() autocomplete="off" max_length=EXPRESSION_CHARACTERS_MAX mono=true />
                    <Select name=role label=t_with(text::ROLE_OF, &words) options=entries(text::NO_RULE) value=of.unwrap_or_default() />
                </div>
            }
        })
        .collect();
    if !all_fit {
        return view! { <p class="hint">{t(text::MANY_RULES)}</p> }.into_any();
    }
    let otherwise = default_role_id.map(|role| role.to_string()).unwrap_or_default();
    view! {
        <fieldset class="stack-small">
            <legend>{t(text::MAPPING)}</legend>
            <p class="hint">{t(text::MAPPING_LEAD)}" "{t(text::RULE_HINT)}</p>
            <input type="hidden" name="mapping{}" value="" />
            {rows}
            <Select name="mapping.default-role-id" label=t(text::OTHERS) options=entries(text::NOT_LET_IN) value=otherwise />
        </fieldset>
    }
    .into_any()
}
