//! Every text of the portal, in English and German, by area.
//!
//! A text is a constant, so a missing one does not compile; a view that spells a text itself fails
//! `tidy`. Parameters stand in braces: `{name}`.

use crate::visit;
use domain::format::{self, Language};

/// One text in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub en: &'static str,
    pub de: &'static str,
}

impl Text {
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::De => self.de,
        }
    }

    /// With its parameters filled in, for what is no page.
    pub fn filled(self, language: Language, parameters: &[(&str, &str)]) -> String {
        fill(self.in_language(language), parameters)
    }
}

/// Declares texts: `NAME "English" "Deutsch";`
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $en:literal $de:literal;)*) => {
        $($(#[$doc])* pub const $name: $crate::text::Text = $crate::text::Text { en: $en, de: $de };)*
        #[cfg(test)]
        pub const ALL: &[(&str, $crate::text::Text)] = &[$((stringify!($name), $name)),*];
    };
}

/// Declares the areas of the catalog, and lists them for its tests.
macro_rules! areas {
    ($($area:ident),* $(,)?) => {
        $(pub mod $area;)*
        #[cfg(test)]
        const AREAS: &[(&str, &[(&str, Text)])] = &[$((stringify!($area), $area::ALL)),*];
    };
}

areas! {
    access,
    acts,
    api_keys,
    audit_trail,
    bulk,
    code,
    common,
    create,
    errors,
    exports,
    forgive,
    home,
    instance,
    instance_acts,
    instances,
    keys,
    lists,
    mails,
    operations,
    organization,
    organization_policy,
    past,
    passkeys,
    permissions,
    policy,
    quotas,
    reference,
    roles,
    saved_views,
    search,
    security,
    sessions,
    shell,
    sign_in,
    simulator,
    single_sign_on,
    snapshots,
    ssh_keys,
    states,
    style,
    templates,
    users,
    webhooks,
    zones,
}

/// The text in the visitor's language.
pub fn t(text: Text) -> &'static str {
    text.in_language(visit::language())
}

/// The text with its parameters filled in.
pub fn t_with(text: Text, parameters: &[(&str, &str)]) -> String {
    fill(t(text), parameters)
}

/// “1 key”, “12 keys”: a text for one, and one with a `{count}` for any other number.
pub fn t_count(one: Text, many: Text, count: impl TryInto<i64>) -> String {
    match count.try_into().unwrap_or(i64::MAX) {
        1 => t(one).to_owned(),
        many_are => t_with(many, &[("count", &format::integer(visit::language(), many_are))]),
    }
}

fn fill(pattern: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(parameters.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(text: &str) -> Vec<&str> {
        let mut names: Vec<_> =
            text.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|(n, _)| n).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_text_exists_in_both_languages_with_the_same_parameters() {
        for (area, texts) in AREAS {
            for (name, text) in *texts {
                assert!(!text.en.trim().is_empty(), "{area}::{name} has no English");
                assert!(!text.de.trim().is_empty(), "{area}::{name} has no German");
                assert_eq!(parameters(text.en), parameters(text.de), "{area}::{name}");
            }
        }
    }

    #[test]
    fn parameters_are_filled_and_never_filled_twice() {
        assert_eq!(fill("{a} of {b}", &[("a", "{b}"), ("b", "2")]), "{b} of 2");
    }
}
