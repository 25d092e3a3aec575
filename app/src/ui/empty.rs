//! Nothing to show: nothing yet, nothing that matches, nothing here.

use super::icons::{Icon, IconView};
use leptos::prelude::*;

/// Says what is missing and, in `children`, what to do about it.
#[component]
pub fn Empty(
    icon: Icon,
    title: &'static str,
    #[prop(into)] lead: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon"><IconView icon=icon /></span>
            <h2>{title}</h2>
            <p>{lead}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
    .into_any()
}
