//! Properties of one thing.

use leptos::prelude::*;

/// A list of names and values.
#[component]
pub fn KeyValues(children: Children) -> impl IntoView {
    view! { <dl class="key-values">{children()}</dl> }
}

#[component]
pub fn KeyValue(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
    .into_any()
}
