//! Patterns of `matches`: RE2's syntax as far as `regex-lite` has it, in linear time.
//!
//! A pattern is small in three ways: as text, as groups within groups, and compiled. It is compiled
//! with the smallest of a few limits that holds it, so what a byte of text costs is known before
//! anything is matched.

use crate::error::ErrorKind;
use crate::fuel::Fuel;
use crate::limits::PATTERN_BYTES_MAX;
use std::sync::Arc;

/// A compiled pattern, or why there is none.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Result<Compiled, Arc<str>>);

impl Pattern {
    pub fn compile(text: &str) -> Pattern {
        if text.len() > PATTERN_BYTES_MAX {
            return Pattern(Err(format!("it has more than {PATTERN_BYTES_MAX} bytes").into()));
        }
        Pattern(Compiled::new(text))
    }

    /// Why it cannot be used.
    pub fn problem(&self) -> Option<&Arc<str>> {
        self.0.as_ref().err()
    }

    /// Whether some part of the text matches.
    pub fn is_match(&self, text: &str, fuel: &mut Fuel) -> Result<bool, ErrorKind> {
        let compiled = self.0.as_ref().map_err(|why| ErrorKind::Pattern(why.clone()))?;
        fuel.take((text.len() + 1).saturating_mul(compiled.units_per_byte))?;
        Ok(compiled.is_match(text))
    }
}

#[derive(Clone, Debug)]
struct Compiled {
    units_per_byte: usize,
    #[cfg(feature = "regex")]
    regex: regex_lite::Regex,
}

#[cfg(feature = "regex")]
impl Compiled {
    fn new(text: &str) -> Result<Self, Arc<str>> {
        use crate::limits::{PATTERN_NESTING_MAX, PATTERN_SIZES};
        let mut problem = String::new();
        for (size, units_per_byte) in PATTERN_SIZES {
            let mut builder = regex_lite::RegexBuilder::new(text);
            match builder.size_limit(size).nest_limit(PATTERN_NESTING_MAX).build() {
                Ok(regex) => return Ok(Compiled { units_per_byte, regex }),
                Err(error) => problem = error.to_string(),
            }
        }
        Err(problem.into())
    }

    fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// Without the engine a pattern is only carried: who edits asks the server whether it matches.
#[cfg(not(feature = "regex"))]
impl Compiled {
    fn new(_: &str) -> Result<Self, Arc<str>> {
        Err("patterns are not evaluated here".into())
    }

    fn is_match(&self, _: &str) -> bool {
        false
    }
}
