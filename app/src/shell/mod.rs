//! The frame around every page: header, navigation, where to skip to, what is announced.

mod crumbs;
mod header;
pub mod keys;
mod logo;
mod manners;
pub mod navigation;
mod preferences;
mod tray;

pub use crumbs::Crumbs;
pub use logo::Logo;
pub use preferences::Preferences;

use crate::{
    live::Live,
    load::{Ask, load},
    text::{shell, t},
    ui::{ErrorPanel, ToastRegion},
    visit::visit,
};
use api::op;
use leptos::prelude::*;

/// The id of what is said above a page as it comes.
pub const NOTICE: &str = "notice";

/// A page in its frame. Who is not signed in sees the frame without navigation.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let ear = keys::Ear::new();
    manners::keep(ear);
    let visit = visit();
    let summary = visit
        .is_inside()
        .then(|| load(op::GetSummary, &["instance", "snapshot", "operation"], Ask::all));
    if let Some(summary) = summary {
        let live = expect_context::<Live>();
        let moves = |summary: api::Summary| summary.operations_pending > 0;
        Effect::new(move |_| {
            live.set_moving(
                summary.get().and_then(Result::ok).is_some_and(|reply| moves(reply.body)),
            );
        });
    }
    let content = match visit.trouble {
        Some(error) => view! { <ErrorPanel error=error page=true /> }.into_any(),
        None => children().into_any(),
    };
    view! {
        <a class="skip" href="#content" rel="external">{t(shell::SKIP)}</a>
        <header::Header summary=summary />
        <div class="frame">
            {summary.map(|summary| view! { <navigation::Sidebar summary=summary /> })}
            <main id="content" class="content" tabindex="-1">
                {visit.notice.map(|said| view! {
                    <div id=NOTICE class="notice notice-info" role="status"><div>{said}</div></div>
                })}
                {content}
            </main>
        </div>
        <ToastRegion />
        {ear.commands()}
        <manners::Announcer />
    }
    .into_any()
}
