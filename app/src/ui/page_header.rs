//! The top of a page: where it is, its title, what it adds up to, and what can be done.

use crate::shell::Crumbs;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    /// One line of facts or help.
    #[prop(optional, into)]
    lead: Option<ViewFn>,
    /// Address and name of what this page is about, when it has a page of its own.
    #[prop(optional_no_strip, into)]
    about: Option<(String, String)>,
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
                <Crumbs title=title.into_any() about=about />
                <h1 tabindex="-1">{title}</h1>
                {lead.map(|lead| view! { <div class="lead">{lead.run()}</div> })}
            </div>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </header>
    }
    .into_any()
}
