//! Public address, labels, and whether it starts.

use super::{draft::Draft, place::FieldError, section::Section};
use crate::{
    text::{create as text, t},
    ui::{Check, Choice, TextArea},
};
use domain::instance::PublicIpAssignment;
use leptos::prelude::*;

const ASSIGNMENTS: [PublicIpAssignment; 3] =
    [PublicIpAssignment::Inet4, PublicIpAssignment::Dual, PublicIpAssignment::None];

#[component]
pub fn Network(draft: Draft) -> impl IntoView {
    let first = draft.public_ip.get_untracked();
    view! {
        <Section title=t(text::NETWORK) lead=t(text::NETWORK_LEAD).to_owned()>
            <div class="choices" role="radiogroup" aria-label=t(text::PUBLIC_IP)>
                {ASSIGNMENTS
                    .map(|assignment| {
                        let (label, hint) = text::public_ip(assignment);
                        let value = assignment.to_string();
                        view! {
                            <Choice name="public-ip-assignment" value=value.clone() checked=value == first follow=draft.public_ip>
                                <strong>{t(label)}</strong>
                                <span class="choice-facts">{t(hint)}</span>
                            </Choice>
                        }
                    })
                    .collect_view()}
            </div>
            <FieldError name="public-ip-assignment" />
        </Section>
    }
    .into_any()
}

#[component]
pub fn Options(draft: Draft) -> impl IntoView {
    view! {
        <Section title=t(text::OPTIONS) lead=String::new()>
            <TextArea name="labels" label=t(text::LABELS) hint=t(text::LABELS_HINT) optional=true rows=3 follow=draft.labels />
            <Check
                name="auto-start"
                label=t(text::START)
                hint=t(text::START_HINT)
                checked=true
                on_change=draft.start
            />
        </Section>
    }
    .into_any()
}
