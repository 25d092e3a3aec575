//! Rules of a mapping as they are: what each says, whether it is one, and whether it was true.

use super::role_name;
use crate::{
    pages::policy::{OneRule, Validity, Verdict},
    text::{policy, single_sign_on as text, t, t_with},
    ui::{Chip, Tone, ToneChip},
};
use ::policy::Name;
use api::{IamRole, IdentityRule};
use leptos::prelude::*;

/// What a rule can read.
const NAMES: [Name<'static>; 1] = [Name { name: "claims", fields: None }];

#[component]
pub fn Rules(rules: Vec<(IdentityRule, Option<bool>)>, roles: Vec<IamRole>) -> impl IntoView {
    if rules.is_empty() {
        return view! { <p class="hint">{t(text::NO_RULES)}</p> }.into_any();
    }
    view! {
        <ol class="policy-rules">
            {rules
                .into_iter()
                .enumerate()
                .map(|(at, (rule, holds))| {
                    let number = (at + 1).to_string();
                    let role = role_name(&roles, rule.role_id);
                    let validity = Validity::over(&rule.expression, &NAMES);
                    let (tone, word) = match holds {
                        Some(true) => (Tone::Ok, text::TRUE),
                        _ => (Tone::Neutral, text::NOT_TRUE),
                    };
                    view! {
                        <OneRule
                            name=t_with(policy::RULE, &[("number", &number)])
                            says=move || view! {
                                <Chip>{role}</Chip>
                                {holds.map(|_| view! { <ToneChip tone=tone word=t(word) /> })}
                            }
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
