//! Surfaces: cards, section titles, notices.

use super::{
    badge::Tone,
    icons::{self, IconView},
};
use leptos::prelude::*;

/// A surface with an optional title.
#[component]
pub fn Card(
    #[prop(optional)] title: Option<&'static str>,
    #[prop(optional, into)] lead: Option<String>,
    /// Red frame: what is inside can't be taken back.
    #[prop(optional)]
    danger: bool,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let frame = if danger { "card card-danger" } else { "card" };
    view! {
        <section class=format!("{frame} {class}")>
            {title.map(|title| view! {
                <header class="card-head">
                    <h2>{title}</h2>
                    {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
                </header>
            })}
            {children()}
        </section>
    }
    .into_any()
}

/// The title of a part of a page.
#[component]
pub fn SectionTitle(
    title: &'static str,
    #[prop(optional)] lead: Option<&'static str>,
) -> impl IntoView {
    view! {
        <div class="section-title">
            <h2>{title}</h2>
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
        </div>
    }
    .into_any()
}

/// Something to know before going on.
#[component]
pub fn Notice(tone: Tone, children: Children) -> impl IntoView {
    let (class, icon) = match tone {
        Tone::Ok => ("notice notice-ok", icons::CIRCLE_CHECK),
        Tone::Warn => ("notice notice-warn", icons::TRIANGLE_ALERT),
        Tone::Bad => ("notice notice-bad", icons::TRIANGLE_ALERT),
        Tone::Busy | Tone::Neutral => ("notice notice-info", icons::INFO),
    };
    view! {
        <div class=class>
            <IconView icon=icon />
            <div>{children()}</div>
        </div>
    }
    .into_any()
}
