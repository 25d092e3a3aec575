//! The notices, and undo: a countdown that waits while somebody looks, and the inverse act.

use crate::{
    live::Live,
    path,
    text::{common, forgive as text, t, t_with},
    ui::{
        IconView, icons,
        submit::deliver,
        toast::{Toast, Toasts},
    },
    visit::language,
};
use api::{
    ErrorCode,
    forms::{FormOutcome, UNDO_SECONDS, Undo},
};
use domain::format;
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How long a notice stays that offers nothing.
const STAYS_SECONDS: u32 = 5;
const SECOND: Duration = Duration::from_secs(1);
/// How often an undo is asked for again while the act that it undoes is still going on.
const ATTEMPTS_MAX: u32 = 30;
/// What people have the focus on, when it is not the whole page.
const CONTROLS: &str = "a, button, input, select, textarea, summary";

#[component]
pub fn Notices() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    step_aside();
    undo_by_key();
    view! {
        <For each=move || toasts.list.get() key=|toast| toast.id let(toast)>
            <Shown toast=toast toasts=toasts />
        </For>
    }
    .into_any()
}

#[component]
fn Shown(toast: Toast, toasts: Toasts) -> impl IntoView {
    let Toast { id, text: said, of_api, undo, to } = toast;
    let undo = undo.and_then(|undo| serde_json::from_value::<Undo>(undo).ok());
    let said = match &undo {
        Some(undo) if said.is_empty() => t_with(text::done(&undo.done), &[("name", &undo.name)]),
        _ => said,
    };
    let offers = undo.is_some() || to.is_some();
    let left = RwSignal::new(if offers { UNDO_SECONDS } else { STAYS_SECONDS });
    let held = RwSignal::new(false);
    let state = RwSignal::new(None::<String>);
    let ticks = set_interval_with_handle(
        move || {
            if !held.get_untracked() && state.with_untracked(Option::is_none) {
                left.update(|left| *left = left.saturating_sub(1));
                if left.get_untracked() == 0 {
                    toasts.dismiss(id);
                }
            }
        },
        SECOND,
    );
    on_cleanup(move || {
        if let Ok(ticks) = ticks {
            ticks.clear();
        }
    });
    let seconds = move || format::integer(language(), i64::from(left.get()));
    let count = move || t_with(text::SECONDS, &[("count", &seconds())]);
    let hint = t_with(text::UNDO_HINT, &[("count", &UNDO_SECONDS.to_string())]);
    let act = undo.map(|undo| {
        let live = expect_context::<Live>();
        let press = move |_: ev::MouseEvent| {
            held.set(true);
            state.set(Some(t(text::UNDOING).to_owned()));
            take_back(Taking { id, undo: undo.clone(), toasts, live, state, held }, 0);
            give_focus("#content");
        };
        view! {
            {move || state.with(Option::is_none).then(|| view! {
                <button type="button" class="button button-small toast-undo" aria-keyshortcuts="Control+Z" on:click=press.clone()>
                    {t(text::UNDO)}
                    <span class="hint figures" aria-hidden="true">{count}</span>
                </button>
                <span class="sr-only">{hint.clone()}</span>
            })}
        }
    });
    let go = to.map(|to| {
        view! {
            <a class="button button-small" href=to on:click=move |_| toasts.dismiss(id)>
                {t(text::GIVE_BACK)}
                <span class="hint figures" aria-hidden="true">{count}</span>
            </a>
        }
    });
    view! {
        <div
            class="toast"
            on:mouseenter=move |_| held.set(true)
            on:mouseleave=move |_| held.set(false)
            on:focusin=move |_| held.set(true)
            on:focusout=move |_| held.set(false)
        >
            <IconView icon=icons::CIRCLE_CHECK />
            <span class="toast-text" lang=of_api.then_some("en")>{move || state.get().unwrap_or_else(|| said.clone())}</span>
            {act}
            {go}
            <button type="button" class="icon-button" on:click=move |_| toasts.dismiss(id)>
                <IconView icon=icons::X />
                <span class="sr-only">{t(common::DISMISS)}</span>
            </button>
        </div>
    }
    .into_any()
}

