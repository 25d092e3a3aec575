//! What is going on, from every page.

use crate::{
    load::{Ask, load},
    pages::operations::Line,
    path,
    text::{shell, t, t_with},
    ui::{IconView, Loaded, icons},
};
use api::{ListOperations, OperationDetail, op};
use domain::operation::OperationState;
use leptos::prelude::*;

/// How many operations the tray shows.
const SHOWN: i64 = 6;

#[component]
pub fn Tray() -> impl IntoView {
    let recent = load(op::ListOperations, &["operation"], || {
        Ask::with(ListOperations { limit: Some(SHOWN), ..Default::default() })
    });
    let running = move || match recent.get() {
        Some(Ok(reply)) => {
            reply.body.operations.iter().filter(|o| o.state == OperationState::Pending).count()
        }
        _ => 0,
    };
    view! {
        <details class="menu" name="menu">
            <summary>
                <Transition fallback=|| ()>
                    {move || {
                        let count = running();
                        let busy = count > 0;
                        let label = t_with(shell::TRAY, &[("count", &count.to_string())]);
                        let class = if count > 0 { "spin" } else { "" };
                        let icon = if count > 0 { icons::LOADER_CIRCLE } else { icons::ACTIVITY };
                        view! {
                            <IconView icon=icon class=class />
                            <span class="sr-only">{label}</span>
                            {busy.then(|| view! { <span class="tray-count" aria-hidden="true">{count}</span> })}
                        }
                    }}
                </Transition>
            </summary>
            <div class="menu-panel menu-right tray-panel">
                <p class="menu-title">{t(shell::TRAY_TITLE)}</p>
                <Loaded answer=recent rows=3 view=|reply| lines(reply.body.operations) />
                <a class="menu-item menu-foot" href=path::operations()>{t(shell::TRAY_ALL)}</a>
            </div>
        </details>
    }
    .into_any()
}

/// The operations, or that there are none.
fn lines(operations: Vec<OperationDetail>) -> AnyView {
    if operations.is_empty() {
        return view! { <p class="hint menu-text">{t(shell::TRAY_EMPTY)}</p> }.into_any();
    }
    view! {
        <ul class="lines">
            {operations
                .into_iter()
                .map(|operation| view! { <li><Line operation=operation /></li> })
                .collect_view()}
        </ul>
    }
    .into_any()
}
