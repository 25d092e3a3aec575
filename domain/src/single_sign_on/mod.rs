//! Single sign-on: what an organization's identity provider may say, and what of it counts.
//!
//! A provider is believed in its own organization and nowhere else. Who somebody is, is what it calls
//! them (issuer and subject), never their e-mail address.

pub mod claims;
pub mod owners;

use std::time::Duration;

/// Characters of a provider's name, and of the client id that it gave.
pub const NAME_CHARACTERS_MAX: usize = 60;
/// Characters of the client id and of the client secret.
pub const CLIENT_CHARACTERS_MAX: usize = 500;
/// Domains of e-mail addresses that a provider may speak for.
pub const DOMAINS_MAX: usize = 20;
/// Longest domain (RFC 1035 section 2.3.4).
const DOMAIN_BYTES_MAX: usize = 253;
/// Rules of a mapping.
pub const RULES_MAX: usize = 50;
/// Bytes of one expression.
pub const EXPRESSION_BYTES_MAX: usize = crate::iam::limits::EXPRESSION_BYTES_MAX;
/// From the way to the provider until the way back.
pub const SIGN_IN_WITHIN: Duration = Duration::from_secs(600);
/// No session by single sign-on is older than this: whoever the provider no longer lets in has that
/// long, and roles follow the provider as often.
pub const SESSION_LIFETIME: Duration = Duration::from_secs(12 * 3_600);

/// A domain as it is stored, or what is wrong with it.
pub fn check_domain(given: &str) -> Result<String, &'static str> {
    let domain = given.trim().trim_start_matches('@').to_lowercase();
    let label = |label: &str| {
        let inside = label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        (1..=63).contains(&label.len())
            && inside
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if domain.len() > DOMAIN_BYTES_MAX || !domain.contains('.') || !domain.split('.').all(label) {
        return Err("holds what is no domain, such as acme.example");
    }
    Ok(domain)
}

/// The domain of an e-mail address.
pub fn domain_of(email: &str) -> Option<String> {
    check_domain(email.rsplit_once('@')?.1).ok()
}

/// Whether a provider that speaks for these domains lets somebody in with this address. Without domains it
/// speaks for all.
pub fn lets_in(domains: &[String], email: &str) -> bool {
    domains.is_empty() || domain_of(email).is_some_and(|domain| domains.contains(&domain))
}

/// What a mapping comes to: the role of the first rule that is true, else the one that is set for
/// everybody else.
pub fn mapped<R>(rules: impl IntoIterator<Item = (bool, R)>, otherwise: Option<R>) -> Option<R> {
    rules.into_iter().find_map(|(holds, role)| holds.then_some(role)).or(otherwise)
}

/// What becomes of somebody who comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate<R> {
    /// They have the role already, or are the last owner, who keeps it whatever a mapping says.
    Stays,
    /// They get this role.
    Becomes(R),
    /// They are not let in.
    Refused,
}

/// What becomes of somebody with a role, of whom the mapping says another, or none. An organization
/// without an owner is lost to its people, so no mapping takes the last one away.
pub fn fate<R: PartialEq>(has: R, mapped: Option<R>, is_last_owner: bool) -> Fate<R> {
    match mapped {
        _ if is_last_owner => Fate::Stays,
        Some(role) if role == has => Fate::Stays,
        Some(role) => Fate::Becomes(role),
        None => Fate::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_stored_in_one_way_only() {
        for (given, domain) in [
            ("acme.example", "acme.example"),
            (" @Acme.Example ", "acme.example"),
            ("a-b.c", "a-b.c"),
        ] {
            assert_eq!(check_domain(given).as_deref(), Ok(domain));
        }
        let long = format!("{}.example", "a".repeat(64));
        for wrong in
            ["", "acme", ".example", "a..b", "a b.c", "-a.b", "a-.b", "ü.example", "a@b.c", &long]
        {
            assert!(check_domain(wrong).is_err(), "{wrong}");
        }
        assert_eq!(domain_of("ann@Acme.example").as_deref(), Some("acme.example"));
        assert_eq!(domain_of("\"a@evil.example\"@acme.example").as_deref(), Some("acme.example"));
        assert_eq!(domain_of("acme.example"), None);
    }

    #[test]
    fn the_first_rule_that_is_true_decides() {
        assert_eq!(mapped([(false, 1), (true, 2), (true, 3)], Some(4)), Some(2));
        assert_eq!(mapped([(false, 1)], Some(4)), Some(4));
        assert_eq!(mapped([(false, 1)], None), None);
        assert_eq!(mapped::<i32>([], None), None);
    }

    #[test]
    fn the_last_owner_stays_whatever_a_mapping_says() {
        assert_eq!(fate("Owner", Some("Billing"), true), Fate::Stays);
        assert_eq!(fate("Owner", None, true), Fate::Stays);
        assert_eq!(fate("Owner", Some("Billing"), false), Fate::Becomes("Billing"));
        assert_eq!(fate("Billing", Some("Billing"), false), Fate::Stays);
        assert_eq!(fate("Billing", None, false), Fate::Refused);
    }
}
