//! Where one can go: one level of groups, with counts.

use crate::{
    load::Asked,
    path,
    text::{Text, shell, single_sign_on, t},
    ui::{Icon, IconView, Loaded, icons},
    visit::language,
};
use api::Reply;
use domain::format;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The figures beside the links.
pub type Summary = Asked<api::Summary>;

/// One link.
pub struct Destination {
    pub label: Text,
    pub icon: Icon,
    pub to: String,
    count: Option<fn(&api::Summary) -> i64>,
}

fn destination(label: Text, icon: Icon, to: String) -> Destination {
    Destination { label, icon, to, count: None }
}

/// All of them, with the titles of their groups.
pub fn groups() -> Vec<(Option<Text>, Vec<Destination>)> {
    let instances = Destination {
        count: Some(|summary| summary.instances),
        ..destination(shell::INSTANCES, icons::SERVER, path::instances())
    };
    let operations = Destination {
        count: Some(|summary| summary.operations_pending),
        ..destination(shell::OPERATIONS, icons::ACTIVITY, path::operations())
    };
    vec![
        (None, vec![destination(shell::HOME, icons::HOUSE, path::home())]),
        (
            Some(shell::GROUP_COMPUTE),
            vec![
                instances,
                destination(shell::TEMPLATES, icons::LAYERS, path::templates()),
                destination(shell::SNAPSHOTS, icons::CAMERA, path::snapshots()),
                destination(shell::SSH_KEYS, icons::KEY_ROUND, path::ssh_keys()),
            ],
        ),
        (
            Some(shell::GROUP_ACCESS),
            vec![
                destination(shell::USERS, icons::USER_ROUND, path::users()),
                destination(single_sign_on::TITLE, icons::GLOBE, path::single_sign_on()),
                destination(shell::ACCESS_REQUESTS, icons::CLOCK, path::access_requests()),
                destination(shell::ROLES, icons::SHIELD, path::roles()),
                destination(shell::ORGANIZATION_POLICY, icons::LOCK, path::organization_policy()),
                destination(shell::SIMULATOR, icons::PLAY, path::simulator()),
                destination(shell::API_KEYS, icons::KEY, path::api_keys()),
                destination(shell::SECURITY, icons::MONITOR_SMARTPHONE, path::security()),
                destination(shell::API_REFERENCE, icons::CODE, path::reference()),
            ],
        ),
        (
            Some(shell::GROUP_ORGANIZATION),
            vec![
                operations,
                destination(shell::QUOTAS, icons::GAUGE, path::quotas()),
                destination(shell::AUDIT_TRAIL, icons::SHIELD, path::audit_trail()),
                destination(shell::SETTINGS, icons::SETTINGS, path::organization()),
            ],
        ),
    ]
}

/// The navigation beside the page.
#[component]
pub fn Sidebar(summary: Summary) -> impl IntoView {
    view! {
        <nav class="sidebar" aria-label=t(shell::NAVIGATION)>
            <Links summary=summary />
        </nav>
    }
    .into_any()
}

/// The same on narrow screens, behind a button that works without scripts.
#[component]
pub fn Drawer(summary: Summary) -> impl IntoView {
    view! {
        <details class="drawer" name="menu">
            <summary>
                <IconView icon=icons::MENU />
                <span class="sr-only">{t(shell::OPEN_NAVIGATION)}</span>
            </summary>
            <nav class="drawer-panel" aria-label=t(shell::NAVIGATION)>
                <Links summary=summary />
            </nav>
        </details>
    }
    .into_any()
}

#[component]
fn Links(summary: Summary) -> impl IntoView {
    groups()
        .into_iter()
        .map(|(title, links)| view! {
            <div class="nav-group">
                {title.map(|title| view! { <p class="nav-title">{t(title)}</p> })}
                <ul>
                    {links
                        .into_iter()
                        .map(|link| view! { <li><Link destination=link summary=summary /></li> })
                        .collect_view()}
                </ul>
            </div>
        })
        .collect_view()
}

#[component]
fn Link(destination: Destination, summary: Summary) -> impl IntoView {
    let here = use_location().pathname;
    let to = destination.to.clone();
    let current = move || here.with(|here| is_within(here, &to)).then_some("page");
    let count = destination.count.map(|count| {
        let show = move |reply: Reply<api::Summary>| {
            let number = Some(count(&reply.body)).filter(|n| *n > 0);
            number
                .map(|n| view! { <span class="nav-count">{format::integer(language(), n)}</span> })
                .into_any()
        };
        view! { <Loaded answer=summary rows=0 quiet=true view=show /> }
    });
    view! {
        <a class="nav-link" href=destination.to aria-current=current>
            <IconView icon=destination.icon />
            <span>{t(destination.label)}</span>
            {count}
        </a>
    }
    .into_any()
}

/// Whether a page belongs to the link: it is it, or is below it.
fn is_within(here: &str, to: &str) -> bool {
    here == to || (to != "/" && here.strip_prefix(to).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn a_link_is_current_on_its_page_and_below() {
        assert!(is_within("/instances/1/connect", "/instances"));
        assert!(is_within("/", "/"));
        assert!(!is_within("/instances", "/"));
        assert!(!is_within("/instances-else", "/instances"));
    }
}
