//! Owners who can come in: an organization that has none of them is lost to its people.

use super::lets_in;

/// How somebody signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignsIn {
    /// Here: with a password or a passkey, or with a link that is mailed to them.
    Here,
    /// By the provider of this issuer, which last said this address of them, and perhaps nothing that gives
    /// them a role.
    By { issuer: String, address: String, shut_out: bool },
}

/// Whom the provider of an organization lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetsIn<'a> {
    pub issuer: &'a str,
    /// All, where none is named.
    pub domains: &'a [String],
}

/// Whether somebody can come in, as far as it is known here; `provider` is the organization's, if it has one.
pub fn can_come(who: &SignsIn, provider: Option<LetsIn<'_>>) -> bool {
    match who {
        SignsIn::Here => true,
        SignsIn::By { issuer, address, .. } => provider.is_some_and(|provider| {
            provider.issuer == issuer && lets_in(provider.domains, address)
        }),
    }
}

/// Whether others may rely on it: not when the provider gave somebody no role, since it may do so again.
pub fn is_relied_on(who: &SignsIn) -> bool {
    !matches!(who, SignsIn::By { shut_out: true, .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_by_a_provider_can_while_it_is_there_and_speaks_for_them() {
        let ann = |shut_out| SignsIn::By {
            issuer: "https://login.example".into(),
            address: "ann@acme.example".into(),
            shut_out,
        };
        let (own, other) = (["acme.example".to_owned()], ["other.example".to_owned()]);
        let by = |issuer, domains| Some(LetsIn { issuer, domains });
        for (provider, comes) in [
            (by("https://login.example", &[]), true),
            (by("https://login.example", &own), true),
            (by("https://login.example", &other), false),
            (by("https://other.example", &own), false),
            (None, false),
        ] {
            for shut_out in [false, true] {
                assert_eq!(can_come(&ann(shut_out), provider), comes, "{provider:?}");
            }
            assert!(can_come(&SignsIn::Here, provider));
        }
        assert!(is_relied_on(&SignsIn::Here) && is_relied_on(&ann(false)));
        assert!(!is_relied_on(&ann(true)));
    }
}
