//! An operation as a `curl` line.

use super::Facts;
use api::{Access, Method, SESSION_COOKIE, fill};

const TOKEN: &str = "-H \"Authorization: Bearer $COULOIR_TOKEN\"";

/// Who asks. A cookie counts only with the address of the platform's own pages.
fn credential(facts: &Facts<'_>) -> String {
    match facts.endpoint.access {
        Access::Session => format!(
            "-H {} \\\n  -b \"{SESSION_COOKIE}=$COULOIR_SESSION\"",
            quoted(&format!("Origin: {}", facts.origin))
        ),
        Access::Public | Access::Anyone | Access::Person => TOKEN.to_owned(),
    }
}

pub fn lines(facts: &Facts<'_>) -> String {
    let Facts { origin, endpoint, params, input, .. } = facts;
    let path = fill(endpoint.path, params);
    let (method, credential) = (endpoint.method, credential(facts));
    if method == Method::GET {
        let query = api::forms::query(input);
        let url = quoted(&format!("{origin}/v2{path}{query}"));
        return format!("curl {url} \\\n  {credential}");
    }
    let url = quoted(&format!("{origin}/v2{path}"));
    let mut line = format!("curl -X {} {url} \\\n  {credential}", method.as_str());
    if input.as_object().is_some_and(|fields| !fields.is_empty()) {
        // A secret would stay in the shell's history, and every process could read it.
        let body = match facts.file() {
            None => quoted(&input.to_string()),
            Some(_) => format!("@{}.json", endpoint.operation),
        };
        line.push_str(&format!(" \\\n  -H 'Content-Type: application/json' \\\n  -d {body}"));
    }
    line
}

/// A word for a POSIX shell, in quotes where it needs them.
pub fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
