//! What an address looks like: one type for all of them.
//!
//! The router's own macro makes a type of each shape of address, and the router is compiled for every
//! one of them into what the browser loads first. This one is compiled once.

use leptos_router::{PartialPathMatch, PathSegment, PossibleRouteMatch};
use std::borrow::Cow;

/// The pattern of an address: `/roles/:id/:act?`. Names in it are parameters; what ends with `?`
/// stands at the end and may be missing. Without segments it stands before every address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address(pub &'static str);

impl Address {
    fn segments(self) -> impl Iterator<Item = PathSegment> {
        self.0.split('/').filter(|segment| !segment.is_empty()).map(|segment| {
            match segment.strip_prefix(':') {
                None => PathSegment::Static(Cow::Borrowed(segment)),
                Some(name) => match name.strip_suffix('?') {
                    None => PathSegment::Param(Cow::Borrowed(name)),
                    Some(name) => PathSegment::OptionalParam(Cow::Borrowed(name)),
                },
            }
        })
    }
}

impl PossibleRouteMatch for Address {
    fn optional(&self) -> bool {
        self.0.ends_with('?')
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let mut remaining = path;
        let mut params = Vec::new();
        for wanted in self.segments() {
            // What does not begin with a slash is no segment, nor is nothing.
            let rest = remaining.strip_prefix('/');
            let found = rest.map(|rest| rest.split_once('/').map_or(rest, |(found, _)| found));
            let found = found.filter(|found| !found.is_empty());
            match (wanted, found) {
                (PathSegment::Static(name), Some(found)) if name == found => (),
                (PathSegment::Param(name) | PathSegment::OptionalParam(name), Some(found)) => {
                    params.push((name, found.to_string()));
                }
                (PathSegment::OptionalParam(_), None) => continue,
                _ => return None,
            }
            remaining = &remaining[1 + found.map_or(0, str::len)..];
        }
        let matched = &path[..path.len() - remaining.len()];
        Some(PartialPathMatch::new(remaining, params, matched))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        path.extend(self.segments());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos_router::path;
    use proptest::prelude::*;

    /// What is left of a path, what was matched of it, and the parameters.
    type Found = Option<(String, String, Vec<(Cow<'static, str>, String)>)>;

    fn found(pattern: &dyn PossibleRouteMatch, path: &str) -> Found {
        pattern.test(path).map(|found| {
            (found.remaining().to_string(), found.matched().to_string(), found.params())
        })
    }

    fn paths() -> impl Strategy<Value = String> {
        let segment = prop_oneof!["users", "api", "users2", "ü", "[a-z0-9-]{0,5}", "%2F"];
        proptest::collection::vec(segment, 0..5)
            .prop_map(|segments| format!("/{}", segments.join("/")))
    }

    /// Whether an address is wholly matched, and with which parameters: what the router asks.
    fn whole(found: Found) -> Option<Vec<(Cow<'static, str>, String)>> {
        found.and_then(|(remaining, _, params)| matches!(&*remaining, "" | "/").then_some(params))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn it_matches_what_the_routers_macro_matches(path in paths()) {
            prop_assert_eq!(whole(found(&Address("/users"), &path)), whole(found(&path!("/users"), &path)));
            prop_assert_eq!(
                whole(found(&Address("/users/:id/:act?"), &path)),
                whole(found(&path!("/users/:id/:act?"), &path))
            );
            prop_assert_eq!(
                whole(found(&Address("/api/:operation/confirm/:act"), &path)),
                whole(found(&path!("/api/:operation/confirm/:act"), &path))
            );
        }
    }

    #[test]
    fn nothing_stands_before_every_address() {
        let (remaining, matched, params) = found(&Address(""), "/users/1").expect("matches");
        assert_eq!((&*remaining, &*matched, params.len()), ("/users/1", "", 0));
    }
}
