//! Rules of a mapping as they are: what each says, whether it is one, and whether it was true.

use super::role_name;
use crate::{
    pages::policy::{Validity, Verdict},
    text::{single_sign_on as text, t, t_with},
    ui::{Chip, Tone, ToneChip},
};
use api::{IamRole, IdentityRule};
use leptos::prelude::*;
use policy::Name;

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
                        <li>
                            <div class="row">
                                <strong>{t_with(text::RULE, &[("number", &number)])}</strong>
                                <Chip>{role}</Chip>
                                {holds.map(|_| view! { <ToneChip tone=tone word=t(word) /> })}
                            </div>
                            <pre class="expression" tabindex="0"><code>{rule.expression}</code></pre>
                            <Verdict validity=validity />
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
    .into_any()
}
