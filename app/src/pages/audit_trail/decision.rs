//! Which policy decided about a call, why, and the way to ask the same again.

use crate::{
    pages::simulator::{answer, question::typed},
    path,
    text::{audit_trail as text, simulator, t, t_with},
};
use api::{Event, EventDecision};
use leptos::prelude::*;
use serde_json::Map;

/// Characters of parameters that an address takes along; longer ones are left to be typed.
const PARAMETERS_CHARACTERS_MAX: usize = 1_500;

/// Nothing where no policy was asked.
#[component]
pub fn Decision<'a>(event: &'a Event) -> impl IntoView {
    let again = again(event);
    event.decision.as_ref().map(|decision| {
        view! { <p>{said(decision)} " " <a href=again>{t(text::AGAIN)}</a></p> }.into_any()
    })
}

fn said(decision: &EventDecision) -> String {
    let outcome = if decision.allowed { simulator::ALLOWED } else { simulator::REFUSED };
    let number = decision.rule.unwrap_or_default().to_string();
    let why = t_with(answer::why(&decision.why), &[("number", &number)]);
    let said = [
        ("outcome", t(outcome)),
        ("layer", t(answer::layer(&decision.layer))),
        ("service", &decision.service),
        ("why", &why),
    ];
    t_with(text::DECIDED, &said)
}

/// The simulator, asked of the same call by the same role from the same place at the same time.
fn again(event: &Event) -> String {
    let parts = [&event.path_params, &event.get_params, &event.body_params];
    let all: Map<_, _> = parts.into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect();
    let parameters = typed(&all);
    let fits = parameters.chars().count() <= PARAMETERS_CHARACTERS_MAX;
    let role = event.iam_role.as_ref().map(|role| role.id.to_string()).unwrap_or_default();
    let at = event.timestamp.to_string();
    let known = [
        ("operation", event.handler.as_str()),
        ("role-id", &role),
        ("parameters", if fits { &parameters } else { "" }),
        ("zone", event.zone.as_deref().unwrap_or_default()),
        ("source-ip", event.source_ip.as_deref().unwrap_or_default()),
        ("at", &at),
    ];
    let known: Vec<_> = known.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    path::simulator_asking_with(&known)
}
