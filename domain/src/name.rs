//! Names and descriptions: what may stand in them.

/// Longest name of any resource, in characters.
pub const NAME_CHARACTERS_MAX: usize = 255;

/// A name that breaks a rule; the text says which.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    #[error("must not be empty")]
    Empty,
    #[error("may have at most {max} characters, and has {has}")]
    TooLong { max: usize, has: usize },
    #[error("must not contain control characters")]
    Control,
    #[error("must be a letter a–z or _, then at most 31 of a–z, 0–9, _ and -")]
    User,
}

/// A name for people: 1–255 characters, no control characters, not only spaces.
pub fn check(text: &str) -> Result<(), NameError> {
    if text.trim().is_empty() {
        return Err(NameError::Empty);
    }
    check_text(text, NAME_CHARACTERS_MAX)
}

/// A free text of at most `max` characters, without control characters.
pub fn check_text(text: &str, max: usize) -> Result<(), NameError> {
    let has = text.chars().count();
    if has > max {
        return Err(NameError::TooLong { max, has });
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(NameError::Control);
    }
    Ok(())
}

/// A name of a user inside an instance (as `useradd` takes it by default).
pub fn check_user(text: &str) -> Result<(), NameError> {
    let first = text.chars().next().is_some_and(|c| c.is_ascii_lowercase() || c == '_');
    let rest =
        text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c));
    if first && rest && text.len() <= 32 { Ok(()) } else { Err(NameError::User) }
}

/// A name for the instance itself: the display name reduced to what a host name may hold
/// (RFC 1123: letters, digits and hyphens, at most 63).
pub fn host_name(display: &str) -> String {
    let mut host = String::new();
    for c in display.chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => host.push(c),
            _ if !host.is_empty() && !host.ends_with('-') => host.push('-'),
            _ => {}
        }
        if host.len() == 63 {
            break;
        }
    }
    let host = host.trim_end_matches('-');
    if host.is_empty() { "instance".to_owned() } else { host.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_a_length_and_no_control_characters() {
        assert_eq!(check("web-1"), Ok(()));
        assert_eq!(check(&"é".repeat(255)), Ok(()));
        assert_eq!(check("  "), Err(NameError::Empty));
        assert_eq!(check(&"x".repeat(256)), Err(NameError::TooLong { max: 255, has: 256 }));
        assert_eq!(check("a\u{0}b"), Err(NameError::Control));
    }

    #[test]
    fn users_are_plain() {
        assert_eq!(check_user("ubuntu"), Ok(()));
        for wrong in ["", "Root", "a:b", "a\nroot:x", "-x", &"a".repeat(33)] {
            assert_eq!(check_user(wrong), Err(NameError::User), "{wrong:?}");
        }
    }

    #[test]
    fn host_names_follow_rfc_1123() {
        assert_eq!(host_name("Web 1 (Zürich)"), "web-1-z-rich");
        assert_eq!(host_name("日本"), "instance");
        assert_eq!(host_name(&"a".repeat(99)).len(), 63);
    }
}
