//! THE table of keys: what they do and what the sheet says of them.

use crate::{
    path,
    text::{Text, keys as text, shell, single_sign_on},
};

/// What a key does.
#[derive(Clone, Copy)]
pub enum Does {
    Go(fn() -> String),
    /// Gives the focus to the first that is there.
    Focus(&'static str),
    /// Presses the first that is there.
    Press(&'static str),
    /// Goes this many rows on.
    Row(isize),
    /// Presses what is in the row, or else what is on the page.
    InRow(&'static str, &'static str),
    Sheet,
    /// The browser, or the shell, does it; it stands in the sheet.
    Already,
}

/// One line of the sheet; keys that are pressed one after another have a space between them.
pub struct Key {
    pub keys: &'static str,
    pub what: Text,
    pub does: Does,
}

const fn key(keys: &'static str, what: Text, does: Does) -> Key {
    Key { keys, what, does }
}

/// What creates is a link at the top of a page, or a form on it.
const CREATE: &str = "main .page-actions a.button-primary, \
    main form[action*='/form/register-'] input:not([type=hidden]), \
    main form[action*='/form/create-'] input:not([type=hidden])";
const EDIT: &str = "main .page-actions a[href$='/edit'], main .tabs a[href$='/settings']";
const PAGE_MENU: &str = "main .page-actions details:not(.code-menu) > summary";

pub static GROUPS: &[(Text, &[Key])] = &[
    (
        text::GROUP_GO,
        &[
            key("g h", shell::HOME, Does::Go(path::home)),
            key("g i", shell::INSTANCES, Does::Go(path::instances)),
            key("g t", shell::TEMPLATES, Does::Go(path::templates)),
            key("g s", shell::SNAPSHOTS, Does::Go(path::snapshots)),
            key("g k", shell::SSH_KEYS, Does::Go(path::ssh_keys)),
            key("g l", shell::ROLES, Does::Go(path::roles)),
            key("g p", shell::ORGANIZATION_POLICY, Does::Go(path::organization_policy)),
            key("g y", shell::SIMULATOR, Does::Go(path::simulator)),
            key("g m", shell::USERS, Does::Go(path::users)),
            key("g n", single_sign_on::TITLE, Does::Go(path::single_sign_on)),
            key("g c", shell::ACCESS_REQUESTS, Does::Go(path::access_requests)),
            key("g a", shell::API_KEYS, Does::Go(path::api_keys)),
            key("g u", shell::SECURITY, Does::Go(path::security)),
            key("g o", shell::OPERATIONS, Does::Go(path::operations)),
            key("g q", shell::QUOTAS, Does::Go(path::quotas)),
            key("g v", shell::AUDIT_TRAIL, Does::Go(path::audit_trail)),
            key("g r", shell::API_REFERENCE, Does::Go(path::reference)),
            key("g e", shell::SETTINGS, Does::Go(path::organization)),
        ],
    ),
    (
        text::GROUP_LIST,
        &[
            key("/", text::FILTER, Does::Focus("main [type=search]")),
            key("j", text::NEXT_ROW, Does::Row(1)),
            key("k", text::PREVIOUS_ROW, Does::Row(-1)),
            key("Enter", text::OPEN, Does::Already),
            key("x", text::SELECT, Does::InRow("input[type=checkbox]", "none")),
            key(".", text::MENU, Does::InRow("details > summary", PAGE_MENU)),
        ],
    ),
    (
        text::GROUP_PAGE,
        &[
            key("c", text::CREATE, Does::Press(CREATE)),
            key("e", text::EDIT, Does::Press(EDIT)),
            key("u", text::UP, Does::Press(".crumbs li:nth-last-child(2) a")),
            key("p", text::PAUSE, Does::Press("main .live-note button")),
        ],
    ),
    (
        text::GROUP_EVERYWHERE,
        &[
            key("Ctrl K", text::PALETTE, Does::Already),
            key("?", text::SHEET, Does::Sheet),
            key("Esc", text::ESCAPE, Does::Already),
        ],
    ),
];

/// All keys, in the order of the sheet.
pub fn all() -> impl Iterator<Item = &'static Key> {
    GROUPS.iter().flat_map(|(_, keys)| keys.iter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{shell::navigation, visit::visiting};

    #[test]
    fn no_key_means_two_things() {
        let keys: Vec<_> = all().map(|key| key.keys).collect();
        for (at, one) in keys.iter().enumerate() {
            let same = |other: &&str| one == other || other.starts_with(&format!("{one} "));
            assert!(!keys[at + 1..].iter().any(same), "{one}");
        }
    }

    #[test]
    fn every_page_of_the_navigation_has_its_keys() {
        visiting(|| {
            let goes = |to: &str| all().any(|key| matches!(key.does, Does::Go(of) if of() == to));
            for link in navigation::groups().into_iter().flat_map(|(_, links)| links) {
                assert!(goes(&link.to), "{}", link.to);
            }
        });
    }
}
