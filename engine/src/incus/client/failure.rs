//! What Incus says in words, sorted into our errors. Incus gives nearly all failures of
//! operations the same code, so the words are all there is.

use crate::EngineError;

/// Somebody else is at it, or Incus is not done with something.
const BUSY: [&str; 5] = [
    "is busy",
    "already running a",
    "in progress",
    "operation is already running",
    "daemon is shutting down",
];
const NO_ROOM: [&str; 8] = [
    "no space left",
    "not enough space",
    "insufficient",
    "reached maximum",
    "disk quota exceeded",
    "exceeded project",
    "cannot allocate memory",
    "no available dhcp",
];
/// What stays wrong however often it is asked.
const REFUSED: [&str; 10] = [
    "invalid",
    "not supported",
    "unsupported",
    "must be",
    "cannot",
    "can't",
    "already exists",
    "is protected",
    "required",
    "not allowed",
];

/// Of an error envelope.
pub(super) fn of_answer(code: u16, text: String) -> EngineError {
    match code {
        404 => EngineError::NotFound(text),
        401 | 403 => EngineError::Refused(format!("{text} (is our certificate trusted?)")),
        503 => EngineError::Busy(text),
        _ => match of_operation(text) {
            EngineError::Protocol(text) if (400..500).contains(&code) => EngineError::Refused(text),
            other => other,
        },
    }
}

/// Of an operation that failed or was cancelled.
pub(super) fn of_operation(text: String) -> EngineError {
    let lower = text.to_lowercase();
    // The second is what Incus says of an alias that does not exist.
    let is_gone = lower.contains("not found") && !lower.contains("command");
    if is_gone || lower.contains("image not provided") {
        return EngineError::NotFound(text);
    }
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if says(&BUSY) {
        EngineError::Busy(text)
    } else if says(&NO_ROOM) {
        EngineError::NoCapacity(text)
    } else if says(&REFUSED) {
        EngineError::Refused(text)
    } else {
        EngineError::Protocol(text)
    }
}

pub(in crate::incus) fn unreachable(error: &dyn std::error::Error) -> EngineError {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    EngineError::Unreachable(text)
}

pub(in crate::incus) fn unexpected(what: &str) -> EngineError {
    EngineError::Protocol(what.to_owned())
}

/// Whether the error says that what was to be made is there.
pub(in crate::incus) fn is_already_there(error: &EngineError) -> bool {
    ["already exists", "already in use", "unique constraint failed"]
        .iter()
        .any(|words| says(error, words))
}

/// Whether the error has these words in it.
pub(in crate::incus) fn says(error: &EngineError, words: &str) -> bool {
    error.to_string().to_lowercase().contains(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted() {
        fn check(code: u16, text: &str, expected: fn(String) -> EngineError) {
            assert_eq!(of_answer(code, text.into()), expected(text.into()), "{text}");
        }
        check(404, "Instance not found", EngineError::NotFound);
        check(400, "Instance is busy running a \"create\" operation", EngineError::Busy);
        check(400, "Invalid size", EngineError::Refused);
        check(400, "Whatever", EngineError::Refused);
        check(500, "Whatever", EngineError::Protocol);
        check(500, "write: no space left on device", EngineError::NoCapacity);
        check(503, "Incus daemon is starting", EngineError::Busy);
        let full = "Reached maximum number of instances in project \"default\"";
        assert_eq!(of_operation(full.into()), EngineError::NoCapacity(full.into()));
        for gone in ["Image not found", "Image not provided for instance creation"] {
            assert_eq!(of_operation(gone.into()), EngineError::NotFound(gone.into()));
        }
    }
}
