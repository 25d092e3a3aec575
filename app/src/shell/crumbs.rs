//! Where a page belongs to: the way from home to it, by its address. The header of every page has it,
//! so no page can forget it.

use super::navigation;
use crate::{
    path,
    text::{shell, t},
    visit::visit,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Home, the list that the address belongs to, what the page is about, the page itself.
#[component]
pub fn Crumbs(
    /// What the page itself is called.
    title: AnyView,
    /// Address and name of what stands between the list and the page.
    about: Option<(String, String)>,
) -> impl IntoView {
    if visit().me.is_none() {
        return ().into_any();
    }
    // A page that stays while the address changes stays in its place.
    let mut links = way(&use_location().pathname.get_untracked());
    links.extend(about);
    let mut items: Vec<_> = Vec::new();
    for (to, name) in links {
        items.push(view! { <li><a href=to>{name}</a></li> }.into_any());
    }
    view! {
        <nav class="crumbs" aria-label=t(shell::CRUMBS)>
            <ul>
                {items}
                <li aria-current="page">{title}</li>
            </ul>
        </nav>
    }
    .into_any()
}

/// The pages of the navigation above a page.
fn way(here: &str) -> Vec<(String, String)> {
    let mut links = Vec::new();
    for (_, pages) in navigation::groups() {
        for page in pages {
            let above = page.to == path::home() || page.to == path::section(here);
            if above && page.to != here {
                links.push((page.to, t(page.label).to_owned()));
            }
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::visiting;

    #[test]
    fn a_page_is_below_its_list_and_that_below_home() {
        visiting(|| {
            let names = |here: &str| {
                let way = way(here).into_iter().map(|(_, name)| name);
                way.collect::<Vec<_>>().join(" / ")
            };
            for (here, above) in [
                ("/", ""),
                ("/instances", "Home"),
                ("/search", "Home"),
                ("/instances/1/confirm/stop", "Home / Instances"),
                ("/lists/instances/views", "Home / Instances"),
                ("/bulk-actions/1", "Home / Operations"),
                ("/access-tokens/1/delete", "Home / API keys"),
                ("/templates/1/edit", "Home / Templates"),
            ] {
                assert_eq!(names(here), above, "{here}");
            }
        });
    }
}
