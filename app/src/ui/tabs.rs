//! Tabs that are pages: each has its address.

use leptos::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub to: String,
    pub label: &'static str,
}

/// Links to the parts of a thing; the present one is marked by the address.
#[component]
pub fn Tabs(label: &'static str, tabs: Vec<Tab>) -> impl IntoView {
    let here = leptos_router::hooks::use_location().pathname;
    view! {
        <nav class="tabs" aria-label=label>
            {tabs
                .into_iter()
                .map(|tab| {
                    let to = tab.to.clone();
                    view! {
                        <a href=tab.to aria-current=move || here.with(|here| *here == to).then_some("page")>
                            {tab.label}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
    .into_any()
}
