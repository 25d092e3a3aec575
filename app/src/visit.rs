//! What a page needs to know of its visitor before the first line: language, theme, time, who.
//!
//! The server works it out, renders with it and leaves it in the page; the browser reads it there,
//! so both say the same. A change of language or theme is a new page.

use api::{
    ErrorBody, Me, Organization,
    forms::{FormState, Undo},
};
use domain::{Timestamp, format::Language, realm::Realm};
#[cfg(not(target_arch = "wasm32"))]
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr, sync::Arc};

/// Name of the element that carries the visit to the browser.
pub const META: &str = "couloir-visit";
/// Cookie that keeps the chosen language.
pub const LANGUAGE_COOKIE: &str = "couloir-language";
/// Cookie that keeps the chosen theme.
pub const THEME_COOKIE: &str = "couloir-theme";

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    Light,
    Dark,
    #[default]
    System,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::System];

    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::System => "system",
        }
    }
}

impl FromStr for Theme {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Theme::ALL.into_iter().find(|theme| theme.as_str() == text).ok_or(())
    }
}

/// One visit of one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    pub language: Language,
    pub theme: Theme,
    /// When the page was rendered.
    pub now: Timestamp,
    /// Path and query that were asked for.
    pub path: String,
    /// What clients put before `/v2`.
    pub origin: String,
    /// Who is signed in.
    pub me: Option<Account>,
    /// The form that was refused, when this page is shown because of that.
    pub form: Option<FormState>,
    /// What to say above the page, in the visitor's language: what has become of a form.
    #[serde(default)]
    pub notice: Option<String>,
    /// Why it could not be found out who is signed in.
    pub trouble: Option<ErrorBody>,
    /// How what was just done is taken back. Without scripts only, so browsers are not told.
    #[serde(skip)]
    pub undo: Option<Undo>,
}

impl Visit {
    /// Whether somebody is signed in, and the organization lets them in.
    pub fn is_inside(&self) -> bool {
        self.me.as_ref().is_some_and(|me| !me.second_factor_missing)
    }
}

/// Who is signed in, as far as every page shows it: [`Me`] without what a role may do, which no
/// page needs before it asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    pub email: String,
    pub has_password: bool,
    /// They sign in by the organization's identity provider, and in no other way.
    pub single_sign_on: bool,
    pub role: Named,
    pub organization: Named,
    /// It is that of the provider's staff.
    pub staff: bool,
    /// All that the person is a member of.
    pub organizations: Vec<Named>,
    /// For how long the organization keeps deleted instances, in hours; 0: not at all.
    pub recovery_hours: i64,
    /// The organization demands two-step sign-in.
    pub second_factor_required: bool,
    /// And the person has none: nothing of the organization answers.
    pub second_factor_missing: bool,
    /// Chosen columns by list, as they stand in an address.
    pub columns: BTreeMap<String, String>,
    /// Single keys do something.
    pub single_keys: bool,
}

/// An id and the name that is shown for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    pub id: String,
    pub name: String,
}

impl From<Me> for Account {
    fn from(me: Me) -> Self {
        let recovery_hours = me.organization.instance_recovery_hours.unwrap_or_default();
        let second_factor_required = me.organization.second_factor_required.unwrap_or_default();
        let organization = |of: Organization| Named { id: of.id.to_string(), name: of.name };
        Account {
            email: me.user.as_ref().map(|user| user.email.clone()).unwrap_or_default(),
            has_password: me.user.as_ref().is_some_and(|user| user.has_password),
            single_sign_on: me.user.is_some_and(|user| user.single_sign_on),
            role: Named { id: me.role.id.to_string(), name: me.role.name },
            single_keys: me.preferences.as_ref().is_some_and(|chosen| chosen.single_keys),
            staff: me.organization.realm == Realm::Operator,
            organization: organization(me.organization),
            organizations: me.organizations.into_iter().map(organization).collect(),
            recovery_hours,
            second_factor_required,
            second_factor_missing: me.second_factor_missing,
            columns: (me.preferences.into_iter().flat_map(|preferences| preferences.columns))
                .map(|(list, columns)| (list, columns.join(",")))
                .collect(),
        }
    }
}

/// Makes an idempotency key. The server provides its own source of randomness.
#[derive(Clone)]
pub struct KeySource(pub Arc<dyn Fn() -> String + Send + Sync>);

/// The present visit.
#[cfg(not(target_arch = "wasm32"))]
pub fn visit() -> Visit {
    expect_context::<Visit>()
}

/// A key that was never used before.
#[cfg(not(target_arch = "wasm32"))]
pub fn fresh_key() -> String {
    use_context::<KeySource>().map(|source| (source.0)()).unwrap_or_default()
}

#[cfg(target_arch = "wasm32")]
pub use browser::{fresh_key, language, visit};

#[cfg(target_arch = "wasm32")]
mod browser {
    use super::{META, Visit};
    use domain::format::Language;
    use std::sync::OnceLock;

    static VISIT: OnceLock<Visit> = OnceLock::new();

    fn present() -> &'static Visit {
        VISIT.get_or_init(|| read().expect("the server writes the visit into every page"))
    }

    /// The present visit.
    pub fn visit() -> Visit {
        present().clone()
    }

    /// The visitor's language.
    pub fn language() -> Language {
        present().language
    }

    fn read() -> Option<Visit> {
        let document = web_sys::window()?.document()?;
        let element = document.query_selector(&format!("meta[name={META}]")).ok()??;
        serde_json::from_str(&element.get_attribute("content")?).ok()
    }

    /// A key that was never used before.
    pub fn fresh_key() -> String {
        web_sys::window()
            .and_then(|window| window.crypto().ok())
            .map(|crypto| crypto.random_uuid())
            .unwrap_or_default()
    }
}

/// The visitor's language. Every text asks for it, so the visit is not copied for that.
#[cfg(not(target_arch = "wasm32"))]
pub fn language() -> Language {
    with_context::<Visit, _>(|visit| visit.language).expect("a page belongs to a visit")
}

/// Runs a test as if somebody visited a page in English.
#[cfg(test)]
pub fn visiting<T>(test: impl FnOnce() -> T) -> T {
    Owner::new().with(|| {
        provide_context(Visit {
            language: Language::En,
            theme: Theme::System,
            now: Timestamp(0),
            path: String::new(),
            origin: String::new(),
            me: None,
            form: None,
            notice: None,
            trouble: None,
            undo: None,
        });
        test()
    })
}
