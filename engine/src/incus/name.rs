//! Names that may stand in a path, and that are ours.

use crate::{EngineError, NAME_PREFIX};

/// Longest name that Incus gives a container: it is a host name.
const NAME_MAX_CHARS: usize = 63;

/// Whatever is not called like ours is never touched.
pub(super) fn ours(name: &str) -> Result<&str, EngineError> {
    if !name.starts_with(NAME_PREFIX) || name.len() > NAME_MAX_CHARS || !is_plain(name, "-") {
        return Err(EngineError::Refused(format!("{name:?} is no name of ours")));
    }
    Ok(name)
}

/// The alias of an image of ours.
pub(super) fn our_image(image: &str) -> Result<&str, EngineError> {
    if !image.starts_with(NAME_PREFIX) || !is_plain(image, "-_.") {
        return Err(EngineError::Refused(format!("{image:?} is no image of ours")));
    }
    Ok(image)
}

pub(super) fn snapshot(snapshot: &str) -> Result<&str, EngineError> {
    if snapshot.is_empty() || !is_plain(snapshot, "-_") {
        return Err(EngineError::Refused(format!("{snapshot:?} is no name of a snapshot")));
    }
    Ok(snapshot)
}

fn is_plain(text: &str, others: &str) -> bool {
    text.chars().all(|one| one.is_ascii_alphanumeric() || others.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_of_ours_pass() {
        for (name, passes) in [
            ("couloir-1", true),
            ("web", false),
            ("couloir-a/../b", false),
            ("couloir-a?b", false),
            ("couloir-a.b", false),
        ] {
            assert_eq!(ours(name).is_ok(), passes, "{name}");
        }
        assert!(our_image("couloir-ubuntu-24.04").is_ok());
        assert!(our_image("ubuntu").is_err());
        assert!(snapshot("s_1-a").is_ok());
        assert!(snapshot("").is_err());
    }
}
