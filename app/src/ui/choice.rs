//! Choosing: a check box, and cards of which one is chosen.

use super::form::FormContext;
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
    let kept = use_context::<FormContext>().and_then(|form| form.kept(name));
    let checked = kept.map_or(checked, |kept| kept == "true");
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let (Some(input), Some(signal)) = (node.get(), on_change) {
            signal.set(input.checked());
        }
    });
    view! {
        <label class="check">
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
    #[prop(optional, into)] reason: Option<String>,
    #[prop(optional)] on_choose: Option<Callback<String>>,
    children: Children,
) -> impl IntoView {
    let kept = use_context::<FormContext>().and_then(|form| form.kept(name));
    let checked = kept.map_or(checked, |kept| kept == value);
    let disabled = reason.is_some();
    let chosen = value.clone();
    view! {
        <label class="choice">
            <input
                type="radio"
                name=name
                value=value
                checked=checked
                disabled=disabled
                required=true
                on:change=move |_| {
                    if let Some(choose) = on_choose {
                        choose.run(chosen.clone());
                    }
                }
            />
            <span class="choice-body">
                {children()}
                {reason.map(|reason| view! { <span class="choice-reason">{reason}</span> })}
            </span>
        </label>
    }
    .into_any()
}
