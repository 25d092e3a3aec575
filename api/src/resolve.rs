//! From a method and a path to an endpoint and its parameters, and back.
//!
//! Exoscale's paths end in `{id}:action`, which general routers don't take apart; matching the
//! table itself keeps router, client and document on the same text.

use crate::endpoints::{ENDPOINTS, Endpoint};

/// Values of the `{name}` parts of a path, decoded.
pub type Params = Vec<(&'static str, String)>;

/// What a method and path lead to.
#[derive(Debug)]
pub enum Resolved {
    Found(&'static Endpoint, Params),
    /// The path exists with other methods.
    WrongMethod(Vec<&'static str>),
    NotFound,
}

/// Looks up a path below `/v2`, still percent-encoded.
pub fn resolve(method: &str, path: &str) -> Resolved {
    let mut others = Vec::new();
    for endpoint in ENDPOINTS {
        if let Some(params) = matches(endpoint.path, path) {
            if endpoint.method.as_str() == method {
                return Resolved::Found(endpoint, params);
            }
            others.push(endpoint.method.as_str());
        }
    }
    if others.is_empty() { Resolved::NotFound } else { Resolved::WrongMethod(others) }
}

fn matches(pattern: &'static str, path: &str) -> Option<Params> {
    let mut params = Vec::new();
    let mut actual = path.split('/');
    for part in pattern.split('/') {
        let given = actual.next()?;
        match split_parameter(part) {
            None if part == given => {}
            None => return None,
            Some((name, suffix)) => {
                let value = given.strip_suffix(suffix)?;
                // `/instance/{id}` is not `/instance/{id}:start`.
                if value.is_empty() || (suffix.is_empty() && value.contains(':')) {
                    return None;
                }
                params.push((name, decode(value)?));
            }
        }
    }
    actual.next().is_none().then_some(params)
}

/// `{id}:start` → `("id", ":start")`
fn split_parameter(part: &'static str) -> Option<(&'static str, &'static str)> {
    part.strip_prefix('{')?.split_once('}')
}

/// The path of an endpoint with its parameters filled in, percent-encoded.
pub fn fill(pattern: &str, params: &[(&str, &str)]) -> String {
    let mut path = pattern.to_owned();
    for (name, value) in params {
        path = path.replace(&format!("{{{name}}}"), &encode(value));
    }
    path
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Undoes [`encode`]; `None` when an escape is broken or the result is not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let hex = [bytes.next()?, bytes.next()?];
            out.push(u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: &str, path: &str) -> (String, Params) {
        match resolve(method, path) {
            Resolved::Found(endpoint, params) => (endpoint.operation.to_owned(), params),
            Resolved::WrongMethod(others) => (others.join(","), vec![]),
            Resolved::NotFound => ("404".to_owned(), vec![]),
        }
    }

    #[test]
    fn actions_are_told_from_ids() {
        assert_eq!(
            check("PUT", "/instance/1:start"),
            ("start-instance".into(), vec![("id", "1".into())])
        );
        assert_eq!(check("PUT", "/instance/1").0, "update-instance");
        assert_eq!(check("DELETE", "/instance/1/labels").1[1], ("field", "labels".into()));
        assert_eq!(check("GET", "/ssh-key/a%20b").1, vec![("name", "a b".into())]);
        assert_eq!(check("PUT", "/instance/1:explode").0, "404");
        assert_eq!(check("POST", "/zone").0, "GET");
        assert_eq!(check("GET", "/instance/").0, "404");
        assert_eq!(check("GET", "/ssh-key/%zz").0, "404");
    }

    #[test]
    fn every_row_resolves_to_itself() {
        for endpoint in ENDPOINTS {
            let names: Vec<_> = endpoint.path.split(['{', '}']).skip(1).step_by(2).collect();
            let params: Vec<_> = names.iter().map(|n| (*n, "x")).collect();
            let path = fill(endpoint.path, &params);
            assert_eq!(check(endpoint.method.as_str(), &path).0, endpoint.operation);
        }
    }
}
