//! What is looked for, and how well something fits it.

use crate::Uuid;
use std::net::Ipv6Addr;

text_enum! {
    /// What can be found, in the order in which equally good finds are shown.
    pub enum SearchKind {
        Instance = "instance",
        Template = "template",
        Snapshot = "snapshot",
        SavedView = "saved-view",
        SshKey = "ssh-key",
        ApiKey = "api-key",
        Operation = "operation",
        BulkAction = "bulk-action",
        Organization = "organization",
    }
}

text_enum! {
    /// How well it fits, the best first.
    pub enum Fit {
        Id = "id",
        Name = "name",
        NamePrefix = "name-prefix",
        IdPrefix = "id-prefix",
        Address = "address",
        Part = "part",
    }
}

/// Longest text that is looked for, in characters.
pub const TEXT_CHARACTERS_MAX: usize = 200;
/// Finds of one search.
pub const HITS_MAX: i64 = 20;
/// Beginnings of ids count from here: as many letters as lists show of one.
const ID_PREFIX_MIN: usize = 8;
const LEAST_ID: &str = "00000000-0000-0000-0000-000000000000";
const GREATEST_ID: &str = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/// What is looked for, in lower case and without spaces around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    text: String,
    ids: Option<(String, String)>,
}

impl Needle {
    /// `None`: nothing is looked for.
    pub fn new(text: &str) -> Option<Needle> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return None;
        }
        let ids = ids(&text);
        Some(Needle { text, ids })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The least and the greatest id that can be meant, both whole, so that they compare alike
    /// whatever order of letters a database has.
    pub fn ids(&self) -> Option<(&str, &str)> {
        self.ids.as_ref().map(|(least, greatest)| (least.as_str(), greatest.as_str()))
    }

    /// An address or the beginning of one, as addresses are written down.
    pub fn address(&self) -> Option<String> {
        let text = &self.text;
        if let Ok(address) = text.parse::<Ipv6Addr>() {
            return Some(address.to_string());
        }
        let v4 = text.contains('.') && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let v6 = text.contains(':') && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b':');
        (v4 || v6).then(|| text.clone())
    }

    /// `env=prod` and `env:prod`: key and value of a label.
    pub fn label(&self) -> Option<(&str, &str)> {
        self.text.split_once(['=', ':']).filter(|(key, _)| !key.is_empty())
    }

    /// How well something fits that was found somewhere in it.
    pub fn fit(&self, id: &str, name: &str, addresses: &[&str]) -> Fit {
        let (id, name) = (id.to_lowercase(), name.to_lowercase());
        let address = self.address();
        let begins = |with: &String| addresses.iter().any(|a| a.starts_with(with.as_str()));
        if id == self.text || self.ids().is_some_and(|(least, most)| least == most && id == least) {
            Fit::Id
        } else if name == self.text {
            Fit::Name
        } else if name.starts_with(&self.text) {
            Fit::NamePrefix
        } else if self.text.len() >= ID_PREFIX_MIN && id.starts_with(&self.text) {
            Fit::IdPrefix
        } else if address.as_ref().is_some_and(begins) {
            Fit::Address
        } else {
            Fit::Part
        }
    }
}

/// Which ids a text can be the beginning of.
fn ids(text: &str) -> Option<(String, String)> {
    if let Ok(id) = text.parse::<Uuid>() {
        return Some((id.to_string(), id.to_string()));
    }
    let fits = |(letter, form): (u8, u8)| match form {
        b'-' => letter == b'-',
        _ => letter.is_ascii_hexdigit(),
    };
    let long = (ID_PREFIX_MIN..LEAST_ID.len()).contains(&text.len());
    if !long || !text.bytes().zip(LEAST_ID.bytes()).all(fits) {
        return None;
    }
    let filled = |up: &str| format!("{text}{}", &up[text.len()..]);
    Some((filled(LEAST_ID), filled(GREATEST_ID)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "019a3f1c-7b1e-7000-8000-0000000000aa";

    fn needle(text: &str) -> Needle {
        Needle::new(text).expect("something is looked for")
    }

    #[test]
    fn ids_are_known_by_their_first_letters() {
        assert_eq!(needle(ID).ids(), Some((ID, ID)));
        assert_eq!(needle(&ID.replace('-', "")).ids(), Some((ID, ID)));
        let (least, greatest) =
            ("019a3f1c-7b00-0000-0000-000000000000", "019a3f1c-7bff-ffff-ffff-ffffffffffff");
        assert_eq!(needle("019A3F1C-7b").ids(), Some((least, greatest)));
        for none in ["019a3f1", "019a3f1cc", "web-1234", "019a3f1c7b1e", &format!("{ID}0")] {
            assert_eq!(needle(none).ids(), None, "{none}");
        }
        assert_eq!(Needle::new(" \t"), None);
    }

    #[test]
    fn addresses_are_read_as_they_are_written_down() {
        assert_eq!(needle("203.0.113.").address().as_deref(), Some("203.0.113."));
        assert_eq!(needle("2001:DB8:0:0::1").address().as_deref(), Some("2001:db8::1"));
        assert_eq!(needle("2001:db8").address().as_deref(), Some("2001:db8"));
        for none in ["203", "web.1", "env:prod", "v1.2"] {
            assert_eq!(needle(none).address(), None, "{none}");
        }
    }

    #[test]
    fn the_best_fit_is_the_whole_id() {
        let fit = |text: &str| needle(text).fit(ID, "Web-1", &["203.0.113.7"]);
        assert_eq!(fit(ID), Fit::Id);
        assert_eq!(fit("web-1 "), Fit::Name);
        assert_eq!(fit("WEB"), Fit::NamePrefix);
        assert_eq!(fit("019a3f1c"), Fit::IdPrefix);
        assert_eq!(fit("203.0.113"), Fit::Address);
        assert_eq!(fit("b-1"), Fit::Part);
        assert_eq!(needle("exo0123456789").fit("EXO0123456789", "ci", &[]), Fit::Id);
        assert!(Fit::Id < Fit::Name && Fit::Address < Fit::Part);
    }
}
