//! Choosing: a check box, and cards of which one is chosen.

use super::{field::was, form_context::FormContext};
use leptos::{html, prelude::*};

/// Yes or no. Sends `true` or `false`.
#[component]
pub fn Check(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] checked: bool,
    #[prop(optional)] on_change: Option<RwSignal<bool>>,
) -> impl IntoView {
    let form = use_context::<FormContext>();
    let was = was(form, name, if checked { "true" } else { "false" });
    let kept = form.and_then(|form| form.kept(name));
    let checked = kept.map_or(checked, |kept| kept == "true");
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let (Some(input), Some(signal)) = (node.get(), on_change) {
            signal.set(input.checked());
        }
    });
    view! {
        <label class="check">
            {was}
            <input type="hidden" name=name value="false" />
            <input
                node_ref=node
                type="checkbox"
                name=name
                value="true"
                checked=checked
                on:change=move |event| {
                    if let Some(signal) = on_change {
                        signal.set(event_target_checked(&event));
                    }
                }
            />
            <span>
                <span class="check-label">{label}</span>
                {hint.map(|hint| view! { <span class="hint">{hint}</span> })}
            </span>
        </label>
    }
    .into_any()
}

/// One of several cards with the same `name`; a refused one says why.
#[component]
pub fn Choice(
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] reason: Signal<Option<String>>,
    /// What is chosen of all: follows the cards, and moves them.
    #[prop(optional)]
    follow: Option<RwSignal<String>>,
    children: Children,
) -> impl IntoView {
    let kept = use_context::<FormContext>().and_then(|form| form.kept(name));
    let checked = match follow {
        // Who follows the cards has looked at what was kept, too.
        Some(signal) => signal.with_untracked(|now| *now == value),
        None => kept.map_or(checked, |kept| kept == value),
    };
    let node = NodeRef::<html::Input>::new();
    let (own, chosen) = (value.clone(), value.clone());
    // What was chosen before scripts ran is taken over; later the signal decides.
    Effect::new(move |before: Option<()>| {
        let (Some(input), Some(signal)) = (node.get(), follow) else { return };
        if before.is_some() {
            input.set_checked(signal.with(|now| *now == own));
        } else if input.checked() {
            signal.set(own.clone());
        } else {
            signal.track();
        }
    });
    view! {
        <label class="choice">
            <input
                node_ref=node
                type="radio"
                name=name
                value=value
                checked=checked
                disabled=move || reason.with(Option::is_some)
                required=true
                on:change=move |_| {
                    if let Some(signal) = follow {
                        signal.set(chosen.clone());
                    }
                }
            />
            <span class="choice-body">
                {children()}
                {move || reason.get().map(|reason| view! { <span class="choice-reason">{reason}</span> })}
            </span>
        </label>
    }
    .into_any()
}