/// An undo on its way.
#[derive(Clone)]
struct Taking {
    id: u32,
    undo: Undo,
    toasts: Toasts,
    live: Live,
    state: RwSignal<Option<String>>,
    held: RwSignal<bool>,
}

/// Sends the inverse act. While what it takes back is still going on, it waits.
fn take_back(taking: Taking, attempt: u32) {
    spawn_local(async move {
        let Taking { id, undo, toasts, live, state, held } = taking.clone();
        let pairs = undo.fields.iter();
        let pairs =
            pairs.map(|(name, value)| format!("{}={}", api::encode(name), api::encode(value)));
        let fields = pairs.collect::<Vec<_>>().join("&");
        match deliver(&path::form(&undo.operation), fields).await {
            Ok(FormOutcome::Accepted { undo: again, .. }) => {
                let done = t_with(text::done(&undo.done), &[("name", &undo.name)]);
                toasts.dismiss(id);
                toasts.show(t_with(text::UNDONE, &[("what", &done)]), again, None);
                live.refresh();
            }
            Ok(FormOutcome::Refused { error, .. })
                if error.code == ErrorCode::Conflict && attempt < ATTEMPTS_MAX =>
            {
                state.try_set(Some(t(text::UNDO_WAITS).to_owned()));
                set_timeout(move || take_back(taking, attempt + 1), SECOND);
            }
            Ok(FormOutcome::Refused { error, .. }) => {
                toasts.dismiss(id);
                match error.code {
                    ErrorCode::PreconditionFailed => toasts.say(t(text::TOO_LATE)),
                    _ => toasts.quote(error.message),
                }
            }
            Err(_) => {
                toasts.dismiss(id);
                let undo = serde_json::to_value(&undo).ok();
                toasts.show(t(text::NOT_SENT).to_owned(), undo, None);
                held.try_set(false);
            }
        }
    });
}

/// Ctrl+Z takes back what was done last, unless one is typing.
fn undo_by_key() {
    let keys = window_event_listener(ev::keydown, |event| {
        let control = (event.ctrl_key() || event.meta_key()) && !event.shift_key();
        if !control || event.key() != "z" || event.default_prevented() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|t| t.matches("input, textarea, select").unwrap_or_default()) {
            return;
        }
        let Ok(found) = document().query_selector_all(".toast-undo") else { return };
        let last = found.length().checked_sub(1).and_then(|last| found.item(last));
        if let Some(button) = last.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            button.click();
        }
    });
    on_cleanup(move || keys.remove());
}

/// Notices never cover what has the focus: they go to the other end of the window.
fn step_aside() {
    let toasts = expect_context::<Toasts>();
    Effect::new(move |_| {
        toasts.list.track();
        request_animation_frame(uncover);
    });
    let focus = window_event_listener(ev::focusin, |_| uncover());
    on_cleanup(move || focus.remove());
}

fn uncover() {
    let target = document().active_element();
    let region = document().query_selector(".toasts").ok().flatten();
    let (Some(target), Some(region)) = (target, region) else { return };
    if region.contains(Some(&target)) || !target.matches(CONTROLS).unwrap_or_default() {
        return;
    }
    let (focused, region_is) =
        (target.get_bounding_client_rect(), region.get_bounding_client_rect());
    let below = focused.bottom() > region_is.top() && focused.top() < region_is.bottom();
    let beside = focused.right() > region_is.left() && focused.left() < region_is.right();
    if below && beside {
        let aside = region.has_attribute("data-aside");
        // Where neither is possible it stays.
        let _ = if aside {
            region.remove_attribute("data-aside")
        } else {
            region.set_attribute("data-aside", "")
        };
    }
}

fn give_focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // An element that has vanished meanwhile needs no focus.
        let _ = found.focus();
    }
}
