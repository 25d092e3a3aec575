//! Parts of a form of which one is shown at a time. Radio buttons and styles do it, so it works
//! without scripts, and what is chosen in a part that is not shown is sent all the same.

use leptos::{html, prelude::*};

/// One part, to be put into an element of the class `panes`.
#[component]
pub fn Pane(
    /// Field that the switches share; with `_` before it, it is not sent to the API.
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(into)] label: String,
    shown: bool,
    /// Becomes the value when the part is shown.
    #[prop(optional)]
    on_show: Option<Callback<String>>,
    children: Children,
) -> impl IntoView {
    let id = format!("pane-{name}-{value}");
    let target = id.clone();
    let node = NodeRef::<html::Input>::new();
    let (own, chosen) = (value.clone(), value.clone());
    // What was chosen before scripts ran is taken over.
    Effect::new(move |_| {
        if let (Some(input), Some(show)) = (node.get(), on_show)
            && input.checked()
        {
            show.run(own.clone());
        }
    });
    view! {
        <input
            node_ref=node
            type="radio"
            class="pane-switch"
            id=id
            name=name
            value=value
            checked=shown
            on:change=move |_| {
                if let Some(show) = on_show {
                    show.run(chosen.clone());
                }
            }
        />
        <label class="pane-tab" for=target>{label}</label>
        <div class="pane">{children()}</div>
    }
    .into_any()
}
