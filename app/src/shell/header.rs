//! The bar at the top: where one is, what is going on, who one is.

use super::{
    keys::Finder,
    logo::Logo,
    navigation::{Drawer, Summary},
    preferences::{Languages, Themes},
    tray::Tray,
};
use crate::{
    path,
    text::{common, shell, t, t_with},
    ui::{Button, Form, Hidden, Icon, IconView, Kind, Menu, MenuLink, icons},
    visit::{Account, Named, Theme, visit},
};
use leptos::prelude::*;

#[component]
pub fn Header(summary: Option<Summary>) -> impl IntoView {
    let visit = visit();
    view! {
        <header class="header">
            {summary.map(|summary| view! { <Drawer summary=summary /> })}
            <a class="brand" href=path::home()>
                <Logo />
                <span class="brand-name">{t(common::PRODUCT)}</span>
            </a>
            {visit.me.clone().map(|me| view! { <OrganizationMenu me=me /> })}
            <div class="header-end">
                <Finder />
                {visit.is_inside().then(|| view! { <Tray /> })}
                <Menu label=t(shell::THEME).to_owned() icon=theme_icon(visit.theme) icon_only=true right=true>
                    <p class="menu-title">{t(shell::THEME)}</p>
                    <Themes />
                </Menu>
                {match visit.me {
                    Some(me) => view! { <UserMenu me=me /> }.into_any(),
                    None => view! { <Languages /> }.into_any(),
                }}
            </div>
        </header>
    }
    .into_any()
}

fn theme_icon(theme: Theme) -> Icon {
    match theme {
        Theme::Light => icons::SUN,
        Theme::Dark => icons::MOON,
        Theme::System => icons::MONITOR,
    }
}

/// The organization, and the others that one is a member of.
#[component]
fn OrganizationMenu(me: Account) -> impl IntoView {
    let name = me.organization.name.clone();
    if me.organizations.len() < 2 {
        // Staff are in one organization only.
        let staff =
            me.staff.then(|| view! { <span class="chip chip-warn">{t(shell::STAFF)}</span> });
        return view! { <span class="organization"><span class="sr-only">{t(shell::ORGANIZATION)}</span>{name}</span>{staff} }.into_any();
    }
    let current = me.organization.id;
    let face =
        view! { <span class="organization">{name}</span><IconView icon=icons::CHEVRONS_UP_DOWN /> };
    view! {
        <Menu label=t(shell::SWITCH_ORGANIZATION).to_owned() icon_only=true face=face.into_any()>
            <p class="menu-title">{t(shell::SWITCH_ORGANIZATION)}</p>
            {me.organizations
                .into_iter()
                .map(|other| view! { <OrganizationEntry current=other.id == current organization=other /> })
                .collect_view()}
        </Menu>
    }
    .into_any()
}

#[component]
fn OrganizationEntry(organization: Named, current: bool) -> impl IntoView {
    if current {
        return view! {
            <p class="menu-item menu-current">
                <IconView icon=icons::CHECK />
                {organization.name}
                <span class="sr-only">{t(shell::CURRENT)}</span>
            </p>
        }
        .into_any();
    }
    view! {
        <Form operation="switch-organization" return_to=path::home() full_page=true>
            <Hidden name="organization" value=organization.id />
            <button class="menu-item menu-other" type="submit">{organization.name}</button>
        </Form>
    }
    .into_any()
}

/// Account, language, the way out.
#[component]
fn UserMenu(me: Account) -> impl IntoView {
    let email = me.email;
    // Capitals by the style: the tables for all scripts are no small download.
    let initials: String = email.chars().take(2).collect();
    let face = view! { <span class="avatar" aria-hidden="true">{initials}</span> };
    view! {
        <Menu label=t(shell::USER_MENU).to_owned() icon_only=true right=true class="user-menu" face=face.into_any()>
            <p class="menu-title">{t(shell::SIGNED_IN_AS)}</p>
            <p class="menu-who">
                <span>{email}</span>
                <span class="hint">{t_with(shell::ROLE_IN, &[("role", &me.role.name), ("organization", &me.organization.name)])}</span>
            </p>
            <MenuLink to=path::security() label=t(shell::SECURITY) icon=icons::MONITOR_SMARTPHONE />
            <p class="menu-title">{t(shell::LANGUAGE)}</p>
            <Languages />
            <Form
                operation="delete-session"
                path=vec![("id", "current".to_owned())]
                return_to=path::sign_in()
                full_page=true
                class="menu-foot"
            >
                <Button label=t(shell::SIGN_OUT).to_owned() kind=Kind::Quiet icon=icons::LOG_OUT />
            </Form>
        </Menu>
    }
    .into_any()
}
