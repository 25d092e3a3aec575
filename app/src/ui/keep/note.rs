//! What the keeper adds to a form: that what was typed is back, and what helps when it could not be
//! sent. And what it takes away: what the server said of it.

use super::{controls, draft, here};
use crate::{
    path,
    shell::NOTICE,
    text::{forgive as text, t, t_with},
    ui::{Button, Kind},
    visit::{language, visit},
};
use api::{Client, op};
use domain::{Timestamp, format};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement};

/// How often it is tried whether the server can be reached again.
const LOOKS_AGAIN: Duration = Duration::from_secs(2);

/// A place of one's own in somebody else's markup.
fn place(at: &Element, class: &str, first: bool) -> Option<HtmlElement> {
    let place: HtmlElement = document().create_element("div").ok()?.dyn_into().ok()?;
    place.set_class_name(class);
    match first {
        true => at.insert_before(&place, at.first_child().as_ref()).ok()?,
        false => at.append_child(&place).ok()?,
    };
    Some(place)
}

/// Says in the form that what was typed is back.
pub fn back(
    form: &HtmlFormElement,
    key: String,
    at: Timestamp,
    secret: bool,
    fresh: Vec<(String, String)>,
) {
    let Some(place) = place(form, "draft-note", true) else { return };
    let (form, gone) = (StoredValue::new_local(form.clone()), place.clone());
    let gone = StoredValue::new_local(gone);
    let afresh = Callback::new(move |()| {
        form.with_value(|form| {
            controls::reset(form);
            fresh.iter().for_each(|(name, value)| controls::put(form, name, value));
        });
        draft::drop(&key);
        gone.with_value(|place| place.remove());
    });
    leptos::mount::mount_to(place, move || {
        view! { <DraftNote at=at secret=secret afresh=afresh /> }
    })
    .forget();
}

/// Says that what was typed is back, and since when it was kept.
#[component]
pub fn DraftNote(
    at: Timestamp,
    /// Something was typed that is not kept.
    secret: bool,
    /// Takes the fields back to what they were.
    afresh: Callback<()>,
) -> impl IntoView {
    let when = format::date_time(language(), at);
    view! {
        <div class="notice notice-info" role="status">
            <div class="row-between">
                <p>
                    {t_with(text::BACK, &[("when", &when)])}
                    {secret.then(|| view! { " "{t(text::NOT_SECRETS)} })}
                </p>
                <Button label=t(text::AFRESH).to_owned() small=true plain=true on_press=afresh />
            </div>
        </div>
    }
    .into_any()
}

/// Takes away what the server said above the page. It is true until a form is sent or the page left.
pub fn drop_notice(sent: bool) {
    let notice = document().get_element_by_id(NOTICE);
    if let Some(notice) = notice.filter(|_| sent || here() != visit().path) {
        notice.remove();
    }
}

/// Adds what helps to why a form could not be sent.
pub fn help(error: &Element, client: Client) {
    let form = error.closest("form").ok().flatten().and_then(|form| form.dyn_into().ok());
    let (Some(form), Some(place)) = (form, place(error, "stack-small", false)) else { return };
    let form: StoredValue<HtmlFormElement, LocalStorage> = StoredValue::new_local(form);
    let again = Callback::new(move |()| {
        // The same form with the same key: what was done already is not done twice.
        form.with_value(|form| drop(form.request_submit()));
    });
    let out = error.matches(".form-out").unwrap_or_default();
    leptos::mount::mount_to(place, move || match out {
        true => signed_out(again),
        false => away(again, client),
    })
    .forget();
}

fn away(again: Callback<()>, client: Client) -> AnyView {
    let reachable = RwSignal::new(false);
    let looks = set_interval_with_handle(
        move || {
            let client = client.clone();
            spawn_local(async move {
                let answer = client.call(op::ListZones, &[], &api::Nothing {}).await;
                reachable.try_set(answer.is_ok());
            });
        },
        LOOKS_AGAIN,
    );
    if let Ok(looks) = looks {
        Effect::new(move |_| {
            if reachable.get() {
                looks.clear();
            }
        });
    }
    view! {
        <p role="status">{move || t(if reachable.get() { text::REACHABLE } else { text::AWAY })}</p>
        <div class="row"><Button label=t(text::SEND_AGAIN).to_owned() small=true plain=true on_press=again /></div>
    }
    .into_any()
}

fn signed_out(again: Callback<()>) -> AnyView {
    view! {
        <p>{t(text::OUT)}" "{t(text::OUT_HERE)}</p>
        <div class="row">
            <a class="button button-primary button-small" href=path::sign_in() target="_blank" rel="external">{t(text::SIGN_IN_TAB)}</a>
            <a class="button button-small" href=path::sign_in_then(&here()) rel="external">{t(text::SIGN_IN_HERE)}</a>
            <Button label=t(text::SEND_AGAIN).to_owned() small=true plain=true kind=Kind::Quiet on_press=again />
        </div>
    }
    .into_any()
}
