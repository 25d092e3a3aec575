//! Patterns for `LIKE`.

/// A pattern for `LIKE … ESCAPE '!'` that a text matches when it has `part` in it.
pub fn containing(part: &str) -> String {
    format!("%{}", beginning(part))
}

/// A pattern for `LIKE … ESCAPE '!'` that a text matches when it begins with `part`.
pub fn beginning(part: &str) -> String {
    format!("{}%", part.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}
