//! Cloud-init user data: opaque to the platform, checked for form only.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Longest user data, counted in characters of its base64 form (as in Exoscale's specification).
pub const USER_DATA_CHARACTERS_MAX: usize = 32_768;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UserDataError {
    #[error("may have at most {USER_DATA_CHARACTERS_MAX} characters of base64, and has {0}")]
    TooLong(usize),
    #[error("must be base64 (RFC 4648, with padding)")]
    NotBase64,
    #[error("must not be empty: leave it out instead")]
    Empty,
}

/// The bytes behind the base64 text, untouched.
pub fn decode(base64: &str) -> Result<Vec<u8>, UserDataError> {
    if base64.len() > USER_DATA_CHARACTERS_MAX {
        return Err(UserDataError::TooLong(base64.len()));
    }
    if base64.is_empty() {
        return Err(UserDataError::Empty);
    }
    STANDARD.decode(base64).map_err(|_| UserDataError::NotBase64)
}

/// Plain user data as it travels.
pub fn encode(text: &str) -> String {
    STANDARD.encode(text)
}

/// Something in the user data that cloud-init would probably not understand. Never an error: the
/// data is the customer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The first line is none of the formats that cloud-init knows.
    UnknownFormat,
    /// A `#cloud-config` has a tab in its indentation, which YAML refuses.
    TabIndent { line: usize },
    /// A line of a `#cloud-config` at the left edge is neither `key:` nor a list item nor a comment.
    NotYaml { line: usize },
}

/// Looks at plain user data as cloud-init would, before it is sent.
pub fn doubt(text: &str) -> Option<Doubt> {
    let first = text.lines().next().unwrap_or_default().trim_end();
    let known = [
        "#cloud-config",
        "#!",
        "## template: jinja",
        "#include",
        "#cloud-boothook",
        "Content-Type:",
        "MIME-Version:",
    ];
    if !known.iter().any(|k| first.starts_with(k)) {
        return (!text.trim().is_empty()).then_some(Doubt::UnknownFormat);
    }
    if !first.starts_with("#cloud-config") {
        return None;
    }
    text.lines().enumerate().skip(1).find_map(|(index, line)| {
        let indent = line.len() - line.trim_start().len();
        if line[..indent].contains('\t') {
            return Some(Doubt::TabIndent { line: index + 1 });
        }
        let at_edge = indent == 0 && !line.trim().is_empty();
        let yaml =
            line.starts_with(['#', '-', '"', '\'', '}', ']', '{', '[', '.']) || line.contains(':');
        (at_edge && !yaml).then_some(Doubt::NotYaml { line: index + 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bounded_base64_is_taken() {
        assert_eq!(decode("I2Nsb3VkLWNvbmZpZw=="), Ok(b"#cloud-config".to_vec()));
        assert_eq!(decode("not base64!"), Err(UserDataError::NotBase64));
        assert_eq!(decode(""), Err(UserDataError::Empty));
        assert_eq!(decode(&"A".repeat(32_772)), Err(UserDataError::TooLong(32_772)));
        assert!(decode(&"A".repeat(32_768)).is_ok());
    }

    #[test]
    fn doubts_name_the_line() {
        assert_eq!(doubt("#cloud-config\npackages: [nginx]\n"), None);
        assert_eq!(doubt("#!/bin/sh\ntrue"), None);
        assert_eq!(doubt(""), None);
        assert_eq!(doubt("packages: [nginx]"), Some(Doubt::UnknownFormat));
        assert_eq!(doubt("#cloud-config\nruncmd:\n\t- ls"), Some(Doubt::TabIndent { line: 3 }));
        assert_eq!(doubt("#cloud-config\nnonsense"), Some(Doubt::NotYaml { line: 2 }));
    }
}
