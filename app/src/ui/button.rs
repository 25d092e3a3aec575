//! Buttons and links that look like buttons. One that can't be pressed stays, and says why.

use super::{
    form_context::FormContext,
    icons::{self, Icon, IconView},
};
use crate::text::{common, t_with};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kind {
    Primary,
    #[default]
    Secondary,
    Quiet,
    Danger,
}

impl Kind {
    fn class(self, small: bool) -> String {
        let kind = match self {
            Kind::Primary => "button button-primary",
            Kind::Secondary => "button",
            Kind::Quiet => "button button-quiet",
            Kind::Danger => "button button-danger",
        };
        if small { format!("{kind} button-small") } else { kind.to_owned() }
    }
}

/// A button. Inside a form it sends the form unless `plain`.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] icon: Option<Icon>,
    /// Shows the icon alone; the label is still read out.
    #[prop(optional)]
    icon_only: bool,
    #[prop(optional)] small: bool,
    /// Why it can't be pressed now.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// Does not send the form around it.
    #[prop(optional)]
    plain: bool,
    /// Name and value sent with the form; with scripts `on_press` does it instead, where there is one.
    #[prop(optional)]
    sends: Option<(&'static str, String)>,
    /// Sends the form even when fields of it are not filled in.
    #[prop(optional)]
    skips_checks: bool,
    #[prop(optional)] on_press: Option<Callback<()>>,
) -> impl IntoView {
    let form = use_context::<FormContext>();
    let busy = move || !plain && form.is_some_and(|form| form.busy.get());
    let blocked = move || busy() || reason.with(Option::is_some);
    let (name, value) = sends.unzip();
    let does_instead = name.is_some();
    view! {
        <button
            type=move || if plain || reason.with(Option::is_some) { "button" } else { "submit" }
            class=kind.class(small)
            name=name
            value=value
            formnovalidate=skips_checks
            aria-disabled=move || blocked().then_some("true")
            on:click=move |event| {
                if blocked() {
                    event.prevent_default();
                } else if let Some(press) = on_press {
                    press.run(());
                    if does_instead {
                        event.prevent_default();
                    }
                }
            }
        >
            {move || match busy() {
                true => view! { <IconView icon=icons::LOADER_CIRCLE class="spin" /> }.into_any(),
                false => icon.map(|icon| view! { <IconView icon=icon /> }).into_any(),
            }}
            <span class=if icon_only { "sr-only" } else { "button-label" }>{label}</span>
            {move || reason.get().map(|reason| view! { <Reason reason=reason /> })}
        </button>
    }
    .into_any()
}

/// A link that looks like a button; with a reason it is one that can't be pressed.
#[component]
pub fn LinkButton(
    #[prop(into)] to: String,
    label: &'static str,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] icon: Option<Icon>,
    #[prop(optional)] icon_only: bool,
    #[prop(optional)] small: bool,
    /// Read out after the label, where several links on a page say the same.
    #[prop(optional, into)]
    about: Option<String>,
    #[prop(optional_no_strip, into)] reason: Option<String>,
    /// Has the focus when the page comes.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let class = kind.class(small);
    let label_class = if icon_only { "sr-only" } else { "button-label" };
    let inner = view! {
        {icon.map(|icon| view! { <IconView icon=icon /> })}
        <span class=label_class>{label}</span>
        {about.map(|about| view! { <span class="sr-only">{format!(" {about}")}</span> })}
    };
    match reason {
        None => view! { <a class=class href=to autofocus=autofocus>{inner}</a> }.into_any(),
        Some(reason) => view! {
            <button type="button" class=class aria-disabled="true">
                {inner}
                <Reason reason=reason />
            </button>
        }
        .into_any(),
    }
}

/// Why a button can't be pressed: read out always, shown on hover and focus.
#[component]
fn Reason(reason: String) -> impl IntoView {
    view! {
        <span class="reason">
            <span class="reason-text">{t_with(common::NOT_NOW, &[("reason", &reason)])}</span>
        </span>
    }
    .into_any()
}
