//! The top of a page: its title, what it adds up to, and what can be done.

use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    /// One line of facts or help.
    #[prop(optional, into)]
    lead: Option<ViewFn>,
    /// Stands above the title: where this page belongs to.
    #[prop(optional, into)]
    above: Option<ViewFn>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    // The document asks for its title once more when the page is done, and again when it has gone.
    let title = Memo::new(move |_| title.get());
    view! {
        <Title text=move || title.try_get().unwrap_or_default() />
        <header class="page-header">
            <div class="page-title">
                {above.map(|above| view! { <div class="above">{above.run()}</div> })}
                <h1 tabindex="-1">{title}</h1>
                {lead.map(|lead| view! { <div class="lead">{lead.run()}</div> })}
            </div>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </header>
    }
    .into_any()
}
