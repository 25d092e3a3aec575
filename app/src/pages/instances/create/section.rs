//! A part of the form.

use leptos::prelude::*;

#[component]
pub fn Section(
    title: &'static str,
    #[prop(into)] lead: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section">
            <div class="section-title">
                <h2>{title}</h2>
                <p class="hint">{lead}</p>
            </div>
            {children()}
        </section>
    }
    .into_any()
}
