//! Theme and language. Both are cookies, so the server renders the page as chosen.

use crate::{
    path,
    text::{Text, shell, t},
    ui::{Icon, IconView, icons},
    visit::{Theme, visit},
};
use api::forms;
use domain::format::Language;
use leptos::prelude::*;

/// Both switches in one row, for pages without a menu.
#[component]
pub fn Preferences() -> impl IntoView {
    view! {
        <div class="preferences">
            <Themes />
            <Languages />
        </div>
    }
    .into_any()
}

#[component]
pub fn Themes() -> impl IntoView {
    let choices = [
        (Theme::Light, shell::THEME_LIGHT, icons::SUN),
        (Theme::Dark, shell::THEME_DARK, icons::MOON),
        (Theme::System, shell::THEME_SYSTEM, icons::MONITOR),
    ];
    let now = visit().theme;
    view! {
        <Switch label=t(shell::THEME)>
            {choices
                .map(|(theme, text, icon)| choice("theme", theme.as_str(), text, Some(icon), theme == now))
                .collect_view()}
        </Switch>
    }
    .into_any()
}

#[component]
pub fn Languages() -> impl IntoView {
    let choices = [(Language::En, shell::ENGLISH), (Language::De, shell::GERMAN)];
    let now = visit().language;
    view! {
        <Switch label=t(shell::LANGUAGE)>
            {choices
                .map(|(language, text)| choice("language", language.as_str(), text, None, language == now))
                .collect_view()}
        </Switch>
    }
    .into_any()
}

#[component]
fn Switch(label: &'static str, children: Children) -> impl IntoView {
    let location = leptos_router::hooks::use_location();
    let here = move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) }
    };
    view! {
        <form method="post" action=path::preferences() aria-label=label>
            <input type="hidden" name=forms::RETURN_TO value=here />
            <div class="segments">{children()}</div>
        </form>
    }
    .into_any()
}

fn choice(
    name: &'static str,
    value: &'static str,
    text: Text,
    icon: Option<Icon>,
    chosen: bool,
) -> impl IntoView {
    view! {
        <button type="submit" name=name value=value aria-pressed=chosen.to_string()>
            {icon.map(|icon| view! { <IconView icon=icon /> })}
            {t(text)}
        </button>
    }
    .into_any()
}
